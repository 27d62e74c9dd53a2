#include "gerbang/base/sparse.h"

#include <numeric>

#include "gerbang/base/line.h"

namespace gerbang {
namespace {

// Lines side by side, each a variable of its own: only so do compilers keep them in registers.
template <std::size_t kLines>
struct Lines {
  Line head = 0.0;
  Lines<kLines - 1> tail;

  void load(const double* from) {
    head = load_line(from);
    tail.load(from + kLine);
  }
  void add(double factor, const double* x) {
    head += factor * load_line(x);
    tail.add(factor, x + kLine);
  }
  void store(double* to) const {
    store_line(head, to);
    tail.store(to + kLine);
  }
};
template <>
struct Lines<0> {
  void load(const double*) {}
  void add(double, const double*) {}
  void store(double*) const {}
};

// Columns [first, first + kLines · kLine) of the product.
template <std::size_t kLines>
void multiply_lines(const Sparse& a, const Matrix& b, Matrix& product, const Matrix* start,
                    std::size_t first) {
  const std::size_t columns = b.columns();
  const double* of_b = b.values().data() + first;
  for (std::size_t row = 0; row < a.rows(); ++row) {
    Lines<kLines> sums;
    if (start != nullptr) sums.load(start->row(row).data() + first);
    for (std::size_t place = a.begin[row]; place < a.begin[row + 1]; ++place)
      sums.add(a.value[place], of_b + std::size_t{a.column[place]} * columns);
    sums.store(product.row(row).data() + first);
  }
}

// The columns from `first` on in as few lines as hold them, kLines or fewer. Where those are not full,
// columns before them are worked out again, to the same values: there must be as many.
template <std::size_t kLines>
void multiply_rest(const Sparse& a, const Matrix& b, Matrix& product, const Matrix* start,
                   std::size_t first) {
  if constexpr (kLines > 1)
    if (b.columns() - first <= (kLines - 1) * kLine)
      return multiply_rest<kLines - 1>(a, b, product, start, first);
  multiply_lines<kLines>(a, b, product, start, b.columns() - kLines * kLine);
}

// All columns, of which there are a line at least.
void multiply_by_lines(const Sparse& a, const Matrix& b, Matrix& product, const Matrix* start) {
  constexpr std::size_t kLines = 4;
  constexpr std::size_t kWholeLines = 7;  // as many as there are registers for
  std::size_t first = 0;
  if (b.columns() % kLine == 0) {
    for (; first + kWholeLines * kLine < b.columns(); first += kWholeLines * kLine)
      multiply_lines<kWholeLines>(a, b, product, start, first);
    return multiply_rest<kWholeLines>(a, b, product, start, first);
  }
  if (b.columns() < kLines * kLine) {
    for (; first + kLine < b.columns(); first += kLine) multiply_lines<1>(a, b, product, start, first);
    return multiply_rest<1>(a, b, product, start, first);
  }
  for (; first + kLines * kLine < b.columns(); first += kLines * kLine)
    multiply_lines<kLines>(a, b, product, start, first);
  multiply_rest<kLines>(a, b, product, start, first);
}

void multiply_one_by_one(const Sparse& a, const Matrix& b, Matrix& product, const Matrix* start) {
  for (std::size_t row = 0; row < a.rows(); ++row)
    for (std::size_t column = 0; column < b.columns(); ++column) {
      double sum = start != nullptr ? (*start)(row, column) : 0.0;
      for (std::size_t place = a.begin[row]; place < a.begin[row + 1]; ++place)
        sum += a.value[place] * b(a.column[place], column);
      product(row, column) = sum;
    }
}

}  // namespace

Sparse sparse(const Matrix& matrix) {
  Sparse result;
  for (std::size_t row = 0; row < matrix.rows(); ++row) {
    for (std::size_t column = 0; column < matrix.columns(); ++column)
      if (const double value = matrix(row, column); value != 0.0) result.add(column, value);
    result.end_row();
  }
  return result;
}

Sparse transposed(const Sparse& sparse, std::size_t rows, std::vector<std::size_t>* places) {
  const std::size_t size = sparse.column.size();
  Sparse result{std::vector<std::size_t>(rows + 1), std::vector<std::uint32_t>(size),
                std::vector<double>(size)};
  if (places != nullptr) places->resize(size);
  for (const std::uint32_t column : sparse.column) ++result.begin[column + 1];
  std::partial_sum(result.begin.begin(), result.begin.end(), result.begin.begin());
  std::vector<std::size_t> next(result.begin.begin(), result.begin.end() - 1);
  for_each_place(sparse, [&](std::size_t row, std::size_t column, std::size_t place) {
    const std::size_t to = next[column]++;
    result.column[to] = static_cast<std::uint32_t>(row);
    result.value[to] = sparse.value[place];
    if (places != nullptr) (*places)[to] = place;
  });
  return result;
}

void multiply(const Sparse& a, const Matrix& b, Matrix& product, const Matrix* start) {
  product.resize(a.rows(), b.columns());
  if (b.columns() >= kLine) {
    multiply_by_lines(a, b, product, start);
  } else {
    multiply_one_by_one(a, b, product, start);
  }
}

}  // namespace gerbang
