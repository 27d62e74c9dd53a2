// What the roads between regions and terminals are like for a freight class at an equilibrium of the roads.
#pragma once

#include <span>
#include <vector>

#include "gerbang/chains/chains.h"
#include "gerbang/evaluate/network.h"
#include "gerbang/roads/assign.h"
#include "gerbang/roads/network.h"
#include "gerbang/roads/skim.h"

namespace gerbang::evaluate {

// Road legs of one class: from every region to the regions and the class's terminals, and from these to the
// regions.
struct RoadLegs {
  roads::Skims from_regions;
  roads::Skims from_terminals;
};

// attributes: by arc. skimmer: of network.roads.
[[nodiscard]] RoadLegs road_legs(const Network& network, const roads::Skimmer& skimmer,
                                 std::size_t freight_class, std::vector<std::span<const double>> attributes);

// Leg values of a class, all zero.
[[nodiscard]] chains::LegValues no_values(const Network& network, std::size_t freight_class);

// Calls use(member of LegValues, place in that matrix, value) for one attribute of every road leg; legs that
// nobody can drive and those within a region are left out.
template <class Use>
void for_each_road_value(const Network& network, const RoadLegs& legs, std::size_t attribute,
                         const Use& use) {
  const Matrix& from_regions = legs.from_regions.attributes[attribute];
  const Matrix& from_terminals = legs.from_terminals.attributes[attribute];
  const std::size_t terminals = from_terminals.rows();
  for (std::size_t i = 0; i < network.regions; ++i) {
    const std::span<const double> from = from_regions.row(i);
    for (std::size_t n = 0; n < network.regions; ++n)
      if (n != i && from[n] < roads::kInfinity)
        use(&chains::LegValues::road, i * network.regions + n, from[n]);
    for (std::size_t k = 0; k < terminals; ++k)
      if (const double value = from[network.regions + k]; value < roads::kInfinity)
        use(&chains::LegValues::access, i * terminals + k, value);
  }
  const std::span<const double> egress = from_terminals.values();
  for (std::size_t leg = 0; leg < egress.size(); ++leg)
    if (egress[leg] < roads::kInfinity) use(&chains::LegValues::egress, leg, egress[leg]);
}

// One attribute of the road legs as leg values; what is left out is zero.
[[nodiscard]] chains::LegValues road_values(const Network& network, const RoadLegs& legs,
                                            std::size_t freight_class, std::size_t attribute);

}  // namespace gerbang::evaluate
