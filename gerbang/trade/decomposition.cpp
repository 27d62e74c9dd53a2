#include "gerbang/trade/decomposition.h"

#include "gerbang/trade/wedges.h"

namespace gerbang::trade {
namespace {

double duty_at(const Economy& economy, const Change& change, std::size_t sector, std::size_t pair) {
  const std::vector<Matrix>& duty = duty_of(economy, change);
  return duty.empty() || duty[sector].values().empty() ? 0.0 : duty[sector].values()[pair];
}

// Flows at the factory gate.
Matrix factory_flow(const Economy& economy, const State& state, std::size_t sector) {
  Matrix value = flow(economy, state.change, state.equilibrium, sector);
  const SectorWedges wedges = make_sector_wedges(economy, state.change, sector);
  if (!wedges.is_shared()) return value;
  const Matrix paid = wedges.buy.matrix();
  for (std::size_t k = 0; k < value.values().size(); ++k)
    if (value.values()[k] > 0.0) value.values()[k] *= wedges.sell.values()[k] / paid.values()[k];
  return value;
}

}  // namespace

Decomposition decompose(const Economy& economy, const State& reference, const State& now) {
  const std::size_t n_regions = economy.regions;
  Decomposition result{std::vector<double>(n_regions, 0.0), std::vector<double>(n_regions, 0.0)};
  for (std::size_t s = 0; s < economy.sectors; ++s) {
    const Matrix before = factory_flow(economy, reference, s);
    const Matrix after = factory_flow(economy, now, s);
    for (std::size_t n = 0; n < n_regions; ++n) {
      for (std::size_t i = 0; i < n_regions; ++i) {
        if (n == i || before(n, i) == 0.0) continue;
        const double dearer = now.equilibrium.cost_hat(i, s) / reference.equilibrium.cost_hat(i, s) - 1.0;
        result.terms_of_trade[i] += before(n, i) * dearer / reference.equilibrium.income[i];
        result.terms_of_trade[n] -= before(n, i) * dearer / reference.equilibrium.income[n];
        const double duty = duty_at(economy, reference.change, s, n * n_regions + i);
        result.volume_of_trade[n] +=
            duty * (after(n, i) - before(n, i) - before(n, i) * dearer) / reference.equilibrium.income[n];
      }
    }
  }
  return result;
}

}  // namespace gerbang::trade
