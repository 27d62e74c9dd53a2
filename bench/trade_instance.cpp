#include "bench/trade_instance.h"

#include <cmath>
#include <utility>
#include <vector>

#include "gerbang/trade/observed.h"

namespace gerbang::bench {
namespace {

// j-th quasi-random sequence at k.
double quasi(std::size_t k, std::size_t j) {
  constexpr double kPrimes[] = {2, 3, 5, 7, 11};
  double whole = 0.0;
  return std::modf(0.5 + static_cast<double>(k + 1) * std::sqrt(kPrimes[j]), &whole);
}

// What region n weighs in sector s.
double weight(std::size_t n, std::size_t s, std::size_t sectors) {
  return std::exp(3.0 * quasi(n, 2)) * (0.7 + 0.6 * quasi(n * sectors + s, 3));
}

Matrix kernel(std::size_t regions) {
  Matrix values(regions, regions);
  for (std::size_t n = 0; n < regions; ++n)
    for (std::size_t i = 0; i < regions; ++i) {
      const double dx = quasi(n, 0) - quasi(i, 0);
      const double dy = quasi(n, 1) - quasi(i, 1);
      values(n, i) = n == i ? 1000.0 : std::pow(0.02 + dx * dx + dy * dy, -0.75);
    }
  return values;
}

}  // namespace

TradeInstance make_trade_instance(std::size_t regions, std::size_t sectors) {
  trade::ObservedEconomy observed;
  const Matrix distance_decay = kernel(regions);
  for (std::size_t s = 0; s < sectors; ++s) {
    Matrix flow = distance_decay;
    std::vector<double> weights;
    for (std::size_t n = 0; n < regions; ++n) weights.push_back(weight(n, s, sectors));
    for (std::size_t n = 0; n < regions; ++n)
      for (std::size_t i = 0; i < regions; ++i)
        flow(n, i) *= 1e-3 * weights[n] * std::sqrt(weights[i] / weights[n]);
    observed.flow.push_back(std::move(flow));
    observed.trade_elasticity.push_back(4.0 + 4.0 * quasi(s, 4));
  }
  Matrix inputs(sectors, sectors);
  for (std::size_t k = 0; k < sectors; ++k)
    for (std::size_t s = 0; s < sectors; ++s)
      inputs(k, s) = 0.5 * (0.8 + 0.4 * quasi(k * sectors + s, 1)) / static_cast<double>(sectors);
  observed.input_share.assign(regions, inputs);

  TradeInstance instance{.economy = economy_from_flows(std::move(observed)).economy, .change = {}};
  Matrix iceberg(regions, regions, 1.0);
  for (std::size_t k = 7; k < regions * regions; k += 20) iceberg.values()[k] = 0.9;
  instance.change.iceberg.assign(sectors, iceberg);
  return instance;
}

}  // namespace gerbang::bench
