#include "gerbang/trade/market.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gerbang/base/parallel.h"
#include "gerbang/trade/kernel.h"

namespace gerbang::trade {
namespace {

constexpr double kNothing = -700.0;       // ln of a spending that is zero: exp of it is 1e-304
constexpr std::size_t kRowsPerTask = 64;  // at least: below that a thread costs more than it helps
constexpr std::size_t kTasks = 16;        // at most, so that memory for partial sums stays small

std::vector<double> sector_major(const Matrix& by_region) {
  std::vector<double> values(by_region.values().size());
  for (std::size_t n = 0; n < by_region.rows(); ++n)
    for (std::size_t s = 0; s < by_region.columns(); ++s) values[s * by_region.rows() + n] = by_region(n, s);
  return values;
}

double log_or_nothing(double value) {
  return value > 0.0 ? std::max(std::log(value), kNothing) : kNothing;
}

double sum(std::span<const double> values) {
  double total = 0.0;
  for (const double value : values) total += value;
  return total;
}

MarketTables make_tables(const Economy& economy, const Change& change) {
  const auto or_base = [](const Matrix& changed, const Matrix& base) {
    return sector_major(changed.values().empty() ? base : changed);
  };
  MarketTables tables;
  tables.value_added_share = sector_major(economy.value_added_share);
  tables.household_share = sector_major(economy.household_share);
  tables.log_productivity.assign(economy.regions * economy.sectors, 0.0);
  if (!change.productivity.values().empty()) {
    tables.log_productivity = sector_major(change.productivity);
    for (double& value : tables.log_productivity) value = std::log(value);
  }
  tables.public_demand = or_base(change.public_demand, economy.public_demand);
  tables.local_demand = or_base(change.local_public_demand, economy.public_demand);
  tables.base_value_added = sum(economy.value_added);
  return tables;
}

}  // namespace

// What a task's rows add up to, reduced in task order.
struct Market::Sums {
  std::vector<double> sales;  // S·N, before ĉ^{−θ}
};

Market::Market(const Economy& economy, const Change& change)
    : economy_(economy),
      change_(change),
      n_(economy.regions),
      s_(economy.sectors),
      unknowns_(n_ * (1 + 2 * s_ + (change.mobility ? 1 : 0))),
      rows_per_task_(std::max(kRowsPerTask, (n_ + kTasks - 1) / kTasks)),
      wedges_(make_wedges(economy, change)),
      tables_(make_tables(economy, change)) {}

std::span<const double> Market::people(std::span<const double> x) const {
  return change_.mobility ? x.subspan(n_ * (1 + 2 * s_), n_) : std::span<const double>{};
}

std::vector<double> Market::start() const {
  std::vector<double> x(unknowns_, 0.0);
  for (std::size_t s = 0; s < s_; ++s)
    for (std::size_t n = 0; n < n_; ++n)
      x[n_ * (1 + s_ + s) + n] =
          log_or_nothing(std::max(economy_.expenditure(n, s), tables_.public_demand[s * n_ + n]));
  if (change_.mobility && !change_.population.empty())
    for (std::size_t n = 0; n < n_; ++n) x[n_ * (1 + 2 * s_) + n] = std::log(change_.population[n]);
  return x;
}

void Market::sweep(std::span<const double> x, std::span<double> image, Accounts& accounts) const {
  accounts.log_cost.resize(n_ * s_);
  accounts.supply.resize(n_ * s_);
  accounts.log_price.resize(n_ * s_);
  accounts.spend.resize(n_ * s_);
  accounts.output.resize(n_ * s_);
  accounts.spending.resize(n_ * s_);
  for (auto* by_region : {&accounts.labour_demand, &accounts.value_added, &accounts.income, &accounts.tax,
                          &accounts.deficit, &accounts.duty, &accounts.freight})
    by_region->assign(n_, 0.0);

  accounts.tonnes.resize(transport_of(economy_, change_).classes.size());
  for (Matrix& tonnes : accounts.tonnes) tonnes = Matrix(n_, n_);

  update_costs(x, accounts);
  const std::size_t tasks = (n_ + rows_per_task_ - 1) / rows_per_task_;
  std::vector<Sums> sums(tasks);
  parallel_for(tasks, [&](std::size_t task) {
    const std::size_t first = task * rows_per_task_;
    trade_rows(x, first, std::min(n_, first + rows_per_task_), accounts, sums[task]);
  });
  collect(sums, accounts);
  update_incomes(x, accounts);
  update_spending(accounts);

  update_wages(x, image, accounts);
  accounts.largest_step = 0.0;
  const std::size_t block = n_ * s_;
  for (std::size_t j = 0; j < block; ++j) {
    image[n_ + j] = accounts.log_price[j];
    image[n_ + block + j] = log_or_nothing(accounts.spending[j]);
  }
  if (change_.mobility) update_people(x, image, accounts);
  for (std::size_t j = n_; j < unknowns_; ++j)
    accounts.largest_step = std::max(accounts.largest_step, std::abs(image[j] - x[j]));
}

void Market::update_costs(std::span<const double> x, Accounts& accounts) const {
  const std::size_t tasks = (n_ + rows_per_task_ - 1) / rows_per_task_;
  parallel_for(tasks, [&](std::size_t task) {
    std::vector<double> inputs(s_);  // Σ_k γ^{ks} ln P̂_k
    const std::size_t last = std::min(n_, (task + 1) * rows_per_task_);
    for (std::size_t i = task * rows_per_task_; i < last; ++i) {
      std::fill(inputs.begin(), inputs.end(), 0.0);
      for (std::size_t k = 0; k < s_; ++k)
        add_scaled(x[n_ * (1 + k) + i], economy_.input_share[i].row(k).data(), inputs.data(), s_);
      for (std::size_t s = 0; s < s_; ++s) {
        const std::size_t j = s * n_ + i;
        accounts.log_cost[j] = tables_.value_added_share[j] * x[i] + inputs[s] - tables_.log_productivity[j];
        accounts.supply[j] = std::exp(-economy_.trade_elasticity[s] * accounts.log_cost[j]);
      }
    }
  });
}

// Prices of the rows (buyers), and what they buy from every origin.
void Market::trade_rows(std::span<const double> x, std::size_t first, std::size_t last, Accounts& accounts,
                        Sums& sums) const {
  sums.sales.assign(n_ * s_, 0.0);
  for (std::size_t s = 0; s < s_; ++s) {
    const double* supply = accounts.supply.data() + s * n_;
    const double theta = economy_.trade_elasticity[s];
    for (std::size_t n = first; n < last; ++n) {
      const std::size_t j = s * n_ + n;
      const double weight = dot(wedges_[s].buy.row(n).data(), supply, n_);  // P̂^{−θ}
      accounts.log_price[j] = weight > 0.0 ? -std::log(weight) / theta : 0.0;
      accounts.spend[j] = weight > 0.0 ? std::exp(x[n_ * (1 + s_ + s) + n]) / weight : 0.0;
      add_scaled(accounts.spend[j], wedges_[s].received().row(n).data(), sums.sales.data() + s * n_, n_);
      if (!wedges_[s].levy.values().empty())
        accounts.duty[n] += accounts.spend[j] * dot(wedges_[s].levy.row(n).data(), supply, n_);
    }
  }
  book_tonnes(first, last, accounts);
}

// What the rows buy at the factory gate, over value per tonne.
void Market::book_tonnes(std::size_t first, std::size_t last, Accounts& accounts) const {
  for (std::size_t s = 0; s < s_; ++s) {
    if (accounts.tonnes.empty() || !economy_.freight_class[s]) continue;
    Matrix& tonnes = accounts.tonnes[*economy_.freight_class[s]];
    const double* supply = accounts.supply.data() + s * n_;
    for (std::size_t n = first; n < last; ++n) {
      const double factor = accounts.spend[s * n_ + n] / economy_.value_per_tonne[s];
      const double* received = wedges_[s].received().row(n).data();
      for (std::size_t i = 0; i < n_; ++i) tonnes(n, i) += factor * received[i] * supply[i];
    }
  }
}

// Money of freight: M per tonne of what moves, to whoever earns it.
void Market::book_freight(Accounts& accounts) const {
  const Transport& transport = transport_of(economy_, change_);
  Matrix earned(transport.classes.size(), n_);
  parallel_for(transport.classes.size(), [&](std::size_t m) {
    const ClassTransport& freight = transport.classes[m];
    freight.earners->book(accounts.tonnes[m], freight.money, earned.row(m));
  });
  for (std::size_t m = 0; m < earned.rows(); ++m)
    add_scaled(1.0, earned.row(m).data(), accounts.freight.data(), n_);
}

void Market::collect(const std::vector<Sums>& sums, Accounts& accounts) const {
  std::fill(accounts.output.begin(), accounts.output.end(), 0.0);
  for (const Sums& part : sums) {
    add_scaled(1.0, part.sales.data(), accounts.output.data(), n_ * s_);
  }
  book_freight(accounts);
  for (std::size_t j = 0; j < n_ * s_; ++j) accounts.output[j] *= accounts.supply[j];
  if (economy_.transport_sector)
    add_scaled(1.0, accounts.freight.data(), accounts.output.data() + *economy_.transport_sector * n_, n_);
  for (std::size_t s = 0; s < s_; ++s)
    for (std::size_t n = 0; n < n_; ++n)
      accounts.labour_demand[n] += tables_.value_added_share[s * n_ + n] * accounts.output[s * n_ + n];
}

void Market::update_incomes(std::span<const double> x, Accounts& accounts) const {
  const std::span<const double> moved = people(x);
  accounts.excess = 0.0;
  for (std::size_t n = 0; n < n_; ++n) {
    double log_people = 0.0;
    if (!moved.empty()) {
      log_people = moved[n];
    } else if (!change_.population.empty()) {
      log_people = std::log(change_.population[n]);
    }
    accounts.value_added[n] =
        economy_.value_added[n] * std::exp(x[n] + economy_.labour_share[n] * log_people);
    if (accounts.value_added[n] > 0.0)
      accounts.excess =
          std::max(accounts.excess, std::abs(accounts.labour_demand[n] / accounts.value_added[n] - 1.0));
  }
  pay_public_demand(accounts);
  settle_deficits(accounts);
  for (std::size_t n = 0; n < n_; ++n)
    accounts.income[n] = accounts.value_added[n] - accounts.tax[n] + accounts.deficit[n] + accounts.duty[n];
}

// T: the local part where it is spent, the rest by the payers' shares.
void Market::pay_public_demand(Accounts& accounts) const {
  double added = 0.0;
  for (std::size_t s = 0; s < s_; ++s) {
    for (std::size_t n = 0; n < n_; ++n) {
      const std::size_t j = s * n_ + n;
      if (tables_.public_demand[j] == 0.0 && tables_.local_demand[j] == 0.0) continue;
      const double price = std::exp(accounts.log_price[j]);
      accounts.tax[n] += price * tables_.local_demand[j];
      added += price * (tables_.public_demand[j] - tables_.local_demand[j]);
    }
  }
  if (added == 0.0) return;
  double payers = 0.0;
  for (std::size_t n = 0; n < n_; ++n)
    if (n != economy_.foreign) payers += accounts.value_added[n];
  for (std::size_t n = 0; n < n_; ++n) {
    if (!change_.payer_share.empty()) {
      accounts.tax[n] += change_.payer_share[n] * added;
    } else if (n != economy_.foreign) {
      accounts.tax[n] += accounts.value_added[n] / payers * added;
    }
  }
}

void Market::update_spending(Accounts& accounts) const {
  const std::size_t tasks = (n_ + rows_per_task_ - 1) / rows_per_task_;
  parallel_for(tasks, [&](std::size_t task) {
    std::vector<double> output(s_);
    const std::size_t last = std::min(n_, (task + 1) * rows_per_task_);
    for (std::size_t n = task * rows_per_task_; n < last; ++n) {
      for (std::size_t s = 0; s < s_; ++s) output[s] = accounts.output[s * n_ + n];
      for (std::size_t k = 0; k < s_; ++k) {
        const std::size_t j = k * n_ + n;
        accounts.spending[j] = dot(economy_.input_share[n].row(k).data(), output.data(), s_) +
                               tables_.household_share[j] * accounts.income[n];
        if (tables_.public_demand[j] > 0.0)
          accounts.spending[j] += std::exp(accounts.log_price[j]) * tables_.public_demand[j];
      }
    }
  });
}

// Wages rise where labour is short.
void Market::update_wages(std::span<const double> x, std::span<double> image, Accounts& accounts) const {
  for (std::size_t n = 0; n < n_; ++n) {
    image[n] = x[n];
    if (accounts.value_added[n] > 0.0)
      image[n] += std::log(
          std::max(accounts.labour_demand[n] / accounts.value_added[n], std::numeric_limits<double>::min()));
  }
  restore_numeraire(image.first(n_), x.first(n_), accounts);
}

void Market::restore_numeraire(std::span<double> log_wage, std::span<const double> log_wage_before,
                               const Accounts& accounts) const {
  double total = 0.0;
  for (std::size_t n = 0; n < n_; ++n)
    total += accounts.value_added[n] * std::exp(log_wage[n] - log_wage_before[n]);
  const double level =
      economy_.foreign ? log_wage[*economy_.foreign] : std::log(total / tables_.base_value_added);
  for (double& value : log_wage) value -= level;
}

// L̂ ∝ L̂⁰ (Ŵ L̂^{−δ})^ε among domestic regions, with their total given.
void Market::update_people(std::span<const double> x, std::span<double> image,
                           const Accounts& accounts) const {
  const Mobility& mobility = *change_.mobility;
  const std::span<const double> now = people(x);
  const std::span<double> next = image.subspan(n_ * (1 + 2 * s_), n_);
  double before = 0.0;
  double after = 0.0;
  for (std::size_t n = 0; n < n_; ++n) {
    const double given = change_.population.empty() ? 0.0 : std::log(change_.population[n]);
    next[n] = given;
    if (n == economy_.foreign || mobility.population[n] == 0.0) continue;
    double log_real = log_or_nothing(accounts.income[n] / economy_.income[n]) - now[n];
    for (std::size_t k = 0; k < s_; ++k)
      log_real -= tables_.household_share[k * n_ + n] * accounts.log_price[k * n_ + n];
    next[n] = given + mobility.taste_dispersion * (log_real - mobility.congestion * now[n]);
    before += mobility.population[n] * std::exp(given);
    after += mobility.population[n] * std::exp(next[n]);
  }
  const double level = std::log(after / before);
  const double step = 1.0 / (1.0 + mobility.taste_dispersion * (1.0 + mobility.congestion));
  for (std::size_t n = 0; n < n_; ++n) {
    if (n == economy_.foreign || mobility.population[n] == 0.0) continue;
    next[n] = now[n] + step * (next[n] - level - now[n]);
  }
}

}  // namespace gerbang::trade
