// The adjoint against central differences of the solver: every kind of wedge, every closure, mobility.
#include "gerbang/trade/gradient.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gerbang/base/parallel.h"
#include "gerbang/base/random.h"
#include "gerbang/trade/welfare.h"
#include "tests/trade/cases.h"

namespace gerbang::trade {
namespace {

constexpr test::RandomCase kEverything{.regions = 8,
                                       .sectors = 5,
                                       .seed = 21,
                                       .has_freight = true,
                                       .has_duty = true,
                                       .has_public_demand = true,
                                       .has_foreign = true};
constexpr double kStep = 1.6e-2;  // of a logarithm
constexpr std::size_t kEntries = 100;

// A case to differentiate: all parameters by value, so that a test can move one.
struct Point {
  Economy economy;
  Transport transport;
  Change change;
  Objective objective;
};

Point random_point(const test::RandomCase& random_case, DeficitClosure closure) {
  Point point{.economy = test::random_economy(random_case)};
  Random random(random_case.seed, 7);
  const std::size_t n_regions = point.economy.regions;
  point.transport = test::shaken(point.economy.transport, 3, 0.3);
  point.change.closure = closure;
  point.change.iceberg.assign(point.economy.sectors, Matrix(n_regions, n_regions, 1.0));
  point.change.productivity = Matrix(n_regions, point.economy.sectors, 1.0);
  point.change.population.assign(n_regions, 1.0);
  point.change.population[1] = 1.3;
  if (random_case.has_public_demand) {
    point.change.public_demand = point.economy.public_demand;
    for (double& value : point.change.public_demand.values()) value *= 0.7 + 0.6 * random.uniform();
  }
  for (std::size_t n = 0; n < n_regions; ++n)
    point.objective.welfare.push_back(point.economy.income[n] * random.uniform());
  return point;
}

double objective_at(const Point& point) {
  Change change = point.change;
  if (!point.transport.classes.empty()) change.transport = &point.transport;
  const Equilibrium now = solve(point.economy, change, {.tolerance = 2e-14, .max_sweeps = 400});
  double value = 0.0;
  for (std::size_t n = 0; n < point.economy.regions; ++n) {
    if (point.objective.welfare.empty()) break;
    double log_welfare = std::log(now.income[n] / now.population_hat[n]);
    for (std::size_t k = 0; k < point.economy.sectors; ++k)
      log_welfare -= point.economy.household_share(n, k) * std::log(now.price_hat(n, k));
    value += point.objective.welfare[n] * log_welfare;
  }
  for (std::size_t m = 0; m < point.objective.tonnes.size(); ++m)
    for (std::size_t k = 0; k < now.tonnes[m].values().size(); ++k)
      value += point.objective.tonnes[m].values()[k] * now.tonnes[m].values()[k];
  return value;
}

// Central differences in ln x at three step lengths, extrapolated twice (Romberg), so that long steps keep
// rounding small.
template <class Parameter>
double central_difference(Point& point, Parameter parameter) {
  const auto slope = [&](double h) {
    double& x = parameter(point);
    const double before = x;
    x = before * std::exp(h);
    const double up = objective_at(point);
    parameter(point) = before * std::exp(-h);
    const double down = objective_at(point);
    parameter(point) = before;
    return (up - down) / (2.0 * h);
  };
  const double fine = slope(kStep);
  const double middle = slope(2.0 * kStep);
  const double coarse = slope(4.0 * kStep);
  const double once = (4.0 * fine - middle) / 3.0;
  return (16.0 * once - (4.0 * middle - coarse) / 3.0) / 15.0;
}

Gradient gradient_of(const Point& point) {
  Change change = point.change;
  if (!point.transport.classes.empty()) change.transport = &point.transport;
  const Equilibrium now = solve(point.economy, change, {.tolerance = 1e-14, .max_sweeps = 400});
  const Gradient gradient =
      Adjoint(point.economy, change, now).gradient(point.objective, {.tolerance = 1e-14, .max_sweeps = 300});
  EXPECT_LT(gradient.residual, 1e-11);
  return gradient;
}

double largest(const std::vector<Matrix>& matrices) {
  double value = 0.0;
  for (const Matrix& matrix : matrices)
    for (const double entry : matrix.values()) value = std::max(value, std::abs(entry));
  return value;
}

// A hundred random entries of a family of matrices, each above 1e-6 of the largest.
template <class Difference>
void expect_entries(const std::vector<Matrix>& exact, std::uint64_t seed, Difference difference) {
  Random random(seed, 3);
  const double scale = largest(exact);
  for (std::size_t compared = 0; compared < kEntries;) {
    const std::size_t s = random.next() % exact.size();
    const std::size_t k = random.next() % exact[s].values().size();
    const double value = exact[s].values()[k];
    if (std::abs(value) < 1e-6 * scale) continue;
    EXPECT_NEAR(difference(s, k) / value, 1.0, 1e-6) << s << ' ' << k;
    ++compared;
  }
}

void expect_icebergs(Point point) {
  expect_entries(gradient_of(point).iceberg, 1, [&](std::size_t s, std::size_t k) {
    return central_difference(point, [&](Point& p) -> double& { return p.change.iceberg[s].values()[k]; });
  });
}

TEST(Gradient, OfTimeAgreesWithCentralDifferencesUnderEveryClosure) {
  for (const DeficitClosure closure : {DeficitClosure::kFixed, DeficitClosure::kNationalBudget,
                                       DeficitClosure::kIncomeShare, DeficitClosure::kZero})
    expect_icebergs(random_point(kEverything, closure));
}

TEST(Gradient, HoldsWithoutARestOfTheWorld) {
  test::RandomCase random_case = kEverything;
  random_case.has_foreign = false;
  expect_icebergs(random_point(random_case, DeficitClosure::kIncomeShare));
  expect_icebergs(random_point(random_case, DeficitClosure::kNationalBudget));
}

TEST(Gradient, HoldsWherePeopleMove) {
  Point point = random_point(kEverything, DeficitClosure::kFixed);
  Random random(9, 0);
  point.change.mobility = Mobility{.taste_dispersion = 2.5, .congestion = 0.3};
  for (std::size_t n = 0; n < point.economy.regions; ++n)
    point.change.mobility->population.push_back(1000.0 * (0.5 + random.uniform()));
  expect_icebergs(point);
}

TEST(Gradient, OfFreightCostAndMoneyAgreesWithCentralDifferences) {
  Point point = random_point(kEverything, DeficitClosure::kFixed);
  const Gradient gradient = gradient_of(point);
  std::vector<Matrix> by_cost = gradient.cost;
  std::vector<Matrix> by_money = gradient.money;
  for (std::size_t m = 0; m < by_cost.size(); ++m) {
    const ClassTransport& freight = point.transport.classes[m];
    const Matrix worth = freight.earners->worth(freight.money, gradient.earner_value);
    for (std::size_t k = 0; k < by_cost[m].values().size(); ++k) {
      by_cost[m].values()[k] *= freight.cost.values()[k];  // per logarithm
      by_money[m].values()[k] *= freight.money.values()[k];
      by_money[m].values()[k] += gradient.received[m].values()[k] * worth.values()[k];  // the same earners
    }
  }
  expect_entries(by_cost, 2, [&](std::size_t m, std::size_t k) {
    return central_difference(point,
                              [&](Point& p) -> double& { return p.transport.classes[m].cost.values()[k]; });
  });
  expect_entries(by_money, 3, [&](std::size_t m, std::size_t k) {
    return central_difference(point,
                              [&](Point& p) -> double& { return p.transport.classes[m].money.values()[k]; });
  });
}

TEST(Gradient, OfTonnesAgreesWithCentralDifferences) {
  Point point = random_point(kEverything, DeficitClosure::kNationalBudget);
  Random random(17, 0);
  point.objective.welfare.clear();
  point.objective.tonnes.assign(2, Matrix(point.economy.regions, point.economy.regions));
  for (Matrix& weight : point.objective.tonnes)
    for (double& value : weight.values()) value = random.uniform() - 0.3;
  expect_icebergs(point);
}

// Where few pairs of many change, the kernel is read as shares and additions (weights.h); else, as a matrix.
TEST(Gradient, IsTheSameHoweverTheKernelIsStored) {
  constexpr std::size_t kRegions = 260, kPairs = kRegions * kRegions;
  const Economy economy = test::random_economy({.regions = kRegions, .sectors = 3, .seed = 4});
  Objective objective{.welfare = economy.income};
  Change few;
  few.iceberg.assign(3, Matrix(kRegions, kRegions, 1.0));
  for (std::size_t k = 7; k < kPairs; k += 20) few.iceberg[k % 3].values()[k] = k % 40 < 20 ? 0.9 : 1.1;
  Change many = few;  // changes of one part in 1e15 count as changes, and move nothing
  for (Matrix& iceberg : many.iceberg)
    for (double& factor : iceberg.values())
      if (factor == 1.0) factor = 1.0 + 1e-15;
  const auto gradient = [&](const Change& change) {
    const Equilibrium now = solve(economy, change, {.tolerance = 1e-14});
    return Adjoint(economy, change, now).gradient(objective, {.tolerance = 1e-14});
  };
  const Gradient by_additions = gradient(few);
  const Gradient by_matrix = gradient(many);
  const double scale = largest(by_matrix.iceberg);
  for (std::size_t s = 0; s < 3; ++s)
    for (std::size_t k = 0; k < kPairs; ++k)
      EXPECT_NEAR(by_additions.iceberg[s].values()[k], by_matrix.iceberg[s].values()[k], 1e-11 * scale);
}

TEST(Gradient, IsTheSameBytesForAnyNumberOfThreads) {
  const Economy economy =
      test::random_economy({.regions = 150, .sectors = 4, .seed = 2, .has_freight = true});
  const Transport transport = test::shaken(economy.transport, 9, 0.3);
  const Change change{.transport = &transport};
  std::vector<Gradient> results;
  for (const std::size_t threads : {1U, 2U, 5U}) {
    set_thread_count(threads);
    const Equilibrium now = solve(economy, change, {.tolerance = 1e-12});
    results.push_back(Adjoint(economy, change, now).gradient({.welfare = economy.income}));
  }
  set_thread_count(0);
  for (const Gradient& result : results) {
    EXPECT_EQ(result.iceberg, results[0].iceberg);
    EXPECT_EQ(result.cost, results[0].cost);
    EXPECT_EQ(result.money, results[0].money);
    EXPECT_EQ(result.productivity, results[0].productivity);
  }
}

TEST(Gradient, OfProductivityAgreesWithCentralDifferences) {
  Point point = random_point(kEverything, DeficitClosure::kFixed);
  expect_entries({gradient_of(point).productivity}, 4, [&](std::size_t, std::size_t k) {
    return central_difference(point, [&](Point& p) -> double& { return p.change.productivity.values()[k]; });
  });
}

}  // namespace
}  // namespace gerbang::trade
