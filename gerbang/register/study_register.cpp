#include "gerbang/register/study_register.h"

#include "gerbang/register/exchange.h"

namespace gerbang::registry {
namespace {

namespace fs = std::filesystem;

void begin_with_csv(Register& empty, const fs::path& study) {
  const fs::path folder = study / kRegisterFolder;
  if (fs::is_directory(folder)) import_csv(empty, folder, {.name = "register/"});
}

}  // namespace

Register open_for_reading(const fs::path& study, StudyNames names) {
  const fs::path file = study / kRegisterFile;
  if (fs::exists(file)) return {file, std::move(names)};
  Register csv_only(std::move(names));
  begin_with_csv(csv_only, study);
  return csv_only;
}

Register open_for_writing(const fs::path& study, StudyNames names) {
  Register file(study / kRegisterFile, std::move(names));
  if (file.is_empty())
    file.in_one_piece([&] {
      if (file.is_empty()) begin_with_csv(file, study);  // unless another process was quicker
    });
  return file;
}

}  // namespace gerbang::registry
