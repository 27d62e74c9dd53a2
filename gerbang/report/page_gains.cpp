// The summary of an outcome: how exact it is, what each mode carries, who gains against what, and what each
// region's gain hangs on.
#include <algorithm>
#include <cmath>

#include "gerbang/base/units.h"
#include "gerbang/report/columns.h"
#include "gerbang/report/page_data.h"
#include "gerbang/report/page_numbers.h"
#include "gerbang/report/summary.h"
#include "gerbang/report/use.h"

namespace gerbang::report {
namespace {

using evaluate::Outcome;
using evaluate::RegionGain;

constexpr std::size_t kSectorsShown = 3;

std::string_view finding_id(Finding finding) {
  switch (finding) {
    case Finding::kNoMaterialChange:
      return "no_material_change";
    case Finding::kAllGain:
      return "all_gain";
    case Finding::kNobodyLoses:
      return "nobody_loses";
    case Finding::kSomeLose:
      return "some_lose";
  }
  return "";
}

// ln Ŵ = ln I/I° − ln L/L° − Σ_k α_k ln P_k/P°_k, in percent points.
struct Hinges {
  double income = 0.0;
  double people = 0.0;
  std::vector<double> prices;  // by sector, what cheaper goods add
};
Hinges hinges(const trade::Economy& economy, const Outcome& reference, const Outcome& outcome,
              RegionId region) {
  const std::size_t n = region.value();
  const trade::Equilibrium& before = reference.equilibrium;
  const trade::Equilibrium& after = outcome.equilibrium;
  Hinges result{.income = kPercent * std::log(after.income[n] / before.income[n]),
                .people = -kPercent * std::log(after.population_hat[n] / before.population_hat[n]),
                .prices = {}};
  for (std::size_t k = 0; k < economy.sectors; ++k)
    result.prices.push_back(-kPercent * economy.household_share(n, k) *
                            std::log(after.price_hat(n, k) / before.price_hat(n, k)));
  return result;
}

// The sectors whose prices matter most, largest first: [[sector, percent points], …].
PageJson largest_prices(const std::vector<double>& prices) {
  std::vector<std::size_t> order(prices.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return std::abs(prices[a]) > std::abs(prices[b]); });
  PageJson list = PageJson::array();
  for (std::size_t i = 0; i < std::min(kSectorsShown, order.size()); ++i)
    list.push_back({order[i], page_number(prices[order[i]])});
  return list;
}

PageJson gains_json(const RunResult& run, std::size_t index, Against against) {
  const Outcome& outcome = *run.outcomes[index].outcome;
  const Comparison& comparison = *run.outcomes[index].comparison(against);
  PageJson columns = {{"region", PageJson::array()},
                      {"ev_idr_bn", PageJson::array()},
                      {"ev_percent", PageJson::array()},
                      {"ev_mn_idr_per_head", PageJson::array()},
                      {"dilution_percent", PageJson::array()},
                      {"verdict", PageJson::array()},
                      {"changes_with_closure", PageJson::array()},
                      {"income_percent", PageJson::array()},
                      {"people_percent", PageJson::array()},
                      {"prices_percent", PageJson::array()},
                      {"largest_prices", PageJson::array()}};
  for (const RegionGain& gain : comparison.gains.regions) {
    const Hinges on = hinges(run.base_year->economy, *comparison.reference, outcome, gain.region);
    double prices = 0.0;
    for (const double of_sector : on.prices) prices += of_sector;
    columns["region"].push_back(gain.region.value());
    columns["ev_idr_bn"].push_back(gain.ev_idr_bn);
    columns["ev_percent"].push_back(gain.ev_percent);
    columns["ev_mn_idr_per_head"].push_back(page_number(gain.ev_mn_idr_per_head));
    columns["dilution_percent"].push_back(page_number(gain.dilution_percent));
    columns["verdict"].push_back(verdict_id(gain.verdict));
    columns["changes_with_closure"].push_back(run.verdict_changes_with_closure(index, against, gain.region));
    columns["income_percent"].push_back(page_number(on.income));
    columns["people_percent"].push_back(page_number(on.people));
    columns["prices_percent"].push_back(page_number(prices));
    columns["largest_prices"].push_back(largest_prices(on.prices));
  }
  return columns;
}

PageJson groups_json(const RunResult& run, std::size_t index, Against against) {
  PageJson groups = PageJson::array();
  for (const GroupGain& group : group_gains(run, index, against))
    groups.push_back({{"group", group.name},
                      {"group_en", english_name(group)},
                      {"regions", group.regions},
                      {"gainers", group.gainers},
                      {"losers", group.losers},
                      {"ev_idr_bn", page_number(group.ev_idr_bn)},
                      {"ev_percent", page_number(group.ev_percent)},
                      {"dilution_percent", page_number(group.dilution_percent)},
                      {"verdict", verdict_id(group.verdict)},
                      {"changes_with_closure", group.changes_with_closure}});
  return groups;
}

PageJson movers_json(const Comparison& comparison) {
  const std::optional<MoversGain> movers = movers_gain(comparison);
  if (!movers) return nullptr;
  return {{"people", page_number(movers->people)},
          {"ev_idr_bn", page_number(movers->ev_idr_bn)},
          {"ev_percent", page_number(movers->ev_percent)}};
}

PageJson comparison_json(const RunResult& run, std::size_t index, Against against) {
  const ComparedOutcome& compared = run.outcomes[index];
  const Comparison& comparison = *compared.comparison(against);
  const evaluate::Gains& gains = comparison.gains;
  const Headline words = headline(gains);
  return {{"against", against_id(against)},
          {"reference", comparison.reference->scenario},
          {"finding", finding_id(words.finding)},
          {"gainers", words.gainers},
          {"losers", words.losers},
          {"gained_idr_bn", page_number(words.gained_idr_bn)},
          {"lost_idr_bn", page_number(words.lost_idr_bn)},
          {"ev_idr_bn", gains.ev_idr_bn},
          {"movers_ev_idr_bn", page_number(gains.movers_ev_idr_bn)},
          {"foreign_ev_idr_bn", page_number(gains.foreign.ev_idr_bn)},
          {"first_order_idr_bn", page_number(gains.first_order_idr_bn)},
          {"is_transport_only", gains.is_transport_only},
          {"first_order_warning", has_first_order_warning(gains)},
          {"added_public_demand_idr_bn",
           page_number(added_public_demand(*compared.outcome, *comparison.reference))},
          {"share_of_regions_that_gain", page_number(gains.share_of_regions_that_gain)},
          {"share_of_people_that_gain", page_number(gains.share_of_people_that_gain)},
          {"smallest_gain_percent", page_number(gains.smallest_gain_percent)},
          {"theil_before", page_number(gains.theil_before)},
          {"theil_after", page_number(gains.theil_after)},
          {"gini_before", page_number(gains.gini_before)},
          {"gini_after", page_number(gains.gini_after)},
          {"movers", movers_json(comparison)},
          {"groups", groups_json(run, index, against)},
          {"regions", gains_json(run, index, against)}};
}

}  // namespace

