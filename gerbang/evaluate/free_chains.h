// Chains that would cost less than nothing.
#pragma once

#include "gerbang/evaluate/transport.h"

namespace gerbang::evaluate {

// A logit over many chains can cost less than nothing where the dispersion is too small for the costs: such a
// study has no meaning, and the terminals that the pair would use show where. Throws InputError with all such
// pairs.
void reject_free_chains(const World& world, const Network& network, const TransportCosts& costs);

}  // namespace gerbang::evaluate
