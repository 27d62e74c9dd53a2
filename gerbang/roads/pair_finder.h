// Finds the segment pairs of a bush: labels it with least costs over its arcs; then follows, from every merge
// back, the cheapest way, and from every other used entry the way of the largest flow (which leaves most to
// be moved), to where the two part.
#pragma once

#include "gerbang/roads/segment_pairs.h"

namespace gerbang::roads {

class PairFinder {
 public:
  explicit PairFinder(const Network& network);

  // Least-cost labels of the bush, and what its flows pay above them: Σ flow (label of tail + cost − label of
  // head).
  double label(const Bush& bush, std::span<const double> cost);
  // Adds a pair for every used entry of a merge, or for every one, that is not its cheapest; label() first.
  void find(const Bush& bush, std::uint32_t index, SegmentPairs& pairs, bool also_unused = false);

  [[nodiscard]] const std::vector<double>& labels() const {
    return least_;
  }  // by node; infinite outside the bush
  // Makes the labels of this bush infinite again, for the next one.
  void forget(const Bush& bush);

 private:
  struct Step {
    ArcIndex arc;
    std::uint32_t entry;  // of the merge that the arc leads to, or kNone
  };

  double label_merge(const Bush& bush, std::uint32_t merge, NodeIndex node, std::span<const double> cost);
  void find_at(const Bush& bush, std::uint32_t merge, std::uint32_t costly_entry);
  NodeIndex step(const Bush& bush, NodeIndex node, const std::vector<std::uint32_t>& choice,
                 std::vector<Step>& segment) const;

  const Network& network_;
  std::vector<double> least_;
  std::vector<std::uint32_t> place_;
  std::vector<std::uint32_t> least_entry_;    // by merge
  std::vector<std::uint32_t> largest_entry_;  // by flow; the least one where nothing flows
  std::vector<Step> costly_;
  std::vector<Step> cheap_;
};

}  // namespace gerbang::roads
