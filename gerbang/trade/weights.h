// M_ni = π_ni κ̂_ni^{−θ} of one sector: what origin i weighs among what n buys, before ĉ_i^{−θ}. Where a
// change touches few pairs, and none so much that differences would lose digits, π itself is read and what
// the change adds stands beside it; else M is a matrix of its own.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/base/sparse.h"

namespace gerbang::trade {

class Weights {
 public:
  Weights() = default;
  // Of a sector in which nothing changes. The shares must outlive the weights, here and below.
  [[nodiscard]] static Weights unchanged(const Matrix& share) { return {share, {}}; }
  [[nodiscard]] static Weights whole(Matrix weights);
  // additions: M − π; no rows: nothing.
  Weights(const Matrix& share, Sparse additions);

  // Row n in two parts: what is read, dense; and what the change adds to it, of which first the products
  // product_n += Σ_i (M − π)_ni x_i of several rows, then y_i += Σ_n factor_n (M − π)_ni.
  [[nodiscard]] const double* read_row(std::size_t n) const { return read().row(n).data(); }
  void multiply_additions(std::size_t first, std::size_t last, const double* x, double* product) const;
  void add_scaled_additions(std::size_t first, std::size_t last, const double* factor, double* y) const;
  // Row n, in the buffer where it stands nowhere else.
  [[nodiscard]] std::span<const double> row(std::size_t n, std::vector<double>& buffer) const;
  [[nodiscard]] Matrix matrix() const;

 private:
  [[nodiscard]] const Matrix& read() const { return share_ != nullptr ? *share_ : whole_; }
  void add_additions(std::size_t n, double* row) const;

  const Matrix* share_ = nullptr;  // not owned; null: `whole_` holds M
  Sparse additions_;
  Matrix whole_;
};

}  // namespace gerbang::trade
