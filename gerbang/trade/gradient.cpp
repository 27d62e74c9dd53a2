#include "gerbang/trade/gradient.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gerbang/base/parallel.h"
#include "gerbang/trade/fixed_point.h"
#include "gerbang/trade/kernel.h"
#include "gerbang/trade/market.h"
#include "gerbang/trade/start.h"

namespace gerbang::trade {

// Reverse mode of Market::sweep. Adjoints carry the name of what they belong to; all are of sums over sectors
// and regions, sector-major, as in Accounts.
class Adjoint::System {
 public:
  System(const Economy& economy, const Change& change, const Equilibrium& equilibrium);
  Gradient gradient(const Objective& objective, const Options& options) const;

 private:
  struct Adjoints {
    // Sector-major.
    std::vector<double> log_price;  // of the price that costs imply
    std::vector<double> output;     // per IDR bn
    std::vector<double> sales;      // of output before ĉ^{−θ}
    std::vector<double> weight;     // of Σ M ĉ^{−θ}
    std::vector<double> log_cost;
    // By region.
    std::vector<double> income;
    std::vector<double> value_added;
    std::vector<double> freight;  // per IDR bn of freight money earned
    std::vector<double> log_people;
    // By freight class: what a unit of factory value per unit of v is worth to who earns M, M Σ_r share_r
    // freight_r.
    std::vector<Matrix> money_value;
  };
  struct Sums {
    std::vector<double> supply;    // S·N
    std::vector<double> log_cost;  // S·N, by tonnes counted in base-year prices
  };

  double reverse(std::span<const double> lambda, const Objective& objective, std::span<double> image,
                 Adjoints& adjoint) const;
  void reverse_spending(std::span<const double> lambda, Adjoints& adjoint) const;
  void reverse_people(std::span<const double> lambda, std::span<double> image, Adjoints& adjoint) const;
  void reverse_wages(std::span<const double> lambda, std::span<double> image, Adjoints& adjoint) const;
  void seed_welfare(const Objective& objective, Adjoints& adjoint) const;
  void reverse_incomes(Adjoints& adjoint) const;
  void reverse_public_demand(Adjoints& adjoint) const;
  void reverse_deficits(Adjoints& adjoint) const;
  void value_freight_money(Adjoints& adjoint) const;
  void reverse_rows(const Objective& objective, std::size_t first, std::size_t last, std::span<double> image,
                    Adjoints& adjoint, Sums& sums) const;
  void collect(const std::vector<Sums>& sums, Adjoints& adjoint) const;
  void reverse_costs(std::span<double> image, const Adjoints& adjoint) const;
  void differentiate_pairs(const Objective& objective, const Adjoints& adjoint, Gradient& gradient) const;
  void differentiate_row(std::size_t s, std::size_t n, const Objective& objective, const Adjoints& adjoint,
                         Gradient& gradient) const;

  [[nodiscard]] const Matrix* tonnes_weight(const Objective& objective, std::size_t s) const {
    return objective.tonnes.empty() || !is_freight(economy_, s)
               ? nullptr
               : &objective.tonnes[*economy_.freight_class[s]];
  }
  [[nodiscard]] double people_of(std::size_t n) const { return x_[n_ * (1 + 2 * s_) + n]; }

