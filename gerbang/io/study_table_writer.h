// One table of a study while it is written: the columns of study_tables.h in their order, a range or a note
// only where some row has one.
#pragma once

#include <map>
#include <set>

#include "gerbang/io/csv.h"
#include "gerbang/io/file.h"
#include "gerbang/io/study_tables.h"
#include "gerbang/world/fields.h"
#include "gerbang/world/names.h"

namespace gerbang::io {

using Cells = std::vector<std::string>;

class StudyTableWriter {
 public:
  StudyTableWriter(const World& world, std::string_view name) : spec_(table_spec(name)) {
    for (const Uncertainty& range : world.uncertainties) {
      if (range.table != spec_.name) continue;
      ranges_.emplace(std::pair(range.row, range.column), std::pair(range.low, range.high));
      ranged_columns_.insert(range.column);
    }
  }

  template <class Row>
  void add(const std::string& id, Cells before, const Row& row, Cells after = {}) {
    Cells numbers;
    for (const auto& field : fields_of(&row)) {
      const std::optional<double> value = field.get(row);
      numbers.push_back(value ? shortest(*value) : "");
    }
    add_cells(id, {std::move(before), std::move(numbers), std::move(after)}, row.provenance);
  }

  struct RowCells {
    Cells before;
    Cells numbers;
    Cells after;
  };
  void add_cells(const std::string& id, RowCells cells, const Provenance& provenance) {
    has_notes_ = has_notes_ || !provenance.note.empty();
    rows_.push_back({id, std::move(cells), provenance});
  }

  void write(const std::filesystem::path& folder) const {
    std::string text = line(header());
    for (const Row& row : rows_) text += line(cells_of(row));
    write_file_atomically(folder / spec_.file(), text);
  }

 private:
  struct Row {
    std::string id;
    RowCells cells;
    Provenance provenance;
  };

  static std::string line(const Cells& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + csv_cell(cells[i]);
    return text + "\n";
  }

  [[nodiscard]] Cells header() const {
    Cells cells;
    for (const StudyColumn& column : spec_.before) cells.push_back(column.name);
    for (const StudyColumn& column : spec_.numbers) {
      cells.push_back(column.name);
      if (!ranged_columns_.contains(column.name)) continue;
      const RangeColumns range = range_columns(spec_, column.name);
      cells.insert(cells.end(), {range.low, range.high});
    }
    for (const StudyColumn& column : spec_.after) cells.push_back(column.name);
    cells.insert(cells.end(), {"source", "quality"});
    if (has_notes_) cells.emplace_back("note");
    return cells;
  }

  [[nodiscard]] Cells cells_of(const Row& row) const {
    Cells cells = row.cells.before;
    for (std::size_t i = 0; i < spec_.numbers.size(); ++i) {
      const std::string& column = spec_.numbers[i].name;
      cells.push_back(row.cells.numbers[i]);
      if (!ranged_columns_.contains(column)) continue;
      const auto range = ranges_.find({row.id, column});
      const bool has_range = range != ranges_.end();
      cells.push_back(has_range ? shortest(range->second.first) : "");
      cells.push_back(has_range ? shortest(range->second.second) : "");
    }
    cells.insert(cells.end(), row.cells.after.begin(), row.cells.after.end());
    cells.insert(cells.end(), {row.provenance.source, std::string(name_of(row.provenance.quality))});
    if (has_notes_) cells.push_back(row.provenance.note);
    return cells;
  }

  const TableSpec& spec_;
  std::map<std::pair<std::string, std::string>, std::pair<double, double>> ranges_;
  std::set<std::string, std::less<>> ranged_columns_;
  bool has_notes_ = false;
  std::vector<Row> rows_;
};

// study.toml and sea_route.geojson.
void write_study_file(const World& world, const std::filesystem::path& folder);
void write_sea_routes(const World& world, const std::filesystem::path& folder);

}  // namespace gerbang::io
