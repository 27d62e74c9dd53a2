// Published equilibria: objectives, flows, and Sioux Falls with links closed.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "gerbang/roads/assign.h"
#include "tests/roads/checker.h"
#include "tests/roads/shared_networks.h"

namespace gerbang::roads {
namespace {

class Published : public testing::TestWithParam<SharedNetwork> {
 protected:
  void SetUp() override {
    roads_ = load(GetParam());
    if (!roads_) GTEST_SKIP() << "the shared data is not at hand";
  }
  std::optional<app::RoadNetwork> roads_;
};

TEST_P(Published, ObjectiveIsMetToTwelveDigits) {
  const Problem& problem = roads_->problem;
  const Assignment result = assign(problem, {.gap = 1e-12});
  EXPECT_TRUE(result.is_converged);
  EXPECT_NEAR(result.beckmann, GetParam().beckmann, 1e-12 * GetParam().beckmann);
  const Checked checked = check(problem, result);
  EXPECT_LE(checked.relative_gap, 1.1e-12);
  EXPECT_GE(checked.relative_gap, -1e-15);
  EXPECT_NEAR(checked.beckmann, result.beckmann, 1e-14 * result.beckmann);
  EXPECT_LE(checked.imbalance, 1e-14);
  EXPECT_TRUE(result.not_connected.empty());
}

// Flows are unique where the time rises with the volume; costs are so everywhere.
TEST_P(Published, FlowsAreMetWhereTheyAreUnique) {
  std::string file = shared_path("networks/" + GetParam().net);
  file.replace(file.find("_net.tntp"), 9, "_flow.tntp");
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "no published flows for this network";
  const Problem& problem = roads_->problem;
  const Assignment result = assign(problem, {.gap = 1e-13});
  std::ifstream input(file);
  std::string line;
  std::getline(input, line);
  std::size_t a = 0;
  std::size_t compared = 0;
  for (; std::getline(input, line); ++a) {
    std::istringstream row(line);
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    double volume = 0.0;
    if (!(row >> from >> to >> volume)) break;
    ASSERT_LT(a, problem.arcs.size());
    const Arc& arc = problem.arcs[a];
    ASSERT_EQ(roads_->node_number[arc.from], from);
    ASSERT_EQ(roads_->node_number[arc.to], to);
    const double slope = arc.free_time * arc.alpha * arc.beta;
    if (slope == 0.0 || volume == 0.0) continue;
    EXPECT_NEAR(result.volume[a], volume, 1e-4 * std::max(1.0, volume)) << from << " → " << to;
    ++compared;
  }
  EXPECT_EQ(a, problem.arcs.size());
  EXPECT_GT(compared, problem.arcs.size() / 4);
}

INSTANTIATE_TEST_SUITE_P(Networks, Published, testing::ValuesIn(shared_networks()),
                         [](const auto& test) { return test.param.name; });

struct Closure {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double total_travel_time = 0.0;
};

// Rows of a table of closures; the column of the total travel time counts from 0.
std::vector<Closure> read_closures(const std::string& file, std::size_t time_column) {
  std::ifstream input(shared_path("resilience/" + file));
  std::vector<Closure> closures;
  for (std::string line; std::getline(input, line);) {
    if (line.empty() || line[0] == '#' || std::isalpha(line[0]) != 0) continue;
    std::istringstream row(line);
    std::vector<double> cells;
    for (std::string cell; std::getline(row, cell, ',');) cells.push_back(std::stod(cell));
    closures.push_back(
        {static_cast<std::uint32_t>(cells[0]), static_cast<std::uint32_t>(cells[1]), cells[time_column]});
  }
  return closures;
}

struct ClosureCase {
  const char* file;
  std::size_t time_column;
  bool is_both_ways;
  std::size_t count;
};

void expect_closures(const ClosureCase& expected) {
  const auto roads = load(shared_network("SiouxFalls"));
  if (!roads) GTEST_SKIP() << "the shared data is not at hand";
  const Assignment base = assign(roads->problem, {.gap = 1e-12});
  const std::vector<Closure> closures = read_closures(expected.file, expected.time_column);
  EXPECT_EQ(closures.size(), expected.count);
  for (const Closure& closure : closures) {
    Problem problem = roads->problem;
    for (Arc& arc : problem.arcs) {
      const std::uint32_t from = roads->node_number[arc.from];
      const std::uint32_t to = roads->node_number[arc.to];
      arc.is_closed = (from == closure.from && to == closure.to) ||
                      (expected.is_both_ways && from == closure.to && to == closure.from);
    }
    const Assignment result = assign(problem, {.gap = 1e-12}, &base);
    // The published gap is 1e-11; total time then differs by a few times its root.
    EXPECT_NEAR(result.total_travel_time, closure.total_travel_time, 1e-6 * closure.total_travel_time)
        << closure.from << " → " << closure.to;
  }
}

TEST(SiouxFalls, TotalTimeWithEachDirectedLinkClosedIsThePublishedOne) {
  expect_closures(
      {.file = "siouxfalls_n1_directed.csv", .time_column = 4, .is_both_ways = false, .count = 76});
}

TEST(SiouxFalls, TotalTimeWithEachRoadClosedIsThePublishedOne) {
  expect_closures({.file = "siouxfalls_n1_roads.csv", .time_column = 2, .is_both_ways = true, .count = 38});
}

TEST(SiouxFalls, FivePairsOfRoadsDisconnectDemandAndTheWorstOtherOneIsKnown) {
  const auto roads = load(shared_network("SiouxFalls"));
  if (!roads) GTEST_SKIP() << "the shared data is not at hand";
  Problem problem = roads->problem;
  const Assignment base = assign(problem, {.gap = 1e-10});
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const Arc& arc : problem.arcs) {
    if (arc.from < arc.to) pairs.emplace_back(arc.from, arc.to);
  }
  ASSERT_EQ(pairs.size(), 38U);
  std::size_t disconnecting = 0;
  double worst = 0.0;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    for (std::size_t j = i + 1; j < pairs.size(); ++j) {
      for (Arc& arc : problem.arcs) {
        const std::pair road(std::min(arc.from, arc.to), std::max(arc.from, arc.to));
        arc.is_closed = road == pairs[i] || road == pairs[j];
      }
      const Assignment result = assign(problem, {.gap = 1e-8}, &base);
      if (!result.not_connected.empty()) {
        ++disconnecting;
      } else {
        worst = std::max(worst, result.total_travel_time - base.total_travel_time);
      }
    }
  }
  EXPECT_EQ(disconnecting, 5U);
  EXPECT_NEAR(worst / 1e6, 40.91, 0.01);
}

}  // namespace
}  // namespace gerbang::roads