  const Economy& economy_;
  const Change& change_;
  Market market_;
  std::size_t n_;
  std::size_t s_;
  std::vector<double> x_;
  Accounts accounts_;
};

Adjoint::System::System(const Economy& economy, const Change& change, const Equilibrium& equilibrium)
    : economy_(economy),
      change_(change),
      market_(economy, change),
      n_(economy.regions),
      s_(economy.sectors),
      x_(start_from(market_, equilibrium)) {
  std::vector<double> image(x_.size());
  market_.sweep(x_, image, accounts_);
}

// image = (∂F/∂x)' λ + ∂W/∂x; returns how far it is from λ.
double Adjoint::System::reverse(std::span<const double> lambda, const Objective& objective,
                                std::span<double> image, Adjoints& adjoint) const {
  const std::size_t block = n_ * s_;
  adjoint.log_price.assign(lambda.begin() + static_cast<std::ptrdiff_t>(n_),
                           lambda.begin() + static_cast<std::ptrdiff_t>(n_ + block));
  adjoint.output.assign(block, 0.0);
  adjoint.sales.assign(block, 0.0);
  adjoint.weight.assign(block, 0.0);
  adjoint.log_cost.assign(block, 0.0);
  for (auto* values : {&adjoint.income, &adjoint.value_added, &adjoint.freight, &adjoint.log_people})
    values->assign(n_, 0.0);
  std::fill(image.begin(), image.end(), 0.0);

  seed_welfare(objective, adjoint);
  if (change_.mobility) reverse_people(lambda, image, adjoint);
  reverse_spending(lambda, adjoint);
  reverse_wages(lambda, image, adjoint);
  reverse_incomes(adjoint);
  if (economy_.transport_sector)
    for (std::size_t n = 0; n < n_; ++n)
      adjoint.freight[n] = adjoint.output[*economy_.transport_sector * n_ + n];
  value_freight_money(adjoint);
  for (std::size_t j = 0; j < block; ++j) adjoint.sales[j] = adjoint.output[j] * accounts_.supply[j];

  const std::size_t rows = market_.rows_per_task();
  std::vector<Sums> sums((n_ + rows - 1) / rows);
  parallel_for(sums.size(), [&](std::size_t task) {
    reverse_rows(objective, task * rows, std::min(n_, (task + 1) * rows), image, adjoint, sums[task]);
  });
  collect(sums, adjoint);
  for (std::size_t n = 0; n < n_; ++n) {
    image[n] += adjoint.value_added[n] * accounts_.value_added[n];
    if (change_.mobility)
      image[n_ + 2 * block + n] += adjoint.log_people[n] + economy_.labour_share[n] * adjoint.value_added[n] *
                                                               accounts_.value_added[n];
  }
  reverse_costs(image, adjoint);
  double residual = 0.0;
  for (std::size_t j = 0; j < image.size(); ++j)
    residual = std::max(residual, std::abs(image[j] - lambda[j]));
  return residual;
}

// ln Ŵ = ln I − ln L − Σ α ln P, up to the reference.
void Adjoint::System::seed_welfare(const Objective& objective, Adjoints& adjoint) const {
  if (objective.welfare.empty()) return;
  for (std::size_t n = 0; n < n_; ++n) {
    const double weight = objective.welfare[n];
    adjoint.income[n] += weight / accounts_.income[n];
    adjoint.log_people[n] -= weight;
    for (std::size_t k = 0; k < s_; ++k)
      adjoint.log_price[k * n_ + n] -= weight * market_.tables().household_share[k * n_ + n];
  }
}

// X = γ Y + α I + P̂ G.
void Adjoint::System::reverse_spending(std::span<const double> lambda, Adjoints& adjoint) const {
  const MarketTables& tables = market_.tables();
  const std::size_t rows = market_.rows_per_task();
  parallel_for((n_ + rows - 1) / rows, [&](std::size_t task) {
    std::vector<double> output(s_);
    for (std::size_t n = task * rows; n < std::min(n_, (task + 1) * rows); ++n) {
      std::fill(output.begin(), output.end(), 0.0);
      for (std::size_t k = 0; k < s_; ++k) {
        const std::size_t j = k * n_ + n;
        if (!(accounts_.spending[j] > 0.0)) continue;
        const double spent = lambda[n_ * (1 + s_) + j] / accounts_.spending[j];
        add_scaled(spent, economy_.input_share[n].row(k).data(), output.data(), s_);
        adjoint.income[n] += tables.household_share[j] * spent;
        if (tables.public_demand[j] > 0.0)
          adjoint.log_price[j] += spent * std::exp(accounts_.log_price[j]) * tables.public_demand[j];
      }
      for (std::size_t s = 0; s < s_; ++s) adjoint.output[s * n_ + n] += output[s];
    }
  });
}

// ln ŵ ← ln ŵ + ρ (ln Σ b Y − ln V') − level.
void Adjoint::System::reverse_wages(std::span<const double> lambda, std::span<double> image,
                                    Adjoints& adjoint) const {
  const MarketTables& tables = market_.tables();
  double level = 0.0;
  double total = 0.0;
  for (std::size_t n = 0; n < n_; ++n) {
    level += lambda[n];
    total += accounts_.value_added[n];
  }
  for (std::size_t n = 0; n < n_; ++n) {
    double step = tables.wage_step[n] * lambda[n];
    image[n] += lambda[n];
    if (economy_.foreign) {
      if (n == economy_.foreign) {
        image[n] -= level;
        step -= tables.wage_step[n] * level;
      }
    } else {
      const double part = accounts_.value_added[n] / total * level;
      if (accounts_.value_added[n] > 0.0) adjoint.value_added[n] -= part / accounts_.value_added[n];
      step -= tables.wage_step[n] * part;
    }
    if (!(accounts_.value_added[n] > 0.0)) continue;
    adjoint.value_added[n] -= step / accounts_.value_added[n];
    for (std::size_t s = 0; s < s_; ++s)
      adjoint.output[s * n_ + n] += step / accounts_.labour_demand[n] * tables.value_added_share[s * n_ + n];
  }
}

// L̂ ∝ L̂⁰ (Ŵ L̂^{−δ})^ε.
void Adjoint::System::reverse_people(std::span<const double> lambda, std::span<double> image,
                                     Adjoints& adjoint) const {
  const Mobility& mobility = *change_.mobility;
  const std::size_t first = n_ * (1 + 2 * s_);
  const double epsilon = mobility.taste_dispersion;
  const double step = 1.0 / (1.0 + epsilon * (1.0 + mobility.congestion));
  double all_people = 0.0;
  double all_lambda = 0.0;
  const auto moves = [&](std::size_t n) { return n != economy_.foreign && mobility.population[n] > 0.0; };
  for (std::size_t n = 0; n < n_; ++n) {
    if (!moves(n)) continue;
    all_people += mobility.population[n] * std::exp(people_of(n));
    all_lambda += step * lambda[first + n];
  }
  for (std::size_t n = 0; n < n_; ++n) {
    if (!moves(n)) continue;
    const double target =
        step * lambda[first + n] - mobility.population[n] * std::exp(people_of(n)) / all_people * all_lambda;
    image[first + n] += (1.0 - step) * lambda[first + n] - target * epsilon * (1.0 + mobility.congestion);
    adjoint.income[n] += target * epsilon / accounts_.income[n];
    for (std::size_t k = 0; k < s_; ++k)
      adjoint.log_price[k * n_ + n] -= target * epsilon * market_.tables().household_share[k * n_ + n];
  }
}

// I = V' − T + D + duties.
void Adjoint::System::reverse_incomes(Adjoints& adjoint) const {
  for (std::size_t n = 0; n < n_; ++n) adjoint.value_added[n] += adjoint.income[n];
  reverse_deficits(adjoint);
  reverse_public_demand(adjoint);
}

void Adjoint::System::reverse_public_demand(Adjoints& adjoint) const {
  const MarketTables& tables = market_.tables();
  double added = 0.0;         // Σ P̂ (G − local)
  double payers = 0.0;        // their value added
  double worth_shares = 0.0;  // of one unit more, by the payers' shares
  for (std::size_t j = 0; j < n_ * s_; ++j)
    added += std::exp(accounts_.log_price[j]) * (tables.public_demand[j] - tables.local_demand[j]);
  for (std::size_t n = 0; n < n_; ++n) {
    if (!change_.payer_share.empty()) {
      worth_shares += change_.payer_share[n] * adjoint.income[n];
    } else if (n != economy_.foreign) {
      payers += accounts_.value_added[n];
      worth_shares += accounts_.value_added[n] * adjoint.income[n];
    }
  }
  if (change_.payer_share.empty()) {
    worth_shares /= payers;
    for (std::size_t n = 0; n < n_; ++n)
      if (n != economy_.foreign)
        adjoint.value_added[n] -= added * (adjoint.income[n] - worth_shares) / payers;
  }
  for (std::size_t s = 0; s < s_; ++s) {
    for (std::size_t n = 0; n < n_; ++n) {
      const std::size_t j = s * n_ + n;
      const double local = tables.local_demand[j];
      const double elsewhere = tables.public_demand[j] - local;
      if (local != 0.0 || elsewhere != 0.0)
        adjoint.log_price[j] -=
            std::exp(accounts_.log_price[j]) * (local * adjoint.income[n] + elsewhere * worth_shares);
    }
  }
}

// The closures of closure.cpp: D is linear in value added, apart from shares by income.
void Adjoint::System::reverse_deficits(Adjoints& adjoint) const {
  const std::vector<double>& base = economy_.deficit;
  const std::vector<double>& deficit = adjoint.income;  // a unit of D is a unit of income
  const auto by_base = [&](std::size_t n) { return base[n] / economy_.value_added[n]; };
  if (change_.closure == DeficitClosure::kNationalBudget) {
    double receivers = 0.0;
    double worth = 0.0;
    for (std::size_t n = 0; n < n_; ++n) {
      if (n == economy_.foreign) continue;
      receivers += std::max(0.0, base[n]);
      worth += std::max(0.0, base[n]) * deficit[n];
    }
    if (receivers <= 0.0) return;  // then nobody hands over: deficits that add to zero are all zero
    worth /= receivers;
    for (std::size_t n = 0; n < n_; ++n)
      if (n != economy_.foreign && base[n] < 0.0) adjoint.value_added[n] += by_base(n) * (deficit[n] - worth);
  }
  if (change_.closure == DeficitClosure::kIncomeShare) {
    double incomes = 0.0;
    double worth = 0.0;
    double difference = 0.0;
    for (std::size_t n = 0; n < n_; ++n) {
      incomes += accounts_.value_added[n];
      worth += accounts_.value_added[n] * deficit[n];
      if (economy_.value_added[n] > 0.0) difference -= by_base(n) * accounts_.value_added[n];
    }
    worth = economy_.foreign ? deficit[*economy_.foreign] : worth / incomes;
    for (std::size_t n = 0; n < n_; ++n) {
      if (economy_.value_added[n] > 0.0) adjoint.value_added[n] += by_base(n) * (deficit[n] - worth);
      if (!economy_.foreign) adjoint.value_added[n] += difference * (deficit[n] - worth) / incomes;
    }
  }
}

void Adjoint::System::value_freight_money(Adjoints& adjoint) const {
  const Transport& transport = transport_of(economy_, change_);
  adjoint.money_value.assign(transport.classes.size(), Matrix(n_, n_));
  for (std::size_t m = 0; m < transport.classes.size(); ++m) {
    const ClassTransport& freight = transport.classes[m];
    for (std::size_t k = 0; k < n_ * n_; ++k) {
      double worth = 0.0;
      for (const Earning& earning : freight.earners.of(k))
        worth += earning.share * adjoint.freight[earning.region];
      adjoint.money_value[m].values()[k] = worth * freight.money.values()[k];
    }
  }
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

Gradient Adjoint::System::gradient(const Objective& objective, const Options& options) const {
  Adjoints adjoint;
  std::vector<double> start(x_.size(), 0.0);
  std::vector<double> right_hand_side(x_.size());
  const double scale = reverse(start, objective, right_hand_side, adjoint);
  Gradient gradient;
  if (scale == 0.0) {
    gradient.is_converged = true;
  } else {
    std::size_t sweeps = 0;
    const FixedPointMap map = [&](std::span<const double> lambda, std::span<double> image) {
      const double residual = reverse(lambda, objective, image, adjoint) / scale;
      if (options.observer) options.observer({"adjoint", ++sweeps, 0, residual});
      return residual;
    };
    const FixedPoint point = find_fixed_point(map, std::move(right_hand_side),
                                              {.tolerance = options.tolerance,
                                               .max_rounds = options.max_sweeps,
                                               .max_step = std::numeric_limits<double>::infinity()});
    gradient.residual = point.residual;
    gradient.sweeps = point.rounds;
    gradient.is_converged = point.is_converged;
  }
  differentiate_pairs(objective, adjoint, gradient);
  gradient.earner_value = adjoint.freight;
  gradient.productivity = Matrix(n_, s_);
  for (std::size_t s = 0; s < s_; ++s)
    for (std::size_t n = 0; n < n_; ++n) gradient.productivity(n, s) = -adjoint.log_cost[s * n_ + n];
  return gradient;
}

Adjoint::Adjoint(const Economy& economy, const Change& change, const Equilibrium& equilibrium)
    : system_(std::make_unique<System>(economy, change, equilibrium)) {}
Adjoint::~Adjoint() = default;
Adjoint::Adjoint(Adjoint&&) noexcept = default;
Adjoint& Adjoint::operator=(Adjoint&&) noexcept = default;

Gradient Adjoint::gradient(const Objective& objective, const Options& options) const {
  return system_->gradient(objective, options);
}

}  // namespace gerbang::trade
