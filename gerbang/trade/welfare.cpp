#include "gerbang/trade/welfare.h"

#include <algorithm>
#include <cmath>

#include "gerbang/base/error.h"

namespace gerbang::trade {
namespace {

// Π_k (P/P°)^α of a region.
double price_index(const Economy& economy, const Matrix& before, const Matrix& after, std::size_t region) {
  double log_index = 0.0;
  for (std::size_t k = 0; k < economy.sectors; ++k)
    log_index += economy.household_share(region, k) * std::log(after(region, k) / before(region, k));
  return std::exp(log_index);
}

// Real income per head at the destination now over the origin in the reference: base-year prices are taken as
// equal everywhere, and both are expressed in the origin's reference prices.
MoverGain mover_gain(const Economy& economy, const Equilibrium& reference, const Equilibrium& now,
                     std::span<const double> population, const Movers& move) {
  double log_prices =
      0.0;  // of the destination now over the origin in the reference, each with its own basket
  for (std::size_t k = 0; k < economy.sectors; ++k)
    log_prices +=
        economy.household_share(move.destination, k) * std::log(now.price_hat(move.destination, k)) -
        economy.household_share(move.origin, k) * std::log(reference.price_hat(move.origin, k));
  const double before =
      reference.income[move.origin] / (population[move.origin] * reference.population_hat[move.origin]);
  const double after = now.income[move.destination] /
                       (population[move.destination] * now.population_hat[move.destination]) /
                       std::exp(log_prices);
  return {move.origin, move.destination, move.people, after / before, (after - before) * move.people};
}

}  // namespace

Comparison compare(const Economy& economy, const Equilibrium& reference, const Equilibrium& now,
                   std::span<const double> population, std::span<const Movers> movers) {
  if (!movers.empty() && population.size() != economy.regions)
    throw InputError(Fault{"trade",
                           0,
                           0,
                           {"penduduk pindah tanpa jumlah penduduk tiap wilayah",
                            "movers without the population of every region"},
                           {"penduduk menurut wilayah", "persons by region"}});
  const std::size_t n_regions = economy.regions;
  std::vector<double> leavers(n_regions, 0.0);  // share of the reference's people
  for (const Movers& move : movers)
    leavers[move.origin] += move.people / (population[move.origin] * reference.population_hat[move.origin]);

  Comparison result;
  for (std::size_t n = 0; n < n_regions; ++n) {
    const double people_hat = now.population_hat[n] / reference.population_hat[n];
    const double stayers = movers.empty() ? std::min(1.0, people_hat) : std::max(0.0, 1.0 - leavers[n]);
    const double index = price_index(economy, reference.price_hat, now.price_hat, n);
    const double welfare = now.income[n] / reference.income[n] / (people_hat * index);
    result.price_index_hat.push_back(index);
    result.welfare_hat.push_back(welfare);
    result.ev.push_back((welfare - 1.0) * reference.income[n] * stayers);
    result.dilution.push_back((economy.labour_share[n] - 1.0) * std::log(people_hat));
  }
  for (const Movers& move : movers)
    result.movers.push_back(mover_gain(economy, reference, now, population, move));
  return result;
}

std::vector<double> first_order_value(const Equilibrium& reference, const Transport& before,
                                      const Transport& after) {
  std::vector<double> value(reference.income.size(), 0.0);
  for (std::size_t m = 0; m < reference.tonnes.size(); ++m) {
    const Matrix& tonnes = reference.tonnes[m];
    for (std::size_t n = 0; n < tonnes.rows(); ++n) {
      for (std::size_t i = 0; i < tonnes.columns(); ++i) {
        const double saved = before.classes[m].cost(n, i) - after.classes[m].cost(n, i);
        if (std::isfinite(saved)) value[n] += tonnes(n, i) * saved;
      }
    }
  }
  return value;
}

std::vector<double> freight_earned(std::span<const Matrix> tonnes, const Transport& transport) {
  std::vector<double> earned(tonnes.empty() ? 0 : tonnes[0].rows(), 0.0);
  for (std::size_t m = 0; m < tonnes.size(); ++m) {
    const ClassTransport& freight = transport.classes[m];
    freight.earners->book(tonnes[m], freight.money, earned);
  }
  return earned;
}

}  // namespace gerbang::trade
