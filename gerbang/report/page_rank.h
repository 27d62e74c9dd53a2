// What a little improvement of every link, terminal and service is worth, as the page reads it: one adjoint
// solve of an outcome (gerbang/evaluate/gradient.h). IDR bn a year of all domestic households together.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "gerbang/base/progress.h"
#include "gerbang/evaluate/base_year.h"
#include "gerbang/evaluate/outcome.h"

namespace gerbang::report {

[[nodiscard]] nlohmann::ordered_json rank_document(const evaluate::BaseYear& base_year,
                                                   const evaluate::Outcome& outcome,
                                                   const Observer& observer);

}  // namespace gerbang::report
