#include "gerbang/trade/start.h"

#include <cmath>

namespace gerbang::trade {

std::vector<double> start_from(const Market& market, const Equilibrium& equilibrium) {
  const std::size_t regions = market.economy().regions;
  const std::size_t sectors = market.economy().sectors;
  std::vector<double> x = market.start();
  const auto log_of = [](double value, double otherwise) {
    return value > 0.0 ? std::log(value) : otherwise;
  };
  for (std::size_t n = 0; n < regions; ++n) {
    x[n] = log_of(equilibrium.wage_hat[n], 0.0);
    for (std::size_t s = 0; s < sectors; ++s) {
      double& price = x[regions * (1 + s) + n];
      double& spending = x[regions * (1 + sectors + s) + n];
      price = log_of(equilibrium.price_hat(n, s), price);
      spending = log_of(equilibrium.expenditure(n, s), spending);
    }
    if (market.change().mobility)
      x[regions * (1 + 2 * sectors) + n] = log_of(equilibrium.population_hat[n], 0.0);
  }
  return x;
}

}  // namespace gerbang::trade
