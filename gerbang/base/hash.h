// Content hashes: SHA-256, in hexadecimal. What a request, a study or a file is named by.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace gerbang {

// Feeds values to SHA-256. Strings and arrays are hashed with their length, so that ("ab","c") ≠ ("a","bc");
// doubles by their bits.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;

  Hasher& add(std::string_view text);
  Hasher& add(double value);
  Hasher& add(std::uint64_t value);
  Hasher& add(std::span<const double> values);

  // 64 hexadecimal digits; the hasher is spent afterwards.
  [[nodiscard]] std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// SHA-256 of the bytes alone, as sha256sum prints it.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace gerbang
