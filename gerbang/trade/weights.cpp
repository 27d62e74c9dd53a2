#include "gerbang/trade/weights.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace gerbang::trade {

Weights::Weights(const Matrix& share, Sparse additions) : share_(&share), additions_(std::move(additions)) {}

Weights Weights::whole(Matrix weights) {
  Weights result;
  result.whole_ = std::move(weights);
  return result;
}

void Weights::multiply_additions(std::size_t first, std::size_t last, const double* x,
                                 double* product) const {
  const double* value = additions_.value.data();
  const std::uint32_t* origin = additions_.column.data();
  last = std::min(last, additions_.rows());
  for (std::size_t n = first; n < last; ++n) {
    const std::size_t end = additions_.begin[n + 1];
    std::size_t place = additions_.begin[n];
    std::array<double, 4> sums{};  // one alone would wait for each of its terms
    for (; place + sums.size() <= end; place += sums.size())
      for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += value[place + k] * x[origin[place + k]];
    for (; place < end; ++place) sums[0] += value[place] * x[origin[place]];
    product[n] += (sums[0] + sums[1]) + (sums[2] + sums[3]);
  }
}

void Weights::add_scaled_additions(std::size_t first, std::size_t last, const double* factor,
                                   double* y) const {
  last = std::min(last, additions_.rows());
  for (std::size_t n = first; n < last; ++n)
    for (std::size_t place = additions_.begin[n]; place < additions_.begin[n + 1]; ++place)
      y[additions_.column[place]] += factor[n] * additions_.value[place];
}

void Weights::add_additions(std::size_t n, double* row) const {
  if (n >= additions_.rows()) return;
  for (std::size_t place = additions_.begin[n]; place < additions_.begin[n + 1]; ++place)
    row[additions_.column[place]] += additions_.value[place];
}

std::span<const double> Weights::row(std::size_t n, std::vector<double>& buffer) const {
  const std::span<const double> base = read().row(n);
  if (n >= additions_.rows() || additions_.begin[n] == additions_.begin[n + 1]) return base;
  buffer.assign(base.begin(), base.end());
  add_additions(n, buffer.data());
  return buffer;
}

Matrix Weights::matrix() const {
  Matrix matrix = read();
  for (std::size_t n = 0; n < matrix.rows(); ++n) add_additions(n, matrix.row(n).data());
  return matrix;
}

}  // namespace gerbang::trade
