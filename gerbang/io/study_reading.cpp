#include "gerbang/io/study_reading.h"

#include <cmath>

namespace gerbang::io {

Cell Reading::cell(std::string_view table_name, std::size_t row, std::string_view column) const {
  const auto kept = kept_rows.find(table_name);
  return table(table_name).cell(kept == kept_rows.end() ? row : kept->second[row], column);
}

bool Reading::is_whole(std::initializer_list<std::string_view> names) const {
  return std::none_of(names.begin(), names.end(),
                      [&](std::string_view name) { return broken.contains(name); });
}

bool Reading::is_sound(std::string_view name) const {
  return is_whole({name}) && !faults.has(table_spec(name).file());
}

Message remedy_for_name(std::string_view word, const std::string& table,
                        const std::vector<std::string>& list) {
  constexpr std::size_t kMostListed = 12;
  const std::string near = probably_meant(word, list);
  if (!near.empty()) return said({"maksudnya '{}'?", "did you mean '{}'?"}, near);
  std::string ids;
  for (std::size_t i = 0; i < std::min(list.size(), kMostListed); ++i) ids += (i > 0 ? ", " : ": ") + list[i];
  return said({"satu baris {}.csv{}{}", "a row of {}.csv{}{}"}, table, ids,
              list.size() > kMostListed ? ", …" : "");
}

bool is_one(double sum) {
  constexpr double kTolerance = 1e-6;
  return std::abs(sum - 1.0) <= kTolerance;
}

void RowReader::fault(std::string_view column, Message found, Message expected) {
  reading_.faults.add(cell(column).fault(std::move(found), std::move(expected)));
}

void RowReader::miss_reference() {
  has_all_references_ = false;
  reading_.broken.insert(spec_.name);
}

std::string RowReader::text(std::string_view column) {
  const Cell at = cell(column);
  if (at.is_blank() && has_column(column) && spec_.is_required(column)) {
    fault(column, said({"{} kosong", "{} is blank"}, column), said({"sebuah {}", "a {}"}, column));
  }
  return std::string(at.text);
}

std::optional<int> RowReader::integer(std::string_view column) {
  const Cell at = cell(column);
  if (at.is_blank() && (!spec_.is_required(column) || !has_column(column))) return std::nullopt;
  return read_integer(at, reading_.faults);
}

bool RowReader::flag(std::string_view column) {
  const std::string word = text(column);
  if (word != "" && word != "0" && word != "1") {
    fault(column, said({"{} berisi '{}'", "{} is '{}'"}, column, shown(word)),
          {"0 (tidak) atau 1 (ya)", "0 (no) or 1 (yes)"});
  }
  return word == "1";
}

std::string RowReader::word(std::string_view column, const std::vector<std::string>& words) {
  std::string word = text(column);
  if (!word.empty() && std::find(words.begin(), words.end(), word) == words.end()) {
    fault(column, said({"{} berisi '{}'", "{} is '{}'"}, column, shown(word)), suggestion(word, words));
  }
  return word;
}

Provenance RowReader::provenance() {
  Provenance provenance;
  provenance.source = text("source");
  provenance.quality = choice("quality", Quality::kAssumed);
  provenance.note = text("note");
  return provenance;
}

std::optional<double> RowReader::number(std::string_view column, Range range, Need need) {
  const Cell at = cell(column);
  std::optional<double> value;
  if (!at.is_blank()) {
    value = read_number(at, reading_.faults);
  } else if (need == Need::kRequired && has_column(column)) {
    fault(column, said({"{} kosong", "{} is blank"}, column), range_text(range));
  }
  if (value && !is_within(range, *value)) {
    fault(column, said({"{} berisi {}", "{} is {}"}, column, shown(at.text)), range_text(range));
    value.reset();
  }
  read_range(column, range, value);
  return value;
}

// The numbers low and high beside a value; one of them alone leaves the other side at the value.
void RowReader::read_range(std::string_view column, Range range, std::optional<double> value) {
  const RangeColumns columns = range_columns(spec_, column);
  const bool has_low = !cell(columns.low).is_blank();
  const bool has_high = !cell(columns.high).is_blank();
  if (!has_low && !has_high) return;
  if (cell(column).is_blank() && has_column(column)) {
    fault(has_low ? columns.low : columns.high, said({"rentang tanpa {}", "a range without {}"}, column),
          said({"nilai di {}", "a value in {}"}, column));
  }
  if (!value) return;
  Range3 read{.column = std::string(column), .low = *value, .value = *value, .high = *value};
  const auto read_side = [&](const std::string& side, double& number) {
    if (cell(side).is_blank()) return;
    const std::optional<double> read_number_ = read_number(cell(side), reading_.faults);
    if (!read_number_) return;
    number = *read_number_;
    if (!is_within(range, number)) {
      fault(side, said({"{} berisi {}", "{} is {}"}, side, number), range_text(range));
    }
  };
  read_side(columns.low, read.low);
  read_side(columns.high, read.high);
  if (read.low > *value) {
    fault(columns.low,
          said({"{} {} di atas {} {}", "{} {} is above {} {}"}, columns.low, read.low, column, *value),
          {"low ≤ nilai ≤ high", "low ≤ value ≤ high"});
  }
  if (read.high < *value) {
    fault(columns.high,
          said({"{} {} di bawah {} {}", "{} {} is below {} {}"}, columns.high, read.high, column, *value),
          {"low ≤ nilai ≤ high", "low ≤ value ≤ high"});
  }
  ranges_.push_back(read);
}

void RowReader::keep_ranges(const std::string& row_id) {
  for (const Range3& range : ranges_) {
    reading_.world.uncertainties.push_back({.table = spec_.name,
                                            .row = row_id,
                                            .column = range.column,
                                            .low = range.low,
                                            .value = range.value,
                                            .high = range.high});
  }
  ranges_.clear();
}

}  // namespace gerbang::io
