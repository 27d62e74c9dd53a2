#include "gerbang/report/page.h"

#include <algorithm>
#include <cmath>

namespace gerbang::report {
namespace {

// Decimals that leave three significant digits.
int decimals_of(double value, int most) {
  const double size = std::abs(value);
  if (size >= 99.95) return 0;
  if (size >= 9.995) return 1;
  return most;
}

std::string with_sign(const std::string& number, double value) {
  const bool is_zero = number.find_first_of("123456789") == std::string::npos;
  if (is_zero) return "0";
  return value > 0.0 ? "+" + number : number;
}

}  // namespace

std::size_t display_width(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // continuation bytes show nothing
  }));
}

void Page::raw_line(std::string_view words) {
  text_ += words;
  while (!text_.empty() && text_.back() == ' ') text_.pop_back();
  text_ += '\n';
}

void Page::paragraph(std::string_view words) {
  constexpr std::size_t kWidest = 132;
  const std::size_t begin = std::min(words.find_first_not_of(" "), words.size());
  const std::string hanging(begin + 2, ' ');
  std::string current(words.substr(0, begin));
  bool is_first = true;
  for (const std::string& word : split_words(words)) {
    const bool is_unit = word.starts_with('%');  // stays with its number
    if (!is_first && !is_unit && display_width(current) + 1 + display_width(word) > kWidest) {
      raw_line(current);
      current = hanging + word;
    } else {
      current += is_first ? word : " " + word;
    }
    is_first = false;
  }
  raw_line(current);
}

void Page::heading(std::string_view words) {
  text_ += '\n';
  raw_line(words);
}

void Page::table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths;
  for (const std::vector<std::string>& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t c = 0; c < row.size(); ++c)
      widths[c] = std::max(widths[c], display_width(row[c]) - (row[c].starts_with('\t') ? 1 : 0));
  }
  for (const std::vector<std::string>& row : rows) {
    std::string words = " ";
    for (std::size_t c = 0; c < row.size(); ++c) {
      const bool is_left = c == 0 || row[c].starts_with('\t');
      const std::string_view cell = std::string_view(row[c]).substr(row[c].starts_with('\t') ? 1 : 0);
      const std::string space(widths[c] - display_width(cell), ' ');
      if (c > 0) words += "  ";
      words += is_left ? std::string(cell) + space : space + std::string(cell);
    }
    raw_line(words);
  }
}

std::string Page::figure(double value) const {
  return number(value, decimals_of(value, 2));
}

std::string Page::change(double value) const {
  return with_sign(figure(value), value);
}

std::string Page::percent_change(double value) const {
  const std::string number_with_sign =
      with_sign(number(value, std::abs(value) < 0.1 ? 3 : decimals_of(value, 2)), value);
  return number_with_sign + " %";
}

}  // namespace gerbang::report
