#include "gerbang/io/described_table.h"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "tests/io_geopackage/example_tables.h"

namespace gerbang::io {
namespace {

TEST(DescribedTable, GivesBackWhatWasPutIn) {
  const DescribedTable table = example_terminals();
  EXPECT_EQ(table.row_count(), 2U);
  EXPECT_EQ(table.value(0, 0), Value{"kariangau"});
  EXPECT_EQ(table.value(0, 1), Value{2.5});
  EXPECT_EQ(table.value(0, 2), Value{std::int64_t{412}});
  EXPECT_EQ(table.value(1, 1), Value{});
  EXPECT_EQ(table.value(1, 2), Value{});
  EXPECT_EQ(std::get<Point>(table.geometry(1)), (Point{119.622, -4.013}));
}

TEST(DescribedTable, KeepsAnIntegerInARealColumnAsANumber) {
  DescribedTable table({.name = "t", .columns = {{"x", "", ""}}});
  table.add_row({std::int64_t{7}});
  EXPECT_EQ(table.value(0, 0), Value{7.0});
}

TEST(DescribedTable, TakesANumberThatIsNotFiniteAsBlank) {
  DescribedTable table({.name = "t", .columns = {{"x", "", ""}}});
  table.add_row({std::numeric_limits<double>::infinity()});
  table.add_row({std::numeric_limits<double>::quiet_NaN()});
  EXPECT_EQ(table.value(0, 0), Value{});
  EXPECT_EQ(table.value(1, 0), Value{});
}

TEST(DescribedTable, RefusesARowThatDoesNotFit) {
  DescribedTable table({.name = "t", .columns = {{"x", "", ""}}, .geometry = GeometryType::kPoint});
  EXPECT_THROW(table.add_row({1.0, 2.0}, Point{}), std::logic_error);
  EXPECT_THROW(table.add_row({"text"}, Point{}), std::logic_error);
  EXPECT_THROW(table.add_row({1.0}, LineString{}), std::logic_error);
  EXPECT_EQ(table.row_count(), 0U);
}

}  // namespace
}  // namespace gerbang::io
