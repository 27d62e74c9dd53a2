// Cases whose answer is known in closed form.
#include <gtest/gtest.h>

#include <cmath>

#include "gerbang/trade/solve.h"
#include "gerbang/trade/welfare.h"
#include "tests/trade/cases.h"

namespace gerbang::trade {
namespace {

using test::random_economy;
using test::symmetric_pair;

// Every pair of different regions costs `factor` times as much, in all sectors.
std::vector<Matrix> between_regions(const Economy& economy, double factor) {
  Matrix iceberg(economy.regions, economy.regions, factor);
  for (std::size_t n = 0; n < economy.regions; ++n) iceberg(n, n) = 1.0;
  return std::vector<Matrix>(economy.sectors, iceberg);
}

TEST(Trade, GainOfTwoEqualRegionsIsTheirOwnShareToTheMinusOneOverTheta) {
  const Economy economy = symmetric_pair(4.0, 1.8);
  const Equilibrium base = solve(economy, {});
  const Equilibrium now = solve(economy, {.iceberg = between_regions(economy, 1.4 / 1.8)});
  ASSERT_TRUE(now.is_converged);
  const double exact = 0.25 * std::log((1.0 + std::pow(1.4, -4.0)) / (1.0 + std::pow(1.8, -4.0)));
  EXPECT_NEAR(exact, 0.035091159950, 1e-12);
  for (const double welfare : compare(economy, base, now).welfare_hat)
    EXPECT_NEAR(std::log(welfare), exact, 1e-12);
}

// Arkolakis, Costinot & Rodríguez-Clare (2012) with input–output links, as in Caliendo & Parro (2015) eq. 15:
// into autarky, ln Ŵ_n = Σ_k α_nk Σ_s L_n(k,s) ln π_nn^s / θ_s with L the Leontief inverse (I − γ')^{-1}.
TEST(Trade, AutarkyCostsWhatTheOwnSharesSayThroughTheLeontiefInverse) {
  const Economy economy = random_economy({.regions = 4, .sectors = 3, .seed = 7, .has_deficit = false});
  Change change{.iceberg = between_regions(economy, 1e9), .closure = DeficitClosure::kZero};
  const Equilibrium base = solve(economy, {.closure = DeficitClosure::kZero});
  const Equilibrium autarky = solve(economy, change, {.tolerance = 1e-13});
  ASSERT_TRUE(autarky.is_converged) << autarky.residual;
  const Comparison comparison = compare(economy, base, autarky);
  for (std::size_t n = 0; n < economy.regions; ++n) {
    // ln P̂_k = ln ĉ_k + ln(π_nn)/θ_k and ln ĉ = b ln ŵ + γ' ln P̂: iterate the series of the inverse.
    std::vector<double> log_price(economy.sectors, 0.0);  // relative to the wage
    for (int round = 0; round < 400; ++round) {
      std::vector<double> next(economy.sectors, 0.0);
      for (std::size_t k = 0; k < economy.sectors; ++k) {
        const double base_share = flow(economy, {}, base, k)(n, n) / base.expenditure(n, k);
        next[k] = -std::log(base_share) / economy.trade_elasticity[k];
        for (std::size_t input = 0; input < economy.sectors; ++input)
          next[k] += economy.input_share[n](input, k) * log_price[input];
      }
      log_price = next;
    }
    double expected = 0.0;
    for (std::size_t k = 0; k < economy.sectors; ++k)
      expected -= economy.household_share(n, k) * log_price[k];
    EXPECT_NEAR(std::log(comparison.welfare_hat[n]), expected, 1e-12);
  }
}

// Hulten (1978): in a closed economy a small productivity gain is worth its sector's sales over value added.
TEST(Trade, ProductivityIsWorthSalesOverIncomeInAClosedEconomy) {
  const Economy economy = random_economy({.regions = 1, .sectors = 4, .seed = 3});
  const Equilibrium base = solve(economy, {});
  for (std::size_t s = 0; s < economy.sectors; ++s) {
    Change change{.productivity = Matrix(1, economy.sectors, 1.0)};
    change.productivity(0, s) = 1.01;
    const Equilibrium now = solve(economy, change, {.tolerance = 1e-14});
    const double worth = economy.output(0, s) / economy.value_added[0];
    EXPECT_NEAR(std::log(compare(economy, base, now).welfare_hat[0]) / std::log(1.01), worth, 1e-12);
  }
}

}  // namespace
}  // namespace gerbang::trade
