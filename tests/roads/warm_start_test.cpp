#include <gtest/gtest.h>

#include <utility>

#include "gerbang/base/error.h"
#include "gerbang/roads/assign.h"
#include "tests/roads/checker.h"
#include "tests/roads/random_network.h"

namespace gerbang::roads {
namespace {

Problem base_problem() {
  return random_problem(
      {.seed = 21, .nodes = 60, .arcs = 300, .classes = 2, .pairs = 600, .congestion = 2.0});
}

// The warm answer has to be that of a cold solve, whatever changed.
void expect_same_answer(const Problem& changed, const Assignment& before) {
  const Assignment cold = assign(changed, {.gap = 1e-12});
  const Assignment warm = assign(changed, {.gap = 1e-12}, &before);
  EXPECT_TRUE(warm.is_converged);
  EXPECT_NEAR(warm.beckmann, cold.beckmann, 1e-11 * cold.beckmann);
  EXPECT_EQ(warm.not_connected, cold.not_connected);
  const Checked checked = check(changed, warm);
  EXPECT_LE(checked.relative_gap, 1.1e-12);
  EXPECT_LE(checked.imbalance, 1e-13);
}

TEST(WarmStart, GivesTheAnswerOfAColdOneAfterMoreDemand) {
  Problem problem = base_problem();
  const Assignment before = assign(problem, {.gap = 1e-12});
  for (Demand& row : problem.demand) row.volume *= 1.1;
  expect_same_answer(problem, before);
}

TEST(WarmStart, TakesNothingFromAnAssignmentThatAnotherHolds) {
  Problem problem = base_problem();
  Assignment before = assign(problem, {.gap = 1e-12});
  for (Demand& row : problem.demand) row.volume *= 1.1;
  const Assignment copied = assign(problem, {.gap = 1e-12}, &before);
  const Assignment kept = before;  // the same bushes
  const Assignment shared = assign(problem, {.gap = 1e-12}, std::move(before));
  EXPECT_EQ(shared.volume, copied.volume);
  EXPECT_EQ(assign(problem, {.gap = 1e-12}, &kept).volume, copied.volume);

  Assignment alone = assign(base_problem(), {.gap = 1e-12});
  EXPECT_EQ(assign(problem, {.gap = 1e-12}, std::move(alone)).volume, copied.volume);
}

TEST(WarmStart, NeedsNoIterationToSpeakOfWhenNothingChanged) {
  const Problem problem = base_problem();
  const Assignment before = assign(problem, {.gap = 1e-12});
  const Assignment warm = assign(problem, {.gap = 1e-12}, &before);
  EXPECT_LE(warm.iterations, 1U);
  EXPECT_NEAR(warm.beckmann, before.beckmann, 1e-12 * before.beckmann);
}

TEST(WarmStart, GivesTheAnswerOfAColdOneAfterAnyArcCloses) {
  Problem problem = base_problem();
  const Assignment before = assign(problem, {.gap = 1e-12});
  for (std::size_t a = 0; a < problem.arcs.size(); a += 7) {
    problem.arcs[a].is_closed = true;
    expect_same_answer(problem, before);
    problem.arcs[a].is_closed = false;
  }
}

TEST(WarmStart, GivesTheAnswerOfAColdOneAfterAnArcOpens) {
  Problem problem = base_problem();
  for (const std::size_t a : {0, 1, 30, 100}) problem.arcs[a].is_closed = true;
  const Assignment before = assign(problem, {.gap = 1e-12});
  for (const std::size_t a : {0, 1, 30, 100}) problem.arcs[a].is_closed = false;
  expect_same_answer(problem, before);
}

TEST(WarmStart, FindsNewWaysToNodesThatHadNone) {
  Problem problem = base_problem();
  for (Arc& arc : problem.arcs) arc.is_closed = arc.to == 5;
  const Assignment before = assign(problem, {.gap = 1e-12});
  EXPECT_FALSE(before.not_connected.empty());
  for (Arc& arc : problem.arcs) arc.is_closed = false;
  expect_same_answer(problem, before);
}

TEST(WarmStart, GivesTheAnswerOfAColdOneAfterCapacityAndDemandChangePlaces) {
  Problem problem = base_problem();
  const Assignment before = assign(problem, {.gap = 1e-12});
  for (std::size_t a = 0; a < problem.arcs.size(); a += 5) problem.arcs[a].capacity *= 2.0;
  std::erase_if(problem.demand, [](const Demand& row) { return row.origin % 4 == 0; });
  problem.demand.push_back({.origin = 8, .destination = 3, .volume = 33.0});
  expect_same_answer(problem, before);
}

TEST(WarmStart, RefusesASolutionOfOtherArcs) {
  const Assignment before = assign(base_problem());
  Problem other = base_problem();
  other.arcs.pop_back();
  EXPECT_THROW((void)assign(other, {}, &before), InputError);
}

}  // namespace
}  // namespace gerbang::roads
