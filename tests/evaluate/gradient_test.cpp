// The joint adjoint against central differences: every kind of cell of a small congested study, solved anew
// on both sides.
#include "gerbang/evaluate/gradient.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gerbang/evaluate/evaluate.h"
#include "gerbang/evaluate/levers.h"
#include "tests/evaluate/congested_world.h"

namespace gerbang::evaluate {
namespace {

constexpr double kStep = 8e-2;  // of the cell
// As far as doubles go: what a solve leaves over is noise in the differences.
constexpr Residuals kTight{.road_gap = 1e-15, .use = 5e-14, .road_demand = 5e-14, .market = 1e-15};

Edit set(const Lever& cell, double value) {
  return {.project = std::nullopt,
          .table = cell.table,
          .row = cell.row,
          .column = cell.column,
          .operation = EditOperation::kSet,
          .value = value,
          .provenance = {}};
}

// A study with congestion everywhere, and its welfare as a function of one cell.
class Point {
 public:
  Point(const World& world, std::size_t scenario, double capacity_left)
      : evaluator_(world, {.study_hash = "point", .fingerprint = "test", .tolerances = kTight}) {
    request_.scenario = ScenarioId(scenario);
    request_.year = 2030;
    request_.edits = testing::squeezed(evaluator_.base_year().world, capacity_left);
    outcome_ = evaluator_.evaluate(request_);
    weight_ = outcome_->equilibrium.income;
    for (std::size_t n = 0; n < weight_.size(); ++n)
      weight_[n] *= n + 1 < weight_.size() ? 0.2 + 0.3 * static_cast<double>(n % 3) : 0.0;
  }

  [[nodiscard]] const Outcome& outcome() const { return *outcome_; }
  [[nodiscard]] NetworkGradient gradient() const {
    JointAdjoint adjoint(evaluator_.base_year(), *outcome_, {.tolerance = 1e-11, .equilibrium = kTight});
    return adjoint.gradient(weight_);
  }
  double welfare_with(const Edit& edit) {
    Request request = request_;
    request.edits.push_back(edit);
    const auto outcome = evaluator_.evaluate(request);
    EXPECT_LT(outcome->residuals.use, 1e-10);
    double welfare = 0.0;
    for (std::size_t n = 0; n < weight_.size(); ++n) {
      double log_welfare = std::log(outcome->equilibrium.income[n] / outcome->equilibrium.population_hat[n]);
      for (std::size_t k = 0; k < evaluator_.base_year().economy.sectors; ++k)
        log_welfare -= evaluator_.base_year().economy.household_share(n, k) *
                       std::log(outcome->equilibrium.price_hat(n, k));
      welfare += weight_[n] * log_welfare;
    }
    return welfare;
  }
  double central_difference(const Lever& cell) {
    const auto slope = [&](double h) {
      return (welfare_with(set(cell, cell.value + h)) - welfare_with(set(cell, cell.value - h))) / (2.0 * h);
    };
    // Ridders' method: ever shorter steps, extrapolated, until two columns agree; rounding ends it.
    constexpr std::size_t kMost = 6;
    double best = 0.0, least_error = std::numeric_limits<double>::infinity();
    std::vector<double> before;
    for (std::size_t level = 0; level < kMost && least_error > 1e-7 * std::abs(best); ++level) {
      std::vector<double> row = {slope(kStep * cell.value / std::pow(2.0, static_cast<double>(level)))};
      for (std::size_t k = 0; k < before.size(); ++k) {
        const double factor = std::pow(4.0, static_cast<double>(k + 1));
        row.push_back((factor * row[k] - before[k]) / (factor - 1.0));
        const double error = std::max(std::abs(row[k + 1] - row[k]), std::abs(row[k + 1] - before[k]));
        if (error < least_error) {
          least_error = error;
          best = row[k + 1];
        }
      }
      before = std::move(row);
    }
    return best;
  }

 private:
  Evaluator evaluator_;
  Request request_;
  std::shared_ptr<const Outcome> outcome_;
  std::vector<double> weight_;
};

// Compares every cell that matters: above a millionth of the one that matters most.
std::size_t expect_every_cell(Point point) {
  const NetworkGradient gradient = point.gradient();
  EXPECT_TRUE(gradient.is_converged) << gradient.residual;
  const std::vector<Lever> cells = levers(*point.outcome().world, gradient);
  double largest = 0.0;
  for (const Lever& cell : cells) largest = std::max(largest, std::abs(cell.slope * cell.value));
  std::size_t compared = 0;
  for (const Lever& cell : cells) {
    if (std::abs(cell.slope * cell.value) < 1e-6 * largest) continue;
    ++compared;
    EXPECT_NEAR(point.central_difference(cell) / cell.slope, 1.0, 1e-6)
        << cell.table << ' ' << cell.row << ' ' << cell.column << ' ' << cell.slope * cell.value / largest;
  }
  return compared;
}

double fullest(const Outcome& outcome) {
  const auto most = [](const std::vector<double>& use) { return *std::max_element(use.begin(), use.end()); };
  double road = 0.0;
  const Network network = build_network(*outcome.world);
  for (std::size_t a = 0; a < network.arcs.size(); ++a)
    road = std::max(road, outcome.arc_volume[a] / network.roads.arcs[a].capacity);
  return std::min({most(outcome.state.utilisation.terminal), most(outcome.state.utilisation.leg), road});
}

TEST(JointAdjoint, AgreesWithCentralDifferencesInEveryCellOfASmallStudy) {
  EXPECT_GE(expect_every_cell({testing::tiny_world(), 2, 0.7}), 20U);
}

TEST(JointAdjoint, AgreesWithCentralDifferencesWhereEverythingIsFullAndRoutesAreShared) {
  const Point point(testing::CongestedWorld(3).world(), 0, 0.35);
  EXPECT_GT(fullest(point.outcome()), 1.3);
  EXPECT_GE(expect_every_cell({testing::CongestedWorld(3).world(), 0, 0.35}), 100U);
}

}  // namespace
}  // namespace gerbang::evaluate
