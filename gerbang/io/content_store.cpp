#include "gerbang/io/content_store.h"

#include <algorithm>
#include <stdexcept>
#include <system_error>

#include "gerbang/base/hash.h"
#include "gerbang/io/file.h"

namespace gerbang::io {
namespace {

// An entry is the checksum of name and bytes in hexadecimal, a line break, the bytes.
constexpr std::size_t kChecksumSize = 64;

std::string checksum(std::string_view name, std::string_view bytes) {
  return Hasher().add(name).add(bytes).hex();
}

bool is_hexadecimal(std::string_view name) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  return name.size() >= 8 && name.find_first_not_of(kDigits) == std::string_view::npos;
}

}  // namespace

std::filesystem::path ContentStore::path_of(std::string_view name) const {
  if (!is_hexadecimal(name)) throw std::invalid_argument("ContentStore: a name must be a hexadecimal hash");
  return folder_ / name.substr(0, 2) / name;
}

std::optional<std::string> ContentStore::get(std::string_view name) const {
  const std::filesystem::path path = path_of(name);
  std::string entry;
  try {
    entry = read_file(path);
  } catch (const std::system_error&) {
    return std::nullopt;
  }
  if (entry.size() <= kChecksumSize || entry[kChecksumSize] != '\n') return std::nullopt;
  const std::string_view bytes = std::string_view(entry).substr(kChecksumSize + 1);
  if (checksum(name, bytes) != std::string_view(entry).substr(0, kChecksumSize)) return std::nullopt;
  return std::string(bytes);
}

bool ContentStore::put(std::string_view name, std::string_view bytes) const {
  const std::filesystem::path path = path_of(name);
  try {
    write_file_atomically(path, checksum(name, bytes) + "\n" + std::string(bytes), Durability::kUnsynced);
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

}  // namespace gerbang::io
