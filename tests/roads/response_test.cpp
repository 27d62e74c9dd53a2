// How an equilibrium answers, against central differences of the solver itself on random congested networks.
#include "gerbang/roads/response.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "gerbang/base/random.h"
#include "gerbang/roads/skim.h"
#include "tests/roads/random_network.h"

namespace gerbang::roads {
namespace {

constexpr std::size_t kEntries = 100;

// A sum of costs, and of the means of an attribute, of trips between some places.
struct Sum {
  std::vector<ClassPlaces> places;
  std::vector<Matrix> weight;  // by class, of costs
  std::vector<double> attribute;
  Matrix attribute_weight;  // of class 0; empty: none

  [[nodiscard]] std::vector<ClassSlopes> slopes() const {
    std::vector<ClassSlopes> slopes;
    for (const Matrix& of_class : weight) slopes.push_back({of_class, {}});
    if (!attribute_weight.values().empty()) slopes[0].met.push_back({attribute, attribute_weight});
    return slopes;
  }
};

Assignment solved(const Problem& problem) {
  return assign(problem, {.gap = 1e-15, .max_iterations = 300});
}

double value(const Problem& problem, const Sum& sum) {
  const Assignment assignment = solved(problem);
  double total = 0.0;
  const auto add = [&](const Matrix& weight, const Matrix& of_trips) {
    for (std::size_t k = 0; k < weight.values().size(); ++k)
      if (weight.values()[k] != 0.0) total += weight.values()[k] * of_trips.values()[k];
  };
  for (std::uint32_t m = 0; m < problem.classes.size(); ++m) {
    const std::vector<std::uint32_t>& nodes = sum.places[m].nodes;
    const Skims skims = skim(problem, assignment, {m, nodes, nodes, {sum.attribute}});
    add(sum.weight[m], skims.cost);
    if (m == 0 && !sum.attribute_weight.values().empty()) add(sum.attribute_weight, skims.attributes[0]);
  }
  return total;
}

Sum random_sum(const Problem& problem, std::size_t places) {
  Random random(3, 4);
  Sum sum;
  for (std::size_t m = 0; m < problem.classes.size(); ++m) {
    ClassPlaces& of_class = sum.places.emplace_back();
    for (std::size_t k = 0; k < places; ++k)
      of_class.nodes.push_back(static_cast<std::uint32_t>((7 * k + m) % problem.node_count));
    Matrix& weight = sum.weight.emplace_back(places, places);
    for (double& entry : weight.values()) entry = random.uniform();
  }
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) sum.attribute.push_back(random.uniform());
  return sum;
}

// Where the used routes stay the same on both sides the central difference is the derivative; elsewhere the
// one-sided ones bracket it.
// Says whether it was smooth.
bool expect_derivative(double exact, Problem& problem, const Sum& sum, double& parameter, double step,
                       double scale) {
  const double before = parameter;
  const double here = value(problem, sum);
  const auto moved = [&](double by) {
    parameter = before + by;
    const double result = value(problem, sum);
    parameter = before;
    return result;
  };
  const auto central = [&](double h) { return (moved(h) - moved(-h)) / (2.0 * h); };
  const double fine = central(step), coarse = central(2.0 * step);
  const double tolerance = 1e-6 * std::abs(exact) + 1e-9 * scale;
  const bool is_smooth = std::abs(fine - coarse) < 1e-4 * std::abs(fine);
  if (is_smooth) {
    EXPECT_NEAR((4.0 * fine - coarse) / 3.0, exact, tolerance);
  } else {
    const double left = (here - moved(-step)) / step, right = (moved(step) - here) / step;
    EXPECT_GE(exact, std::min(left, right) - tolerance - 1e-3 * std::abs(exact));
    EXPECT_LE(exact, std::max(left, right) + tolerance + 1e-3 * std::abs(exact));
  }
  return is_smooth;
}

void expect_costs_and_volumes(Problem problem, const Sum& sum) {
  const Response response(problem, solved(problem), sum.places);
  EXPECT_GT(response.choices(), 3U);
  const Response::Slopes slopes = response.slopes(sum.slopes());
  double cost_scale = 0.0, volume_scale = 0.0;
  for (const double slope : slopes.cost.values()) cost_scale = std::max(cost_scale, std::abs(slope));
  for (const double slope : slopes.volume) volume_scale = std::max(volume_scale, std::abs(slope));
  Random random(1, 9);
  for (VehicleClass& vehicles : problem.classes) vehicles.fixed_cost.resize(problem.arcs.size());
  std::size_t costs = 0, volumes = 0, smooth = 0;
  while (costs < kEntries) {
    const std::size_t m = random.next() % problem.classes.size(), a = random.next() % problem.arcs.size();
    if (std::abs(slopes.cost(m, a)) < 1e-6 * cost_scale && random.uniform() < 0.9) continue;
    problem.classes[m].fixed_cost[a] += 0.01;  // so that it can move both ways
    Problem there = problem;
    const Response::Slopes at = Response(there, solved(there), sum.places).slopes(sum.slopes());
    smooth += expect_derivative(at.cost(m, a) / there.classes[m].value_of_time, there, sum,
                                there.classes[m].fixed_cost[a], 1e-3 * there.classes[m].value_of_time,
                                cost_scale / there.classes[m].value_of_time);
    ++costs;
  }
  while (volumes < kEntries / 2) {
    const std::size_t a = random.next() % problem.arcs.size();
    if (std::abs(slopes.volume[a]) < 1e-6 * volume_scale) continue;
    Problem there = problem;
    there.arcs[a].background += 1.0;
    const Response::Slopes at = Response(there, solved(there), sum.places).slopes(sum.slopes());
    smooth += expect_derivative(at.volume[a], there, sum, there.arcs[a].background, 0.05, volume_scale);
    ++volumes;
  }
  EXPECT_GT(smooth, kEntries);
}

TEST(Response, OfCostsAgreesWithCentralDifferencesOnCongestedNetworksOfSeveralClasses) {
  for (const double congestion : {1.0, 3.0}) {
    const Problem problem = random_problem(
        {.seed = 11, .nodes = 16, .arcs = 60, .classes = 2, .pairs = 60, .congestion = congestion});
    expect_costs_and_volumes(problem, random_sum(problem, 6));
  }
}

TEST(Response, OfWhatTripsMeetAgreesWithCentralDifferences) {
  Problem problem =
      random_problem({.seed = 5, .nodes = 14, .arcs = 56, .classes = 1, .pairs = 60, .congestion = 4.0});
  for (Demand& demand : problem.demand) demand.origin = 0;  // one origin: its shifts are unique
  Sum sum = random_sum(problem, 5);
  sum.attribute_weight = sum.weight[0];
  for (std::size_t row = 1; row < 5; ++row)
    for (std::size_t column = 0; column < 5; ++column) sum.attribute_weight(row, column) = 0.0;
  expect_costs_and_volumes(problem, sum);
}

TEST(Response, LoadsAreTheTransposeOfMeans) {
  const Problem problem = random_problem({.seed = 4, .nodes = 16, .arcs = 60, .congestion = 3.0});
  const Sum sum = random_sum(problem, 6);
  const Response response(problem, solved(problem), sum.places);
  const Matrix means = response.means(0, sum.attribute);
  const std::vector<double> loads = response.loads(0, sum.weight[0]);
  double by_trips = 0.0, by_arcs = 0.0;
  for (std::size_t k = 0; k < means.values().size(); ++k)
    by_trips += means.values()[k] * sum.weight[0].values()[k];
  for (std::size_t a = 0; a < loads.size(); ++a) by_arcs += loads[a] * sum.attribute[a];
  EXPECT_NEAR(by_trips / by_arcs, 1.0, 1e-12);
}

}  // namespace
}  // namespace gerbang::roads
