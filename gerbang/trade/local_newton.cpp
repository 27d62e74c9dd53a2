#include "gerbang/trade/local_newton.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gerbang/base/parallel.h"
#include "gerbang/trade/kernel.h"

namespace gerbang::trade {
namespace {

constexpr std::size_t kRegionsPerTask = 64;  // below that a thread costs more than it helps
// Added to the answer of a region's labour market to its wage, which vanishes where a region trades with
// nobody.
constexpr double kWageDamping = 0.1;

// Of any logarithm of a region in one step: beyond it the linearisation says nothing.
constexpr double kLongestStep = 0.5;
// Rows of the local rounds add to at most this, so that the sum of all rounds exists. They exceed it only
// where data are at odds with themselves: inputs worth more than all that is bought, or no value added.
constexpr double kLargestRow = 0.95;

// I less the rounds, each row capped.
Matrix identity_less(Matrix rounds) {
  for (std::size_t row = 0; row < rounds.rows(); ++row) {
    double total = 0.0;
    for (const double value : rounds.row(row)) total += value;
    const double cap = total > kLargestRow ? kLargestRow / total : 1.0;
    for (double& value : rounds.row(row)) value *= -cap;
    rounds(row, row) += 1.0;
  }
  return rounds;
}

// What a region spends on a sector, or would by the uses of its base year where that is more.
double spent_or_used(const Economy& economy, std::size_t n, std::size_t k) {
  double used = economy.household_share(n, k) * economy.income[n] + economy.public_demand(n, k);
  for (std::size_t s = 0; s < economy.sectors; ++s)
    used += economy.input_share[n](k, s) * economy.output(n, s);
  return std::max(economy.expenditure(n, k), used);
}

// Gauss–Jordan without pivoting: the matrices are M-matrices, their inverses the sums of their local rounds.
Matrix inverse(Matrix matrix) {
  const std::size_t size = matrix.rows();
  Matrix result(size, size);
  for (std::size_t k = 0; k < size; ++k) result(k, k) = 1.0;
  for (std::size_t k = 0; k < size; ++k) {
    const double pivot = 1.0 / matrix(k, k);
    for (double& value : matrix.row(k)) value *= pivot;
    for (double& value : result.row(k)) value *= pivot;
    for (std::size_t row = 0; row < size; ++row) {
      const double factor = matrix(row, k);
      if (row == k || factor == 0.0) continue;
      add_scaled(-factor, matrix.row(k).data(), matrix.row(row).data(), size);
      add_scaled(-factor, result.row(k).data(), result.row(row).data(), size);
    }
  }
  return result;
}

std::vector<double> product(const Matrix& matrix, const std::vector<double>& vector) {
  std::vector<double> result(matrix.rows());
  for (std::size_t row = 0; row < matrix.rows(); ++row)
    result[row] = dot(matrix.row(row).data(), vector.data(), vector.size());
  return result;
}

std::vector<double> transposed_product(const Matrix& matrix, const std::vector<double>& vector) {
  std::vector<double> result(matrix.columns(), 0.0);
  for (std::size_t row = 0; row < matrix.rows(); ++row)
    add_scaled(vector[row], matrix.row(row).data(), result.data(), result.size());
  return result;
}

}  // namespace

LocalNewton::LocalNewton(const Economy& economy) : economy_(economy), regions_(economy.regions) {
  parallel_for((economy.regions + kRegionsPerTask - 1) / kRegionsPerTask, [&](std::size_t task) {
    const std::size_t last = std::min(economy.regions, (task + 1) * kRegionsPerTask);
    for (std::size_t n = task * kRegionsPerTask; n < last; ++n) regions_[n] = eliminate(n);
  });
}

LocalNewton::Region LocalNewton::eliminate(std::size_t n) const {
  const std::size_t sectors = economy_.sectors;
  const Matrix& inputs = economy_.input_share[n];
  Region region;
  Matrix price(sectors, sectors);
  Matrix spending(sectors, sectors);
  std::vector<double> by_wage_price(sectors);  // residuals that a unit of the wage makes
  std::vector<double> by_wage_spending(sectors);
  for (std::size_t s = 0; s < sectors; ++s) {
    const double own = economy_.share[s](n, n);
    const double output = economy_.output(n, s);
    const double spent = spent_or_used(economy_, n, s);
    const double home = output > 0.0 ? std::min(1.0, own * spent / output) : 0.0;
    region.sold_at_home.push_back(home);
    region.sales_elasticity.push_back(economy_.trade_elasticity[s] * (1.0 - home * own));
    region.output.push_back(output);
    region.per_spending.push_back(spent > 0.0 ? 1.0 / spent : 0.0);
    region.value_added_part.push_back(economy_.value_added[n] > 0.0 ? economy_.value_added_share(n, s) *
                                                                          output / economy_.value_added[n]
                                                                    : 0.0);
    for (std::size_t k = 0; k < sectors; ++k) price(s, k) = own * inputs(k, s);
    by_wage_price[s] = own * economy_.value_added_share(n, s);
  }
  for (std::size_t k = 0; k < sectors; ++k) {
    for (std::size_t s = 0; s < sectors; ++s)
      spending(k, s) = inputs(k, s) * region.output[s] * region.sold_at_home[s] * region.per_spending[k];
    by_wage_spending[k] = economy_.household_share(n, k) * economy_.value_added[n] * region.per_spending[k];
  }
  region.price = inverse(identity_less(std::move(price)));
  region.spending = inverse(identity_less(std::move(spending)));

  // The answers to a unit of the wage: its own residuals, and costs that rise with it directly.
  Step step{.price = by_wage_price, .spending = by_wage_spending, .output = {}, .scratch = {}};
  for (std::size_t k = 0; k < sectors; ++k)
    for (std::size_t s = 0; s < sectors; ++s)
      step.spending[k] -= inputs(k, s) * region.output[s] * region.sales_elasticity[s] *
                          economy_.value_added_share(n, s) * region.per_spending[k];
  respond(n, region, step);
  double labour_demand = 0.0;
  for (std::size_t s = 0; s < sectors; ++s)
    labour_demand += region.value_added_part[s] *
                     (step.output[s] - region.sales_elasticity[s] * economy_.value_added_share(n, s));
  region.price_by_wage = std::move(step.price);
  region.spending_by_wage = std::move(step.spending);
  region.wage_response = 1.0 / std::max(kWageDamping, 1.0 + kWageDamping - labour_demand);
  return region;
}

void LocalNewton::respond(std::size_t n, const Region& region, Step& step) const {
  const std::size_t sectors = economy_.sectors;
  const Matrix& inputs = economy_.input_share[n];
  step.price = product(region.price, step.price);
  step.output = transposed_product(inputs, step.price);  // of costs, for now
  step.scratch.resize(sectors);
  for (std::size_t s = 0; s < sectors; ++s) {
    step.output[s] *= -region.sales_elasticity[s];
    step.scratch[s] = region.output[s] * step.output[s];
  }
  for (std::size_t k = 0; k < sectors; ++k)
    step.spending[k] += region.per_spending[k] * dot(inputs.row(k).data(), step.scratch.data(), sectors);
  step.spending = product(region.spending, step.spending);
  for (std::size_t s = 0; s < sectors; ++s) step.output[s] += region.sold_at_home[s] * step.spending[s];
}

void LocalNewton::apply(std::span<double> residual) const {
  const std::size_t regions = regions_.size();
  const std::size_t sectors = economy_.sectors;
  parallel_for((regions + kRegionsPerTask - 1) / kRegionsPerTask, [&](std::size_t task) {
    Step step;
    const std::size_t last = std::min(regions, (task + 1) * kRegionsPerTask);
    for (std::size_t n = task * kRegionsPerTask; n < last; ++n) {
      const Region& region = regions_[n];
      step.price.resize(sectors);
      step.spending.resize(sectors);
      for (std::size_t s = 0; s < sectors; ++s) {
        step.price[s] = residual[regions * (1 + s) + n];
        step.spending[s] = residual[regions * (1 + sectors + s) + n];
      }
      respond(n, region, step);
      const double demand = dot(region.value_added_part.data(), step.output.data(), sectors);
      const double wage = region.wage_response * (residual[n] + demand);
      double longest = std::abs(wage);
      for (std::size_t s = 0; s < sectors; ++s) {
        step.price[s] += region.price_by_wage[s] * wage;
        step.spending[s] += region.spending_by_wage[s] * wage;
        longest = std::max({longest, std::abs(step.price[s]), std::abs(step.spending[s])});
      }
      const double kept = longest > kLongestStep ? kLongestStep / longest : 1.0;
      residual[n] = kept * wage;
      for (std::size_t s = 0; s < sectors; ++s) {
        residual[regions * (1 + s) + n] = kept * step.price[s];
        residual[regions * (1 + sectors + s) + n] = kept * step.spending[s];
      }
    }
  });
}

void LocalNewton::apply_transposed(std::span<double> residual) const {
  const std::size_t regions = regions_.size();
  const std::size_t sectors = economy_.sectors;
  parallel_for((regions + kRegionsPerTask - 1) / kRegionsPerTask, [&](std::size_t task) {
    std::vector<double> price(sectors);
    std::vector<double> spending(sectors);
    std::vector<double> output(sectors);
    const std::size_t last = std::min(regions, (task + 1) * kRegionsPerTask);
    for (std::size_t n = task * kRegionsPerTask; n < last; ++n) {
      const Region& region = regions_[n];
      double wage = residual[n];
      for (std::size_t s = 0; s < sectors; ++s) {
        price[s] = residual[regions * (1 + s) + n];
        spending[s] = residual[regions * (1 + sectors + s) + n];
        wage += region.price_by_wage[s] * price[s] + region.spending_by_wage[s] * spending[s];
      }
      wage *= region.wage_response;
      for (std::size_t s = 0; s < sectors; ++s) {
        output[s] = region.value_added_part[s] * wage;
        spending[s] += region.sold_at_home[s] * output[s];
      }
      spending = transposed_product(region.spending, spending);
      std::vector<double> per_unit = spending;
      for (std::size_t k = 0; k < sectors; ++k) per_unit[k] *= region.per_spending[k];
      const std::vector<double> by_use = transposed_product(economy_.input_share[n], per_unit);
      for (std::size_t s = 0; s < sectors; ++s)
        output[s] = -region.sales_elasticity[s] * (output[s] + region.output[s] * by_use[s]);
      const std::vector<double> by_cost = product(economy_.input_share[n], output);
      for (std::size_t s = 0; s < sectors; ++s) price[s] += by_cost[s];
      price = transposed_product(region.price, price);
      residual[n] = wage;
      for (std::size_t s = 0; s < sectors; ++s) {
        residual[regions * (1 + s) + n] = price[s];
        residual[regions * (1 + sectors + s) + n] = spending[s];
      }
    }
  });
}

}  // namespace gerbang::trade
