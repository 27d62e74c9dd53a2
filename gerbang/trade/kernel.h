// The inner loops of trade: dense rows of doubles, of which none is read twice from memory.
#pragma once

#include <cstddef>
#include <experimental/simd>

#include "gerbang/base/line.h"

namespace gerbang::trade {

using gerbang::add_scaled;
using gerbang::dot;  // beside that of lanes

// Both in one pass: Σ a_i b_i and y += factor · x. So a row of a matrix, x, is added from the cache while the
// next one, a, comes from memory; the one after that is fetched.
inline double dot_and_add_scaled(const double* a, const double* b, double factor, const double* x, double* y,
                                 std::size_t size) {
  Line even = 0.0;
  Line odd = 0.0;
  std::size_t i = 0;
  const auto add_line = [&](Line& sum) {
    __builtin_prefetch(a + size + i);
    sum += load_line(a + i) * load_line(b + i);
    add_scaled_line(factor, x + i, y + i);
    i += kLine;
  };
  while (i + 2 * kLine <= size) {
    add_line(even);
    add_line(odd);
  }
  if (i + kLine <= size) add_line(even);
  double rest = 0.0;
  for (; i < size; ++i) {
    rest += a[i] * b[i];
    y[i] += factor * x[i];
  }
  return rest + std::experimental::reduce(even + odd);
}

}  // namespace gerbang::trade
