#include "gerbang/report/json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gerbang/base/parallel.h"
#include "gerbang/base/units.h"
#include "gerbang/report/columns.h"
#include "gerbang/report/draws.h"
#include "gerbang/report/summary.h"
#include "gerbang/report/use.h"

namespace gerbang::report {
namespace {

using OrderedJson = nlohmann::ordered_json;

OrderedJson to_json(const io::Value& value) {
  if (const auto* real = std::get_if<double>(&value)) {
    if (!std::isfinite(*real)) return nullptr;
    return *real == 0.0 ? 0.0 : *real;  // no negative zero
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return nullptr;
}

// The rows as objects, without the first columns.
OrderedJson rows_json(const io::DescribedTable& table, std::size_t skipped_columns) {
  const std::vector<io::Column>& columns = table.description().columns;
  OrderedJson rows = OrderedJson::array();
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    OrderedJson object = OrderedJson::object();
    for (std::size_t c = skipped_columns; c < columns.size(); ++c)
      object[columns[c].name] = to_json(table.value(row, c));
    rows.push_back(std::move(object));
  }
  return rows;
}

OrderedJson outcome_rows(const OutcomeTable& table, const Sheet& sheet) {
  return rows_json(rows_of(table, sheet), kOutcomeColumns);
}

// The objects of those rows whose "against" says so, without that key.
OrderedJson rows_against(const OrderedJson& rows, std::string_view against) {
  OrderedJson chosen = OrderedJson::array();
  for (const OrderedJson& row : rows) {
    if (row["against"] != against) continue;
    OrderedJson object = row;
    object.erase("against");
    object.erase("reference");
    chosen.push_back(std::move(object));
  }
  return chosen;
}

// What the rows of comparisons say in total, as plain keys.
void add_totals(OrderedJson& json, const OrderedJson& comparisons, std::string_view against) {
  for (const OrderedJson& row : rows_against(comparisons, against))
    for (const auto& [key, value] : row.items()) json[key] = value;
}

OrderedJson groups_json(const Sheet& sheet, Against against) {
  OrderedJson groups = OrderedJson::array();
  for (const GroupGain& group : group_gains(sheet.run, sheet.index, against))
    groups.push_back({{"group", group.name},
                      {"group_en", english_name(group)},
                      {"regions", group.regions},
                      {"ev_idr_bn", group.ev_idr_bn},
                      {"ev_percent", group.ev_percent},
                      {"gainers", group.gainers},
                      {"losers", group.losers},
                      {"dilution_percent", group.dilution_percent},
                      {"verdict", verdict_id(group.verdict)}});
  return groups;
}

// One comparison: into the outcome itself for the predecessor, into "against_base" for the base.
void add_comparison(OrderedJson& json, const Sheet& sheet, Against against) {
  const std::optional<Comparison>& comparison = sheet.compared().comparison(against);
  json["reference"] = comparison ? OrderedJson(comparison->reference->scenario) : OrderedJson(nullptr);
  json["regions"] = rows_against(outcome_rows(kWhoGains, sheet), against_id(against));
  json["movers"] = rows_against(outcome_rows(kMovers, sheet), against_id(against));
  if (!comparison) return;
  json["groups"] = groups_json(sheet, against);
  add_totals(json, outcome_rows(kComparisons, sheet), against_id(against));
  json["first_order_warning"] = has_first_order_warning(comparison->gains);
}

OrderedJson outcome_json(const Sheet& sheet) {
  const evaluate::Outcome& outcome = sheet.outcome();
  OrderedJson json;
  json["scenario"] = outcome.scenario;
  json["year"] = outcome.year;
  json["reference"] = nullptr;
  json["closure"] = closure_id(outcome.closure);
  json["is_converged"] = outcome.is_converged;
  json["residuals"] = {{"road_gap", outcome.residuals.road_gap},
                       {"use", outcome.residuals.use},
                       {"market", outcome.residuals.market},
                       {"road_demand", outcome.residuals.road_demand}};
  json["rounds"] = outcome.rounds;
  json["hash"] = outcome.hash;
  add_comparison(json, sheet, Against::kPredecessor);
  add_comparison(json["against_base"], sheet, Against::kBase);
  json["terminals"] = outcome_rows(kTerminals, sheet);
  json["services"] = outcome_rows(kServices, sheet);
  json["links"] = outcome_rows(kLinks, sheet);
  for (const ModeTonnes& mode : tonnes_by_mode(outcome))
    json["tonnes_by_mode"][mode.mode] = mode.kt * kTonnesPerKt;
  json["unserved_tonnes"] = outcome.unserved_kt * kTonnesPerKt;
  json["unconnected"] = outcome_rows(kUnconnected, sheet);
  json["pairs"] = outcome_rows(kPairs, sheet);
  return json;
}

OrderedJson verdict_changes_json(const RunResult& run) {
  OrderedJson changes = OrderedJson::array();
  for (const VerdictChange& change : run.verdict_changes) {
    const ComparedOutcome& compared = run.outcomes[change.fixed];
    changes.push_back({{"scenario", compared.outcome->scenario},
                       {"year", compared.outcome->year},
                       {"against", against_id(change.against)},
                       {"reference", compared.comparison(change.against)->reference->scenario},
                       {"region_id", run.world->regions[change.under_fixed.region].id},
                       {"fixed", verdict_id(change.under_fixed.verdict)},
                       {"national_budget", verdict_id(change.under_national_budget.verdict)},
                       {"ev_percent_fixed", change.under_fixed.ev_percent},
                       {"ev_percent_national_budget", change.under_national_budget.ev_percent}});
  }
  return changes;
}

OrderedJson range_json(const Range& range) {
  return {to_json(range.low), to_json(range.high)};
}

OrderedJson draws_json(const RunResult& run, const DrawResult& draws) {
  OrderedJson json = {{"count", draws.count},
                      {"seed", draws.seed},
                      {"without_equilibrium", draws.failed},
                      {"estimated_values", draws.estimated_cells},
                      {"comparisons", OrderedJson::array()},
                      {"assumptions", OrderedJson::array()}};
  for (const DrawnComparison& drawn : draws.comparisons) {
    const evaluate::Gains& central = run.outcomes[drawn.outcome].comparison(drawn.against)->gains;
    json["comparisons"].push_back({{"scenario", central.scenario},
                                   {"year", central.year},
                                   {"reference", central.reference},
                                   {"ev_idr_bn", central.ev_idr_bn},
                                   {"ev_low_high", range_json(drawn.ev_idr_bn)},
                                   {"probability_of_gain", drawn.probability_of_gain},
                                   {"nobody_loses", drawn.nobody_loses}});
  }
  for (const MovingAssumption& moving : draws.assumptions)
    json["assumptions"].push_back({{"table", moving.assumption.table},
                                   {"row", moving.assumption.row},
                                   {"column", moving.assumption.column},
                                   {"values", moving.assumption.cells.size()},
                                   {"correlation", moving.correlation},
                                   {"ev_idr_bn_at_low_high", range_json(moving.ev_idr_bn)}});
  return json;
}

}  // namespace

nlohmann::ordered_json to_json(const RunResult& run, const ResultSources& sources) {
  OrderedJson json;
  json["study"] = run.world->name;
  json["version"] = sources.version;
  json["is_converged"] = run.is_converged();
  std::vector<OrderedJson> outcomes(run.outcomes.size());
  parallel_for(outcomes.size(), [&](std::size_t index) {
    const evaluate::Network network = evaluate::build_network(*run.outcomes[index].outcome->world);
    outcomes[index] = outcome_json({.run = run, .index = index, .network = network, .sources = sources});
  });
  json["outcomes"] = std::move(outcomes);
  json["verdict_changes"] = verdict_changes_json(run);
  if (sources.draws != nullptr) json["draws"] = draws_json(run, *sources.draws);
  json["calibration"] = rows_json(calibration_table(run), 0);
  json["manifest"] = rows_json(manifest_table(run, sources), 0);
  return json;
}

}  // namespace gerbang::report
