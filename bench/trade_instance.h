// A synthetic economy of any size, made from formulas alone so that bench/trade_numpy.py makes the same one:
// u(k, j) = frac(1/2 + (k + 1) a_j) are quasi-random numbers (a_j: fractional parts of square roots of
// primes). Regions lie in the unit square, differ in size by a factor of 20, and buy f_ni = w_ns w_is K_ni, K
// falling with distance, much from themselves; inputs take half of output.
#pragma once

#include "gerbang/trade/change.h"
#include "gerbang/trade/economy.h"

namespace gerbang::bench {

struct TradeInstance {
  trade::Economy economy;
  trade::Change change;  // every twentieth pair of regions at −10 % cost, all sectors
};

[[nodiscard]] TradeInstance make_trade_instance(std::size_t regions, std::size_t sectors);

}  // namespace gerbang::bench
