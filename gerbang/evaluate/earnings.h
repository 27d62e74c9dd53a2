// What freight earns: the expected money per tonne of every pair of regions, and whose income it is.
#pragma once

#include "gerbang/evaluate/road_legs.h"
#include "gerbang/trade/transport.h"
#include "gerbang/world/world.h"

namespace gerbang::evaluate {

// Haulage, and the tolls by who earns them, as attributes for road_legs().
struct MoneyOnRoads {
  std::vector<std::vector<double>> toll_by_earner;
  std::vector<std::span<const double>> attributes;  // haulage first
};
[[nodiscard]] MoneyOnRoads money_on_roads(const Network& network, const ClassNetwork& of_class);

// g, M and earners of one class as trade takes them: destination × origin, earners' shares by pair. legs:
// with the attributes of money_on_roads().
[[nodiscard]] trade::ClassTransport class_transport(const World& world, const Network& network,
                                                    const RoadLegs& legs, std::size_t freight_class,
                                                    const chains::Chains& chains);

}  // namespace gerbang::evaluate
