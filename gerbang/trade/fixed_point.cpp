#include "gerbang/trade/fixed_point.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "gerbang/base/anderson.h"

namespace gerbang::trade {
namespace {

constexpr double kGrowth = 4.0;  // of the residual over the best, from which on a proposal is taken back
constexpr std::size_t kPatience = 20;  // rounds without a new best, after which acceleration is no help
constexpr std::size_t kFirstPlainRounds = 8;  // after a proposal was taken back

}  // namespace

FixedPoint find_fixed_point(const FixedPointMap& map, std::vector<double> x,
                            const FixedPointOptions& options) {
  FixedPoint point{.x = std::move(x)};
  Anderson anderson({.memory = 10, .damping = 1.0, .regularisation = 1e-14});
  std::vector<double> image(point.x.size());
  std::vector<double> best_image = point.x;
  double best = std::numeric_limits<double>::infinity();
  std::size_t rounds_since_best = 0;
  std::size_t plain_rounds = 0;  // still to go without acceleration
  std::size_t next_plain_rounds = kFirstPlainRounds;
  while (true) {
    point.residual = map(point.x, image);
    ++point.rounds;
    point.is_converged = point.residual < options.tolerance;
    if (point.is_converged || point.rounds >= options.max_rounds) return point;
    if (!(point.residual <= kGrowth * best) || rounds_since_best > kPatience) {
      anderson.reset();
      point.x = best_image;
      best = std::numeric_limits<double>::infinity();
      rounds_since_best = 0;
      plain_rounds = next_plain_rounds;
      next_plain_rounds *= 2;
      continue;
    }
    ++rounds_since_best;
    if (point.residual < best) {
      rounds_since_best = 0;
      best = point.residual;
      best_image = image;
    }
    if (plain_rounds > 0) {
      --plain_rounds;
      point.x = image;
      continue;
    }
    const std::vector<double> proposal = anderson.next(point.x, image);
    for (std::size_t j = 0; j < image.size(); ++j)
      point.x[j] = std::clamp(proposal[j], image[j] - options.max_step, image[j] + options.max_step);
  }
}

}  // namespace gerbang::trade
