// Four small described tables, one of each geometry, that the tests of the writers share.
#pragma once

#include <vector>

#include "gerbang/io/described_table.h"

namespace gerbang::io {

inline DescribedTable example_terminals() {
  DescribedTable table({.name = "terminal",
                        .description = "Ports and their use",
                        .columns = {{"terminal_id", "", "Terminal", ColumnType::kText},
                                    {"load_mt", "Mt/year", "Loaded and unloaded"},
                                    {"calls", "1/year", "Calls", ColumnType::kInteger}},
                        .geometry = GeometryType::kPoint,
                        .styles = {{"use", "Use over capacity", "<qgis version=\"3.22\"/>"},
                                   {"tonnes", "Tonnes", "<qgis version=\"3.22\" labelsEnabled=\"0\"/>"}}});
  table.add_row({"kariangau", 2.5, std::int64_t{412}}, Point{116.775, -1.205});
  table.add_row({"parepare", Value{}, Value{}}, Point{119.622, -4.013});
  return table;
}

inline DescribedTable example_services() {
  DescribedTable table({.name = "service",
                        .description = "Sea services",
                        .columns = {{"service_id", "", "Service", ColumnType::kText}},
                        .geometry = GeometryType::kLineString});
  table.add_row({"ferry"}, LineString{{116.775, -1.205}, {118.0, -2.5}, {119.622, -4.013}});
  table.add_row({"unrouted"});
  return table;
}

// A square with a square hole, and an island beside it.
inline DescribedTable example_regions() {
  DescribedTable table({.name = "region",
                        .description = "Who gains",
                        .columns = {{"region_id", "", "Region", ColumnType::kText},
                                    {"ev_percent", "%", "Equivalent variation over income"}},
                        .geometry = GeometryType::kMultiPolygon});
  const LineString outer = {{116.0, -2.0}, {118.0, -2.0}, {118.0, 0.0}, {116.0, 0.0}, {116.0, -2.0}};
  const LineString hole = {{116.5, -1.5}, {116.5, -0.5}, {117.5, -0.5}, {117.5, -1.5}, {116.5, -1.5}};
  const LineString island = {{119.0, -1.0}, {119.5, -1.0}, {119.5, -0.5}, {119.0, -1.0}};
  table.add_row({"balikpapan", 0.125}, MultiPolygon{{outer, hole}, {island}});
  return table;
}

inline DescribedTable example_manifest() {
  DescribedTable table(
      {.name = "manifest",
       .description = "What the results were made from",
       .columns = {{"key", "", "Name", ColumnType::kText}, {"value", "", "Value", ColumnType::kText}}});
  table.add_row({"study", "nusantara"});
  table.add_row({"note", "it's \"quoted\", with a comma"});
  return table;
}

inline std::vector<DescribedTable> example_tables() {
  return {example_regions(), example_services(), example_terminals(), example_manifest()};
}

}  // namespace gerbang::io
