// Sparse matrices, by rows: which terminals services sail between, which pairs a change touches.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "gerbang/base/matrix.h"

namespace gerbang {

struct Sparse {
  std::vector<std::size_t> begin = {0};  // of each row in column and value; one more is their end
  std::vector<std::uint32_t> column;
  std::vector<double> value;

  void add(std::size_t in_column, double of_value) {
    column.push_back(static_cast<std::uint32_t>(in_column));
    value.push_back(of_value);
  }
  void end_row() { begin.push_back(column.size()); }
  [[nodiscard]] std::size_t rows() const { return begin.size() - 1; }
};

// Calls use(row, column, place in column and value) for what is not zero.
template <class Use>
void for_each_place(const Sparse& sparse, const Use& use) {
  for (std::size_t row = 0; row < sparse.rows(); ++row)
    for (std::size_t place = sparse.begin[row]; place < sparse.begin[row + 1]; ++place)
      use(row, std::size_t{sparse.column[place]}, place);
}

// What is not zero in a matrix.
[[nodiscard]] Sparse sparse(const Matrix& matrix);

// The transpose, which has so many rows. places: where each of its values stands in the original.
[[nodiscard]] Sparse transposed(const Sparse& sparse, std::size_t rows,
                                std::vector<std::size_t>* places = nullptr);

// product = a b, or start + a b. product is given its size; it must be neither b nor start. Fastest where the
// columns of b are whole lines (line.h).
void multiply(const Sparse& a, const Matrix& b, Matrix& product, const Matrix* start = nullptr);

}  // namespace gerbang
