// Whether English is left over in a text that should be Indonesian.
#pragma once

#include <regex>
#include <string>

namespace gerbang::test {

// The English words in the text that English can hardly do without; what stands in quotes, in a
// list, before an equals sign or after dashes is the study's own.
inline std::string english_in(const std::string& text) {
  static const std::regex quoted("'[^']*'|\"[^\"]*\"|salah satu dari: [^;]*|\\w+=|--[a-z-]+|<[A-Z ]+>");
  static const std::regex english(
      R"(\b(the|of|is|are|was|and|or|not|no|with|without|that|which|where|what|than|from|to|at|as|such|)"
      R"(unknown|missing|row of|file|blank|twice|number|did you mean|one of|every|each|)"
      R"(above|below|cannot|another|remove|add the|between|before|after|people|would|must)\b)",
      std::regex::icase);
  const std::string plain = std::regex_replace(text, quoted, "''");
  std::string found;
  for (auto word = std::sregex_iterator(plain.begin(), plain.end(), english); word != std::sregex_iterator();
       ++word)
    found += (found.empty() ? "" : ", ") + word->str();
  return found;
}

}  // namespace gerbang::test
