#include "gerbang/report/run.h"

#include <algorithm>
#include <utility>

#include "gerbang/base/hash.h"
#include "gerbang/base/parallel.h"

namespace gerbang::report {
namespace {

using evaluate::Evaluator;
using evaluate::Outcome;
using evaluate::Request;

std::vector<Request> requests_of(const RunOptions& options) {
  std::vector<Request> requests;
  for (const int year : options.years)
    for (const ScenarioId scenario : options.scenarios)
      for (const trade::DeficitClosure closure : kClosures)
        requests.push_back({.scenario = scenario, .year = year, .closure = closure});
  return requests;
}

Request with_scenario(Request request, ScenarioId scenario) {
  request.scenario = scenario;
  return request;
}

// What each request is compared with: nullptr where there is nothing.
struct References {
  std::vector<std::shared_ptr<const Outcome>> predecessors;
  std::vector<std::shared_ptr<const Outcome>> bases;
};

References evaluate_references(Evaluator& evaluator, const std::vector<Request>& requests) {
  References references;
  for (const Request& request : requests) {
    const std::optional<ScenarioId> predecessor = evaluator.world().scenarios[request.scenario].predecessor;
    references.predecessors.push_back(predecessor ? evaluator.evaluate(with_scenario(request, *predecessor))
                                                  : nullptr);
    const ScenarioId first(0);
    references.bases.push_back(request.scenario == first ? nullptr
                                                         : evaluator.evaluate(with_scenario(request, first)));
  }
  return references;
}

std::vector<Request> with_references(const World& world, const std::vector<Request>& requests) {
  std::vector<Request> all = requests;
  for (const Request& request : requests) {
    if (const std::optional<ScenarioId> predecessor = world.scenarios[request.scenario].predecessor)
      all.push_back(with_scenario(request, *predecessor));
    all.push_back(with_scenario(request, ScenarioId(0)));
  }
  return all;
}

std::optional<Comparison> compare_with(const trade::Economy& economy,
                                       const std::shared_ptr<const Outcome>& reference,
                                       const Outcome& outcome) {
  if (reference == nullptr) return std::nullopt;
  return Comparison{reference, evaluate::gains(economy, *reference, outcome)};
}

std::vector<VerdictChange> find_verdict_changes(const std::vector<ComparedOutcome>& outcomes) {
  std::vector<VerdictChange> changes;
  constexpr std::size_t kClosureCount = std::size(kClosures);
  for (std::size_t first = 0; first + 1 < outcomes.size(); first += kClosureCount)
    for (const Against against : kReferences) {
      const std::optional<Comparison>& fixed = outcomes[first].comparison(against);
      const std::optional<Comparison>& budget = outcomes[first + 1].comparison(against);
      if (!fixed) continue;
      for (std::size_t r = 0; r < fixed->gains.regions.size(); ++r)
        if (fixed->gains.regions[r].verdict != budget->gains.regions[r].verdict)
          changes.push_back({against, first, first + 1, fixed->gains.regions[r], budget->gains.regions[r]});
    }
  return changes;
}

std::string hash_of(const RunResult& run) {
  Hasher hasher;
  hasher.add("gerbang run");
  for (const ComparedOutcome& compared : run.outcomes) {
    hasher.add(compared.outcome->hash);
    for (const std::optional<Comparison>* comparison : {&compared.predecessor, &compared.base})
      hasher.add(*comparison ? (*comparison)->reference->hash : "");
  }
  for (const RegionPair& pair : run.options.pairs)
    hasher.add(run.world->regions[pair.origin].id).add(run.world->regions[pair.destination].id);
  return hasher.hex();
}

// The two pairs of different domestic regions with the most tonnes, each once.
std::vector<RegionPair> most_traded_pairs(const World& world, const Outcome& outcome) {
  constexpr std::size_t kPairs = 2;
  std::vector<std::pair<double, RegionPair>> by_tonnes;
  for (const RegionId origin : world.regions.ids())
    for (const RegionId destination : world.regions.ids()) {
      if (origin == destination || world.regions[origin].is_foreign || world.regions[destination].is_foreign)
        continue;
      double kt = 0.0;
      for (const Matrix& tonnes : outcome.equilibrium.tonnes)
        kt += tonnes(destination.value(), origin.value());
      by_tonnes.push_back({kt, {origin, destination}});
    }
  std::stable_sort(by_tonnes.begin(), by_tonnes.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<RegionPair> pairs;
  for (const auto& [kt, pair] : by_tonnes)
    if (pairs.size() < kPairs && kt > 0.0) pairs.push_back(pair);
  return pairs;
}

}  // namespace

bool RunResult::is_converged() const {
  const auto holds = [](const std::optional<Comparison>& comparison) {
    return !comparison || comparison->reference->is_converged;
  };
  return base_year->is_converged &&
         std::all_of(outcomes.begin(), outcomes.end(), [&](const ComparedOutcome& compared) {
           return compared.outcome->is_converged && holds(compared.predecessor) && holds(compared.base);
         });
}

RunResult run(Evaluator& evaluator, RunOptions options) {
  RunResult result{.world = &evaluator.world(),
                   .base_year = &evaluator.base_year(),
                   .options = std::move(options),
                   .study_hash = evaluator.study_hash(),
                   .hash = {},
                   .outcomes = {},
                   .verdict_changes = {}};
  const std::vector<Request> requests = requests_of(result.options);
  const auto outcomes = evaluator.evaluate(with_references(evaluator.world(), requests));
  const References references = evaluate_references(evaluator, requests);
  result.outcomes.resize(requests.size());
  parallel_for(requests.size(), [&](std::size_t i) {
    const trade::Economy& economy = evaluator.base_year().economy;
    result.outcomes[i] = {outcomes[i], compare_with(economy, references.predecessors[i], *outcomes[i]),
                          compare_with(economy, references.bases[i], *outcomes[i])};
  });
  if (result.options.pairs.empty() && !outcomes.empty())
    result.options.pairs = most_traded_pairs(evaluator.world(), *outcomes.front());
  result.verdict_changes = find_verdict_changes(result.outcomes);
  result.hash = hash_of(result);
  return result;
}

bool RunResult::verdict_changes_with_closure(std::size_t outcome, Against against, RegionId region) const {
  return std::any_of(verdict_changes.begin(), verdict_changes.end(), [&](const VerdictChange& change) {
    return change.against == against && change.under_fixed.region == region &&
           (change.fixed == outcome || change.national_budget == outcome);
  });
}

std::string_view against_id(Against against) {
  return against == Against::kPredecessor ? "predecessor" : "base";
}

std::string_view closure_id(trade::DeficitClosure closure) {
  switch (closure) {
    case trade::DeficitClosure::kFixed:
      return "fixed";
    case trade::DeficitClosure::kNationalBudget:
      return "national_budget";
    case trade::DeficitClosure::kIncomeShare:
      return "income_share";
    case trade::DeficitClosure::kZero:
      return "zero";
  }
  return "";
}

std::string_view verdict_id(evaluate::Verdict verdict) {
  switch (verdict) {
    case evaluate::Verdict::kGains:
      return "gains";
    case evaluate::Verdict::kLoses:
      return "loses";
    case evaluate::Verdict::kNoMaterialChange:
      return "no material change";
  }
  return "";
}

}  // namespace gerbang::report
