#include "gerbang/trade/lanes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "gerbang/trade/line_math.h"

namespace gerbang::trade {
namespace {

TEST(LaneMatrices, HoldEveryRegionsTableWhetherItsOwnOrSharedWithNeighbours) {
  constexpr std::size_t kRegions = 29;  // of which the first 19 share a table
  constexpr std::size_t kSize = 3;
  std::vector<Matrix> tables(kRegions, Matrix(kSize, kSize));
  for (std::size_t n = 0; n < kRegions; ++n)
    for (std::size_t k = 0; k < kSize * kSize; ++k)
      tables[n].values()[k] = static_cast<double>(k) + (n < 19 ? 0.0 : 100.0 * static_cast<double>(n));
  const LaneMatrices lanes(tables, kSize);
  ASSERT_EQ(lanes.size(), 4U);
  for (std::size_t n = 0; n < kRegions; ++n)
    for (std::size_t row = 0; row < kSize; ++row)
      for (std::size_t column = 0; column < kSize; ++column)
        EXPECT_EQ(lanes[n / kLanes](row, column)[n % kLanes], tables[n](row, column));
  EXPECT_EQ(&lanes[0], &lanes[1]);
  EXPECT_NE(&lanes[1], &lanes[2]);
}

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
    const LaneMatrices a(left, size), b(right, size);
    LaneVector vector(size), straight(size), transposed(size);
    for (std::size_t k = 0; k < size; ++k) vector[k] = b[0](k, 0);
    straight[0][0] = transposed[0][0] = 7.0;  // it is added to
    add_product(a[0], vector, straight);
    add_transposed_product(a[0], vector, transposed);
    const LaneMatrix both = product(a[0], b[0]);
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      for (std::size_t row = 0; row < size; ++row) {
        const double there = lane == 0 && row == 0 ? 7.0 : 0.0;
        double of_row = there, of_column = there;
        for (std::size_t k = 0; k < size; ++k) {
          of_row += left[lane](row, k) * right[lane](k, 0);
          of_column += left[lane](k, row) * right[lane](k, 0);
        }
        EXPECT_NEAR(straight[row][lane], of_row, 1e-13);
        EXPECT_NEAR(transposed[row][lane], of_column, 1e-13);
        for (std::size_t column = 0; column < size; ++column) {
          double sum = 0.0;
          for (std::size_t k = 0; k < size; ++k) sum += left[lane](row, k) * right[lane](k, column);
          EXPECT_NEAR(both(row, column)[lane], sum, 1e-13);
        }
      }
  }
}

TEST(LineMath, AgreesWithTheCLibraryToTwoUlpWhereverAValueLies) {
  constexpr std::size_t kSize = 1003;
  std::vector<double> x(kSize), exponentials(kSize), logarithms(kSize);
  for (std::size_t i = 0; i < kSize; ++i) x[i] = -700.0 + 1.4 * static_cast<double>(i);
  for_each_line<exp_line>(x.data(), exponentials.data(), kSize);
  for_each_line<log_line>(exponentials.data(), logarithms.data(), kSize);
  constexpr double kTwoUlp = 2.0 * std::numeric_limits<double>::epsilon();
  for (std::size_t i = 0; i < kSize; ++i) {
    EXPECT_NEAR(exponentials[i] / std::exp(x[i]), 1.0, kTwoUlp);
    EXPECT_NEAR(logarithms[i], std::log(exponentials[i]), kTwoUlp * std::max(1.0, std::abs(x[i])));
  }
  for (std::size_t from = 1; from < kLanes; ++from) {  // in other lanes, and in lines cut short
    std::vector<double> again(kSize - from);
    for_each_line<exp_line>(x.data() + from, again.data(), again.size());
    for (std::size_t i = 0; i < again.size(); ++i) EXPECT_EQ(again[i], exponentials[from + i]);
  }
  const Lanes nothing = log(Lanes(0.0));
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    EXPECT_EQ(nothing[lane], -std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace gerbang::trade
