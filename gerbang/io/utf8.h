// UTF-8 text (RFC 3629), character by character.
#pragma once

#include <string_view>

namespace gerbang::io {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// How many bytes the character at this place has; 0 where there is none.
[[nodiscard]] std::size_t utf8_size(std::string_view text, std::size_t at);

// Whether a byte continues a character that began before it.
[[nodiscard]] constexpr bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
}

}  // namespace gerbang::io
