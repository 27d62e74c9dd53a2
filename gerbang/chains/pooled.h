// Several services between the same two terminals, taken together: a shipper waits for whichever departs
// first among those worth taking (Spiess & Florian 1989, optimal strategies), smoothed. With f_k departures a
// week, c_k the cost on board and w the value of waiting a week, the joint cost C solves
//     Σ_k f_k s ln(1 + exp((C − c_k)/s)) = ½ w,        share_k = ∂C/∂c_k = f_k σ((C − c_k)/s) / Σ_j f_j σ((C
//     − c_j)/s).
// s → 0 is the optimal strategy itself; a single service costs c + w/2f. Splitting a service into two changes
// nothing, more departures always lower C.
#pragma once

#include <span>
#include <vector>

namespace gerbang::chains {

struct Departures {
  double per_week = 0.0;  // > 0
  double cost = 0.0;      // on board, mn IDR per tonne
};

// C, waiting included, mn IDR per tonne; shares (one for each service) are filled and add to 1. week_value:
// mn IDR per tonne and week of waiting, > 0. smoothing: s, mn IDR per tonne, > 0. services: not empty. most:
// no less than C, as is any service's cost when it sails alone; the nearer, the faster.
double pool(std::span<const Departures> services, double week_value, double smoothing, double most,
            std::span<double> shares);

// What waiting for a service costs that sails alone, in the same sense: C − c, mn IDR per tonne.
[[nodiscard]] double wait_alone(double per_week, double week_value, double smoothing);

// How C, and the mean m = Σ_k share_k value_k, answer to one service.
struct ServiceSlopes {
  double cost_by_sailing = 0.0;  // ∂C/∂f_k; ∂C/∂c_k is its share
  double mean_by_cost = 0.0;     // ∂m/∂c_k, values held
  double mean_by_sailing = 0.0;  // ∂m/∂f_k
};
// At the joint cost C that pool() gave. values: one for each service.
[[nodiscard]] std::vector<ServiceSlopes> pool_slopes(std::span<const Departures> services, double cost,
                                                     double smoothing, std::span<const double> values);

struct Pooled {
  double cost = 0.0;
  std::vector<double> share;
};
[[nodiscard]] Pooled pool(std::span<const Departures> services, double week_value, double smoothing);

}  // namespace gerbang::chains
