#include "gerbang/base/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <numeric>

namespace gerbang {
namespace {

std::string joined(const std::vector<Fault>& faults) {
  std::string text;
  for (const Fault& fault : faults) text += (text.empty() ? "" : "\n") + fault.text();
  return text;
}

// Levenshtein's edit distance, one row at a time.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

}  // namespace

std::string Fault::text(Language language) const {
  std::string place = file;
  if (line > 0) place += fmt::format(":{}", line);
  if (line > 0 && column > 0) place += fmt::format(":{}", column);
  const std::string remedy = expected.empty() ? "" : "; " + expected.in(language);
  return (place.empty() ? "" : place + ": ") + found.in(language) + remedy;
}

InputError::InputError(std::vector<Fault> faults)
    : runtime_error(joined(faults)), faults_(std::move(faults)) {}

void refuse(std::string file, Message found, Message expected) {
  throw InputError(
      Fault{.file = std::move(file), .found = std::move(found), .expected = std::move(expected)});
}

Message reason_of(const std::error_code& code) {
  if (code == std::errc::no_such_file_or_directory)
    return {"tidak ada berkas atau folder demikian", "there is no such file or folder"};
  if (code == std::errc::permission_denied || code == std::errc::operation_not_permitted)
    return {"tidak diizinkan", "it is not permitted"};
  if (code == std::errc::no_space_on_device) return {"diska penuh", "the disk is full"};
  if (code == std::errc::read_only_file_system)
    return {"diska hanya dapat dibaca", "the disk can only be read"};
  if (code == std::errc::is_a_directory) return {"ini sebuah folder", "this is a folder"};
  if (code == std::errc::not_a_directory)
    return {"sebagian jalurnya bukan folder", "a part of the path is no folder"};
  if (code == std::errc::file_exists) return {"berkas itu sudah ada", "the file is there already"};
  if (code == std::errc::filename_too_long) return {"namanya terlalu panjang", "the name is too long"};
  if (code == std::errc::io_error) return {"diska tidak menjawab", "the disk does not answer"};
  return {fmt::format("galat sistem {}", code.value()), code.message()};
}

Message message_of(const std::system_error& error) {
  std::string subject = error.what();
  if (const auto* of_file = dynamic_cast<const std::filesystem::filesystem_error*>(&error)) {
    subject = of_file->path1().string();
  } else if (const std::string reason = ": " + error.code().message(); subject.ends_with(reason)) {
    subject.erase(subject.size() - reason.size());
  }
  return said({"{}: {}", "{}: {}"}, subject, reason_of(error.code()));
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::size_t tolerance = std::max<std::size_t>(2, word.size() / 3);
  std::string best;
  std::size_t best_distance = tolerance + 1;
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

}  // namespace gerbang
