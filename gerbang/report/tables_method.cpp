// How the results came about: convergence of every outcome, what calibrating the base year assumed and
// adjusted, and the manifest.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "gerbang/report/columns.h"
#include "gerbang/report/draws.h"
#include "gerbang/report/tables.h"
#include "gerbang/world/fields.h"

namespace gerbang::report {
namespace {

using io::Value;

io::TableDescription describe_convergence(const RunResult&, const ResultSources&) {
  return {
      .name = "convergence",
      .description = both_languages({"Seberapa tepat setiap hasil", "How exactly every outcome holds"}),
      .columns = with_outcome_columns(
          {integer_column("is_converged", "0/1", {"1 bila mencapai toleransi", "1 when within tolerance"}),
           integer_column("rounds", "", {"putaran kesetimbangan bersama", "rounds of the joint equilibrium"}),
           real_column("road_gap", "1", {"celah relatif arus jalan", "relative gap of road flows"}),
           real_column(
               "use", "1",
               {"selisih terbesar muatan masuk dan keluar, terminal dan layanan per kapasitas",
                "largest difference of load in and load out of terminals and services over capacity"}),
           real_column("road_demand", "1",
                       {"selisih terbesar permintaan jalan masuk dan keluar per 1500 smp/jam",
                        "largest difference of road demand in and out over 1500 pcu/h"}),
           real_column("market", "1",
                       {"kelebihan permintaan tenaga kerja terbesar per nilai tambah",
                        "largest excess labour demand over value added"}),
           real_column("unserved_kt", "kt/year",
                       {"muatan tanpa rantai angkutan yang terjangkau",
                        "tonnes without a chain at a bearable price"}),
           text_column("hash", {"nama permintaan", "name of the request"}),
           text_column("parent_hash", {"permintaan yang menjadi titik awal; kosong: tahun dasar",
                                       "request it was started from; blank: the base year"})})};
}

void add_convergence(io::DescribedTable& table, const Sheet& sheet) {
  const evaluate::Outcome& outcome = sheet.outcome();
  const evaluate::Residuals& residuals = outcome.residuals;
  table.add_row(
      outcome_values(sheet, {std::int64_t{outcome.is_converged}, static_cast<std::int64_t>(outcome.rounds),
                             residuals.road_gap, residuals.use, residuals.road_demand, residuals.market,
                             outcome.unserved_kt, outcome.hash, outcome.parent_hash}));
}

template <class Ids, class Rows>
void add_ids(io::DescribedTable& table, const char* topic, const Ids& ids, const Rows& rows) {
  for (const auto id : ids) table.add_row({topic, rows[id].id, Value{}, Value{}});
}

// The shortest digits that read back as the same number.
std::string digits(double value) {
  return fmt::format("{}", value);
}

}  // namespace

const OutcomeTable kConvergence = {describe_convergence, add_convergence, KeptClosures::kAll};

io::DescribedTable calibration_table(const RunResult& run) {
  const evaluate::BaseYear& base = *run.base_year;
  const World& world = base.world;
  io::DescribedTable table(
      {.name = "calibration",
       .description = both_languages({"Kalibrasi tahun dasar: kecocokan, anggapan, dan penyesuaian",
                                      "Calibration of the base year: fit, assumptions, adjustments"}),
       .columns = {text_column("topic", {"perihal", "what the row is about"}),
                   text_column("id", {"wilayah, sektor, terminal, atau layanan",
                                      "region, sector, terminal or service"}),
                   real_column("value", "see topic", {"angka", "figure"}),
                   text_column("note", {"catatan", "note"})}});
  const trade::CalibrationReport& report = base.report;
  const auto add_figure = [&](const char* topic, double value) {
    table.add_row({topic, Value{}, value, Value{}});
  };
  add_figure("output_error", report.output_error);
  add_figure("spending_error", report.spending_error);
  add_figure("income_error", report.income_error);
  add_figure("largest_coefficient_change", report.largest_coefficient_change);
  add_figure("freight_bill_idr_bn", report.freight_bill);
  add_figure("import_factor", report.import_factor);
  add_figure("use_residual", base.use_residual);
  add_figure("road_gap", base.road_gap);
  for (const SectorId sector : world.sectors.ids()) {
    const std::size_t s = sector.value();
    if (s < report.own_share.size())
      table.add_row({"own_share", world.sectors[sector].id, report.own_share[s], Value{}});
    if (!world.sectors[sector].freight_class) continue;
    if (s < report.freight_share_of_decay.size())
      table.add_row(
          {"freight_share_of_decay", world.sectors[sector].id, report.freight_share_of_decay[s], Value{}});
    if (s < report.flow_elasticity.size())
      table.add_row({"flow_elasticity", world.sectors[sector].id, report.flow_elasticity[s], Value{}});
  }
  for (const std::size_t region : report.margins_exceed_output)
    table.add_row({"margins_exceed_output", world.regions[RegionId(region)].id, Value{}, Value{}});
  add_ids(table, "capacity_from_base_use", base.assumed_terminals, world.terminals);
  add_ids(table, "capacity_from_base_use", base.assumed_services, world.services);
  add_ids(table, "unused_without_capacity", base.unused_terminals, world.terminals);
  add_ids(table, "unused_without_capacity", base.unused_services, world.services);
  for (const Message& note : report.notes)
    table.add_row({"note", Value{}, Value{},
                   both_languages({note.in(Language::kIndonesian), note.in(Language::kEnglish)})});
  return table;
}

io::DescribedTable manifest_table(const RunResult& run, const ResultSources& sources) {
  io::DescribedTable table(
      {.name = "manifest",
       .description = both_languages({"Dari apa hasil ini dibuat dan seberapa tepat",
                                      "What these results were made from, and how exactly"}),
       .columns = {text_column("key", {"nama", "name"}), text_column("value", {"isi", "value"}),
                   text_column("unit", {"satuan", "unit"})}});
  const auto add = [&](const char* key, std::string value, const char* unit = "") {
    table.add_row({key, std::move(value), std::string(unit)});
  };
  const World& world = *run.world;
  std::vector<std::string> scenarios;
  for (const ScenarioId scenario : run.options.scenarios) scenarios.push_back(world.scenarios[scenario].id);
  add("study", world.name);
  add("study_sha256", run.study_hash);
  add("results_hash", run.hash);
  add("gerbang", sources.version);
  add("engine_sha256", sources.engine_hash);
  add("currency", world.currency);
  add("base_year", std::to_string(world.base_year));
  add("scenarios", fmt::format("{}", fmt::join(scenarios, " ")));
  add("years", fmt::format("{}", fmt::join(run.options.years, " ")));
  for (const Field<Parameters>& field : fields_of(&world.parameters))
    if (const std::optional<double> value = field.get(world.parameters))
      add(std::string(field.column).c_str(), digits(*value));
  evaluate::Residuals worst;
  for (const ComparedOutcome& compared : run.outcomes) {
    const evaluate::Residuals& residuals = compared.outcome->residuals;
    worst.road_gap = std::max(worst.road_gap, residuals.road_gap);
    worst.use = std::max(worst.use, residuals.use);
    worst.road_demand = std::max(worst.road_demand, residuals.road_demand);
    worst.market = std::max(worst.market, residuals.market);
  }
  add("tolerance_use", digits(evaluate::kTolerances.use));
  add("tolerance_road_gap", digits(evaluate::kTolerances.road_gap));
  add("tolerance_road_demand", digits(evaluate::kTolerances.road_demand));
  add("tolerance_market", digits(evaluate::kTolerances.market));
  add("worst_use", digits(worst.use));
  add("worst_road_gap", digits(worst.road_gap));
  add("worst_road_demand", digits(worst.road_demand));
  add("worst_market", digits(worst.market));
  add("is_converged", run.is_converged() ? "1" : "0");
  if (sources.draws == nullptr) {
    add("seed", "none");
    return table;
  }
  add("seed", std::to_string(sources.draws->seed));
  add("draws", std::to_string(sources.draws->count));
  add("draws_without_equilibrium", std::to_string(sources.draws->failed));
  return table;
}

}  // namespace gerbang::report
