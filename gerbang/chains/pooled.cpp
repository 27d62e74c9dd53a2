#include "gerbang/chains/pooled.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace gerbang::chains {
namespace {

// ln(1 + e^x) and its derivative, without overflow.
struct Softplus {
  double value, slope;
};
Softplus softplus(double x) {
  const double e = std::exp(-std::abs(x));
  return {std::max(x, 0.0) + std::log1p(e), (x > 0.0 ? 1.0 : e) / (1.0 + e)};
}

// The x with ln(1 + e^x) = y > 0.
double inverse_softplus(double y) {
  return y + std::log(-std::expm1(-y));
}

// Where Newton starts: the cheapest service alone, which is the answer when it is the only one. The left side
// is convex and increasing in C and not below its target there, so the steps descend monotonically to the
// root.
double cheapest_alone(std::span<const Departures> services, double target, double smoothing) {
  double cost = std::numeric_limits<double>::infinity();
  for (const Departures& service : services)
    cost =
        std::min(cost, service.cost + smoothing * inverse_softplus(target / (service.per_week * smoothing)));
  return cost;
}

}  // namespace

double pool(std::span<const Departures> services, double week_value, double smoothing,
            std::span<double> shares) {
  const double target = 0.5 * week_value;
  double cost = cheapest_alone(services, target, smoothing);
  if (services.size() == 1) {
    shares[0] = 1.0;
    return cost;
  }
  constexpr int kMaxSteps = 100;
  for (int step = 0; step < kMaxSteps; ++step) {
    double excess = -target;
    double slope = 0.0;
    for (std::size_t k = 0; k < services.size(); ++k) {
      const Softplus lead = softplus((cost - services[k].cost) / smoothing);
      excess += services[k].per_week * smoothing * lead.value;
      slope += shares[k] = services[k].per_week * lead.slope;
    }
    for (double& share : shares) share /= slope;
    const double next = cost - excess / slope;
    if (!(next < cost) || cost - next < 1e-16 * std::abs(cost)) break;
    cost = next;
  }
  return cost;
}

}  // namespace gerbang::chains
