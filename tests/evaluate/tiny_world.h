// Three regions on two islands and the rest of the world: enough for every part of the joint equilibrium.
//
//     farm ──── gate ~~~~ ferry ~~~~ capital            abroad
//                 ╰~~~~~~~~~~~ foreign line ~~~~~~~~~~~~~╯
//
// farm and gate share an island and a road; gate's port and capital's port are linked by a ferry; gate's port
// also trades with the rest of the world. The project "ship" doubles the ferry's sailings; the trend "grow"
// moves people to capital.
#pragma once

#include "gerbang/world/world.h"

namespace gerbang::testing {

inline constexpr std::size_t kFarm = 0, kGate = 1, kCapital = 2, kAbroad = 3;
inline constexpr std::size_t kFood = 0, kGoods = 1, kServices = 2, kTransport = 3;

inline World tiny_world() {
  World world;
  world.name = "tiny";
  world.base_year = 2024;
  world.years = {2024, 2030};

  const auto node = [&](const char* id, double lon, double lat) {
    return world.nodes.push_back(
        {.id = id, .name = id, .type = "region", .lon = lon, .lat = lat, .provenance = {}});
  };
  const NodeId farm = node("farm", 116.0, -1.0), gate = node("gate", 117.0, -1.0),
               capital = node("capital", 119.5, -4.0), abroad = node("abroad", 104.0, 1.0);
  const auto region = [&](const char* id, NodeId at, double population, double area) {
    Region r;
    r.id = r.name = r.group = id;
    r.node = at;
    r.population = population;
    r.area_km2 = area;
    r.government_idr_bn = population * 0.004;
    r.investment_idr_bn = population * 0.010;
    world.regions.push_back(r);
  };
  region("farm", farm, 400e3, 8000.0);
  region("gate", gate, 800e3, 500.0);
  region("capital", capital, 600e3, 2000.0);
  region("abroad", abroad, 1e9, 0.0);
  world.regions[RegionId(kAbroad)].is_foreign = true;
  world.regions[RegionId(kFarm)].final_demand_ratio = 0.8;
  world.regions[RegionId(kGate)].final_demand_ratio = 0.9;
  world.regions[RegionId(kCapital)].final_demand_ratio = 1.2;

  const auto freight = [&](const char* id, double value, double road) {
    FreightClass m;
    m.id = m.name = m.name_en = id;
    m.payload_t = 18.0;
    m.empty_share = 0.5;
    m.value_mn_idr_per_tonne = value;
    m.road_idr_per_tonne_km = road;
    return world.freight_classes.push_back(m);
  };
  const FreightClassId food = freight("food", 10.0, 1000.0), container = freight("container", 40.0, 1100.0);
  const auto sector = [&](const char* id, std::optional<FreightClassId> m, double value) {
    Sector s;
    s.id = s.name = s.name_en = s.group = id;
    s.freight_class = m;
    s.value_mn_idr_per_tonne = value;
    s.distance_elasticity = m ? 0.5 : 0.0;
    s.own_region_log = m ? 0.5 : 5.0;
    return world.sectors.push_back(s);
  };
  world.sectors[sector("food", food, 10.0)].labour_share = 0.3;
  sector("goods", container, 40.0);
  sector("services", std::nullopt, 0.0);
  world.transport_sector = sector("transport", std::nullopt, 0.0);

  const double value_added[3][4] = {
      {9000, 1500, 4500, 1200}, {2000, 14000, 15000, 6000}, {4000, 6000, 12000, 2500}};
  for (std::size_t r = 0; r < 3; ++r)
    for (std::size_t s = 0; s < 4; ++s)
      world.value_added.push_back({RegionId(r), SectorId(s), value_added[r][s], {}});
  const double coefficient[4][4] = {
      {0.10, 0.15, 0.02, 0.00}, {0.10, 0.30, 0.10, 0.20}, {0.05, 0.10, 0.15, 0.15}, {0.04, 0.05, 0.04, 0.10}};
  for (std::size_t k = 0; k < 4; ++k)
    for (std::size_t s = 0; s < 4; ++s)
      world.input_output.push_back({SectorId(k), SectorId(s), coefficient[k][s], {}});
  const double share[3][4] = {{0.3, 0.3, 0.3, 0.1}, {0.0, 0.1, 0.9, 0.0}, {0.0, 0.6, 0.4, 0.0}};
  for (std::size_t user = 0; user < 3; ++user)
    for (std::size_t s = 0; s < 4; ++s)
      world.final_demand.push_back({static_cast<FinalUser>(user), SectorId(s), share[user][s], {}});
  world.foreign_trade = {{TradeDirection::kExport, std::nullopt, SectorId(kFood), 1500.0, {}},
                         {TradeDirection::kExport, std::nullopt, SectorId(kGoods), 5000.0, {}},
                         {TradeDirection::kImport, std::nullopt, SectorId(kFood), 800.0, {}},
                         {TradeDirection::kImport, std::nullopt, SectorId(kGoods), 6000.0, {}},
                         {TradeDirection::kImport, std::nullopt, SectorId(kServices), 300.0, {}}};

  Link road;
  road.id = "trunk";
  road.from = farm;
  road.to = gate;
  road.length_km = 130.0;
  road.free_speed_kmh = 45.0;
  road.capacity_pcu_h = 900.0;
  road.background_pcu_h = 400.0;
  road.toll_idr_per_vehicle = 50e3;
  road.earner = RegionId(kGate);
  world.links.push_back(road);

  const auto terminal = [&](const char* id, NodeId at, std::size_t in) {
    Terminal t;
    t.id = t.name = t.cluster = id;
    t.node = at;
    t.region = t.earner = RegionId(in);
    t.classes = {food, container};
    t.handling_idr_per_tonne = 85e3;
    t.handling_h = 36.0;
    return world.terminals.push_back(t);
  };
  const TerminalId port_gate = terminal("PGA", gate, kGate),
                   port_capital = terminal("PCA", capital, kCapital),
                   port_abroad = terminal("PAB", abroad, kAbroad);
  const auto service = [&](const char* id, TerminalId from, TerminalId to, double nm, double per_week) {
    Service s;
    s.id = s.name = id;
    s.mode = "sea";
    s.classes = {food, container};
    s.departures_per_week = per_week;
    s.earner = RegionId(kGate);
    s.legs = {{from, to, nm, nm / 12.0, nm * 800.0, {}, {}}, {to, from, nm, nm / 12.0, nm * 800.0, {}, {}}};
    return world.services.push_back(s);
  };
  service("ferry", port_gate, port_capital, 240.0, 3.0);
  service("line", port_gate, port_abroad, 900.0, 4.0);

  Project ship;
  ship.id = "ship";
  ship.year = 2026;
  const ProjectId ship_id = world.projects.push_back(ship);
  world.edits.push_back({.project = ship_id,
                         .table = "service",
                         .row = "ferry",
                         .column = "departures_per_week",
                         .operation = EditOperation::kMultiply,
                         .value = 2.0,
                         .provenance = {}});
  world.trends.push_back({.trend = "grow",
                          .variable = TrendVariable::kPopulation,
                          .region = RegionId(kCapital),
                          .sector = std::nullopt,
                          .year = 2030,
                          .operation = EditOperation::kAdd,
                          .value = 100e3,
                          .provenance = {}});
  world.moves.push_back({"grow", RegionId(kFarm), RegionId(kCapital), 1.0, {}});
  world.scenarios.push_back({"base", "dasar", "base", std::nullopt, {}, {}});
  world.scenarios.push_back({"grow", "tumbuh", "grow", ScenarioId(0), {}, {"grow"}});
  world.scenarios.push_back({"ship", "kapal", "ship", ScenarioId(1), {ship_id}, {}});
  return world;
}

}  // namespace gerbang::testing
