// Second derivatives of the costs of chains against central differences, every leg of a small network with
// rival services, ports of two terminals and chains of up to three services.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "gerbang/base/random.h"
#include "gerbang/chains/chains.h"

namespace gerbang::chains {
namespace {

constexpr std::size_t kRegions = 4, kTerminals = 6;

Matrix random_matrix(Random& random, std::size_t rows, std::size_t columns, double low, double high) {
  Matrix matrix(rows, columns);
  for (double& value : matrix.values()) value = low + (high - low) * random.uniform();
  return matrix;
}

Problem random_problem() {
  Random random(5, 1);
  Problem problem;
  problem.road = random_matrix(random, kRegions, kRegions, 0.5, 1.5);
  problem.road(0, 3) = problem.road(3, 0) = std::numeric_limits<double>::infinity();
  problem.access = random_matrix(random, kRegions, kTerminals, 0.05, 0.5);
  problem.egress = random_matrix(random, kTerminals, kRegions, 0.05, 0.5);
  problem.access(2, 1) = std::numeric_limits<double>::infinity();
  problem.cluster = {0, 0, 1, 2, 3, 3};
  for (std::size_t t = 0; t < kTerminals; ++t) problem.handling.push_back(0.05 + 0.1 * random.uniform());
  for (std::size_t d = 0; d < 24; ++d) {
    const std::size_t from = random.next() % kTerminals;
    const std::size_t to = (from + 1 + random.next() % 2) % kTerminals;
    problem.departures.push_back({from, to, 0.5 + 3.0 * random.uniform(), 0.2 + 0.05 * random.uniform()});
  }
  problem.week_value = 0.2;
  problem.dispersion = 5.0;
  return problem;
}

// A sum over pairs: of costs, and of what is met twice.
struct Sum {
  Matrix weight, pairs, other_pairs;
  LegValues values, other_values;

  [[nodiscard]] std::vector<Counted> terms() const { return {{pairs, values}, {other_pairs, other_values}}; }
  [[nodiscard]] double at(const Problem& problem) const {
    const Chains chains(problem);
    double sum = 0.0;
    for (std::size_t k = 0; k < weight.values().size(); ++k)
      sum += weight.values()[k] * chains.cost().values()[k];
    for (const Counted& term : terms()) {
      const Matrix met = chains.expected(term.values);
      for (std::size_t k = 0; k < met.values().size(); ++k) sum += term.pairs.values()[k] * met.values()[k];
    }
    return sum;
  }
};

Sum random_sum(const Problem& problem) {
  Random random(8, 2);
  const auto pairs = [&] { return random_matrix(random, kRegions, kRegions, -1.0, 2.0); };
  const auto values = [&] {
    LegValues of_legs{random_matrix(random, kRegions, kRegions, -1.0, 1.0),
                      random_matrix(random, kRegions, kTerminals, -1.0, 1.0),
                      random_matrix(random, kTerminals, kRegions, -1.0, 1.0),
                      {},
                      {}};
    of_legs.handling.resize(kTerminals);
    of_legs.departure.resize(problem.departures.size());
    for (double& value : of_legs.handling) value = random.uniform() - 0.5;
    for (double& value : of_legs.departure) value = random.uniform() - 0.5;
    return of_legs;
  };
  Sum sum{pairs(), pairs(), pairs(), values(), {}};
  sum.other_values.handling.assign(kTerminals, 0.3);  // the rest left empty: zero
  return sum;
}

double central_difference(const Sum& sum, Problem& problem, double& parameter) {
  const auto slope = [&](double h) {
    const double before = parameter;
    parameter = before + h;
    const double up = sum.at(problem);
    parameter = before - h;
    const double down = sum.at(problem);
    parameter = before;
    return (up - down) / (2.0 * h);
  };
  constexpr double kStep = 2e-4;
  return (4.0 * slope(kStep) - slope(2.0 * kStep)) / 3.0;
}

TEST(Slopes, OfEveryLegAgreeWithCentralDifferences) {
  Problem problem = random_problem();
  const Sum sum = random_sum(problem);
  const Slopes slopes = Chains(problem).slopes(sum.weight, sum.terms());
  const auto expect_same = [&](double exact, double& parameter, const char* leg, std::size_t index) {
    if (!std::isfinite(parameter)) return;
    EXPECT_NEAR(exact, central_difference(sum, problem, parameter), 1e-8 + 1e-7 * std::abs(exact))
        << leg << ' ' << index;
  };
  const auto expect_all = [&](const Matrix& exact, Matrix& parameters, const char* leg) {
    for (std::size_t k = 0; k < exact.values().size(); ++k)
      expect_same(exact.values()[k], parameters.values()[k], leg, k);
  };
  expect_all(slopes.cost.road, problem.road, "road");
  expect_all(slopes.cost.access, problem.access, "access");
  expect_all(slopes.cost.egress, problem.egress, "egress");
  for (std::size_t t = 0; t < kTerminals; ++t)
    expect_same(slopes.cost.handling[t], problem.handling[t], "handling", t);
  for (std::size_t d = 0; d < problem.departures.size(); ++d) {
    expect_same(slopes.cost.departure[d], problem.departures[d].cost, "departure", d);
    expect_same(slopes.sailing[d], problem.departures[d].per_week, "sailing", d);
  }
}

TEST(Slopes, AreUseWhereOnlyCostsAreSummed) {
  const Problem problem = random_problem();
  const Sum sum = random_sum(problem);
  const Chains chains(problem);
  const LegValues use = chains.use(sum.weight);
  const Slopes slopes = chains.slopes(sum.weight, {});
  for (std::size_t t = 0; t < kTerminals; ++t) EXPECT_DOUBLE_EQ(slopes.cost.handling[t], use.handling[t]);
  for (std::size_t d = 0; d < problem.departures.size(); ++d)
    EXPECT_LE(slopes.sailing[d] * use.departure[d], 0.0);
}

}  // namespace
}  // namespace gerbang::chains
