// Turns: penalties and bans at intersections, and turning volumes. An intersection with a listed turn is
// expanded: every arc into it ends, and every arc out of it starts, at a node of its own, and arcs of
// constant time join them where the turn is allowed. Turns that are not listed are free, but turning back is
// banned there unless it is listed. The rest of the network stays as it is.
#pragma once

#include <map>
#include <optional>
#include <utility>

#include "gerbang/roads/assign.h"

namespace gerbang::roads {

struct Turn {
  std::uint32_t from_arc = 0;
  std::uint32_t to_arc = 0;       // begins where from_arc ends
  std::optional<double> penalty;  // time ≥ 0; none: banned
};

struct TurnVolume {
  std::uint32_t from_arc = 0;
  std::uint32_t to_arc = 0;
  double volume = 0.0;  // pcu per hour
};

class TurnExpansion {
 public:
  // Throws InputError for turns whose arcs do not meet, that are listed twice, or whose penalty is no amount.
  TurnExpansion(const Problem& problem, const std::vector<Turn>& turns);

  // What to assign: the arcs of the given problem first, in their order, then one arc for every turn.
  [[nodiscard]] const Problem& problem() const { return expanded_; }
  // The node at which trips to this node of the given problem end.
  [[nodiscard]] std::uint32_t destination(std::uint32_t node) const;
  // Volumes of all allowed turns at the expanded intersections.
  [[nodiscard]] std::vector<TurnVolume> volumes(const Assignment& expanded) const;

 private:
  using Penalties = std::map<std::pair<std::uint32_t, std::uint32_t>, std::optional<double>>;
  void expand(std::uint32_t node, const Penalties& penalties);
  void add_arc(std::uint32_t from, std::uint32_t to, double time);

  Problem expanded_;
  std::size_t arc_count_ = 0;                                  // of the given problem
  std::map<std::uint32_t, std::uint32_t> sink_;                // by expanded node
  std::vector<std::pair<std::uint32_t, std::uint32_t>> turn_;  // by arc beyond those: from arc, to arc
};

// Volumes of the turns at these nodes in any solved assignment, as its bushes have them: trips leave a node
// in the same proportions by whatever arc they came. By node, then arcs; only turns that carry something.
[[nodiscard]] std::vector<TurnVolume> turning_volumes(const Problem& problem, const Assignment& assignment,
                                                      const std::vector<std::uint32_t>& nodes);

}  // namespace gerbang::roads
