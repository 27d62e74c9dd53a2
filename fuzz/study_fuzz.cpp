// Any bytes in the place of one file of a sound study: no crash; faults that say something; and a study that
// is accepted reads the same when it is written again. The first byte says which file.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "fuzz/study_files.h"
#include "gerbang/base/error.h"
#include "gerbang/io/file.h"
#include "gerbang/io/outline.h"
#include "gerbang/io/study.h"

namespace {

namespace fs = std::filesystem;
using namespace gerbang;

void require(bool holds) {
  if (!holds) std::abort();
}

const fs::path& folder(const char* name) {
  static const fs::path kRoot =
      fs::temp_directory_path() / ("gerbang_fuzz_" + std::to_string(static_cast<long>(::getpid())));
  static const fs::path kStudy = kRoot / "study";
  static const fs::path kCopy = kRoot / "copy";
  return std::string_view(name) == "study" ? kStudy : kCopy;
}

void write(const std::string& name, std::string_view text) {
  io::write_file_atomically(folder("study") / name, text, io::Durability::kUnsynced);
}

void check_round_trip(const World& world) {
  fs::remove_all(folder("copy"));
  io::write_study(world, folder("copy"));
  const std::string hash = io::study_hash(folder("copy"));
  io::write_study(io::read_study(folder("copy")), folder("copy"));
  require(io::study_hash(folder("copy")) == hash);
}

void read_and_check() {
  try {
    const World world = io::read_study(folder("study"));
    static_cast<void>(io::read_outlines(folder("study"), world));
    check_round_trip(world);
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults()) require(!fault.file.empty() && !fault.found.empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const std::vector<std::pair<std::string, std::string>> kFiles = [] {
    const auto files = fuzz::study_files();
    for (const auto& [name, text] : files) write(name, text);
    return files;
  }();
  if (size == 0) return 0;
  const auto& [name, text] = kFiles[bytes[0] % kFiles.size()];
  write(name, std::string_view(reinterpret_cast<const char*>(bytes) + 1, size - 1));
  read_and_check();
  write(name, text);
  return 0;
}
