#include "gerbang/base/anderson.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gerbang/base/line.h"
#include "gerbang/base/matrix.h"

namespace gerbang {
namespace {

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  return gerbang::dot(a.data(), b.data(), a.size());
}

// Solves the symmetric positive definite system A x = b in place by Cholesky's method, of which the lower
// half is given; false when A is not definite.
bool solve_spd(Matrix& a, std::vector<double>& b) {
  const std::size_t n = b.size();
  for (std::size_t j = 0; j < n; ++j) {
    for (std::size_t k = 0; k < j; ++k) a(j, j) -= a(j, k) * a(j, k);
    if (!(a(j, j) > 0.0)) return false;
    a(j, j) = std::sqrt(a(j, j));
    for (std::size_t i = j + 1; i < n; ++i) {
      for (std::size_t k = 0; k < j; ++k) a(i, j) -= a(i, k) * a(j, k);
      a(i, j) /= a(j, j);
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= a(i, k) * b[k];
    b[i] /= a(i, i);
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= a(k, i) * b[k];
    b[i] /= a(i, i);
  }
  return true;
}

}  // namespace

double largest_change(std::span<const double> x, std::span<const double> image) {
  Line line_largest = 0.0;
  Line zeros = 0.0;
  std::size_t i = 0;
  for (; i + kLine <= x.size(); i += kLine) {
    const Line change = abs(load_line(image.data() + i) - load_line(x.data() + i));
    line_largest = max(line_largest, change);
    zeros += 0.0 * change;
  }
  double largest = std::experimental::hmax(line_largest);
  double zero = std::experimental::reduce(zeros);
  for (; i < x.size(); ++i) {
    largest = std::max(largest, std::abs(image[i] - x[i]));
    zero += 0.0 * (image[i] - x[i]);
  }
  return zero == 0.0 ? largest : std::numeric_limits<double>::infinity();
}

void Anderson::reset() {
  turn();
  secants_.clear();
  products_.clear();
}

void Anderson::turn() {
  image_.clear();
  residual_.clear();
}

void Anderson::learn(std::span<const double> image, std::span<const double> residual) {
  Secant secant{{image.begin(), image.end()}, {residual.begin(), residual.end()}};
  add_scaled(-1.0, residual_.data(), secant.residual.data(), residual.size());
  const double length = std::sqrt(dot(secant.residual, secant.residual));
  if (!(length > 0.0)) return;
  add_scaled(-1.0, image_.data(), secant.image.data(), image.size());
  for (double& value : secant.residual) value /= length;
  for (double& value : secant.image) value /= length;
  std::deque<double>& row = products_.emplace_back();
  for (const Secant& known : secants_) row.push_back(dot(known.residual, secant.residual));
  row.push_back(1.0);
  secants_.push_back(std::move(secant));
  if (secants_.size() <= options_.memory) return;
  secants_.pop_front();
  products_.pop_front();
  for (std::deque<double>& later : products_) later.pop_front();
}

// The weights γ of the secants solve min |r − ΔR γ|.
std::vector<double> Anderson::weights(std::span<const double> residual) const {
  Matrix normal(secants_.size(), secants_.size());
  std::vector<double> weights;
  for (std::size_t a = 0; a < secants_.size(); ++a) {
    for (std::size_t b = 0; b <= a; ++b) normal(a, b) = products_[a][b];
    normal(a, a) += options_.regularisation;
    weights.push_back(gerbang::dot(secants_[a].residual.data(), residual.data(), residual.size()));
  }
  if (!solve_spd(normal, weights)) std::fill(weights.begin(), weights.end(), 0.0);
  return weights;
}

// x + β r − Σ γ (Δx + β Δr), which is the image's where β is one.
std::vector<double> Anderson::next(std::span<const double> x, std::span<const double> image) {
  const std::size_t n = x.size();
  if (!secants_.empty() && secants_.front().image.size() != n) reset();
  std::vector<double> residual(image.begin(), image.end());
  add_scaled(-1.0, x.data(), residual.data(), n);
  if (!image_.empty()) learn(image, residual);

  const std::vector<double> gamma = weights(residual);
  std::vector<double> proposal(image.begin(), image.end());
  for (std::size_t a = 0; a < secants_.size(); ++a)
    add_scaled(-gamma[a], secants_[a].image.data(), proposal.data(), n);
  if (const double left = 1.0 - options_.damping; left != 0.0) {
    add_scaled(-left, residual.data(), proposal.data(), n);
    for (std::size_t a = 0; a < secants_.size(); ++a)
      add_scaled(left * gamma[a], secants_[a].residual.data(), proposal.data(), n);
  }
  image_.assign(image.begin(), image.end());
  residual_ = std::move(residual);
  return proposal;
}

}  // namespace gerbang
