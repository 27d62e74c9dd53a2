// An independent check of an assignment, from the problem and the flows alone, in long double: it shares no
// code with the solver (its own volume-delay function, Bellman-Ford instead of Dijkstra, no bushes).
#pragma once

#include "gerbang/roads/assign.h"

namespace gerbang::roads {

struct Checked {
  double relative_gap = 0.0;
  double beckmann = 0.0;
  double total_travel_time = 0.0;
  double imbalance = 0.0;  // largest |in + starting − out − ending| of a node and class, over the demand
};

// `reached` demand only: rows that the assignment left out as not connected do not count.
[[nodiscard]] Checked check(const Problem& problem, const Assignment& result);

}  // namespace gerbang::roads
