// Equilibrates a bush: at every merge, from the last to the first, flow moves from the costliest used route
// to the cheapest one over the pair of segments between their divergence and the merge, by a Newton step
//     Δ = min(flow of the costly segment, (C_costly − C_cheap) / Σ t′ over both)                    (Dial
//     2006)
// with the costs of the moment, in place.
#pragma once

#include "gerbang/roads/arc_state.h"
#include "gerbang/roads/bush.h"

namespace gerbang::roads {

class BushShift {
 public:
  explicit BushShift(const Network& network);

  // Least-cost labels of the bush and its excess cost Σ flow (label of tail + cost − label of head) ≥ 0, in
  // time · pcu.
  double label(const Bush& bush, std::span<const double> cost);
  // One pass over the merges; label() first. `flow` by node is kept up to date.
  void shift(Bush& bush, std::span<double> flow, ArcState& arcs);

  [[nodiscard]] const std::vector<double>& labels() const {
    return least_;
  }  // by node; infinite outside the bush
  // Makes the labels of this bush infinite again, for the next one.
  void forget(const Bush& bush);

 private:
  // The arcs from the divergence to the merge, backwards.
  struct Segment {
    struct Step {
      ArcIndex arc;
      std::uint32_t entry;  // of the merge that the arc leads to, or kNone
      NodeIndex tail;
    };
    std::vector<Step> steps;
    double cost = 0.0;
    double slope = 0.0;
    double capacity = kInfinity;  // flow that can leave

    void clear();
  };

  void shift_merge(Bush& bush, std::size_t merge, std::span<double> flow, ArcState& arcs);
  NodeIndex step(const Bush& bush, NodeIndex node, const std::vector<std::uint32_t>& choice,
                 const ArcState& arcs, Segment& segment) const;
  static void move(Bush& bush, const Segment& segment, double volume, std::span<double> flow, ArcState& arcs);

  const Network& network_;
  std::vector<double> least_;
  std::vector<double> greatest_;
  std::vector<std::uint32_t> place_;
  std::vector<NodeIndex> merge_node_;  // by merge, as are the next two
  std::vector<std::uint32_t> least_entry_;
  std::vector<std::uint32_t>
      greatest_entry_;  // among those with flow; the least one where nothing is to be moved
  Segment costly_;
  Segment cheap_;
};

}  // namespace gerbang::roads
