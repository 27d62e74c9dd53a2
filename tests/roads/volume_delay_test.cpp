#include "gerbang/roads/volume_delay.h"

#include <gtest/gtest.h>

namespace gerbang::roads {
namespace {

const std::vector<Arc>& arcs() {
  static const std::vector<Arc> all = {
      {.free_time = 2.0, .capacity = 100.0, .alpha = 0.15, .beta = 4.0},
      {.free_time = 2.0, .capacity = 100.0, .alpha = 0.8, .beta = 1.0},
      {.free_time = 2.0, .capacity = 100.0, .alpha = 0.8, .beta = 5.3},
      {.free_time = 2.0, .capacity = 100.0, .alpha = 0.8, .beta = 0.5},
      {.free_time = 2.0, .capacity = 100.0, .alpha = 0.8, .beta = 0.0},
      {.free_time = 0.0, .capacity = 100.0, .alpha = 0.8, .beta = 4.0},
      {.free_time = 2.0, .capacity = 0.0, .alpha = 0.0, .beta = 4.0},
      {.free_time = 2.0, .capacity = 100.0, .alpha = 4.0, .volume_delay = VolumeDelay::kConical},
  };
  return all;
}

TEST(VolumeDelay, IsTheFormulaOfTheBureauOfPublicRoads) {
  const DelayFunction delay(arcs()[0]);
  EXPECT_DOUBLE_EQ(delay(0.0).cost, 2.0);
  EXPECT_DOUBLE_EQ(delay(100.0).cost, 2.0 * 1.15);
  EXPECT_DOUBLE_EQ(delay(200.0).cost, 2.0 * (1.0 + 0.15 * 16.0));
  EXPECT_DOUBLE_EQ(DelayFunction(arcs()[4])(50.0).cost, 2.0 * 1.8);
}

TEST(VolumeDelay, ConicalIsOneWhenEmptyAndTwoAtCapacity) {
  const DelayFunction delay(arcs()[7]);
  EXPECT_NEAR(delay(0.0).cost, 2.0, 1e-12);
  EXPECT_NEAR(delay(100.0).cost, 4.0, 1e-12);
}

TEST(VolumeDelay, SlopeIsTheCentralDifference) {
  for (const bool is_marginal : {false, true}) {
    for (const Arc& arc : arcs()) {
      const DelayFunction delay(arc, is_marginal);
      for (const double volume : {1.0, 40.0, 99.0, 150.0, 400.0}) {
        const double step = 1e-4 * volume;
        const double difference = (delay(volume + step).cost - delay(volume - step).cost) / (2.0 * step);
        EXPECT_NEAR(delay(volume).slope, difference, 1e-6 * (1.0 + difference))
            << arc.beta << " at " << volume;
      }
    }
  }
}

TEST(VolumeDelay, IntegralIsTheAreaUnderTheTime) {
  for (const Arc& arc : arcs()) {
    const DelayFunction delay(arc);
    constexpr int kSteps = 20000;
    const double volume = 170.0;
    double area = 0.0;
    for (int i = 0; i < kSteps; ++i) area += delay(volume * (i + 0.5) / kSteps).cost * volume / kSteps;
    EXPECT_NEAR(delay.integral(volume), area, 1e-6 * (1.0 + area)) << arc.beta;
    EXPECT_DOUBLE_EQ(DelayFunction(arc, true).integral(volume), delay.integral(volume));
  }
}

TEST(VolumeDelay, MarginalCostIsTheDerivativeOfTotalTime) {
  for (const Arc& arc : arcs()) {
    if (arc.beta == 0.5) continue;  // its total time is checked by the others' formula
    const DelayFunction delay(arc);
    const DelayFunction marginal(arc, true);
    for (const double volume : {10.0, 90.0, 300.0}) {
      const double step = 1e-3;
      const auto total = [&](double v) { return v * delay(v).cost; };
      const double difference = (total(volume + step) - total(volume - step)) / (2.0 * step);
      EXPECT_NEAR(marginal(volume).cost, difference, 1e-5 * (1.0 + difference)) << arc.beta;
    }
  }
}

TEST(VolumeDelay, TreatsNegativeVolumesOfRoundingAsNone) {
  for (const Arc& arc : arcs()) {
    const DelayFunction delay(arc);
    EXPECT_DOUBLE_EQ(delay(-1e-12).cost, delay(0.0).cost);
    EXPECT_DOUBLE_EQ(delay.integral(-1e-12), 0.0);
  }
}

}  // namespace
}  // namespace gerbang::roads
