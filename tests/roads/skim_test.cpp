#include "gerbang/roads/skim.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "gerbang/base/error.h"
#include "tests/roads/random_network.h"

namespace gerbang::roads {
namespace {

std::vector<std::uint32_t> all_nodes(const Problem& problem) {
  std::vector<std::uint32_t> nodes(problem.node_count);
  std::iota(nodes.begin(), nodes.end(), 0U);
  return nodes;
}

//   0 ══ 1 ── 2   roads of 30 and 50 km with equal flows, then one of 7 km
TEST(Skim, AveragesOverTheUsedRoutesByTheirFlow) {
  Problem problem;
  problem.node_count = 4;
  problem.arcs = {{.from = 0, .to = 1, .free_time = 10.0, .capacity = 10.0, .alpha = 1.0, .beta = 1.0},
                  {.from = 0, .to = 1, .free_time = 20.0, .capacity = 40.0, .alpha = 1.0, .beta = 1.0},
                  {.from = 1, .to = 2, .free_time = 5.0, .alpha = 0.0}};
  problem.demand = {{.origin = 0, .destination = 1, .volume = 40.0}};
  const Assignment result = assign(problem, {.gap = 1e-13});
  const std::vector<double> length = {30.0, 50.0, 7.0};
  const Skims skims =
      skim(problem, result,
           {.origins = {0, 1}, .destinations = {0, 1, 2, 3}, .attributes = {length, result.time}});
  EXPECT_NEAR(skims.cost(0, 1), 30.0, 1e-9);
  EXPECT_NEAR(skims.cost(0, 2), 35.0, 1e-9);
  EXPECT_EQ(skims.cost(0, 0), 0.0);
  EXPECT_EQ(skims.cost(0, 3), std::numeric_limits<double>::infinity());
  EXPECT_NEAR(skims.attributes[0](0, 1), 40.0, 1e-9);
  EXPECT_NEAR(skims.attributes[0](0, 2), 47.0,
              1e-9);  // no trips go there, but those to 1 share its first leg
  EXPECT_NEAR(skims.attributes[0](1, 2), 7.0, 1e-12);  // from a node without trips
  EXPECT_EQ(skims.attributes[0](1, 0), std::numeric_limits<double>::infinity());
  EXPECT_NEAR(skims.attributes[1](0, 1), 30.0, 1e-9);
}

TEST(Skim, TimeAndFixedCostAddUpToTheLeastCostAtEquilibrium) {
  const Problem problem = random_problem({.seed = 3, .classes = 3, .congestion = 3.0});
  const Assignment result = assign(problem, {.gap = 1e-14});
  for (std::uint32_t m = 0; m < 3; ++m) {
    std::vector<double> fixed(problem.arcs.size(), 0.0);
    for (std::size_t a = 0; a < problem.classes[m].fixed_cost.size(); ++a) {
      fixed[a] = problem.classes[m].fixed_cost[a] / problem.classes[m].value_of_time;
    }
    const Skims skims = skim(problem, result,
                             {.vehicle_class = m,
                              .origins = all_nodes(problem),
                              .destinations = all_nodes(problem),
                              .attributes = {result.time, fixed}});
    for (std::size_t o = 0; o < problem.node_count; ++o) {
      for (std::size_t d = 0; d < problem.node_count; ++d) {
        EXPECT_NEAR(skims.attributes[0](o, d) + skims.attributes[1](o, d), skims.cost(o, d), 1e-5);
      }
    }
  }
}

TEST(Skim, WeightedWithTheDemandIsTheTotalOfTheNetwork) {
  const Problem problem = random_problem({.seed = 5, .congestion = 4.0});
  const Assignment result = assign(problem, {.gap = 1e-12});
  std::vector<double> length(problem.arcs.size());
  for (std::size_t a = 0; a < length.size(); ++a) length[a] = 1.0 + static_cast<double>(a % 10);
  const Skims skims =
      skim(problem, result,
           {.origins = all_nodes(problem), .destinations = all_nodes(problem), .attributes = {length}});
  double by_trip = 0.0;
  for (const Demand& row : problem.demand)
    by_trip += row.volume * skims.attributes[0](row.origin, row.destination);
  double by_arc = 0.0;
  for (std::size_t a = 0; a < length.size(); ++a) by_arc += length[a] * result.class_volume(0, a);
  EXPECT_NEAR(by_trip, by_arc, 1e-10 * by_arc);
}

TEST(Skim, RefusesUnknownNodesAndAttributesOfAnotherLength) {
  const Problem problem = random_problem({});
  const Assignment result = assign(problem);
  const std::vector<double> wrong = {1.0};
  EXPECT_THROW((void)skim(problem, result, {.origins = {999}, .destinations = {0}}), InputError);
  EXPECT_THROW((void)skim(problem, result, {.origins = {0}, .destinations = {0}, .attributes = {wrong}}),
               InputError);
}

}  // namespace
}  // namespace gerbang::roads
