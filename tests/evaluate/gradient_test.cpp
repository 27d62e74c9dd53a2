// The joint adjoint against central differences: every kind of cell of small congested studies, solved anew
// on both sides.
#include "gerbang/evaluate/gradient.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "gerbang/base/random.h"
#include "gerbang/evaluate/evaluate.h"
#include "gerbang/evaluate/levers.h"
#include "tests/evaluate/congested_world.h"
#include "tests/sanitized.h"

namespace gerbang::evaluate {
namespace {

constexpr double kStep = 8e-2;  // the longest, a part of the cell
// As far as doubles go: what a solve leaves over is noise in the differences. Where use answers steeply to
// delay, a round returns it to a part in 10¹² only.
constexpr Residuals kTight{.road_gap = 1e-15, .use = 3e-12, .road_demand = 3e-12, .market = 1e-14};

Edit set(const Lever& cell, double value) {
  return {.project = std::nullopt,
          .table = cell.table,
          .row = cell.row,
          .column = cell.column,
          .operation = EditOperation::kSet,
          .value = value,
          .provenance = {}};
}

// A full study, and its welfare as a function of one cell. Solves start from the point itself, so that a
// difference is one of the same equilibrium.
class Point {
 public:
  Point(const World& world, const testing::Left& left)
      : evaluator_(testing::with_less_capacity(Evaluator(world, options("study")).world(), left),
                   options("point")) {
    request_.scenario = ScenarioId(evaluator_.world().scenarios.size() - 1);
    request_.year = 2030;
    outcome_ = evaluator_.evaluate(request_);
    EXPECT_TRUE(outcome_->is_converged);
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
    EXPECT_LT(outcome->residuals.use, 1e-11);
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
  // By the cell, and how much of it may be rounding of the welfare on both sides.
  struct Difference {
    double slope = 0.0, rounding = 0.0;
  };
  Difference central_difference(const Lever& cell) {
    const auto slope = [&](double h) {
      return (welfare_with(set(cell, cell.value + h)) - welfare_with(set(cell, cell.value - h))) / (2.0 * h);
    };
    const double welfare_rounding = 2e-14 * std::accumulate(weight_.begin(), weight_.end(), 0.0);
    // Ridders' method: ever shorter steps, extrapolated, until two columns agree or rounding is all that a
    // shorter one would show.
    constexpr std::size_t kLeast = 5, kMost = 9;
    Difference best;
    double least_error = std::numeric_limits<double>::infinity();
    std::vector<double> before;
    double step = std::abs(cell.value) * kStep;
    const auto goes_on = [&](std::size_t level) {
      const bool is_rounding = level >= kLeast && welfare_rounding / step > 1e-6 * std::abs(best.slope);
      return level < kMost && !is_rounding && least_error > 1e-7 * std::abs(best.slope);
    };
    for (std::size_t level = 0; goes_on(level); ++level) {
      std::vector<double> row = {slope(step)};
      for (std::size_t k = 0; k < before.size(); ++k) {
        const double factor = std::pow(4.0, static_cast<double>(k + 1));
        row.push_back((factor * row[k] - before[k]) / (factor - 1.0));
        const double error = std::max(std::abs(row[k + 1] - row[k]), std::abs(row[k + 1] - before[k]));
        if (error < least_error) {
          least_error = error;
          best = {row[k + 1], welfare_rounding / step};
        }
      }
      before = std::move(row);
      step /= 2.0;
    }
    return best;
  }

 private:
  static EvaluatorOptions options(const char* study) {
    return {.study_hash = study, .fingerprint = "test", .tolerances = kTight};
  }

  Evaluator evaluator_;
  Request request_;
  std::shared_ptr<const Outcome> outcome_;
  std::vector<double> weight_;
};

// Compares the cells that matter, above a millionth of the one that matters most: up to `most` of them, drawn
// at random. How many were compared to the full 10⁻⁶, rounding being less.
std::size_t expect_agreement(Point& point, std::size_t most) {
  const NetworkGradient gradient = point.gradient();
  EXPECT_TRUE(gradient.is_converged) << gradient.residual;
  std::vector<Lever> cells = levers(*point.outcome().world, gradient);
  double largest = 0.0;
  for (const Lever& cell : cells) largest = std::max(largest, std::abs(cell.slope * cell.value));
  std::erase_if(cells, [&](const Lever& c) { return std::abs(c.slope * c.value) < 1e-6 * largest; });
  Random random(1, 0);
  for (std::size_t left = cells.size(); left > most; --left)
    cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(random.next() % left));
  std::size_t compared = 0;
  for (const Lever& cell : cells) {
    const Point::Difference difference = point.central_difference(cell);
    const double allowed = 1e-6 * std::abs(cell.slope);
    if (difference.rounding < allowed) ++compared;
    EXPECT_NEAR(difference.slope, cell.slope, std::max(allowed, difference.rounding))
        << cell.table << ' ' << cell.row << ' ' << cell.column << ' ' << cell.slope * cell.value / largest;
  }
  return compared;
}

// Use over capacity where it is largest.
struct Fullest {
  double road = 0.0, terminal = 0.0, leg = 0.0;
};
Fullest fullest(const Outcome& outcome) {
  const auto most = [](const std::vector<double>& use) { return *std::max_element(use.begin(), use.end()); };
  Fullest fullest{.terminal = most(outcome.state.utilisation.terminal),
                  .leg = most(outcome.state.utilisation.leg)};
  const Network network = build_network(*outcome.world);
  for (std::size_t a = 0; a < network.arcs.size(); ++a)
    fullest.road = std::max(fullest.road, outcome.arc_volume[a] / network.roads.arcs[a].capacity);
  return fullest;
}

TEST(JointAdjoint, AgreesWithCentralDifferencesInEveryCellOfASmallStudy) {
  Point point(testing::tiny_world(), {.links = 0.7, .terminals = 0.7, .services = 0.7});
  EXPECT_GE(expect_agreement(point, 1000), 20U);
}

TEST(JointAdjoint, AgreesWithCentralDifferencesWhereRoadsTerminalsAndServicesHoldThreeTimesTheirCapacity) {
  Point point(testing::CongestedWorld(3).world(), {.links = 0.54, .terminals = 0.12, .services = 0.11});
  const Fullest most = fullest(point.outcome());
  EXPECT_GT(most.road, 3.0);
  EXPECT_GT(most.terminal, 3.0);
  EXPECT_GT(most.leg, 3.0);
  // Numbers are the tuned build's to show; under sanitizers a sample has to do, which takes as long.
  EXPECT_GE(expect_agreement(point, test::kIsSanitized ? 20 : 130), test::kIsSanitized ? 10U : 100U);
}

}  // namespace
}  // namespace gerbang::evaluate
