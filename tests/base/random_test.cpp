#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "gerbang/base/random.h"

namespace gerbang {
namespace {

constexpr int kDraws = 200'000;

struct Moments {
  double mean = 0.0;
  double variance = 0.0;
  double fourth = 0.0;  // about 0
};

template <class Draw>
Moments moments_of(Draw draw) {
  Moments raw;
  double square = 0.0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = draw();
    raw.mean += x / kDraws;
    square += x * x / kDraws;
    raw.fourth += x * x * x * x / kDraws;
  }
  raw.variance = square - raw.mean * raw.mean;
  return raw;
}

// Tolerances: five standard errors of each sample moment.
TEST(Base, UniformDrawsHaveTheMomentsOfTheUniformDistribution) {
  Random random(1, 0);
  const Moments m = moments_of([&] { return random.uniform(); });
  EXPECT_NEAR(m.mean, 1.0 / 2.0, 5.0 * std::sqrt(1.0 / 12.0 / kDraws));
  EXPECT_NEAR(m.variance, 1.0 / 12.0, 5.0 * std::sqrt(1.0 / 180.0 / kDraws));
}

TEST(Base, NormalDrawsHaveTheMomentsOfTheNormalDistribution) {
  Random random(1, 0);
  const Moments m = moments_of([&] { return random.normal(); });
  EXPECT_NEAR(m.mean, 0.0, 5.0 * std::sqrt(1.0 / kDraws));
  EXPECT_NEAR(m.variance, 1.0, 5.0 * std::sqrt(2.0 / kDraws));
  EXPECT_NEAR(m.fourth, 3.0, 5.0 * std::sqrt(96.0 / kDraws));
}

// Φ(1.959964) = 0.975: the share of draws beyond the two-sided 5 % point.
TEST(Base, FivePercentOfNormalDrawsLieBeyondTheirQuantile) {
  Random random(7, 3);
  int beyond = 0;
  for (int i = 0; i < kDraws; ++i) beyond += std::abs(random.normal()) > 1.959963984540054 ? 1 : 0;
  EXPECT_NEAR(static_cast<double>(beyond) / kDraws, 0.05, 5.0 * std::sqrt(0.05 * 0.95 / kDraws));
}

TEST(Base, UniformDrawsStayInsideTheOpenInterval) {
  Random random(42, 42);
  for (int i = 0; i < kDraws; ++i) {
    const double x = random.uniform();
    ASSERT_GT(x, 0.0);
    ASSERT_LT(x, 1.0);
  }
}

TEST(Base, AStreamDependsOnSeedAndIndexAlone) {
  Random first(5, 17);
  Random other(5, 18);
  Random again(5, 17);
  for (int i = 0; i < 100; ++i) {
    const std::uint64_t value = first.next();
    EXPECT_EQ(value, again.next());
    EXPECT_NE(value, other.next());
  }
}

TEST(Base, StreamsOfNeighbouringIndicesAndSeedsStartApart) {
  std::set<std::uint64_t> firsts;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    for (std::uint64_t stream = 0; stream < 100; ++stream) firsts.insert(Random(seed, stream).next());
  EXPECT_EQ(firsts.size(), 10'000U);
}

// Correlation of the first draws of 100,000 streams with those of their neighbours.
TEST(Base, StreamsOfNeighbouringIndicesAreUncorrelated) {
  constexpr int kStreams = 100'000;
  double product = 0.0;
  for (int i = 0; i < kStreams; ++i) {
    const auto stream = static_cast<std::uint64_t>(i);
    product += (Random(9, stream).uniform() - 0.5) * (Random(9, stream + 1).uniform() - 0.5);
  }
  EXPECT_NEAR(12.0 * product / kStreams, 0.0, 5.0 / std::sqrt(kStreams));
}

}  // namespace
}  // namespace gerbang
