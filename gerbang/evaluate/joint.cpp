#include "gerbang/evaluate/joint.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gerbang/base/anderson.h"

namespace gerbang::evaluate {
namespace {

// The unknowns as one vector: terminals, legs, then the tonnes by road in units of kRoadScale.
class Packing {
 public:
  explicit Packing(const Network& network) : network_(network) {
    for (std::size_t m = 0; m < network.classes.size(); ++m)
      pcu_per_kt_.push_back(network.classes[m].vehicles_per_kt * network.roads.classes[m].pcu / kRoadScale);
  }

  // The tonnes are those of the network's pairs.
  [[nodiscard]] std::vector<double> pack(const Utilisation& utilisation, const RoadTonnes& road) const {
    std::vector<double> packed;
    packed.reserve(fill_size() + road.kt.size());
    packed.insert(packed.end(), utilisation.terminal.begin(), utilisation.terminal.end());
    packed.insert(packed.end(), utilisation.leg.begin(), utilisation.leg.end());
    for (std::size_t p = 0; p < road.kt.size(); ++p)
      packed.push_back(road.kt[p] * pcu_per_kt_[(*road.pairs)[p].freight_class]);
    return packed;
  }

  // Proposals may overshoot below zero; nothing is ever less than empty.
  [[nodiscard]] JointState unpack(const std::vector<double>& packed) const {
    JointState state = empty_state(network_);
    std::size_t next = 0;
    for (double& utilisation : state.utilisation.terminal) utilisation = std::max(packed[next++], 0.0);
    for (double& utilisation : state.utilisation.leg) utilisation = std::max(packed[next++], 0.0);
    for (std::size_t p = 0; p < state.road.kt.size(); ++p)
      state.road.kt[p] = std::max(packed[next++], 0.0) / pcu_per_kt_[(*network_.road_pairs)[p].freight_class];
    return state;
  }

  [[nodiscard]] std::size_t fill_size() const { return network_.terminals + network_.legs.size(); }

 private:
  const Network& network_;
  std::vector<double> pcu_per_kt_;  // by class
};

}  // namespace

Utilisation utilisation_of(const Network& network, const Loads& loads) {
  Utilisation utilisation;
  for (std::size_t t = 0; t < network.terminals; ++t)
    utilisation.terminal.push_back(loads.terminal[t] / network.terminal_capacity[t]);
  for (std::size_t leg = 0; leg < network.legs.size(); ++leg)
    utilisation.leg.push_back(network.leg_capacity[leg] > 0.0 ? loads.leg[leg] / network.leg_capacity[leg]
                                                              : 0.0);
  return utilisation;
}

JointState empty_state(const Network& network) {
  return {{std::vector<double>(network.terminals), std::vector<double>(network.legs.size())},
          {network.road_pairs, std::vector<double>(network.road_pairs->size())}};
}

namespace {

// How far markets clear, as a part of what is still wrong: the next round changes the costs anyway.
constexpr double kAccuracy = 1e-5;

// A search that gets so much worse forgets what it learned; after the first rounds it goes back to its best
// point as well, and on from there with steps shortened to this part, until it gets better.
constexpr double kWorse = 10.0;
constexpr std::size_t kEarly = 20;
constexpr double kShorter = 0.4;
constexpr double kShortest = 0.1;  // below, what settling leaves would be more than a step changes

}  // namespace

JointEquilibrium solve_joint(const TransportModel& model, const Market& market, const Fill& fill,
                             const JointState& start, const JointOptions& options) {
  const Packing packing(model.network());
  const auto search =
      options.search != nullptr
          ? std::make_shared<Anderson>(*options.search)
          : std::make_shared<Anderson>(Anderson::Options{.memory = 12, .regularisation = 1e-12});
  search->turn();
  Anderson settling(kSettling);
  const roads::Options road_options{.gap = options.road_gap, .is_proportional = true};
  JointEquilibrium result;
  std::vector<double> x = packing.pack(start.utilisation, on_pairs(model.network().road_pairs, start.road));
  std::vector<Matrix> tonnes;  // destination × origin
  const auto residual_at = [&](double accuracy) {
    tonnes = market(result.costs, accuracy);
    result.loads = model.loads(*result.costs.chains, tonnes);
    const std::vector<double> image = packing.pack(fill(result.loads), result.loads.road);
    const std::span<const double> from = x, to = image;
    const std::size_t roads = packing.fill_size();
    result.use_residual = largest_change(from.first(roads), to.first(roads));
    result.road_residual = largest_change(from.subspan(roads), to.subspan(roads));
    return std::max(result.use_residual, result.road_residual);
  };
  struct {
    double residual = std::numeric_limits<double>::infinity();
    std::vector<double> x, image;
    bool is_settled = false;  // so that the image leads somewhere
  } best;
  double damping = 1.0;
  double accuracy = options.first_accuracy;
  for (result.rounds = 1;; ++result.rounds) {
    result.state = packing.unpack(x);
    x = packing.pack(result.state.utilisation, result.state.road);
    const roads::Problem roads = model.road_problem(result.state.road);
    result.roads = result.rounds > 1 ? roads::assign(roads, road_options, std::move(result.roads))
                                     : roads::assign(roads, road_options, options.roads);
    result.costs = model.costs(result.state.utilisation, result.roads);
    double residual = residual_at(accuracy);
    if (accuracy > 0.0 && (residual <= options.tolerance || result.rounds >= options.max_rounds))
      residual = residual_at(0.0);
    if (options.observer)
      options.observer({"joint equilibrium", result.rounds, options.max_rounds, residual});
    result.is_converged = residual <= options.tolerance;
    if (result.is_converged || result.rounds >= options.max_rounds) {
      search->set_damping(1.0);
      result.search = search;
      return result;
    }
    accuracy = std::min(options.first_accuracy, kAccuracy * residual);
    // Settling to a part of what is still wrong is enough; the next round changes the tonnes anyway. It
    // leaves the chains at other delays; the next round makes new ones.
    constexpr double kPart = 0.02;
    const Settled settled = settle(model, fill, *result.costs.chains, tonnes, result.state.utilisation,
                                   std::max(0.1 * options.tolerance, kPart * residual), settling);
    std::vector<double> image = packing.pack(settled.utilisation, settled.loads.road);
    const bool is_worse = residual > kWorse * best.residual;
    if (is_worse) search->reset();
    const bool is_lost = is_worse && result.rounds > kEarly;
    if (is_lost && best.is_settled && damping > kShortest) {
      damping *= kShorter;
      x = best.x;
      image = best.image;
    } else if (is_lost || residual < best.residual) {  // or the best led nowhere, and it goes on from here
      damping = is_lost ? 1.0 : std::min(1.0, damping / kShorter);
      best = {residual, x, image, settled.is_settled};
    }
    search->set_damping(damping);
    x = search->next(x, image);
  }
}

}  // namespace gerbang::evaluate
