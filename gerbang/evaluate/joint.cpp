#include "gerbang/evaluate/joint.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "gerbang/base/anderson.h"

namespace gerbang::evaluate {
namespace {

// The parts of the land that roads connect: by node, the smallest node it can be reached from.
std::vector<std::size_t> land_of_nodes(const roads::Problem& roads) {
  std::vector<std::size_t> land(roads.node_count);
  std::iota(land.begin(), land.end(), std::size_t{0});
  const auto root = [&](std::size_t node) {
    while (land[node] != node) node = land[node] = land[land[node]];
    return node;
  };
  for (const roads::Arc& arc : roads.arcs)
    if (!arc.is_closed) land[std::max(root(arc.from), root(arc.to))] = std::min(root(arc.from), root(arc.to));
  for (std::size_t node = 0; node < land.size(); ++node) land[node] = root(node);
  return land;
}

// The unknowns as one vector: terminals, legs, then the road demand between places that roads may connect, in
// units of kRoadScale.
class Packing {
 public:
  explicit Packing(const TransportModel& model) : network_(model.network()) {
    const std::vector<std::size_t> land = land_of_nodes(network_.roads);
    const std::size_t regions = network_.regions;
    const auto add = [&](std::size_t m, std::size_t from, std::size_t to) {
      if (from != to && land[network_.places[from]] == land[network_.places[to]])
        pairs_.push_back({m, from, to});
    };
    for (std::size_t m = 0; m < network_.classes.size(); ++m) {
      pcu_per_kt_.push_back(network_.classes[m].vehicles_per_kt * network_.roads.classes[m].pcu / kRoadScale);
      for (std::size_t i = 0; i < regions; ++i) {
        for (std::size_t n = 0; n < regions; ++n) add(m, i, n);
        for (const std::size_t t : network_.classes[m].terminals) {
          add(m, i, regions + t);
          add(m, regions + t, i);
        }
      }
    }
  }

  [[nodiscard]] std::vector<double> pack(const Utilisation& utilisation,
                                         const std::vector<Matrix>& road) const {
    std::vector<double> packed = utilisation.terminal;
    packed.insert(packed.end(), utilisation.leg.begin(), utilisation.leg.end());
    for (const Pair& pair : pairs_)
      packed.push_back(road[pair.freight_class](pair.from, pair.to) * pcu_per_kt_[pair.freight_class]);
    return packed;
  }

  // Proposals may overshoot below zero; nothing is ever less than empty.
  [[nodiscard]] JointState unpack(const std::vector<double>& packed) const {
    JointState state = empty_state(network_);
    std::size_t next = 0;
    for (double& utilisation : state.utilisation.terminal) utilisation = std::max(packed[next++], 0.0);
    for (double& utilisation : state.utilisation.leg) utilisation = std::max(packed[next++], 0.0);
    for (const Pair& pair : pairs_)
      state.road[pair.freight_class](pair.from, pair.to) =
          std::max(packed[next++], 0.0) / pcu_per_kt_[pair.freight_class];
    return state;
  }

  [[nodiscard]] std::size_t fill_size() const { return network_.terminals + network_.legs.size(); }

 private:
  struct Pair {
    std::size_t freight_class, from, to;
  };

