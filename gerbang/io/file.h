// Whole files: read at once, written so that a reader sees the old file or the new one and never half of it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace gerbang::io {

// The bytes of a file. Throws std::system_error.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

// kSynced: on the disk before the call returns. kUnsynced: for what can be made again, and is checked when
// read.
enum class Durability { kSynced, kUnsynced };

// Writes under a temporary name in the same folder, then renames. The folder is made when absent. Throws
// std::system_error and leaves no temporary file.
void write_file_atomically(const std::filesystem::path& path, std::string_view bytes,
                           Durability durability = Durability::kSynced);

}  // namespace gerbang::io
