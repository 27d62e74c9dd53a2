#include "gerbang/trade/fixed_point.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace gerbang::trade {
namespace {

constexpr double kGrowth = 4.0;  // of the residual over the best, from which on a proposal is taken back
constexpr double kShortest =
    1.0 / 64.0;  // step towards the best image, below which the search goes on from there

// The best point so far and how far towards its image the next try goes.
struct Best {
  std::vector<double> x;
  std::vector<double> image;
  double residual = std::numeric_limits<double>::infinity();
  double step = 1.0;
};

// Nothing moves any more, whatever the residual says.
bool is_at_rest(const std::vector<double>& x, const std::vector<double>& image) {
  for (std::size_t j = 0; j < x.size(); ++j)
    if (!(std::abs(image[j] - x[j]) <= 1e-15)) return false;
  return true;
}

std::vector<double> between(const Best& best) {
  std::vector<double> x = best.x;
  for (std::size_t j = 0; j < x.size(); ++j) x[j] += best.step * (best.image[j] - x[j]);
  return x;
}

}  // namespace

FixedPoint find_fixed_point(const FixedPointMap& map, std::vector<double> x,
                            const FixedPointOptions& options) {
  FixedPoint point{.x = std::move(x)};
  Anderson own(kSearch);
  Anderson& anderson = options.search != nullptr ? *options.search : own;
  anderson.turn();
  std::vector<double> image(point.x.size());
  Best best{.x = point.x, .image = point.x};
  while (true) {
    point.residual = map(point.x, image);
    ++point.rounds;
    point.is_converged = point.residual < options.tolerance;
    if (point.is_converged || point.rounds >= options.max_rounds || is_at_rest(point.x, image)) return point;
    if (!(point.residual <= kGrowth * best.residual) || !std::isfinite(point.residual)) {
      anderson.reset();
      point.x = between(best);
      best.step *= 0.5;
      if (best.step < kShortest) best.residual = std::numeric_limits<double>::max();
      continue;
    }
    if (point.residual < best.residual) {
      best.x = point.x;  // into the memory that it has
      best.image = image;
      best.residual = point.residual;
      best.step = 1.0;
    }
    const std::vector<double> proposal = anderson.next(point.x, image);
    for (std::size_t j = 0; j < image.size(); ++j)
      point.x[j] = std::clamp(proposal[j], image[j] - options.max_step, image[j] + options.max_step);
  }
}

}  // namespace gerbang::trade
