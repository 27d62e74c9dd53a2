#include "gerbang/evaluate/network.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "gerbang/base/units.h"
#include "gerbang/roads/network.h"

namespace gerbang::evaluate {
namespace {

void add_arcs(Network& network, const World& world) {
  for (const LinkId id : world.links.ids()) {
    const Link& link = world.links[id];
    roads::Arc arc;
    arc.from = static_cast<std::uint32_t>(link.from.value());
    arc.to = static_cast<std::uint32_t>(link.to.value());
    arc.free_time = link.length_km / link.free_speed_kmh;
    arc.capacity = link.capacity_pcu_h;
    arc.alpha = link.vdf_alpha;
    arc.beta = link.vdf_beta;
    arc.background = link.background_pcu_h;
    arc.is_closed = !link.is_present;
    network.roads.arcs.push_back(arc);
    network.arcs.push_back({id, false});
    if (link.is_directed) continue;
    std::swap(arc.from, arc.to);
    network.roads.arcs.push_back(arc);
    network.arcs.push_back({id, true});
  }
}

void add_toll_earners(Network& network, const World& world) {
  std::map<RegionId, std::size_t> earner_index;
  for (const Link& link : world.links)
    if (link.earner && link.toll_idr_per_vehicle > 0.0) earner_index.emplace(*link.earner, 0);
  for (auto& [region, index] : earner_index) {
    index = network.toll_earners.size();
    network.toll_earners.push_back(region.value());
    network.is_tolled_by.emplace_back(network.arcs.size());
  }
  for (std::size_t a = 0; a < network.arcs.size(); ++a) {
    const Link& link = world.links[network.arcs[a].link];
    if (link.earner && link.toll_idr_per_vehicle > 0.0)
      network.is_tolled_by[earner_index.at(*link.earner)][a] = 1.0;
  }
}

std::vector<LocalRoads> local_roads(const World& world) {
  std::vector<LocalRoads> local(world.regions.size());
  for (const RegionId id : world.regions.ids()) {
    const Region& region = world.regions[id];
    LocalRoads& roads = local[id.value()];
    const double half_root = 0.5 * std::sqrt(region.area_km2 / std::numbers::pi);
    // What the rest of the world hauls within itself is not this study's.
    const double by_area =
        region.is_foreign ? 0.0 : std::min(half_root, world.parameters.intra_region_km_cap);
    roads.km = region.intra_km.value_or(by_area);
    double factor = 0.0, hours = 0.0;
    for (const LinkId link_id : world.links.ids()) {
      const Link& link = world.links[link_id];
      if (!link.is_present || (link.from != region.node && link.to != region.node)) continue;
      roads.links.push_back(link_id);
      roads.length_km += link.length_km;
      factor += link.length_km * link.cost_factor;
      hours += link.length_km / link.free_speed_kmh;
    }
    if (roads.length_km > 0.0) {
      roads.cost_factor = factor / roads.length_km;
      roads.speed_kmh = roads.length_km / hours;
    }
  }
  return local;
}

// Every pair of calls that a service connects without going round more than once; the ride with the fewest
// legs.
std::vector<Ride> rides_of(const Service& service, ServiceId id, std::size_t first_leg) {
  std::map<std::pair<std::size_t, std::size_t>, Ride> best;
  const std::size_t count = service.legs.size();
  const bool is_loop = service.legs.back().to == service.legs.front().from;
  for (std::size_t start = 0; start < count; ++start) {
    Ride ride{.from = service.legs[start].from.value(),
              .to = 0,
              .service = id,
              .time_h = 0.0,
              .tariff = 0.0,
              .legs = {},
              .is_alone = true};
    for (std::size_t n = 0; n < count && (is_loop || start + n < count); ++n) {
      const std::size_t leg = (start + n) % count;
      ride.time_h += service.legs[leg].time_h;
      ride.tariff += service.legs[leg].tariff_idr_per_tonne * service.tariff_factor / kIdrPerMnIdr;
      ride.legs.push_back(first_leg + leg);
      ride.to = service.legs[leg].to.value();
      if (ride.to == ride.from) break;
      const auto [known, is_new] = best.try_emplace({ride.from, ride.to}, ride);
      if (!is_new && ride.legs.size() < known->second.legs.size()) known->second = ride;
    }
  }
  std::vector<Ride> rides;
  for (auto& [pair, ride] : best) rides.push_back(std::move(ride));
  return rides;
}

bool takes(const World& world, std::size_t terminal, FreightClassId freight_class) {
  const Terminal& at = world.terminals[TerminalId(terminal)];
  return at.is_present && std::find(at.classes.begin(), at.classes.end(), freight_class) != at.classes.end();
}

void add_services(Network& network, const World& world) {
  for (const ServiceId id : world.services.ids()) {
    const Service& service = world.services[id];
    const std::size_t first_leg = network.legs.size();
    const double capacity =
        service.capacity_t_per_departure
            ? *service.capacity_t_per_departure * service.departures_per_week * kWeeksPerYear / kTonnesPerKt
            : roads::kInfinity;
    for (std::size_t leg = 0; leg < service.legs.size(); ++leg) {
      network.legs.push_back({id, leg});
      network.leg_capacity.push_back(capacity);
    }
    if (!service.is_present || service.departures_per_week <= 0.0 || service.legs.empty()) continue;
    for (const Ride& ride : rides_of(service, id, first_leg))
      for (const FreightClassId m : service.classes) {
        ClassNetwork& of_class = network.classes[m.value()];
        if (takes(world, ride.from, m) && takes(world, ride.to, m)) of_class.rides.push_back(ride);
      }
  }
}

void add_terminals(Network& network, const World& world) {
  std::map<std::string, std::size_t> clusters;
  for (const Terminal& terminal : world.terminals) {
    network.cluster.push_back(clusters.try_emplace(terminal.cluster, clusters.size()).first->second);
    network.terminal_capacity.push_back(
        terminal.capacity_mt_per_year ? *terminal.capacity_mt_per_year * kTonnesPerKt : roads::kInfinity);
  }
}

ClassNetwork class_network(const World& world, const Network& network, const FreightClass& freight) {
  ClassNetwork result;
  result.time_value =
      freight.value_mn_idr_per_tonne * freight.time_value_percent_per_day / 100.0 / kHoursPerDay;
  result.vehicles_per_kt = kTonnesPerKt / freight.payload_t * (1.0 + freight.empty_share) /
                           world.parameters.road_operating_h_per_year;
  for (const ArcOf& arc : network.arcs) {
    const Link& link = world.links[arc.link];
    result.haulage.push_back(freight.road_idr_per_tonne_km * link.cost_factor * link.length_km /
                             kIdrPerMnIdr);
    // The empty trip back pays its toll too.
    result.toll.push_back(link.toll_idr_per_vehicle * (1.0 + freight.empty_share) / freight.payload_t /
                          kIdrPerMnIdr);
  }
  for (const LocalRoads& roads : network.local) {
    result.intra_haulage.push_back(freight.road_idr_per_tonne_km * roads.cost_factor * roads.km /
                                   kIdrPerMnIdr);
    result.intra_time_h.push_back(roads.km / roads.speed_kmh);
  }
  return result;
}

// Terminals that no ride of the class calls at are none of its business.
void list_terminals(ClassNetwork& of_class, std::size_t terminals) {
  std::vector<bool> is_called(terminals);
  for (const Ride& ride : of_class.rides) is_called[ride.from] = is_called[ride.to] = true;
  of_class.index_of.assign(terminals, terminals);
  for (std::size_t t = 0; t < terminals; ++t) {
    if (!is_called[t]) continue;
    of_class.index_of[t] = of_class.terminals.size();
    of_class.terminals.push_back(t);
  }
}

// In the order in which chains work on them.
void order_rides(std::vector<Ride>& rides) {
  const auto pair = [](const Ride& ride) { return std::pair(ride.from, ride.to); };
  std::ranges::stable_sort(rides, {}, pair);
  for (std::size_t d = 1; d < rides.size(); ++d)
    if (pair(rides[d - 1]) == pair(rides[d])) rides[d - 1].is_alone = rides[d].is_alone = false;
}

// Vehicles pay per loaded trip what their tonnes pay; empty trips follow the loaded ones' way.
roads::VehicleClass vehicle_class(const ClassNetwork& network, const FreightClass& freight) {
  roads::VehicleClass vehicles;
  vehicles.pcu = freight.pcu_per_vehicle;
  vehicles.value_of_time = network.time_value;
  for (std::size_t a = 0; a < network.haulage.size(); ++a)
    vehicles.fixed_cost.push_back(network.haulage[a] + network.toll[a]);
  return vehicles;
}

}  // namespace

double great_circle_km(const Node& a, const Node& b) {
  constexpr double kEarthRadiusKm = 6371.0088;
  constexpr double kRadians = std::numbers::pi / 180.0;
  const double phi_a = a.lat * kRadians, phi_b = b.lat * kRadians;
  const double half_phi = (phi_b - phi_a) / 2.0, half_lambda = (b.lon - a.lon) * kRadians / 2.0;
  const double haversine = std::pow(std::sin(half_phi), 2) +
                           std::cos(phi_a) * std::cos(phi_b) * std::pow(std::sin(half_lambda), 2);
  return 2.0 * kEarthRadiusKm * std::asin(std::min(1.0, std::sqrt(haversine)));
}

Network build_network(const World& world) {
  Network network;
  network.regions = world.regions.size();
  network.terminals = world.terminals.size();
  network.roads.node_count = world.nodes.size();
  add_arcs(network, world);
  add_toll_earners(network, world);
  for (const Region& region : world.regions)
    network.places.push_back(static_cast<std::uint32_t>(region.node.value()));
  for (const Terminal& terminal : world.terminals)
    network.places.push_back(static_cast<std::uint32_t>(terminal.node.value()));

  network.local = local_roads(world);
  network.roads.classes.clear();
  for (const FreightClass& freight : world.freight_classes) {
    network.classes.push_back(class_network(world, network, freight));
    network.roads.classes.push_back(vehicle_class(network.classes.back(), freight));
  }
  add_terminals(network, world);
  add_services(network, world);
  for (ClassNetwork& of_class : network.classes) {
    list_terminals(of_class, network.terminals);
    order_rides(of_class.rides);
  }
  network.road_pairs = std::make_shared<const RoadPairs>(road_pairs(network));
  return network;
}

}  // namespace gerbang::evaluate
