#include "gerbang/base/krylov.h"

#include <cmath>

namespace gerbang {
namespace {

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void add_scaled(double factor, std::span<const double> from, std::span<double> to) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * from[i];
}

double norm(std::span<const double> a) {
  return std::sqrt(dot(a, a));
}

}  // namespace

Krylov::Krylov(Product product, Product guess) : product_(std::move(product)), guess_(std::move(guess)) {}

bool Krylov::keep(std::vector<double> p) {
  std::vector<double> image = product_(p);
  const double before = norm(image);
  for (int pass = 0; pass < 2; ++pass)  // twice is enough (Giraud et al. 2005)
    for (std::size_t k = 0; k < images_.size(); ++k) {
      const double along = dot(images_[k], image);
      add_scaled(-along, images_[k], image);
      add_scaled(-along, directions_[k], p);
    }
  const double left = norm(image);
  constexpr double kNothing = 1e-14;
  if (!(left > kNothing * before)) return false;
  for (double& value : p) value /= left;
  for (double& value : image) value /= left;
  directions_.push_back(std::move(p));
  images_.push_back(std::move(image));
  return true;
}

Krylov::Solution Krylov::solve(std::span<const double> b, double tolerance, std::size_t max_products) {
  Solution solution{.x = std::vector<double>(b.size())};
  std::vector<double> residual(b.begin(), b.end());
  const double scale = norm(b);
  const auto descend = [&](std::size_t k) {
    const double along = dot(images_[k], residual);
    add_scaled(along, directions_[k], solution.x);
    add_scaled(-along, images_[k], residual);
  };
  for (std::size_t k = 0; k < images_.size(); ++k) descend(k);
  while (true) {
    solution.residual = scale > 0.0 ? norm(residual) / scale : 0.0;
    solution.is_converged = solution.residual <= tolerance;
    if (solution.is_converged || solution.products >= max_products) return solution;
    ++solution.products;
    if (!keep(guess_ ? guess_(residual) : residual)) return solution;
    descend(images_.size() - 1);
  }
}

}  // namespace gerbang
