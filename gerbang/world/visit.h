// Finds a table's rows and numeric fields by name: what apply() and the lists of rows.h are made of.
#pragma once

#include <charconv>
#include <span>
#include <string_view>

#include "gerbang/world/fields.h"
#include "gerbang/world/rows.h"

namespace gerbang::detail {

// Calls visit(rows) for a table whose rows are a plain sequence; false when the name is none of them.
template <class AnyWorld, class Visit>
bool visit_plain_table(AnyWorld& world, std::string_view table, const Visit& visit) {
  if (table == "region") return visit(world.regions.rows()), true;
  if (table == "sector") return visit(world.sectors.rows()), true;
  if (table == "freight_class") return visit(world.freight_classes.rows()), true;
  if (table == "node") return visit(world.nodes.rows()), true;
  if (table == "link") return visit(world.links.rows()), true;
  if (table == "terminal") return visit(world.terminals.rows()), true;
  if (table == "service") return visit(world.services.rows()), true;
  if (table == "project") return visit(world.projects.rows()), true;
  if (table == "value_added") return visit(world.value_added), true;
  if (table == "input_output") return visit(world.input_output), true;
  if (table == "final_demand") return visit(world.final_demand), true;
  if (table == "foreign_trade") return visit(world.foreign_trade), true;
  if (table == "observed_flow") return visit(world.observed_flows), true;
  if (table == "edit") return visit(world.edits), true;
  if (table == "trend") return visit(world.trends), true;
  if (table == "move") return visit(world.moves), true;
  if (table == "payer") return visit(world.payers), true;
  return false;
}

// The leg that service_id/sequence names, or nullptr.
template <class AnyWorld>
auto* find_leg(AnyWorld& world, std::string_view id) {
  using Leg = std::remove_reference_t<decltype(world.services.rows()[0].legs[0])>;
  const std::size_t slash = id.rfind('/');
  if (slash == std::string_view::npos) return static_cast<Leg*>(nullptr);
  std::size_t sequence = 0;
  const char* end = id.data() + id.size();
  const auto parsed = std::from_chars(id.data() + slash + 1, end, sequence);
  for (auto& service : world.services) {
    if (service.id != id.substr(0, slash)) continue;
    const bool is_leg = parsed.ptr == end && sequence >= 1 && sequence <= service.legs.size();
    return is_leg ? &service.legs[sequence - 1] : nullptr;
  }
  return static_cast<Leg*>(nullptr);
}

// The owner that project_id/party names, or nullptr.
template <class AnyWorld>
auto* find_owner(AnyWorld& world, std::string_view id) {
  using Owner = std::remove_reference_t<decltype(world.projects.rows()[0].owners[0])>;
  for (auto& project : world.projects) {
    for (auto& owner : project.owners) {
      if (row_id(project, owner) == id) return &owner;
    }
  }
  return static_cast<Owner*>(nullptr);
}

// Calls use(row), row being nullptr when the table has none of that name; false when there is no such
// table.
template <class AnyWorld, class Use>
bool with_row(AnyWorld& world, std::string_view table, std::string_view id, const Use& use) {
  if (table == "service_leg") return use(find_leg(world, id)), true;
  if (table == "project_owner") return use(find_owner(world, id)), true;
  return visit_plain_table(world, table, [&](auto& rows) {
    auto row = rows.begin();
    while (row != rows.end() && row_id(world, *row) != id) ++row;
    use(row == rows.end() ? nullptr : &*row);
  });
}

}  // namespace gerbang::detail
