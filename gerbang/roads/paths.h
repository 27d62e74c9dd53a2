// The paths that trips take in a solved assignment, in bulk: every way through a bush, with the flow that the
// shares at its merges give it. There may be very many; ways of less than a least share of their pair's trips
// are added up as the rest.
#pragma once

#include "gerbang/roads/assign.h"

namespace gerbang::roads {

struct PathRequest {
  std::vector<std::uint32_t> origins;       // empty: all
  std::vector<std::uint32_t> destinations;  // empty: all
  double least_share = 1e-3;                // of a pair's trips, > 0
};

struct Path {
  std::uint32_t origin = 0;
  std::uint32_t destination = 0;
  std::uint32_t vehicle_class = 0;
  double volume = 0.0;  // vehicles per hour
  double cost = 0.0;    // generalised, in units of time
  std::size_t first_arc =
      0;  // its arcs: Paths::arcs[first_arc] … [first_arc + arc_count − 1], from the origin on
  std::size_t arc_count = 0;
};

struct Paths {
  std::vector<Path> paths;  // by class, origin, destination of the demand
  std::vector<std::uint32_t> arcs;
  double rest = 0.0;  // vehicles per hour on ways of less than the least share
};

// Throws InputError for unknown nodes and a least share that is not above zero.
[[nodiscard]] Paths list_paths(const Problem& problem, const Assignment& assignment,
                               const PathRequest& request);

}  // namespace gerbang::roads
