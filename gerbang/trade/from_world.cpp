// What calibration takes from a study's tables.
#include <algorithm>
#include <cmath>
#include <numbers>

#include "gerbang/trade/calibrate.h"

namespace gerbang::trade {
namespace {

constexpr double kEarthRadiusKm = 6371.0;
constexpr double kNearestKm = 1.0;  // no two regions are nearer, so that ln distance stays finite

double great_circle_km(const Node& a, const Node& b) {
  constexpr double kRadians = std::numbers::pi / 180.0;
  const double half_lat = std::sin((b.lat - a.lat) * kRadians / 2.0);
  const double half_lon = std::sin((b.lon - a.lon) * kRadians / 2.0);
  const double h =
      half_lat * half_lat + std::cos(a.lat * kRadians) * std::cos(b.lat * kRadians) * half_lon * half_lon;
  return 2.0 * kEarthRadiusKm * std::asin(std::min(1.0, std::sqrt(h)));
}

Matrix distances(const World& world) {
  Matrix km(world.regions.size(), world.regions.size());
  for (const RegionId n : world.regions.ids()) {
    for (const RegionId i : world.regions.ids()) {
      const Region& region = world.regions[n];
      double distance = great_circle_km(world.nodes[region.node], world.nodes[world.regions[i].node]);
      if (n == i)
        distance = region.intra_km.value_or(std::min(0.5 * std::sqrt(region.area_km2 / std::numbers::pi),
                                                     world.parameters.intra_region_km_cap));
      km(n.value(), i.value()) = std::max(distance, kNearestKm);
    }
  }
  return km;
}

void add_regions(const World& world, CalibrationInput& input) {
  for (const RegionId id : world.regions.ids()) {
    const Region& region = world.regions[id];
    if (region.is_foreign) input.foreign = id.value();
    input.region_name.push_back(region.id);
    input.final_demand_ratio.push_back(region.final_demand_ratio);
    input.government.push_back(region.government_idr_bn);
    input.investment.push_back(region.investment_idr_bn);
  }
}

void add_sectors(const World& world, CalibrationInput& input) {
  for (const Sector& sector : world.sectors) {
    input.sector_name.push_back(sector.id);
    input.trade_elasticity.push_back(sector.trade_elasticity);
    input.distance_elasticity.push_back(sector.distance_elasticity);
    input.own_region_log.push_back(sector.own_region_log);
    input.labour_share.push_back(sector.labour_share);
    std::optional<std::size_t> freight_class;
    double value = sector.value_mn_idr_per_tonne;
    if (sector.freight_class) {
      freight_class = sector.freight_class->value();
      if (value <= 0.0) value = world.freight_classes[*sector.freight_class].value_mn_idr_per_tonne;
    }
    input.freight_class.push_back(freight_class);
    input.value_per_tonne.push_back(value);
  }
}

}  // namespace

CalibrationInput calibration_input(const World& world) {
  CalibrationInput input{.regions = world.regions.size(), .sectors = world.sectors.size()};
  input.transport_sector = world.transport_sector.value();
  input.foreign_size = world.parameters.foreign_size;
  add_regions(world, input);
  add_sectors(world, input);
  input.distance_km = distances(world);
  input.value_added = Matrix(input.regions, input.sectors);
  for (const ValueAdded& row : world.value_added)
    input.value_added(row.region.value(), row.sector.value()) += row.value_added_idr_bn;
  input.input_coefficient = {Matrix(input.sectors, input.sectors)};
  for (const InputCoefficient& row : world.input_output)
    input.input_coefficient[0](row.input.value(), row.user.value()) += row.coefficient;
  input.final_demand_share = Matrix(3, input.sectors);
  for (const FinalDemandShare& row : world.final_demand)
    input.final_demand_share(static_cast<std::size_t>(row.user), row.sector.value()) += row.share;
  for (const ForeignTrade& row : world.foreign_trade) {
    std::optional<std::size_t> region;
    if (row.region) region = row.region->value();
    input.foreign_flows.push_back({row.direction, region, row.sector.value(), row.value_idr_bn});
  }
  for (const ObservedFlow& row : world.observed_flows)
    input.known_flows.push_back(
        {row.origin.value(), row.destination.value(), row.sector.value(), row.value_idr_bn});
  return input;
}

}  // namespace gerbang::trade
