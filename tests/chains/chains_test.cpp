#include "gerbang/chains/chains.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "gerbang/chains/pooled.h"

namespace gerbang::chains {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Three regions on two islands. Region 0 and 1 share an island with terminals 0 and 1 (one port); region 2
// has terminals 2 and 3 (two ports). Sea: 0 ⇄ 2, 1 ⇄ 3, 2 ⇄ 3.
//
//      r0 ──── r1          r2
//      │ ╲    ╱            │ ╲
//      t0   t1            t2   t3
//       ╰────╌╌╌╌╌╌╌╌╌─────╯    │
//            ╰╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╯
Problem tiny() {
  Problem problem;
  problem.road = Matrix(3, 3, kInfinity);
  problem.road(0, 0) = problem.road(1, 1) = problem.road(2, 2) = 0.05;
  problem.road(0, 1) = 0.9;
  problem.road(1, 0) = 1.0;
  problem.access = Matrix(3, 4, kInfinity);
  problem.access(0, 0) = 0.10;
  problem.access(0, 1) = 0.15;
  problem.access(1, 0) = 0.60;
  problem.access(1, 1) = 0.40;
  problem.access(2, 2) = 0.20;
  problem.access(2, 3) = 0.30;
  problem.egress = Matrix(4, 3, kInfinity);
  for (std::size_t t = 0; t < 4; ++t)
    for (std::size_t r = 0; r < 3; ++r) problem.egress(t, r) = problem.access(r, t) * 1.1;
  problem.handling = {0.10, 0.12, 0.08, 0.11};
  problem.cluster = {0, 0, 1, 2};
  problem.departures = {{0, 2, 2.0, 0.5}, {2, 0, 2.0, 0.4},  {1, 3, 1.0, 0.6}, {3, 1, 1.0, 0.55},
                        {2, 3, 7.0, 0.2}, {3, 2, 7.0, 0.25}, {0, 2, 1.0, 0.45}};
  problem.week_value = 0.3;
  problem.dispersion = 6.0;
  return problem;
}

LegValues no_values() {
  return {Matrix(3, 3), Matrix(3, 4), Matrix(4, 3), std::vector<double>(4), std::vector<double>(7)};
}

// Every chain, written out: the terminals a tonne passes, and its weight.
struct Chain {
  std::vector<std::size_t> terminals;
  double weight;
};

Matrix pooled_cost(const Problem& problem) {
  Matrix cost(4, 4, kInfinity);
  for (std::size_t a = 0; a < 4; ++a)
    for (std::size_t b = 0; b < 4; ++b) {
      std::vector<Departures> services;
      for (const Departure& d : problem.departures)
        if (d.from == a && d.to == b) services.push_back({d.per_week, d.cost});
      if (!services.empty())
        cost(a, b) = pool(services, problem.week_value, 1.0 / (20.0 * problem.dispersion)).cost;
    }
  return cost;
}

std::vector<Chain> enumerate(const Problem& problem, std::size_t i, std::size_t n) {
  const Matrix sea = pooled_cost(problem);
  const double mu = problem.dispersion;
  const double cluster_size[] = {2.0, 2.0, 1.0, 1.0};
  std::vector<Chain> chains;
  if (std::isfinite(problem.road(i, n))) chains.push_back({{}, std::exp(-mu * problem.road(i, n))});
  std::vector<std::vector<std::size_t>> paths;
  for (std::size_t a = 0; a < 4; ++a) paths.push_back({a});
  for (int services = 1; services <= 3; ++services) {
    std::vector<std::vector<std::size_t>> longer;
    for (const auto& path : paths)
      for (std::size_t b = 0; b < 4; ++b)
        if (std::isfinite(sea(path.back(), b))) {
          longer.push_back(path);
          longer.back().push_back(b);
        }
    paths = longer;
    for (const auto& path : paths) {
      double cost = problem.access(i, path.front()) + problem.egress(path.back(), n);
      for (std::size_t k = 0; k + 1 < path.size(); ++k)
        cost += sea(path[k], path[k + 1]) + problem.handling[path[k]] + problem.handling[path[k + 1]];
      if (i != n && std::isfinite(cost))
        chains.push_back(
            {path, std::exp(-mu * cost) / (cluster_size[path.front()] * cluster_size[path.back()])});
    }
  }
  return chains;
}

TEST(Chains, CostsEqualBruteForceEnumeration) {
  const Problem problem = tiny();
  const Chains chains(problem);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t n = 0; n < 3; ++n) {
      double weight = 0.0;
      for (const Chain& chain : enumerate(problem, i, n)) weight += chain.weight;
      EXPECT_NEAR(chains.cost()(n, i), -std::log(weight) / problem.dispersion, 1e-13) << i << "→" << n;
    }
}

