#include "gerbang/evaluate/settling.h"

#include <algorithm>
#include <limits>

#include "gerbang/base/anderson.h"

namespace gerbang::evaluate {
namespace {

// What needs no patience: a search that does not get better is started anew, each time three times as
// cautious.
constexpr std::size_t kPatience = 12;
constexpr double kMoreCaution = 3.0;
constexpr std::size_t kMaxSteps = 150;

// The unknowns: terminals, then legs.
std::vector<double> joined(const Utilisation& utilisation) {
  std::vector<double> all = utilisation.terminal;
  all.insert(all.end(), utilisation.leg.begin(), utilisation.leg.end());
  return all;
}
Utilisation split(const std::vector<double>& all, std::size_t terminals) {
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(terminals);
  return {{all.begin(), middle}, {middle, all.end()}};
}

// x + (F(x) − x) / (1 + caution · response): Newton's step as if each terminal and leg answered to its own
// delay only.
std::vector<double> damped(const std::vector<double>& x, std::vector<double> image,
                           const std::vector<double>& response, double caution) {
  for (std::size_t i = 0; i < x.size(); ++i)
    image[i] = x[i] + (image[i] - x[i]) / (1.0 + caution * response[i]);
  return image;
}

}  // namespace

Settled settle(const TransportModel& model, const Fill& fill, std::vector<chains::Chains>& chains,
               const std::vector<Matrix>& shipped, const Utilisation& start, double tolerance) {
  Anderson anderson({.memory = 8, .damping = 1.0, .regularisation = 1e-12});
  std::vector<double> x = joined(start);
  double best = std::numeric_limits<double>::infinity();
  double caution = 1.0;
  std::size_t since_best = 0;
  for (std::size_t step = 0;; ++step) {
    const Utilisation utilisation = split(x, model.network().terminals);
    model.set_delays(utilisation, chains);
    const Loads loads = model.sea_loads(chains, shipped);
    const std::vector<double> image = joined(fill(loads));
    const double residual = largest_change(x, image);
    if (residual <= tolerance || step >= kMaxSteps) return {utilisation, model.loads(chains, shipped)};
    if (residual < best) {
      best = residual;
      since_best = 0;
    } else if (++since_best > kPatience) {
      anderson.reset();
      caution *= kMoreCaution;
      since_best = 0;
    }
    x = anderson.next(x, damped(x, image, joined(model.self_response(loads, utilisation)), caution));
    for (double& value : x) value = std::max(value, 0.0);
  }
}

}  // namespace gerbang::evaluate
