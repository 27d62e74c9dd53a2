// A road assignment problem in plain arrays: directed arcs with a volume-delay function, vehicle classes,
// demand. Vehicles of all classes share the arcs; volumes are in passenger-car units (pcu). Class m pays on
// arc a
//     c_am(v_a) = t_a(v_a) + fixed_cost_am / value_of_time_m        (in units of time),
// which keeps the equilibrium of several classes a convex problem (docs/roads.md). The unit of time, of flow
// and of money is the caller's; nothing here converts.
#pragma once

#include <cstdint>
#include <vector>

#include "gerbang/base/message.h"

namespace gerbang::roads {

enum class VolumeDelay : std::uint8_t {
  kBpr,      // t0 (1 + α (v/cap)^β), Bureau of Public Roads (1964)
  kConical,  // t0 (2 + √(α²(1−x)² + β²) − α(1−x) − β), x = v/cap, β = (2α−1)/(2α−2): Spiess (1990); alpha > 1
};

struct Arc {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  double free_time = 0.0;  // t0 ≥ 0
  double capacity = 1.0;   // pcu per hour, > 0 where the time depends on the volume
  double alpha = 0.15;
  double beta = 4.0;        // BPR only
  double background = 0.0;  // pcu per hour that is there whatever is assigned
  VolumeDelay volume_delay = VolumeDelay::kBpr;
  bool is_closed = false;  // to every class; warm starts know arcs by their index, so close, do not erase
};

struct VehicleClass {
  double pcu = 1.0;                     // passenger-car units per vehicle, > 0
  double value_of_time = 1.0;           // money per unit of time, > 0
  std::vector<double> fixed_cost;       // money per vehicle by arc, ≥ 0; empty: none
  std::vector<std::uint8_t> is_banned;  // 1 by arc where the class may not drive; empty: nowhere
};

struct Demand {
  std::uint32_t origin = 0;  // node
  std::uint32_t destination = 0;
  std::uint32_t vehicle_class = 0;
  double volume = 0.0;  // vehicles per hour, ≥ 0; trips that end where they start use no arc
};

struct Problem {
  std::size_t node_count = 0;
  // Nodes before this one begin and end trips but carry none through (TNTP: FIRST THRU NODE − 1).
  std::size_t first_through_node = 0;
  std::vector<Arc> arcs;
  std::vector<VehicleClass> classes = {VehicleClass{}};
  std::vector<Demand> demand;  // several rows may name the same pair and class
};

// Throws InputError, all faults at once, where the problem is none: an index out of range, a negative or
// non-finite number, capacity zero under a delay that depends on it.
void validate(const Problem& problem);

// Throws InputError where something asked of a problem does not hold.
void require(bool holds, const Message& found, const Message& expected);

}  // namespace gerbang::roads
