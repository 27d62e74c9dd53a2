// The low–high ranges of a brief: those of the draws that `run --draws` made last, kept between programs by
// scenario and year, so that a brief shows them without being asked to draw again.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "gerbang/report/draws.h"

namespace gerbang::report {

// 5th and 95th percentile of a region's equivalent variation against the scenario's predecessor, IDR bn.
struct Band {
  double low = 0.0;
  double high = 0.0;
};
struct DrawnBands {
  std::size_t count = 0;  // of draws with an answer
  std::uint64_t seed = 0;
  std::map<RegionId, Band> regions;
};

// Of that scenario and year; none where it was not drawn.
[[nodiscard]] std::optional<DrawnBands> drawn_bands(const RunResult& run, const DrawResult& draws,
                                                    ScenarioId scenario, int year);

// Keeps the ranges of every scenario and year that was drawn, in place of those of fewer draws.
void keep_bands(const RunResult& run, const DrawResult& draws, const std::string& fingerprint,
                evaluate::Cache& kept);

// None where nobody has drawn that scenario in that year of this very study with this very program.
[[nodiscard]] std::optional<DrawnBands> kept_bands(const RunResult& run, ScenarioId scenario, int year,
                                                   const std::string& fingerprint,
                                                   const evaluate::Cache& kept);

}  // namespace gerbang::report
