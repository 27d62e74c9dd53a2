#include "gerbang/evaluate/base_year.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gerbang/base/units.h"
#include "gerbang/evaluate/archive.h"
#include "gerbang/evaluate/free_chains.h"
#include "gerbang/trade/solve.h"
#include "gerbang/world/apply.h"

namespace gerbang::evaluate {
namespace {

constexpr double kUnusedKt = 1e-6;  // a gram of tonnage is none

// The fullest leg of each service, kt a year.
std::vector<double> fullest_leg(const Network& network, std::size_t services, const Loads& loads) {
  std::vector<double> fullest(services);
  for (std::size_t leg = 0; leg < network.legs.size(); ++leg) {
    double& load = fullest[network.legs[leg].service.value()];
    load = std::max(load, loads.leg[leg]);
  }
  return fullest;
}

// What stands at the assumed use although nobody published its capacity. Below ten tonnes a year the use
// falls with the square of the load and the capacity that follows from it rises: what hardly anything takes
// holds hardly anything back, and no load lies at a jump of its own delay, where a search would never settle.
double use_assumed_at(double load_kt, double assumed) {
  constexpr double kHardlyUsedKt = 0.01;
  const double part = std::min(1.0, load_kt / kHardlyUsedKt);
  return assumed * part * part;
}

// Known capacities as they are; the others stand at the assumed use, a service by its fullest leg.
Utilisation assumed_fill(const World& world, const Network& network, const Loads& loads) {
  Utilisation filled = utilisation_of(network, loads);
  const double assumed = world.parameters.assumed_use;
  for (std::size_t t = 0; t < network.terminals; ++t)
    if (std::isinf(network.terminal_capacity[t]))
      filled.terminal[t] = use_assumed_at(loads.terminal[t], assumed);
  const std::vector<double> fullest = fullest_leg(network, world.services.size(), loads);
  for (std::size_t leg = 0; leg < network.legs.size(); ++leg) {
    const double most = fullest[network.legs[leg].service.value()];
    if (std::isinf(network.leg_capacity[leg]))
      filled.leg[leg] = most > 0.0 ? use_assumed_at(most, assumed) * loads.leg[leg] / most : 0.0;
  }
  return filled;
}

void fill_capacities(BaseYear& base, const World& present, const Network& network, const Loads& loads) {
  const double assumed = base.world.parameters.assumed_use;
  for (const TerminalId t : base.world.terminals.ids()) {
    Terminal& terminal = base.world.terminals[t];
    if (present.terminals[t].capacity_mt_per_year) continue;
    const double load = loads.terminal[t.value()];
    (load > kUnusedKt ? base.assumed_terminals : base.unused_terminals).push_back(t);
    if (load > kUnusedKt) terminal.capacity_mt_per_year = load / use_assumed_at(load, assumed) / kKtPerMt;
  }
  const std::vector<double> fullest = fullest_leg(network, base.world.services.size(), loads);
  for (const ServiceId id : base.world.services.ids()) {
    Service& service = base.world.services[id];
    if (present.services[id].capacity_t_per_departure) continue;
    const double load = fullest[id.value()];
    (load > kUnusedKt ? base.assumed_services : base.unused_services).push_back(id);
    if (load > kUnusedKt)
      service.capacity_t_per_departure = load / use_assumed_at(load, assumed) * kTonnesPerKt /
                                         (present.services[id].departures_per_week * kWeeksPerYear);
  }
}

std::optional<SettledBaseYear> known(const CalibrationOptions& options) {
  if (options.cache == nullptr) return std::nullopt;
  const std::optional<std::string> bytes = options.cache->get(options.hash);
  return bytes ? base_year_from_bytes(*bytes) : std::nullopt;
}

}  // namespace

BaseYear calibrate_base_year(const World& world, const CalibrationOptions& options) {
  BaseYear base;
  base.world = world;
  const World present = apply(world, {}, {}, world.base_year);
  const Network network = build_network(present);
  base.dispersion = dispersions(present, network);
  const TransportModel model(present, network, base.dispersion);
  const trade::CalibrationInput input = trade::calibration_input(present);

  std::optional<trade::Calibration> calibration;
  const Market market = [&](const TransportCosts& costs, double of_round) {
    reject_free_chains(present, network, costs, {"tahun dasar", "base year"});
    // The last fit, as far as it goes, starts from nothing: how the rounds went is not to be seen in it.
    const double accuracy = std::max(of_round, options.accuracy);
    const trade::CalibrationEnd* start = nullptr;
    if (accuracy > 0.0)
      start = calibration ? &calibration->end : options.start ? &options.start->fit : nullptr;
    calibration = trade::calibrate(input, costs.transport,
                                   {.accuracy = accuracy, .start = start, .is_reported = accuracy == 0.0});
    return trade::solve(calibration->economy, {}, {.tolerance = std::max(accuracy, 1e-10)}).tonnes;
  };
  const Fill fill = [&](const Loads& loads) { return assumed_fill(present, network, loads); };
  std::optional<SettledBaseYear> settled = known(options);
  Loads loads;
  if (settled) {
    const TransportCosts costs = model.costs(settled->state.utilisation, settled->roads);
    loads = model.loads(*costs.chains, market(costs, 0.0));
  } else {
    JointEquilibrium joint = solve_joint(
        model, market, fill, options.start != nullptr ? options.start->state : empty_state(network),
        {.tolerance = options.use_tolerance,
         .road_gap = options.road_gap,
         .roads = options.start != nullptr ? &options.start->roads : nullptr,
         .observer = options.observer});
    loads = std::move(joint.loads);
    base.search = std::move(joint.search);
    settled = {std::move(joint.state), std::move(joint.roads), joint.use_residual, joint.rounds,
               joint.is_converged};
    if (options.cache != nullptr) options.cache->put(options.hash, to_bytes(*settled));
  }

  base.economy = std::move(calibration->economy);
  base.report = std::move(calibration->report);
  base.fit = std::move(calibration->end);
  base.state = {fill(loads), std::move(settled->state.road)};
  base.roads = std::move(settled->roads);
  base.use_residual = settled->use_residual;
  base.road_gap = base.roads.relative_gap;
  base.rounds = settled->rounds;
  base.is_converged = settled->is_converged;
  fill_capacities(base, present, network, loads);
  return base;
}

}  // namespace gerbang::evaluate
