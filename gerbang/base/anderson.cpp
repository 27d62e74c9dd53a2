#include "gerbang/base/anderson.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace gerbang {
namespace {

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// Solves the symmetric positive definite system A x = b in place by Cholesky's method; false when A is not
// definite.
bool solve_spd(std::vector<std::vector<double>> a, std::vector<double>& b) {
  const std::size_t n = b.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) a[j][j] -= a[j][k] * a[j][k];
    if (!(a[j][j] > 0.0)) return false;
    a[j][j] = std::sqrt(a[j][j]);
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t k = 0; k < j; ++k) a[i][j] -= a[i][k] * a[j][k];
      a[i][j] /= a[j][j];
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a[k][i] * b[k];
    b[i] /= a[i][i];
  }
  return true;
}

}  // namespace

void Anderson::reset() {
  iterates_.clear();
}

std::vector<double> Anderson::next(std::span<const double> x, std::span<const double> image) {
  const std::size_t n = x.size();
  Iterate newest{{x.begin(), x.end()}, std::vector<double>(n)};
  for (std::size_t i = 0; i < n; ++i) newest.residual[i] = image[i] - x[i];

  // Differences to the newest iterate; their least-squares weights γ solve min |r − ΔR γ|.
  const std::size_t history = iterates_.size();
  std::vector<std::vector<double>> differences(history, std::vector<double>(n));
  for (std::size_t h = 0; h < history; ++h)
    for (std::size_t i = 0; i < n; ++i) differences[h][i] = newest.residual[i] - iterates_[h].residual[i];
  std::vector<std::vector<double>> normal(history, std::vector<double>(history));
  std::vector<double> weights(history);
  double largest = 0.0;
  for (std::size_t a = 0; a < history; ++a) {
    for (std::size_t b = 0; b <= a; ++b) normal[a][b] = normal[b][a] = dot(differences[a], differences[b]);
    weights[a] = dot(differences[a], newest.residual);
    largest = std::max(largest, normal[a][a]);
  }
  for (std::size_t a = 0; a < history; ++a) normal[a][a] += options_.regularisation * largest;
  if (!solve_spd(normal, weights)) std::fill(weights.begin(), weights.end(), 0.0);

  std::vector<double> proposal(n);
  for (std::size_t i = 0; i < n; ++i) {
    double value = newest.x[i] + options_.damping * newest.residual[i];
    for (std::size_t h = 0; h < history; ++h)
      value -= weights[h] * (newest.x[i] - iterates_[h].x[i] + options_.damping * differences[h][i]);
    proposal[i] = value;
  }
  iterates_.push_back(std::move(newest));
  if (iterates_.size() > options_.memory) iterates_.pop_front();
  return proposal;
}

}  // namespace gerbang
