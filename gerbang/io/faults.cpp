#include "gerbang/io/faults.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "gerbang/io/utf8.h"

namespace gerbang::io {

bool Faults::has(std::string_view file) const {
  return std::any_of(faults_.begin(), faults_.end(), [&](const Fault& fault) { return fault.file == file; });
}

std::vector<Fault> Faults::sorted() const {
  const auto key = [](const Fault& fault) {
    return std::tie(fault.file, fault.line, fault.column, fault.found, fault.expected);
  };
  const auto is_before = [&](const Fault& a, const Fault& b) { return key(a) < key(b); };
  const auto is_same = [&](const Fault& a, const Fault& b) { return key(a) == key(b); };
  std::vector<Fault> faults = faults_;
  std::sort(faults.begin(), faults.end(), is_before);
  faults.erase(std::unique(faults.begin(), faults.end(), is_same), faults.end());
  return faults;
}

void Faults::throw_if_any() const {
  if (!faults_.empty()) throw InputError(sorted());
}

std::string shown(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::size_t size = std::min(text.size(), kLongest);
  while (size < text.size() && size > 0 && is_continuation(text[size])) --size;
  std::string result(text.substr(0, size));
  std::replace_if(
      result.begin(), result.end(), [](char byte) { return byte == '\n' || byte == '\r'; }, ' ');
  return size < text.size() ? result + "…" : result;
}

std::string probably_meant(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t kShortestStem = 3;
  if (word.size() >= kShortestStem) {
    for (const std::string& candidate : candidates) {
      if (candidate.starts_with(std::string(word) + "_")) return candidate;
    }
  }
  return word.empty() ? "" : nearest(word, candidates);
}

Message suggestion(std::string_view word, const std::vector<std::string>& candidates) {
  constexpr std::size_t kMostListed = 25;
  const std::string near = probably_meant(word, candidates);
  if (!near.empty()) return said({"maksudnya '{}'?", "did you mean '{}'?"}, near);
  if (candidates.empty()) return {};
  if (candidates.size() <= kMostListed)
    return said({"salah satu dari: {}", "one of: {}"}, fmt::join(candidates, ", "));
  return said({"salah satu dari {}, misalnya {}", "one of {} such as {}"}, candidates.size(),
              fmt::join(candidates.begin(), candidates.begin() + 3, ", "));
}

}  // namespace gerbang::io
