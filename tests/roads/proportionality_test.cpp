// Who takes which of several ways that cost the same.
#include "gerbang/roads/proportionality.h"

#include <gtest/gtest.h>

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "gerbang/roads/assign.h"
#include "gerbang/roads/paths.h"
#include "gerbang/roads/select.h"
#include "tests/roads/checker.h"
#include "tests/roads/random_network.h"
#include "tests/roads/shared_networks.h"

namespace gerbang::roads {
namespace {

// Arcs of the same problem whose numbers differ lead to another start.
Assignment solved_from_elsewhere(const Problem& problem, std::uint64_t seed, const Options& options) {
  Problem other = problem;
  for (std::size_t a = 0; a < other.arcs.size(); ++a)
    other.arcs[a].free_time *= 0.5 + static_cast<double>((a * 7 + seed * 13) % 10) / 10.0;
  const Assignment start = assign(other, {.gap = 1e-3});
  return assign(problem, options, &start);
}

//   0 → 1 ══ 2 → 3   two equal roads in the middle; classes and origins meet there
TEST(Proportionality, AllThatMeetTwoEqualRoadsDivideAlike) {
  Problem problem;
  problem.node_count = 6;
  const auto road = [](std::uint32_t from, std::uint32_t to, double capacity) {
    return Arc{.from = from, .to = to, .free_time = 10.0, .capacity = capacity, .alpha = 1.0, .beta = 1.0};
  };
  problem.arcs = {road(0, 1, 50.0), road(4, 1, 50.0), road(1, 2, 10.0),
                  road(1, 2, 30.0), road(2, 3, 50.0), road(2, 5, 50.0)};
  problem.classes = {{.value_of_time = 1.0}, {.pcu = 2.0, .value_of_time = 4.0}};
  problem.demand = {{0, 3, 0, 10.0}, {0, 5, 1, 4.0}, {4, 3, 0, 3.0}, {4, 5, 1, 6.5}};
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    const Assignment result = solved_from_elsewhere(problem, seed, {.gap = 1e-14, .is_proportional = true});
    ASSERT_TRUE(result.is_converged);
    EXPECT_LE(result.disproportion, 1e-13);
    for (const std::size_t m : {0U, 1U}) {  // a quarter on the narrow road, as their capacities are
      const double all = result.class_volume(m, 2) + result.class_volume(m, 3);
      EXPECT_NEAR(result.class_volume(m, 2), 0.25 * all, 1e-9) << m;
    }
    const Paths paths = list_paths(problem, result, {});
    EXPECT_EQ(paths.paths.size(), 8U);
  }
}

// Three classes that cost the same on everything, their trips mixed.
Problem problem_of_equals(std::uint64_t seed, std::size_t nodes = 30, std::size_t arcs = 120) {
  Problem problem = random_problem({.seed = seed, .nodes = nodes, .arcs = arcs, .congestion = 3.0});
  problem.classes.assign(3, problem.classes[0]);
  problem.classes[1].pcu = 2.0;
  for (std::size_t i = 0; i < problem.demand.size(); ++i)
    problem.demand[i].vehicle_class = static_cast<std::uint32_t>(i % 3);
  return problem;
}

double largest_difference(const Matrix& a, const Matrix& b) {
  double largest = 0.0;
  for (std::size_t i = 0; i < a.values().size(); ++i)
    largest = std::max(largest, std::abs(a.values()[i] - b.values()[i]));
  return largest;
}

TEST(Proportionality, IsTheSameFromAnyStart) {
  constexpr double kGap = 1e-15;
  for (const std::uint64_t seed : {4U, 5U, 6U, 7U}) {
    const Problem problem = problem_of_equals(seed);
    const Assignment cold = assign(problem, {.gap = kGap, .is_proportional = true});
    const Assignment left_alone = assign(problem, {.gap = kGap});
    double apart = 0.0;
    for (std::uint64_t start = 1; start <= 5; ++start) {
      const Assignment warm = solved_from_elsewhere(problem, start, {.gap = kGap, .is_proportional = true});
      EXPECT_LE(warm.disproportion, 1e-12);
      EXPECT_LE(largest_difference(warm.class_volume, cold.class_volume), 1e-9) << seed << ", " << start;
      apart = std::max(apart,
                       largest_difference(left_alone.class_volume,
                                          solved_from_elsewhere(problem, start, {.gap = kGap}).class_volume));
    }
    EXPECT_GT(apart, 1.0) << "without it the classes' parts depend on the start";
  }
}

TEST(Proportionality, LeavesVolumesAndTheGapAsTheyAre) {
  const Problem problem = problem_of_equals(8);
  const Assignment left_alone = assign(problem, {.gap = 1e-14});
  const Assignment divided = assign(problem, {.gap = 1e-14, .is_proportional = true});
  for (std::size_t a = 0; a < problem.arcs.size(); ++a)
    EXPECT_NEAR(divided.volume[a], left_alone.volume[a], 1e-10);
  EXPECT_NEAR(divided.beckmann, left_alone.beckmann, 1e-13 * left_alone.beckmann);
  const Checked checked = check(problem, divided);
  EXPECT_LE(checked.relative_gap, 2e-14);
  EXPECT_LE(checked.imbalance, 1e-12);
}

// All ways of least cost, listed arc by arc.
class WayLister {
 public:
  WayLister(const Problem& problem, const std::vector<double>& time)
      : problem_(problem), time_(time), least_(problem.node_count, problem.node_count, 1e300) {
    for (std::size_t k = 0; k < problem.node_count; ++k) least_(k, k) = 0.0;
    for (std::size_t a = 0; a < time.size(); ++a) {
      double& cost = least_(problem.arcs[a].from, problem.arcs[a].to);
      cost = std::min(cost, time[a]);
    }
    for (std::size_t k = 0; k < problem.node_count; ++k)
      for (std::size_t i = 0; i < problem.node_count; ++i)
        for (std::size_t j = 0; j < problem.node_count; ++j)
          least_(i, j) = std::min(least_(i, j), least_(i, k) + least_(k, j));
  }

