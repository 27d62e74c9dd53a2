#include "gerbang/chains/pooled.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gerbang::chains {
namespace {

constexpr double kWeekValue = 3.0;
constexpr double kSmoothing = 0.01;

TEST(Pooled, SolvesItsOwnEquation) {
  const std::vector<Departures> services = {{2.0, 1.0}, {0.5, 0.8}, {7.0, 1.4}};
  const Pooled pooled = pool(services, kWeekValue, kSmoothing);
  double left = 0.0;
  for (const Departures& service : services)
    left += service.per_week * kSmoothing * std::log1p(std::exp((pooled.cost - service.cost) / kSmoothing));
  EXPECT_NEAR(left, 0.5 * kWeekValue, 1e-12);
}

TEST(Pooled, ASingleServiceCostsHalfItsHeadway) {
  const Pooled pooled = pool(std::vector<Departures>{{4.0, 1.25}}, kWeekValue, 1e-4);
  EXPECT_NEAR(pooled.cost, 1.25 + 0.5 * kWeekValue / 4.0, 1e-12);
  EXPECT_EQ(pooled.share[0], 1.0);
}

TEST(Pooled, SplittingAServiceIntoTwoOfHalfTheFrequencyChangesNothing) {
  const Pooled whole = pool(std::vector<Departures>{{4.0, 1.0}, {1.0, 0.9}}, kWeekValue, kSmoothing);
  const Pooled split =
      pool(std::vector<Departures>{{2.0, 1.0}, {2.0, 1.0}, {1.0, 0.9}}, kWeekValue, kSmoothing);
  EXPECT_NEAR(whole.cost, split.cost, 1e-14);
  EXPECT_NEAR(whole.share[0], split.share[0] + split.share[1], 1e-13);
}

TEST(Pooled, MoreDeparturesAlwaysLowerTheCost) {
  double previous = pool(std::vector<Departures>{{1.0, 1.0}, {1.0, 2.0}}, kWeekValue, kSmoothing).cost;
  for (double per_week = 1.5; per_week < 30.0; per_week *= 1.5) {
    const double cost =
        pool(std::vector<Departures>{{1.0, 1.0}, {per_week, 2.0}}, kWeekValue, kSmoothing).cost;
    EXPECT_LT(cost, previous);
    previous = cost;
  }
}

TEST(Pooled, SharesAreTheDerivativeOfTheCost) {
  const std::vector<Departures> services = {{2.0, 1.0}, {0.5, 0.8}, {7.0, 1.4}};
  const Pooled pooled = pool(services, kWeekValue, 0.1);
  for (std::size_t k = 0; k < services.size(); ++k) {
    constexpr double kStep = 1e-6;
    auto up = services, down = services;
    up[k].cost += kStep;
    down[k].cost -= kStep;
    const double slope = (pool(up, kWeekValue, 0.1).cost - pool(down, kWeekValue, 0.1).cost) / (2 * kStep);
    EXPECT_NEAR(pooled.share[k], slope, 1e-8);
  }
}

TEST(Pooled, ApproachesTheOptimalStrategyAsTheSmoothingVanishes) {
  // Spiess & Florian: with B = ½ w, serve the cheapest first; C = (B + Σ f_k c_k) / Σ f_k over those with c_k
  // < C.
  const Pooled pooled = pool(std::vector<Departures>{{2.0, 1.0}, {1.0, 1.2}, {5.0, 9.0}}, 3.0, 1e-7);
  EXPECT_NEAR(pooled.cost, (1.5 + 2.0 * 1.0 + 1.0 * 1.2) / 3.0, 1e-6);
  EXPECT_NEAR(pooled.share[2], 0.0, 1e-12);
}

}  // namespace
}  // namespace gerbang::chains
