// sea_route.geojson: the way ships take between two ports, a line from the node from_node_id to the node
// to_node_id. A leg takes the line of its terminals' nodes, or the reversed one of the way back.
#include "gerbang/io/geojson.h"
#include "gerbang/io/study_reading.h"

namespace gerbang::io {
namespace {

using Routes = std::map<std::pair<NodeId, NodeId>, Line>;

Routes read_routes(Reading& reading, const std::string& text) {
  const std::string file(kSeaRouteFile);
  Routes routes;
  for (Feature& feature : read_features(file, text, reading.faults)) {
    const auto fault = [&](Message found, Message expected) {
      reading.faults.add({file, feature.line, feature.column, std::move(found), std::move(expected)});
    };
    const auto node_of = [&](std::string_view property) -> std::optional<NodeId> {
      const std::string id = feature.property(property);
      const auto node = reading.nodes.ids.find(id);
      if (node != reading.nodes.ids.end()) return node->second;
      if (id.empty()) {
        fault(said({"rute tanpa {}", "a route without {}"}, property),
              said({"properti {}", "the property {}"}, property));
      } else if (reading.nodes.is_read) {
        fault(said({"simpul '{}' tidak dikenal", "unknown node '{}'"}, shown(id)),
              remedy_for_name(id, "node", reading.nodes.list));
      }
      return std::nullopt;
    };
    if (feature.path.empty()) {
      fault({"rute yang bukan garis", "a route that is no line"}, {"LineString", "a LineString"});
      continue;
    }
    const auto from = node_of("from_node_id");
    const auto to = node_of("to_node_id");
    if (!from || !to) continue;
    if (!routes.emplace(std::pair(*from, *to), std::move(feature.path)).second) {
      fault(said({"rute dari '{}' ke '{}' ada dua kali", "the route from '{}' to '{}' is there twice"},
                 reading.world.nodes[*from].id, reading.world.nodes[*to].id),
            {"satu rute untuk tiap arah", "one route for each direction"});
    }
  }
  return routes;
}

}  // namespace

void read_sea_routes(Reading& reading, const std::string& text) {
  const Routes routes = read_routes(reading, text);
  if (!reading.is_whole({"terminal", "service", "service_leg"})) return;
  for (Service& service : reading.world.services) {
    for (ServiceLeg& leg : service.legs) {
      const NodeId from = reading.world.terminals[leg.from].node;
      const NodeId to = reading.world.terminals[leg.to].node;
      if (const auto there = routes.find({from, to}); there != routes.end()) {
        leg.route = there->second;
      } else if (const auto back = routes.find({to, from}); back != routes.end()) {
        leg.route.assign(back->second.rbegin(), back->second.rend());
      }
    }
  }
}

}  // namespace gerbang::io
