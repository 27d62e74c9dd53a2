#include "gerbang/roads/assign.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"
#include "tests/roads/checker.h"
#include "tests/roads/random_network.h"

namespace gerbang::roads {
namespace {

//   0 ══ 1   two roads: 10 + x and 20 + y/2
Problem two_roads(double trips) {
  Problem problem;
  problem.node_count = 2;
  problem.arcs = {{.from = 0, .to = 1, .free_time = 10.0, .capacity = 10.0, .alpha = 1.0, .beta = 1.0},
                  {.from = 0, .to = 1, .free_time = 20.0, .capacity = 40.0, .alpha = 1.0, .beta = 1.0}};
  problem.demand = {{.origin = 0, .destination = 1, .volume = trips}};
  return problem;
}

TEST(Assign, SolvesTwoParallelRoadsAsByHand) {
  const Assignment result = assign(two_roads(40.0), {.gap = 1e-13});
  EXPECT_TRUE(result.is_converged);
  EXPECT_NEAR(result.volume[0], 20.0, 1e-10);  // 10 + x = 20 + (40 − x)/2
  EXPECT_NEAR(result.volume[1], 20.0, 1e-10);
  EXPECT_NEAR(result.time[0], 30.0, 1e-10);
  EXPECT_NEAR(result.beckmann, 900.0, 1e-9);
  EXPECT_NEAR(result.total_travel_time, 1200.0, 1e-9);
}

TEST(Assign, LeavesTheLongRoadEmptyWhileTheShortOneIsFaster) {
  const Assignment result = assign(two_roads(5.0), {.gap = 1e-13});
  EXPECT_DOUBLE_EQ(result.volume[0], 5.0);
  EXPECT_DOUBLE_EQ(result.volume[1], 0.0);
}

TEST(Assign, SystemOptimumEqualisesMarginalCosts) {
  const Assignment result = assign(two_roads(40.0), {.gap = 1e-13, .objective = Objective::kSystemOptimum});
  EXPECT_NEAR(result.volume[0], 50.0 / 3.0, 1e-9);  // 10 + 2x = 20 + (40 − x)
  const Assignment equilibrium = assign(two_roads(40.0), {.gap = 1e-13});
  EXPECT_LT(result.total_travel_time, equilibrium.total_travel_time);
}

//      1
//    ↗   ↘        0→1 and 2→3: 10 x;  0→2 and 1→3: 50 + x;  1→2: 10 + x  (Braess 1968)
//   0  ↓   3      6 trips: without 1→2 each takes 83, with it 92
//    ↘   ↗
//      2
Problem braess(bool has_bridge) {
  Problem problem;
  problem.node_count = 4;
  const auto linear = [](std::uint32_t from, std::uint32_t to, double free, double slope) {
    return Arc{
        .from = from, .to = to, .free_time = free, .capacity = free / slope, .alpha = 1.0, .beta = 1.0};
  };
  constexpr double kAlmostNone = 1e-9;  // a road of time 10 x has no free time to multiply
  problem.arcs = {linear(0, 1, kAlmostNone, 10.0), linear(2, 3, kAlmostNone, 10.0), linear(0, 2, 50.0, 1.0),
                  linear(1, 3, 50.0, 1.0), linear(1, 2, 10.0, 1.0)};
  problem.arcs.back().is_closed = !has_bridge;
  problem.demand = {{.origin = 0, .destination = 3, .volume = 6.0}};
  return problem;
}

TEST(Assign, ShowsBraessParadox) {
  EXPECT_NEAR(assign(braess(false), {.gap = 1e-13}).total_travel_time, 6.0 * 83.0, 1e-6);
  EXPECT_NEAR(assign(braess(true), {.gap = 1e-13}).total_travel_time, 6.0 * 92.0, 1e-6);
}

TEST(Assign, SurvivesFreeRoadsConstantTimesDuplicatesAndLoops) {
  Problem problem = two_roads(40.0);
  problem.node_count = 6;  // nodes 3 and 4 have no road
  problem.arcs.push_back({.from = 1, .to = 2, .free_time = 0.0, .capacity = 0.0});
  problem.arcs.push_back({.from = 2, .to = 1, .free_time = 0.0, .capacity = 0.0});
  problem.arcs.push_back({.from = 1, .to = 1, .free_time = 1.0});
  problem.arcs.push_back({.from = 2, .to = 5, .free_time = 3.0, .capacity = 1.0, .alpha = 1.0, .beta = 0.0});
  problem.arcs.push_back({.from = 2, .to = 5, .free_time = 6.0, .capacity = 0.0, .alpha = 0.0});
  problem.demand = {{.origin = 0, .destination = 5, .volume = 40.0},
                    {.origin = 5, .destination = 5, .volume = 9.0}};
  const Assignment result = assign(problem, {.gap = 1e-13});
  EXPECT_TRUE(result.is_converged);
  EXPECT_NEAR(result.volume[0], 20.0, 1e-9);
  EXPECT_DOUBLE_EQ(result.volume[2], 40.0);
  EXPECT_DOUBLE_EQ(result.volume[4], 0.0);
  EXPECT_DOUBLE_EQ(result.volume[5] + result.volume[6], 40.0);  // both take 6
}

TEST(Assign, NamesWhatIsNotConnectedAndAssignsTheRest) {
  Problem problem = two_roads(40.0);
  problem.node_count = 3;
  problem.demand.push_back({.origin = 0, .destination = 2, .volume = 7.0});
  problem.demand.push_back({.origin = 2, .destination = 0, .volume = 7.0});
  const Assignment result = assign(problem, {.gap = 1e-13});
  EXPECT_TRUE(result.is_converged);
  EXPECT_EQ(result.not_connected, (std::vector<std::size_t>{1, 2}));
  EXPECT_NEAR(result.volume[0], 20.0, 1e-10);
}

TEST(Assign, SolvesAProblemWithoutDemandOrRoads) {
  Problem problem = two_roads(0.0);
  EXPECT_TRUE(assign(problem).is_converged);
  problem.demand.clear();
  problem.arcs.clear();
  const Assignment result = assign(problem);
  EXPECT_TRUE(result.is_converged);
  EXPECT_EQ(result.beckmann, 0.0);
}

TEST(Assign, CountsBackgroundTrafficInTimesButNotInTotals) {
  Problem problem = two_roads(40.0);
  problem.arcs[0].background = 6.0;  // 16 + x = 20 + (40 − x)/2
  const Assignment result = assign(problem, {.gap = 1e-13});
  EXPECT_NEAR(result.class_volume(0, 0), 16.0, 1e-9);
  EXPECT_NEAR(result.volume[0], 22.0, 1e-9);
  EXPECT_NEAR(result.total_travel_time, 40.0 * 32.0, 1e-7);
}

TEST(Assign, MeetsTheGapOnRandomNetworksByAnIndependentCheck) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Problem problem = random_problem(
        {.seed = seed, .classes = 1 + seed % 4, .congestion = 0.5 * static_cast<double>(seed)});
    const Assignment result = assign(problem, {.gap = 1e-11});
    EXPECT_TRUE(result.is_converged) << seed;
    const Checked checked = check(problem, result);
    EXPECT_LE(checked.relative_gap, 1.1e-11) << seed;
    EXPECT_GE(checked.relative_gap, -1e-15) << seed;
    EXPECT_NEAR(checked.beckmann, result.beckmann, 1e-13 * checked.beckmann) << seed;
    EXPECT_NEAR(checked.total_travel_time, result.total_travel_time, 1e-13 * checked.total_travel_time)
        << seed;
    EXPECT_LE(checked.imbalance, 1e-14) << seed;
  }
}

