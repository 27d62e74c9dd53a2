#include "gerbang/evaluate/transport.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "gerbang/roads/skim.h"

namespace gerbang::evaluate {
namespace {

constexpr double kHoursPerWeek = 168.0;
constexpr double kIdrPerMnIdr = 1e6;
// Damping of services that share a pair of terminals; between 1 and the sharpness of their pooling, by
// experiment.
constexpr double kRivalSteepness = 4.0;

// α u^β, 0 for what is empty.
double congestion(const Parameters& parameters, double utilisation) {
  return utilisation > 0.0 ? parameters.delay_alpha * std::pow(utilisation, parameters.delay_beta) : 0.0;
}

// Its derivative by u.
double congestion_slope(const Parameters& parameters, double utilisation) {
  if (utilisation <= 0.0) return 0.0;
  return parameters.delay_alpha * parameters.delay_beta * std::pow(utilisation, parameters.delay_beta - 1.0);
}

// Road legs of one class: from every region to the regions and the class's terminals, and from these to the
// regions.
struct RoadLegs {
  roads::Skims from_regions;
  roads::Skims from_terminals;
};

RoadLegs road_legs(const Network& network, const roads::Assignment& assignment, std::size_t freight_class,
                   std::vector<std::span<const double>> attributes) {
  const auto regions_end = network.places.begin() + static_cast<std::ptrdiff_t>(network.regions);
  const std::vector<std::uint32_t> regions(network.places.begin(), regions_end);
  std::vector<std::uint32_t> terminals;
  for (const std::size_t t : network.classes[freight_class].terminals)
    terminals.push_back(network.places[network.regions + t]);
  roads::SkimRequest request;
  request.vehicle_class = static_cast<std::uint32_t>(freight_class);
  request.attributes = std::move(attributes);
  request.origins = request.destinations = regions;
  request.destinations.insert(request.destinations.end(), terminals.begin(), terminals.end());
  RoadLegs legs;
  legs.from_regions = roads::skim(network.roads, assignment, request);
  request.origins = terminals;
  request.destinations = regions;
  legs.from_terminals = roads::skim(network.roads, assignment, request);
  return legs;
}

// Haulage, and the tolls by who earns them, as skim attributes.
struct MoneyOnRoads {
  std::vector<std::vector<double>> toll_by_earner;
  std::vector<std::span<const double>> attributes;  // haulage first
};
MoneyOnRoads money_on_roads(const Network& network, const ClassNetwork& of_class) {
  MoneyOnRoads money;
  for (const std::vector<double>& tolled : network.is_tolled_by) {
    std::vector<double>& toll = money.toll_by_earner.emplace_back(of_class.toll);
    for (std::size_t a = 0; a < toll.size(); ++a) toll[a] *= tolled[a];
  }
  money.attributes.emplace_back(of_class.haulage);
  for (const std::vector<double>& toll : money.toll_by_earner) money.attributes.emplace_back(toll);
  return money;
}

// Copies a road attribute into leg values; unreachable legs carry nothing.
void add_road_values(chains::LegValues& values, const Network& network, const Matrix& from_regions,
                     const Matrix& from_terminals) {
  const auto finite = [](double x) { return std::isfinite(x) ? x : 0.0; };
  for (std::size_t i = 0; i < network.regions; ++i) {
    for (std::size_t n = 0; n < network.regions; ++n)
      if (n != i) values.road(i, n) += finite(from_regions(i, n));
    for (std::size_t t = 0; t < values.handling.size(); ++t) {
      values.access(i, t) += finite(from_regions(i, network.regions + t));
      values.egress(t, i) += finite(from_terminals(t, i));
    }
  }
}

// The money of every leg by who earns it: first three sets for haulage (on the first leg, on the last,
// direct), whose earner depends on the pair; then one set a region that earns something by fees, tariffs or
// tolls.
struct MoneyByEarner {
  std::vector<chains::LegValues> sets;
  std::vector<std::size_t> earners;  // of sets[3 + e]
};

constexpr std::size_t kFirstLeg = 0, kLastLeg = 1, kDirect = 2, kHaulageSets = 3;

MoneyByEarner money_by_earner(const World& world, const Network& network, const chains::Problem& problem,
                              const ClassNetwork& of_class, const RoadLegs& legs) {
  MoneyByEarner money;
  const chains::LegValues no_roads{.road = {},
                                   .access = {},
                                   .egress = {},
                                   .handling = std::vector<double>(problem.handling.size()),
                                   .departure = std::vector<double>(problem.departures.size())};
  money.sets.assign(kHaulageSets, no_roads);
  chains::LegValues haulage = chains::LegValues::zero(problem);
  add_road_values(haulage, network, legs.from_regions.attributes[0], legs.from_terminals.attributes[0]);
  for (std::size_t i = 0; i < network.regions; ++i) haulage.road(i, i) = of_class.intra_haulage[i];
  money.sets[kFirstLeg].access = haulage.access;
  money.sets[kLastLeg].egress = haulage.egress;
  money.sets[kDirect].road = haulage.road;

  std::map<std::size_t, std::size_t> set_of;
  const auto earned_by = [&](std::size_t region) -> chains::LegValues& {
    const auto [known, is_new] = set_of.try_emplace(region, money.sets.size());
    if (is_new) {
      money.sets.push_back(no_roads);
      money.earners.push_back(region);
    }
    return money.sets[known->second];
  };
  for (std::size_t e = 0; e < network.toll_earners.size(); ++e) {
    chains::LegValues tolls = chains::LegValues::zero(problem);
    add_road_values(tolls, network, legs.from_regions.attributes[1 + e],
                    legs.from_terminals.attributes[1 + e]);
    earned_by(network.toll_earners[e]) = std::move(tolls);
  }
  for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
    const Terminal& terminal = world.terminals[TerminalId(of_class.terminals[k])];
    earned_by(terminal.earner.value()).handling[k] += terminal.handling_idr_per_tonne / kIdrPerMnIdr;
  }
  for (std::size_t d = 0; d < of_class.rides.size(); ++d)
    earned_by(world.services[of_class.rides[d].service].earner.value()).departure[d] +=
        of_class.rides[d].tariff;
  return money;
}

// Money by region of one pair, of which only the regions that earn are visited.
class PairMoney {
 public:
  explicit PairMoney(std::size_t regions) : by_region_(regions) {}

