// Faults gathered while reading, so that one pass reports them all, in the order a person would mend them.
#pragma once

#include <string>
#include <vector>

#include "gerbang/base/error.h"

namespace gerbang::io {

class Faults {
 public:
  void add(Fault fault) { faults_.push_back(std::move(fault)); }
  [[nodiscard]] bool empty() const { return faults_.empty(); }
  [[nodiscard]] std::size_t size() const { return faults_.size(); }
  // By file, then line, then column; each once.
  [[nodiscard]] std::vector<Fault> sorted() const;
  // InputError with all of them, unless there is none.
  void throw_if_any() const;

 private:
  std::vector<Fault> faults_;
};

// The remedy for an unknown word: "did you mean 'x'?" when a candidate is near, else "one of: a, b, c".
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace gerbang::io