TEST(Assign, GivesTheSameBytesForAnyNumberOfThreads) {
  const Problem problem =
      random_problem({.nodes = 300, .arcs = 1200, .classes = 2, .pairs = 5000, .congestion = 0.2});
  set_thread_count(1);
  const Assignment one = assign(problem, {.gap = 1e-9});
  for (const std::size_t threads : {2, 3, 8}) {
    set_thread_count(threads);
    const Assignment many = assign(problem, {.gap = 1e-9});
    EXPECT_EQ(one.volume, many.volume) << threads;
    EXPECT_EQ(one.class_volume, many.class_volume) << threads;
    EXPECT_EQ(one.relative_gap, many.relative_gap) << threads;
  }
  set_thread_count(0);
}

TEST(Assign, SaysWhenIterationsRunOut) {
  const Assignment result = assign(random_problem({.congestion = 5.0}), {.gap = 1e-14, .max_iterations = 1});
  EXPECT_FALSE(result.is_converged);
  EXPECT_GT(result.relative_gap, 1e-14);
  EXPECT_EQ(result.iterations, 1U);
}

TEST(Assign, RefusesWhatIsNoProblemAndNamesEveryFault) {
  Problem problem = two_roads(40.0);
  problem.arcs[0].free_time = -1.0;
  problem.arcs[1].to = 9;
  problem.demand[0].volume = std::numeric_limits<double>::quiet_NaN();
  problem.classes[0].value_of_time = 0.0;
  try {
    (void)assign(problem);
    FAIL() << "no InputError";
  } catch (const InputError& error) {
    EXPECT_EQ(error.faults().size(), 4U) << error.what();
  }
  problem = two_roads(40.0);
  problem.arcs[0].capacity = 0.0;
  EXPECT_THROW((void)assign(problem), InputError);
}

}  // namespace
}  // namespace gerbang::roads
