#include "gerbang/trade/lanes.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace gerbang::trade