TEST(Chains, UsesOfTerminalsEqualBruteForceEnumeration) {
  const Problem problem = tiny();
  Matrix tonnes(3, 3);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t n = 0; n < 3; ++n) tonnes(n, i) = 10.0 + static_cast<double>(3 * i + n);
  std::vector<double> expected(4);
  double by_road = 0.0;
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t n = 0; n < 3; ++n) {
      double weight = 0.0;
      const std::vector<Chain> all = enumerate(problem, i, n);
      for (const Chain& chain : all) weight += chain.weight;
      for (const Chain& chain : all) {
        const double moved = tonnes(n, i) * chain.weight / weight;
        if (chain.terminals.empty()) by_road += moved;
        for (std::size_t k = 0; k + 1 < chain.terminals.size(); ++k) {
          expected[chain.terminals[k]] += moved;
          expected[chain.terminals[k + 1]] += moved;
        }
      }
    }
  const LegValues use = Chains(problem).use(tonnes);
  for (std::size_t t = 0; t < 4; ++t) EXPECT_NEAR(use.handling[t], expected[t], 1e-11);
  double road = 0.0;
  for (const double moved : use.road.values()) road += moved;
  EXPECT_NEAR(road, by_road, 1e-11);
}

TEST(Chains, PlacedUseIsUseWhereSomeChainTakesALeg) {
  Problem problem = tiny();
  problem.road(1, 0) = kInfinity;  // one way only, so that no place may stand for the way back
  const Chains chains(problem);
  Matrix tonnes(3, 3, 1.0);
  for (std::size_t pair = 0; pair < 9; ++pair) tonnes.values()[pair] = 1.0 + static_cast<double>(pair);
  const LegValues use = chains.use(tonnes);
  const PlacedUse placed = chains.placed_use(tonnes);
  const auto expect_same = [](const Sparse& legs, const std::vector<double>& values, const Matrix& all,
                              bool is_from_column) {
    double left = 0.0;
    for (const double value : all.values()) left += value;
    for_each_place(legs, [&](std::size_t row, std::size_t column, std::size_t place) {
      EXPECT_EQ(values[place], is_from_column ? all(column, row) : all(row, column));
      left -= values[place];
    });
    EXPECT_GT(values.size(), 0);
    EXPECT_NEAR(left, 0.0, 1e-12);
  };
  expect_same(chains.road(), placed.road, use.road, true);
  expect_same(chains.access(), placed.access, use.access, true);
  expect_same(chains.egress(), placed.egress, use.egress, false);
  EXPECT_EQ(placed.handling, use.handling);
  EXPECT_EQ(placed.departure, use.departure);
  const LegValues at_sea = chains.sea_use(tonnes);
  EXPECT_EQ(at_sea.handling, use.handling);
  EXPECT_EQ(at_sea.departure, use.departure);
}

TEST(Chains, UseIsTheDerivativeOfTheCost) {
  const Problem problem = tiny();
  Matrix tonnes(3, 3, 1.0);
  const LegValues use = Chains(problem).use(tonnes);
  const auto total_cost = [&](const Problem& changed) {
    const Matrix cost = Chains(changed).cost();
    double sum = 0.0;
    for (const double g : cost.values()) sum += std::isfinite(g) ? g : 0.0;
    return sum;
  };
  constexpr double kStep = 1e-6;
  for (std::size_t d = 0; d < problem.departures.size(); ++d) {
    Problem up = problem, down = problem;
    up.departures[d].cost += kStep;
    down.departures[d].cost -= kStep;
    EXPECT_NEAR(use.departure[d], (total_cost(up) - total_cost(down)) / (2 * kStep), 1e-8);
  }
  for (std::size_t t = 0; t < 4; ++t) {
    Problem up = problem, down = problem;
    up.handling[t] += kStep;
    down.handling[t] -= kStep;
    EXPECT_NEAR(use.handling[t], (total_cost(up) - total_cost(down)) / (2 * kStep), 1e-8);
  }
}

