// The state of transport that trade is given, per freight class and pair of regions (row: destination n,
// column: origin i): the generalised cost g and the money M of a tonne, and who earns that money. For a
// sector worth v per tonne, money is an ad valorem wedge t = M/v that somebody earns; the rest melts, d = (v
// + g)/(v + M), so that d (1 + t) = 1 + g/v (docs/trade.md, "Two wedges").
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "gerbang/base/matrix.h"

namespace gerbang::trade {

// One region's share of the money of a pair.
struct Earning {
  std::uint32_t region = 0;
  double share = 0.0;
};

// Who earns the money of each pair: the earnings of pair n·N + i are [begin[n·N + i], begin[n·N + i + 1]).
// Shares add to 1 where money is paid; a pair without money may have none.
struct Earners {
  std::vector<std::size_t> begin;
  std::vector<Earning> earnings;

  [[nodiscard]] std::span<const Earning> of(std::size_t pair) const {
    return {earnings.data() + begin[pair], begin[pair + 1] - begin[pair]};
  }
};

struct ClassTransport {
  Matrix cost;   // g, mn IDR per tonne; +infinity where the pair is not connected
  Matrix money;  // M, mn IDR per tonne; anything finite where it is not connected
  Earners earners;
};

struct Transport {
  std::vector<ClassTransport> classes;  // by freight class
};

}  // namespace gerbang::trade
