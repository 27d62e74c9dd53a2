#include "gerbang/evaluate/road_legs.h"

#include <cmath>

namespace gerbang::evaluate {

RoadLegs road_legs(const Network& network, const roads::Assignment& assignment, std::size_t freight_class,
                   std::vector<std::span<const double>> attributes) {
  const auto regions_end = network.places.begin() + static_cast<std::ptrdiff_t>(network.regions);
  const std::vector<std::uint32_t> regions(network.places.begin(), regions_end);
  std::vector<std::uint32_t> terminals;
  for (const std::size_t t : network.classes[freight_class].terminals)
    terminals.push_back(network.places[network.regions + t]);
  roads::SkimRequest request;
  request.vehicle_class = static_cast<std::uint32_t>(freight_class);
  request.attributes = std::move(attributes);
  request.origins = request.destinations = regions;
  request.destinations.insert(request.destinations.end(), terminals.begin(), terminals.end());
  RoadLegs legs;
  legs.from_regions = roads::skim(network.roads, assignment, request);
  request.origins = terminals;
  request.destinations = regions;
  legs.from_terminals = roads::skim(network.roads, assignment, request);
  return legs;
}

chains::LegValues no_values(const Network& network, std::size_t freight_class) {
  const std::size_t regions = network.regions;
  const ClassNetwork& of_class = network.classes[freight_class];
  const std::size_t terminals = of_class.terminals.size();
  return {Matrix(regions, regions), Matrix(regions, terminals), Matrix(terminals, regions),
          std::vector<double>(terminals), std::vector<double>(of_class.rides.size())};
}

void add_road_values(chains::LegValues& values, const Network& network, const RoadLegs& legs,
                     std::size_t attribute) {
  const Matrix& from_regions = legs.from_regions.attributes[attribute];
  const Matrix& from_terminals = legs.from_terminals.attributes[attribute];
  const auto add_row = [](std::span<const double> from, std::span<double> to) {
    for (std::size_t k = 0; k < to.size(); ++k) to[k] += std::isfinite(from[k]) ? from[k] : 0.0;
  };
  for (std::size_t i = 0; i < network.regions; ++i) {
    const double within = values.road(i, i);
    const std::span<const double> from = from_regions.row(i);
    add_row(from.first(network.regions), values.road.row(i));
    add_row(from.subspan(network.regions), values.access.row(i));
    values.road(i, i) = within;
  }
  for (std::size_t t = 0; t < values.handling.size(); ++t)
    add_row(from_terminals.row(t), values.egress.row(t));
}

}  // namespace gerbang::evaluate
