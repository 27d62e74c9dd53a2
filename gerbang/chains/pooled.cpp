#include "gerbang/chains/pooled.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gerbang::chains {
namespace {

// ln(1 + e^x) and its derivative, without overflow.
double softplus(double x) {
  return x > 0.0 ? x + std::log1p(std::exp(-x)) : std::log1p(std::exp(x));
}
double sigmoid(double x) {
  return x > 0.0 ? 1.0 / (1.0 + std::exp(-x)) : std::exp(x) / (1.0 + std::exp(x));
}

// Where Newton starts: the cheapest service alone. The left side is convex and increasing in C and not below
// its target there, so the steps descend monotonically to the root.
double cheapest_alone(std::span<const Departures> services, double target) {
  double cost = std::numeric_limits<double>::infinity();
  for (const Departures& service : services) cost = std::min(cost, service.cost + target / service.per_week);
  return cost;
}

}  // namespace

Pooled pool(std::span<const Departures> services, double week_value, double smoothing) {
  const double target = 0.5 * week_value;
  double cost = cheapest_alone(services, target);
  constexpr int kMaxSteps = 100;
  for (int step = 0; step < kMaxSteps; ++step) {
    double excess = -target;
    double slope = 0.0;
    for (const Departures& service : services) {
      const double x = (cost - service.cost) / smoothing;
      excess += service.per_week * smoothing * softplus(x);
      slope += service.per_week * sigmoid(x);
    }
    const double next = cost - excess / slope;
    if (!(next < cost)) break;
    cost = next;
  }
  Pooled pooled{cost, std::vector<double>(services.size())};
  double total = 0.0;
  for (std::size_t k = 0; k < services.size(); ++k)
    total += pooled.share[k] = services[k].per_week * sigmoid((cost - services[k].cost) / smoothing);
  for (double& share : pooled.share) share /= total;
  return pooled;
}

}  // namespace gerbang::chains
