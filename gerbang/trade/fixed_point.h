// x = F(x) by Anderson acceleration, globalised: a proposal after which the residual grows is taken back, the
// memory is forgotten and the search goes on from the best image, unaccelerated for a while: twice as long
// after each further rejection, so that a map which converges by itself always does. Used for wages, prices
// and spending, and for bi-proportional fitting; all unknowns are logarithms.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "gerbang/base/anderson.h"

namespace gerbang::trade {

// How fixed points are searched for; whoever searches for many that are alike remembers more.
inline constexpr Anderson::Options kSearch{.memory = 10, .damping = 1.0, .regularisation = 1e-14};
inline constexpr Anderson::Options kLongSearch{.memory = 20, .damping = 1.0, .regularisation = 1e-14};

struct FixedPointOptions {
  double tolerance = 1e-10;
  std::size_t max_rounds = 2000;
  double max_step = 1.0;  // of one unknown, beyond its image
  // What searches for fixed points of maps alike have learned; it goes on learning. Not owned; none: nothing
  // is known.
  Anderson* search = nullptr;
};

struct FixedPoint {
  std::vector<double> x;
  double residual = 0.0;
  std::size_t rounds = 0;
  bool is_converged = false;
};

// Writes F(x) to image and returns the residual at x; not a number where F is not defined.
using FixedPointMap = std::function<double(std::span<const double> x, std::span<double> image)>;

// Ends when the residual is below the tolerance, after max_rounds, or when F(x) = x to rounding although the
// residual, a measure of the map's own, says otherwise. The last call of the map is at the x that is
// returned.
[[nodiscard]] FixedPoint find_fixed_point(const FixedPointMap& map, std::vector<double> x,
                                          const FixedPointOptions& options);

}  // namespace gerbang::trade
