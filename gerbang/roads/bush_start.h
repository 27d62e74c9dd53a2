// The bushes that an assignment starts from: least-cost trees, or the bushes of an earlier solution. Of those
// only the ones that use an arc which has closed since, or that could now reach further, are touched.
#pragma once

#include "gerbang/roads/bush.h"
#include "gerbang/roads/bush_update.h"
#include "gerbang/roads/shortest_paths.h"

namespace gerbang::roads {

// By class: the arcs that have opened and closed since the earlier solution.
struct ArcChanges {
  std::vector<ArcIndex> opened;
  std::vector<ArcIndex> closed;
  std::vector<std::uint8_t> is_closed;  // by arc; empty when none is
};
[[nodiscard]] std::vector<ArcChanges> arc_changes(const Network& network, const BushSet& earlier);

// Whether each class may not drive on each arc: what a later warm start compares with.
[[nodiscard]] std::vector<std::vector<std::uint8_t>> closed_arcs(const Network& network);

// The workspace in which one thread at a time starts bushes.
class BushStart {
 public:
  explicit BushStart(const Network& network)
      : network_(network), update_(network), paths_(network), stamp_(network.node_count, 0) {}

  // The least-cost tree. Destinations that cannot be reached leave the bush.
  void make_tree(Bush& bush, std::span<const double> cost);
  // Fits a bush of the earlier solution to what has changed; a bush that has none of its own, or that cannot
  // be mended, takes a new tree. `loader` is left with the flows of the bush.
  void mend(Bush& bush, std::span<const double> cost, const ArcChanges& changes, BushLoader& loader);

 private:
  void mark_inside(const Bush& bush);
  [[nodiscard]] bool reaches_further(const ArcChanges& changes) const;

  const Network& network_;
  BushUpdate update_;
  ShortestPaths paths_;
  std::vector<std::uint32_t> stamp_;  // by node: the bush that last held it
  std::uint32_t bush_ = 0;
};

}  // namespace gerbang::roads
