// The national balance of supply and use: input coefficients and final-demand shares are scaled by one factor
// r_k per input, every column keeping its sum, until the use of each sector's goods is its supply (one-sided
// RAS):
//   γ_n^{ks} = (1 − b_ns) r_k a_n^{ks} / Σ_k r_k a_n^{ks},   α_uk = r_k α°_uk / Σ_k r_k α°_uk
#pragma once

#include <vector>

#include "gerbang/base/matrix.h"

namespace gerbang::trade {

struct BalanceProblem {
  std::vector<const Matrix*>
      coefficient;             // a_n by region: (input, using sector); equal pointers share a table
  Matrix output;               // region × sector
  Matrix final_share;          // user × sector, rows add to 1
  std::vector<double> final;   // total of each user
  std::vector<double> supply;  // R_k: what domestic buyers can buy of each sector
};

struct Balance {
  std::vector<double> factor;  // r_k
  double residual = 0.0;       // largest |use / supply − 1|
  std::size_t rounds = 0;
  bool is_converged = false;
};

// log_factor: ln r to start from and, on return, where it ended; empty: 0.
[[nodiscard]] Balance balance_use(const BalanceProblem& problem, std::vector<double>& log_factor);

// A column's shares times r_k, with their sum kept.
[[nodiscard]] std::vector<double> scaled_column(std::vector<double> shares,
                                                const std::vector<double>& factor);

}  // namespace gerbang::trade
