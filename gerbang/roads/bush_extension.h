// Lets arcs into a bush by which nothing goes yet.
#pragma once

#include <span>

#include "gerbang/roads/bush.h"

namespace gerbang::roads {

// Lets arcs, between nodes of the bush, into it, beside those that lead to their heads already; where nothing
// reaches a head, instead of them, but for those in `kept` (sorted). `flow` by node, of the bush as loaded.
// False, and the bush as it was, where they would close a circle.
[[nodiscard]] bool extend(Bush& bush, const Network& network, std::span<const ArcIndex> arcs,
                          std::span<const double> flow, std::span<const ArcIndex> kept);

}  // namespace gerbang::roads
