// The adjoint of the counterfactual: one transposed solve gives the derivative of an objective with respect
// to every wedge of every pair at once. With F the sweep, x = F(x) its equilibrium and W the objective, λ =
// (∂F/∂x)' λ + ∂W/∂x and dW/dμ = λ' ∂F/∂μ + ∂W/∂μ: exact, closures, mobility and public demand included
// (docs/trade.md, "Gradient").
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/trade/change.h"
#include "gerbang/trade/economy.h"
#include "gerbang/trade/solve.h"

namespace gerbang::trade {

// W = Σ_n welfare_n ln Ŵ_n + Σ_m Σ_ni tonnes_m,ni q_m,ni. For equivalent variation to first order, welfare_n
// = I°_n.
struct Objective {
  std::vector<double> welfare = {};  // by region; empty: none
  std::vector<Matrix> tonnes = {};   // by freight class, per kt (destination, origin); empty: none
};

// Matrices are (destination, origin).
struct Gradient {
  // By sector, per ln of the iceberg factor d, money given.
  std::vector<Matrix> iceberg;
  // By freight class, per mn IDR/t: of the generalised cost g, money given (time); and of money M, g given,
  // when nobody earns the addition.
  std::vector<Matrix> cost;
  std::vector<Matrix> money;
  // By freight class: IDR bn a year received per mn IDR/t of M. A unit of M on a pair that region r earns is
  // worth money + received · earner_value[r].
  std::vector<Matrix> received;
  std::vector<double> earner_value;  // by region, per IDR bn a year of freight money earned
  Matrix productivity;               // region × sector, per ln Â

  double residual = 0.0;  // of the transposed system, relative to its right-hand side
  std::size_t sweeps = 0;
  bool is_converged = false;
};

// The transposed system at an equilibrium, prepared once for any number of objectives. Economy and change
// must outlive it; the equilibrium should be solved to 1e-11 or better. Safe to use from several threads.
class Adjoint {
 public:
  Adjoint(const Economy& economy, const Change& change, const Equilibrium& equilibrium);
  ~Adjoint();
  Adjoint(Adjoint&&) noexcept;
  Adjoint& operator=(Adjoint&&) noexcept;

  struct Options {
    double tolerance = 1e-12;
    std::size_t max_sweeps = 500;
    Observer observer = {};
  };
  [[nodiscard]] Gradient gradient(const Objective& objective, const Options& options) const;
  [[nodiscard]] Gradient gradient(const Objective& objective) const { return gradient(objective, Options{}); }

 private:
  class System;
  std::unique_ptr<System> system_;
};

}  // namespace gerbang::trade
