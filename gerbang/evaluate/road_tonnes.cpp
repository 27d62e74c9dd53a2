#include "gerbang/evaluate/road_tonnes.h"

#include <algorithm>
#include <numeric>

#include "gerbang/evaluate/network.h"

namespace gerbang::evaluate {
namespace {

// The parts of the land that roads connect: by node, the smallest node it can be reached from.
std::vector<std::size_t> land_of_nodes(const roads::Problem& roads) {
  std::vector<std::size_t> land(roads.node_count);
  std::iota(land.begin(), land.end(), std::size_t{0});
  const auto root = [&](std::size_t node) {
    while (land[node] != node) node = land[node] = land[land[node]];
    return node;
  };
  for (const roads::Arc& arc : roads.arcs)
    if (!arc.is_closed) land[std::max(root(arc.from), root(arc.to))] = std::min(root(arc.from), root(arc.to));
  for (std::size_t node = 0; node < land.size(); ++node) land[node] = root(node);
  return land;
}

}  // namespace

RoadPairs road_pairs(const Network& network) {
  const std::vector<std::size_t> land = land_of_nodes(network.roads);
  const auto regions = static_cast<std::uint32_t>(network.regions);
  const std::vector<std::uint32_t>& node = network.places;
  RoadPairs pairs;
  for (std::uint32_t m = 0; m < network.classes.size(); ++m) {
    std::vector<std::uint32_t> places(regions);
    std::iota(places.begin(), places.end(), 0U);
    for (const std::size_t t : network.classes[m].terminals)
      places.push_back(static_cast<std::uint32_t>(regions + t));
    std::vector<std::uint32_t> origins = places;
    std::stable_sort(origins.begin(), origins.end(),
                     [&](std::uint32_t a, std::uint32_t b) { return node[a] < node[b]; });
    for (const std::uint32_t from : origins)
      for (const std::uint32_t to : places)
        if (from != to && (from < regions || to < regions) && land[node[from]] == land[node[to]])
          pairs.push_back({m, node[from], from, to});
  }
  return pairs;
}

RoadTonnes on_pairs(const std::shared_ptr<const RoadPairs>& pairs, const RoadTonnes& tonnes) {
  if (pairs == tonnes.pairs) return tonnes;
  RoadTonnes result{pairs, std::vector<double>(pairs->size())};
  const std::span<const RoadPair> known = tonnes.all_pairs();
  std::size_t k = 0;
  for (std::size_t p = 0; p < pairs->size(); ++p) {
    while (k < known.size() && known[k] < (*pairs)[p]) ++k;
    if (k < known.size() && known[k] == (*pairs)[p]) result.kt[p] = tonnes.kt[k];
  }
  return result;
}

}  // namespace gerbang::evaluate
