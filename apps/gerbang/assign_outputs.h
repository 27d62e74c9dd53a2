// What `gerbang assign` writes to files besides its summary: link flows, selected trips, skims, paths, turns.
#pragma once

#include <optional>
#include <string>

#include "apps/gerbang/road_network.h"
#include "gerbang/roads/assign.h"
#include "gerbang/roads/turns.h"

namespace gerbang::app {

// A solved network: the problem that was solved has the network's arcs first, and more where turns were
// expanded.
struct SolvedRoads {
  const RoadNetwork& network;
  const roads::Problem& problem;
  const roads::Assignment& result;
  const roads::TurnExpansion* turns = nullptr;
};

// Everything is named by the files' node numbers; "" or empty asks for nothing.
struct AssignOutputs {
  std::string flows;                      // CSV, or a GeoPackage by its ending: by link and class
  std::vector<std::string> select_links;  // FROM-TO: trips that use any of them
  std::vector<std::string> select_origins;
  std::vector<std::string> select_destinations;
  std::string selected;        // CSV of the flows of those trips
  std::string selected_trips;  // CSV of the trips
  std::string skims;           // OMX: cost, time, distance, toll by class, between zones
  std::string paths;           // CSV
  double least_share = 1e-3;
  std::string turning_volumes;  // CSV
};

void write_outputs(const SolvedRoads& solved, const AssignOutputs& outputs);

// Turns from a CSV table: from_node, via_node, to_node, penalty (blank: banned).
[[nodiscard]] std::vector<roads::Turn> read_turns(const RoadNetwork& network, const std::string& file);

}  // namespace gerbang::app
