// Whether a change fits its economy: sizes, signs, sums. All faults at once, as InputError. checks_earners:
// also that all freight money is earned, which takes long.
#pragma once

#include "gerbang/trade/change.h"
#include "gerbang/trade/economy.h"

namespace gerbang::trade {

void check_change(const Economy& economy, const Change& change, bool checks_earners);

}  // namespace gerbang::trade
