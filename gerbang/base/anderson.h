// Anderson acceleration of a fixed point x = F(x) (Walker & Ni 2011, type II): the next x is the combination
// of the last iterates whose residuals F(x) − x cancel best in the least-squares sense. It proposes; whoever
// iterates decides whether the proposal is accepted (that is where globalisation belongs).
#pragma once

#include <deque>
#include <span>
#include <vector>

namespace gerbang {

class Anderson {
 public:
  struct Options {
    std::size_t memory = 8;
    double damping = 1.0;  // β: x⁺ = Σ α (x + β (F(x) − x))
    double regularisation =
        1e-10;  // Tikhonov, relative to the largest diagonal entry of the normal equations
  };

  explicit Anderson(Options options) : options_(options) {}

  // The next x, given x and F(x) (equal lengths).
  [[nodiscard]] std::vector<double> next(std::span<const double> x, std::span<const double> image);
  // Forgets all iterates, as after a rejected proposal.
  void reset();

 private:
  struct Iterate {
    std::vector<double> x;
    std::vector<double> residual;
  };

  Options options_;
  std::deque<Iterate> iterates_;
};

}  // namespace gerbang
