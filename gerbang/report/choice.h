// What a run is asked for: scenarios, years, and the pairs of regions whose transport cost is shown; from the
// words of a command line, or from what the study itself is about.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gerbang/world/world.h"

namespace gerbang::report {

// Goods go from origin to destination.
struct RegionPair {
  RegionId origin;
  RegionId destination;

  friend bool operator==(const RegionPair&, const RegionPair&) = default;
};

struct RunOptions {
  std::vector<ScenarioId> scenarios;  // in the order of the study
  std::vector<int> years;             // ascending
  std::vector<RegionPair> pairs;      // whose cost and hours are shown
};

// The scenarios and years with these names, in the order of the study; none named: all. Throws InputError.
[[nodiscard]] std::vector<ScenarioId> choose_scenarios(const World& world,
                                                       std::span<const std::string> names);
[[nodiscard]] std::vector<int> choose_years(const World& world, std::span<const int> years);
// The last of these that is compared with another; where none is, the study's first.
[[nodiscard]] ScenarioId last_compared(const World& world, std::span<const ScenarioId> scenarios);
// The domestic region with this id. Throws InputError.
[[nodiscard]] RegionId choose_region(const World& world, const std::string& id);
// "a:b" is from region a to region b; both directions of each. Throws InputError.
[[nodiscard]] std::vector<RegionPair> choose_pairs(const World& world, std::span<const std::string> names);

// The pairs that the study is about: between the region that most of the scenarios' projects concern, as
// place or owner, and each other region that stands in a group of its own and that a project or a move of
// people concerns. At most four pairs, both directions of each; empty when the projects name fewer than two
// regions.
[[nodiscard]] std::vector<RegionPair> pairs_of_interest(const World& world);

}  // namespace gerbang::report
