#include "gerbang/trade/solve.h"

#include <algorithm>
#include <cmath>

#include "gerbang/trade/check_change.h"
#include "gerbang/trade/fixed_point.h"
#include "gerbang/trade/local_newton.h"
#include "gerbang/trade/market.h"
#include "gerbang/trade/start.h"

namespace gerbang::trade {
namespace {

constexpr double kNear = 1.0;  // residual, in logarithms, below which steps are Newton's, region by region
constexpr double kFarWageStep =
    0.2;  // part of the excess demand for labour that wages follow from farther away

Matrix by_region(const std::vector<double>& sector_major, std::size_t regions, std::size_t sectors) {
  Matrix values(regions, sectors);
  for (std::size_t n = 0; n < regions; ++n)
    for (std::size_t s = 0; s < sectors; ++s) values(n, s) = sector_major[s * regions + n];
  return values;
}

Matrix exp_by_region(std::vector<double> sector_major, std::size_t regions, std::size_t sectors) {
  for (double& value : sector_major) value = std::exp(value);
  return by_region(sector_major, regions, sectors);
}

// q = Σ_s π' X / ((1 + t) ĉ v) per freight class.
std::vector<Matrix> tonnes_shipped(const Economy& economy, const Market& market, const Accounts& accounts) {
  const std::size_t n_regions = economy.regions;
  std::vector<Matrix> tonnes(economy.transport.classes.size(), Matrix(n_regions, n_regions));
  for (std::size_t s = 0; s < economy.sectors; ++s) {
    if (!is_freight(economy, s)) continue;
    Matrix& shipped = tonnes[*economy.freight_class[s]];
    const Matrix& received = market.wedges()[s].sell;
    for (std::size_t i = 0; i < n_regions; ++i) {
      const std::size_t j = s * n_regions + i;
      const double per_unit =
          accounts.supply[j] / (std::exp(accounts.log_cost[j]) * economy.value_per_tonne[s]);
      for (std::size_t n = 0; n < n_regions; ++n)
        shipped(n, i) += received(n, i) * accounts.spend[s * n_regions + n] * per_unit;
    }
  }
  return tonnes;
}

// Pairs whose connection differs from the base year's.
void list_connections(const Economy& economy, const Change& change, Equilibrium& result) {
  if (change.transport == nullptr) return;
  for (std::size_t s = 0; s < economy.sectors; ++s) {
    if (!is_freight(economy, s)) continue;
    const std::size_t m = *economy.freight_class[s];
    const Matrix& before = economy.transport.classes[m].cost;
    const Matrix& now = change.transport->classes[m].cost;
    for (std::size_t n = 0; n < economy.regions; ++n) {
      for (std::size_t i = 0; i < economy.regions; ++i) {
        const bool was = std::isfinite(before(n, i));
        const bool is = std::isfinite(now(n, i));
        if (!was && is) result.newly_connected.push_back({s, n, i});
        if (was && !is && economy.share[s](n, i) > 0.0) result.cut.push_back({s, n, i});
      }
    }
  }
}

std::optional<Obstacle> obstacle_to(const Economy& economy, const Accounts& accounts,
                                    const FixedPoint& point) {
  using Kind = Obstacle::Kind;
  for (std::size_t n = 0; n < economy.regions; ++n)
    if (economy.income[n] > 0.0 && !(accounts.income[n] > 0.0)) return Obstacle{Kind::kNoIncome, n};
  for (std::size_t s = 0; s < economy.sectors; ++s)
    for (std::size_t n = 0; n < economy.regions; ++n)
      if (accounts.spend[s * economy.regions + n] == 0.0 &&
          accounts.spending[s * economy.regions + n] > 1e-12 * economy.value_added[n])
        return Obstacle{Kind::kNoSeller, n, s};
  if (!point.is_converged) return Obstacle{Kind::kSweepsOver};
  return std::nullopt;
}

std::vector<double> exp_of(std::span<const double> logs) {
  std::vector<double> values(logs.begin(), logs.end());
  for (double& value : values) value = std::exp(value);
  return values;
}

}  // namespace

Equilibrium solve(const Economy& economy, const Change& change, const SolveOptions& options) {
  check_change(economy, change, options.checks_earners);
  const Market market(economy, change);
  const std::size_t n = economy.regions;
  const std::size_t s = economy.sectors;
  Accounts accounts;
  std::size_t sweeps = 0;
  std::optional<LocalNewton> own_newton;
  const LocalNewton* newton = options.newton;
  const FixedPointMap sweep = [&](std::span<const double> x, std::span<double> image) {
    market.sweep(x, image, accounts);
    const double residual = std::max(accounts.excess, accounts.largest_step);
    if (options.observer) options.observer({"trade", ++sweeps, 0, residual});
    if (residual < options.tolerance) return residual;
    if (newton == nullptr) newton = &own_newton.emplace(economy);
    for (std::size_t j = 0; j < image.size(); ++j) image[j] -= x[j];
    if (residual < kNear) {
      newton->apply(image);
    } else {
      for (std::size_t j = 0; j < n; ++j) image[j] *= kFarWageStep;
    }
    for (std::size_t j = 0; j < image.size(); ++j) image[j] += x[j];
    market.restore_numeraire(image.first(n), x.first(n), accounts);
    return residual;
  };
  const FixedPoint point = find_fixed_point(
      sweep, options.start != nullptr ? start_from(market, *options.start) : market.start(),
      {.tolerance = options.tolerance, .max_rounds = options.max_sweeps, .search = options.search});

  Equilibrium result;
  result.wage_hat = exp_of(market.wages(point.x));
  result.population_hat = change.population.empty() ? std::vector<double>(n, 1.0) : change.population;
  if (change.mobility) result.population_hat = exp_of(market.people(point.x));
  result.value_added = accounts.value_added;
  result.income = accounts.income;
  result.tax = accounts.tax;
  result.deficit = accounts.deficit;
  result.duty_revenue = accounts.duty;
  result.freight_revenue = accounts.freight;
  result.cost_hat = exp_by_region(accounts.log_cost, n, s);
  result.price_hat = exp_by_region(accounts.log_price, n, s);
  result.expenditure = by_region(accounts.spending, n, s);
  result.output = by_region(accounts.output, n, s);
  result.tonnes = tonnes_shipped(economy, market, accounts);
  list_connections(economy, change, result);
  result.residual = accounts.excess;
  result.sweeps = point.rounds;
  result.obstacle = obstacle_to(economy, accounts, point);
  result.is_converged = !result.obstacle;
  return result;
}

Message explain(const Equilibrium& equilibrium, std::span<const std::string> regions,
                std::span<const std::string> sectors) {
  if (!equilibrium.obstacle) return {};
  const Obstacle& obstacle = *equilibrium.obstacle;
  switch (obstacle.kind) {
    case Obstacle::Kind::kNoIncome:
      return said(
          {"pendapatan rumah tangga wilayah '{}' akan habis: pajak atau transfernya melebihi yang "
           "diperolehnya",
           "region '{}' would have no household income left: taxes or transfers exceed what it earns"},
          regions[obstacle.region]);
    case Obstacle::Kind::kNoSeller:
      return said({"wilayah '{}' tidak dapat membeli sektor '{}' dari mana pun: semua penjualnya terputus",
                   "region '{}' cannot buy sector '{}' from anywhere: every supplier is cut"},
                  regions[obstacle.region], sectors[obstacle.sector]);
    case Obstacle::Kind::kSweepsOver:
      break;
  }
  return said(
      {"belum konvergen setelah {} sapuan: sisa {:.1e}", "not converged after {} sweeps: residual {:.1e}"},
      equilibrium.sweeps, equilibrium.residual);
}

Matrix flow(const Economy& economy, const Change& change, const Equilibrium& equilibrium,
            std::size_t sector) {
  const std::size_t n_regions = economy.regions;
  Matrix spending = make_sector_wedges(economy, change, sector).buy.matrix();
  std::vector<double> supply(n_regions);
  for (std::size_t i = 0; i < n_regions; ++i)
    supply[i] = std::pow(equilibrium.cost_hat(i, sector), -economy.trade_elasticity[sector]);
  for (std::size_t n = 0; n < n_regions; ++n) {
    double weight = 0.0;
    for (std::size_t i = 0; i < n_regions; ++i) weight += spending(n, i) *= supply[i];
    const double per_unit = weight > 0.0 ? equilibrium.expenditure(n, sector) / weight : 0.0;
    for (double& value : spending.row(n)) value *= per_unit;
  }
  return spending;
}

}  // namespace gerbang::trade
