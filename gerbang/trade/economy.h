// The economies of all regions in the base year, as the hat algebra needs them: shares, margins and the state
// of transport they were observed under (Caliendo & Parro 2015; docs/trade.md). Regions, sectors and freight
// classes are counted as in the World (the value of their ids); the rest of the world is an ordinary region.
// Values in IDR bn a year, at the buyer's price (freight and duty included) unless said otherwise.
#pragma once

#include <optional>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/trade/transport.h"

namespace gerbang::trade {

struct Economy {
  std::size_t regions = 0;             // N
  std::size_t sectors = 0;             // S
  std::optional<std::size_t> foreign;  // the rest of the world: its wage is the numeraire
  std::optional<std::size_t>
      transport_sector;  // what freight money is demand for; required where money is paid

  // By sector.
  std::vector<double> trade_elasticity;                   // θ_s
  std::vector<double> value_per_tonne;                    // v_s, mn IDR; of sectors with a freight class
  std::vector<std::optional<std::size_t>> freight_class;  // none: freight cost does not concern it

  // By region (rows) and sector (columns).
  Matrix value_added_share;  // b_ns of output
  Matrix household_share;    // α_ns of household spending; rows add to 1
  Matrix public_demand;      // G_ns, government and investment, real (at base prices)
  Matrix expenditure;        // X_ns of all buyers
  Matrix output;  // Y_ns at the factory gate; the transport sector's includes the freight money it earns

  std::vector<Matrix> input_share;  // by region: γ_n^{ks}, (input k, using sector s) of output; b + Σ_k γ = 1
  std::vector<Matrix> share;        // by sector: π_ni, (destination n, origin i); rows add to 1
  std::vector<Matrix> duty;         // by sector: ad valorem on cost, insurance and freight; empty: none

  // By region.
  std::vector<double> value_added;   // V_n = Σ_s b_ns Y_ns
  std::vector<double> labour_share;  // λ_n: share of value added that moves with people
  std::vector<double> deficit;       // D_n, adds to 0
  std::vector<double> income;        // I_n = V_n − T_n + D_n + duties: what households spend

  Transport transport;  // of the base year; no classes: no freight cost at all
};

}  // namespace gerbang::trade
