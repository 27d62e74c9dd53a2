// The levers of a study: every cell of its links, terminals and services that could be improved, and what a
// little more or less of it is worth by a gradient.
#pragma once

#include <string>
#include <vector>

#include "gerbang/evaluate/gradient.h"

namespace gerbang::evaluate {

enum class Quantity : std::uint8_t {
  kTime,       // hours; of a link its free-flow time, of a service all its legs
  kCost,       // money that somebody earns: fees, tolls, tariffs, haulage
  kCapacity,   // of a link, a terminal, or of each departure
  kDepartures  // of a service
};

struct Lever {
  std::string table;
  std::string row;
  std::string column;
  Quantity quantity = Quantity::kTime;
  double value = 0.0;        // of the cell, now
  double slope = 0.0;        // of the objective, per unit of the cell
  std::string unit;          // what `per_unit` is of: "h", "IDR 1,000/t", …
  double per_unit = 0.0;     // worth of one unit better: less time and cost, more capacity and departures
  double per_percent = 0.0;  // worth of one per cent better
};

// Of what is present in the world; in the order link, terminal, service.
[[nodiscard]] std::vector<Lever> levers(const World& world, const NetworkGradient& gradient);

}  // namespace gerbang::evaluate
