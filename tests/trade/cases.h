// Small economies that the tests of trade share.
#pragma once

#include <cstdint>

#include "gerbang/trade/economy.h"
#include "gerbang/trade/observed.h"

namespace gerbang::trade::test {

// Two equal regions, one sector, no inputs; goods of the other region cost `iceberg` times as much to
// deliver.
Economy symmetric_pair(double elasticity, double iceberg);

struct RandomCase {
  std::size_t regions = 5;
  std::size_t sectors = 4;
  std::uint64_t seed = 1;
  bool has_freight = false;  // two freight classes with money that random regions earn; sector 3 is transport
  bool has_duty = false;
  bool has_public_demand = false;
  bool has_foreign = false;  // the last region
  bool has_deficit = true;
};

// Random flows, each region mostly buying from itself, input–output shares that differ by region.
ObservedEconomy random_flows(const RandomCase& random_case);
Economy random_economy(const RandomCase& random_case);

// The base year's transport with every cost and money multiplied at random by 1 ± spread.
Transport shaken(const Transport& transport, std::uint64_t seed, double spread);

}  // namespace gerbang::trade::test
