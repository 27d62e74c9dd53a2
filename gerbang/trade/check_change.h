// Whether a change fits its economy: sizes, signs, sums. All faults at once, as InputError.
#pragma once

#include "gerbang/trade/change.h"
#include "gerbang/trade/economy.h"

namespace gerbang::trade {

void check_change(const Economy& economy, const Change& change);

}  // namespace gerbang::trade