  void add(std::size_t region, double money) {
    if (money <= 0.0) return;
    if (by_region_[region] == 0.0) earning_.push_back(region);
    by_region_[region] += money;
    total_ += money;
  }
  [[nodiscard]] double total() const { return total_; }

  // Appends the shares and empties itself. Shares below a ten-millionth are left to the others.
  void take_shares(std::vector<trade::Earning>& earnings) {
    constexpr double kLeast = 1e-7;
    double kept = 0.0;
    for (const std::size_t region : earning_)
      if (by_region_[region] > kLeast * total_) kept += by_region_[region];
    std::sort(earning_.begin(), earning_.end());
    for (const std::size_t region : earning_) {
      if (by_region_[region] > kLeast * total_)
        earnings.push_back({static_cast<std::uint32_t>(region), by_region_[region] / kept});
      by_region_[region] = 0.0;
    }
    earning_.clear();
    total_ = 0.0;
  }

 private:
  std::vector<double> by_region_;
  std::vector<std::size_t> earning_;
  double total_ = 0.0;
};

// g, M and earners of one class as trade takes them: destination × origin, earners' shares by pair.
trade::ClassTransport class_transport(const MoneyByEarner& money, const chains::Chains& chains) {
  const chains::Expected expected = chains.expected(money.sets);
  const std::size_t regions = chains.cost().rows();
  trade::ClassTransport result{Matrix(regions, regions), Matrix(regions, regions), {}};
  PairMoney of_pair(regions);
  result.earners.begin.push_back(0);
  for (std::size_t n = 0; n < regions; ++n)
    for (std::size_t i = 0; i < regions; ++i) {
      result.cost(n, i) = chains.cost()(i, n);
      const std::span<const double> sets = expected.of(i, n);
      // A direct haul is earned half at each end.
      of_pair.add(i, sets[kFirstLeg] + 0.5 * sets[kDirect]);
      of_pair.add(n, sets[kLastLeg] + 0.5 * sets[kDirect]);
      for (std::size_t e = 0; e < money.earners.size(); ++e)
        of_pair.add(money.earners[e], sets[kHaulageSets + e]);
      result.money(n, i) = of_pair.total();
      of_pair.take_shares(result.earners.earnings);
      result.earners.begin.push_back(result.earners.earnings.size());
    }
  return result;
}

}  // namespace

TransportModel::TransportModel(const World& world, const Network& network, std::vector<double> dispersion)
    : world_(world), network_(network), dispersion_(std::move(dispersion)) {}

double TransportModel::terminal_hours(std::size_t terminal, double utilisation) const {
  return world_.terminals[TerminalId(terminal)].handling_h *
         (1.0 + congestion(world_.parameters, utilisation));
}

// A full service leaves cargo to the next one: the mean wait, ½ headway, grows by α u^β.
double TransportModel::extra_wait_hours(std::size_t leg, double utilisation) const {
  const Service& service = world_.services[network_.legs[leg].service];
  return 0.5 * kHoursPerWeek / service.departures_per_week * congestion(world_.parameters, utilisation);
}

