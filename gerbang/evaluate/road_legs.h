// What the roads between regions and terminals are like for a freight class at an equilibrium of the roads.
#pragma once

#include <span>
#include <vector>

#include "gerbang/chains/chains.h"
#include "gerbang/evaluate/network.h"
#include "gerbang/roads/assign.h"
#include "gerbang/roads/skim.h"

namespace gerbang::evaluate {

// Road legs of one class: from every region to the regions and the class's terminals, and from these to the
// regions.
struct RoadLegs {
  roads::Skims from_regions;
  roads::Skims from_terminals;
};

// attributes: by arc.
[[nodiscard]] RoadLegs road_legs(const Network& network, const roads::Assignment& assignment,
                                 std::size_t freight_class, std::vector<std::span<const double>> attributes);

// Leg values of a class, all zero.
[[nodiscard]] chains::LegValues no_values(const Network& network, std::size_t freight_class);

// Adds one attribute of the road legs to leg values; unreachable legs carry nothing.
void add_road_values(chains::LegValues& values, const Network& network, const RoadLegs& legs,
                     std::size_t attribute);

}  // namespace gerbang::evaluate
