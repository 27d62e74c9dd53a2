#include "gerbang/trade/lanes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

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

}  // namespace
}  // namespace gerbang::trade
