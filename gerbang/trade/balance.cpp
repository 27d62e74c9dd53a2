#include "gerbang/trade/balance.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "gerbang/trade/fixed_point.h"

namespace gerbang::trade {
namespace {

// A column of uses with its total: an industry's intermediates or a final user's purchases.
struct Column {
  std::vector<double> shares;
  double total = 0.0;
};

// Regions that share a table of coefficients are one industry.
std::vector<Column> columns_of(const BalanceProblem& problem) {
  std::map<const Matrix*, std::vector<double>> outputs;
  for (std::size_t n = 0; n < problem.coefficient.size(); ++n) {
    std::vector<double>& output = outputs[problem.coefficient[n]];
    output.resize(problem.output.columns(), 0.0);
    for (std::size_t s = 0; s < output.size(); ++s) output[s] += problem.output(n, s);
  }
  std::vector<Column> columns;
  const std::size_t sectors = problem.supply.size();
  std::vector<const Matrix*> seen;
  for (const Matrix* table :
       problem.coefficient) {  // in the order of regions, so that sums do not depend on addresses
    if (std::find(seen.begin(), seen.end(), table) != seen.end()) continue;
    seen.push_back(table);
    for (std::size_t s = 0; s < sectors; ++s) {
      Column column{std::vector<double>(sectors), 0.0};
      for (std::size_t k = 0; k < sectors; ++k) column.shares[k] = (*table)(k, s);
      column.total = outputs[table][s] * std::accumulate(column.shares.begin(), column.shares.end(), 0.0);
      columns.push_back(std::move(column));
    }
  }
  for (std::size_t u = 0; u < problem.final.size(); ++u)
    columns.push_back(
        {{problem.final_share.row(u).begin(), problem.final_share.row(u).end()}, problem.final[u]});
  return columns;
}

}  // namespace

std::vector<double> scaled_column(std::vector<double> shares, const std::vector<double>& factor) {
  const double before = std::accumulate(shares.begin(), shares.end(), 0.0);
  double after = 0.0;
  for (std::size_t k = 0; k < shares.size(); ++k) after += shares[k] *= factor[k];
  for (double& share : shares) share *= after > 0.0 ? before / after : 0.0;
  return shares;
}

Balance balance_use(const BalanceProblem& problem, std::vector<double>& log_factor) {
  const std::vector<Column> columns = columns_of(problem);
  const std::size_t sectors = problem.supply.size();
  log_factor.resize(sectors, 0.0);
  std::vector<double> factor(sectors);
  std::vector<double> use(sectors);
  const FixedPointMap round = [&](std::span<const double> x, std::span<double> image) {
    for (std::size_t k = 0; k < sectors; ++k) factor[k] = std::exp(x[k]);
    std::fill(use.begin(), use.end(), 0.0);
    for (const Column& column : columns) {
      const std::vector<double> shares = scaled_column(column.shares, factor);
      const double before = std::accumulate(column.shares.begin(), column.shares.end(), 0.0);
      for (std::size_t k = 0; k < sectors && before > 0.0; ++k) use[k] += shares[k] / before * column.total;
    }
    double residual = 0.0;
    for (std::size_t k = 0; k < sectors; ++k) {
      const double gap = use[k] > 0.0 ? std::log(problem.supply[k] / use[k]) : 0.0;
      image[k] = x[k] + gap;
      residual = std::max(residual, std::abs(gap));
    }
    const double level = image[0];  // only ratios matter
    for (double& value : image) value -= level;
    return residual;
  };
  const FixedPoint point =
      find_fixed_point(round, log_factor, {.tolerance = 1e-14, .max_rounds = 1000, .max_step = 3.0});
  log_factor = point.x;
  return {.factor = factor,
          .residual = point.residual,
          .rounds = point.rounds,
          .is_converged = point.residual < 1e-11};
}

}  // namespace gerbang::trade
