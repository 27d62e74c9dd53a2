// Faults gathered while reading, so that one pass reports them all, in the order a person would mend them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gerbang/base/error.h"

namespace gerbang::io {

class Faults {
 public:
  void add(Fault fault) { faults_.push_back(std::move(fault)); }
  [[nodiscard]] bool empty() const { return faults_.empty(); }
  [[nodiscard]] std::size_t size() const { return faults_.size(); }
  // Whether a file has a fault.
  [[nodiscard]] bool has(std::string_view file) const;
  // By file, then line, then column; each once.
  [[nodiscard]] std::vector<Fault> sorted() const;
  // InputError with all of them, unless there is none.
  void throw_if_any() const;

 private:
  std::vector<Fault> faults_;
};

// A text as a fault shows it: on one line, and not too long.
[[nodiscard]] std::string shown(std::string_view text);
// The candidate that was probably meant: one that carries a unit where the word does not (length for
// length_km), else the nearest; "" when none is near.
[[nodiscard]] std::string probably_meant(std::string_view word, const std::vector<std::string>& candidates);
// The remedy for an unknown word: "did you mean 'x'?" when one was probably meant, else "one of: a, b, c".
[[nodiscard]] Message suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace gerbang::io
