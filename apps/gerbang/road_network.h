// Road networks and trip tables of every format as a road assignment problem; keeps what its files call
// things.
#pragma once

#include <string>

#include "gerbang/io/gmns.h"
#include "gerbang/io/omx.h"
#include "gerbang/io/tntp.h"
#include "gerbang/roads/problem.h"

namespace gerbang::app {

// Cost of a link = time + toll_factor · toll + distance_factor · length, in the network's unit of time.
struct RoadCostFactors {
  double toll = 0.0;
  double distance = 0.0;
};

// A vehicle class of a table of classes; its demand is the matrix of that name.
struct RoadClass {
  std::string name;
  double pcu = 1.0;
  double value_of_time = 1.0;    // money per unit of time
  double toll_factor = 1.0;      // money per unit of toll
  double cost_per_length = 0.0;  // money
};

struct RoadNetwork {
  roads::Problem problem;  // arcs in the order of the file's links; both ways of an undirected one in turn
  std::vector<std::uint32_t> node_number;              // by node of the problem: TNTP
  std::vector<std::string> node_id;                    // GMNS
  std::vector<std::pair<double, double>> coordinates;  // by node; empty where the files have none
  std::vector<double> length;                          // by arc
  std::vector<double> toll;
  std::vector<std::vector<std::string>> allowed_uses;  // by arc, or empty
  std::vector<std::string> class_name = {"0"};
  std::vector<std::uint32_t> zone_node;  // by zone, in the order of their numbers
  std::vector<std::int64_t> zone_number;

  [[nodiscard]] std::string node_name(std::uint32_t node) const {
    return node_id.empty() ? std::to_string(node_number[node]) : node_id[node];
  }
};

// Nodes that no link and no trip names are left out, so that memory does not follow numbers with gaps.
[[nodiscard]] RoadNetwork road_network(const io::TntpNetwork& network,
                                       const std::vector<io::TntpTrips>& trips,
                                       const RoadCostFactors& factors);
// A GMNS network, without demand: times in hours, lengths in km.
[[nodiscard]] RoadNetwork road_network(const io::GmnsNetwork& network);

// Gives the network classes with their costs and bans; add_demand() then finds their matrices by name.
void set_classes(RoadNetwork& network, const std::vector<RoadClass>& classes);
// Adds demand between zones; InputError, which names the file, for a zone that the network does not have, a
// negative or missing number, a class without matrix.
void add_demand(RoadNetwork& network, const io::OmxFile& trips, const std::string& file);
void add_demand(RoadNetwork& network, const std::vector<io::ZoneTrips>& trips, const std::string& file);

// The classes of a CSV table: class, and optionally pcu, value_of_time, cost_per_length.
[[nodiscard]] std::vector<RoadClass> read_classes(const std::string& file);

}  // namespace gerbang::app
