// Random problems for property tests: a ring that connects everything, chords, every kind of awkward arc.
#pragma once

#include "gerbang/roads/problem.h"

namespace gerbang::roads {

struct RandomNetwork {
  std::uint64_t seed = 1;
  std::size_t nodes = 30;
  std::size_t arcs = 120;
  std::size_t classes = 1;
  std::size_t pairs = 200;
  double congestion = 1.0;  // multiplies the demand
};

// With several classes, each has its own value of time, pcu and tolls.
[[nodiscard]] Problem random_problem(const RandomNetwork& shape);

}  // namespace gerbang::roads
