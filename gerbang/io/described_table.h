// A table that says what it holds: every column has a name, a unit and a meaning. Results are put into such
// tables once and written from them everywhere, so that GeoPackage, CSV, JSON and the page use the same
// words.
//
//   DescribedTable gains({.name = "gain", .description = "Who gains",
//                         .columns = {{"region_id", "", "Region", ColumnType::kText},
//                                     {"ev_percent", "%", "Equivalent variation over income"}}});
//   gains.add_row({"parepare", 0.42});
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace gerbang::io {

enum class ColumnType { kReal, kInteger, kText };

struct Column {
  std::string name;
  std::string unit;  // "" where there is none
  std::string description;
  ColumnType type = ColumnType::kReal;

  friend bool operator==(const Column&, const Column&) = default;
};

// A cell. Blank (monostate): none, unknown; a number that is not finite is blank too.
using Value = std::variant<std::monostate, double, std::int64_t, std::string>;

using Point = std::pair<double, double>;  // lon, lat in degrees, EPSG:4326
using LineString = std::vector<Point>;
using MultiPolygon =
    std::vector<std::vector<LineString>>;  // polygons of rings: the outer one, then holes; closed
enum class GeometryType { kNone, kPoint, kLineString, kMultiPolygon };
using Geometry = std::variant<std::monostate, Point, LineString, MultiPolygon>;

// How QGIS draws a table: the text of a .qml style file.
struct MapStyle {
  std::string name;
  std::string description;
  std::string qml;
};

struct TableDescription {
  std::string name;
  std::string description;
  std::vector<Column> columns;
  GeometryType geometry = GeometryType::kNone;
  std::vector<MapStyle> styles;  // the first is the default
};

// Stored by column. A row that does not fit its description is a bug: std::logic_error.
class DescribedTable {
 public:
  explicit DescribedTable(TableDescription description);

  void add_row(std::span<const Value> values, Geometry geometry = {});
  void add_row(std::initializer_list<Value> values, Geometry geometry = {}) {
    add_row(std::span(values.begin(), values.size()), std::move(geometry));
  }

  [[nodiscard]] const TableDescription& description() const { return description_; }
  [[nodiscard]] std::size_t row_count() const { return row_count_; }
  [[nodiscard]] Value value(std::size_t row, std::size_t column) const;
  // Blank where the row has none; only of a table with geometry.
  [[nodiscard]] const Geometry& geometry(std::size_t row) const { return geometries_.at(row); }

 private:
  using Values =
      std::variant<std::vector<double>, std::vector<std::optional<std::int64_t>>, std::vector<std::string>>;

  TableDescription description_;
  std::size_t row_count_ = 0;
  std::vector<Values> columns_;
  std::vector<Geometry> geometries_;
};

}  // namespace gerbang::io
