// The joint adjoint against central differences: every kind of cell of a small congested study, solved anew
// on both sides.
#include "gerbang/evaluate/gradient.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "gerbang/evaluate/evaluate.h"
#include "tests/evaluate/tiny_world.h"

namespace gerbang::evaluate {
namespace {

constexpr Residuals kTight{.road_gap = 1e-13, .use = 1e-12, .road_demand = 1e-12, .market = 1e-14};

Edit set(const char* table, const std::string& row, const char* column, double value) {
  return {.project = std::nullopt,
          .table = table,
          .row = row,
          .column = column,
          .operation = EditOperation::kSet,
          .value = value,
          .provenance = {}};
}

// A study with congestion everywhere, and its welfare as a function of one cell.
class Point {
 public:
  explicit Point(const World& world)
      : evaluator_(world, {.study_hash = "point", .fingerprint = "test", .tolerances = kTight}) {
    request_.scenario = ScenarioId(2);
    request_.year = 2030;
    outcome_ = evaluator_.evaluate(request_);
    weight_ = variation_of(*outcome_, {true, true, true, false});
    weight_[1] *= 0.3;
  }

  [[nodiscard]] const Outcome& outcome() const { return *outcome_; }
  [[nodiscard]] NetworkGradient gradient() const {
    JointAdjoint adjoint(evaluator_.base_year(), *outcome_, {.tolerance = 1e-11, .equilibrium = kTight});
    return adjoint.gradient(weight_);
  }
  double welfare_with(const Edit& edit) {
    Request request = request_;
    request.edits = {edit};
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
  double central_difference(const char* table, const std::string& row, const char* column, double value,
                            double step) {
    const auto slope = [&](double h) {
      return (welfare_with(set(table, row, column, value + h)) -
              welfare_with(set(table, row, column, value - h))) /
             (2.0 * h);
    };
    return (4.0 * slope(step) - slope(2.0 * step)) / 3.0;
  }

 private:
  Evaluator evaluator_;
  Request request_;
  std::shared_ptr<const Outcome> outcome_;
  std::vector<double> weight_;
};

void expect_every_cell(const World& world) {
  Point point(world);
  const NetworkGradient gradient = point.gradient();
  ASSERT_TRUE(gradient.is_converged) << gradient.residual;
  const World& now = *point.outcome().world;
  const auto expect = [&](double exact, const char* table, const std::string& row, const char* column,
                          double value) {
    const double found = point.central_difference(table, row, column, value, 1e-3 * value);
    EXPECT_NEAR(found * value, exact * value, 1e-6 * std::abs(exact * value) + 1e-8)
        << table << ' ' << row << ' ' << column;
  };
  for (const LinkId id : now.links.ids()) {
    const Link& link = now.links[id];
    const std::size_t l = id.value();
    // A speed acts through the free-flow time.
    const double hours = link.length_km / link.free_speed_kmh;
    expect(-gradient.links.free_time_h[l] * hours / link.free_speed_kmh, "link", link.id, "free_speed_kmh",
           link.free_speed_kmh);
    expect(gradient.links.capacity[l], "link", link.id, "capacity_pcu_h", link.capacity_pcu_h);
    expect(gradient.links.cost_factor[l], "link", link.id, "cost_factor", link.cost_factor);
    if (link.toll_idr_per_vehicle > 0.0)
      expect(gradient.links.toll[l], "link", link.id, "toll_idr_per_vehicle", link.toll_idr_per_vehicle);
  }
  for (const TerminalId id : now.terminals.ids()) {
    const Terminal& terminal = now.terminals[id];
    const std::size_t t = id.value();
    expect(gradient.terminals.handling_h[t], "terminal", terminal.id, "handling_h", terminal.handling_h);
    expect(gradient.terminals.handling_fee[t], "terminal", terminal.id, "handling_idr_per_tonne",
           terminal.handling_idr_per_tonne);
    expect(gradient.terminals.capacity[t], "terminal", terminal.id, "capacity_mt_per_year",
           *terminal.capacity_mt_per_year);
  }
  for (const ServiceId id : now.services.ids()) {
    const Service& service = now.services[id];
    const std::size_t s = id.value();
    expect(gradient.services.tariff_factor[s], "service", service.id, "tariff_factor", service.tariff_factor);
    expect(gradient.services.departures[s], "service", service.id, "departures_per_week",
           service.departures_per_week);
    expect(gradient.services.capacity[s], "service", service.id, "capacity_t_per_departure",
           *service.capacity_t_per_departure);
  }
}

TEST(JointAdjoint, AgreesWithCentralDifferencesInEveryCell) {
  expect_every_cell(testing::tiny_world());
}

}  // namespace
}  // namespace gerbang::evaluate
