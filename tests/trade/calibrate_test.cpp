// Calibration: what the tables say is what the base year shows, and the base year is at rest.
#include "gerbang/trade/calibrate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "gerbang/base/error.h"
#include "gerbang/base/random.h"
#include "gerbang/trade/solve.h"
#include "tests/trade/cases.h"

namespace gerbang::trade {
namespace {

constexpr std::size_t kRegions = 9;  // the last is the rest of the world
constexpr std::size_t kSectors =
    6;  // 0 farming, 1 coal, 2 manufactures, 3 transport, 4 government, 5 other services
constexpr std::size_t kForeign = kRegions - 1;
constexpr std::size_t kCoal = 1;
constexpr std::size_t kTransport = 3;

CalibrationInput random_input(std::uint64_t seed) {
  Random random(seed, 0);
  CalibrationInput input{
      .regions = kRegions, .sectors = kSectors, .foreign = kForeign, .transport_sector = kTransport};
  input.trade_elasticity = {8, 15, 5, 5, 5, 5};
  input.distance_elasticity = {1.0, 0.5, 0.8, 1.0, 0.0, 1.0};
  input.own_region_log = {1.0, 0.5, 0.5, 2.0, 6.0, 3.0};
  input.labour_share = {0.3, 0.0, 1, 1, 1, 1};
  input.value_per_tonne = {6.0, 0.8, 15.0, 1.0, 1.0, 1.0};
  input.freight_class = {0, 1, 0, std::nullopt, std::nullopt, std::nullopt};
  input.value_added = Matrix(kRegions, kSectors);
  for (std::size_t n = 0; n < kForeign; ++n)
    for (std::size_t s = 0; s < kSectors; ++s)
      input.value_added(n, s) =
          (n == 0 ? 5.0 : 100.0) * (0.2 + random.uniform()) * (s == kCoal ? (n < 3 ? 2.0 : 0.0) : 1.0);
  input.input_coefficient = {Matrix(kSectors, kSectors)};
  for (double& value : input.input_coefficient[0].values()) value = 0.15 * random.uniform();
  input.final_demand_share = Matrix(3, kSectors, 0.02);
  for (std::size_t u = 0; u < 3; ++u) {
    const std::size_t main = u == 1 ? 4 : 2;
    input.final_demand_share(u, main) = 0.9;
  }
  for (std::size_t n = 0; n < kRegions; ++n) {
    input.final_demand_ratio.push_back(0.8 + 0.4 * random.uniform());
    const double value_added =
        std::accumulate(input.value_added.row(n).begin(), input.value_added.row(n).end(), 0.0);
    input.government.push_back(0.1 * value_added);
    input.investment.push_back(0.2 * value_added);
  }
  using enum TradeDirection;
  input.foreign_flows = {
      {kExport, std::nullopt, 0, 60.0}, {kExport, std::nullopt, kCoal, 350.0}, {kExport, 4, 2, 30.0},
      {kExport, std::nullopt, 2, 90.0}, {kImport, std::nullopt, 2, 400.0},     {kImport, 2, 0, 12.0}};
  input.known_flows = {{.origin = 1, .destination = 0, .sector = 2, .value = 7.5},
                       {.origin = 5, .destination = 6, .sector = 0, .value = 3.25}};
  input.distance_km = Matrix(kRegions, kRegions);
  for (std::size_t n = 0; n < kRegions; ++n)
    for (std::size_t i = 0; i < kRegions; ++i)
      input.distance_km(n, i) = n == i ? 40.0 : 200.0 + 1500.0 * random.uniform();
  input.foreign_size = 15.0;
  return input;
}

Transport random_transport(std::uint64_t seed) {
  Transport transport =
      test::random_flows({.regions = kRegions, .sectors = 4, .seed = seed, .has_freight = true}).transport;
  for (std::size_t m = 0; m < 2; ++m) {
    const double scale = m == 0 ? 0.3 : 0.06;
    for (double& value : transport.classes[m].cost.values()) value *= scale;
    for (double& value : transport.classes[m].money.values()) value *= scale;
    transport.classes[m].cost(kForeign, kForeign) = transport.classes[m].money(kForeign, kForeign) = 0.0;
  }
  return transport;
}

TEST(Calibration, MeetsEveryOutputAndTheBaseYearIsAtRest) {
  const CalibrationInput input = random_input(3);
  const auto [economy, report, end] = calibrate(input, random_transport(3));
  for (std::size_t n = 0; n < kForeign; ++n)
    for (std::size_t s = 0; s < kSectors; ++s)
      EXPECT_NEAR(economy.value_added_share(n, s) * economy.output(n, s), input.value_added(n, s),
                  1e-10 * input.value_added(n, s));
  EXPECT_LT(report.output_error, 1e-10);
  EXPECT_LT(report.spending_error, 1e-10);
  EXPECT_LT(report.income_error, 1e-10);
  EXPECT_NEAR(std::accumulate(economy.deficit.begin(), economy.deficit.end(), 0.0), 0.0, 1e-9);
  const Equilibrium base = solve(economy, {});
  EXPECT_EQ(base.sweeps, 1U);
  EXPECT_LT(base.residual, 5e-14);
  for (std::size_t n = 0; n < kRegions; ++n) EXPECT_NEAR(base.wage_hat[n], 1.0, 1e-12);
}

TEST(Calibration, CoalThatIsExportedIsNotSoldToTheNeighbour) {
  const auto [economy, report, end] = calibrate(random_input(3), random_transport(3));
  const Equilibrium base = solve(economy, {});
  double shipped = 0.0;
  for (std::size_t i = 0; i < kForeign; ++i)
    shipped += base.tonnes[1](kForeign, i) * economy.value_per_tonne[kCoal];
  EXPECT_NEAR(shipped, 350.0, 1e-8);
}

TEST(Calibration, KeepsTheFlowsThatWereObserved) {
  const auto [economy, report, end] = calibrate(random_input(3), random_transport(3));
  const Equilibrium base = solve(economy, {});
  EXPECT_NEAR(flow(economy, {}, base, 2)(0, 1), 7.5, 1e-9);
  EXPECT_NEAR(flow(economy, {}, base, 0)(6, 5), 3.25, 1e-9);
}

TEST(Calibration, NetsFreightMoneyOutOfTheTransportSector) {
  const auto [economy, report, end] = calibrate(random_input(5), random_transport(5));
  const Equilibrium base = solve(economy, {});
  const Matrix sold = flow(economy, {}, base, kTransport);
  for (std::size_t i = 0; i < kForeign; ++i) {
    double direct = 0.0;
    for (std::size_t n = 0; n < kRegions; ++n) direct += sold(n, i);
    EXPECT_NEAR((direct + base.freight_revenue[i]) / economy.output(i, kTransport), 1.0, 1e-10);
  }
}

TEST(Calibration, WithoutChainNothingIsShippedAndTheRestStillFits) {
  Transport transport = random_transport(3);
  for (const std::size_t i : {2U, 5U, 7U})
    transport.classes[0].cost(4, i) = std::numeric_limits<double>::infinity();
  const auto [economy, report, end] = calibrate(random_input(3), transport);
  EXPECT_EQ(economy.share[0](4, 2), 0.0);
  EXPECT_GT(economy.share[0](4, 3), 0.0);
  const Equilibrium base = solve(economy, {.transport = &transport});
  EXPECT_LT(base.residual, 5e-14);
  // Opening the pair is listed: no base share, so nothing can flow.
  transport.classes[0].cost(4, 2) = 1.0;
  const Equilibrium opened = solve(economy, {.transport = &transport});
  ASSERT_EQ(opened.newly_connected.size(), 2U);  // both sectors of the class
  EXPECT_EQ(opened.newly_connected[0].destination, 4U);
  EXPECT_EQ(opened.newly_connected[0].origin, 2U);
}

TEST(Calibration, FromTheEndOfOneAlikeTheSameEconomyIsMetInFewerRounds) {
  const CalibrationInput input = random_input(5);
  Transport transport = random_transport(5);
  const CalibrationEnd of_alike = calibrate(input, transport).end;
  for (double& value : transport.classes[1].cost.values()) value *= 1.02;
  const Calibration cold = calibrate(input, transport);
  const Calibration warm = calibrate(input, transport, {.start = &of_alike});
  EXPECT_LT(warm.report.rounds, cold.report.rounds);
  for (std::size_t s = 0; s < input.sectors; ++s)
    for (std::size_t n = 0; n < kRegions; ++n) {
      EXPECT_NEAR(warm.economy.output(n, s), cold.economy.output(n, s), 1e-10 * cold.economy.output(n, s));
      for (std::size_t i = 0; i < kRegions; ++i)
        EXPECT_NEAR(warm.economy.share[s](n, i), cold.economy.share[s](n, i), 1e-10);
    }
}

TEST(Calibration, SaysWhatIsWrongWithItsTables) {
  const auto message = [](auto&& spoil) {
    CalibrationInput input = random_input(3);
    spoil(input);
    try {
      (void)calibrate(input, random_transport(3));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string("no fault");
  };
  EXPECT_NE(message([](auto& in) { in.trade_elasticity[2] = 0.0; }).find("trade elasticity"),
            std::string::npos);
  EXPECT_NE(message([](auto& in) { in.value_added(2, 1) = -1.0; }).find("0 or more"), std::string::npos);
  EXPECT_NE(message([](auto& in) { in.input_coefficient[0](1, 1) = 1.2; }).find("add to"), std::string::npos);
  EXPECT_NE(message([](auto& in) { in.final_demand_share(0, 0) = 0.5; }).find("shares of households"),
            std::string::npos);
  EXPECT_NE(message([](auto& in) {
              for (std::size_t n = 0; n < kForeign; ++n) in.value_added(n, 0) = 0.0;
              in.foreign_flows.erase(in.foreign_flows.begin() + 5);
            }).find("nothing to sell"),
            std::string::npos);
}

}  // namespace
}  // namespace gerbang::trade
