// Who takes which of several ways that cost the same. Arc volumes of an equilibrium are unique; the classes'
// and origins' parts of them are not, and would be left to the order of the computation. The condition of
// proportionality decides: all that pass from one node to another, whatever their origin, destination and
// class, divide between two segments that cost the same in the same proportions (Bar-Gera & Boyce 1999;
// Bar-Gera, Boyce & Nie 2012, "User-equilibrium route flows and the condition of proportionality"). Of all
// ways to divide the volumes it is the likeliest, of greatest entropy. How far it is unique: docs/roads.md.
#pragma once

#include <optional>
#include <span>
#include <utility>

#include "gerbang/roads/assign.h"
#include "gerbang/roads/bush.h"
#include "gerbang/roads/pair_finder.h"

namespace gerbang::roads {

class Proportionality {
 public:
  // Of bushes at equilibrium, to this gap, at these costs by class and arc, which must outlive it. Lets arcs
  // that cost the same into bushes that could as well use them.
  Proportionality(const Network& network, const std::vector<std::vector<double>>& class_cost,
                  std::vector<Bush>& bushes, double gap);

  // Divides the flows of the bushes anew, until no proportion changes by more than `settled`; arc volumes
  // stay. Returns the largest last change. The observer is told it after every sweep.
  double divide(double settled, const Observer& observer = {});

 private:
  // Two segments that cost the same, from where they meet back to where they part.
  struct Choice {
    std::vector<ArcIndex> one, other;
  };
  // A bush that holds both segments: their entries at merges, the last of `other` before `end`.
  struct User {
    std::uint32_t bush = 0;
    std::uint32_t one = 0;
    std::uint32_t other = 0;
    std::uint32_t end = 0;
  };
  struct Entry {
    std::uint32_t entry = 0;
    std::uint32_t merge = 0;
  };
  // Where the arcs of a bush lie: an entry, kTree for the only arc into a node, kNone for others.
  class Places;

  void let_in_equals(Bush& bush, Places& places, PairFinder& finder) const;
  [[nodiscard]] std::vector<ArcIndex> missing_arcs(const Bush& bush, const Places& places,
                                                   const std::vector<double>& label,
                                                   std::span<const ArcIndex> let_in) const;
  void find_choices(const SegmentPairs& pairs);
  void find_users(std::uint32_t bush, Places& places);
  [[nodiscard]] double flow_along(const Bush& bush, std::uint32_t begin, std::uint32_t end) const;
  struct Totals {
    double one = 0.0;
    double both = 0.0;
  };
  using Relation = std::vector<std::pair<std::size_t, double>>;  // choices and how often

  void find_relations();
  Totals measure(std::size_t choice);
  std::optional<double> divide(std::size_t choice, double more_on_one);
  double step_along(const Relation& relation);
  double settle(const Relation& relation);
  std::optional<double> exchange(const Relation& relation, double step);
  [[nodiscard]] std::vector<double> flows() const;
  void set_flows(std::span<const double> safe, std::span<const double> proposed);

  const Network& network_;
  const std::vector<std::vector<double>>& class_cost_;
  std::vector<Bush>& bushes_;
  double near_;                 // arcs cost the same whose detour is a smaller part of the way's cost
  std::vector<double> volume_;  // by arc, of all bushes
  std::vector<Choice> choices_;
  std::vector<std::pair<ArcIndex, ArcIndex>> last_arcs_;  // of each choice's segments, to look at first
  std::vector<std::vector<User>> users_;                  // by choice
  std::vector<Entry> entries_;                            // of the users' segments
  std::vector<std::uint32_t> choosing_;                   // bushes that use a choice, each once
  std::vector<Relation> relations_;
  std::vector<double> on_one_, on_both_;  // by user of a choice
};

}  // namespace gerbang::roads
