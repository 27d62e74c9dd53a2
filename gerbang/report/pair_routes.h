// How the goods between two regions travel: on which services, by road alone, or through ports of others. The
// chains of an outcome's equilibrium, loaded with one pair's tonnes.
#pragma once

#include <vector>

#include "gerbang/evaluate/base_year.h"
#include "gerbang/evaluate/outcome.h"
#include "gerbang/report/choice.h"

namespace gerbang::report {

// A way on one service from a terminal of one region to a terminal of the other, without leaving it.
struct DirectRide {
  ServiceId service;
  TerminalId from;
  TerminalId to;
  double distance_nm = 0.0;
  double time_h = 0.0;
  std::vector<std::size_t> legs;  // into Service::legs, in order
};
// Of the services that are present, in the order of the study; each service once, the shortest way.
[[nodiscard]] std::vector<DirectRide> direct_rides(const World& world, const RegionPair& pair);

// Those that join two regions in either direction, the same whichever is named first.
[[nodiscard]] std::vector<DirectRide> rides_either_way(const World& world, RegionId a, RegionId b);

struct PairRoutes {
  double kt = 0.0;                                       // all of it
  double road_kt = 0.0;                                  // by road alone
  double direct_kt = 0.0;                                // on services that join the two regions directly
  std::vector<std::pair<ServiceId, double>> on_service;  // of direct_kt, by service
  // Handled at terminals of other regions, a tonne once for each loading or unloading; the most first.
  std::vector<std::pair<RegionId, double>> handled_elsewhere;

  [[nodiscard]] double elsewhere_kt() const;  // what neither goes by road nor directly
};
// For each pair in turn.
[[nodiscard]] std::vector<PairRoutes> pair_routes(const evaluate::BaseYear& base_year,
                                                  const evaluate::Outcome& outcome,
                                                  const std::vector<RegionPair>& pairs);

}  // namespace gerbang::report
