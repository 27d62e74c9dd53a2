#include "gerbang/trade/weights.h"

#include <utility>

namespace gerbang::trade {

Weights::Weights(const Matrix& share, std::vector<std::size_t> begin, std::vector<Addition> additions)
    : share_(&share), begin_(std::move(begin)), additions_(std::move(additions)) {}

Weights Weights::whole(Matrix weights) {
  Weights result;
  result.whole_ = std::move(weights);
  return result;
}

double Weights::dot_additions(std::size_t n, const double* x) const {
  double even = 0.0;  // two sums: one alone would wait for each of its terms
  double odd = 0.0;
  const std::span<const Addition> added = additions(n);
  std::size_t k = 0;
  for (; k + 2 <= added.size(); k += 2) {
    even += added[k].value * x[added[k].origin];
    odd += added[k + 1].value * x[added[k + 1].origin];
  }
  if (k < added.size()) even += added[k].value * x[added[k].origin];
  return even + odd;
}

void Weights::add_scaled_additions(double factor, std::size_t n, double* y) const {
  for (const Addition& added : additions(n)) y[added.origin] += factor * added.value;
}

std::span<const double> Weights::row(std::size_t n, std::vector<double>& buffer) const {
  const std::span<const double> base = read().row(n);
  const std::span<const Addition> added = additions(n);
  if (added.empty()) return base;
  buffer.assign(base.begin(), base.end());
  for (const Addition& addition : added) buffer[addition.origin] += addition.value;
  return buffer;
}

Matrix Weights::matrix() const {
  Matrix matrix = read();
  for (std::size_t n = 0; n < matrix.rows(); ++n)
    for (const Addition& added : additions(n)) matrix(n, added.origin) += added.value;
  return matrix;
}

}  // namespace gerbang::trade
