// M_ni = π_ni κ̂_ni^{−θ} of one sector: what origin i weighs among what n buys, before ĉ_i^{−θ}. Where a
// change touches few pairs, and none so much that differences would lose digits, π itself is read and what
// the change adds stands beside it; else M is a matrix of its own.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "gerbang/base/matrix.h"

namespace gerbang::trade {

class Weights {
 public:
  // M − π of one pair.
  struct Addition {
    std::uint32_t origin = 0;
    double value = 0.0;
  };

  Weights() = default;
  // Of a sector in which nothing changes. The shares must outlive the weights, here and below.
  [[nodiscard]] static Weights unchanged(const Matrix& share) { return {share, {}, {}}; }
  [[nodiscard]] static Weights whole(Matrix weights);
  // Additions stand row by row: those of destination n are [begin[n], begin[n + 1]).
  Weights(const Matrix& share, std::vector<std::size_t> begin, std::vector<Addition> additions);

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
  [[nodiscard]] std::span<const Addition> additions(std::size_t n) const {
    if (begin_.empty()) return {};
    return {additions_.data() + begin_[n], begin_[n + 1] - begin_[n]};
  }

  const Matrix* share_ = nullptr;  // not owned; null: `whole_` holds M
  std::vector<std::size_t> begin_;
  std::vector<Addition> additions_;
  Matrix whole_;
};

}  // namespace gerbang::trade
