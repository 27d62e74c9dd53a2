// Doubles a line of the cache at a time: what the inner loops of trade and chains are written in, summed in a
// fixed order.
#pragma once

#include <cstddef>
#include <experimental/simd>

namespace gerbang {

using Line = std::experimental::fixed_size_simd<double, 8>;
inline constexpr std::size_t kLine = Line::size();

inline Line load_line(const double* from) {
  return Line(from, std::experimental::element_aligned);
}

inline void store_line(const Line& line, double* to) {
  line.copy_to(to, std::experimental::element_aligned);
}

// Σ a_i b_i.
inline double dot(const double* a, const double* b, std::size_t size) {
  Line even = 0.0;  // two sums: one alone would wait for each of its terms
  Line odd = 0.0;
  std::size_t i = 0;
  for (; i + 2 * kLine <= size; i += 2 * kLine) {
    even += load_line(a + i) * load_line(b + i);
    odd += load_line(a + i + kLine) * load_line(b + i + kLine);
  }
  if (i + kLine <= size) {
    even += load_line(a + i) * load_line(b + i);
    i += kLine;
  }
  double rest = 0.0;
  for (; i < size; ++i) rest += a[i] * b[i];
  return rest + std::experimental::reduce(even + odd);
}

// Neither infinite nor no number, all of them.
inline bool are_finite(const double* values, std::size_t size) {
  Line zeros = 0.0;
  std::size_t i = 0;
  for (; i + kLine <= size; i += kLine) zeros += 0.0 * load_line(values + i);
  double zero = std::experimental::reduce(zeros);
  for (; i < size; ++i) zero += 0.0 * values[i];
  return zero == 0.0;
}

// y_i /= x_i.
inline void divide_by(const double* x, double* y, std::size_t size) {
  std::size_t i = 0;
  for (; i + kLine <= size; i += kLine) store_line(load_line(y + i) / load_line(x + i), y + i);
  for (; i < size; ++i) y[i] /= x[i];
}

// y_i += factor · x_i, for a line.
inline void add_scaled_line(double factor, const double* x, double* y) {
  store_line(load_line(y) + factor * load_line(x), y);
}

// y += factor · x.
inline void add_scaled(double factor, const double* x, double* y, std::size_t size) {
  std::size_t i = 0;
  for (; i + kLine <= size; i += kLine) add_scaled_line(factor, x + i, y + i);
  for (; i < size; ++i) y[i] += factor * x[i];
}

}  // namespace gerbang
