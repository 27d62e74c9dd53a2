#include "gerbang/trade/market.h"

#include <algorithm>
#include <cmath>

#include "gerbang/base/anderson.h"
#include "gerbang/base/line_math.h"
#include "gerbang/base/parallel.h"
#include "gerbang/trade/kernel.h"

namespace gerbang::trade {
namespace {

constexpr std::size_t kRowsPerTask = 64;  // at least: below that a thread costs more than it helps
constexpr std::size_t kTasks = 16;        // at most, so that memory for partial sums stays small

std::vector<double> sector_major(const Matrix& by_region) {
  std::vector<double> values(by_region.values().size());
  for (std::size_t n = 0; n < by_region.rows(); ++n)
    for (std::size_t s = 0; s < by_region.columns(); ++s) values[s * by_region.rows() + n] = by_region(n, s);
  return values;
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
  tables.input_share = RegionMatrices(economy.input_share, economy.sectors);
  tables.value_added_share = sector_major(economy.value_added_share);
  tables.household_share = sector_major(economy.household_share);
  if (!change.productivity.values().empty()) {
    tables.log_productivity = sector_major(change.productivity);
    for (double& value : tables.log_productivity) value = std::log(value);
  }
  tables.public_demand = or_base(change.public_demand, economy.public_demand);
  tables.local_demand = or_base(change.local_public_demand, economy.public_demand);
  for (std::size_t s = 0; s < economy.sectors; ++s) {
    const auto is_any = [&](const std::vector<double>& demand) {
      const auto first = demand.begin() + static_cast<std::ptrdiff_t>(s * economy.regions);
      return std::any_of(first, first + static_cast<std::ptrdiff_t>(economy.regions),
                         [](double d) { return d != 0.0; });
    };
    tables.has_public_demand.push_back(is_any(tables.public_demand) || is_any(tables.local_demand));
  }
  tables.base_value_added = sum(economy.value_added);
  return tables;
}

}  // namespace

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
  for (Matrix& tonnes : accounts.tonnes) {
    if (tonnes.values().empty()) tonnes = Matrix(n_, n_);
    std::fill(tonnes.values().begin(), tonnes.values().end(), 0.0);
  }

  update_costs(x, accounts);
  // Exponentials and logarithms are taken of whole arrays, apart from what stands between them.
  apply_to_lines<exp_line>(accounts.supply.data(), accounts.supply.data(), n_ * s_);
  apply_to_lines<exp_line>(x.data() + n_ * (1 + s_), accounts.spend.data(), n_ * s_);
  const std::size_t tasks = (n_ + rows_per_task_ - 1) / rows_per_task_;
  accounts.part_of_sales.resize(tasks);
  parallel_for(tasks, [&](std::size_t task) {
    const std::size_t first = task * rows_per_task_;
    trade_rows(first, std::min(n_, first + rows_per_task_), accounts, accounts.part_of_sales[task]);
  });
  update_prices(image, accounts);
  collect(accounts);
  update_incomes(x, accounts);
  update_spending(image, accounts);
  update_wages(x, image, accounts);
  if (change_.mobility) update_people(x, image, accounts);
  accounts.largest_step = largest_change(x.subspan(n_), image.subspan(n_));
}

// And −θ ln ĉ, of which supply is the exponential.
void Market::update_costs(std::span<const double> x, Accounts& accounts) const {
  for_batches(tables_.input_share.batches(), two_lane_vectors(s_), [&](std::size_t batch, auto& room) {
    const std::size_t first = batch * kLanes;
    auto& [log_price, inputs] = room;  // Σ_k γ^{ks} ln P̂_k
    std::fill(inputs.begin(), inputs.end(), Lanes(0.0));
    for (std::size_t k = 0; k < s_; ++k) log_price[k] = load(x, (1 + k) * n_ + first);
    tables_.input_share.add_transposed_product(batch, log_price, inputs);
    const Lanes wage = load(x, first);
    for (std::size_t s = 0; s < s_; ++s) {
      const Lanes value_added = load(tables_.value_added_share, s * n_ + first);
      Lanes cost = value_added * wage + inputs[s];
      if (!tables_.log_productivity.empty()) cost -= load(tables_.log_productivity, s * n_ + first);
      store(cost, accounts.log_cost.data(), s * n_ + first, (s + 1) * n_);
      store(-economy_.trade_elasticity[s] * cost, accounts.supply.data(), s * n_ + first, (s + 1) * n_);
    }
  });
}

