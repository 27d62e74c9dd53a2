// Whole files: read at once, written so that a reader sees the old file or the new one and never half of it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace gerbang::io {

// The bytes of a file. Throws std::system_error.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

// Writes under a temporary name in the same folder, syncs to disk, renames. The folder is made when absent. Throws
// std::system_error and leaves no temporary file.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace gerbang::io
