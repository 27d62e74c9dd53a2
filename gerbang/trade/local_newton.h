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

#include "gerbang/base/matrix.h"
#include "gerbang/trade/economy.h"

namespace gerbang::trade {

class LocalNewton {
 public:
  // The economy must outlive it.
  explicit LocalNewton(const Economy& economy);

  // Residuals in, steps out (a region's step shortened where it would change a logarithm by more than ½);
  // laid out as in Market: wages (N), prices (S·N), spending (S·N). What follows is left alone.
  void apply(std::span<double> residual) const;
  // The same with the transposed blocks.
  void apply_transposed(std::span<double> residual) const;

 private:
  struct Region {
    Matrix price;     // (I − o Γ')⁻¹
    Matrix spending;  // (I − X⁻¹ Γ Y q)⁻¹
    // By sector.
    std::vector<double> sold_at_home;      // q
    std::vector<double> sales_elasticity;  // θ (1 − q o)
    std::vector<double> value_added_part;  // ω
    std::vector<double> output;            // Y
    std::vector<double> per_spending;      // 1/X; 0 where nothing is spent
    std::vector<double> price_by_wage;     // δP per δw
    std::vector<double> spending_by_wage;  // δX per δw
    double wage_response = 1.0;            // δw per residual left when prices and spending have answered
  };
  // Workspace: what one region's elimination passes through.
  struct Step {
    std::vector<double> price, spending, output, scratch;
  };

  [[nodiscard]] Region eliminate(std::size_t n) const;
  // Answers to residuals with the wage at rest: δP, δX, and δY.
  void respond(std::size_t n, const Region& region, Step& step) const;

  const Economy& economy_;
  std::vector<Region> regions_;
};

}  // namespace gerbang::trade
