// What gerbang says to a person about their input: a sentence in both of its languages, with its arguments in
// place. There is no way to make one of a single language, so that none can be forgotten:
//
//   Message a = {"hapus satu", "remove one"};
//   Message b = said({"kolom '{}' tidak dikenal", "unknown column '{}'"}, name);
//   Message c = verbatim("--by NAME");        // names and notation, which no language changes
//
// The compiler checks both patterns of said() against the arguments; an argument may itself be a Message.
#pragma once

#include <fmt/format.h>

#include <compare>
#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

#include "gerbang/base/text.h"

namespace gerbang {

class Message {
 public:
  Message() = default;
  Message(std::string_view id, std::string_view en) : en_(en), id_(id) {}
  Message(const Text& both) : Message(both.id, both.en) {}

  [[nodiscard]] const std::string& in(Language language) const {
    return language == Language::kIndonesian ? id_ : en_;
  }
  [[nodiscard]] bool empty() const { return en_.empty(); }

  Message& operator+=(const Message& more);
  friend Message operator+(Message first, const Message& second) { return first += second; }
  friend auto operator<=>(const Message&, const Message&) = default;  // by the English text

 private:
  std::string en_;
  std::string id_;
};

[[nodiscard]] Message verbatim(std::string_view text);

// How an argument stands in the text of one language.
template <class Argument>
using InOneLanguage = std::conditional_t<std::same_as<Argument, Message>, std::string, Argument>;

template <class Argument>
[[nodiscard]] const InOneLanguage<Argument>& in_language(const Argument& argument, Language language) {
  if constexpr (std::same_as<Argument, Message>) {
    return argument.in(language);
  } else {
    static_cast<void>(language);
    return argument;
  }
}

template <class... Arguments>
struct Patterns {
  fmt::format_string<InOneLanguage<Arguments>...> id;
  fmt::format_string<InOneLanguage<Arguments>...> en;
};

template <class... Arguments>
[[nodiscard]] Message said(const std::type_identity_t<Patterns<Arguments...>>& patterns,
                           const Arguments&... arguments) {
  const auto in = [&](fmt::string_view pattern, Language language) {
    return fmt::vformat(pattern, fmt::make_format_args(in_language(arguments, language)...));
  };
  return {in(patterns.id, Language::kIndonesian), in(patterns.en, Language::kEnglish)};
}

}  // namespace gerbang
