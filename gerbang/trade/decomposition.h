// Where a change of welfare comes from, to first order (Caliendo & Parro 2015, eq. 14): what a region gains
// because its exports sell dearer and its imports cost less (terms of trade), and because it trades more of
// what it taxes (volume):
//   Σ_s Σ_i (E_in^s Δc_n^s − M_ni^s Δc_i^s)/I_n    and    Σ_s Σ_i τ_ni^s (M'_ni^s − M_ni^s (1 + Δc_i^s))/I_n
// E, M: exports and imports at the factory gate in the reference; Δc: relative change of factory prices; M':
// imports now. It is a first-order value: the exact change stands in Comparison (docs/trade.md says how far
// apart they can be).
#pragma once

#include <vector>

#include "gerbang/trade/change.h"
#include "gerbang/trade/economy.h"
#include "gerbang/trade/solve.h"

namespace gerbang::trade {

// An equilibrium with the change that led to it.
struct State {
  const Change& change;
  const Equilibrium& equilibrium;
};

struct Decomposition {
  std::vector<double> terms_of_trade;  // by region, shares of the reference's income
  std::vector<double> volume_of_trade;
};

[[nodiscard]] Decomposition decompose(const Economy& economy, const State& reference, const State& now);

}  // namespace gerbang::trade
