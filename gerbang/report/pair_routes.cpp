#include "gerbang/report/pair_routes.h"

#include <algorithm>
#include <map>

#include "gerbang/evaluate/transport.h"
#include "gerbang/roads/assign.h"

namespace gerbang::report {
namespace {

// The ride that begins at leg `first` and reaches the destination, on at most one round.
std::optional<DirectRide> ride_from(const World& world, ServiceId id, std::size_t first,
                                    RegionId destination) {
  const Service& service = world.services[id];
  const bool is_loop = service.legs.front().from == service.legs.back().to;
  DirectRide ride{.service = id, .from = service.legs[first].from, .to = {}, .legs = {}};
  for (std::size_t step = 0; step < service.legs.size(); ++step) {
    const std::size_t leg = first + step;
    if (leg >= service.legs.size() && !is_loop) return std::nullopt;
    const ServiceLeg& sailed = service.legs[leg % service.legs.size()];
    ride.distance_nm += sailed.distance_nm;
    ride.time_h += sailed.time_h;
    ride.legs.push_back(leg % service.legs.size());
    ride.to = sailed.to;
    if (world.terminals[sailed.to].region == destination) return ride;
  }
  return std::nullopt;
}

// Loads the chains of one class with one pair's tonnes.
void add_class(PairRoutes& routes, const evaluate::Network& network, const chains::Chains& chains,
               std::size_t m, const evaluate::Outcome& outcome, const RegionPair& pair,
               std::map<RegionId, double>& elsewhere) {
  const World& world = *outcome.world;
  const std::size_t i = pair.origin.value(), n = pair.destination.value();
  const double kt = outcome.equilibrium.tonnes[m](n, i);
  if (kt <= 0.0) return;
  Matrix shipped(network.regions, network.regions);
  shipped(n, i) = kt;
  const chains::LegValues use = chains.use(shipped);
  routes.kt += kt;
  routes.road_kt += use.road(i, n);
  const evaluate::ClassNetwork& of_class = network.classes[m];
  for (std::size_t d = 0; d < of_class.rides.size(); ++d) {
    const evaluate::Ride& ride = of_class.rides[d];
    const RegionId from = world.terminals[TerminalId(ride.from)].region,
                   to = world.terminals[TerminalId(ride.to)].region;
    if (use.departure[d] <= 0.0 || from != pair.origin || to != pair.destination) continue;
    routes.direct_kt += use.departure[d];
    auto known = std::find_if(routes.on_service.begin(), routes.on_service.end(),
                              [&](const auto& entry) { return entry.first == ride.service; });
    if (known == routes.on_service.end()) known = routes.on_service.insert(known, {ride.service, 0.0});
    known->second += use.departure[d];
  }
  for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
    const RegionId at = world.terminals[TerminalId(of_class.terminals[k])].region;
    if (at != pair.origin && at != pair.destination && use.handling[k] > 0.0)
      elsewhere[at] += use.handling[k];
  }
}

}  // namespace

std::vector<DirectRide> direct_rides(const World& world, const RegionPair& pair) {
  std::vector<DirectRide> rides;
  for (const ServiceId id : world.services.ids()) {
    const Service& service = world.services[id];
    if (!service.is_present || service.legs.empty()) continue;
    std::optional<DirectRide> shortest;
    for (std::size_t leg = 0; leg < service.legs.size(); ++leg) {
      if (world.terminals[service.legs[leg].from].region != pair.origin) continue;
      const std::optional<DirectRide> ride = ride_from(world, id, leg, pair.destination);
      if (ride && (!shortest || ride->time_h < shortest->time_h)) shortest = ride;
    }
    if (shortest) rides.push_back(std::move(*shortest));
  }
  return rides;
}

std::vector<DirectRide> rides_either_way(const World& world, RegionId a, RegionId b) {
  const auto [first, second] = std::minmax(a, b);
  std::vector<DirectRide> rides = direct_rides(world, {first, second});
  for (DirectRide& back : direct_rides(world, {second, first}))
    if (std::none_of(rides.begin(), rides.end(),
                     [&](const DirectRide& ride) { return ride.service == back.service; }))
      rides.push_back(std::move(back));
  return rides;
}

double PairRoutes::elsewhere_kt() const {
  return std::max(0.0, kt - road_kt - direct_kt);
}

std::vector<PairRoutes> pair_routes(const evaluate::BaseYear& base_year, const evaluate::Outcome& outcome,
                                    const std::vector<RegionPair>& pairs) {
  const evaluate::Network network = evaluate::build_network(*outcome.world);
  const evaluate::TransportModel model(*outcome.world, network, base_year.dispersion);
  const roads::Assignment roads =
      roads::assign(model.road_problem(outcome.state.road), {.is_proportional = true});
  std::vector<PairRoutes> routes(pairs.size());
  std::vector<std::map<RegionId, double>> elsewhere(pairs.size());
  for (std::size_t m = 0; m < network.classes.size(); ++m) {
    const bool is_shipped = std::any_of(pairs.begin(), pairs.end(), [&](const RegionPair& pair) {
      return outcome.equilibrium.tonnes[m](pair.destination.value(), pair.origin.value()) > 0.0;
    });
    if (!is_shipped) continue;
    const chains::Chains chains(model.chain_problem(m, outcome.state.utilisation, roads));
    for (std::size_t p = 0; p < pairs.size(); ++p)
      add_class(routes[p], network, chains, m, outcome, pairs[p], elsewhere[p]);
  }
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    routes[p].handled_elsewhere.assign(elsewhere[p].begin(), elsewhere[p].end());
    std::stable_sort(routes[p].handled_elsewhere.begin(), routes[p].handled_elsewhere.end(),
                     [](const auto& a, const auto& b) { return a.second > b.second; });
  }
  return routes;
}

}  // namespace gerbang::report
