// Fits a bush to the costs of the moment (Dial 2006; Nie 2010): arcs into merges that carry nothing leave,
// and into every node the arc that lowers its least-cost label most may enter. An arc enters only when its
// tail precedes its head by greatest-cost label, ties by place in the old order; every arc of the bush does,
// so it stays acyclic. Arcs of infinite cost, closed since the bush was made, leave whatever they carry.
#pragma once

#include "gerbang/roads/bush.h"

namespace gerbang::roads {

class BushUpdate {
 public:
  explicit BushUpdate(const Network& network);

  // `flow` by node, of this bush as loaded. True when the bush changed.
  bool run(Bush& bush, std::span<const double> flow, std::span<const double> cost);
  // False when closed arcs cut the last bush that was run from its root: it was left as it was.
  [[nodiscard]] bool is_connected() const { return is_connected_; }
  // Σ demand · least-cost label of the bush that was last run, over the arcs it then had.
  [[nodiscard]] double least_cost() const { return least_cost_; }

 private:
  void label(const Bush& bush, std::span<const double> flow, std::span<const double> cost);
  void find_entering(const Bush& bush, std::span<const double> flow, std::span<const double> cost);
  void sort_topologically(const Bush& bush);
  void rebuild(Bush& bush, std::span<const double> flow);
  template <class Visit>
  void visit_arcs_in(const Bush& bush, std::size_t place, Visit visit) const;

  struct Entry {
    ArcIndex arc;
    double flow;
  };

  const Network& network_;
  struct Label {
    double least = kInfinity;     // infinite outside the bush
    double greatest = kInfinity;  // over the arcs that stay
  };
  std::vector<Label> label_;  // by node
  std::vector<std::uint32_t> place_;
  std::vector<std::uint8_t> stays_;  // by entry
  std::vector<ArcIndex> entering_;   // by place
  std::vector<std::uint8_t>
      replaces_;  // by place: the entering arc replaces all arcs in, for none is used or open
  std::vector<NodeIndex> new_order_;
  std::vector<NodeIndex> stack_;
  std::vector<std::uint8_t> is_emitted_;
  Bush next_;
  double least_cost_ = 0.0;
  bool is_changed_ = false;
  bool is_out_of_order_ = false;
  bool is_connected_ = true;
};

}  // namespace gerbang::roads
