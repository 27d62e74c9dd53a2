// The prior of trade: K_ni = κ_ni^{−θ} dist_ni^{−ξ} e^{own·[n = i]} for goods, without κ for what is not
// freight; with the rest of the world κ^{−θ} alone. Zero where no chain connects the pair.
#pragma once

#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/trade/calibrate.h"

namespace gerbang::trade {

// log_distance: of input.distance_km.
[[nodiscard]] Matrix gravity_kernel(const CalibrationInput& input, const Transport& transport,
                                    const Matrix& log_distance, std::size_t sector);

// 1/(1 + M/v): what of a buyer's money reaches the factory gate.
[[nodiscard]] Matrix received_share(const CalibrationInput& input, const Transport& transport,
                                    std::size_t sector);

// The part of the fitted decay with distance that freight cost explains: the slope of θ ln κ on ln distance
// over pairs of different domestic regions, over that slope + ξ. 0 for what is not freight.
[[nodiscard]] double freight_share_of_decay(const CalibrationInput& input, const Transport& transport,
                                            std::size_t sector);

// ∂ ln flow/∂ ln g = −θ g/(v + g), prices given: the mean over pairs of different domestic regions, weighted
// by flow.
[[nodiscard]] double flow_elasticity(const CalibrationInput& input, const Transport& transport,
                                     std::size_t sector, const Matrix& flow);

}  // namespace gerbang::trade
