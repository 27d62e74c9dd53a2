#include "gerbang/base/sparse.h"

#include <gtest/gtest.h>

namespace gerbang {
namespace {

// Whole numbers, so that every order of adding gives the same.
Matrix numbers(std::size_t rows, std::size_t columns, std::size_t some) {
  Matrix matrix(rows, columns);
  for (std::size_t k = 0; k < matrix.values().size(); ++k) {
    const std::size_t number = (k * 7 + some) % 11;
    matrix.values()[k] = number % 3 == 0 ? 0.0 : static_cast<double>(number) - 5.0;
  }
  return matrix;
}

// Columns: fewer than a line, a line and some, many lines and some.
class Products : public testing::TestWithParam<std::size_t> {};

TEST_P(Products, AreThoseOfDenseMatrices) {
  const Matrix a = numbers(6, 9, 1), b = numbers(9, GetParam(), 4), start = numbers(6, GetParam(), 2);
  Matrix expected = start;
  for (std::size_t row = 0; row < a.rows(); ++row)
    for (std::size_t k = 0; k < a.columns(); ++k)
      for (std::size_t column = 0; column < b.columns(); ++column)
        expected(row, column) += a(row, k) * b(k, column);

  Matrix product;
  multiply(sparse(a), b, product, &start);
  EXPECT_EQ(product, expected);
  multiply(transposed(sparse(transposed(a)), a.rows()), b, product, &start);  // into the memory that it has
  EXPECT_EQ(product, expected);

  const Matrix nothing(6, GetParam());
  multiply(sparse(a), b, expected, &nothing);
  multiply(sparse(a), b, product);
  EXPECT_EQ(product, expected);
}

INSTANTIATE_TEST_SUITE_P(Sparse, Products, testing::Values(1, 7, 8, 13, 31, 32, 50, 56, 64, 97, 120));

TEST(Sparse, IsTransposedWithThePlacesThatItsValuesHad) {
  Matrix matrix = numbers(6, 9, 1);
  for (std::size_t row = 0; row < 6; ++row)
    matrix(row, 8) = 0.0;  // a row of the transpose with nothing in it
  const Sparse rows = sparse(matrix);
  std::vector<std::size_t> places;
  const Sparse back = transposed(rows, 9, &places);
  EXPECT_EQ(back.rows(), 9);
  ASSERT_EQ(back.value.size(), rows.value.size());
  for_each_place(back, [&](std::size_t column, std::size_t row, std::size_t place) {
    EXPECT_EQ(back.value[place], matrix(row, column));
    EXPECT_EQ(rows.value[places[place]], back.value[place]);
    EXPECT_EQ(rows.column[places[place]], column);
  });
}

TEST(Sparse, HasNoPlaceForNought) {
  const Sparse rows = sparse(numbers(6, 9, 1));
  EXPECT_EQ(rows.rows(), 6);
  for (const double value : rows.value) EXPECT_NE(value, 0.0);
  EXPECT_LT(rows.value.size(), 6 * 9);
}

}  // namespace
}  // namespace gerbang