  using Ways = std::set<std::vector<std::uint32_t>>;
  [[nodiscard]] Ways list(std::uint32_t origin, std::uint32_t destination) {
    ways_.clear();
    way_.clear();
    passed_.assign(problem_.node_count, false);
    extend(origin, destination, least_(origin, destination));
    return ways_;
  }

 private:
  void extend(std::uint32_t node, std::uint32_t end, double left) {
    constexpr double kEqual = 1e-8;
    if (node == end) {
      ways_.insert(way_);
      return;
    }
    passed_[node] = true;
    for (std::uint32_t a = 0; a < time_.size(); ++a) {
      const Arc& arc = problem_.arcs[a];
      if (arc.from != node || passed_[arc.to] || time_[a] + least_(arc.to, end) > left + kEqual) continue;
      way_.push_back(a);
      extend(arc.to, end, left - time_[a]);
      way_.pop_back();
    }
    passed_[node] = false;
  }

  const Problem& problem_;
  const std::vector<double>& time_;
  Matrix least_;
  std::vector<bool> passed_;
  std::vector<std::uint32_t> way_;
  Ways ways_;
};

// Flows h of ways have the greatest entropy that volumes allow when ln h is a sum of numbers of the arcs on
// the way and one of its pair and class (Lagrange), and every way of least cost is used.
TEST(Proportionality, HasTheGreatestEntropy) {
  std::size_t choices = 0;
  for (const std::uint64_t seed : {1U, 2U, 3U, 5U, 8U}) {
    const Problem problem = problem_of_equals(seed, 14, 50);
    const Assignment result = assign(problem, {.gap = 1e-15, .is_proportional = true});
    const Paths paths = list_paths(problem, result, {.least_share = 1e-12});
    WayLister lister(problem, result.time);
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, WayLister::Ways> listed;
    for (const Path& path : paths.paths) {
      const auto arcs = paths.arcs.begin() + static_cast<std::ptrdiff_t>(path.first_arc);
      listed[{path.vehicle_class, path.origin, path.destination}].emplace(
          arcs, arcs + static_cast<std::ptrdiff_t>(path.arc_count));
    }
    const auto n = static_cast<Eigen::Index>(paths.paths.size());
    const auto arcs = static_cast<Eigen::Index>(problem.arcs.size());
    Eigen::MatrixXd known = Eigen::MatrixXd::Zero(n, arcs + static_cast<Eigen::Index>(listed.size()));
    Eigen::VectorXd logs(n);
    for (Eigen::Index r = 0; r < n; ++r) {
      const Path& path = paths.paths[static_cast<std::size_t>(r)];
      const auto pair = listed.find({path.vehicle_class, path.origin, path.destination});
      known(r, arcs + std::distance(listed.begin(), pair)) = 1.0;
      for (std::size_t k = 0; k < path.arc_count; ++k) known(r, paths.arcs[path.first_arc + k]) = 1.0;
      logs[r] = std::log(path.volume);
      EXPECT_EQ(pair->second, lister.list(path.origin, path.destination))
          << seed << ": " << path.origin << " → " << path.destination;
    }
    choices += paths.paths.size() - listed.size();
    const Eigen::VectorXd left = logs - known * known.completeOrthogonalDecomposition().solve(logs);
    EXPECT_LE(left.cwiseAbs().maxCoeff(), 1e-9) << seed;
  }
  EXPECT_GE(choices, 30U);  // or the test tests little
}

//   0 ══ 1   the second road tolled: who does not pay it stays off, whoever else divides
TEST(Proportionality, LeavesClassesWhereTheyPayLess) {
  Problem problem;
  problem.node_count = 2;
  const Arc road{.from = 0, .to = 1, .free_time = 10.0, .capacity = 10.0, .alpha = 1.0, .beta = 1.0};
  problem.arcs = {road, road};
  problem.classes = {{.value_of_time = 1.0, .fixed_cost = {0.0, 8.0}},
                     {.value_of_time = 4.0, .fixed_cost = {0.0, 8.0}},
                     {.value_of_time = 2.0, .fixed_cost = {0.0, 4.0}},  // as the second one
                     {.value_of_time = 4.0, .fixed_cost = {0.0, 8.0}, .is_banned = {0, 1}}};
  problem.demand = {{0, 1, 0, 8.0}, {0, 1, 1, 6.0}, {0, 1, 2, 4.0}, {0, 1, 3, 2.0}};
  const Assignment result = assign(problem, {.gap = 1e-14, .is_proportional = true});
  // 11 and 9 of 20, the difference being 2; 9 of 10 of the two that are indifferent.
  EXPECT_NEAR(result.volume[1], 9.0, 1e-9);
  EXPECT_NEAR(result.class_volume(0, 1), 0.0, 1e-12);
  EXPECT_NEAR(result.class_volume(1, 1), 5.4, 1e-9);
  EXPECT_NEAR(result.class_volume(2, 1), 3.6, 1e-9);
  EXPECT_EQ(result.class_volume(3, 1), 0.0);
}

// Trips through a link, by pair.
TEST(Proportionality, SelectLinkIsTheSameFromAnyStart) {
  for (const char* name : {"SiouxFalls", "Anaheim", "ChicagoSketch"}) {
    const std::optional<app::RoadNetwork> roads = load(shared_network(name));
    if (!roads) GTEST_SKIP() << "the shared data is not at hand";
    const Problem& problem = roads->problem;
    const Options options{.gap = 1e-14, .is_proportional = true};
    const Assignment cold = assign(problem, options);
    const Assignment warm = solved_from_elsewhere(problem, 3, options);
    EXPECT_LE(cold.disproportion, 1e-12);
    EXPECT_LE(warm.disproportion, 1e-12);
    const auto busiest = std::ranges::max_element(cold.volume) - cold.volume.begin();
    const Selection link{.arcs = {static_cast<std::uint32_t>(busiest)}};
    const SelectedTrips one = select_trips(problem, cold, link);
    const SelectedTrips other = select_trips(problem, warm, link);

    EXPECT_LE(largest_difference(one.class_volume, other.class_volume), 1e-6 * cold.volume[link.arcs[0]])
        << name;
  }
}

}  // namespace
}  // namespace gerbang::roads
