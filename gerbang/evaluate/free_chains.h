// Chains that would cost less than nothing.
#pragma once

#include "gerbang/base/message.h"
#include "gerbang/evaluate/transport.h"

namespace gerbang::evaluate {

// A logit over many chains can cost less than nothing where the dispersion is too small for the costs: such a
// study has no meaning, and the terminals that the pair would use show where. Throws InputError with all such
// pairs; `when` says of which world.
void reject_free_chains(const World& world, const Network& network, const TransportCosts& costs,
                        const Message& when);

}  // namespace gerbang::evaluate
