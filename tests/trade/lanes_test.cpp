#include "gerbang/trade/lanes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gerbang/base/line_math.h"

namespace gerbang::trade {
namespace {

// Small matrices of `count` regions, and vectors for them, of numbers that are no two alike.
Matrix numbers(std::size_t rows, std::size_t columns, double seed) {
  Matrix matrix(rows, columns);
  for (std::size_t k = 0; k < matrix.values().size(); ++k)
    matrix.values()[k] = std::sin(seed + static_cast<double>(k));
  return matrix;
}

TEST(LaneMatrix, ProductsAreThoseOfEachRegionsMatrixWhateverItsSize) {
  for (const std::size_t size : {1U, 3U, 4U, 6U, 17U}) {
    std::vector<Matrix> left, right;
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      left.push_back(numbers(size, size, static_cast<double>(lane)));
      right.push_back(numbers(size, size, 0.5 + static_cast<double>(lane)));
    }
    const LaneMatrix both = product(side_by_side(left, size), side_by_side(right, size));
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      for (std::size_t row = 0; row < size; ++row)
        for (std::size_t column = 0; column < size; ++column) {
          double sum = 0.0;
          for (std::size_t k = 0; k < size; ++k) sum += left[lane](row, k) * right[lane](k, column);
          EXPECT_NEAR(both(row, column)[lane], sum, 1e-13);
        }
  }
}

// The first regions share a table, as whole batches and as part of one; the others have their own.
TEST(RegionMatrices, MultiplyByEveryRegionsTableWhetherItsOwnOrShared) {
  constexpr std::size_t kRegions = 2 * kLanes + 3 + kLanes;
  constexpr std::size_t kSharing = 2 * kLanes + 3;
  for (const std::size_t size : {1U, 3U, 4U, 6U, 17U}) {
    std::vector<Matrix> tables;
    for (std::size_t n = 0; n < kRegions; ++n)
      tables.push_back(numbers(size, size, n < kSharing ? 0.0 : static_cast<double>(n)));
    const RegionMatrices matrices(tables, size);
    ASSERT_EQ(matrices.batches(), (kRegions + kLanes - 1) / kLanes);
    for (std::size_t batch = 0; batch < matrices.batches(); ++batch) {
      LaneVector vector(size), straight(size), transposed(size);
      for (std::size_t k = 0; k < size; ++k)
        for (std::size_t lane = 0; lane < kLanes; ++lane)
          vector[k][lane] = std::cos(static_cast<double>(k * kLanes + lane + batch));
      straight[0][0] = transposed[0][0] = 7.0;  // it is added to
      matrices.add_product(batch, vector, straight);
      matrices.add_transposed_product(batch, vector, transposed);
      for (std::size_t lane = 0; lane < std::min(kLanes, kRegions - batch * kLanes); ++lane)
        for (std::size_t row = 0; row < size; ++row) {
          const Matrix& table = tables[batch * kLanes + lane];
          const double there = lane == 0 && row == 0 ? 7.0 : 0.0;
          double of_row = there, of_column = there;
          for (std::size_t k = 0; k < size; ++k) {
            of_row += table(row, k) * vector[k][lane];
            of_column += table(k, row) * vector[k][lane];
          }
          EXPECT_NEAR(straight[row][lane], of_row, 1e-13);
          EXPECT_NEAR(transposed[row][lane], of_column, 1e-13);
        }
    }
  }
}

TEST(Lanes, AreReadToTheArraysEndAndWrittenToTheRegions) {
  std::vector<double> values(kLanes + 3);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(i + 1);
  const Lanes whole = load(values, 2), cut = load(values, kLanes);
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    EXPECT_EQ(whole[lane], values[2 + lane]);
    EXPECT_EQ(cut[lane], lane < 3 ? values[kLanes + lane] : 0.0);
  }
  store(Lanes(-1.0), values.data(), 1, 4);
  for (std::size_t i = 0; i < values.size(); ++i)
    EXPECT_EQ(values[i], i >= 1 && i < 4 ? -1.0 : static_cast<double>(i + 1));
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
  for (std::size_t from = 1; from < kLanes; ++from) {  // in other lanes, and in lines cut short
    std::vector<double> again(kSize - from);
    apply_to_lines<exp_line>(x.data() + from, again.data(), again.size());
    for (std::size_t i = 0; i < again.size(); ++i) EXPECT_EQ(again[i], exponentials[from + i]);
  }
  std::vector<double> nothing(kLanes + 1);
  apply_to_lines<log_line>(nothing.data(), nothing.data(), nothing.size());
  for (const double log : nothing) EXPECT_EQ(log, -std::numeric_limits<double>::infinity());
}

TEST(LineMath, LogarithmsOfNothingAreThoseOfVeryLittle) {
  const double none = std::numeric_limits<double>::quiet_NaN();
  for (const double value : {0.0, -1.0, 1e-310, none}) {
    const std::vector<double> values(kLanes, value);
    std::vector<double> logs(kLanes);
    apply_to_lines<log_or_nothing_line>(values.data(), logs.data(), kLanes);
    for (const double log : logs) EXPECT_NEAR(log, log_or_nothing(value), 1e-12);
    EXPECT_NEAR(log_or_nothing(value), -700.0, 0.1);
  }
}

}  // namespace
}  // namespace gerbang::trade
