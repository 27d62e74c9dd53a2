// Whether tables can be calibrated at all: sizes, signs, sums. All faults at once, as InputError, named by
// the table of a study that would mend them.
#pragma once

#include <string>

#include "gerbang/trade/calibrate.h"

namespace gerbang::trade {

void check_calibration(const CalibrationInput& input, const Transport& transport);

// How messages call a region or sector: its id, or its number where the input has no names.
[[nodiscard]] std::string region_name(const CalibrationInput& input, std::size_t region);
[[nodiscard]] std::string sector_name(const CalibrationInput& input, std::size_t sector);

}  // namespace gerbang::trade
