#include "gerbang/trade/gravity.h"

#include <cmath>

namespace gerbang::trade {
namespace {

const ClassTransport* freight_of(const CalibrationInput& input, const Transport& transport,
                                 std::size_t sector) {
  if (transport.classes.empty() || !input.freight_class[sector]) return nullptr;
  return &transport.classes[*input.freight_class[sector]];
}

// ln κ without duty.
double log_cost_factor(const ClassTransport& freight, double value_per_tonne, std::size_t pair) {
  return std::log1p(freight.cost.values()[pair] / value_per_tonne);
}

}  // namespace

Matrix gravity_kernel(const CalibrationInput& input, const Transport& transport, const Matrix& log_distance,
                      std::size_t sector) {
  const std::size_t n_regions = input.regions;
  const ClassTransport* freight = freight_of(input, transport, sector);
  Matrix kernel(n_regions, n_regions);
  for (std::size_t n = 0; n < n_regions; ++n) {
    for (std::size_t i = 0; i < n_regions; ++i) {
      double log_weight = 0.0;
      if (freight != nullptr)
        log_weight -= input.trade_elasticity[sector] *
                      log_cost_factor(*freight, input.value_per_tonne[sector], n * n_regions + i);
      const bool is_abroad = n == input.foreign || i == input.foreign;
      if (!is_abroad && input.distance_elasticity[sector] != 0.0)
        log_weight -= input.distance_elasticity[sector] * log_distance(n, i);
      if (n == i) log_weight += input.own_region_log[sector];
      kernel(n, i) = std::exp(log_weight);  // exp(−∞) = 0 where not connected
    }
  }
  return kernel;
}

Matrix received_share(const CalibrationInput& input, const Transport& transport, std::size_t sector) {
  Matrix received(input.regions, input.regions, 1.0);
  if (const ClassTransport* freight = freight_of(input, transport, sector))
    for (std::size_t k = 0; k < received.values().size(); ++k)
      if (std::isfinite(freight->cost.values()[k]))
        received.values()[k] = 1.0 / (1.0 + freight->money.values()[k] / input.value_per_tonne[sector]);
  return received;
}

double freight_share_of_decay(const CalibrationInput& input, const Transport& transport, std::size_t sector) {
  const ClassTransport* freight = freight_of(input, transport, sector);
  if (freight == nullptr) return 0.0;
  double count = 0.0, sum_x = 0.0, sum_y = 0.0, sum_xx = 0.0, sum_xy = 0.0;
  for (std::size_t n = 0; n < input.regions; ++n) {
    for (std::size_t i = 0; i < input.regions; ++i) {
      const std::size_t pair = n * input.regions + i;
      if (n == i || n == input.foreign || i == input.foreign || !std::isfinite(freight->cost.values()[pair]))
        continue;
      const double x = std::log(input.distance_km(n, i));
      const double y =
          input.trade_elasticity[sector] * log_cost_factor(*freight, input.value_per_tonne[sector], pair);
      count += 1.0;
      sum_x += x;
      sum_y += y;
      sum_xx += x * x;
      sum_xy += x * y;
    }
  }
  const double variance = sum_xx - sum_x * sum_x / count;
  if (count < 2.0 || variance <= 0.0) return 0.0;
  const double slope = (sum_xy - sum_x * sum_y / count) / variance;
  const double decay = slope + input.distance_elasticity[sector];
  return decay > 0.0 ? slope / decay : 0.0;
}

double flow_elasticity(const CalibrationInput& input, const Transport& transport, std::size_t sector,
                       const Matrix& flow) {
  const ClassTransport* freight = freight_of(input, transport, sector);
  if (freight == nullptr) return 0.0;
  double weighted = 0.0;
  double total = 0.0;
  for (std::size_t n = 0; n < input.regions; ++n) {
    for (std::size_t i = 0; i < input.regions; ++i) {
      const double cost = freight->cost(n, i);
      if (n == i || n == input.foreign || i == input.foreign || !std::isfinite(cost)) continue;
      weighted -= flow(n, i) * input.trade_elasticity[sector] * cost / (input.value_per_tonne[sector] + cost);
      total += flow(n, i);
    }
  }
  return total > 0.0 ? weighted / total : 0.0;
}

}  // namespace gerbang::trade
