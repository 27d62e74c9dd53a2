#include "gerbang/register/study_register.h"

#include <algorithm>
#include <chrono>

#include "gerbang/register/exchange.h"

namespace gerbang::registry {
namespace {

namespace fs = std::filesystem;

void begin_with_csv(Register& empty, const fs::path& study, const std::string& at) {
  const fs::path folder = study / kRegisterFolder;
  if (fs::is_directory(folder)) import_csv(empty, folder, {.name = "register/", .at = at});
}

// When the newest of the CSV files was written, in UTC: what is read from them is the same on every reading.
std::string csv_written_at(const fs::path& study) {
  const fs::path folder = study / kRegisterFolder;
  auto newest = fs::file_time_type::min();
  if (fs::is_directory(folder))
    for (const fs::directory_entry& file : fs::directory_iterator(folder))
      if (file.path().extension() == ".csv") newest = std::max(newest, file.last_write_time());
  if (newest == fs::file_time_type::min()) return now_utc();
  return utc_id(std::chrono::floor<std::chrono::seconds>(std::chrono::file_clock::to_sys(newest)));
}

}  // namespace

Register open_for_reading(const fs::path& study, StudyNames names) {
  const fs::path file = study / kRegisterFile;
  if (fs::exists(file)) {
    Register recorded(file, names);
    if (!recorded.is_empty()) return recorded;
  }
  // Nothing was recorded yet, be it that a first writer was stopped after making the file.
  Register csv_only(std::move(names));
  begin_with_csv(csv_only, study, csv_written_at(study));
  return csv_only;
}

Register open_for_writing(const fs::path& study, StudyNames names) {
  Register file(study / kRegisterFile, std::move(names));
  if (file.is_empty())
    file.in_one_piece([&] {
      if (file.is_empty()) begin_with_csv(file, study, now_utc());  // unless another process was quicker
    });
  return file;
}

}  // namespace gerbang::registry
