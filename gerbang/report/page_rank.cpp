#include "gerbang/report/page_rank.h"

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "gerbang/evaluate/levers.h"
#include "gerbang/report/page_numbers.h"

namespace gerbang::report {
namespace {

// A worth of less than IDR 50,000 a year is none.
constexpr double kLeastWorth = 5e-5;

PageJson worth(double idr_bn) {
  constexpr int kDigits = 3;
  return std::abs(idr_bn) < kLeastWorth ? PageJson(0) : rounded_number(idr_bn, kDigits);
}

template <class Rows>
std::map<std::string, std::size_t> places(const Rows& rows) {
  std::map<std::string, std::size_t> place;
  for (const auto id : rows.ids()) place[rows[id].id] = id.value();
  return place;
}

// The levers of one table, a column for each cell; null where a thing has no such lever.
PageJson worth_columns(const std::vector<evaluate::Lever>& levers, const std::string& table,
                       const std::map<std::string, std::size_t>& place,
                       std::initializer_list<std::string_view> cells) {
  PageJson columns = empty_columns(cells);
  PageJson of = PageJson::array();
  const std::string* current = nullptr;
  for (const evaluate::Lever& lever : levers) {
    if (lever.table != table) continue;
    if (current == nullptr || *current != lever.row) {
      of.push_back(place.at(lever.row));
      for (PageJson& column : columns) column.push_back(nullptr);
      current = &lever.row;
    }
    columns[lever.column].back() = worth(lever.per_unit);
  }
  return {{"of", std::move(of)}, {"worth", std::move(columns)}};
}

}  // namespace

nlohmann::ordered_json rank_document(const evaluate::BaseYear& base_year, const evaluate::Outcome& outcome,
                                     const Observer& observer) {
  const World& world = *outcome.world;
  evaluate::JointAdjoint::Options options;
  options.observer = observer;
  evaluate::JointAdjoint adjoint(base_year, outcome, options);
  std::vector<bool> is_counted;
  for (const Region& region : world.regions) is_counted.push_back(!region.is_foreign);
  const evaluate::NetworkGradient gradient = adjoint.gradient(evaluate::variation_of(outcome, is_counted));
  const std::vector<evaluate::Lever> levers = evaluate::levers(world, gradient);
  return {
      {"is_converged", gradient.is_converged},
      {"links", worth_columns(levers, "link", places(world.links),
                              {"free_speed_kmh", "cost_factor", "toll_idr_per_vehicle", "capacity_pcu_h"})},
      {"terminals", worth_columns(levers, "terminal", places(world.terminals),
                                  {"handling_h", "handling_idr_per_tonne", "capacity_mt_per_year"})},
      {"services", worth_columns(levers, "service", places(world.services),
                                 {"tariff_factor", "departures_per_week", "capacity_t_per_departure"})}};
}

}  // namespace gerbang::report