// What handling and sailing cost at these delays.
void TransportModel::set_delays(std::size_t freight_class, const Utilisation& utilisation,
                                chains::Problem& problem) const {
  const ClassNetwork& of_class = network_.classes[freight_class];
  for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
    const std::size_t t = of_class.terminals[k];
    const double fee = world_.terminals[TerminalId(t)].handling_idr_per_tonne / kIdrPerMnIdr;
    problem.handling[k] = fee + of_class.time_value * terminal_hours(t, utilisation.terminal[t]);
  }
  for (std::size_t d = 0; d < of_class.rides.size(); ++d) {
    const Ride& ride = of_class.rides[d];
    double hours = ride.time_h;
    for (const std::size_t leg : ride.legs) hours += extra_wait_hours(leg, utilisation.leg[leg]);
    problem.departures[d].cost = ride.tariff + hours * of_class.time_value;
  }
}

std::vector<chains::Chains> TransportModel::chains_at(const Utilisation& utilisation,
                                                      std::vector<chains::Problem>& problems) const {
  std::vector<chains::Chains> chains;
  chains.reserve(problems.size());
  for (std::size_t m = 0; m < problems.size(); ++m) {
    set_delays(m, utilisation, problems[m]);
    chains.emplace_back(problems[m]);
  }
  return chains;
}

chains::Problem TransportModel::chain_problem(std::size_t freight_class, const Utilisation& utilisation,
                                              const Matrix& from_regions, const Matrix& to_regions) const {
  const ClassNetwork& of_class = network_.classes[freight_class];
  const double value = of_class.time_value;
  const std::size_t regions = network_.regions;
  chains::Problem problem;
  problem.road = Matrix(regions, regions);
  problem.access = Matrix(regions, of_class.terminals.size());
  problem.egress = Matrix(of_class.terminals.size(), regions);
  for (std::size_t i = 0; i < regions; ++i) {
    for (std::size_t n = 0; n < regions; ++n) problem.road(i, n) = from_regions(i, n) * value;
    problem.road(i, i) = of_class.intra_haulage[i] + of_class.intra_time_h[i] * value;
    for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
      problem.access(i, k) = from_regions(i, regions + k) * value;
      problem.egress(k, i) = to_regions(k, i) * value;
    }
  }
  for (const std::size_t t : of_class.terminals) problem.cluster.push_back(network_.cluster[t]);
  for (const Ride& ride : of_class.rides)
    problem.departures.push_back({of_class.index_of[ride.from], of_class.index_of[ride.to],
                                  world_.services[ride.service].departures_per_week, 0.0});
  problem.handling.resize(of_class.terminals.size());
  set_delays(freight_class, utilisation, problem);
  problem.week_value = kHoursPerWeek * value;
  problem.dispersion = dispersion_.empty() ? 0.0 : dispersion_[freight_class];
  return problem;
}

TransportCosts TransportModel::costs(const Utilisation& utilisation,
                                     const roads::Assignment& assignment) const {
  TransportCosts costs;
  for (std::size_t m = 0; m < network_.classes.size(); ++m) {
    const ClassNetwork& of_class = network_.classes[m];
    const MoneyOnRoads on_roads = money_on_roads(network_, of_class);
    const RoadLegs legs = road_legs(network_, assignment, m, on_roads.attributes);
    costs.problems.push_back(chain_problem(m, utilisation, legs.from_regions.cost, legs.from_terminals.cost));
    costs.chains.emplace_back(costs.problems.back());
    costs.transport.classes.push_back(class_transport(
        money_by_earner(world_, network_, costs.problems.back(), of_class, legs), costs.chains.back()));
  }
  return costs;
}

Loads TransportModel::loads(const std::vector<chains::Chains>& chains,
                            const std::vector<Matrix>& tonnes) const {
  const std::size_t regions = network_.regions;
  const std::size_t places = network_.places.size();
  Loads loads{std::vector<double>(network_.terminals),
              std::vector<double>(network_.legs.size()),
              {},
              Matrix(network_.classes.size(), network_.terminals),
              Matrix(network_.classes.size(), network_.legs.size()),
              std::vector<double>(world_.services.size())};
  for (std::size_t m = 0; m < network_.classes.size(); ++m) {
    Matrix shipped(regions, regions);
    for (std::size_t n = 0; n < regions; ++n)
      for (std::size_t i = 0; i < regions; ++i) shipped(i, n) = tonnes[m](n, i);
    const chains::LegValues use = chains[m].use(shipped);
    const std::vector<std::size_t>& terminals = network_.classes[m].terminals;
    for (std::size_t k = 0; k < terminals.size(); ++k) {
      loads.terminal[terminals[k]] += use.handling[k];
      loads.terminal_by_class(m, terminals[k]) = use.handling[k];
    }
    for (std::size_t d = 0; d < use.departure.size(); ++d) {
      loads.service[network_.classes[m].rides[d].service.value()] += use.departure[d];
      for (const std::size_t leg : network_.classes[m].rides[d].legs) {
        loads.leg[leg] += use.departure[d];
        loads.leg_by_class(m, leg) += use.departure[d];
      }
    }
    Matrix& road = loads.road.emplace_back(places, places);
    for (std::size_t i = 0; i < regions; ++i) {
      for (std::size_t n = 0; n < regions; ++n)
        if (n != i) road(i, n) = use.road(i, n);
      for (std::size_t k = 0; k < terminals.size(); ++k) {
        road(i, regions + terminals[k]) = use.access(i, k);
        road(regions + terminals[k], i) = use.egress(k, i);
      }
    }
  }
  return loads;
}

