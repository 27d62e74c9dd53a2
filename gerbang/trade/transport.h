// The state of transport that trade is given, per freight class and pair of regions (row: destination n,
// column: origin i): the generalised cost g and the money M of a tonne, and who earns that money. For a
// sector worth v per tonne, money is an ad valorem wedge t = M/v that somebody earns; the rest melts, d = (v
// + g)/(v + M), so that d (1 + t) = 1 + g/v (docs/trade.md, "Two wedges").
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "gerbang/base/matrix.h"

namespace gerbang::trade {

// Who earns the money of one class: what regions earn is linear in the tonnes of the pairs, and what the
// money of a tonne is worth to those who earn it is the transpose of that.
class Earners {
 public:
  virtual ~Earners() = default;
  // Adds what every region earns, IDR bn a year, when these tonnes (kt a year, destination × origin) move and
  // each pays its pair's money (mn IDR per tonne). Σ earned = Σ tonnes · money.
  virtual void book(const Matrix& tonnes, const Matrix& money, std::span<double> earned) const = 0;
  // By pair, destination × origin: the money of a tonne, each part times what it is worth to the region that
  // earns it.
  [[nodiscard]] virtual Matrix worth(const Matrix& money, std::span<const double> by_region) const = 0;
};

struct ClassTransport {
  Matrix cost;   // g, mn IDR per tonne; +infinity where the pair is not connected
  Matrix money;  // M, mn IDR per tonne; anything finite where it is not connected
  std::shared_ptr<const Earners> earners;
};

struct Transport {
  std::vector<ClassTransport> classes;  // by freight class
};

}  // namespace gerbang::trade
