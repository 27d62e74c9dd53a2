// Bi-proportional fitting of one sector's flows (RAS, Deming & Stephan 1940; Bacharach 1970): flows r_n K_ni
// c_i that meet what every destination spends, at the buyer's price, and what every origin sells, at the
// factory gate, where received = factory value over buyer's value of the pair. Known flows are taken out of
// both margins before.
#pragma once

#include <vector>

#include "gerbang/base/matrix.h"

namespace gerbang::trade {

struct FitProblem {
  Matrix kernel = {};                     // K ≥ 0 (destination, origin)
  Matrix received = {};                   // 1/(1 + t)
  std::vector<double> spending = {};      // by destination; of `factory_rows` at the factory gate
  std::vector<bool> is_factory_row = {};  // whose margin is counted at the factory gate (exports)
  std::vector<double> sales = {};         // by origin
};

struct Fit {
  Matrix flow;  // at the buyer's price; origins' sales are met exactly, destinations' to the residual
  double residual = 0.0;  // largest relative gap of a destination, after a common factor
  double drift = 0.0;     // that common factor − 1: how far total spending and total sales disagree
  std::size_t rounds = 0;
  bool is_converged = false;
};

// Known flows take at most this part of what a row or column still has to buy or sell.
inline constexpr double kLargestKnownShare = 0.99;

// Takes known flows (at the buyer's price) out of both margins. They keep at most 99 % of any margin: what is
// more is scaled down. Returns the flows taken; an empty matrix takes none.
[[nodiscard]] Matrix take_known_flows(const Matrix& known, FitProblem& problem);

// log_scale: ln c to start from and, on return, where it ended; empty: 0. accuracy: of the margins, relative;
// 0: as far as rounding lets it go.
[[nodiscard]] Fit fit_flows(const FitProblem& problem, std::vector<double>& log_scale, double accuracy = 0.0);

}  // namespace gerbang::trade