  const Network& network_;
  std::vector<double> pcu_per_kt_;
  std::vector<Pair> pairs_;
};

double largest_change(const std::vector<double>& a, const std::vector<double>& b, std::size_t begin,
                      std::size_t end) {
  double largest = 0.0;
  for (std::size_t i = begin; i < end; ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

// x + (F(x) − x) / (1 + caution · self response): Newton's step as if each terminal and leg answered to its
// own delay only.
std::vector<double> damped(const std::vector<double>& x, std::vector<double> image,
                           const Utilisation& response, double caution) {
  std::size_t i = 0;
  for (const std::vector<double>* part : {&response.terminal, &response.leg})
    for (const double steepness : *part) {
      image[i] = x[i] + (image[i] - x[i]) / (1.0 + caution * steepness);
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

namespace {

// Terminals and services settled for given tonnes and road legs: the utilisation u with fill(loads at the
// delays of u) = u.
struct Settled {
  Utilisation utilisation;
  Loads loads;
};

// What needs no patience: a search that does not get better is started anew, each time three times as
// cautious.
constexpr std::size_t kPatience = 12;
constexpr double kMoreCaution = 3.0;

class Settling {
 public:
  Settling(const TransportModel& model, const Fill& fill) : model_(model), fill_(fill) {}

  Settled settle(std::vector<chains::Chains> chains, const std::vector<Matrix>& tonnes, Utilisation start,
                 double tolerance) const {
    constexpr std::size_t kMaxSteps = 150;
    Anderson anderson({.memory = 8, .damping = 1.0, .regularisation = 1e-12});
    std::vector<double> x = joined(start);
    double best = std::numeric_limits<double>::infinity();
    double caution = 1.0;
    std::size_t since_best = 0;
    for (std::size_t step = 0;; ++step) {
      Settled settled{split(x), {}};
      model_.set_delays(settled.utilisation, chains);
      settled.loads = model_.sea_loads(chains, tonnes);
      const std::vector<double> image = joined(fill_(settled.loads));
      const double residual = largest_change(x, image, 0, x.size());
      if (residual <= tolerance || step >= kMaxSteps) {
        settled.loads = model_.loads(chains, tonnes);
        return settled;
      }
      if (residual < best) {
        best = residual;
        since_best = 0;
      } else if (++since_best > kPatience) {
        anderson.reset();
        caution *= kMoreCaution;
        since_best = 0;
      }
      x = anderson.next(x,
                        damped(x, image, model_.self_response(settled.loads, settled.utilisation), caution));
      for (double& utilisation : x) utilisation = std::max(utilisation, 0.0);
    }
  }

 private:
  static std::vector<double> joined(const Utilisation& utilisation) {
    std::vector<double> all = utilisation.terminal;
    all.insert(all.end(), utilisation.leg.begin(), utilisation.leg.end());
    return all;
  }
  [[nodiscard]] Utilisation split(const std::vector<double>& all) const {
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(model_.network().terminals);
    return {{all.begin(), middle}, {middle, all.end()}};
  }

  const TransportModel& model_;
  const Fill& fill_;
};

// How far markets clear, as a part of what is still wrong: the next round changes the costs anyway.
constexpr double kAccuracy = 1e-3;

}  // namespace

JointEquilibrium solve_joint(const TransportModel& model, const Market& market, const Fill& fill,
                             const JointState& start, const JointOptions& options) {
  const Packing packing(model);
  const Settling settling(model, fill);
  const auto search =
      options.search != nullptr
          ? std::make_shared<Anderson>(*options.search)
          : std::make_shared<Anderson>(Anderson::Options{.memory = 12, .regularisation = 1e-12});
  search->turn();
  const roads::Options road_options{.gap = options.road_gap};
  JointEquilibrium result;
  std::vector<double> x = packing.pack(start.utilisation, start.road);
  std::vector<Matrix> tonnes;
  const auto residual_at = [&](double accuracy) {
    tonnes = market(result.costs, accuracy);
    result.loads = model.loads(result.costs.chains, tonnes);
    const std::vector<double> image = packing.pack(fill(result.loads), result.loads.road);
    result.use_residual = largest_change(x, image, 0, packing.fill_size());
    result.road_residual = largest_change(x, image, packing.fill_size(), x.size());
    return std::max(result.use_residual, result.road_residual);
  };
  double best = std::numeric_limits<double>::infinity();
  double accuracy = options.first_accuracy;
  for (result.rounds = 1;; ++result.rounds) {
    result.state = packing.unpack(x);
    x = packing.pack(result.state.utilisation, result.state.road);
    const roads::Assignment before = std::move(result.roads);
    result.roads = roads::assign(model.road_problem(result.state.road), road_options,
                                 result.rounds > 1 ? &before : options.roads);
    result.costs = model.costs(result.state.utilisation, result.roads);
    double residual = residual_at(accuracy);
    if (accuracy > 0.0 && (residual <= options.tolerance || result.rounds >= options.max_rounds))
      residual = residual_at(0.0);
    if (options.observer)
      options.observer({"joint equilibrium", result.rounds, options.max_rounds, residual});
    result.is_converged = residual <= options.tolerance;
    if (result.is_converged || result.rounds >= options.max_rounds) {
      result.search = search;
      return result;
    }
    if (residual > 10.0 * best) search->reset();
    best = std::min(best, residual);
    accuracy = std::min(options.first_accuracy, kAccuracy * residual);
    // Settling to a part of what is still wrong is enough; the next round changes the tonnes anyway.
    constexpr double kPart = 0.02;
    const Settled settled = settling.settle(result.costs.chains, tonnes, result.state.utilisation,
                                            std::max(0.1 * options.tolerance, kPart * residual));
    x = search->next(x, packing.pack(settled.utilisation, settled.loads.road));
  }
}

}  // namespace gerbang::evaluate
