// The tables of a study and their columns, described once: what the reader accepts, the writer writes and
// docs/study.md lists. The numeric columns come from world/fields.h.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gerbang/io/csv.h"

namespace gerbang::io {

enum class Need { kRequired, kOptional };

struct StudyColumn {
  std::string name;
  Need need = Need::kRequired;  // required: the column is there and no cell is blank
};

struct TableSpec {
  std::string name;
  Need table = Need::kRequired;
  Need provenance = Need::kRequired;  // of source and quality; note is always optional
  std::vector<StudyColumn> before;    // columns left of the numeric ones, the row's id or key first
  std::vector<StudyColumn> numbers;
  std::vector<StudyColumn> after;

  [[nodiscard]] std::string file() const { return name + ".csv"; }
  [[nodiscard]] Header header() const;
  // Whether the column must be there and filled in.
  [[nodiscard]] bool is_required(std::string_view column) const;
};

[[nodiscard]] const std::vector<TableSpec>& table_specs();
[[nodiscard]] const TableSpec& table_spec(std::string_view name);

// The names of the range's columns beside a numeric one: X_low and X_high; of a parameter's value, low and
// high.
struct RangeColumns {
  std::string low;
  std::string high;
};
[[nodiscard]] RangeColumns range_columns(const TableSpec& table, std::string_view column);

inline constexpr std::string_view kStudyFile = "study.toml";
inline constexpr std::string_view kOutlineFile = "outline.geojson";
inline constexpr std::string_view kSeaRouteFile = "sea_route.geojson";

// Whether a text is an id: letters, digits, '_', '-' and '.' only, and not empty.
[[nodiscard]] bool is_id(std::string_view text);

// The files that belong to a study, sorted by name.
[[nodiscard]] std::vector<std::string> study_files();

// The unit that parameter.csv must state; "" for a parameter that there is not.
[[nodiscard]] std::string_view parameter_unit(std::string_view parameter);

}  // namespace gerbang::io
