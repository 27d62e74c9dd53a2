// A study while it is read: the world so far, its tables, the names of their rows, and every fault met.
// Reading goes in stages: the names of all rows first, then the rows, then what only several tables together
// show to be wrong.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "gerbang/base/text.h"
#include "gerbang/io/csv.h"
#include "gerbang/io/faults.h"
#include "gerbang/io/study_tables.h"
#include "gerbang/world/fields.h"
#include "gerbang/world/names.h"
#include "gerbang/world/world.h"

namespace gerbang::io {

// The ids of one table. While the table itself could not be read, no name in it can be called unknown.
template <class Thing>
struct Names {
  std::string table;  // "region"
  bool is_read = false;
  std::unordered_map<std::string, Id<Thing>> ids{};
  std::vector<std::string> list{};
};

// The remedy for a name that the table does not have.
[[nodiscard]] Message remedy_for_name(std::string_view word, const std::string& table,
                                      const std::vector<std::string>& list);

struct Reading {
  World world;
  Faults faults;
  std::map<std::string, CsvTable, std::less<>> tables;
  // Tables in which a row is missing, broken or refers to nothing: what is built on their structure is not
  // checked.
  std::set<std::string, std::less<>> broken;
  // The rows of a table without ids that were kept, in the order of the world's.
  std::map<std::string, std::vector<std::size_t>, std::less<>> kept_rows;

  Names<Region> regions{.table = "region"};
  Names<Sector> sectors{.table = "sector"};
  Names<FreightClass> freight_classes{.table = "freight_class"};
  Names<Node> nodes{.table = "node"};
  Names<Terminal> terminals{.table = "terminal"};
  Names<Service> services{.table = "service"};
  Names<Project> projects{.table = "project"};
  Names<Link> links{.table = "link"};
  std::vector<std::string> trend_names;
  std::vector<std::pair<std::size_t, std::size_t>> scenario_places;  // line and column in study.toml

  [[nodiscard]] const CsvTable& table(std::string_view name) const { return tables.find(name)->second; }
  // The cell of a kept row, to point at.
  [[nodiscard]] Cell cell(std::string_view table_name, std::size_t row, std::string_view column) const;
  // Whether these tables hang together: every row and reference there, whatever their numbers.
  [[nodiscard]] bool is_whole(std::initializer_list<std::string_view> names) const;
  // Whether a table has no fault at all, so that its sums mean something.
  [[nodiscard]] bool is_sound(std::string_view name) const;
};

// Whether shares add to 1, as far as the digits of a table tell.
[[nodiscard]] bool is_one(double sum);

// Numbers with a range, of one row.
struct Range3 {
  std::string column;
  double low = 0.0;
  double value = 0.0;
  double high = 0.0;
};

// One row of a table, read cell by cell; every getter adds the faults it meets.
class RowReader {
 public:
  RowReader(Reading& reading, const TableSpec& spec, const CsvTable& table, std::size_t row)
      : reading_(reading), spec_(spec), table_(table), row_(row), faults_before_(reading.faults.size()) {}

  [[nodiscard]] Cell cell(std::string_view column) const { return table_.cell(row_, column); }
  void fault(std::string_view column, Message found, Message expected);

  // The cell's text; blank is a fault where the column is required.
  std::string text(std::string_view column);
  std::optional<int> integer(std::string_view column);
  // 0 or 1; blank: no.
  bool flag(std::string_view column);
  // One of a few words.
  template <class Enum>
  Enum choice(std::string_view column, Enum otherwise);
  // One of a few words that the world keeps as text.
  std::string word(std::string_view column, const std::vector<std::string>& words);
  // The row that the cell names; none when blank or unknown.
  template <class Thing>
  std::optional<Id<Thing>> reference(std::string_view column, const Names<Thing>& names);
  template <class Thing>
  std::vector<Id<Thing>> references(std::string_view column, const Names<Thing>& names);
  Provenance provenance();

  // Fills the numeric members of the row.
  template <class Row>
  void numbers(Row& row);
  // A number within a range, with the range of its estimate beside it; none when blank or faulty.
  std::optional<double> number(std::string_view column, Range range, Need need);
  // Makes the estimated numbers read so far uncertain cells of the world's row of that name.
  void keep_ranges(const std::string& row_id);

