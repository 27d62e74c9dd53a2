// Bytes kept on disk under the hash that names them: one file each, written atomically, with a checksum. A
// missing, torn or altered entry is the same as none. Safe for any number of threads and processes at once.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace gerbang::io {

class ContentStore {
 public:
  // The folder is made at the first put.
  explicit ContentStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // What was put under this name. Names are hexadecimal hashes; any other name throws std::invalid_argument.
  [[nodiscard]] std::optional<std::string> get(std::string_view name) const;
  // Keeps the bytes; false when the disk does not take them (full, read-only), which is no error for a cache.
  bool put(std::string_view name, std::string_view bytes) const;

 private:
  [[nodiscard]] std::filesystem::path path_of(std::string_view name) const;

  std::filesystem::path folder_;
};

}  // namespace gerbang::io
