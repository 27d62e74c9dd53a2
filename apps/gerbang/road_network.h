// A TNTP network and trip table as a road assignment problem; keeps the file's node numbers.
#pragma once

#include "gerbang/io/tntp.h"
#include "gerbang/roads/problem.h"

namespace gerbang::app {

// Cost of a link = time + toll_factor · toll + distance_factor · length, in the network's unit of time.
struct RoadCostFactors {
  double toll = 0.0;
  double distance = 0.0;
};

struct RoadNetwork {
  roads::Problem problem;                  // arcs in the order of the file's links
  std::vector<std::uint32_t> node_number;  // by node of the problem
};

// Nodes that no link and no trip names are left out, so that memory does not follow numbers with gaps.
[[nodiscard]] RoadNetwork road_network(const io::TntpNetwork& network,
                                       const std::vector<io::TntpTrips>& trips,
                                       const RoadCostFactors& factors);

}  // namespace gerbang::app
