#include "gerbang/trade/weights.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "gerbang/base/line.h"

namespace gerbang::trade {

Weights::Weights(const Matrix& share, Sparse additions) : share_(&share), additions_(std::move(additions)) {}

Weights Weights::whole(Matrix weights) {
  Weights result;
  result.whole_ = std::move(weights);
  return result;
}

double Weights::dot_additions(std::size_t n, const double* x) const {
  auto [place, end] = added_in(n);
  const double* value = additions_.value.data();
  const std::uint32_t* origin = additions_.column.data();
  // The next row's, about as many, are fetched: between two of them lies a row of π, so that nothing leads
  // there.
  const std::size_t next_end = std::min(2 * end - place, additions_.value.size());
  for (std::size_t next = end; next < next_end; next += kLine) {
    __builtin_prefetch(value + next);
    __builtin_prefetch(origin + next);
  }
  std::array<double, 4> sums{};  // one alone would wait for each of its terms
  for (; place + sums.size() <= end; place += sums.size())
    for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += value[place + k] * x[origin[place + k]];
  for (; place < end; ++place) sums[0] += value[place] * x[origin[place]];
  return (sums[0] + sums[1]) + (sums[2] + sums[3]);
}

void Weights::add_scaled_additions(double factor, std::size_t n, double* y) const {
  const auto [begin, end] = added_in(n);
  for (std::size_t place = begin; place < end; ++place)
    y[additions_.column[place]] += factor * additions_.value[place];
}

std::span<const double> Weights::row(std::size_t n, std::vector<double>& buffer) const {
  const std::span<const double> base = read().row(n);
  const auto [begin, end] = added_in(n);
  if (begin == end) return base;
  buffer.assign(base.begin(), base.end());
  add_scaled_additions(1.0, n, buffer.data());
  return buffer;
}

Matrix Weights::matrix() const {
  Matrix matrix = read();
  for (std::size_t n = 0; n < matrix.rows(); ++n) add_scaled_additions(1.0, n, matrix.row(n).data());
  return matrix;
}

}  // namespace gerbang::trade
