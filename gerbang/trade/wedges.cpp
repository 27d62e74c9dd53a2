#include "gerbang/trade/wedges.h"

#include <cmath>
#include <utility>

#include "gerbang/base/line_math.h"
#include "gerbang/base/parallel.h"
#include "gerbang/trade/kernel.h"

namespace gerbang::trade {
namespace {

// What determines κ of one sector's pairs, now and in the base year.
struct SectorCosts {
  const Matrix* cost_base = nullptr;  // g; null: no freight
  const Matrix* cost = nullptr;
  const Matrix* money = nullptr;
  const Matrix* duty_base = nullptr;  // null: none
  const Matrix* duty = nullptr;
  const Matrix* iceberg = nullptr;
  double value_per_tonne = 1.0;

  [[nodiscard]] bool is_as_base_but_for_iceberg() const { return cost == cost_base && duty == duty_base; }
  [[nodiscard]] bool is_as_base() const { return is_as_base_but_for_iceberg() && iceberg == nullptr; }
};

SectorCosts costs_of(const Economy& economy, const Change& change, std::size_t sector) {
  SectorCosts costs;
  if (is_freight(economy, sector)) {
    const std::size_t m = *economy.freight_class[sector];
    costs.cost_base = &economy.transport.classes[m].cost;
    costs.cost = &transport_of(economy, change).classes[m].cost;
    costs.money = &transport_of(economy, change).classes[m].money;
    costs.value_per_tonne = economy.value_per_tonne[sector];
  }
  const auto duty_matrix = [sector](const std::vector<Matrix>& duty) {
    return duty.empty() || duty[sector].values().empty() ? nullptr : &duty[sector];
  };
  costs.duty_base = duty_matrix(economy.duty);
  costs.duty = duty_matrix(duty_of(economy, change));
  if (!change.iceberg.empty() && !change.iceberg[sector].values().empty())
    costs.iceberg = &change.iceberg[sector];
  return costs;
}

// κ̂ of pair k: (1 + g/v)(1 + τ) now over then; +infinity where it is cut.
double cost_factor(const SectorCosts& costs, std::size_t k) {
  double factor = costs.iceberg != nullptr ? costs.iceberg->values()[k] : 1.0;
  if (costs.cost != costs.cost_base) {
    const double v = costs.value_per_tonne;
    factor *= (v + costs.cost->values()[k]) / (v + costs.cost_base->values()[k]);
  }
  if (costs.duty != costs.duty_base) {
    const double now = costs.duty != nullptr ? costs.duty->values()[k] : 0.0;
    const double then = costs.duty_base != nullptr ? costs.duty_base->values()[k] : 0.0;
    factor *= (1.0 + now) / (1.0 + then);
  }
  return factor;
}

// κ̂^{−θ}; neighbours in a table often change alike, and powers take long.
class Power {
 public:
  explicit Power(double elasticity) : elasticity_(elasticity) {}
  double operator()(double factor) {
    if (factor != factor_) {
      factor_ = factor;
      power_ = std::pow(factor, -elasticity_);
    }
    return power_;
  }

