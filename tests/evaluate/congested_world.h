// A random archipelago for property tests: two islands of four regions with roads in a ring and a chord,
// three ports each (two of them one cluster), rival sea services, and the rest of the world; and a scenario
// in which most of the capacity of everything is gone, so that much is used above it.
#pragma once

#include "gerbang/base/random.h"
#include "tests/evaluate/tiny_world.h"

namespace gerbang::testing {

class CongestedWorld {
 public:
  explicit CongestedWorld(std::uint64_t seed) : random_(seed, 0), world_(tiny_world()) {
    world_.name = "archipelago";
    clear();
    for (std::size_t r = 0; r < kRegions; ++r) add_region(r);
    add_region(kRegions, true);
    for (std::size_t island = 0; island < 2; ++island) add_roads(island * 4);
    for (std::size_t island = 0; island < 2; ++island)
      for (std::size_t port = 0; port < 3; ++port) add_terminal(island * 4 + port, island * 10 + port / 2);
    add_terminal(kRegions, 99);
    add_services();
    world_.scenarios.push_back({"base", "dasar", "base", std::nullopt, {}, {}});
  }
  [[nodiscard]] const World& world() const { return world_; }

 private:
  static constexpr std::size_t kRegions = 8;

  double between(double low, double high) { return low + (high - low) * random_.uniform(); }

  void clear() {
    world_.nodes = {};
    world_.regions = {};
    world_.links = {};
    world_.terminals = {};
    world_.services = {};
    world_.projects = {};
    world_.value_added.clear();
    world_.edits.clear();
    world_.trends.clear();
    world_.moves.clear();
    world_.scenarios = {};
  }

  void add_region(std::size_t r, bool is_foreign = false) {
    const std::string id = "r" + std::to_string(r);
    const NodeId node = world_.nodes.push_back({.id = id,
                                                .name = id,
                                                .type = "region",
                                                .lon = 110.0 + between(0.0, 8.0),
                                                .lat = -5.0 + between(0.0, 6.0),
                                                .provenance = {}});
    Region region;
    region.id = region.name = region.group = id;
    region.node = node;
    region.population = is_foreign ? 1e9 : between(2e5, 1e6);
    region.area_km2 = is_foreign ? 0.0 : between(300.0, 9000.0);
    region.government_idr_bn = region.population * 0.004;
    region.investment_idr_bn = region.population * 0.010;
    region.is_foreign = is_foreign;
    region.final_demand_ratio = between(0.8, 1.2);
    world_.regions.push_back(region);
    if (is_foreign) return;
    for (std::size_t s = 0; s < 4; ++s)
      world_.value_added.push_back({RegionId(r), SectorId(s), between(1000.0, 12000.0), {}});
  }

  void add_roads(std::size_t first) {
    const std::size_t pairs[5][2] = {{0, 1}, {1, 2}, {2, 3}, {3, 0}, {0, 2}};
    for (const auto& pair : pairs) {
      Link road;
      road.id = "road" + std::to_string(first + pair[0]) + std::to_string(first + pair[1]);
      road.from = NodeId(first + pair[0]);
      road.to = NodeId(first + pair[1]);
      road.length_km = between(50.0, 90.0);
      road.free_speed_kmh = between(35.0, 60.0);
      road.capacity_pcu_h = between(60.0, 160.0);
      road.background_pcu_h = between(20.0, 100.0);
      road.cost_factor = between(0.9, 1.3);
      if (pair[0] == 0) {
        road.toll_idr_per_vehicle = between(20e3, 60e3);
        road.earner = RegionId(first + pair[1]);
      }
      world_.links.push_back(road);
    }
  }

  void add_terminal(std::size_t region, std::size_t cluster) {
    Terminal terminal;
    terminal.id = terminal.name = "t" + std::to_string(region);
    terminal.cluster = "c" + std::to_string(cluster);
    terminal.node = NodeId(region);
    terminal.region = terminal.earner = RegionId(region);
    terminal.classes = {FreightClassId(0), FreightClassId(1)};
    terminal.handling_idr_per_tonne = between(40e3, 90e3);
    terminal.handling_h = between(12.0, 48.0);
    world_.terminals.push_back(terminal);
  }

  void add_services() {
    for (std::size_t number = 0; number < 16; ++number) {
      const std::size_t from = number % 3, to = 3 + random_.next() % 3;
      const double nm = between(150.0, 500.0);
      Service service;
      service.id = service.name = "s" + std::to_string(number);
      service.mode = "sea";
      service.classes = {FreightClassId(number % 2)};
      if (number % 3 == 0) service.classes = {FreightClassId(0), FreightClassId(1)};
      service.departures_per_week = between(1.0, 5.0);
      service.earner = RegionId(random_.next() % kRegions);
      const TerminalId a(number < 13 ? from : 3 * (number % 2)), b(number < 13 ? to : 6);
      service.legs = {{a, b, nm, nm / 12.0, nm * 700.0, {}, {}}, {b, a, nm, nm / 12.0, nm * 700.0, {}, {}}};
      world_.services.push_back(service);
    }
  }

  Random random_;
  World world_;
};

// What is left of capacities.
struct Left {
  double links = 1.0, terminals = 1.0, services = 1.0;
};

// A study whose capacities are known, with one scenario more: as the last, and only these parts of its
// capacities are left.
inline World with_less_capacity(World world, const Left& left) {
  Project squeeze;
  squeeze.id = "squeeze";
  squeeze.year = world.base_year + 1;
  const ProjectId id = world.projects.push_back(squeeze);
  const auto multiply = [&](const char* table, const std::string& row, const char* column, double part) {
    world.edits.push_back({.project = id,
                           .table = table,
                           .row = row,
                           .column = column,
                           .operation = EditOperation::kMultiply,
                           .value = part,
                           .provenance = {}});
  };
  for (const Link& link : world.links) multiply("link", link.id, "capacity_pcu_h", left.links);
  for (const Terminal& terminal : world.terminals)
    if (terminal.capacity_mt_per_year)
      multiply("terminal", terminal.id, "capacity_mt_per_year", left.terminals);
  for (const Service& service : world.services)
    if (service.capacity_t_per_departure)
      multiply("service", service.id, "capacity_t_per_departure", left.services);
  world.scenarios.push_back({"full", "penuh", "full", ScenarioId(world.scenarios.size() - 1), {id}, {}});
  return world;
}

}  // namespace gerbang::testing