Matrix TransportModel::door_to_door_hours(const TransportCosts& costs, const Utilisation& utilisation,
                                          const roads::Assignment& assignment,
                                          std::size_t freight_class) const {
  const ClassNetwork& of_class = network_.classes[freight_class];
  const RoadLegs legs = road_legs(network_, assignment, freight_class, {assignment.time});
  chains::LegValues hours = chains::LegValues::zero(costs.problems[freight_class]);
  add_road_values(hours, network_, legs.from_regions.attributes[0], legs.from_terminals.attributes[0]);
  for (std::size_t i = 0; i < network_.regions; ++i) hours.road(i, i) = of_class.intra_time_h[i];
  for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
    const std::size_t t = of_class.terminals[k];
    hours.handling[k] = terminal_hours(t, utilisation.terminal[t]);
  }
  for (std::size_t d = 0; d < of_class.rides.size(); ++d) {
    hours.departure[d] = of_class.rides[d].time_h;
    for (const std::size_t leg : of_class.rides[d].legs)
      hours.departure[d] += extra_wait_hours(leg, utilisation.leg[leg]);
  }
  const chains::Chains& chains = costs.chains[freight_class];
  Matrix total(network_.regions, network_.regions);
  total.values() = std::move(chains.expected(std::vector<chains::LegValues>{std::move(hours)}).values);
  const Matrix waiting = chains.expected_waiting();
  for (std::size_t pair = 0; pair < total.values().size(); ++pair)
    total.values()[pair] += waiting.values()[pair] / of_class.time_value;
  return total;
}

roads::Problem TransportModel::road_problem(const std::vector<Matrix>& road_loads) const {
  roads::Problem problem = network_.roads;
  const std::size_t places = network_.places.size();
  for (std::size_t m = 0; m < road_loads.size(); ++m)
    for (std::size_t from = 0; from < places; ++from)
      for (std::size_t to = 0; to < places; ++to) {
        const double volume = road_loads[m](from, to) * network_.classes[m].vehicles_per_kt;
        if (volume > 0.0 && network_.places[from] != network_.places[to])
          problem.demand.push_back(
              {network_.places[from], network_.places[to], static_cast<std::uint32_t>(m), volume});
      }
  return problem;
}

Utilisation TransportModel::self_response(const Loads& loads, const Utilisation& utilisation) const {
  Utilisation response{std::vector<double>(network_.terminals), std::vector<double>(network_.legs.size())};
  for (std::size_t m = 0; m < network_.classes.size(); ++m) {
    const double per_hour = dispersion_[m] * network_.classes[m].time_value;
    for (std::size_t t = 0; t < network_.terminals; ++t)
      response.terminal[t] += loads.terminal_by_class(m, t) / network_.terminal_capacity[t] * per_hour *
                              world_.terminals[TerminalId(t)].handling_h *
                              congestion_slope(world_.parameters, utilisation.terminal[t]);
    // Between rival services the choice is as much steeper as their pooling is sharper than the logit of
    // chains.
    std::vector<double> steepness(network_.legs.size(), 1.0);
    for (const Ride& ride : network_.classes[m].rides)
      for (const std::size_t leg : ride.legs)
        if (!ride.is_alone) steepness[leg] = kRivalSteepness;
    for (std::size_t leg = 0; leg < network_.legs.size(); ++leg) {
      const double headway =
          kHoursPerWeek / std::max(world_.services[network_.legs[leg].service].departures_per_week, 1e-9);
      response.leg[leg] += loads.leg_by_class(m, leg) / network_.leg_capacity[leg] * per_hour *
                           steepness[leg] * 0.5 * headway *
                           congestion_slope(world_.parameters, utilisation.leg[leg]);
    }
  }
  return response;
}

std::vector<double> dispersions(const World& world, const Network& network) {
  const TransportModel empty(world, network, {});
  const Utilisation none{std::vector<double>(network.terminals), std::vector<double>(network.legs.size())};
  const roads::Assignment roads = roads::assign(network.roads);
  std::vector<double> dispersion;
  for (const chains::Problem& problem : empty.costs(none, roads).problems)
    dispersion.push_back(chains::scaled_dispersion(problem, world.parameters.chain_dispersion));
  return dispersion;
}

}  // namespace gerbang::evaluate
