// What the page shows, as JSON documents. The study document holds the nouns and, for every outcome, who
// gains; an outcome document holds what moves in one of them and is read only when it is looked at. Tables
// are written by column. Names and units are those of the result tables (docs/results.md); api/openapi.yaml
// describes both documents.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "gerbang/report/run.h"
#include "gerbang/report/tables.h"

namespace gerbang::report {

[[nodiscard]] nlohmann::ordered_json study_document(const RunResult& run, const ResultSources& sources);

// The outcome must stand under the fixed closure, as layers do.
[[nodiscard]] nlohmann::ordered_json outcome_document(const Sheet& sheet);

// One outcome in a few figures, with every comparison: an entry of the study document's "outcomes".
[[nodiscard]] nlohmann::ordered_json outcome_summary(const RunResult& run, std::size_t outcome);

// The name of an outcome's document: "partners-2034".
[[nodiscard]] std::string document_name(const evaluate::Outcome& outcome);

}  // namespace gerbang::report
