// The kernels of a counterfactual, formed once per change of costs: M = π κ̂^{−θ} per sector, and what of a
// buyer's spending reaches the producer and the treasury. Every sweep of the solver reads them once.
#pragma once

#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/trade/change.h"
#include "gerbang/trade/economy.h"

namespace gerbang::trade {

struct SectorWedges {
  Matrix buy;   // M_ni = π_ni κ̂_ni^{−θ}: weight of origin i among what n buys, before ĉ_i^{−θ}
  Matrix sell;  // M/(1 + t): what the producer receives of it; empty where nobody else earns (then it is buy)
  Matrix levy;  // M τ/(1 + τ): import duty; empty without duty

  [[nodiscard]] const Matrix& received() const { return sell.values().empty() ? buy : sell; }
};

// The transport state that holds under a change.
[[nodiscard]] inline const Transport& transport_of(const Economy& economy, const Change& change) {
  return change.transport != nullptr ? *change.transport : economy.transport;
}
// The duties that hold under a change; no matrices: none.
[[nodiscard]] inline const std::vector<Matrix>& duty_of(const Economy& economy, const Change& change) {
  return change.duty.empty() ? economy.duty : change.duty;
}
// Whether freight cost concerns a sector.
[[nodiscard]] bool is_freight(const Economy& economy, std::size_t sector);

[[nodiscard]] SectorWedges make_sector_wedges(const Economy& economy, const Change& change,
                                              std::size_t sector);
[[nodiscard]] std::vector<SectorWedges> make_wedges(const Economy& economy, const Change& change);

}  // namespace gerbang::trade