 private:
  double elasticity_;
  double factor_ = 1.0;
  double power_ = 1.0;
};

// The first pair from k on that may have changed, or the end.
std::size_t skip_unchanged(const SectorCosts& costs, std::size_t k, std::size_t end) {
  return costs.is_as_base_but_for_iceberg() ? find_other(1.0, costs.iceberg->values().data(), k, end) : k;
}

// Where most pairs change: all powers at once.
Matrix weights_of_all(const Matrix& share, const SectorCosts& costs, double elasticity) {
  Matrix weights = share;
  const std::size_t size = share.values().size();
  std::vector<double> power(size, 1.0);
  for (std::size_t k = 0; k < size; ++k)
    if (share.values()[k] != 0.0) power[k] = cost_factor(costs, k);
  apply_to_lines<log_line>(power.data(), power.data(), size);
  for (double& log : power) log *= -elasticity;
  exponentiate(power);
  for (std::size_t k = 0; k < size; ++k) weights.values()[k] *= power[k];
  return weights;
}

Matrix whole_weights(const Matrix& share, const SectorCosts& costs, double elasticity) {
  if (!costs.is_as_base_but_for_iceberg()) return weights_of_all(share, costs, elasticity);
  Power power(elasticity);
  Matrix weights = share;
  const std::size_t end = weights.values().size();
  for (std::size_t k = 0; (k = skip_unchanged(costs, k, end)) < end; ++k) {
    if (weights.values()[k] == 0.0) continue;
    const double factor = cost_factor(costs, k);
    if (factor != 1.0) weights.values()[k] *= power(factor);
  }
  return weights;
}

Weights make_weights(const Matrix& share, const SectorCosts& costs, double elasticity) {
  constexpr double kLeastPower = 0.5;           // below, π + (M − π) would lose digits of M
  constexpr std::size_t kPairsPerAdded = 8;     // fewer, and a matrix of its own is read faster
  constexpr std::size_t kFewPairs = 256 * 256;  // a copy of no more is made faster than it is done without
  if (costs.is_as_base()) return Weights::unchanged(share);
  if (share.values().size() <= kFewPairs) return Weights::whole(whole_weights(share, costs, elasticity));
  Power power(elasticity);
  Sparse additions;
  for (std::size_t n = 0; n < share.rows(); ++n) {
    const std::size_t end = (n + 1) * share.columns();
    for (std::size_t k = n * share.columns(); (k = skip_unchanged(costs, k, end)) < end; ++k) {
      const double factor = cost_factor(costs, k);
      const double base = share.values()[k];
      if (factor == 1.0 || base == 0.0) continue;
      const double changed = power(factor);
      if (changed < kLeastPower || kPairsPerAdded * additions.value.size() >= share.values().size())
        return Weights::whole(whole_weights(share, costs, elasticity));
      additions.add(k - n * share.columns(), base * (changed - 1.0));
    }
    additions.end_row();
  }
  return {share, std::move(additions)};
}

// Splits what buyers pay into the producer's part and the duty.
void fill_receipts(const SectorCosts& costs, SectorWedges& wedges) {
  if (costs.money == nullptr && costs.duty == nullptr) return;
  wedges.sell = wedges.buy.matrix();
  if (costs.duty != nullptr) wedges.levy = wedges.sell;
  for (std::size_t k = 0; k < wedges.sell.values().size(); ++k) {
    if (wedges.sell.values()[k] == 0.0) continue;
    if (costs.money != nullptr)
      wedges.sell.values()[k] /= 1.0 + costs.money->values()[k] / costs.value_per_tonne;
    if (costs.duty != nullptr) {
      const double duty = costs.duty->values()[k];
      wedges.sell.values()[k] /= 1.0 + duty;
      wedges.levy.values()[k] *= duty / (1.0 + duty);
    }
  }
}

}  // namespace

bool is_freight(const Economy& economy, std::size_t sector) {
  return !economy.transport.classes.empty() && economy.freight_class[sector].has_value();
}

SectorWedges make_sector_wedges(const Economy& economy, const Change& change, std::size_t sector) {
  SectorWedges wedges;
  const SectorCosts costs = costs_of(economy, change, sector);
  wedges.buy = make_weights(economy.share[sector], costs, economy.trade_elasticity[sector]);
  fill_receipts(costs, wedges);
  return wedges;
}

std::vector<SectorWedges> make_wedges(const Economy& economy, const Change& change) {
  constexpr std::size_t kRegionsWorthThreads = 64;
  std::vector<SectorWedges> wedges(economy.sectors);
  const auto make = [&](std::size_t s) { wedges[s] = make_sector_wedges(economy, change, s); };
  if (economy.regions > kRegionsWorthThreads) {
    parallel_for(economy.sectors, make);
  } else {
    for (std::size_t s = 0; s < economy.sectors; ++s) make(s);
  }
  return wedges;
}

}  // namespace gerbang::trade
