// The inner loops of trade: dense rows of doubles, summed in a fixed order that the compiler can keep in
// registers.
#pragma once

#include <cstddef>

namespace gerbang::trade {

// Σ a_i b_i.
inline double dot(const double* a, const double* b, std::size_t size) {
  constexpr std::size_t kSums = 16;
  double lanes[kSums] = {};
  std::size_t i = 0;
  for (; i + kSums <= size; i += kSums)
    for (std::size_t lane = 0; lane < kSums; ++lane) lanes[lane] += a[i + lane] * b[i + lane];
  double sum = 0.0;
  for (; i < size; ++i) sum += a[i] * b[i];
  for (std::size_t width = kSums / 2; width > 0; width /= 2)
    for (std::size_t lane = 0; lane < width; ++lane) lanes[lane] += lanes[lane + width];
  return sum + lanes[0];
}

// y += factor · x.
inline void add_scaled(double factor, const double* __restrict x, double* __restrict y, std::size_t size) {
  for (std::size_t i = 0; i < size; ++i) y[i] += factor * x[i];
}

// The same for a row of a matrix, and meanwhile the row that follows it is fetched into the cache.
inline void add_scaled_and_fetch(double factor, const double* __restrict x, double* __restrict y,
                                 std::size_t size) {
  constexpr std::size_t kLine = 8;  // doubles of a line of the cache
  std::size_t i = 0;
  for (; i + kLine <= size; i += kLine) {
    __builtin_prefetch(x + size + i);
    for (std::size_t k = i; k < i + kLine; ++k) y[k] += factor * x[k];
  }
  for (; i < size; ++i) y[i] += factor * x[i];
}

}  // namespace gerbang::trade
