// Text in both of gerbang's languages, and numbers as each writes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gerbang {

enum class Language { kIndonesian, kEnglish };

// The language of a locale name such as LANG's value: Indonesian for "id…", else English.
[[nodiscard]] Language language_of_locale(std::string_view locale);

// One text in both languages; pick with in().
struct Text {
  std::string_view id;
  std::string_view en;

  [[nodiscard]] std::string_view in(Language language) const {
    return language == Language::kIndonesian ? id : en;
  }
};

// A name and its English form, which is left blank where it is the same.
[[nodiscard]] inline Text both_names(std::string_view name, std::string_view name_en) {
  return {name, name_en.empty() ? name : name_en};
}

// 1234567.891 with two decimals: "1.234.567,89" in Indonesian, "1,234,567.89" in English. Never "-0".
[[nodiscard]] std::string number_text(double value, int decimals, Language language);

// The pieces of a text between separators, with surrounding white space removed; empty pieces are left out.
[[nodiscard]] std::vector<std::string> split_words(std::string_view text, char separator = ' ');

}  // namespace gerbang
