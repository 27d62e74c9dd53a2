// What was counted beside what the model gives: the observations of a study and the loads of its base year.
#pragma once

#include <vector>

#include "gerbang/evaluate/outcome.h"

namespace gerbang::report {

struct ComparedObservation {
  const Observation* observation = nullptr;
  double modelled_kt = 0.0;

  // How many times more (or, below 1, less) the model gives than was counted.
  [[nodiscard]] double ratio() const { return modelled_kt / observation->kt_per_year; }
};
// base_year: the first scenario's outcome in the base year. In the order of the study.
[[nodiscard]] std::vector<ComparedObservation> compare_observations(const World& world,
                                                                    const evaluate::Outcome& base_year);

}  // namespace gerbang::report
