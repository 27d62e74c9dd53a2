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

}  // namespace

double wait_alone(double per_week, double week_value, double smoothing) {
  return smoothing * inverse_softplus(0.5 * week_value / (per_week * smoothing));
}

// The left side is convex and increasing in C and not below its target where Newton starts, so the steps
// descend monotonically to the root.
double pool(std::span<const Departures> services, double week_value, double smoothing, double most,
            std::span<double> shares) {
  const double target = 0.5 * week_value;
  double cost = most;
  if (services.size() == 1) {
    shares[0] = 1.0;
    return services[0].cost + wait_alone(services[0].per_week, week_value, smoothing);
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

Pooled pool(std::span<const Departures> services, double week_value, double smoothing) {
  double cheapest_alone = std::numeric_limits<double>::infinity();
  for (const Departures& service : services)
    cheapest_alone =
        std::min(cheapest_alone, service.cost + wait_alone(service.per_week, week_value, smoothing));
  Pooled pooled{0.0, std::vector<double>(services.size())};
  pooled.cost = pool(services, week_value, smoothing, cheapest_alone, pooled.share);
  return pooled;
}

// With p_k = f_k σ_k and P their sum: share = p/P, dC = Σ share_k dc_k − Σ s ln(1 + e^…)_k/P df_k, and
// dp_k = f_k σ_k (1 − σ_k)/s (dC − dc_k) + σ_k df_k.
std::vector<ServiceSlopes> pool_slopes(std::span<const Departures> services, double cost, double smoothing,
                                       std::span<const double> values) {
  std::vector<Softplus> lead;
  double total = 0.0, mean = 0.0;
  for (std::size_t k = 0; k < services.size(); ++k) {
    lead.push_back(softplus((cost - services[k].cost) / smoothing));
    total += services[k].per_week * lead[k].slope;
    mean += services[k].per_week * lead[k].slope * values[k];
  }
  mean /= total;
  std::vector<ServiceSlopes> slopes(services.size());
  double by_joint_cost = 0.0;  // of the mean, each service's own cost held
  for (std::size_t k = 0; k < services.size(); ++k) {
    const double apart = (values[k] - mean) / total;
    const double own = apart * services[k].per_week * lead[k].slope * (1.0 - lead[k].slope) / smoothing;
    by_joint_cost += own;
    slopes[k] = {-smoothing * lead[k].value / total, -own, apart * lead[k].slope};
  }
  for (std::size_t k = 0; k < services.size(); ++k) {
    slopes[k].mean_by_cost += by_joint_cost * services[k].per_week * lead[k].slope / total;
    slopes[k].mean_by_sailing += by_joint_cost * slopes[k].cost_by_sailing;
  }
  return slopes;
}

}  // namespace gerbang::chains
