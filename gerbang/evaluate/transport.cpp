#include "gerbang/evaluate/transport.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "gerbang/base/line_math.h"
#include "gerbang/base/units.h"
#include "gerbang/evaluate/earnings.h"

namespace gerbang::evaluate {
namespace {

// Damping of services that share a pair of terminals; between 1 and the sharpness of their pooling, by
// experiment.
constexpr double kRivalSteepness = 4.0;
constexpr double kFewestSailings = 1e-9;  // a week: a service that does not sail makes nobody wait

// α u^β, 0 for what is empty.
double congestion(const Parameters& parameters, double utilisation) {
  return utilisation > 0.0 ? parameters.delay_alpha * std::pow(utilisation, parameters.delay_beta) : 0.0;
}

// Its derivative by u.
double congestion_slope(const Parameters& parameters, double utilisation) {
  if (utilisation <= 0.0) return 0.0;
  return parameters.delay_alpha * parameters.delay_beta * std::pow(utilisation, parameters.delay_beta - 1.0);
}

}  // namespace

TransportModel::TransportModel(const World& world, const Network& network, std::vector<double> dispersion)
    : world_(world), network_(network), dispersion_(std::move(dispersion)) {}

double TransportModel::terminal_hours(std::size_t terminal, double utilisation) const {
  return world_.terminals[TerminalId(terminal)].handling_h *
         (1.0 + congestion(world_.parameters, utilisation));
}

double TransportModel::terminal_hours_slope(std::size_t terminal, double utilisation) const {
  return world_.terminals[TerminalId(terminal)].handling_h * congestion_slope(world_.parameters, utilisation);
}

// A full service leaves cargo to the next one: the mean wait, ½ headway, grows by α u^β.
double TransportModel::extra_wait_hours(std::size_t leg, double utilisation) const {
  return mean_wait_hours(leg) * congestion(world_.parameters, utilisation);
}

double TransportModel::extra_wait_slope(std::size_t leg, double utilisation) const {
  return mean_wait_hours(leg) * congestion_slope(world_.parameters, utilisation);
}

// Of all, as terminal_hours() and extra_wait_hours() tell of one.
TransportModel::Hours TransportModel::hours(const Utilisation& utilisation) const {
  const double alpha = world_.parameters.delay_alpha, beta = world_.parameters.delay_beta;
  Hours hours{powers(utilisation.terminal, beta), powers(utilisation.leg, beta)};
  for (std::size_t t = 0; t < network_.terminals; ++t)
    hours.terminal[t] = world_.terminals[TerminalId(t)].handling_h * (1.0 + alpha * hours.terminal[t]);
  for (std::size_t leg = 0; leg < network_.legs.size(); ++leg)
    hours.extra_wait[leg] *= mean_wait_hours(leg) * alpha;
  return hours;
}

// Half a headway.
double TransportModel::mean_wait_hours(std::size_t leg) const {
  const Service& service = world_.services[network_.legs[leg].service];
  return 0.5 * kHoursPerWeek / std::max(service.departures_per_week, kFewestSailings);
}

TransportModel::ClassDelays TransportModel::class_delays(std::size_t freight_class,
                                                         const Hours& hours) const {
  const ClassNetwork& of_class = network_.classes[freight_class];
  ClassDelays delays;
  for (const std::size_t t : of_class.terminals) {
    const double fee = world_.terminals[TerminalId(t)].handling_idr_per_tonne / kIdrPerMnIdr;
    delays.handling.push_back(fee + of_class.time_value * hours.terminal[t]);
  }
  for (const Ride& ride : of_class.rides) {
    double on_board = ride.time_h;
    for (const std::size_t leg : ride.legs) on_board += hours.extra_wait[leg];
    delays.on_board.push_back(ride.tariff + on_board * of_class.time_value);
  }
  return delays;
}

void TransportModel::set_delays(const Utilisation& utilisation, std::vector<chains::Chains>& chains) const {
  const Hours of_all = hours(utilisation);
  for (std::size_t m = 0; m < chains.size(); ++m) {
    const ClassDelays delays = class_delays(m, of_all);
    chains[m].set_delays(delays.handling, delays.on_board);
  }
}

chains::Problem TransportModel::chain_problem(std::size_t freight_class, const Utilisation& utilisation,
                                              const roads::Assignment& assignment) const {
  const roads::Skimmer skimmer(network_.roads, assignment);
  return chain_problem(freight_class, hours(utilisation), road_legs(network_, skimmer, freight_class, {}));
}

chains::Problem TransportModel::chain_problem(std::size_t freight_class, const Hours& hours,
                                              const RoadLegs& legs) const {
  const Matrix& from_regions = legs.from_regions.cost;
  const Matrix& to_regions = legs.from_terminals.cost;
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
  ClassDelays delays = class_delays(freight_class, hours);
  for (std::size_t d = 0; d < of_class.rides.size(); ++d) {
    const Ride& ride = of_class.rides[d];
    problem.departures.push_back({of_class.index_of[ride.from], of_class.index_of[ride.to],
                                  world_.services[ride.service].departures_per_week, delays.on_board[d]});
  }
  problem.handling = std::move(delays.handling);
  problem.week_value = kHoursPerWeek * value;
  problem.dispersion = dispersion_.empty() ? 0.0 : dispersion_[freight_class];
  return problem;
}

TransportCosts TransportModel::costs(const Utilisation& utilisation,
                                     const roads::Assignment& assignment) const {
  TransportCosts costs;
  const roads::Skimmer skimmer(network_.roads, assignment);
  const Hours of_all = hours(utilisation);
  thread_local std::vector<RoadLegs> legs;  // to allocate it anew takes longer than to fill it
  legs.resize(network_.classes.size());
  const auto chains = std::make_shared<std::vector<chains::Chains>>();
  for (std::size_t m = 0; m < network_.classes.size(); ++m) {
    const ClassNetwork& of_class = network_.classes[m];
    const std::vector<std::vector<double>> tolls = tolls_by_earner(network_, of_class);
    legs[m] =
        road_legs(network_, skimmer, m, {of_class.haulage}, {tolls.begin(), tolls.end()}, std::move(legs[m]));
    chains->emplace_back(chain_problem(m, of_all, legs[m]));
  }
  costs.chains = chains;
  for (std::size_t m = 0; m < network_.classes.size(); ++m)
    costs.transport.classes.push_back(class_transport(world_, network_, legs[m], m, costs.chains));
  return costs;
}

Loads TransportModel::no_loads() const {
  return {std::vector<double>(network_.terminals),
          std::vector<double>(network_.legs.size()),
          {},
          Matrix(network_.classes.size(), network_.terminals),
          Matrix(network_.classes.size(), network_.legs.size()),
          std::vector<double>(world_.services.size())};
}

void TransportModel::add_sea_loads(std::size_t m, const chains::LegValues& use, Loads& loads) const {
  const ClassNetwork& of_class = network_.classes[m];
  for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
    loads.terminal[of_class.terminals[k]] += use.handling[k];
    loads.terminal_by_class(m, of_class.terminals[k]) = use.handling[k];
  }
  for (std::size_t d = 0; d < use.departure.size(); ++d) {
    loads.service[of_class.rides[d].service.value()] += use.departure[d];
    for (const std::size_t leg : of_class.rides[d].legs) {
      loads.leg[leg] += use.departure[d];
      loads.leg_by_class(m, leg) += use.departure[d];
    }
  }
}

