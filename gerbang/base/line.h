// Doubles a line of the cache at a time: what the inner loops of trade and chains are written in, summed in a
// fixed order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <experimental/simd>
#include <span>

namespace gerbang {

using Line = std::experimental::fixed_size_simd<double, 8>;
inline constexpr std::size_t kLine = Line::size();

// Of so many numbers, with room up to the end of their last line.
constexpr std::size_t whole_lines(std::size_t size) {
  return (size + kLine - 1) / kLine * kLine;
}

inline Line load_line(const double* from) {
  return Line(from, std::experimental::element_aligned);
}

inline void store_line(const Line& line, double* to) {
  line.copy_to(to, std::experimental::element_aligned);
}

// The line that starts at `place`: what lies there, and zeros beyond the array's end.
inline Line load(std::span<const double> values, std::size_t place) {
  if (place + kLine <= values.size()) return load_line(values.data() + place);
  double line[kLine] = {};
  std::copy(values.begin() + static_cast<std::ptrdiff_t>(place), values.end(), line);
  return load_line(line);
}
// What of the line lies before `end`.
inline void store(const Line& line, double* values, std::size_t place, std::size_t end) {
  if (place + kLine <= end) {
    store_line(line, values + place);
  } else {
    for (std::size_t k = 0; place + k < end; ++k) values[place + k] = line[k];
  }
}

// The first place from k on that holds another value, or the end: where few do, a line is looked at at a
// time.
inline std::size_t find_other(double value, const double* values, std::size_t k, std::size_t end) {
  for (; k + kLine <= end; k += kLine) {
    const auto is_other = load_line(values + k) != value;
    if (any_of(is_other)) return k + static_cast<std::size_t>(find_first_set(is_other));
  }
  while (k < end && values[k] == value) ++k;
  return k;
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

// Σ a_i b_i + Σ c_i d_i + Σ e_i f_i of whole lines.
inline double dot_of_three(const double* a, const double* b, const double* c, const double* d,
                           const double* e, const double* f, std::size_t size) {
  Line of_ab = 0.0, of_cd = 0.0, of_ef = 0.0;
  for (std::size_t i = 0; i < size; i += kLine) {
    of_ab += load_line(a + i) * load_line(b + i);
    of_cd += load_line(c + i) * load_line(d + i);
    of_ef += load_line(e + i) * load_line(f + i);
  }
  return std::experimental::reduce(of_ab + of_cd + of_ef);
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
