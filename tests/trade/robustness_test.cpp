// Hard cases: they converge, or end with a plain message; and no start finds another equilibrium.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "gerbang/base/error.h"
#include "gerbang/base/random.h"
#include "gerbang/trade/solve.h"
#include "gerbang/trade/welfare.h"
#include "tests/trade/cases.h"
#include "tests/trade/shares.h"

namespace gerbang::trade {
namespace {

constexpr test::RandomCase kRich{.regions = 12,
                                 .sectors = 5,
                                 .seed = 5,
                                 .has_freight = true,
                                 .has_duty = true,
                                 .has_public_demand = true,
                                 .has_foreign = true};

// Every pair's cost changed by a random factor between 1/largest and largest.
std::vector<Matrix> random_icebergs(const Economy& economy, double largest, std::uint64_t seed) {
  Random random(seed, 2);
  std::vector<Matrix> icebergs(economy.sectors, Matrix(economy.regions, economy.regions, 1.0));
  for (Matrix& matrix : icebergs)
    for (std::size_t n = 0; n < economy.regions; ++n)
      for (std::size_t i = 0; i < economy.regions; ++i)
        if (n != i) matrix(n, i) = std::pow(largest, 2.0 * random.uniform() - 1.0);
  return icebergs;
}

TEST(Robustness, FiftyRandomStartsFindOneEquilibrium) {
  const Economy economy = test::random_economy(kRich);
  const Change change{.iceberg = random_icebergs(economy, 1.5, 1)};
  const Equilibrium cold = solve(economy, change, {.tolerance = 1e-12});
  ASSERT_TRUE(cold.is_converged) << cold.residual;
  Random random(8, 0);
  for (int start = 0; start < 50; ++start) {
    Equilibrium guess = cold;
    for (double& wage : guess.wage_hat) wage *= std::exp(2.0 * random.uniform() - 1.0);
    for (double& price : guess.price_hat.values()) price *= std::exp(2.0 * random.uniform() - 1.0);
    for (double& value : guess.expenditure.values()) value *= std::exp(2.0 * random.uniform() - 1.0);
    const Equilibrium found = solve(economy, change, {.tolerance = 1e-12, .start = &guess});
    ASSERT_TRUE(found.is_converged) << found.residual;
    for (std::size_t n = 0; n < economy.regions; ++n)
      EXPECT_NEAR(found.wage_hat[n] / cold.wage_hat[n], 1.0, 1e-9) << start;
  }
}

TEST(Robustness, ElasticitiesFromOneAndAHalfToTwentyConverge) {
  for (const double elasticity : {1.5, 4.0, 10.0, 20.0}) {
    Economy economy = test::random_economy(kRich);
    economy.trade_elasticity.assign(economy.sectors, elasticity);
    for (const double factor : {1.2, 3.0}) {
      const Equilibrium now = solve(economy, {.iceberg = random_icebergs(economy, factor, 4)});
      EXPECT_TRUE(now.is_converged) << elasticity << ' ' << factor << ' ' << now.residual;
    }
  }
}

TEST(Robustness, SharesWithZerosConverge) {
  ObservedEconomy observed = test::random_flows(kRich);
  Random random(3, 0);
  for (std::size_t s = 0; s < observed.flow.size(); ++s)
    for (std::size_t n = 0; n < kRich.regions; ++n) {
      for (std::size_t i = 0; i < kRich.regions; ++i)
        if (n != i && random.uniform() < 0.6) observed.flow[s](n, i) = 0.0;
    }
  for (Matrix& inputs :
       observed.input_share)  // region 4 makes nothing of sector 1, and nobody needs much of it
    for (std::size_t s = 0; s < kRich.sectors; ++s) inputs(1, s) *= 0.1;
  for (std::size_t n = 0; n < kRich.regions; ++n) observed.flow[1](n, 4) = 0.0;
  for (std::size_t k = 0; k < kRich.sectors; ++k) observed.public_demand(4, k) = 0.0;
  observed.flow[1](4, 5) = 40.0;
  const Economy economy = economy_from_flows(observed).economy;
  const Equilibrium now = solve(economy, {.iceberg = random_icebergs(economy, 1.3, 4)});
  EXPECT_TRUE(now.is_converged) << now.residual;
}

// IKN today: one ten-thousandth of the others, buying nearly everything.
TEST(Robustness, ARegionWithAlmostNoEconomyConverges) {
  ObservedEconomy observed = test::random_flows(kRich);
  for (std::size_t s = 0; s < observed.flow.size(); ++s)
    for (std::size_t i = 0; i < kRich.regions; ++i) {
      observed.flow[s](2, i) *= 1e-4;
      observed.flow[s](i, 2) *= i == 2 ? 0.05 : 1e-4;
    }
  for (std::size_t k = 0; k < kRich.sectors; ++k) observed.public_demand(2, k) *= 1e-4;
  // Nor does it earn other regions' freight money.
  for (ClassTransport& freight : observed.transport.classes) {
    auto others = std::make_shared<test::Shares>(test::shares_of(freight));
    for (std::vector<test::Shares::Share>& of_pair : others->of_pair)
      for (test::Shares::Share& part : of_pair) part.region += part.region == 2 ? 1 : 0;
    freight.earners = std::move(others);
  }
  const Economy economy = economy_from_flows(observed).economy;
  Change change{.iceberg = random_icebergs(economy, 1.2, 4),
                .population = std::vector<double>(kRich.regions, 1.0)};
  change.population[2] = 20.0;
  change.public_demand = economy.public_demand;
  for (std::size_t k = 0; k < kRich.sectors; ++k) change.public_demand(2, k) *= 50.0;
  const Equilibrium now = solve(economy, change);
  EXPECT_TRUE(now.is_converged) << now.residual;
}

TEST(Robustness, DeficitsOfHalfOfIncomeConverge) {
  ObservedEconomy observed = test::random_flows(kRich);
  observed.public_demand = {};
  for (std::size_t s = 0; s < observed.flow.size(); ++s)
    for (std::size_t i = 0; i < kRich.regions; ++i)
      if (i != 3) observed.flow[s](3, i) *= 12.0;
  const Economy economy = economy_from_flows(observed).economy;
  EXPECT_GT(economy.deficit[3] / economy.value_added[3], 0.5);
  for (const DeficitClosure closure : {DeficitClosure::kFixed, DeficitClosure::kZero,
                                       DeficitClosure::kNationalBudget, DeficitClosure::kIncomeShare}) {
    const Equilibrium now = solve(economy, {.iceberg = random_icebergs(economy, 1.3, 4), .closure = closure});
    EXPECT_TRUE(now.is_converged) << now.residual;
  }
}

TEST(Robustness, ARegionWhoseTaxesExceedItsIncomeIsSaid) {
  const Economy economy = test::random_economy(kRich);
  Change change{.public_demand = economy.public_demand};
  change.payer_share.assign(kRich.regions, 0.0);
  change.payer_share[0] = 1.0;
  for (double& value : change.public_demand.values()) value *= 4.0;
  const Equilibrium now = solve(economy, change, {.max_sweeps = 300});
  EXPECT_FALSE(now.is_converged);
  std::vector<std::string> regions(kRich.regions, "rich");
  regions[0] = "poor";
  const Message told = explain(now, regions, {});
  EXPECT_NE(told.in(Language::kEnglish).find("region 'poor' would have no household income left"),
            std::string::npos);
  EXPECT_NE(told.in(Language::kIndonesian).find("wilayah 'poor'"), std::string::npos);
}

TEST(Robustness, FlowsThatLeaveARegionNoIncomeAreBadInput) {
  ObservedEconomy observed = test::random_flows(kRich);
  for (std::size_t s = 0; s < observed.flow.size(); ++s)
    for (std::size_t i = 0; i < kRich.regions; ++i)
      observed.flow[s](2, i) *= 1e-3;  // it sells, and buys next to nothing
  EXPECT_THROW((void)economy_from_flows(observed), InputError);
}

TEST(Robustness, ARegionThatIsCutFromEverySupplierIsSaid) {
  ObservedEconomy observed = test::random_flows(kRich);
  observed.flow[0](6, 6) = 0.0;  // it makes none of its own
  const Economy economy = economy_from_flows(observed).economy;
  Transport transport = economy.transport;
  for (std::size_t i = 0; i < kRich.regions; ++i)
    transport.classes[0].cost(6, i) = std::numeric_limits<double>::infinity();
  const Equilibrium now = solve(economy, {.transport = &transport}, {.max_sweeps = 300});
  EXPECT_FALSE(now.is_converged);
  ASSERT_TRUE(now.obstacle.has_value());
  EXPECT_EQ(now.obstacle->kind, Obstacle::Kind::kNoSeller);
  EXPECT_EQ(now.obstacle->sector, 0U);
  EXPECT_FALSE(now.cut.empty());
}

TEST(Robustness, AChangeThatDoesNotFitIsBadInput) {
  const Economy economy = test::random_economy(kRich);
  EXPECT_THROW((void)solve(economy, {.population = {1.0, 2.0}}), InputError);
  EXPECT_THROW((void)solve(economy, {.population = std::vector<double>(12, -1.0)}), InputError);
  EXPECT_THROW((void)solve(economy, {.payer_share = std::vector<double>(12, 0.5)}), InputError);
  EXPECT_THROW((void)solve(economy, {.deficit = std::vector<double>(12, 1.0)}), InputError);
  EXPECT_THROW((void)solve(economy, {.mobility = Mobility{}}), InputError);
  Transport transport = economy.transport;
  transport.classes[0].money(1, 1) = std::nan("");
  EXPECT_THROW((void)solve(economy, {.transport = &transport}), InputError);
}

}  // namespace
}  // namespace gerbang::trade
