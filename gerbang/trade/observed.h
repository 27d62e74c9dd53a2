// An Economy from flows that are known for every pair: shares, outputs, final demand and deficits are what
// the flows say, so that the base year holds by construction (to rounding).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/trade/economy.h"

namespace gerbang::trade {

struct ObservedEconomy {
  std::vector<Matrix>
      flow;  // by sector: (destination, origin), at the buyer's price, duty and freight included
  std::vector<Matrix> input_share;  // by region: (input, using sector) of output; what is left is value added
  std::vector<double> trade_elasticity;

  // Optional; empty where there is none.
  std::vector<Matrix> duty;          // by sector
  Matrix public_demand;              // region × sector, part of final demand
  std::vector<double> labour_share;  // by region; 1
  std::vector<double> value_per_tonne;
  std::vector<std::optional<std::size_t>> freight_class;
  Transport transport;
  std::optional<std::size_t> foreign;
  std::optional<std::size_t> transport_sector;
};

struct AssembledEconomy {
  Economy economy;
  // Final demand of households that the flows leave negative: set to zero there, the region's other demand
  // scaled so that its total holds. The base year then is an equilibrium only after solving it without
  // change.
  double negative_final_demand = 0.0;  // total, as a positive figure
};

[[nodiscard]] AssembledEconomy economy_from_flows(ObservedEconomy observed);

}  // namespace gerbang::trade
