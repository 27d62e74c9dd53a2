// Reverse mode of the pairs' side of a sweep: purchases, freight money, costs; and the derivatives by every
// wedge.
#include <algorithm>
#include <cmath>

#include "gerbang/base/parallel.h"
#include "gerbang/trade/adjoint_system.h"
#include "gerbang/trade/kernel.h"

namespace gerbang::trade {

void Adjoint::System::value_freight_money(Adjoints& adjoint) const {
  const Transport& transport = transport_of(economy_, change_);
  adjoint.money_value.resize(transport.classes.size());
  parallel_for(transport.classes.size(), [&](std::size_t m) {
    const ClassTransport& freight = transport.classes[m];
    adjoint.money_value[m] = freight.earners->worth(freight.money, adjoint.freight);
  });
}

// The rows' purchases: e = X/(Σ M ĉ^{−θ}), sales Σ e M/(1 + t), duty and freight money.
void Adjoint::System::reverse_rows(const Objective& objective, std::size_t first, std::size_t last,
                                   std::span<double> image, Adjoints& adjoint, Sums& sums) const {
  sums.supply.assign(n_ * s_, 0.0);
  sums.log_cost.assign(objective.tonnes.empty() ? 0 : n_ * s_, 0.0);
  for (std::size_t s = 0; s < s_; ++s) {
    const SectorWedges& wedges = market_.wedges()[s];
    const double* supply = accounts_.supply.data() + s * n_;
    double* supply_adjoint = sums.supply.data() + s * n_;
    const Matrix* tonnes = tonnes_weight(objective, s);
    const bool has_freight = is_freight(economy_, s);
    for (std::size_t n = first; n < last; ++n) {
      const std::size_t j = s * n_ + n;
      const double spend = accounts_.spend[j];
      if (spend == 0.0 && adjoint.log_price[j] == 0.0) continue;
      const double* received = wedges.received().row(n).data();
      double worth = dot(received, adjoint.sales.data() + s * n_, n_);  // of a unit of e
      if (has_freight) {
        const double* money = adjoint.money_value[*economy_.freight_class[s]].row(n).data();
        for (std::size_t i = 0; i < n_; ++i) {
          double value = money[i];
          if (tonnes != nullptr) {
            const double counted = (*tonnes)(n, i) * std::exp(-accounts_.log_cost[s * n_ + i]);
            value += counted;
            sums.log_cost[s * n_ + i] -=
                counted * spend * received[i] * supply[i] / economy_.value_per_tonne[s];
          }
          value /= economy_.value_per_tonne[s];
          worth += value * received[i] * supply[i];
          supply_adjoint[i] += spend * value * received[i];
        }
      }
      if (!wedges.levy.values().empty()) {
        worth += adjoint.income[n] * dot(wedges.levy.row(n).data(), supply, n_);
        add_scaled(spend * adjoint.income[n], wedges.levy.row(n).data(), supply_adjoint, n_);
      }
      image[n_ * (1 + s_) + j] += worth * spend;
      const double weight = std::exp(-economy_.trade_elasticity[s] * accounts_.log_price[j]);
      adjoint.weight[j] =
          -worth * spend / weight - adjoint.log_price[j] / (economy_.trade_elasticity[s] * weight);
      add_scaled(adjoint.weight[j], wedges.buy.row(n).data(), supply_adjoint, n_);
    }
  }
}

// Y = ĉ^{−θ} · sales (+ freight), so that costs act through ĉ^{−θ}.
void Adjoint::System::collect(const std::vector<Sums>& sums, Adjoints& adjoint) const {
  std::vector<double> supply(n_ * s_, 0.0);
  for (const Sums& part : sums) {
    add_scaled(1.0, part.supply.data(), supply.data(), n_ * s_);
    if (!part.log_cost.empty()) add_scaled(1.0, part.log_cost.data(), adjoint.log_cost.data(), n_ * s_);
  }
  for (std::size_t s = 0; s < s_; ++s) {
    for (std::size_t n = 0; n < n_; ++n) {
      const std::size_t j = s * n_ + n;
      double sold = accounts_.output[j];
      if (s == economy_.transport_sector) sold -= accounts_.freight[n];
      adjoint.log_cost[j] -=
          economy_.trade_elasticity[s] * (adjoint.output[j] * sold + supply[j] * accounts_.supply[j]);
    }
  }
}

// ln ĉ = b ln ŵ + Σ γ ln P̂ − ln Â.
void Adjoint::System::reverse_costs(std::span<double> image, const Adjoints& adjoint) const {
  const MarketTables& tables = market_.tables();
  const std::size_t rows = market_.rows_per_task();
  parallel_for((n_ + rows - 1) / rows, [&](std::size_t task) {
    std::vector<double> cost(s_);
    for (std::size_t i = task * rows; i < std::min(n_, (task + 1) * rows); ++i) {
      for (std::size_t s = 0; s < s_; ++s) {
        cost[s] = adjoint.log_cost[s * n_ + i];
        image[i] += tables.value_added_share[s * n_ + i] * cost[s];
      }
      for (std::size_t k = 0; k < s_; ++k)
        image[n_ * (1 + k) + i] += dot(economy_.input_share[i].row(k).data(), cost.data(), s_);
    }
  });
}

// With f the factory value that n buys of i: κ scales what n weighs of i, M shifts f to carriers.
void Adjoint::System::differentiate_row(std::size_t s, std::size_t n, const Objective& objective,
                                        const Adjoints& adjoint, Gradient& gradient) const {
  const SectorWedges& wedges = market_.wedges()[s];
  const std::size_t j = s * n_ + n;
  const Transport& transport = transport_of(economy_, change_);
  const bool has_freight = is_freight(economy_, s);
  const std::size_t m = has_freight ? *economy_.freight_class[s] : 0;
  const double v = economy_.value_per_tonne[s];
  const Matrix* tonnes = tonnes_weight(objective, s);
  for (std::size_t i = 0; i < n_; ++i) {
    const double supply = accounts_.supply[s * n_ + i];
    const double factory_value = accounts_.spend[j] * wedges.received()(n, i) * supply;
    double worth = adjoint.output[s * n_ + i];  // of a unit of factory value
    if (has_freight) worth += adjoint.money_value[m](n, i) / v;
    if (tonnes != nullptr) worth += (*tonnes)(n, i) * std::exp(-accounts_.log_cost[s * n_ + i]) / v;
    double by_share = adjoint.weight[j] * wedges.buy(n, i) * supply + factory_value * worth;
    if (!wedges.levy.values().empty())
      by_share += adjoint.income[n] * accounts_.spend[j] * wedges.levy(n, i) * supply;
    const double by_cost = -economy_.trade_elasticity[s] * by_share;  // per ln κ
    gradient.iceberg[s](n, i) = by_cost;
    if (!has_freight || !std::isfinite(transport.classes[m].cost(n, i))) continue;
    gradient.cost[m](n, i) += by_cost / (v + transport.classes[m].cost(n, i));
    gradient.money[m](n, i) -= factory_value * worth / (v + transport.classes[m].money(n, i));
    gradient.received[m](n, i) += factory_value / v;
  }
}

void Adjoint::System::differentiate_pairs(const Objective& objective, const Adjoints& adjoint,
                                          Gradient& gradient) const {
  const std::size_t classes = transport_of(economy_, change_).classes.size();
  gradient.iceberg.assign(s_, Matrix(n_, n_));
  gradient.cost = gradient.money = gradient.received = std::vector<Matrix>(classes, Matrix(n_, n_));
  const std::size_t rows = market_.rows_per_task();
  parallel_for((n_ + rows - 1) / rows, [&](std::size_t task) {
    for (std::size_t s = 0; s < s_; ++s)
      for (std::size_t n = task * rows; n < std::min(n_, (task + 1) * rows); ++n)
        differentiate_row(s, n, objective, adjoint, gradient);
  });
}

}  // namespace gerbang::trade
