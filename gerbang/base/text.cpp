#include "gerbang/base/text.h"

#include <fmt/format.h>

#include <cmath>

namespace gerbang {

Language language_of_locale(std::string_view locale) {
  return locale.starts_with("id") ? Language::kIndonesian : Language::kEnglish;
}

std::string number_text(double value, int decimals, Language language) {
  if (!std::isfinite(value)) return std::isnan(value) ? "–" : (value > 0 ? "∞" : "−∞");
  std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
  const bool is_zero = digits.find_first_not_of("0.") == std::string::npos;
  const std::size_t point = digits.find('.');
  const std::string whole = digits.substr(0, point);
  const bool indonesian = language == Language::kIndonesian;
  std::string text = value < 0 && !is_zero ? "-" : "";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % 3 == 0) text += indonesian ? '.' : ',';
    text += whole[i];
  }
  if (point != std::string::npos) text += (indonesian ? ',' : '.') + digits.substr(point + 1);
  return text;
}

std::vector<std::string> split_words(std::string_view text, char separator) {
  constexpr std::string_view kSpace = " \t\r\n";
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::size_t first = word.find_first_not_of(kSpace);
    if (first == std::string_view::npos) continue;
    word = word.substr(first, word.find_last_not_of(kSpace) - first + 1);
    words.emplace_back(word);
  }
  return words;
}

}  // namespace gerbang
