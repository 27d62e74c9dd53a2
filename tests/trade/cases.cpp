#include "tests/trade/cases.h"

#include <cmath>
#include <utility>

#include "gerbang/base/random.h"
#include "tests/trade/shares.h"

namespace gerbang::trade::test {
namespace {

Matrix random_matrix(std::size_t rows, std::size_t columns, double low, double high, Random& random) {
  Matrix values(rows, columns);
  for (double& value : values.values()) value = low + (high - low) * random.uniform();
  return values;
}

ClassTransport random_class(std::size_t n_regions, Random& random) {
  ClassTransport freight;
  freight.cost = random_matrix(n_regions, n_regions, 0.2, 2.0, random);
  freight.money = freight.cost;
  auto earners = std::make_shared<Shares>(n_regions * n_regions);
  for (std::size_t pair = 0; pair < earners->of_pair.size(); ++pair) {
    freight.money.values()[pair] *= 0.4 + 0.5 * random.uniform();
    const double share = random.uniform();
    const auto someone = [&] { return random.next() % n_regions; };
    earners->of_pair[pair].push_back({someone(), share});
    earners->of_pair[pair].push_back({someone(), 1.0 - share});
  }
  freight.earners = std::move(earners);
  return freight;
}

}  // namespace

Economy symmetric_pair(double elasticity, double iceberg) {
  const double other = std::pow(iceberg, -elasticity);
  ObservedEconomy observed;
  observed.flow = {Matrix(2, 2)};
  for (std::size_t n = 0; n < 2; ++n) {
    observed.flow[0](n, n) = 100.0 / (1.0 + other);
    observed.flow[0](n, 1 - n) = 100.0 * other / (1.0 + other);
  }
  observed.input_share = {Matrix(1, 1), Matrix(1, 1)};
  observed.trade_elasticity = {elasticity};
  return economy_from_flows(std::move(observed)).economy;
}

ObservedEconomy random_flows(const RandomCase& random_case) {
  const std::size_t n_regions = random_case.regions;
  const std::size_t n_sectors = random_case.sectors;
  Random random(random_case.seed, 0);
  ObservedEconomy observed;
  for (std::size_t s = 0; s < n_sectors; ++s) {
    Matrix flow = random_matrix(n_regions, n_regions, 1.0, 5.0, random);
    for (std::size_t n = 0; n < n_regions; ++n) flow(n, n) += 10.0 * static_cast<double>(n_regions);
    if (!random_case.has_deficit)  // symmetric trade balances
      for (std::size_t n = 0; n < n_regions; ++n)
        for (std::size_t i = 0; i < n; ++i) flow(n, i) = flow(i, n);
    observed.flow.push_back(std::move(flow));
    observed.trade_elasticity.push_back(3.0 + 4.0 * random.uniform());
  }
  for (std::size_t n = 0; n < n_regions; ++n)
    observed.input_share.push_back(
        random_matrix(n_sectors, n_sectors, 0.0, 0.8 / static_cast<double>(n_sectors), random));
  if (random_case.has_duty)
    for (std::size_t s = 0; s < n_sectors; ++s) {
      observed.duty.push_back(random_matrix(n_regions, n_regions, 0.0, 0.3, random));
      for (std::size_t n = 0; n < n_regions; ++n) observed.duty[s](n, n) = 0.0;
    }
  if (random_case.has_public_demand)
    observed.public_demand =
        random_matrix(n_regions, n_sectors, 0.0, 2.0 * static_cast<double>(n_regions), random);
  if (random_case.has_freight) {
    observed.transport.classes = {random_class(n_regions, random), random_class(n_regions, random)};
    observed.freight_class = {0, 1, 0};
    observed.value_per_tonne = {10.0, 4.0, 6.0};
    observed.transport_sector = 3;
  }
  if (random_case.has_foreign) observed.foreign = n_regions - 1;
  for (std::size_t n = 0; n < n_regions; ++n) observed.labour_share.push_back(0.4 + 0.6 * random.uniform());
  return observed;
}

Economy random_economy(const RandomCase& random_case) {
  return economy_from_flows(random_flows(random_case)).economy;
}

Transport shaken(const Transport& transport, std::uint64_t seed, double spread) {
  Transport result = transport;
  Random random(seed, 1);
  for (ClassTransport& freight : result.classes) {
    for (std::size_t k = 0; k < freight.cost.values().size(); ++k) {
      freight.cost.values()[k] *= 1.0 + spread * (2.0 * random.uniform() - 1.0);
      freight.money.values()[k] *= 1.0 + spread * (2.0 * random.uniform() - 1.0);
    }
  }
  return result;
}

}  // namespace gerbang::trade::test
