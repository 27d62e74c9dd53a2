// How the trips of one class from one origin spread over the network at an equilibrium: at every node the
// shares by which they come in. With these shares held, flows are linear in demand and what a trip meets is
// linear in the values of arcs; each is the transpose of the other.
#pragma once

#include "gerbang/roads/bush.h"
#include "gerbang/roads/shortest_paths.h"

namespace gerbang::roads {

// The ways from one origin to the nodes that are asked for.
struct Ways {
  struct Entry {
    ArcIndex arc = 0;
    double share = 0.0;
  };
  NodeIndex root = 0;
  std::vector<NodeIndex> order;      // without the root, tails before heads
  std::vector<std::uint32_t> first;  // entries of order[p]: first[p] … first[p + 1] − 1
  std::vector<Entry> entries;
  std::vector<double> flow;  // pcu per hour that comes in, by place in the order

  [[nodiscard]] std::span<const Entry> into(std::size_t place) const {
    return {entries.data() + first[place], entries.data() + first[place + 1]};
  }
};

// Finds ways of one class; its workspace is used again.
class WayFinder {
 public:
  // cost: of the class, by arc of the network, at the equilibrium.
  WayFinder(const Network& network, std::span<const double> cost);

  // The used arcs of the bush (none: the least-cost tree) that lead to the sinks. An arc is used when it
  // carries flow and is on a least-cost way, to a part in 10⁷; what an unfinished search left elsewhere is
  // not.
  [[nodiscard]] Ways find(NodeIndex root, const Bush* bush, std::span<const NodeIndex> sinks);

 private:
  void add_used(NodeIndex node, std::span<const Ways::Entry> flows, Ways& ways) const;

  const Network& network_;
  std::span<const double> cost_;
  ShortestPaths paths_;
  BushLoader loader_;
};

// What a trip meets of the values on its ways, by node: `met` is overwritten at the root and the order's
// nodes.
void meet(const Network& network, const Ways& ways, std::span<const double> by_arc, std::span<double> met);

// Its transpose: `trips` by node, of trips that end there, become the trips that pass; adds them to by_arc.
// Leaves `trips` as the trips that pass, at the order's nodes.
void spread(const Network& network, const Ways& ways, std::span<double> trips, std::span<double> by_arc);

}  // namespace gerbang::roads
