// Bad input, said so that a person can mend it: where, what was found, what would be right. All faults of a
// study are collected and thrown together.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "gerbang/base/message.h"

namespace gerbang {

// One fault. line and column count from 1; 0 means that the fault has none (a missing file, a command-line
// option).
struct Fault {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  Message found;     // what is wrong: "unknown column 'capcity'"
  Message expected;  // what would be right: "did you mean 'capacity'?"

  // "file:line:column: found; expected"
  [[nodiscard]] std::string text(Language language = Language::kEnglish) const;
};

class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Fault> faults);
  explicit InputError(Fault fault) : InputError(std::vector<Fault>{std::move(fault)}) {}

  [[nodiscard]] const std::vector<Fault>& faults() const { return faults_; }

 private:
  std::vector<Fault> faults_;
};

// Throws one fault, of a file or an option as a whole.
[[noreturn]] void refuse(std::string file, Message found, Message expected);

// Why a file could not be read or written.
[[nodiscard]] Message reason_of(const std::error_code& code);
// "path: reason" of what the standard library threw.
[[nodiscard]] Message message_of(const std::system_error& error);

// The candidate nearest to the word by edit distance, or "" when none is near: for "did you mean".
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace gerbang
