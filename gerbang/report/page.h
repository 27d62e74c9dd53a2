// A page of text in one language: sentences from patterns in both languages, figures in that language's
// notation, tables with aligned columns.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <vector>

#include "gerbang/base/text.h"

namespace gerbang::report {

class Page {
 public:
  explicit Page(Language language) : language_(language) {}

  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] const std::string& text() const { return text_; }

  // The pattern in the page's language, filled in; patterns are those of fmt.
  template <class... Args>
  [[nodiscard]] std::string say(const Text& pattern, const Args&... args) const {
    return fmt::vformat(fmt::string_view(pattern.in(language_)), fmt::make_format_args(args...));
  }
  template <class... Args>
  void line(const Text& pattern, const Args&... args) {
    paragraph(say(pattern, args...));
  }
  // A thing's name in the page's language.
  template <class Named>
  [[nodiscard]] std::string name(const Named& thing) const {
    return std::string(both_names(thing.name, thing.name_en).in(language_));
  }
  // Prose, broken between words where it is too wide; what follows is indented a little more than it begins.
  void paragraph(std::string_view words);
  void raw_line(std::string_view words);
  // A line in capitals with a blank line above.
  void heading(std::string_view words);
  void blank() { text_ += '\n'; }

  // Rows of cells; the first column is aligned to the left, the others to the right, unless they start with
  // a tab, which aligns them to the left.
  void table(const std::vector<std::vector<std::string>>& rows);

  [[nodiscard]] std::string number(double value, int decimals) const {
    return number_text(value, decimals, language_);
  }
  // Three significant digits, and never more than two decimals: 1,234  56.7  8.90  0.12
  [[nodiscard]] std::string figure(double value) const;
  // The same with its sign; nothing is neither gain nor loss: "0".
  [[nodiscard]] std::string change(double value) const;
  // "+0.12 %", three decimals where it is small.
  [[nodiscard]] std::string percent_change(double value) const;
  [[nodiscard]] std::string whole(std::size_t count) const { return number(static_cast<double>(count), 0); }

 private:
  Language language_;
  std::string text_;
};

// How many characters a reader sees.
[[nodiscard]] std::size_t display_width(std::string_view utf8);

}  // namespace gerbang::report
