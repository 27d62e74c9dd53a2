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
    std::size_t memory = 8;         // differences of iterates that are kept
    double damping = 1.0;           // β: x⁺ = Σ α (x + β (F(x) − x))
    double regularisation = 1e-10;  // Tikhonov, the differences of residuals being of length one
  };

  explicit Anderson(Options options) : options_(options) {}

  // The next x, given x and F(x) (equal lengths).
  [[nodiscard]] std::vector<double> next(std::span<const double> x, std::span<const double> image);
  // Forgets all iterates, as after a rejected proposal.
  void reset();
  // From now on steps go this part of the way: β.
  void set_damping(double damping) { options_.damping = damping; }
  // Turns to another map that answers alike: how residuals changed with x is kept, where it was is forgotten.
  void turn();

 private:
  // What one step taught: how image and residual changed, both divided by the length of the latter change.
  struct Secant {
    std::vector<double> image;
    std::vector<double> residual;
  };

  void learn(std::span<const double> image, std::span<const double> residual);
  [[nodiscard]] std::vector<double> weights(std::span<const double> residual) const;

  Options options_;
  std::vector<double> image_, residual_;  // of the last iterate; empty: none
  std::deque<Secant> secants_;
  std::deque<std::deque<double>> products_;  // of the secants' residuals with one another
};

// max |F(x) − x|, of equal lengths; infinite where a number is none.
[[nodiscard]] double largest_change(std::span<const double> x, std::span<const double> image);

}  // namespace gerbang
