// The inner loops of trade: dense rows of doubles, of which none is read twice from memory. Four rows are
// taken at a time, so that none waits for its own sum; they are added from the cache, while the next four
// come from memory: two of them during each of the loops. Of short rows as many are taken as stay near.
#pragma once

#include <algorithm>
#include <cstddef>
#include <experimental/simd>

#include "gerbang/base/line.h"

namespace gerbang::trade {

using gerbang::add_scaled;
using gerbang::dot;  // beside that of lanes

inline constexpr std::size_t kRowsAtOnce = 4;

// sum_r += Σ_i a_ri b_i of rows that follow each other.
inline void add_dot_rows(const double* a, const double* b, std::size_t size, double* sums) {
  const double *a1 = a + size, *a2 = a1 + size, *a3 = a2 + size;
  Line sum0 = 0.0, sum1 = 0.0, sum2 = 0.0, sum3 = 0.0;
  std::size_t i = 0;
  for (; i + kLine <= size; i += kLine) {
    const Line x = load_line(b + i);
    __builtin_prefetch(a3 + size + i);
    __builtin_prefetch(a3 + 2 * size + i);
    sum0 += load_line(a + i) * x;
    sum1 += load_line(a1 + i) * x;
    sum2 += load_line(a2 + i) * x;
    sum3 += load_line(a3 + i) * x;
  }
  double rest[kRowsAtOnce] = {};
  for (; i < size; ++i) {
    rest[0] += a[i] * b[i];
    rest[1] += a1[i] * b[i];
    rest[2] += a2[i] * b[i];
    rest[3] += a3[i] * b[i];
  }
  sums[0] += rest[0] + std::experimental::reduce(sum0);
  sums[1] += rest[1] + std::experimental::reduce(sum1);
  sums[2] += rest[2] + std::experimental::reduce(sum2);
  sums[3] += rest[3] + std::experimental::reduce(sum3);
}

// y_i += Σ_r factor_r a_ri.
inline void add_scaled_rows(const double* factor, const double* a, std::size_t size, double* y) {
  const double *a1 = a + size, *a2 = a1 + size, *a3 = a2 + size, *next = a3 + size;
  const double f0 = factor[0], f1 = factor[1], f2 = factor[2], f3 = factor[3];
  std::size_t i = 0;
  for (; i + kLine <= size; i += kLine) {
    __builtin_prefetch(next + 2 * size + i);
    __builtin_prefetch(next + 3 * size + i);
    store_line((load_line(y + i) + f0 * load_line(a + i)) +
                   (f1 * load_line(a1 + i) + f2 * load_line(a2 + i)) + f3 * load_line(a3 + i),
               y + i);
  }
  for (; i < size; ++i) y[i] += f0 * a[i] + (f1 * a1[i] + f2 * a2[i]) + f3 * a3[i];
}

// For the rows first … last − 1: sum[n] += Σ_i met(n)_i x_i; then update(from, to), which makes factor[n] of
// what it finds for the rows from … to − 1; then y += factor[n] added(n). met and added give the place of a
// row in matrices of `size` columns.
template <class Met, class Added, class Update>
void meet_rows(std::size_t first, std::size_t last, std::size_t size, const Met& met, const double* x,
               double* sum, const Update& update, const double* factor, const Added& added, double* y) {
  constexpr std::size_t kNear = 1280;  // numbers that stay in the nearest cache from one use to the next
  const std::size_t rows = std::max<std::size_t>(1, kNear / (kRowsAtOnce * size)) * kRowsAtOnce;
  for (std::size_t from = first; from < last; from += rows) {
    const std::size_t to = std::min(last, from + rows);
    std::size_t n = from;
    for (; n + kRowsAtOnce <= to; n += kRowsAtOnce) add_dot_rows(met(n), x, size, sum + n);
    for (; n < to; ++n) sum[n] += dot(met(n), x, size);
    update(from, to);
    n = from;
    for (; n + kRowsAtOnce <= to; n += kRowsAtOnce) add_scaled_rows(factor + n, added(n), size, y);
    for (; n < to; ++n) add_scaled(factor[n], added(n), y, size);
  }
}

}  // namespace gerbang::trade
