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

  // `flow` by node, of this bush as loaded.
  void run(Bush& bush, std::span<const double> flow, std::span<const double> cost);
  // False when closed arcs cut the last bush that was run from its root: it was left as it was.
  [[nodiscard]] bool is_connected() const { return is_connected_; }

 private:
  void label(const Bush& bush, std::span<const double> flow, std::span<const double> cost);
  void find_entering(const Bush& bush, std::span<const double> flow, std::span<const double> cost);
  [[nodiscard]] double own_label(const Bush& bush, std::size_t place, std::span<const double> cost) const;
  [[nodiscard]] ArcIndex find_best(NodeIndex node, std::size_t place, double least,
                                   std::span<const double> cost) const;
  [[nodiscard]] double least_by_any_arc(NodeIndex node, std::span<const double> cost) const;
  void sort_topologically(const Bush& bush);
  void rebuild(Bush& bush, std::span<const double> flow);
  [[nodiscard]] std::uint32_t rebuild_at(const Bush& bush, std::size_t place, double flow);
  template <class Visit>
  void visit_arcs_in(const Bush& bush, std::size_t place, Visit visit) const;

  const Network& network_;
  // By node.
  std::vector<double> least_;     // label; infinite outside the bush
  std::vector<double> greatest_;  // the same over the arcs that stay
  std::vector<std::uint32_t> place_;
  std::vector<std::uint8_t> stays_;  // by entry
  std::vector<ArcIndex> entering_;   // by place
  std::vector<std::uint8_t>
      replaces_;  // by place: the entering arc replaces all arcs in, for none is used or open
  std::vector<NodeIndex> new_order_;
  std::vector<NodeIndex> stack_;
  std::vector<std::uint8_t> is_emitted_;
  Bush next_;
  bool is_changed_ = false;
  bool is_out_of_order_ = false;
  bool is_connected_ = true;
};

}  // namespace gerbang::roads
