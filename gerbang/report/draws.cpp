#include "gerbang/report/draws.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "gerbang/report/summary.h"

namespace gerbang::report {
namespace {

using evaluate::Contest;
using evaluate::Request;
using evaluate::Sample;
using evaluate::Verdict;

constexpr double kLow = 0.05;
constexpr double kHigh = 0.95;

// The quantile with linear interpolation between order statistics (Hyndman & Fan 1996, type 7).
double quantile(const std::vector<double>& sorted, double p) {
  const double position = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (position - std::floor(position)) * (sorted[above] - sorted[below]);
}

Range range_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return {quantile(values, kLow), quantile(values, kHigh)};
}

double share_of(const std::vector<double>& values, const auto& holds) {
  return static_cast<double>(std::count_if(values.begin(), values.end(), holds)) /
         static_cast<double>(values.size());
}

struct Place {
  std::size_t outcome;
  Against against;
};

Request request_of(const World& world, const evaluate::Outcome& outcome) {
  for (const ScenarioId id : world.scenarios.ids())
    if (world.scenarios[id].id == outcome.scenario) return {.scenario = id, .year = outcome.year};
  return {};
}

DrawnComparison drawn(const RunResult& run, const Place& place,
                      const std::vector<const Sample::Answer*>& answers) {
  const evaluate::Gains& central = run.outcomes[place.outcome].comparison(place.against)->gains;
  const double band = run.world->parameters.material_change_percent;
  const ComparedOutcome& compared = run.outcomes[place.outcome];
  DrawnComparison result{.outcome = place.outcome, .against = place.against};
  result.is_both =
      compared.predecessor && compared.base && compared.predecessor->reference == compared.base->reference;
  std::vector<double> nation;
  for (const Sample::Answer* answer : answers) nation.push_back(answer->ev_idr_bn);
  result.ev_idr_bn = range_of(nation);
  result.probability_of_gain = share_of(nation, [](double ev) { return ev > 0.0; });
  std::vector<double> worst(answers.size(), std::numeric_limits<double>::infinity());
  for (std::size_t r = 0; r < central.regions.size(); ++r) {
    std::vector<double> ev, percent;
    for (std::size_t d = 0; d < answers.size(); ++d) {
      ev.push_back(answers[d]->by_region[r]);
      percent.push_back(answers[d]->percent[r]);
      worst[d] = std::min(worst[d], percent[d]);
    }
    RegionRange& region = result.regions.emplace_back();
    region.ev_idr_bn = range_of(ev);
    region.probability_of_gain = share_of(percent, [&](double x) { return x >= band; });
    region.probability_of_loss = share_of(percent, [&](double x) { return x <= -band; });
    const Verdict verdict = central.regions[r].verdict;
    region.verdict_stands = verdict == Verdict::kGains ? region.probability_of_gain
                            : verdict == Verdict::kLoses
                                ? region.probability_of_loss
                                : 1.0 - region.probability_of_gain - region.probability_of_loss;
  }
  result.nobody_loses = share_of(worst, [&](double x) { return x > -band; });
  return result;
}

}  // namespace

const DrawnComparison* DrawResult::comparison(std::size_t outcome, Against against) const {
  for (const DrawnComparison& drawn : comparisons)
    if (drawn.outcome == outcome && drawn.against == against) return &drawn;
  // Where the predecessor is the first scenario, both comparisons are one, drawn once.
  if (against == Against::kBase)
    for (const DrawnComparison& drawn : comparisons)
      if (drawn.outcome == outcome && drawn.is_both) return &drawn;
  return nullptr;
}

DrawResult draw(const evaluate::Evaluator& evaluator, const RunResult& run,
                const evaluate::DrawOptions& options) {
  DrawResult result{.count = options.count,
                    .seed = options.seed,
                    .estimated_cells = evaluator.study().uncertainties.size()};
  std::vector<Place> places;
  std::vector<Contest> contests;
  std::optional<std::size_t> closest;  // into contests
  for (std::size_t o = 0; o < run.outcomes.size(); ++o) {
    const ComparedOutcome& compared = run.outcomes[o];
    if (compared.outcome->closure != trade::DeficitClosure::kFixed) continue;
    for (const Against against : kReferences)
      if (const std::optional<Comparison>& comparison = compared.comparison(against)) {
        const bool is_told_already = against == Against::kBase && compared.predecessor &&
                                     compared.predecessor->reference == comparison->reference;
        if (is_told_already) continue;
        if (closest_look(run) == o && against == Against::kPredecessor) closest = contests.size();
        places.push_back({o, against});
        contests.push_back(
            {request_of(*run.world, *comparison->reference), request_of(*run.world, *compared.outcome)});
      }
  }
  const std::vector<Sample> samples = evaluate::draw_samples(evaluator, contests, options);
  std::vector<const Sample*> usable;
  std::vector<double> closest_ev;
  for (const Sample& sample : samples) {
    const bool is_usable = sample.failure.empty();
    closest_ev.push_back(is_usable && closest ? sample.answers[*closest].ev_idr_bn
                                              : std::numeric_limits<double>::quiet_NaN());
    if (is_usable) usable.push_back(&sample);
    if (!is_usable && result.failed++ == 0) result.first_failure = sample.failure;
  }
  if (usable.empty()) return result;
  for (std::size_t c = 0; c < contests.size(); ++c) {
    std::vector<const Sample::Answer*> answers;
    for (const Sample* sample : usable) answers.push_back(&sample->answers[c]);
    result.comparisons.push_back(drawn(run, places[c], answers));
  }
  if (!closest) return result;
  const evaluate::Sampler sampler(evaluator.study(), options.seed);
  for (const evaluate::Swing& swing :
       evaluate::widest_swings(evaluator, contests[*closest], closest_ev, options))
    result.assumptions.push_back(
        {sampler.assumptions()[swing.assumption], swing.correlation, {swing.ev_at_low, swing.ev_at_high}});
  return result;
}

}  // namespace gerbang::report
