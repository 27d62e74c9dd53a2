#include "gerbang/evaluate/road_legs.h"

#include <algorithm>

namespace gerbang::evaluate {

RoadLegs road_legs(const Network& network, const roads::Skimmer& skimmer, std::size_t freight_class,
                   std::vector<std::span<const double>> attributes, std::vector<std::span<const double>> rare,
                   RoadLegs legs) {
  const auto regions_end = network.places.begin() + static_cast<std::ptrdiff_t>(network.regions);
  const std::vector<std::uint32_t> regions(network.places.begin(), regions_end);
  std::vector<std::uint32_t> terminals;
  for (const std::size_t t : network.classes[freight_class].terminals)
    terminals.push_back(network.places[network.regions + t]);
  roads::SkimRequest request;
  request.vehicle_class = static_cast<std::uint32_t>(freight_class);
  request.attributes = std::move(attributes);
  request.rare = std::move(rare);
  request.origins = request.destinations = regions;
  request.destinations.insert(request.destinations.end(), terminals.begin(), terminals.end());
  skimmer.skim(request, legs.from_regions);
  request.origins = terminals;
  request.destinations = regions;
  skimmer.skim(request, legs.from_terminals);
  return legs;
}

chains::LegValues no_values(const Network& network, std::size_t freight_class) {
  const std::size_t regions = network.regions;
  const ClassNetwork& of_class = network.classes[freight_class];
  const std::size_t terminals = of_class.terminals.size();
  return {Matrix(regions, regions), Matrix(regions, terminals), Matrix(terminals, regions),
          std::vector<double>(terminals), std::vector<double>(of_class.rides.size())};
}

chains::LegValues road_values(const Network& network, const RoadLegs& legs, std::size_t freight_class,
                              std::size_t attribute) {
  chains::LegValues values = no_values(network, freight_class);
  const auto reached = [](double value) { return value < roads::kInfinity ? value : 0.0; };
  for (std::size_t i = 0; i < network.regions; ++i) {
    const std::span<const double> from = legs.from_regions.attributes[attribute].row(i);
    const auto terminals = from.begin() + static_cast<std::ptrdiff_t>(network.regions);
    std::transform(from.begin(), terminals, values.road.row(i).begin(), reached);
    std::transform(terminals, from.end(), values.access.row(i).begin(), reached);
    values.road(i, i) = 0.0;
  }
  const std::span<const double> egress = legs.from_terminals.attributes[attribute].values();
  std::transform(egress.begin(), egress.end(), values.egress.values().begin(), reached);
  return values;
}

}  // namespace gerbang::evaluate
