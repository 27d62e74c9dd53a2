// What tests ask for: a scenario in a year.
#pragma once

#include "gerbang/evaluate/outcome.h"

namespace gerbang::evaluate {

inline Request request(std::size_t scenario, int year) {
  return {.scenario = ScenarioId(scenario), .year = year};
}

}  // namespace gerbang::evaluate
