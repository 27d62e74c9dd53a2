#include "gerbang/evaluate/draws.h"

#include <gtest/gtest.h>

#include <cmath>

#include "gerbang/base/parallel.h"
#include "gerbang/evaluate/base_year.h"
#include "gerbang/evaluate/gains.h"
#include "gerbang/io/study.h"
#include "tests/evaluate/memory_cache.h"
#include "tests/evaluate/request.h"
#include "tests/evaluate/tiny_world.h"

namespace gerbang::evaluate {
namespace {

using gerbang::testing::MemoryCache;
using gerbang::testing::tiny_world;

// The tiny world with its services' sailings and its terminals' fees estimated.
World uncertain_world(double spread) {
  World world = tiny_world();
  for (const ServiceId id : world.services.ids()) {
    const Service& service = world.services[id];
    const double value = service.departures_per_week;
    world.uncertainties.push_back({"service", service.id, "departures_per_week", value * (1.0 - spread),
                                   value, value * (1.0 + 2.0 * spread)});
  }
  for (const TerminalId id : world.terminals.ids()) {
    const Terminal& terminal = world.terminals[id];
    const double value = terminal.handling_idr_per_tonne;
    world.uncertainties.push_back({"terminal", terminal.id, "handling_idr_per_tonne", value * (1.0 - spread),
                                   value, value * (1.0 + spread)});
  }
  return world;
}

const std::vector<Contest>& contests() {
  static const std::vector<Contest> kContests = {{request(0, 2034), request(1, 2034)}};
  return kContests;
}

std::vector<Sample> samples_of(const World& world, const DrawOptions& options) {
  Evaluator central(world, {});
  central.evaluate(std::vector<Request>{request(0, 2034), request(1, 2034)});
  return draw_samples(central, contests(), options);
}

void expect_same(const std::vector<Sample>& a, const std::vector<Sample>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t d = 0; d < a.size(); ++d) {
    EXPECT_EQ(a[d].failure, b[d].failure);
    ASSERT_EQ(a[d].answers.size(), b[d].answers.size());
    for (std::size_t c = 0; c < a[d].answers.size(); ++c) {
      EXPECT_EQ(a[d].answers[c].ev_idr_bn, b[d].answers[c].ev_idr_bn);
      EXPECT_EQ(a[d].answers[c].by_region, b[d].answers[c].by_region);
      EXPECT_EQ(a[d].answers[c].percent, b[d].answers[c].percent);
    }
  }
}

TEST(Draws, CellsLieInTheirRangeAndHaveTheMeanOfTheTriangle) {
  const World world = uncertain_world(0.3);
  const Sampler sampler(world, 7);
  const Uncertainty& cell = world.uncertainties.front();
  constexpr std::size_t kDraws = 4000;
  double sum = 0.0;
  for (std::size_t d = 0; d < kDraws; ++d) {
    const double value = sampler.draw(d).services[ServiceId(0)].departures_per_week;
    EXPECT_GE(value, cell.low);
    EXPECT_LE(value, cell.high);
    sum += value;
  }
  // Mean (a + b + c)/3 and variance (a² + b² + c² − ab − ac − bc)/18 of the triangular distribution.
  const double a = cell.low, b = cell.high, c = cell.value;
  const double sigma = std::sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18.0 / kDraws);
  EXPECT_NEAR(sum / kDraws, (a + b + c) / 3.0, 4.0 * sigma);
}

TEST(Draws, CellsOfOneColumnAreOneAssumptionAndMoveTogether) {
  const World world = uncertain_world(0.3);
  const Sampler sampler(world, 7);
  ASSERT_EQ(sampler.assumptions().size(), 2u);
  const World high = sampler.with(0, 0.95);
  for (const ServiceId id : world.services.ids())
    EXPECT_GT(high.services[id].departures_per_week, world.services[id].departures_per_week);
  for (const TerminalId id : world.terminals.ids())
    EXPECT_EQ(high.terminals[id].handling_idr_per_tonne, world.terminals[id].handling_idr_per_tonne);
}

TEST(Draws, WithoutWidthEveryDrawIsTheStudyItself) {
  const World world = uncertain_world(0.0);
  Evaluator central(world, {});
  central.evaluate(std::vector<Request>{request(0, 2034), request(1, 2034)});
  const Gains certain =
      gains(central.base_year().economy, *central.known(request(0, 2034)), *central.known(request(1, 2034)));
  for (const Sample& sample : draw_samples(central, contests(), {.count = 3})) {
    ASSERT_EQ(sample.failure, Message());
    EXPECT_NEAR(sample.answers[0].ev_idr_bn, certain.ev_idr_bn, 1e-4 * std::abs(certain.ev_idr_bn));
  }
}

TEST(Draws, AreTheSameForAnyNumberOfThreadsAndAfterAnInterruption) {
  const World world = uncertain_world(0.3);
  set_thread_count(1);
  const std::vector<Sample> alone = samples_of(world, {.count = 6});
  set_thread_count(3);
  MemoryCache cache;
  expect_same(alone, samples_of(world, {.count = 6, .cache = &cache}));
  EXPECT_EQ(cache.size(), 6u);
  cache.forget_half();
  expect_same(alone, samples_of(world, {.count = 6, .cache = &cache}));
  set_thread_count(0);
  EXPECT_NE(alone[0].answers[0].ev_idr_bn, alone[1].answers[0].ev_idr_bn);
}

TEST(Draws, AnotherSeedDrawsOtherWorlds) {
  const World world = uncertain_world(0.3);
  EXPECT_NE(Sampler(world, 1).errors(0), Sampler(world, 2).errors(0));
  EXPECT_EQ(Sampler(world, 1).errors(5), Sampler(world, 1).errors(5));
}

// This draw of the example has services that hardly anything takes, and whose loads answer to their delay so
// steeply that a search whose steps nothing holds back goes on for ever.
TEST(Draws, HaveABaseYearWhereServicesOfUnknownCapacityCarryHardlyAnything) {
  const World study = io::read_study(GERBANG_SOURCE_DIR "/examples/nusantara");
  const BaseYear central = calibrate_base_year(study);
  const BaseYear drawn = calibrate_base_year(Sampler(study, 1).draw(11), {.start = &central});
  EXPECT_TRUE(drawn.is_converged);
  EXPECT_LT(drawn.rounds, 30U);
}

}  // namespace
}  // namespace gerbang::evaluate