// Of the rows (buyers): what they spend per unit of P̂^{−θ}, which stands for ln P̂ meanwhile; and what they
// buy from every origin.
void Market::trade_rows(std::size_t first, std::size_t last, Accounts& accounts,
                        std::vector<double>& part_of_sales) const {
  part_of_sales.resize(n_ * s_);
  for (std::size_t s = 0; s < s_; ++s) {
    const SectorWedges& wedges = wedges_[s];
    const double* supply = accounts.supply.data() + s * n_;
    double* sales = part_of_sales.data() + s * n_;
    double* spend = accounts.spend.data() + s * n_;
    double* weight = accounts.log_price.data() + s * n_;
    std::fill_n(sales, n_, 0.0);
    std::fill(weight + first, weight + last, 0.0);
    wedges.buy.multiply_additions(first, last, supply, weight);
    meet_rows(
        first, last, n_, [&](std::size_t n) { return wedges.buy.read_row(n); }, supply, weight,
        [&](std::size_t from, std::size_t to) {
          divide_by(weight + from, spend + from, to - from);
          if (are_finite(spend + from, to - from)) return;
          for (std::size_t n = from; n < to; ++n)
            if (!(weight[n] > 0.0)) spend[n] = 0.0;
        },
        spend, [&](std::size_t n) { return wedges.read_received(n); }, sales);
    if (!wedges.is_shared()) wedges.buy.add_scaled_additions(first, last, spend, sales);
    if (!wedges.levy.values().empty())
      for (std::size_t n = first; n < last; ++n)
        accounts.duty[n] += spend[n] * dot(wedges.levy.row(n).data(), supply, n_);
  }
  book_tonnes(first, last, accounts);
}

// Of P̂^{−θ}. What nobody sells has no price.
void Market::update_prices(std::span<double> image, Accounts& accounts) const {
  double* price = accounts.log_price.data();
  apply_to_lines<log_line>(price, price, n_ * s_);
  if (!are_finite(price, n_ * s_))
    for (double& log : accounts.log_price)
      if (std::isinf(log)) log = 0.0;
  for (std::size_t s = 0; s < s_; ++s, price += n_) {
    const double power = -1.0 / economy_.trade_elasticity[s];
    for (std::size_t n = 0; n < n_; ++n) price[n] *= power;
  }
  std::copy(accounts.log_price.begin(), accounts.log_price.end(), image.data() + n_);
}

// What the rows buy at the factory gate, over value per tonne.
void Market::book_tonnes(std::size_t first, std::size_t last, Accounts& accounts) const {
  for (std::size_t s = 0; s < s_; ++s) {
    if (accounts.tonnes.empty() || !economy_.freight_class[s]) continue;
    Matrix& tonnes = accounts.tonnes[*economy_.freight_class[s]];
    const double* supply = accounts.supply.data() + s * n_;
    for (std::size_t n = first; n < last; ++n) {
      const double factor = accounts.spend[s * n_ + n] / economy_.value_per_tonne[s];
      const double* received = wedges_[s].sell.row(n).data();
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

void Market::collect(Accounts& accounts) const {
  book_freight(accounts);
  parallel_for(accounts.part_of_sales.size(), [&](std::size_t task) {
    const std::size_t first = task * rows_per_task_;
    const std::size_t last = std::min(n_, first + rows_per_task_);
    LaneVector labour((last - first + kLanes - 1) / kLanes);
    for (std::size_t s = 0; s < s_; ++s) {
      for (std::size_t batch = 0; batch < labour.size(); ++batch) {
        const std::size_t n = first + batch * kLanes;
        const std::size_t j = s * n_ + n;
        Lanes output = 0.0;
        for (const std::vector<double>& part : accounts.part_of_sales) output += load(part, j);
        output *= load(accounts.supply, j);
        if (s == economy_.transport_sector) output += load(accounts.freight, n);
        store(output, accounts.output.data(), j, s * n_ + last);
        labour[batch] += load(tables_.value_added_share, j) * output;
      }
    }
    for (std::size_t batch = 0; batch < labour.size(); ++batch)
      store(labour[batch], accounts.labour_demand.data(), first + batch * kLanes, last);
  });
}

}  // namespace gerbang::trade
