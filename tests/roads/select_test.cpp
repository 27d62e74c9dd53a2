// Select link, select zone, paths and turns: parts of an assignment that add up to it.
#include "gerbang/roads/select.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <span>

#include "gerbang/base/error.h"
#include "gerbang/roads/paths.h"
#include "gerbang/roads/turns.h"
#include "tests/roads/checker.h"
#include "tests/roads/random_network.h"
#include "tests/roads/shared_networks.h"

namespace gerbang::roads {
namespace {

struct Solved {
  Problem problem;
  Assignment assignment;
};

Solved solved() {
  Solved result{
      random_problem({.seed = 5, .nodes = 40, .arcs = 200, .classes = 2, .pairs = 500, .congestion = 3.0}),
      {}};
  result.problem.first_through_node = 4;
  result.assignment = assign(result.problem, {.gap = 1e-12});
  return result;
}

double total(const std::vector<Demand>& trips, std::uint32_t vehicle_class) {
  double sum = 0.0;
  for (const Demand& row : trips) sum += row.vehicle_class == vehicle_class ? row.volume : 0.0;
  return sum;
}

TEST(Select, EveryTripTogetherIsTheAssignment) {
  const Solved s = solved();
  const SelectedTrips all = select_trips(s.problem, s.assignment, {});
  for (std::size_t m = 0; m < 2; ++m)
    for (std::size_t a = 0; a < s.problem.arcs.size(); ++a)
      EXPECT_NEAR(all.class_volume(m, a), s.assignment.class_volume(m, a), 1e-9);
}

TEST(Select, TripsThroughALinkAreTheLinksFlow) {
  const Solved s = solved();
  for (std::uint32_t a = 0; a < s.problem.arcs.size(); a += 3) {
    const SelectedTrips through = select_trips(s.problem, s.assignment, {.arcs = {a}});
    for (std::uint32_t m = 0; m < 2; ++m) {
      EXPECT_NEAR(total(through.trips, m), s.assignment.class_volume(m, a), 1e-9);
      EXPECT_NEAR(through.class_volume(m, a), s.assignment.class_volume(m, a), 1e-9);
      for (std::size_t b = 0; b < s.problem.arcs.size(); ++b)
        EXPECT_LE(through.class_volume(m, b), s.assignment.class_volume(m, b) + 1e-9);
    }
  }
}

TEST(Select, ZonesAddUpToTheAssignment) {
  const Solved s = solved();
  Matrix by_origin(2, s.problem.arcs.size());
  Matrix by_destination(2, s.problem.arcs.size());
  for (std::uint32_t i = 0; i < s.problem.node_count; ++i) {
    const SelectedTrips from = select_trips(s.problem, s.assignment, {.origins = {i}});
    const SelectedTrips to = select_trips(s.problem, s.assignment, {.destinations = {i}});
    for (std::size_t k = 0; k < by_origin.values().size(); ++k) {
      by_origin.values()[k] += from.class_volume.values()[k];
      by_destination.values()[k] += to.class_volume.values()[k];
    }
  }
  for (std::size_t m = 0; m < 2; ++m)
    for (std::size_t a = 0; a < s.problem.arcs.size(); ++a) {
      EXPECT_NEAR(by_origin(m, a), s.assignment.class_volume(m, a), 1e-9);
      EXPECT_NEAR(by_destination(m, a), s.assignment.class_volume(m, a), 1e-9);
    }
}

TEST(Select, AgreesWithThePathsThatUseTheLink) {
  const Solved s = solved();
  const Paths paths = list_paths(s.problem, s.assignment, {.least_share = 1e-12});
  EXPECT_LE(paths.rest, 1e-6);
  for (const std::uint32_t link : {3U, 50U, 120U}) {
    Matrix on(2, s.problem.arcs.size());
    for (const Path& path : paths.paths) {
      const std::span<const std::uint32_t> arcs(paths.arcs.data() + path.first_arc, path.arc_count);
      if (std::ranges::find(arcs, link) == arcs.end()) continue;
      for (const std::uint32_t a : arcs) on(path.vehicle_class, a) += path.volume;
    }
    const SelectedTrips selected = select_trips(s.problem, s.assignment, {.arcs = {link}});
    for (std::size_t k = 0; k < on.values().size(); ++k)
      EXPECT_NEAR(on.values()[k], selected.class_volume.values()[k], 1e-6);
  }
}

TEST(Select, RefusesArcsAndNodesThatAreNotThere) {
  const Solved s = solved();
  EXPECT_THROW((void)select_trips(s.problem, s.assignment, {.arcs = {9999}}), InputError);
  EXPECT_THROW((void)select_trips(s.problem, s.assignment, {.origins = {9999}}), InputError);
}

TEST(Paths, CarryTheDemandAtLeastCost) {
  const auto roads = load(shared_network("SiouxFalls"));
  if (!roads) GTEST_SKIP() << "the shared data is not at hand";
  const Assignment result = assign(roads->problem, {.gap = 1e-12});
  const Paths paths = list_paths(roads->problem, result, {.least_share = 1e-9});
  std::vector<double> volume(roads->problem.arcs.size());
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::pair<double, double>> costs;  // least, greatest
  for (const Path& path : paths.paths) {
    for (std::size_t k = 0; k < path.arc_count; ++k) volume[paths.arcs[path.first_arc + k]] += path.volume;
    auto& [least, greatest] = costs.try_emplace({path.origin, path.destination}, 1e99, 0.0).first->second;
    least = std::min(least, path.cost);
    greatest = std::max(greatest, path.cost);
  }
  EXPECT_EQ(costs.size(), 528U);
  for (const auto& [pair, range] : costs) EXPECT_NEAR(range.first, range.second, 1e-4 * range.first);
  for (std::size_t a = 0; a < volume.size(); ++a) EXPECT_NEAR(volume[a], result.volume[a], 1e-2);
}

//  0 → 1 → 2      straight on from 1 costs 3 more, or is banned; round by 3 takes 2
//      ↓   ↑
//      3 ──┘
Problem crossing() {
  Problem problem;
  problem.node_count = 4;
  const auto road = [](std::uint32_t from, std::uint32_t to) {
    return Arc{.from = from, .to = to, .free_time = 1.0, .alpha = 0.0};
  };
  problem.arcs = {road(0, 1), road(1, 2), road(1, 3), road(3, 2)};
  problem.demand = {{.origin = 0, .destination = 2, .volume = 5.0},
                    {.origin = 1, .destination = 2, .volume = 2.0},
                    {.origin = 0, .destination = 1, .volume = 1.0}};
  return problem;
}

TEST(Turns, APenaltySendsThroughTrafficRoundAndLeavesTripsThatStartThereAlone) {
  const TurnExpansion turns(crossing(), {{.from_arc = 0, .to_arc = 1, .penalty = 3.0}});
  const Assignment result = assign(turns.problem(), {.gap = 1e-12});
  EXPECT_TRUE(result.not_connected.empty());
  EXPECT_DOUBLE_EQ(result.volume[1], 2.0);
  EXPECT_DOUBLE_EQ(result.volume[2], 5.0);
  EXPECT_DOUBLE_EQ(result.total_travel_time, 5.0 * 3 + 2.0 + 1.0);
  double straight = -1.0;
  for (const TurnVolume& turn : turns.volumes(result))
    if (turn.from_arc == 0 && turn.to_arc == 1) straight = turn.volume;
  EXPECT_EQ(straight, 0.0);
}

TEST(Turns, ASmallPenaltyIsPaid) {
  const TurnExpansion turns(crossing(), {{.from_arc = 0, .to_arc = 1, .penalty = 0.5}});
  const Assignment result = assign(turns.problem(), {.gap = 1e-12});
  EXPECT_DOUBLE_EQ(result.volume[1], 7.0);
  EXPECT_DOUBLE_EQ(result.total_travel_time, 5.0 * 2.5 + 2.0 + 1.0);
}

TEST(Turns, ABanLeavesTripsWithoutAWayOut) {
  Problem problem = crossing();
  problem.arcs[2].is_closed = true;
  const TurnExpansion turns(problem, {{.from_arc = 0, .to_arc = 1}});
  EXPECT_EQ(assign(turns.problem(), {.gap = 1e-12}).not_connected, (std::vector<std::size_t>{0}));
}

TEST(Turns, ExpandingWithoutPenaltyChangesNothing) {
  const Problem problem =
      random_problem({.seed = 8, .nodes = 30, .arcs = 150, .classes = 2, .congestion = 3.0});
  std::vector<Turn> free;
  for (std::uint32_t a = 0; a < problem.arcs.size(); ++a)
    for (std::uint32_t b = 0; b < problem.arcs.size(); ++b) {
      const Arc& in = problem.arcs[a];
      const Arc& out = problem.arcs[b];
      if (in.to == out.from && in.from != in.to && out.from != out.to && in.to % 5 == 0)
        free.push_back({.from_arc = a, .to_arc = b, .penalty = 0.0});
    }
  const Assignment plain = assign(problem, {.gap = 1e-12});
  const TurnExpansion turns(problem, free);
  const Assignment expanded = assign(turns.problem(), {.gap = 1e-12});
  EXPECT_NEAR(expanded.beckmann, plain.beckmann, 1e-11 * plain.beckmann);
  EXPECT_LE(check(turns.problem(), expanded).relative_gap, 1.1e-12);
}

TEST(Turns, VolumesAddUpToTheArcsThatMeet) {
  Solved s = solved();
  for (Demand& row : s.problem.demand)  // nothing starts or ends at 20: all that comes goes on
    if (row.origin == 20 || row.destination == 20) row.volume = 0.0;
  s.assignment = assign(s.problem, {.gap = 1e-10});
  std::map<std::uint32_t, double> in;
  std::map<std::uint32_t, double> out;
  for (const TurnVolume& turn : turning_volumes(s.problem, s.assignment, {20})) {
    in[turn.from_arc] += turn.volume;
    out[turn.to_arc] += turn.volume;
  }
  EXPECT_FALSE(in.empty());
  for (std::uint32_t a = 0; a < s.problem.arcs.size(); ++a) {
    const Arc& arc = s.problem.arcs[a];
    if (arc.from == arc.to) continue;
    const double assigned = s.assignment.volume[a] - arc.background;
    EXPECT_NEAR(arc.to == 20 ? in[a] : assigned, assigned, 1e-9);
    EXPECT_NEAR(arc.from == 20 ? out[a] : assigned, assigned, 1e-9);
  }
}

TEST(Turns, RefusesTurnsBetweenArcsThatDoNotMeet) {
  EXPECT_THROW(TurnExpansion(crossing(), {{.from_arc = 0, .to_arc = 3}}), InputError);
  EXPECT_THROW(TurnExpansion(crossing(), {{.from_arc = 0, .to_arc = 99}}), InputError);
  EXPECT_THROW(TurnExpansion(crossing(), {{.from_arc = 0, .to_arc = 1, .penalty = -1.0}}), InputError);
}

}  // namespace
}  // namespace gerbang::roads
