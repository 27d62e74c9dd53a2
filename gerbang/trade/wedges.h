// The kernels of a counterfactual, formed once per change of costs: M = π κ̂^{−θ} per sector, and what of a
// buyer's spending reaches the producer and the treasury. Every sweep of the solver reads them once. They may
// read the economy's shares, so that it must outlive them.
#pragma once

#include <span>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/trade/change.h"
#include "gerbang/trade/economy.h"
#include "gerbang/trade/weights.h"

namespace gerbang::trade {

struct SectorWedges {
  Weights buy;  // M
  Matrix sell;  // M/(1 + t): what the producer receives of it; empty where nobody else earns (then it is buy)
  Matrix levy;  // M τ/(1 + τ): import duty; empty without duty

  [[nodiscard]] bool is_shared() const { return !sell.values().empty(); }  // with carriers or the treasury
  // The part of row n of what the producer receives that is read, dense (Weights::read_row).
  [[nodiscard]] const double* read_received(std::size_t n) const {
    return is_shared() ? sell.row(n).data() : buy.read_row(n);
  }
  // Row n of what the producer receives.
  [[nodiscard]] std::span<const double> received(std::size_t n, std::vector<double>& buffer) const {
    return is_shared() ? sell.row(n) : buy.row(n, buffer);
  }
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
