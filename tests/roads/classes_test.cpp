#include <gtest/gtest.h>

#include "gerbang/roads/assign.h"
#include "tests/roads/checker.h"
#include "tests/roads/random_network.h"

namespace gerbang::roads {
namespace {

TEST(Classes, TwoIdenticalOnesAreOne) {
  const Problem one = random_problem({.seed = 4, .congestion = 3.0});
  Problem two = one;
  two.classes.assign(2, VehicleClass{});
  two.demand.clear();
  for (Demand row : one.demand) {
    row.volume *= 0.5;
    two.demand.push_back(row);
    row.vehicle_class = 1;
    two.demand.push_back(row);
  }
  const Assignment of_one = assign(one, {.gap = 1e-13});
  const Assignment of_two = assign(two, {.gap = 1e-13});
  EXPECT_NEAR(of_one.beckmann, of_two.beckmann, 1e-12 * of_one.beckmann);
  for (std::size_t a = 0; a < one.arcs.size(); ++a) EXPECT_NEAR(of_one.time[a], of_two.time[a], 1e-6);
}

//   0 ══ 1   equal roads, the second one tolled: the class that values its time pays
TEST(Classes, TheOneWithTheHigherValueOfTimePaysTheToll) {
  Problem problem;
  problem.node_count = 2;
  const Arc road{.from = 0, .to = 1, .free_time = 10.0, .capacity = 10.0, .alpha = 1.0, .beta = 1.0};
  problem.arcs = {road, road};
  problem.classes = {{.value_of_time = 1.0, .fixed_cost = {0.0, 8.0}},
                     {.pcu = 2.0, .value_of_time = 4.0, .fixed_cost = {0.0, 8.0}}};
  problem.demand = {{.origin = 0, .destination = 1, .vehicle_class = 0, .volume = 10.0},
                    {.origin = 0, .destination = 1, .vehicle_class = 1, .volume = 5.0}};
  const Assignment result = assign(problem, {.gap = 1e-13});
  // 20 pcu; the second class is indifferent at a difference of 2, the first one stays on the free road: 11
  // and 9 pcu.
  EXPECT_NEAR(result.volume[0], 11.0, 1e-9);
  EXPECT_NEAR(result.volume[1], 9.0, 1e-9);
  EXPECT_NEAR(result.class_volume(0, 1), 0.0, 1e-12);
  EXPECT_NEAR(result.class_volume(1, 1), 4.5, 1e-9);
  EXPECT_NEAR(check(problem, result).relative_gap, 0.0, 1e-13);
}

TEST(Classes, KeepOffRoadsThatAreBannedToThem) {
  Problem problem = random_problem({.seed = 9, .classes = 2, .congestion = 2.0});
  problem.classes[1].is_banned.assign(problem.arcs.size(), 0);
  for (std::size_t a = problem.node_count; a < problem.arcs.size(); a += 2)
    problem.classes[1].is_banned[a] = 1;
  const Assignment result = assign(problem, {.gap = 1e-12});
  ASSERT_TRUE(result.is_converged);
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
    if (problem.classes[1].is_banned[a] != 0) {
      EXPECT_EQ(result.class_volume(1, a), 0.0);
    }
  }
  EXPECT_LE(check(problem, result).relative_gap, 1.1e-12);
}

TEST(Classes, ReachOneObjectiveFromAnyStart) {
  const Problem problem = random_problem({.seed = 12, .classes = 3, .congestion = 3.0});
  const Assignment cold = assign(problem, {.gap = 1e-13});
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    Problem other = problem;  // the same roads with other numbers give another start
    for (std::size_t a = 0; a < other.arcs.size(); ++a) {
      other.arcs[a].free_time *= 0.5 + static_cast<double>((a * 7 + seed * 13) % 10) / 10.0;
    }
    const Assignment start = assign(other, {.gap = 1e-3});
    const Assignment warm = assign(problem, {.gap = 1e-13}, &start);
    EXPECT_NEAR(warm.beckmann, cold.beckmann, 1e-11 * cold.beckmann) << seed;
  }
}

}  // namespace
}  // namespace gerbang::roads
