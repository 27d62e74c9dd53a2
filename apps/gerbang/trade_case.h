// The counterfactual of a trade folder: its tables as an economy and a change, both solved and compared.
#pragma once

#include "gerbang/base/progress.h"
#include "gerbang/io/trade_folder.h"
#include "gerbang/trade/decomposition.h"
#include "gerbang/trade/observed.h"
#include "gerbang/trade/solve.h"
#include "gerbang/trade/welfare.h"

namespace gerbang::app {

struct TradeCase {
  trade::DeficitClosure closure = trade::DeficitClosure::kFixed;
  double mobility = 0.0;    // ε; 0: people stay
  double congestion = 0.0;  // δ
  double tolerance = 1e-10;
};

struct TradeRun {
  trade::Economy economy;
  double negative_final_demand = 0.0;  // that the flows imply and that was set to zero
  trade::Change before;
  trade::Change after;
  trade::Equilibrium reference;  // without the change, under the same closure
  trade::Equilibrium now;
  trade::Comparison comparison;
  trade::Decomposition decomposition;

  [[nodiscard]] bool is_converged() const { return reference.is_converged && now.is_converged; }
  // Flow of a sector at the seller's price: duty not included.
  [[nodiscard]] Matrix reference_flow(std::size_t sector) const;
  [[nodiscard]] Matrix new_flow(std::size_t sector) const;
};

// Throws InputError when people are to move and the folder has no population.
[[nodiscard]] TradeRun run_trade_case(const io::TradeFolder& folder, const TradeCase& options,
                                      const Observer& observer = {});

}  // namespace gerbang::app
