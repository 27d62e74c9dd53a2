// The study folder (docs/study.md) ⇄ the nouns of world.h. Reading checks everything that can be checked
// without solving and reports every fault in one pass.
#pragma once

#include <filesystem>
#include <string>

#include "gerbang/world/world.h"

namespace gerbang::io {

// Throws InputError with all faults, by file and line.
[[nodiscard]] World read_study(const std::filesystem::path& folder);

// Writes study.toml and the tables into a folder that is made when absent; reading them back gives an equal
// World. Outlines are no part of a World and are not written. Throws std::system_error when the folder cannot
// be written.
void write_study(const World& world, const std::filesystem::path& folder);

// SHA-256 over the names (sorted) and contents of the files that belong to a study, whatever else lies in the
// folder.
[[nodiscard]] std::string study_hash(const std::filesystem::path& folder);

}  // namespace gerbang::io
