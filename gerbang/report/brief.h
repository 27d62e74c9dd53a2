// The brief: what two governments want to know before they meet, on two printed pages, the same for both
// sides. Six sections: what both gain, what each brings, what crosses between them, what would change, what
// was agreed, how sure all of this is. Of one side alone: the same against all its partners.
//
// Figures are those of the run; swapping the sides swaps columns and nothing else.
#pragma once

#include <optional>
#include <vector>

#include "gerbang/evaluate/evaluate.h"
#include "gerbang/register/register.h"
#include "gerbang/report/brief_bands.h"
#include "gerbang/report/document.h"
#include "gerbang/report/project_assessment.h"
#include "gerbang/report/run.h"
#include "gerbang/report/tables.h"

namespace gerbang::report {

struct BriefQuestion {
  std::vector<RegionId> sides;  // one: against all its partners; or two different ones
  ScenarioId scenario;
  int year = 0;
  registry::Date today = registry::today();
  // Of the benefit–cost ratio, in place of the study's parameters.
  std::optional<double> discount_percent = {};
  std::optional<double> life_years = {};
};

struct BriefSources {
  const RunResult& run;            // holds the scenario and year asked for, and its references
  evaluate::Evaluator& evaluator;  // for what projects are worth one by one
  const registry::Register& thread;
  const ResultSources& results;
  evaluate::Cache* derived = nullptr;  // keeps what is worked out beyond the run; none: worked out anew
  std::optional<DrawnBands> bands{};   // none: no draws were made
};

// What a brief needs to be solved, both ways between the sides.
[[nodiscard]] RunOptions run_options(const BriefQuestion& question);

// Works out what briefs of this scenario and year ask beyond the run, whoever their sides are, and keeps it,
// so that each is then printed at once. The number of projects that this was.
std::size_t prepare_briefs(evaluate::Evaluator& evaluator, const AssessmentQuestion& question,
                           evaluate::Cache& kept, const std::string& fingerprint);

[[nodiscard]] Document brief(const BriefSources& sources, const BriefQuestion& question, Language language);

}  // namespace gerbang::report