TEST(Chains, ExpectedCostOfLegsAndUseAreTransposes) {
  const Problem problem = tiny();
  const Chains chains(problem);
  LegValues money = no_values();
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t t = 0; t < 4; ++t) {
      money.access(i, t) = 0.01 * static_cast<double>(i + t);
      money.egress(t, i) = 0.02 * static_cast<double>(i + t);
    }
  money.road(0, 1) = 0.5;
  money.handling = {0.1, 0.2, 0.3, 0.4};
  for (std::size_t d = 0; d < money.departure.size(); ++d)
    money.departure[d] = 0.05 * static_cast<double>(d + 1);
  Matrix tonnes(3, 3, 2.0);
  const Matrix per_tonne = chains.expected(money);
  double paid = 0.0;
  for (std::size_t i = 0; i < 9; ++i) paid += tonnes.values()[i] * per_tonne.values()[i];
  const LegValues use = chains.use(tonnes);
  double earned = use.road(0, 1) * money.road(0, 1);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t t = 0; t < 4; ++t)
      earned += use.access(i, t) * money.access(i, t) + use.egress(t, i) * money.egress(t, i);
  for (std::size_t t = 0; t < 4; ++t) earned += use.handling[t] * money.handling[t];
  for (std::size_t d = 0; d < money.departure.size(); ++d) earned += use.departure[d] * money.departure[d];
  EXPECT_NEAR(paid, earned, 1e-12);
}

TEST(Chains, WaitingAndTheCostOfLegsAddUpToWhatChainsCostLessTheGainFromChoice) {
  // With one chain only there is no choice: g is the sum of its legs and of its waiting.
  Problem problem = tiny();
  problem.departures = {{0, 2, 2.0, 0.5}};
  problem.cluster = {0, 1, 2, 3};
  LegValues legs;
  legs.access = problem.access;
  legs.egress = problem.egress;
  legs.handling = problem.handling;
  legs.departure = {0.5};
  const Chains chains(problem);
  EXPECT_NEAR(chains.expected(legs)(2, 0) + chains.expected_waiting()(2, 0), chains.cost()(2, 0), 1e-13);
}

TEST(Chains, SplittingAServiceChangesNothingAndMoreSailingsLowerTheCost) {
  const Problem problem = tiny();
  Problem split = problem;
  split.departures[2].per_week = 0.5;
  split.departures.push_back(split.departures[2]);
  Problem more = problem;
  more.departures[2].per_week = 2.0;
  const Matrix before = Chains(problem).cost();
  const Matrix same = Chains(split).cost();
  const Matrix after = Chains(more).cost();
  for (std::size_t i = 0; i < 9; ++i) EXPECT_NEAR(before.values()[i], same.values()[i], 1e-13);
  EXPECT_LT(after(2, 1), before(2, 1));
  EXPECT_LE(after(2, 0), before(2, 0));
}

TEST(Chains, APairWithoutChainIsInfinitelyFarAndShipsNothing) {
  Problem problem = tiny();
  for (Departure& departure : problem.departures) departure.per_week = 0.0;
  const Chains chains(problem);
  EXPECT_EQ(chains.cost()(2, 0), kInfinity);
  EXPECT_NEAR(chains.cost()(1, 0), 0.9, 1e-15);
  const LegValues use = chains.use(Matrix(3, 3, 5.0));
  EXPECT_EQ(use.road(0, 2), 0.0);
  EXPECT_NEAR(use.road(0, 1), 5.0, 1e-12);
}

TEST(Chains, WithoutTerminalsGoodsGoByRoad) {
  Problem problem = tiny();
  problem.access = Matrix(3, 0);
  problem.egress = Matrix(0, 3);
  problem.handling.clear();
  problem.cluster.clear();
  problem.departures.clear();
  const Chains chains(problem);
  EXPECT_NEAR(chains.cost()(1, 0), problem.road(0, 1), 1e-14);
  EXPECT_EQ(chains.cost()(2, 0), kInfinity);
  const LegValues use = chains.use(Matrix(3, 3, 5.0));
  EXPECT_EQ(use.road(0, 1), 5.0);
  EXPECT_EQ(use.road(0, 2), 0.0);
  EXPECT_TRUE(chains.sea_use(Matrix(3, 3, 5.0)).departure.empty());
  const LegValues money{.road = Matrix(3, 3, 2.0), .access = Matrix(3, 0), .egress = Matrix(0, 3)};
  EXPECT_NEAR(chains.expected(money)(1, 0), 2.0, 1e-14);
  const Matrix pairs(3, 3, 5.0);
  const Counted term{pairs, money};
  EXPECT_NEAR(chains.slopes(pairs, {&term, 1}).cost.road(0, 1), 5.0, 1e-12);
}

TEST(Chains, DearChainsKeepTheirDigitsUpToTheFarthest) {
  Problem problem = tiny();
  for (Departure& departure : problem.departures) departure.cost += 0.98 * kFarthest / problem.dispersion;
  const Chains chains(problem);
  const LegValues use = chains.use(Matrix(3, 3, 1.0));
  EXPECT_NEAR(use.handling[2] + use.handling[3], 4.0, 1e-6);
  double weight = 0.0;
  for (const Chain& chain : enumerate(tiny(), 0, 2))
    if (chain.terminals.size() == 2) weight += chain.weight;  // further services cost as much again
  const double without = -std::log(weight) / problem.dispersion;
  EXPECT_NEAR(chains.cost()(2, 0), without + 0.98 * kFarthest / problem.dispersion, 1e-10);
}

