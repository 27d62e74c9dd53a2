// How sure the verdicts of a run are, from draws of its estimated values (evaluate/draws.h): beside each gain
// its 5–95 % range, how often a region gains, how often the verdict stands, and which assumptions move it
// most.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gerbang/evaluate/draws.h"
#include "gerbang/report/run.h"

namespace gerbang::report {

// Of a figure over the draws.
struct Range {
  double low = 0.0;   // 5th percentile
  double high = 0.0;  // 95th percentile
};

struct RegionRange {
  Range ev_idr_bn;
  double probability_of_gain = 0.0;
  double probability_of_loss = 0.0;
  double verdict_stands = 0.0;  // share of draws with the central verdict
};

// One comparison of the run, under fixed deficits.
struct DrawnComparison {
  std::size_t outcome = 0;  // into RunResult::outcomes
  Against against = Against::kPredecessor;
  bool is_both = false;  // the predecessor is the first scenario: this is the comparison with either
  Range ev_idr_bn;       // of the nation
  double probability_of_gain = 0.0;  // that the nation's EV is above zero
  double nobody_loses = 0.0;         // share of draws in which no region does
  std::vector<RegionRange> regions;  // domestic, in the order of the study
};

// What an assumption alone makes of the comparison that the summary looks at closely.
struct MovingAssumption {
  evaluate::Assumption assumption;
  double correlation = 0.0;
  Range
      ev_idr_bn;  // with it at the 5 % and the 95 % quantile of its range; not a number: no equilibrium there
};

struct DrawResult {
  std::size_t count = 0;
  std::uint64_t seed = 0;
  std::size_t failed = 0;  // draws without an answer, left out
  Message first_failure;   // why the first of them has none
  std::size_t estimated_cells = 0;
  std::vector<DrawnComparison> comparisons;
  std::vector<MovingAssumption> assumptions;  // the widest first

  // The comparison of that outcome; nullptr where it was not drawn.
  [[nodiscard]] const DrawnComparison* comparison(std::size_t outcome, Against against) const;
};

// Draws for a finished run of the same evaluator.
[[nodiscard]] DrawResult draw(const evaluate::Evaluator& evaluator, const RunResult& run,
                              const evaluate::DrawOptions& options);

}  // namespace gerbang::report
