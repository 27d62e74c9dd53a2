#include "gerbang/roads/shortest_paths.h"

#include <gtest/gtest.h>

#include "tests/roads/random_network.h"

namespace gerbang::roads {
namespace {

std::vector<double> free_costs(const Network& network) {
  std::vector<double> cost;
  for (const DelayFunction& delay : network.delay) cost.push_back(delay(0.0).cost);
  return cost;
}

// Bellman-Ford.
std::vector<double> plain_labels(const Network& network, NodeIndex root, const std::vector<double>& cost) {
  std::vector<double> label(network.node_count, kInfinity);
  label[root] = 0.0;
  for (std::size_t round = 0; round < network.node_count; ++round) {
    for (std::size_t a = 0; a < network.arc_count(); ++a) {
      label[network.head[a]] = std::min(label[network.head[a]], label[network.tail[a]] + cost[a]);
    }
  }
  return label;
}

TEST(ShortestPaths, AgreeWithBellmanFordFromEveryNode) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Network network =
        compile_network(random_problem({.seed = seed, .nodes = 60, .arcs = 240, .pairs = 0}), false);
    const std::vector<double> cost = free_costs(network);
    ShortestPaths paths(network);
    for (NodeIndex root = 0; root < network.node_count; ++root) {
      paths.run(root, cost);
      const std::vector<double> expected = plain_labels(network, root, cost);
      for (NodeIndex node = 0; node < network.node_count; ++node) {
        EXPECT_NEAR(paths.labels()[node], expected[node], 1e-9);
      }
    }
  }
}

TEST(ShortestPaths, TreeArcsAddUpToTheLabelsAndTailsSettleFirst) {
  const Network network = compile_network(random_problem({.nodes = 60, .arcs = 240, .pairs = 0}), false);
  const std::vector<double> cost = free_costs(network);
  ShortestPaths paths(network);
  paths.run(7, cost);
  std::vector<bool> is_settled(network.node_count, false);
  for (const NodeIndex node : paths.settled()) {
    const ArcIndex arc = paths.arcs_in()[node];
    is_settled[node] = true;
    if (node == 7) {
      EXPECT_EQ(arc, kNone);
      continue;
    }
    EXPECT_TRUE(is_settled[network.tail[arc]]);
    EXPECT_DOUBLE_EQ(paths.labels()[node], paths.labels()[network.tail[arc]] + cost[arc]);
  }
  EXPECT_EQ(paths.settled().size(), network.node_count);
}

TEST(ShortestPaths, RepairLowersLabelsThatAreTooHighToTheTrueOnes) {
  const Network network = compile_network(random_problem({.nodes = 60, .arcs = 240, .pairs = 0}), false);
  std::vector<double> cost = free_costs(network);
  ShortestPaths paths(network);
  paths.run(3, cost);
  const std::vector<double> labels = paths.labels();
  for (std::size_t a = 0; a < cost.size(); a += 9) cost[a] *= 0.3;
  paths.repair(labels, cost);
  const std::vector<double> expected = plain_labels(network, 3, cost);
  for (NodeIndex node = 0; node < network.node_count; ++node) {
    EXPECT_NEAR(paths.labels()[node], expected[node], 1e-9);
  }
}

TEST(ShortestPaths, GoThroughNoCentroidButStartAndEndThere) {
  Problem problem;  // 0 → 1 → 2 would be short, but 1 is a centroid; 0 → 3 → 2 is the way
  problem.node_count = 4;
  problem.first_through_node = 2;
  problem.arcs = {{.from = 0, .to = 1, .free_time = 1.0, .alpha = 0.0},
                  {.from = 1, .to = 2, .free_time = 1.0, .alpha = 0.0},
                  {.from = 0, .to = 3, .free_time = 5.0, .alpha = 0.0},
                  {.from = 3, .to = 2, .free_time = 5.0, .alpha = 0.0}};
  const Network network = compile_network(problem, false);
  ShortestPaths paths(network);
  paths.run(network.source[0], free_costs(network));
  EXPECT_DOUBLE_EQ(paths.labels()[network.sink[1]], 1.0);
  EXPECT_DOUBLE_EQ(paths.labels()[network.sink[2]], 10.0);
  paths.run(network.source[1], free_costs(network));
  EXPECT_DOUBLE_EQ(paths.labels()[network.sink[2]], 1.0);
}

}  // namespace
}  // namespace gerbang::roads