std::string document_name(const Outcome& outcome) {
  return fmt::format("{}-{}", outcome.scenario, outcome.year);
}

nlohmann::ordered_json outcome_summary(const RunResult& run, std::size_t index) {
  const Outcome& outcome = *run.outcomes[index].outcome;
  PageJson json = {{"scenario", outcome.scenario},
                   {"year", outcome.year},
                   {"closure", closure_id(outcome.closure)},
                   {"hash", outcome.hash},
                   {"is_converged", outcome.is_converged},
                   {"residuals",
                    {{"road_gap", outcome.residuals.road_gap},
                     {"use", outcome.residuals.use},
                     {"road_demand", outcome.residuals.road_demand},
                     {"market", outcome.residuals.market}}},
                   {"rounds", outcome.rounds},
                   {"unserved_kt", page_number(outcome.unserved_kt)},
                   {"tonnes_by_mode", PageJson::object()},
                   {"comparisons", PageJson::array()}};
  for (const ModeTonnes& mode : tonnes_by_mode(outcome))
    json["tonnes_by_mode"][mode.mode] = page_number(mode.kt);
  for (const Against against : kReferences)
    if (run.outcomes[index].comparison(against))
      json["comparisons"].push_back(comparison_json(run, index, against));
  return json;
}

}  // namespace gerbang::report
