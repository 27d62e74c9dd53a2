// A preconditioner of the sweep: what each region's wage, prices and spending would do to each other were the
// rest of the world at rest, solved exactly (block Jacobi by region, at the base year's shares). With
// own-market shares o, the part q of output that is sold at home, Γ = γ_n, and residuals r of labour demand,
// prices and spending (all in logarithms):
//   δP = o (b δw + Γ'δP) + r_P,   δX = (Γ Y δY + α V δw)/X + r_X,   δw = ω δY + r_w,   δY = q δX − θ (1 − q
//   o)(b δw + Γ'δP)
// where ω_s is the sector's part of the region's value added. It changes how fast the fixed point is reached,
// never which.
#pragma once

#include <span>
#include <vector>

#include "gerbang/trade/economy.h"

namespace gerbang::trade {

class LocalNewton {
 public:
  explicit LocalNewton(const Economy& economy);
  ~LocalNewton();

  // Residuals in, steps out (a region's step shortened where it would change a logarithm by more than ½);
  // laid out as in Market: wages (N), prices (S·N), spending (S·N). What follows is left alone.
  void apply(std::span<double> residual) const;
  // The same with the transposed blocks.
  void apply_transposed(std::span<double> residual) const;

 private:
  struct Batch;  // of regions, eliminated
  struct Step;

  // Replaces the residuals of every region by the steps of answer(batch, residuals, steps).
  template <class Answer>
  void for_every_batch(std::span<double> residual, const Answer& answer) const;

  std::size_t regions_;
  std::size_t sectors_;
  std::vector<Batch> batches_;
};

}  // namespace gerbang::trade
