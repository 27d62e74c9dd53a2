#include "gerbang/io/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "gerbang/io/file.h"

namespace gerbang::io {
namespace {

// A number written for people: 1.234,5 or 1,234.5 or 12,5. As a program reads it, if it can be told.
std::string with_decimal_point(std::string_view text) {
  std::string plain(text);
  const std::size_t comma = plain.find(',');
  if (comma == std::string::npos || plain.find(',', comma + 1) != std::string::npos) return "";
  const std::size_t point = plain.rfind('.');
  if (point != std::string::npos && point > comma) {
    plain.erase(comma, 1);
  } else {
    plain[comma] = '.';
    plain.erase(std::remove(plain.begin(), plain.begin() + static_cast<std::ptrdiff_t>(comma), '.'),
                plain.begin() + static_cast<std::ptrdiff_t>(comma));
  }
  double value = 0.0;
  const auto parsed = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  return parsed.ec == std::errc() && parsed.ptr == plain.data() + plain.size() ? plain : "";
}

template <class Number>
std::optional<Number> parsed_number(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number value{};
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

Fault Cell::fault(Message found, Message expected) const {
  return {.file = std::string(file),
          .line = line,
          .column = column,
          .found = std::move(found),
          .expected = std::move(expected)};
}

void CsvTable::check_header(const Header& expected, Faults& faults) const {
  if (!is_table_) return;
  std::vector<std::string> known = expected.required;
  known.insert(known.end(), expected.optional.begin(), expected.optional.end());
  const auto is_in = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  std::vector<std::string> absent;
  for (const std::string& name : known) {
    if (!is_in(header_, name)) absent.push_back(name);
  }
  std::vector<std::string> mended;  // missing columns that the fault of a misspelt one already speaks of
  for (std::size_t i = 0; i < header_.size(); ++i) {
    const std::string& name = header_[i];
    const Cell place{.text = name,
                     .file = file_,
                     .header = name,
                     .line = header_places_[i].line,
                     .column = header_places_[i].column};
    if (std::find(header_.begin(), header_.begin() + static_cast<std::ptrdiff_t>(i), name) !=
        header_.begin() + static_cast<std::ptrdiff_t>(i)) {
      faults.add(place.fault(said({"kolom '{}' ada dua kali", "column '{}' is there twice"}, shown(name)),
                             {"hapus satu", "remove one"}));
    } else if (!is_in(known, name)) {
      const std::string near = probably_meant(name, absent);
      if (!near.empty()) mended.push_back(near);
      faults.add(place.fault(
          name.empty() ? Text{"kolom tanpa nama", "a column without a name"}
                       : said({"kolom '{}' tidak dikenal", "unknown column '{}'"}, shown(name)),
          near.empty() ? suggestion(name, known) : said({"maksudnya '{}'?", "did you mean '{}'?"}, near)));
    }
  }
  for (const std::string& name : expected.required) {
    if (is_in(header_, name) || is_in(mended, name)) continue;
    faults.add({.file = file_,
                .line = header_places_.front().line,
                .column = header_places_.front().column,
                .found = said({"kolom '{}' tidak ada", "column '{}' is missing"}, name),
                .expected = said({"tambahkan kolom '{}'", "add the column '{}'"}, name)});
  }
  for (std::size_t i = 0; i < header_.size(); ++i) {
    const auto range = expected.value_of_range.find(header_[i]);
    if (range == expected.value_of_range.end() || is_in(header_, range->second) ||
        is_in(mended, range->second) || is_in(expected.required, range->second))
      continue;
    faults.add({.file = file_,
                .line = header_places_[i].line,
                .column = header_places_[i].column,
                .found = said({"rentang tanpa {}", "a range without {}"}, range->second),
                .expected = said({"tambahkan kolom '{}'", "add the column '{}'"}, range->second)});
  }
}

std::optional<std::size_t> CsvTable::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  if (found == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

Cell CsvTable::cell(std::size_t row, std::optional<std::size_t> column) const {
  if (!column) return {.text = "", .file = file_, .header = "", .line = rows_[row].line, .column = 1};
  const Place& place = cells_[row * header_.size() + *column];
  return {.text = std::string_view(text_).substr(place.begin, place.size),
          .file = file_,
          .header = header_[*column],
          .line = place.line,
          .column = place.column};
}

CsvTable read_csv(const std::filesystem::path& path, std::string name, Faults& faults) {
  std::string text;
  try {
    text = read_file(path);
  } catch (const std::system_error& error) {
    faults.add({.file = name,
                .found = said({"tidak dapat dibaca: {}", "cannot be read: {}"}, reason_of(error.code())),
                .expected = {}});
    return CsvTable(std::move(name));
  }
  return CsvTable(std::move(name), std::move(text), faults);
}

std::optional<double> read_number(const Cell& cell, Faults& faults) {
  const std::optional<double> value = parsed_number<double>(cell.text);
  if (value && std::isfinite(*value)) return value;
  const std::string meant = with_decimal_point(cell.text);
  faults.add(cell.fault(
      cell.is_blank() ? said({"{} kosong", "{} is blank"}, cell.header)
                      : said({"{} berisi '{}'", "{} is '{}'"}, cell.header, shown(cell.text)),
      meant.empty() ? Message{"angka, misalnya 12.5", "a number such as 12.5"}
                    : said({"angka dengan titik desimal: {}", "a number with a decimal point: {}"}, meant)));
  return std::nullopt;
}

std::optional<int> read_integer(const Cell& cell, Faults& faults) {
  const std::optional<int> value = parsed_number<int>(cell.text);
  if (value) return value;
  faults.add(cell.fault(cell.is_blank()
                            ? said({"{} kosong", "{} is blank"}, cell.header)
                            : said({"{} berisi '{}'", "{} is '{}'"}, cell.header, shown(cell.text)),
                        {"bilangan bulat, misalnya 2024", "a whole number such as 2024"}));
  return std::nullopt;
}

std::string csv_cell(std::string_view text) {
  const bool is_plain = text.find_first_of(",\"\r\n") == std::string_view::npos &&
                        (text.empty() || (!is_space(text.front()) && !is_space(text.back())));
  if (is_plain) return std::string(text);
  std::string quoted = "\"";
  for (const char byte : text) quoted += byte == '"' ? std::string("\"\"") : std::string(1, byte);
  return quoted + "\"";
}

std::string shortest(double value) {
  constexpr double kSmallest = 1e-6;
  constexpr double kLargest = 1e15;
  char buffer[64];
  char* const last = buffer + sizeof buffer;
  const double size = std::abs(value);
  const bool is_plain = size == 0.0 || (size >= kSmallest && size < kLargest);
  const auto written = is_plain ? std::to_chars(buffer, last, value, std::chars_format::fixed)
                                : std::to_chars(buffer, last, value);
  return {buffer, written.ptr};
}

}  // namespace gerbang::io
