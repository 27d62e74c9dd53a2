// Least-cost labels from one node: Dijkstra (1959) with a 4-ary heap. A query is an object: reset, add
// sources, run, ask. It also repairs labels that are too high in places, as those of a bush are.
#pragma once

#include "gerbang/roads/network.h"

namespace gerbang::roads {

class ShortestPaths {
 public:
  explicit ShortestPaths(const Network& network);

  // Settles every node from the root. Infinite costs close an arc.
  void run(NodeIndex root, std::span<const double> cost);
  // The same, faster where every node comes after the one before it on its way from the root; any order of
  // all nodes that can be reached will do.
  void run(NodeIndex root, std::span<const double> cost, std::span<const NodeIndex> order);
  // Given labels that no true label exceeds, lowers them to the true ones; arcs_in() is then set only at
  // nodes whose label fell. Cheap when few are wrong.
  void repair(std::span<const double> labels, std::span<const double> cost);

  [[nodiscard]] const std::vector<double>& labels() const { return label_; }
  [[nodiscard]] const std::vector<ArcIndex>& arcs_in() const {
    return arc_in_;
  }  // kNone: root or not reached
  [[nodiscard]] const std::vector<NodeIndex>& settled() const {
    return settled_;
  }  // each after the tail of its arc, wherever the root stands

 private:
  void reset();
  // The arc into a node that brings the lowest label below its own, or kNone.
  [[nodiscard]] ArcIndex lowest_in(NodeIndex node, std::span<const double> cost) const;
  void settle_all(std::span<const double> cost);
  void lower(NodeIndex node, double label, ArcIndex arc);
  void sift_up(std::size_t place);
  void sift_down(std::size_t place);

  const Network& network_;
  std::vector<double> label_;
  std::vector<ArcIndex> arc_in_;
  std::vector<NodeIndex> settled_;
  std::vector<NodeIndex> heap_;
  std::vector<std::uint32_t> place_;  // in the heap, or kNone
};

}  // namespace gerbang::roads
