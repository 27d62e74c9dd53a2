// Who drives there: the trips of a solved assignment that use certain arcs (select link), or that start or
// end in certain places (select zone), and everything they drive on. At every merge of a bush trips come by
// its entries in proportion to their flows, whatever they do beyond; so with s(i) the share of the trips at
// node i that have met a selected arc before, and t(j) the share of those at j that meet one later,
//     selected flow on arc (i, j) = flow · (s(i) + (1 − s(i)) t(j)),   all of it where the arc is selected
//     itself.
// These are the flows of the assignment: all trips selected add up to its volumes, to rounding.
#pragma once

#include "gerbang/roads/assign.h"

namespace gerbang::roads {

struct Selection {
  std::vector<std::uint32_t> arcs;          // trips that use any of these; empty: every trip
  std::vector<std::uint32_t> origins;       // and start at one of these nodes; empty: anywhere
  std::vector<std::uint32_t> destinations;  // and end at one of these nodes; empty: anywhere
};

struct SelectedTrips {
  std::vector<Demand> trips;  // vehicles per hour that are selected, by class, origin and destination
  Matrix class_volume;        // what they drive on: vehicles per hour, class × arc
};

// Throws InputError for arcs and nodes that the problem does not have.
[[nodiscard]] SelectedTrips select_trips(const Problem& problem, const Assignment& assignment,
                                         const Selection& selection);

}  // namespace gerbang::roads
