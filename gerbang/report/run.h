// What `run` finds: the chosen scenarios in the chosen years, under both ways in which regional deficits may
// be closed, each compared with its predecessor and with the study's first scenario in the same year.
// Nothing here prints or writes; summary.h, json.h and tables.h show it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gerbang/evaluate/evaluate.h"
#include "gerbang/evaluate/gains.h"
#include "gerbang/report/choice.h"

namespace gerbang::report {

// The two references of every comparison.
enum class Against : std::uint8_t { kPredecessor, kBase };

struct Comparison {
  std::shared_ptr<const evaluate::Outcome> reference;
  evaluate::Gains gains;
};

// One scenario in one year under one closure.
struct ComparedOutcome {
  std::shared_ptr<const evaluate::Outcome> outcome;
  std::optional<Comparison> predecessor;  // none: the scenario has none
  std::optional<Comparison> base;         // the study's first scenario; none for that one itself

  [[nodiscard]] const std::optional<Comparison>& comparison(Against against) const {
    return against == Against::kPredecessor ? predecessor : base;
  }
};

// A region whose verdict depends on how deficits are closed.
struct VerdictChange {
  Against against = Against::kPredecessor;
  std::size_t fixed = 0;            // into RunResult::outcomes
  std::size_t national_budget = 0;  // into RunResult::outcomes
  evaluate::RegionGain under_fixed;
  evaluate::RegionGain under_national_budget;
};

struct RunResult {
  const World* world = nullptr;                   // of the evaluator, which must outlive this
  const evaluate::BaseYear* base_year = nullptr;  // of the evaluator
  RunOptions options;
  std::string study_hash;
  std::string hash;                       // names the results: of all outcomes and options
  std::vector<ComparedOutcome> outcomes;  // by year, then scenario, then closure
  std::vector<VerdictChange> verdict_changes;

  [[nodiscard]] bool is_converged() const;
  // Whether the verdict of that outcome (an index) on the region depends on the closure.
  [[nodiscard]] bool verdict_changes_with_closure(std::size_t outcome, Against against,
                                                  RegionId region) const;
};

inline constexpr Against kReferences[] = {Against::kPredecessor, Against::kBase};
inline constexpr trade::DeficitClosure kClosures[] = {trade::DeficitClosure::kFixed,
                                                      trade::DeficitClosure::kNationalBudget};

// Where the options name no pairs of regions, the most traded ones are taken.
[[nodiscard]] RunResult run(evaluate::Evaluator& evaluator, RunOptions options);

// Words that stand in results, the same in every language.
[[nodiscard]] std::string_view closure_id(trade::DeficitClosure closure);  // "fixed", "national_budget"
[[nodiscard]] std::string_view against_id(Against against);                // "predecessor", "base"
[[nodiscard]] std::string_view verdict_id(
    evaluate::Verdict verdict);  // "gains", "loses", "no material change"

}  // namespace gerbang::report
