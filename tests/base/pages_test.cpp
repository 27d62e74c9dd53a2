#include "gerbang/base/pages.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace gerbang {
namespace {

TEST(Pages, TablesKeepTheirValuesWhileTheyOutgrowOrdinaryPages) {
  std::vector<double, Pages<double>> values;
  constexpr std::size_t kMany = 1'000'000;  // 8 MB
  for (std::size_t k = 0; k < kMany; ++k) values.push_back(static_cast<double>(k));
  for (std::size_t k = 0; k < kMany; ++k) ASSERT_EQ(values[k], static_cast<double>(k));
  values.resize(1);
  values.shrink_to_fit();
  EXPECT_EQ(values.front(), 0.0);
}

TEST(Pages, TablesBeginWhereALineDoes) {
  for (std::size_t size = 1; size < 100; ++size) {
    const std::vector<double, Pages<double>> values(size, 1.0);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(values.data()) % 64, 0U);
  }
}

TEST(Pages, LargeTablesBeginWhereALargePageDoes) {
  constexpr std::size_t kPage = std::size_t{1} << 21;
  const std::vector<double, Pages<double>> values(kPage / sizeof(double) + 1, 1.0);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(values.data()) % kPage, 0U);
}

}  // namespace
}  // namespace gerbang
