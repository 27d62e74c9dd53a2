// What must hold for any economy: the base year is at rest, money is conserved, units do not matter.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "gerbang/base/parallel.h"
#include "gerbang/trade/solve.h"
#include "gerbang/trade/tabulated_earners.h"
#include "gerbang/trade/welfare.h"
#include "tests/trade/cases.h"
#include "tests/trade/shares.h"

namespace gerbang::trade {
namespace {

using test::random_economy;
using test::RandomCase;
using test::shaken;

constexpr RandomCase kEveryFeature{.regions = 7,
                                   .sectors = 5,
                                   .seed = 11,
                                   .has_freight = true,
                                   .has_duty = true,
                                   .has_public_demand = true,
                                   .has_foreign = true};

double total(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

void expect_hats_of_one(const Equilibrium& equilibrium, const Economy& economy) {
  EXPECT_TRUE(equilibrium.is_converged);
  EXPECT_LT(equilibrium.residual, 2e-14);
  for (std::size_t n = 0; n < economy.regions; ++n) {
    EXPECT_NEAR(equilibrium.wage_hat[n], 1.0, 1e-12);
    EXPECT_NEAR(equilibrium.income[n] / economy.income[n], 1.0, 1e-12);
    for (std::size_t s = 0; s < economy.sectors; ++s) {
      EXPECT_NEAR(equilibrium.price_hat(n, s), 1.0, 1e-12);
      EXPECT_NEAR(equilibrium.output(n, s) / economy.output(n, s), 1.0, 1e-12);
    }
  }
}

TEST(Trade, NothingMovesWhenNothingChanges) {
  const Economy economy = random_economy(kEveryFeature);
  expect_hats_of_one(solve(economy, {}), economy);
  expect_hats_of_one(solve(economy, {.transport = &economy.transport}), economy);
  for (const DeficitClosure closure : {DeficitClosure::kNationalBudget, DeficitClosure::kIncomeShare})
    expect_hats_of_one(solve(economy, {.closure = closure}), economy);
}

// What buyers pay is what producers, carriers, terminals and treasuries receive.
TEST(Trade, MoneyIsConserved) {
  const Economy economy = random_economy(kEveryFeature);
  const Transport transport = shaken(economy.transport, 5, 0.4);
  Change change{.transport = &transport, .population = std::vector<double>(economy.regions, 1.0)};
  change.population[2] = 1.5;
  for (const DeficitClosure closure : {DeficitClosure::kFixed, DeficitClosure::kNationalBudget}) {
    change.closure = closure;
    const Equilibrium now = solve(economy, change, {.tolerance = 1e-12});
    ASSERT_TRUE(now.is_converged) << now.residual;
    const double paid = total(now.expenditure.values());
    const double received = total(now.output.values()) + total(now.duty_revenue);
    EXPECT_NEAR(received / paid, 1.0, 1e-10);
    EXPECT_NEAR(total(now.deficit) / paid, 0.0, 1e-10);
    double freight = 0.0;
    for (std::size_t m = 0; m < transport.classes.size(); ++m)
      for (std::size_t k = 0; k < now.tonnes[m].values().size(); ++k) {
        // Freight is ad valorem: M per tonne of base-year prices, so that it rises with the factory price.
        const std::size_t origin = k % economy.regions;
        double value = 0.0;
        for (std::size_t s = 0; s < economy.sectors; ++s) {
          if (economy.freight_class[s] != m) continue;
          const Matrix bought = flow(economy, change, now, s);
          const double wedge = 1.0 + transport.classes[m].money.values()[k] / economy.value_per_tonne[s];
          value +=
              bought.values()[k] / (wedge * (1.0 + economy.duty[s].values()[k]) * economy.value_per_tonne[s]);
        }
        freight += value * transport.classes[m].money.values()[k];
        EXPECT_GT(now.tonnes[m].values()[k], 0.0) << origin;
      }
    EXPECT_NEAR(total(now.freight_revenue) / freight, 1.0, 1e-10);
  }
}

// At the base year's prices and flows a handling fee of Δ more per tonne is Δ × tonnes of income where it is
// earned.
TEST(Trade, AGatewayEarnsItsFeeOneForOne) {
  const Economy economy = random_economy(kEveryFeature);
  const Equilibrium base = solve(economy, {});
  constexpr std::size_t kGateway = 1;
  constexpr double kFee = 0.05;  // mn IDR per tonne, on half of the tonnes that go to region 3
  Transport transport = economy.transport;
  ClassTransport& freight = transport.classes[0];
  auto earners = std::make_shared<test::Shares>(test::shares_of(freight));
  double handled = 0.0;
  for (std::size_t k = 0; k < freight.money.values().size(); ++k) {
    const double money = freight.money.values()[k];
    const double fee = k / economy.regions == 3 ? kFee * 0.5 : 0.0;
    for (test::Shares::Share& part : earners->of_pair[k]) part.share *= money / (money + fee);
    earners->of_pair[k].push_back({kGateway, fee / (money + fee)});
    freight.money.values()[k] = money + fee;
    freight.cost.values()[k] += fee;
    if (fee > 0.0) handled += 0.5 * base.tonnes[0].values()[k];
  }
  freight.earners = std::move(earners);
  const std::vector<double> before = freight_earned(base.tonnes, economy.transport);
  const std::vector<double> after = freight_earned(base.tonnes, transport);
  for (std::size_t n = 0; n < economy.regions; ++n) {
    EXPECT_NEAR(before[n] / base.freight_revenue[n], 1.0, 1e-12);
    EXPECT_NEAR(after[n] - before[n], n == kGateway ? kFee * handled : 0.0, 1e-10);
  }
  // In equilibrium dearer handling is used less, and the gateway still earns more.
  const Equilibrium now = solve(economy, {.transport = &transport});
  EXPECT_GT(now.freight_revenue[kGateway], base.freight_revenue[kGateway]);
}

TEST(Trade, EarnersInATableEarnTheSame) {
  const Economy economy = random_economy(kEveryFeature);
  const Equilibrium base = solve(economy, {});
  std::vector<double> worth(economy.regions);
  for (std::size_t n = 0; n < worth.size(); ++n) worth[n] = 0.5 + static_cast<double>(n * n % 5);
  Transport tabulated = economy.transport;
  for (std::size_t m = 0; m < tabulated.classes.size(); ++m) {
    const ClassTransport& freight = economy.transport.classes[m];
    tabulated.classes[m] = with_tabulated_earners(freight);
    ASSERT_NE(tabulated.classes[m].earners, freight.earners);
    const Matrix by_table = tabulated.classes[m].earners->worth(freight.money, worth);
    const Matrix by_shares = freight.earners->worth(freight.money, worth);
    for (std::size_t k = 0; k < by_shares.values().size(); ++k)
      EXPECT_NEAR(by_table.values()[k], by_shares.values()[k], 1e-14 * (1.0 + by_shares.values()[k]));
  }
  const std::vector<double> by_shares = freight_earned(base.tonnes, economy.transport);
  const std::vector<double> by_table = freight_earned(base.tonnes, tabulated);
  for (std::size_t n = 0; n < economy.regions; ++n) EXPECT_NEAR(by_table[n] / by_shares[n], 1.0, 1e-13);
}

TEST(Trade, ScalingEveryValueScalesEveryValueOnly) {
  ObservedEconomy observed = test::random_flows(kEveryFeature);
  const Economy economy = economy_from_flows(observed).economy;
  for (Matrix& flow : observed.flow)
    for (double& value : flow.values()) value *= 1000.0;
  for (double& value : observed.public_demand.values()) value *= 1000.0;
  const Economy larger = economy_from_flows(observed).economy;
  const Transport transport = shaken(economy.transport, 2, 0.3);
  const Equilibrium small = solve(economy, {.transport = &transport}, {.tolerance = 1e-13});
  const Equilibrium large = solve(larger, {.transport = &transport}, {.tolerance = 1e-13});
  for (std::size_t n = 0; n < economy.regions; ++n) {
    EXPECT_NEAR(large.wage_hat[n] / small.wage_hat[n], 1.0, 1e-11);
    EXPECT_NEAR(large.income[n] / small.income[n], 1000.0, 1e-8);
  }
}

TEST(Trade, RegionsThatGrowAlikeKeepTheirPrices) {
  RandomCase random_case = kEveryFeature;
  random_case.has_foreign = false;
  const Economy economy = random_economy(random_case);
  // Productivity of value added, people and public demand twice as large, and deficits with them: all flows
  // double.
  Economy whole = economy;
  whole.labour_share.assign(economy.regions, 1.0);
  Change change{.population = std::vector<double>(economy.regions, 2.0)};
  change.public_demand = whole.public_demand;
  for (double& value : change.public_demand.values()) value *= 2.0;
  change.local_public_demand = change.public_demand;
  change.deficit =
      whole.deficit;  // fixed in units of the numeraire: half the wage, so that they too double in real terms
  const Equilibrium now = solve(whole, change, {.tolerance = 1e-13});
  const Comparison comparison = compare(whole, solve(whole, {}), now);
  for (std::size_t n = 0; n < economy.regions; ++n) {
    EXPECT_NEAR(comparison.welfare_hat[n], 1.0, 1e-11);
    EXPECT_NEAR(now.wage_hat[n], 0.5, 1e-11);
  }
}

TEST(Trade, WarmStartFindsTheSameEquilibriumInFewerSweeps) {
  const Economy economy = random_economy(kEveryFeature);
  const Transport near = shaken(economy.transport, 5, 0.40);
  Transport far = near;
  far.classes[0].cost(1, 2) *= 1.02;
  const Equilibrium before = solve(economy, {.transport = &near}, {.tolerance = 1e-12});
  const Equilibrium cold = solve(economy, {.transport = &far}, {.tolerance = 1e-12});
  const Equilibrium warm = solve(economy, {.transport = &far}, {.tolerance = 1e-12, .start = &before});
  EXPECT_LT(warm.sweeps, cold.sweeps);
  for (std::size_t n = 0; n < economy.regions; ++n)
    EXPECT_NEAR(warm.wage_hat[n] / cold.wage_hat[n], 1.0, 1e-10);
}

TEST(Trade, TheSameBytesComeOutForAnyNumberOfThreads) {
  const Economy economy = random_economy({.regions = 150, .sectors = 4, .seed = 2, .has_freight = true});
  const Transport transport = shaken(economy.transport, 9, 0.3);
  std::vector<Equilibrium> results;
  for (const std::size_t threads : {1U, 2U, 5U}) {
    set_thread_count(threads);
    results.push_back(solve(economy, {.transport = &transport}));
  }
  set_thread_count(0);
  for (const Equilibrium& result : results) {
    EXPECT_EQ(result.wage_hat, results[0].wage_hat);
    EXPECT_EQ(result.tonnes, results[0].tonnes);
    EXPECT_EQ(result.sweeps, results[0].sweeps);
  }
}

}  // namespace
}  // namespace gerbang::trade
