// The joint equilibrium of markets, chains and roads: tonnes q(g) that markets ship at the costs g that these
// tonnes make. Unknowns are the utilisation of every terminal and service leg and the road demand. In each
// round roads are in user equilibrium, markets cleared, and for the tonnes they ship terminals and services
// are settled (settling.h). Outside, Anderson on the unknowns (docs/joint.md).
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "gerbang/base/anderson.h"
#include "gerbang/base/progress.h"
#include "gerbang/evaluate/settling.h"
#include "gerbang/evaluate/transport.h"

namespace gerbang::evaluate {

// The unknowns.
struct JointState {
  Utilisation utilisation;
  RoadTonnes road;
};

// Tonnes by class, kt a year, destination × origin, that are shipped at these transport costs. accuracy: how
// far from cleared the markets may be this time, relative; 0: as far as they go.
using Market = std::function<std::vector<Matrix>(const TransportCosts&, double accuracy)>;

struct JointOptions {
  double tolerance = 1e-8;  // on the largest change of any use over capacity
  double road_gap = 1e-9;
  std::size_t max_rounds = 200;
  double first_accuracy = 1e-6;  // of the first round's markets; 0: all rounds clear as far as they go
  // The search that solved a problem alike: what it learned of how residuals change spares rounds here. Not
  // owned; none: nothing is known.
  const Anderson* search = nullptr;
  // An assignment of the same network that the first round's roads start from: which trips take which of two
  // equal routes is nobody's to say, but stays as it was. Not owned; none: from nothing.
  const roads::Assignment* roads = nullptr;
  Observer observer;
};

struct JointEquilibrium {
  JointState state;
  TransportCosts costs;
  roads::Assignment roads;
  Loads loads;
  std::shared_ptr<const Anderson> search;  // what the rounds learned
  double use_residual = 0.0;   // largest |load in − load out| over capacity of terminals and services
  double road_residual = 0.0;  // largest |road demand in − out|, pcu per hour over kRoadScale
  std::size_t rounds = 0;
  bool is_converged = false;
};

// What road demand is measured against, as terminals are against their capacity: a two-lane road, pcu per
// hour.
inline constexpr double kRoadScale = 1500.0;

[[nodiscard]] JointEquilibrium solve_joint(const TransportModel& model, const Market& market,
                                           const Fill& fill, const JointState& start,
                                           const JointOptions& options);

// Loads over the capacities of the network; 0 where a capacity is not known.
[[nodiscard]] Utilisation utilisation_of(const Network& network, const Loads& loads);

// An empty network.
[[nodiscard]] JointState empty_state(const Network& network);

}  // namespace gerbang::evaluate
