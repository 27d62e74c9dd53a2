// A bush: the acyclic part of the network that one origin and class uses, in topological order. A node with
// one arc in stores that arc alone and takes its flow from what lies beyond; only merges, nodes with several
// arcs in, store flows.
#pragma once

#include "gerbang/roads/network.h"

namespace gerbang::roads {

inline constexpr std::uint32_t kMergeBit = 0x80000000U;

struct Bush {
  NodeIndex root = 0;
  std::uint32_t origin = 0;
  std::uint32_t vehicle_class = 0;
  std::vector<NodeIndex> order;  // every node that can be reached, the root first, tails before heads
  std::vector<std::uint32_t>
      in;  // by place in the order: the arc in, or kMergeBit | merge; kNone at the root
  std::vector<std::uint32_t> first;    // merge m holds the entries first[m] … first[m + 1] − 1
  std::vector<ArcIndex> entry_arc;     // arcs into merges
  std::vector<double> entry_flow;      // pcu per hour
  std::vector<NodeIndex> destination;  // what is shipped: sinks that can be reached,
  std::vector<double> demand;          // and pcu per hour to each

  [[nodiscard]] std::size_t merge_count() const { return first.empty() ? 0 : first.size() - 1; }
};

// The bushes of an assignment, by class, then origin; and the arcs they are made of, by which a warm start
// knows whether they fit and what has closed or opened since.
class BushSet {
 public:
  std::vector<Bush> bushes;
  std::vector<NodeIndex> tail;
  std::vector<NodeIndex> head;
  std::vector<std::vector<std::uint8_t>> is_closed;  // by class and arc

  // The bush of a class from a node of the problem, or null.
  [[nodiscard]] const Bush* find(std::uint32_t vehicle_class, std::uint32_t origin) const;
};

// The flow through every place of the order, and on request on every arc. Merges are brought to the flow that
// arrives at them: in proportion when it changed, else by their largest entry, so that nothing is lost to
// rounding.
class BushLoader {
 public:
  explicit BushLoader(const Network& network) : network_(network), flow_(network.node_count, 0.0) {}

  void load(Bush& bush);
  // The same of a bush that was loaded with its demand before, as those of an assignment are.
  void load_again(const Bush& bush);
  // Adds the flow of every arc that the bush uses; load() first.
  void add_arc_flows(const Bush& bush, std::span<double> by_arc) const;

  [[nodiscard]] std::vector<double>& flow() { return flow_; }  // by node
  [[nodiscard]] const std::vector<double>& flow() const { return flow_; }

 private:
  template <class AnyBush, class Balance>
  void load(AnyBush& bush, const Balance& balance);

  const Network& network_;
  std::vector<double> flow_;
};

}  // namespace gerbang::roads
