// What a person is told about a run, before it is put into words: verdicts, groups of regions, the fullest
// parts of the network. Pure arithmetic on a RunResult; text.h words it, json.h takes parts of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gerbang/report/run.h"
#include "gerbang/report/use.h"

namespace gerbang::report {

enum class Finding : std::uint8_t { kNoMaterialChange, kAllGain, kNobodyLoses, kSomeLose };

// One comparison in a sentence. Money in IDR bn a year.
struct Headline {
  Finding finding = Finding::kNoMaterialChange;
  std::size_t regions = 0;
  std::size_t gainers = 0;
  std::size_t losers = 0;
  double gained_idr_bn = 0.0;                     // of those who gain
  double lost_idr_bn = 0.0;                       // of those who lose, ≤ 0
  std::vector<evaluate::RegionGain> most_gained;  // at most three, the largest EV first
  std::vector<evaluate::RegionGain> most_lost;    // at most three, the smallest EV first
};
[[nodiscard]] Headline headline(const evaluate::Gains& gains);

// The regions of one group together.
struct GroupGain {
  std::string name;
  std::string name_en;
  std::size_t regions = 0;
  std::size_t gainers = 0;
  std::size_t losers = 0;
  double ev_idr_bn = 0.0;         // a year, of those who stay
  double ev_percent = 0.0;        // of their income
  double dilution_percent = 0.0;  // part of the percentage that a change of population alone makes
  evaluate::Verdict verdict = evaluate::Verdict::kNoMaterialChange;  // of the group as a whole
  bool changes_with_closure = false;                                 // the verdict of one of its regions
};
// Regions that stand alone in their group first, then the others, both in the order of the study.
// The comparison must be there.
[[nodiscard]] std::vector<GroupGain> group_gains(const RunResult& run, std::size_t outcome, Against against);

// People who live elsewhere than in the reference, taken together.
struct MoversGain {
  double people = 0.0;
  double ev_idr_bn = 0.0;
  double ev_percent = 0.0;  // of their income in the reference
};
[[nodiscard]] std::optional<MoversGain> movers_gain(const Comparison& comparison);

// Government and investment, IDR bn a year, that the outcome's trends add beyond the reference's; shifts from
// one region to another cancel out.
[[nodiscard]] double added_public_demand(const evaluate::Outcome& outcome,
                                         const evaluate::Outcome& reference);

// Whether equivalent variation and first-order value are further apart than a quarter, where only transport
// differs.
[[nodiscard]] bool has_first_order_warning(const evaluate::Gains& gains);

// A road, terminal or service leg, and how full it is.
struct Loaded {
  std::string name;
  std::string name_en = {};
  double use = 0.0;
  std::optional<double> use_before;  // none: not there, or no capacity known
  double kt = 0.0;
  bool is_assumed = false;  // the capacity, or the row with the background traffic, is assumed
};
struct MostLoaded {
  std::vector<Loaded> links;  // those that traffic slows down
  std::vector<Loaded> terminals;
  std::vector<Loaded> services;
};
inline constexpr std::size_t kMostLoaded = 10;
[[nodiscard]] MostLoaded most_loaded(const RunResult& run, const evaluate::Outcome& before,
                                     const evaluate::Outcome& after);

// Pairs of different domestic regions without a chain, by freight class.
[[nodiscard]] std::vector<std::size_t> unconnected_pairs(const evaluate::Outcome& outcome);

// The last scenario chosen that is compared with something, in the last year, under the fixed closure: what
// the summary looks at closely. None when only first scenarios were chosen.
[[nodiscard]] std::optional<std::size_t> closest_look(const RunResult& run);
// The outcomes of a year under the fixed closure, in the order of the scenarios.
[[nodiscard]] std::vector<std::size_t> fixed_outcomes(const RunResult& run, int year);
// The same scenario and year under the national budget.
[[nodiscard]] const ComparedOutcome& under_national_budget(const RunResult& run, std::size_t fixed_outcome);

}  // namespace gerbang::report
