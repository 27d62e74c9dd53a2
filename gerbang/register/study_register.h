// The register of a study: register.sqlite in its folder. A study may come with CSV files in its folder
// register/ (they diff in git, the database does not): they are what the register begins with. Until
// somebody writes, they are read as they stand and no file is made.
#pragma once

#include <filesystem>

#include "gerbang/register/register.h"

namespace gerbang::registry {

inline constexpr const char* kRegisterFile = "register.sqlite";
inline constexpr const char* kRegisterFolder = "register";

[[nodiscard]] Register open_for_reading(const std::filesystem::path& study, StudyNames names);
// Makes the file when absent, and begins it with the CSV files of register/.
[[nodiscard]] Register open_for_writing(const std::filesystem::path& study, StudyNames names);

}  // namespace gerbang::registry
