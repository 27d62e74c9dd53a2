#include "gerbang/world/rows.h"

#include <fmt/format.h>

#include "gerbang/world/names.h"
#include "gerbang/world/visit.h"

namespace gerbang {
namespace {

template <class Fields>
std::vector<std::string> columns_of(const Fields& fields) {
  std::vector<std::string> columns;
  for (const auto& field : fields) columns.emplace_back(field.column);
  return columns;
}

std::string id_or_blank(const World& world, const std::optional<RegionId>& region) {
  return region ? world.regions[*region].id : "";
}

}  // namespace

std::string row_id(const Service& service, std::size_t leg) {
  return fmt::format("{}/{}", service.id, leg + 1);
}

std::string row_id(const Project& project, const ProjectOwner& row) {
  return project.id + "/" + row.party;
}

std::string row_id(const World& world, const ValueAdded& row) {
  return world.regions[row.region].id + "/" + world.sectors[row.sector].id;
}

std::string row_id(const World& world, const InputCoefficient& row) {
  return world.sectors[row.input].id + "/" + world.sectors[row.user].id;
}

std::string row_id(const World& world, const FinalDemandShare& row) {
  return fmt::format("{}/{}", name_of(row.user), world.sectors[row.sector].id);
}

std::string row_id(const World& world, const ForeignTrade& row) {
  return fmt::format("{}/{}/{}", name_of(row.direction), id_or_blank(world, row.region),
                     world.sectors[row.sector].id);
}

std::string row_id(const World& world, const ObservedFlow& row) {
  return fmt::format("{}/{}/{}", world.regions[row.origin].id, world.regions[row.destination].id,
                     world.sectors[row.sector].id);
}

std::string row_id(const World& world, const Edit& row) {
  return fmt::format("{}/{}/{}/{}", row.project ? world.projects[*row.project].id : "", row.table, row.row,
                     row.column);
}

std::string row_id(const World& world, const TrendPoint& row) {
  return fmt::format("{}/{}/{}/{}/{}", row.trend, name_of(row.variable), id_or_blank(world, row.region),
                     row.sector ? world.sectors[*row.sector].id : "", row.year);
}

std::string row_id(const World& world, const Move& row) {
  return fmt::format("{}/{}/{}", row.trend, world.regions[row.origin].id, world.regions[row.destination].id);
}

std::string row_id(const World& world, const Payer& row) {
  return row.trend + "/" + world.regions[row.region].id;
}

const std::vector<std::string>& numeric_tables() {
  static const std::vector<std::string> kTables = {
      "parameter",     "region",      "sector",       "freight_class", "node",
      "link",          "terminal",    "service",      "service_leg",   "project",
      "project_owner", "value_added", "input_output", "final_demand",  "foreign_trade",
      "observed_flow", "edit",        "trend",        "move",          "payer"};
  return kTables;
}

std::vector<std::string> row_ids(const World& world, std::string_view table) {
  std::vector<std::string> ids;
  if (table == "parameter") return columns_of(kParameterFields);
  if (table == "service_leg") {
    for (const Service& service : world.services) {
      for (std::size_t leg = 0; leg < service.legs.size(); ++leg) ids.push_back(row_id(service, leg));
    }
  }
  if (table == "project_owner") {
    for (const Project& project : world.projects) {
      for (const ProjectOwner& owner : project.owners) ids.push_back(row_id(project, owner));
    }
  }
  detail::visit_plain_table(world, table, [&](const auto& rows) {
    for (const auto& row : rows) ids.push_back(row_id(world, row));
  });
  return ids;
}

std::vector<std::string> numeric_columns(std::string_view table) {
  if (table == "parameter") return {"value"};
  const World nothing;
  std::vector<std::string> columns;
  detail::with_row(nothing, table, "", [&](const auto* row) { columns = columns_of(fields_of(row)); });
  return columns;
}

}  // namespace gerbang
