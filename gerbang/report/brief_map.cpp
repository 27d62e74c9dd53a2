// The map of the sides and of the services that join them.
#include <algorithm>

#include "gerbang/report/brief_context.h"
#include "gerbang/report/brief_drawings.h"
#include "gerbang/report/pair_routes.h"

namespace gerbang::report {
namespace {

// Direct services of the sides, drawn along their sea routes.
BriefMap map_of(const BriefContext& context) {
  const World& world = *context.outcome().world;
  BriefMap map{.language = context.language(),
               .sides = context.sides(),
               .routes = {},
               .places = {},
               .route_label = {}};
  for (const RegionId side : context.sides()) {
    const Node& node = world.nodes[world.regions[side].node];
    map.places.push_back({context.short_name(side), node.lon, node.lat});
  }
  if (!context.is_pair()) return map;
  // The pair's rides in the study's own order of regions, so that the map is the same for both.
  const auto [first, second] = std::minmax(context.sides()[0], context.sides()[1]);
  double shortest_nm = 0.0;
  for (const DirectRide& ride : direct_rides(world, {first, second})) {
    MapRoute route;
    for (const std::size_t leg : ride.legs) {
      const ServiceLeg& sailed = world.services[ride.service].legs[leg];
      if (!sailed.route.empty()) {
        route.points.insert(route.points.end(), sailed.route.begin(), sailed.route.end());
        continue;
      }
      for (const TerminalId end : {sailed.from, sailed.to}) {
        const Node& node = world.nodes[world.terminals[end].node];
        route.points.emplace_back(node.lon, node.lat);
      }
    }
    if (ride.legs.size() > 1 && !map.routes.empty()) continue;  // detours would clutter
    if (shortest_nm == 0.0 || ride.distance_nm < shortest_nm) {
      const Service& service = world.services[ride.service];
      shortest_nm = ride.distance_nm;
      map.route_trace = context.study(shortest_nm, "service_leg", "service_id=" + service.id, "distance_nm",
                                      service.legs[ride.legs.front()].provenance);
    }
    map.routes.push_back(std::move(route));
  }
  if (shortest_nm > 0.0)
    map.route_label =
        context.say({"{} mil laut", "{} nautical miles"}, context.page().number(shortest_nm, 0));
  return map;
}

}  // namespace

Block map_of_sides(const BriefContext& context) {
  return drawing("", draw_map(context.world(), context.sources().results.outlines, map_of(context)));
}

}  // namespace gerbang::report