TEST(Chains, BeyondTheFarthestThereIsNoChain) {
  Problem problem = tiny();
  for (Departure& departure : problem.departures) departure.cost += 1.1 * kFarthest / problem.dispersion;
  const Chains chains(problem);
  EXPECT_EQ(chains.cost()(2, 0), kInfinity);
  for (const double moved : chains.use(Matrix(3, 3, 1.0)).handling) EXPECT_EQ(moved, 0.0);
}

TEST(Chains, OtherDelaysGiveWhatANewSolutionGives) {
  Problem problem = tiny();
  Chains chains(problem);
  std::vector<double> on_board;
  for (Departure& departure : problem.departures) on_board.push_back(departure.cost *= 1.3);
  for (double& handling : problem.handling) handling *= 0.7;
  chains.set_delays(problem.handling, on_board);
  EXPECT_EQ(chains.cost(), Chains(problem).cost());
}

TEST(Chains, PooledServicesComeBackFromDelaysBeyondMeasure) {
  Problem problem = tiny();
  problem.departures.push_back(problem.departures.front());  // services that are pooled
  problem.departures.back().cost *= 1.1;
  const Matrix expected = Chains(problem).cost();
  std::vector<double> on_board, far;
  for (const Departure& departure : problem.departures) on_board.push_back(departure.cost);
  for (const double beyond : {1e3, 1e9, 1e17, std::numeric_limits<double>::quiet_NaN()}) {
    Chains chains(problem);
    far = on_board;
    for (double& cost : far) cost += beyond;
    chains.set_delays(problem.handling, far);
    chains.set_delays(problem.handling, on_board);
    for (std::size_t pair = 0; pair < expected.values().size(); ++pair)
      EXPECT_NEAR(chains.cost().values()[pair], expected.values()[pair], 1e-13);
  }
}

TEST(Chains, OriginsThatShipNothingMayBeLeftOut) {
  const Problem problem = tiny();
  Problem later = problem;
  std::vector<double> on_board;
  for (Departure& departure : later.departures) on_board.push_back(departure.cost *= 1.3);
  const Chains all(problem), all_later(later);
  Chains few(problem);
  const auto expect_near = [](std::span<const double> one, std::span<const double> other) {
    ASSERT_EQ(one.size(), other.size());
    for (std::size_t k = 0; k < one.size(); ++k) EXPECT_NEAR(one[k], other[k], 1e-12);
  };
  const auto expect_uses_of = [&](const Chains& other, const Matrix& tonnes) {
    const LegValues use = few.use(tonnes), expected = other.use(tonnes);
    expect_near(use.road.values(), expected.road.values());
    expect_near(use.access.values(), expected.access.values());
    expect_near(use.egress.values(), expected.egress.values());
    expect_near(use.handling, expected.handling);
    expect_near(use.departure, expected.departure);
    expect_near(few.sea_use(tonnes).departure, expected.departure);
  };
  for (const std::vector<std::size_t>& shipping : {std::vector<std::size_t>{2}, {0, 2}, {0, 1, 2}, {}}) {
    Matrix tonnes(3, 3);
    for (const std::size_t i : shipping)
      for (std::size_t n = 0; n < 3; ++n) tonnes(n, i) = 1.0 + static_cast<double>(3 * n + i);
    few.ship_only(tonnes);
    expect_uses_of(all, tonnes);
    few.set_delays(problem.handling, on_board);
    expect_uses_of(all_later, tonnes);
    few = Chains(problem);
    few.ship_only(Matrix(3, 3));  // others again, after none
  }
}

TEST(Chains, DispersionIsScaledToTheMedianOneServiceChain) {
  const Problem problem = tiny();
  const double mu = scaled_dispersion(problem, 8.0);
  EXPECT_GT(mu, 0.0);
  Problem dearer = problem;
  for (double& value : dearer.access.values()) value *= 2.0;
  for (double& value : dearer.egress.values()) value *= 2.0;
  for (double& value : dearer.handling) value *= 2.0;
  for (Departure& departure : dearer.departures) departure.cost *= 2.0;
  dearer.week_value *= 2.0;
  EXPECT_NEAR(scaled_dispersion(dearer, 8.0), mu / 2.0, 1e-12);
}

}  // namespace
}  // namespace gerbang::chains