Loads TransportModel::sea_loads(const std::vector<chains::Chains>& chains,
                                const std::vector<Matrix>& shipped) const {
  Loads loads = no_loads();
  for (std::size_t m = 0; m < chains.size(); ++m) add_sea_loads(m, chains[m].sea_use(shipped[m]), loads);
  return loads;
}

Loads TransportModel::loads(const std::vector<chains::Chains>& chains,
                            const std::vector<Matrix>& shipped) const {
  Loads loads = no_loads();
  loads.road = {network_.road_pairs, {}};
  loads.road.kt.reserve(network_.road_pairs->size());
  auto pair = network_.road_pairs->begin();
  for (std::size_t m = 0; m < network_.classes.size(); ++m) {
    const chains::LegValues use = chains[m].use(shipped[m]);
    add_sea_loads(m, use, loads);
    const std::size_t regions = network_.regions;
    const std::vector<std::size_t>& index_of = network_.classes[m].index_of;
    for (; pair != network_.road_pairs->end() && pair->freight_class == m; ++pair)
      loads.road.kt.push_back(pair->from >= regions ? use.egress(index_of[pair->from - regions], pair->to)
                              : pair->to >= regions ? use.access(pair->from, index_of[pair->to - regions])
                                                    : use.road(pair->from, pair->to));
  }
  return loads;
}

