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

// attributes, rare: by arc, as in roads::SkimRequest. skimmer: of network.roads. legs: whose memory may be
// used.
[[nodiscard]] RoadLegs road_legs(const Network& network, const roads::Skimmer& skimmer,
                                 std::size_t freight_class, std::vector<std::span<const double>> attributes,
                                 std::vector<std::span<const double>> rare = {}, RoadLegs legs = {});

// Leg values of a class, all zero.
[[nodiscard]] chains::LegValues no_values(const Network& network, std::size_t freight_class);

// One attribute of the road legs as leg values; of legs that nobody can drive and of those within a region
// zero.
[[nodiscard]] chains::LegValues road_values(const Network& network, const RoadLegs& legs,
                                            std::size_t freight_class, std::size_t attribute);

// Calls use(member of LegValues, place in that matrix, attribute, value) for what is rare on the road legs.
template <class Use>
void for_each_rare(const Network& network, const RoadLegs& legs, const Use& use) {
  const std::size_t regions = network.regions, terminals = legs.from_terminals.cost.rows();
  for (const roads::Skims::Met& met : legs.from_regions.rare) {
    const std::size_t i = met.pair / (regions + terminals), to = met.pair % (regions + terminals);
    if (to < regions) {
      use(&chains::LegValues::road, i * regions + to, met.attribute, met.value);
    } else {
      use(&chains::LegValues::access, i * terminals + to - regions, met.attribute, met.value);
    }
  }
  for (const roads::Skims::Met& met : legs.from_terminals.rare)
    use(&chains::LegValues::egress, met.pair, met.attribute, met.value);
}

}  // namespace gerbang::evaluate
