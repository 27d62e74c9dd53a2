// How rows are named, in edits, draws and results: by the id of the table's first column; a leg of a service
// by service_id/sequence; a row that has no id of its own by its key columns joined with '/', blank where
// none (the trend point ikn/population/ikn//2034).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gerbang/world/world.h"

namespace gerbang {

[[nodiscard]] inline const std::string& row_id(const World&, const Region& row) {
  return row.id;
}
[[nodiscard]] inline const std::string& row_id(const World&, const Sector& row) {
  return row.id;
}
[[nodiscard]] inline const std::string& row_id(const World&, const FreightClass& row) {
  return row.id;
}
[[nodiscard]] inline const std::string& row_id(const World&, const Node& row) {
  return row.id;
}
[[nodiscard]] inline const std::string& row_id(const World&, const Link& row) {
  return row.id;
}
[[nodiscard]] inline const std::string& row_id(const World&, const Terminal& row) {
  return row.id;
}
[[nodiscard]] inline const std::string& row_id(const World&, const Service& row) {
  return row.id;
}
[[nodiscard]] inline const std::string& row_id(const World&, const Project& row) {
  return row.id;
}
[[nodiscard]] std::string row_id(const Service& service, std::size_t leg);
[[nodiscard]] std::string row_id(const Project& project, const ProjectOwner& row);
[[nodiscard]] std::string row_id(const World& world, const ValueAdded& row);
[[nodiscard]] std::string row_id(const World& world, const InputCoefficient& row);
[[nodiscard]] std::string row_id(const World& world, const FinalDemandShare& row);
[[nodiscard]] std::string row_id(const World& world, const ForeignTrade& row);
[[nodiscard]] std::string row_id(const World& world, const ObservedFlow& row);
[[nodiscard]] std::string row_id(const World& world, const Edit& row);
[[nodiscard]] std::string row_id(const World& world, const TrendPoint& row);
[[nodiscard]] std::string row_id(const World& world, const Move& row);
[[nodiscard]] std::string row_id(const World& world, const Payer& row);

// The tables that have numeric columns.
[[nodiscard]] const std::vector<std::string>& numeric_tables();
// The names of a table's rows and of its numeric columns, in order; none for a table that there is not.
[[nodiscard]] std::vector<std::string> row_ids(const World& world, std::string_view table);
[[nodiscard]] std::vector<std::string> numeric_columns(std::string_view table);

}  // namespace gerbang