Matrix TransportModel::door_to_door_hours(const TransportCosts& costs, const Utilisation& utilisation,
                                          const roads::Assignment& assignment,
                                          std::size_t freight_class) const {
  const ClassNetwork& of_class = network_.classes[freight_class];
  const roads::Skimmer skimmer(network_.roads, assignment);
  const RoadLegs legs = road_legs(network_, skimmer, freight_class, {assignment.time});
  chains::LegValues hours = road_values(network_, legs, freight_class, 0);
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
  const chains::Chains& chains = (*costs.chains)[freight_class];
  Matrix total = chains.expected(hours);
  const Matrix waiting = chains.expected_waiting();
  for (std::size_t pair = 0; pair < total.values().size(); ++pair)
    total.values()[pair] += waiting.values()[pair] / of_class.time_value;
  return total;
}

roads::Problem TransportModel::road_problem(const RoadTonnes& tonnes) const {
  roads::Problem problem = network_.roads;
  const std::span<const RoadPair> pairs = tonnes.all_pairs();
  for (std::size_t p = 0; p < pairs.size(); ++p) {
    const double volume = tonnes.kt[p] * network_.classes[pairs[p].freight_class].vehicles_per_kt;
    if (const std::uint32_t end = network_.places[pairs[p].to]; volume > 0.0 && end != pairs[p].node)
      problem.demand.push_back({pairs[p].node, end, pairs[p].freight_class, volume});
  }
  return problem;
}

Utilisation TransportModel::steepness(const Loads& loads) const {
  Utilisation steepness{std::vector<double>(network_.terminals), std::vector<double>(network_.legs.size())};
  for (std::size_t m = 0; m < network_.classes.size(); ++m) {
    const double per_hour = dispersion_[m] * network_.classes[m].time_value;
    for (std::size_t t = 0; t < network_.terminals; ++t)
      steepness.terminal[t] += loads.terminal_by_class(m, t) * per_hour;
    // Between rival services the choice is as much steeper as their pooling is sharper than the logit of
    // chains.
    std::vector<double> rivalry(network_.legs.size(), 1.0);
    for (const Ride& ride : network_.classes[m].rides)
      for (const std::size_t leg : ride.legs)
        if (!ride.is_alone) rivalry[leg] = kRivalSteepness;
    for (std::size_t leg = 0; leg < network_.legs.size(); ++leg)
      steepness.leg[leg] += loads.leg_by_class(m, leg) * per_hour * rivalry[leg];
  }
  // Of a tonne, then of α u^β.
  const auto per_delay = [](double& value, double load, double capacity, double hours) {
    value = load > 0.0 && capacity > 0.0 && !std::isinf(capacity) ? value / load * hours : 0.0;
  };
  for (std::size_t t = 0; t < network_.terminals; ++t)
    per_delay(steepness.terminal[t], loads.terminal[t], network_.terminal_capacity[t],
              terminal_hours(t, 1.0) - terminal_hours(t, 0.0));
  for (std::size_t leg = 0; leg < network_.legs.size(); ++leg)
    per_delay(steepness.leg[leg], loads.leg[leg], network_.leg_capacity[leg], extra_wait_hours(leg, 1.0));
  return steepness;
}

Utilisation TransportModel::self_response(const Loads& loads, const Utilisation& utilisation) const {
  Utilisation response = steepness(loads);
  const double beta = world_.parameters.delay_beta;
  const auto respond = [beta](double& value, double load, double capacity, double use) {
    value *= capacity > 0.0 && use > 0.0 ? load / capacity * beta * std::pow(use, beta - 1.0) : 0.0;
  };
  for (std::size_t t = 0; t < network_.terminals; ++t)
    respond(response.terminal[t], loads.terminal[t], network_.terminal_capacity[t], utilisation.terminal[t]);
  for (std::size_t leg = 0; leg < network_.legs.size(); ++leg)
    respond(response.leg[leg], loads.leg[leg], network_.leg_capacity[leg], utilisation.leg[leg]);
  return response;
}

std::vector<double> dispersions(const World& world, const Network& network) {
  const TransportModel empty(world, network, {});
  const Utilisation none{std::vector<double>(network.terminals), std::vector<double>(network.legs.size())};
  const roads::Assignment roads = roads::assign(network.roads);
  std::vector<double> dispersion;
  for (std::size_t m = 0; m < network.classes.size(); ++m)
    dispersion.push_back(
        chains::scaled_dispersion(empty.chain_problem(m, none, roads), world.parameters.chain_dispersion));
  return dispersion;
}

}  // namespace gerbang::evaluate
