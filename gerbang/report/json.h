// A run as JSON. The keys are those of the result tables (tables.h), and stable: more may be added, none
// change meaning. Everything that differs from run to run belongs under "timing", which the caller adds.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "gerbang/report/run.h"
#include "gerbang/report/tables.h"

namespace gerbang::report {

[[nodiscard]] nlohmann::ordered_json to_json(const RunResult& run, const ResultSources& sources);

}  // namespace gerbang::report
