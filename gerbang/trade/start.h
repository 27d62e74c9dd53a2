// The unknowns of a market at an equilibrium that is known: a warm start, or where to differentiate.
#pragma once

#include <vector>

#include "gerbang/trade/market.h"
#include "gerbang/trade/solve.h"

namespace gerbang::trade {

[[nodiscard]] std::vector<double> start_from(const Market& market, const Equilibrium& equilibrium);

}  // namespace gerbang::trade
