#include "gerbang/report/use.h"

#include <algorithm>
#include <cmath>

#include "gerbang/world/names.h"

namespace gerbang::report {
namespace {

using evaluate::Network;
using evaluate::Outcome;

DirectionUse direction_use(const Outcome& outcome, const Network& network, std::size_t arc) {
  DirectionUse direction{.pcu_h = outcome.arc_volume[arc],
                         .background_pcu_h = network.roads.arcs[arc].background,
                         .freight_kt = 0.0,
                         .time_h = outcome.arc_time_h[arc],
                         .use = outcome.arc_volume[arc] / network.roads.arcs[arc].capacity,
                         .kt_by_class = {}};
  for (std::size_t m = 0; m < network.classes.size(); ++m) {
    direction.kt_by_class.push_back(outcome.arc_class_volume(m, arc) / network.classes[m].vehicles_per_kt);
    direction.freight_kt += direction.kt_by_class.back();
  }
  return direction;
}

struct Filling {
  std::optional<double> capacity_kt;
  std::optional<double> use;
};
Filling filling(double kt, double capacity_kt) {
  if (!std::isfinite(capacity_kt) || capacity_kt <= 0.0) return {};
  return {capacity_kt, kt / capacity_kt};
}

template <class IdType>
std::string_view basis(const std::vector<IdType>& from_base_use, IdType id, const Provenance& provenance,
                       bool is_known) {
  if (!is_known) return "unknown";
  const bool is_assumed = std::find(from_base_use.begin(), from_base_use.end(), id) != from_base_use.end();
  return is_assumed ? "base use" : name_of(provenance.quality);
}

}  // namespace

double LinkUse::use() const {
  double most = 0.0;
  for (const std::optional<DirectionUse>& direction : directions)
    if (direction) most = std::max(most, direction->use);
  return most;
}

double LinkUse::freight_kt() const {
  double sum = 0.0;
  for (const std::optional<DirectionUse>& direction : directions)
    if (direction) sum += direction->freight_kt;
  return sum;
}

std::vector<LinkUse> link_uses(const Outcome& outcome, const Network& network) {
  std::vector<LinkUse> uses;
  for (std::size_t arc = 0; arc < network.arcs.size(); ++arc) {
    const evaluate::ArcOf& of = network.arcs[arc];
    if (!outcome.world->links[of.link].is_present) continue;
    if (uses.empty() || uses.back().link != of.link) uses.push_back({of.link, {}});
    uses.back().directions[of.is_reverse ? 1 : 0] = direction_use(outcome, network, arc);
  }
  return uses;
}

std::vector<TerminalUse> terminal_uses(const Outcome& outcome, const Network& network) {
  std::vector<TerminalUse> uses;
  for (const TerminalId terminal : outcome.world->terminals.ids()) {
    if (!outcome.world->terminals[terminal].is_present) continue;
    const double kt = outcome.loads.terminal[terminal.value()];
    const Filling full = filling(kt, network.terminal_capacity[terminal.value()]);
    uses.push_back({terminal, kt, full.capacity_kt, full.use});
  }
  return uses;
}

std::vector<LegUse> leg_uses(const Outcome& outcome, const Network& network) {
  std::vector<LegUse> uses;
  for (std::size_t index = 0; index < network.legs.size(); ++index) {
    const evaluate::LegOf& of = network.legs[index];
    if (!outcome.world->services[of.service].is_present) continue;
    const Filling full = filling(outcome.loads.leg[index], network.leg_capacity[index]);
    uses.push_back({of.service, of.index, index, outcome.loads.leg[index], full.capacity_kt, full.use});
  }
  return uses;
}

std::string_view capacity_basis(const evaluate::BaseYear& base_year, const World& world,
                                const TerminalUse& use) {
  return basis(base_year.assumed_terminals, use.terminal, world.terminals[use.terminal].provenance,
               use.capacity_kt.has_value());
}

std::string_view capacity_basis(const evaluate::BaseYear& base_year, const World& world, const LegUse& use) {
  return basis(base_year.assumed_services, use.service, world.services[use.service].provenance,
               use.capacity_kt.has_value());
}

std::vector<ModeTonnes> tonnes_by_mode(const Outcome& outcome) {
  const World& world = *outcome.world;
  std::vector<ModeTonnes> modes = {{"within_region", 0.0}, {"road", 0.0}};
  const std::size_t regions = world.regions.size();
  for (std::size_t m = 0; m < outcome.equilibrium.tonnes.size(); ++m)
    for (std::size_t i = 0; i < regions; ++i)
      if (!world.regions[RegionId(i)].is_foreign) modes[0].kt += outcome.equilibrium.tonnes[m](i, i);
  const std::span<const evaluate::RoadPair> pairs = outcome.loads.road.all_pairs();
  for (std::size_t p = 0; p < pairs.size(); ++p)
    if (pairs[p].from < regions && pairs[p].to < regions) modes[1].kt += outcome.loads.road.kt[p];
  for (const ServiceId service : world.services.ids()) {
    const std::string& mode = world.services[service].mode;
    auto known =
        std::find_if(modes.begin(), modes.end(), [&](const ModeTonnes& row) { return row.mode == mode; });
    if (known == modes.end()) known = modes.insert(modes.end(), {mode, 0.0});
    known->kt += outcome.loads.service[service.value()];
  }
  return modes;
}

}  // namespace gerbang::report
