// gerbang new FOLDER: a study of one's own, from the example or another study. The folder is made under a
// temporary name and renamed when whole.
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <system_error>

#include "apps/gerbang/verbs.h"
#include "gerbang/base/error.h"
#include "gerbang/io/file.h"
#include "gerbang/io/study.h"

namespace gerbang::app {
namespace {

namespace fs = std::filesystem;

struct NewOptions {
  std::string folder;
  std::string from;  // "": the example
};

// The example: in the source tree that the binary was built from, or where it was installed.
fs::path example_folder() {
  std::error_code ignored;
  const fs::path binary = fs::read_symlink("/proc/self/exe", ignored);
  std::vector<fs::path> places = {fs::path(GERBANG_EXAMPLE_DIR),
                                  binary.parent_path() / "../share/gerbang/examples/nusantara"};
  for (const fs::path& place : places) {
    if (fs::exists(place / "study.toml")) return place;
  }
  throw InputError(Fault{.file = "examples/nusantara",
                         .found = {"contohnya tidak ada", "the example is not there"},
                         .expected = {"--from STUDI, folder studi sebagai awal",
                                      "--from STUDY, the folder of a study to start from"}});
}

void require_free(const fs::path& folder) {
  if (!fs::exists(folder)) return;
  if (fs::is_directory(folder) && fs::is_empty(folder)) return;
  throw InputError(Fault{.file = folder.string(),
                         .found = fs::is_directory(folder)
                                      ? Text{"folder itu tidak kosong", "the folder is not empty"}
                                      : Text{"ini sebuah berkas", "this is a file"},
                         .expected = {"nama folder baru", "the name of a new folder"}});
}

// The files of the study, and the notes and licences beside them; not its register, which is about others'
// meetings.
void copy_files(const fs::path& from, const fs::path& to) {
  fs::create_directories(to);
  for (const auto& entry : fs::directory_iterator(from)) {
    const std::string name = entry.path().filename().string();
    if (!entry.is_regular_file() || name.starts_with('.') || name.starts_with("register.sqlite")) continue;
    io::write_file_atomically(to / name, io::read_file(entry.path()));
  }
}

void make_study(const fs::path& from, const fs::path& folder) {
  const fs::path parent = folder.has_parent_path() ? folder.parent_path() : ".";
  fs::create_directories(parent);
  const fs::path temporary = parent / fmt::format(".{}.{}.tmp", folder.filename().string(), ::getpid());
  try {
    copy_files(from, temporary);
    fs::rename(temporary, folder);  // over an empty folder too
  } catch (...) {
    std::error_code ignored;
    fs::remove_all(temporary, ignored);
    throw;
  }
}

ExitCode make_new(const NewOptions& options, const Common& common) {
  fs::path folder = fs::path(options.folder).lexically_normal();
  if (!folder.has_filename()) folder = folder.parent_path();  // a trailing slash
  require_free(folder);
  const fs::path from = options.from.empty() ? example_folder() : fs::path(options.from);
  const World world = io::read_study(from);  // nobody starts from a study with faults
  make_study(from, folder);
  const Text text{
      "Studi baru di {}: {} wilayah, {} proyek, {} skenario.\n"
      "Ubah tabelnya dengan lembar kerja, lalu:\n  gerbang check {}\n  gerbang run {}\n",
      "A new study in {}: {} regions, {} projects, {} scenarios.\n"
      "Change its tables in a spreadsheet, then:\n  gerbang check {}\n  gerbang run {}\n"};
  const std::string name = folder.string();
  common.print(fmt::format(fmt::runtime(text.in(common.language)), name, world.regions.size(),
                           world.projects.size(), world.scenarios.size(), name, name));
  common.write_json({{"folder", name}, {"from", from.string()}});
  return ExitCode::kOk;
}

}  // namespace

void add_new(const Verb& gerbang) {
  const Verb verb = gerbang.add(
      "new", {"mulai studi sendiri, dari contoh", "start a study of one's own, from the example"});
  NewOptions& options = verb.runs(make_new);
  verb.option("folder", options.folder, {"folder baru", "the new folder"}, "FOLDER").required();
  verb.option("--from", options.from, {"studi lain sebagai awal", "another study to start from"}, "STUDY");
}

}  // namespace gerbang::app
