// M_ni = π_ni κ̂_ni^{−θ} of one sector: what origin i weighs among what n buys, before ĉ_i^{−θ}. Where a
// change touches few pairs, and none so much that differences would lose digits, π itself is read and what
// the change adds stands beside it; else M is a matrix of its own.
#pragma once

#include <cstddef>
#include <span>
#include <utility>
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

  // Row n in two parts: what is read, dense; and what the change adds to it, of which first the product
  // Σ_i (M − π)_ni x_i, then y_i += factor · (M − π)_ni.
  [[nodiscard]] const double* read_row(std::size_t n) const { return read().row(n).data(); }
  [[nodiscard]] double dot_additions(std::size_t n, const double* x) const;
  void add_scaled_additions(double factor, std::size_t n, double* y) const;
  // Row n, in the buffer where it stands nowhere else.
  [[nodiscard]] std::span<const double> row(std::size_t n, std::vector<double>& buffer) const;
  [[nodiscard]] Matrix matrix() const;

 private:
  [[nodiscard]] const Matrix& read() const { return share_ != nullptr ? *share_ : whole_; }
  // Where row n of what the change adds begins and ends.
  [[nodiscard]] std::pair<std::size_t, std::size_t> added_in(std::size_t n) const {
    return n < additions_.rows() ? std::pair(additions_.begin[n], additions_.begin[n + 1])
                                 : std::pair(std::size_t{0}, std::size_t{0});
  }

  const Matrix* share_ = nullptr;  // not owned; null: `whole_` holds M
  Sparse additions_;
  Matrix whole_;
};

}  // namespace gerbang::trade
