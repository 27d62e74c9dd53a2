#include "gerbang/base/line.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "gerbang/base/line_math.h"

namespace gerbang {
namespace {

TEST(Line, IsReadToTheArraysEndAndWrittenToAPlace) {
  std::vector<double> values(kLine + 3);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i + 1);
  const Line whole = load(values, 2), cut = load(values, kLine);
  for (std::size_t k = 0; k < kLine; ++k) {
    EXPECT_EQ(whole[k], values[2 + k]);
    EXPECT_EQ(cut[k], k < 3 ? values[kLine + k] : 0.0);
  }
  store(Line(-1.0), values.data(), 1, 4);
  for (std::size_t i = 0; i < values.size(); ++i)
    EXPECT_EQ(values[i], i >= 1 && i < 4 ? -1.0 : static_cast<double>(i + 1));
}

TEST(Line, WholeLinesHoldEveryNumberAndNoLineMore) {
  EXPECT_EQ(whole_lines(0), 0);
  EXPECT_EQ(whole_lines(1), kLine);
  EXPECT_EQ(whole_lines(kLine), kLine);
  EXPECT_EQ(whole_lines(kLine + 1), 2 * kLine);
}

TEST(Line, FindsWhatIsOtherWhereverItLies) {
  for (std::size_t at = 0; at < 3 * kLine; ++at) {
    std::vector<double> values(3 * kLine - 1, 1.0);
    if (at < values.size()) values[at] = 2.0;
    for (std::size_t from = 0; from < values.size(); ++from)
      EXPECT_EQ(find_other(1.0, values.data(), from, values.size()),
                from <= at ? std::min(at, values.size()) : values.size());
  }
}

TEST(Line, ThreeProductsAtOnceAreTheirSum) {
  for (const std::size_t size : {std::size_t{0}, kLine, 7 * kLine}) {
    std::vector<std::vector<double>> x(6, std::vector<double>(size));
    for (std::size_t v = 0; v < x.size(); ++v)
      for (std::size_t i = 0; i < size; ++i) x[v][i] = std::sin(static_cast<double>(v * 100 + i));
    double sum = 0.0;
    for (std::size_t v = 0; v < x.size(); v += 2) sum += dot(x[v].data(), x[v + 1].data(), size);
    EXPECT_NEAR(
        dot_of_three(x[0].data(), x[1].data(), x[2].data(), x[3].data(), x[4].data(), x[5].data(), size), sum,
        1e-14 * static_cast<double>(1 + size));
  }
}

TEST(LineMath, AgreesWithTheCLibraryToTwoUlpWhereverAValueLies) {
  constexpr std::size_t kSize = 1003;
  std::vector<double> x(kSize), exponentials(kSize), logarithms(kSize);
  for (std::size_t i = 0; i < kSize; ++i) x[i] = -700.0 + 1.4 * static_cast<double>(i);
  apply_to_lines<exp_line>(x.data(), exponentials.data(), kSize);
  apply_to_lines<log_line>(exponentials.data(), logarithms.data(), kSize);
  constexpr double kTwoUlp = 2.0 * std::numeric_limits<double>::epsilon();
  for (std::size_t i = 0; i < kSize; ++i) {
    EXPECT_NEAR(exponentials[i] / std::exp(x[i]), 1.0, kTwoUlp);
    EXPECT_NEAR(logarithms[i], std::log(exponentials[i]), kTwoUlp * std::max(1.0, std::abs(x[i])));
  }
  for (std::size_t from = 1; from < kLine; ++from) {  // in other lanes, and in lines cut short
    std::vector<double> again(kSize - from);
    apply_to_lines<exp_line>(x.data() + from, again.data(), again.size());
    for (std::size_t i = 0; i < again.size(); ++i) EXPECT_EQ(again[i], exponentials[from + i]);
  }
  std::vector<double> nothing(kLine + 1);
  apply_to_lines<log_line>(nothing.data(), nothing.data(), nothing.size());
  for (const double log : nothing) EXPECT_EQ(log, -std::numeric_limits<double>::infinity());
}

TEST(LineMath, LogarithmsOfNothingAreThoseOfVeryLittle) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (const double value : {0.0, -1.0, 1e-310, none}) {
    const std::vector<double> values(kLine, value);
    std::vector<double> logs(kLine);
    apply_to_lines<log_or_nothing_line>(values.data(), logs.data(), kLine);
    for (const double log : logs) EXPECT_NEAR(log, log_or_nothing(value), 1e-12);
    EXPECT_NEAR(log_or_nothing(value), -700.0, 0.1);
  }
}

TEST(LineMath, ExponentialsOfWhatIsVeryNegativeAreZero) {
  const double infinity = std::numeric_limits<double>::infinity();
  std::vector<double> values = {-infinity, -800.0, -707.0, -700.0, 0.0, 1.0, -0.5, 2.0, -infinity, -1.0};
  const std::vector<double> x = values;
  exponentiate(values);
  for (std::size_t i = 0; i < x.size(); ++i)
    EXPECT_NEAR(values[i], x[i] < -706.0 ? 0.0 : std::exp(x[i]), 5e-16 * std::exp(x[i]));
}

TEST(LineMath, PowersOfWhatIsNotPositiveAreZero) {
  const std::vector<double> x = {0.0, -1.0, 1e-310, 1e-90, 0.3, 1.0, 2.5, 40.0, 7.0, 0.0};
  for (const double power : {0.0, 0.5, 1.0, 4.0}) {
    const std::vector<double> result = powers(x, power);
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double expected = x[i] > 0.0 ? std::pow(x[i], power) : 0.0;
      if (x[i] == 1e-310 && power > 0.0) {
        EXPECT_LT(result[i], 1e-150);
      } else {
        EXPECT_NEAR(result[i], expected, 1e-13 * expected);
      }
    }
  }
}

}  // namespace
}  // namespace gerbang
