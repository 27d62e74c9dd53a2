// A dense row-major matrix of doubles: what the numeric kernels of chains and trade work on.
#pragma once

#include <cassert>
#include <span>
#include <vector>

#include "gerbang/base/pages.h"

namespace gerbang {

class Matrix {
 public:
  using Values = std::vector<double, Pages<double>>;

  Matrix() = default;
  Matrix(std::size_t rows, std::size_t columns, double value = 0.0)
      : columns_(columns), values_(rows * columns, value) {}

  [[nodiscard]] std::size_t rows() const { return columns_ == 0 ? 0 : values_.size() / columns_; }
  [[nodiscard]] std::size_t columns() const { return columns_; }

  double& operator()(std::size_t row, std::size_t column) {
    assert(column < columns_ && row * columns_ + column < values_.size());
    return values_[row * columns_ + column];
  }
  double operator()(std::size_t row, std::size_t column) const {
    assert(column < columns_ && row * columns_ + column < values_.size());
    return values_[row * columns_ + column];
  }

  std::span<double> row(std::size_t r) { return {values_.data() + r * columns_, columns_}; }
  [[nodiscard]] std::span<const double> row(std::size_t r) const {
    return {values_.data() + r * columns_, columns_};
  }

  // Gives it a size and leaves its values unspecified: memory once had is used again.
  void resize(std::size_t rows, std::size_t columns) {
    columns_ = columns;
    values_.resize(rows * columns);
  }

  // All values, row after row.
  Values& values() { return values_; }
  [[nodiscard]] const Values& values() const { return values_; }

  friend bool operator==(const Matrix&, const Matrix&) = default;

 private:
  std::size_t columns_ = 0;
  Values values_;
};

[[nodiscard]] inline Matrix transposed(const Matrix& matrix) {
  Matrix result(matrix.columns(), matrix.rows());
  for (std::size_t r = 0; r < matrix.rows(); ++r)
    for (std::size_t c = 0; c < matrix.columns(); ++c) result(c, r) = matrix(r, c);
  return result;
}

}  // namespace gerbang
