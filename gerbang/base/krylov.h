// Linear systems A x = b of which only products A p are known, one right-hand side after the other:
// generalised conjugate residuals (Eisenstat, Elman & Schultz 1983). Every direction tried is kept, so that
// the next right-hand side of the same matrix starts from all that is known of it (Parks et al. 2006,
// recycling).
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace gerbang {

class Krylov {
 public:
  using Product = std::function<std::vector<double>(std::span<const double>)>;

  // product: A p. guess: roughly A⁻¹ r, the direction in which to search; none: r itself.
  explicit Krylov(Product product, Product guess = {});

  struct Solution {
    std::vector<double> x;
    double residual = 0.0;  // ‖A x − b‖ / ‖b‖
    std::size_t products = 0;
    bool is_converged = false;
  };
  [[nodiscard]] Solution solve(std::span<const double> b, double tolerance, std::size_t max_products);

 private:
  // Makes (p, A p) orthogonal to what is kept, and keeps it; false when nothing new is left.
  bool keep(std::vector<double> p);

  Product product_;
  Product guess_;
  std::vector<std::vector<double>> directions_;
  std::vector<std::vector<double>> images_;  // A times each, orthonormal
};

}  // namespace gerbang
