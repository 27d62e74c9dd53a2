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
    const double* sales = adjoint.sales.data() + s * n_;
    double* supply_adjoint = sums.supply.data() + s * n_;
    double* weight = adjoint.weight.data() + s * n_;  // first what a unit of e is to the producers
    std::fill(weight + first, weight + last, 0.0);
    if (!wedges.is_shared()) wedges.buy.multiply_additions(first, last, sales, weight);
    meet_rows(
        first, last, n_, [&](std::size_t n) { return wedges.read_received(n); }, sales, weight,
        [&](std::size_t from, std::size_t to) {
          for (std::size_t n = from; n < to; ++n)
            weight[n] = reverse_purchase(objective, s, n, weight[n], image, adjoint, sums);
        },
        weight, [&](std::size_t n) { return wedges.buy.read_row(n); }, supply_adjoint);
    wedges.buy.add_scaled_additions(first, last, weight, supply_adjoint);
  }
}

// What a unit of Σ M ĉ^{−θ} of a row is worth. `received`: what a unit of e is, to the producers.
double Adjoint::System::reverse_purchase(const Objective& objective, std::size_t s, std::size_t n,
                                         double received, std::span<double> image, const Adjoints& adjoint,
                                         Sums& sums) const {
  const std::size_t j = s * n_ + n;
  const double spend = accounts_.spend[j];
  if (spend == 0.0 && adjoint.log_price[j] == 0.0) return 0.0;
  const SectorWedges& wedges = market_.wedges()[s];
  const double* supply = accounts_.supply.data() + s * n_;
  double* supply_adjoint = sums.supply.data() + s * n_;
  double worth = received;
  if (is_freight(economy_, s)) {
    const Matrix* tonnes = tonnes_weight(objective, s);
    const double* sold = wedges.sell.row(n).data();
    const double* money = adjoint.money_value[*economy_.freight_class[s]].row(n).data();
    for (std::size_t i = 0; i < n_; ++i) {
      double value = money[i];
      if (tonnes != nullptr) {
        const double counted = (*tonnes)(n, i) * per_cost_[s * n_ + i];
        value += counted;
        sums.log_cost[s * n_ + i] -= counted * spend * sold[i] * supply[i] / economy_.value_per_tonne[s];
      }
      value /= economy_.value_per_tonne[s];
      worth += value * sold[i] * supply[i];
      supply_adjoint[i] += spend * value * sold[i];
    }
  }
  if (!wedges.levy.values().empty()) {
    worth += adjoint.income[n] * dot(wedges.levy.row(n).data(), supply, n_);
    add_scaled(spend * adjoint.income[n], wedges.levy.row(n).data(), supply_adjoint, n_);
  }
  image[n_ * (1 + s_) + j] += worth * spend;
  const double theta = economy_.trade_elasticity[s];
  const double weight = std::exp(-theta * accounts_.log_price[j]);
  return -worth * spend / weight - adjoint.log_price[j] / (theta * weight);
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
  for_batches(tables.input_share.batches(), two_lane_vectors(s_), [&](std::size_t batch, auto& room) {
    const std::size_t first = batch * kLanes;
    const std::size_t last = std::min(n_, first + kLanes);
    auto& [cost, price] = room;
    std::fill(price.begin(), price.end(), Lanes(0.0));
    for (std::size_t s = 0; s < s_; ++s) {
      cost[s] = load(adjoint.log_cost, s * n_ + first);
      for (std::size_t i = first; i < last; ++i)
        image[i] += tables.value_added_share[s * n_ + i] * cost[s][i - first];
    }
    tables.input_share.add_product(batch, cost, price);
    for (std::size_t k = 0; k < s_; ++k)
      for (std::size_t i = first; i < last; ++i) image[n_ * (1 + k) + i] += price[k][i - first];
  });
}

// With f the factory value that n buys of i: κ scales what n weighs of i, M shifts f to carriers.
void Adjoint::System::differentiate_row(std::size_t s, std::size_t n, const Objective& objective,
                                        const Adjoints& adjoint, RowSpace& space, Gradient& gradient) const {
  const SectorWedges& wedges = market_.wedges()[s];
  const std::size_t j = s * n_ + n;
  const double* supply = accounts_.supply.data() + s * n_;
  const double* buy = wedges.buy.row(n, space.buy).data();
  const double* received = wedges.received(n, space.received).data();
  const double spend = accounts_.spend[j];
  value_factory_gate(s, n, objective, adjoint, space.worth);
  const double* worth = space.worth.data();
  double* iceberg = gradient.iceberg[s].row(n).data();  // per ln κ
  for (std::size_t i = 0; i < n_; ++i)
    iceberg[i] = adjoint.weight[j] * buy[i] + spend * received[i] * worth[i];
  if (!wedges.levy.values().empty())
    add_scaled(adjoint.income[n] * spend, wedges.levy.row(n).data(), iceberg, n_);
  for (std::size_t i = 0; i < n_; ++i) iceberg[i] *= -economy_.trade_elasticity[s] * supply[i];
  if (!is_freight(economy_, s)) return;
  const std::size_t m = *economy_.freight_class[s];
  const ClassTransport& freight = transport_of(economy_, change_).classes[m];
  const double v = economy_.value_per_tonne[s];
  for (std::size_t i = 0; i < n_; ++i) {
    if (!std::isfinite(freight.cost(n, i))) continue;
    const double factory_value = spend * received[i] * supply[i];
    gradient.cost[m](n, i) += iceberg[i] / (v + freight.cost(n, i));
    gradient.money[m](n, i) -= factory_value * worth[i] / (v + freight.money(n, i));
    gradient.received[m](n, i) += factory_value / v;
  }
}

// What a unit of factory value that n buys is worth, by origin.
void Adjoint::System::value_factory_gate(std::size_t s, std::size_t n, const Objective& objective,
                                         const Adjoints& adjoint, std::vector<double>& worth) const {
  const auto first = adjoint.output.begin() + static_cast<std::ptrdiff_t>(s * n_);
  worth.assign(first, first + static_cast<std::ptrdiff_t>(n_));
  const double v = economy_.value_per_tonne[s];
  if (is_freight(economy_, s))
    add_scaled(1.0 / v, adjoint.money_value[*economy_.freight_class[s]].row(n).data(), worth.data(), n_);
  if (const Matrix* tonnes = tonnes_weight(objective, s))
    for (std::size_t i = 0; i < n_; ++i) worth[i] += (*tonnes)(n, i) * per_cost_[s * n_ + i] / v;
}

void Adjoint::System::differentiate_pairs(const Objective& objective, const Adjoints& adjoint,
                                          Gradient& gradient) const {
  const std::size_t classes = transport_of(economy_, change_).classes.size();
  gradient.iceberg.resize(s_);
  parallel_for(s_, [&](std::size_t s) { gradient.iceberg[s] = Matrix(n_, n_); });
  gradient.cost = gradient.money = gradient.received = std::vector<Matrix>(classes, Matrix(n_, n_));
  const std::size_t rows = market_.rows_per_task();
  parallel_for((n_ + rows - 1) / rows, [&](std::size_t task) {
    RowSpace space;
    for (std::size_t s = 0; s < s_; ++s)
      for (std::size_t n = task * rows; n < std::min(n_, (task + 1) * rows); ++n)
        differentiate_row(s, n, objective, adjoint, space, gradient);
  });
}

}  // namespace gerbang::trade