  // Whether every reference so far was found: else the row cannot be kept.
  [[nodiscard]] bool has_all_references() const { return has_all_references_; }
  // Whether the row has had no fault so far.
  [[nodiscard]] bool is_sound() const { return reading_.faults.size() == faults_before_; }

 private:
  [[nodiscard]] bool has_column(std::string_view column) const { return table_.column(column).has_value(); }
  template <class Thing>
  std::optional<Id<Thing>> find(const Cell& cell, std::string_view word, const Names<Thing>& names);
  void read_range(std::string_view column, Range range, std::optional<double> value);
  void miss_reference();

  Reading& reading_;
  const TableSpec& spec_;
  const CsvTable& table_;
  std::size_t row_;
  std::size_t faults_before_;
  bool has_all_references_ = true;
  std::vector<Range3> ranges_;
};

template <class Enum>
Enum RowReader::choice(std::string_view column, Enum otherwise) {
  const std::string word = text(column);
  if (word.empty()) return otherwise;
  std::vector<std::string> words;
  for (const auto& entry : names_of(otherwise)) {
    if (entry.name == word) return entry.value;
    words.emplace_back(entry.name);
  }
  fault(column, said({"{} berisi '{}'", "{} is '{}'"}, column, shown(word)), suggestion(word, words));
  return otherwise;
}

template <class Thing>
std::optional<Id<Thing>> RowReader::find(const Cell& cell, std::string_view word, const Names<Thing>& names) {
  const auto found = names.ids.find(std::string(word));
  if (found != names.ids.end()) return found->second;
  if (names.is_read) {
    reading_.faults.add(
        cell.fault(said({"{} '{}' tidak dikenal", "unknown {} '{}'"}, names.table, shown(word)),
                   remedy_for_name(word, names.table, names.list)));
  }
  miss_reference();
  return std::nullopt;
}

template <class Thing>
std::optional<Id<Thing>> RowReader::reference(std::string_view column, const Names<Thing>& names) {
  const std::string word = text(column);
  if (!word.empty()) return find(cell(column), word, names);
  if (spec_.is_required(column)) miss_reference();
  return std::nullopt;
}

template <class Thing>
std::vector<Id<Thing>> RowReader::references(std::string_view column, const Names<Thing>& names) {
  std::vector<Id<Thing>> ids;
  for (const std::string& word : split_words(text(column))) {
    const auto id = find(cell(column), word, names);
    if (!id) continue;
    if (std::find(ids.begin(), ids.end(), *id) != ids.end()) {
      fault(column, said({"{} menyebut '{}' dua kali", "{} names '{}' twice"}, column, word),
            {"masing-masing satu kali", "each once"});
      continue;
    }
    ids.push_back(*id);
  }
  return ids;
}

template <class Row>
void RowReader::numbers(Row& row) {
  for (const auto& field : fields_of(&row)) {
    const Need need = field.is_required ? Need::kRequired : Need::kOptional;
    if (const auto value = number(field.column, field.range, need)) field.set(row, *value);
  }
}

// Reads every row of a table in turn.
template <class Use>
void for_each_row(Reading& reading, std::string_view name, const Use& use) {
  const TableSpec& spec = table_spec(name);
  const CsvTable& table = reading.table(name);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    if (!table.is_whole(row)) continue;
    RowReader reader(reading, spec, table, row);
    use(reader, row);
  }
}

// The stages of reading, one file each. Each fills its part of the world and adds its faults.
void read_study_file(Reading& reading, const std::string& text);
void read_network(Reading& reading);
void read_economy(Reading& reading);
void read_projects(Reading& reading);
void read_observations(Reading& reading);
void read_cooperation_stages(Reading& reading);
void read_sea_routes(Reading& reading, const std::string& text);
void check_outlines(Reading& reading, const std::string& text);
void check_economy(Reading& reading);
void check_network(Reading& reading);
void check_scenarios(Reading& reading);

}  // namespace gerbang::io
