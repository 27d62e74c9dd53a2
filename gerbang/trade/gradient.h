// The adjoint of the counterfactual: one transposed solve gives the derivative of any weighted welfare with
// respect to every wedge of every pair (docs/trade.md, "Gradient").
#pragma once

#include <span>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/trade/change.h"
#include "gerbang/trade/economy.h"
#include "gerbang/trade/solve.h"

namespace gerbang::trade {

// Derivatives of W = Σ_n weight_n ln Ŵ_n (for EV: weight_n = I°_n). Matrices are (destination, origin).
struct WelfareGradient {
  // By sector, per ln: of the iceberg factor d, at given money.
  std::vector<Matrix> iceberg;
  // By freight class, per mn IDR/t: of the generalised cost g at given money (time), and of money M at given
  // g when nobody earns the addition (what d loses to t).
  std::vector<Matrix> cost;
  std::vector<Matrix> money;
  // By freight class: money received per mn IDR/t of M (IDR bn a year); a unit of M on a pair that region r
  // earns is worth money + received · earner_value[r].
  std::vector<Matrix> received;
  std::vector<double> earner_value;  // by region, per IDR bn a year of freight money earned

  double residual = 0.0;  // of the transposed system, relative
  std::size_t sweeps = 0;
  bool is_converged = false;
};

[[nodiscard]] WelfareGradient welfare_gradient(const Economy& economy, const Change& change,
                                               const Equilibrium& equilibrium, std::span<const double> weight,
                                               const SolveOptions& options = {});

}  // namespace gerbang::trade
