#include "gerbang/evaluate/joint.h"

#include <algorithm>
#include <cmath>

#include "gerbang/base/anderson.h"

namespace gerbang::evaluate {
namespace {

// The unknowns as one vector: terminals, legs, then the road demand of the pairs that matter, in units of
// kRoadScale.
class Packing {
 public:
  explicit Packing(const TransportModel& model) : network_(model.network()) {
    for (std::size_t m = 0; m < network_.classes.size(); ++m)
      pcu_per_kt_.push_back(network_.classes[m].vehicles_per_kt * network_.roads.classes[m].pcu / kRoadScale);
  }

  [[nodiscard]] std::vector<double> pack(const Utilisation& utilisation,
                                         const std::vector<Matrix>& road) const {
    std::vector<double> packed = utilisation.terminal;
    packed.insert(packed.end(), utilisation.leg.begin(), utilisation.leg.end());
    for (std::size_t m = 0; m < road.size(); ++m)
      for (const double kt : road[m].values()) packed.push_back(kt * pcu_per_kt_[m]);
    return packed;
  }

  // Proposals may overshoot below zero; nothing is ever less than empty.
  [[nodiscard]] JointState unpack(const std::vector<double>& packed) const {
    const auto terminals = static_cast<std::ptrdiff_t>(network_.terminals);
    const auto legs = static_cast<std::ptrdiff_t>(network_.legs.size());
    const std::size_t places = network_.places.size();
    JointState state;
    const auto positive = [](double x) { return std::max(x, 0.0); };
    auto next = packed.begin();
    std::transform(next, next + terminals, std::back_inserter(state.utilisation.terminal), positive);
    next += terminals;
    std::transform(next, next + legs, std::back_inserter(state.utilisation.leg), positive);
    next += legs;
    for (const double pcu_per_kt : pcu_per_kt_) {
      Matrix& road = state.road.emplace_back(places, places);
      for (double& kt : road.values()) kt = std::max(*next++, 0.0) / pcu_per_kt;
    }
    return state;
  }

  [[nodiscard]] std::size_t fill_size() const { return network_.terminals + network_.legs.size(); }

 private:
  const Network& network_;
  std::vector<double> pcu_per_kt_;
};

double largest_change(const std::vector<double>& a, const std::vector<double>& b, std::size_t begin,
                      std::size_t end) {
  double largest = 0.0;
  for (std::size_t i = begin; i < end; ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

// x + (F(x) − x) / (1 + self response): Newton's step as if each terminal and leg answered to its own delay
// only.
std::vector<double> damped(const std::vector<double>& x, std::vector<double> image,
                           const Utilisation& response) {
  std::size_t i = 0;
  for (const std::vector<double>* part : {&response.terminal, &response.leg})
    for (const double steepness : *part) {
      image[i] = x[i] + (image[i] - x[i]) / (1.0 + steepness);
      ++i;
    }
  return image;
}

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
          std::vector<Matrix>(network.classes.size(), Matrix(network.places.size(), network.places.size()))};
}

JointEquilibrium solve_joint(const TransportModel& model, const Market& market, const Fill& fill,
                             const JointState& start, const JointOptions& options) {
  const Packing packing(model);
  Anderson anderson({.memory = 8, .damping = 1.0, .regularisation = 1e-12});
  const roads::Options road_options{.gap = options.road_gap};
  JointEquilibrium result;
  std::vector<double> x = packing.pack(start.utilisation, start.road);
  double best = std::numeric_limits<double>::infinity();
  roads::Assignment previous;
  for (result.rounds = 1;; ++result.rounds) {
    result.state = packing.unpack(x);
    x = packing.pack(result.state.utilisation, result.state.road);
    result.roads = roads::assign(model.road_problem(result.state.road), road_options);
    result.costs = model.costs(result.state.utilisation, result.roads);
    result.loads = model.loads(result.costs, market(result.costs));

    const Utilisation filled = fill(result.loads);
    const std::vector<double> image = packing.pack(filled, result.loads.road);
    result.use_residual = largest_change(x, image, 0, packing.fill_size());
    result.road_residual = largest_change(x, image, packing.fill_size(), x.size());
    const double residual = std::max(result.use_residual, result.road_residual);
    if (options.observer)
      options.observer({"joint equilibrium", result.rounds, options.max_rounds, residual});
    result.is_converged = residual <= options.tolerance;
    if (result.is_converged || result.rounds >= options.max_rounds) return result;
    if (residual > 10.0 * best) anderson.reset();
    best = std::min(best, residual);
    x = anderson.next(x, damped(x, image, model.self_response(result.loads, result.state.utilisation)));
  }
}

}  // namespace gerbang::evaluate
