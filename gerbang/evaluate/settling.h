// Terminals and services settled for given tonnes and road legs: the utilisation u with fill(loads at the
// delays of u) = u. Each step aims where every component would come to rest if loads answered to its own
// delay alone, accelerated (Anderson), and is shortened where it goes beyond the least, along its line, of
// the convex function of the delays whose slopes are load in − load out (docs/joint.md).
#pragma once

#include <functional>
#include <vector>

#include "gerbang/base/anderson.h"
#include "gerbang/evaluate/transport.h"

namespace gerbang::evaluate {

// Utilisation that these loads mean.
using Fill = std::function<Utilisation(const Loads&)>;

inline constexpr Anderson::Options kSettling{.memory = 20, .damping = 1.0, .regularisation = 1e-12};

struct Settled {
  Utilisation utilisation;
  Loads loads;
  bool is_settled = false;  // to the tolerance, or as far as doubles go
};

// chains: with the road legs; their delays are changed, and they ship only what is shipped here. shipped:
// tonnes by class, kt a year, destination × origin. tolerance: on the largest change of any use over
// capacity; what does not get there ends after many steps. search: what settling other tonnes of the model
// has taught, as kSettling has it; it goes on learning.
[[nodiscard]] Settled settle(const TransportModel& model, const Fill& fill,
                             std::vector<chains::Chains>& chains, const std::vector<Matrix>& shipped,
                             const Utilisation& start, double tolerance, Anderson& search);

}  // namespace gerbang::evaluate
