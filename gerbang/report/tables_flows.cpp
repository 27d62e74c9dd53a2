// What moves between regions, by which mode, and what it costs.
#include <cmath>

#include "gerbang/base/units.h"
#include "gerbang/report/columns.h"
#include "gerbang/report/tables.h"
#include "gerbang/report/use.h"

namespace gerbang::report {
namespace {

using io::Value;

std::vector<io::Column> pair_columns() {
  return {text_column("origin_region_id", {"wilayah asal", "region it comes from"}),
          text_column("destination_region_id", {"wilayah tujuan", "region it goes to"}),
          text_column("freight_class_id",
                      {"kelas muatan; kosong: tidak diangkut", "freight class; blank: not carried"}),
          real_column("kt", "kt/year", {"muatan yang dikirim", "tonnes shipped"}),
          real_column("cost_idr_per_tonne", "IDR/t",
                      {"biaya tergeneralisasi dari pintu ke pintu; kosong bila tidak terhubung",
                       "generalised cost from door to door; blank when not connected"}),
          real_column("money_idr_per_tonne", "IDR/t", {"bagian yang berupa uang", "the part that is money"}),
          real_column(
              "hours", "h",
              {"waktu dari pintu ke pintu, termasuk menunggu", "time from door to door, waiting included"})};
}

// Value of a sector group's flow from i to n, IDR bn a year: of the sectors in the freight class, or of those
// in none.
double value_idr_bn(const evaluate::Outcome& outcome, std::optional<FreightClassId> freight_class,
                    const RegionPair& pair) {
  double value = 0.0;
  for (const SectorId sector : outcome.world->sectors.ids())
    if (outcome.world->sectors[sector].freight_class == freight_class)
      value += outcome.flow[sector.value()](pair.destination.value(), pair.origin.value());
  return value;
}

std::vector<Value> pair_values(const evaluate::Outcome& outcome, FreightClassId freight_class,
                               const RegionPair& pair) {
  const World& world = *outcome.world;
  const std::size_t m = freight_class.value(), n = pair.destination.value(), i = pair.origin.value();
  const bool is_connected = std::isfinite(outcome.cost[m](n, i));
  const auto when_connected = [&](double value) { return is_connected ? Value{value} : Value{}; };
  return {world.regions[pair.origin].id,
          world.regions[pair.destination].id,
          world.freight_classes[freight_class].id,
          outcome.equilibrium.tonnes[m](n, i),
          when_connected(outcome.cost[m](n, i) * kIdrPerMnIdr),
          when_connected(outcome.money[m](n, i) * kIdrPerMnIdr),
          when_connected(outcome.hours[m](n, i))};
}

void append(std::vector<Value>& values, const std::vector<Value>& more) {
  for (const Value& value : more) values.push_back(value);
}

// ── flows ──

io::TableDescription describe_flows(const RunResult&, const ResultSources&) {
  std::vector<io::Column> columns = pair_columns();
  columns.push_back(
      real_column("value_idr_bn", "IDR bn/year", {"nilai pada harga pembeli", "value at the buyer's price"}));
  return {.name = "flows",
          .description = both_languages(
              {"Arus antarwilayah menurut kelas muatan (yang kosong: sektor yang tidak diangkut), penutupan "
               "defisit fixed; muatan di bawah 1 kt dan jasa di bawah 100 miliar rupiah setahun ditinggalkan",
               "Flows between regions by freight class (blank: sectors that do not travel as freight), "
               "closure fixed; freight below 1 kt and services below IDR 100 bn a year are left out"}),
          .columns = with_outcome_columns(std::move(columns))};
}

void add_flows(io::DescribedTable& table, const Sheet& sheet) {
  const evaluate::Outcome& outcome = sheet.outcome();
  const World& world = *outcome.world;
  for (const RegionId origin : world.regions.ids())
    for (const RegionId destination : world.regions.ids()) {
      if (world.regions[origin].is_foreign && world.regions[destination].is_foreign) continue;
      const RegionPair pair{origin, destination};
      for (const FreightClassId m : world.freight_classes.ids()) {
        const double value = value_idr_bn(outcome, m, pair);
        const double kt = outcome.equilibrium.tonnes[m.value()](destination.value(), origin.value());
        if (kt < kLeastFlowKt) continue;
        std::vector<Value> values = outcome_values(sheet, {});
        append(values, pair_values(outcome, m, pair));
        values.emplace_back(value);
        table.add_row(values);
      }
      const double value = value_idr_bn(outcome, std::nullopt, pair);
      if (value >= kLeastServicesIdrBn)
        table.add_row(outcome_values(sheet, {world.regions[origin].id, world.regions[destination].id, Value{},
                                             Value{}, Value{}, Value{}, Value{}, value}));
    }
}

// ── modes ──

io::TableDescription describe_tonnes_by_mode(const RunResult&, const ResultSources&) {
  return {
      .name = "tonnes_by_mode",
      .description = both_languages({"Muatan menurut moda", "Tonnes by mode"}),
      .columns = with_outcome_columns(
          {text_column("mode",
                       {"within_region (di dalam wilayah), road (jalan dari pintu ke pintu), atau moda "
                        "layanan: satu ton dihitung sekali tiap layanan",
                        "within_region, road (from door to door), or the mode of a service: a tonne counts "
                        "once for each service"}),
           real_column("kt", "kt/year", {"muatan", "tonnes"})})};
}

void add_tonnes_by_mode(io::DescribedTable& table, const Sheet& sheet) {
  for (const ModeTonnes& row : tonnes_by_mode(sheet.outcome()))
    table.add_row(outcome_values(sheet, {row.mode, row.kt}));
}

// ── the pairs that are asked for ──

io::TableDescription describe_pairs(const RunResult&, const ResultSources&) {
  return {.name = "pairs",
          .description = both_languages(
              {"Biaya dan waktu per ton di antara pasangan wilayah yang ditanyakan",
               "What a tonne costs and how long it takes between the pairs of regions asked for"}),
          .columns = with_outcome_columns(pair_columns())};
}

void add_pairs(io::DescribedTable& table, const Sheet& sheet) {
  for (const RegionPair& pair : sheet.run.options.pairs)
    for (const FreightClassId m : sheet.run.world->freight_classes.ids()) {
      std::vector<Value> values = outcome_values(sheet, {});
      append(values, pair_values(sheet.outcome(), m, pair));
      table.add_row(values);
    }
}

// ── what is not connected ──

io::TableDescription describe_unconnected(const RunResult&, const ResultSources&) {
  return {
      .name = "unconnected",
      .description = both_languages(
          {"Pasangan wilayah yang tidak terhubung, atau yang baru terhubung sehingga belum berdagang",
           "Pairs of regions without a chain, or with a new one and so without trade to begin with"}),
      .columns = with_outcome_columns(
          {text_column("what",
                       {"no_chain: tidak ada rantai angkutan; cut: rantai tahun dasar hilang; new: terhubung "
                        "sekarang, tidak di tahun dasar",
                        "no_chain: no transport chain; cut: the base year's chain is gone; new: connected "
                        "now and not in the base year"}),
           text_column("freight_class_id", {"kelas muatan", "freight class"}),
           text_column("sector_id", {"sektor; kosong untuk no_chain", "sector; blank for no_chain"}),
           text_column("origin_region_id", {"wilayah asal", "region it would come from"}),
           text_column("destination_region_id", {"wilayah tujuan", "region it would go to"})})};
}

void add_sector_pairs(io::DescribedTable& table, const Sheet& sheet, const char* what,
                      const std::vector<trade::SectorPair>& pairs) {
  const World& world = *sheet.outcome().world;
  for (const trade::SectorPair& pair : pairs) {
    const Sector& sector = world.sectors[SectorId(pair.sector)];
    table.add_row(outcome_values(
        sheet,
        {what, sector.freight_class ? Value{world.freight_classes[*sector.freight_class].id} : Value{},
         sector.id, world.regions[RegionId(pair.origin)].id, world.regions[RegionId(pair.destination)].id}));
  }
}

void add_unconnected(io::DescribedTable& table, const Sheet& sheet) {
  const evaluate::Outcome& outcome = sheet.outcome();
  const World& world = *outcome.world;
  for (const FreightClassId m : world.freight_classes.ids())
    for (const RegionId origin : world.regions.ids())
      for (const RegionId destination : world.regions.ids())
        if (!std::isfinite(outcome.cost[m.value()](destination.value(), origin.value())))
          table.add_row(outcome_values(sheet, {"no_chain", world.freight_classes[m].id, Value{},
                                               world.regions[origin].id, world.regions[destination].id}));
  add_sector_pairs(table, sheet, "cut", outcome.equilibrium.cut);
  add_sector_pairs(table, sheet, "new", outcome.equilibrium.newly_connected);
}

}  // namespace

const OutcomeTable kFlows = {describe_flows, add_flows};
const OutcomeTable kTonnesByMode = {describe_tonnes_by_mode, add_tonnes_by_mode, KeptClosures::kAll};
const OutcomeTable kPairs = {describe_pairs, add_pairs, KeptClosures::kAll};
const OutcomeTable kUnconnected = {describe_unconnected, add_unconnected};

io::DescribedTable sector_flows(const RunResult& run) {
  io::DescribedTable table(
      {.name = "sector_flows",
       .description = both_languages({"Arus antarwilayah menurut sektor, penutupan defisit fixed",
                                      "Flows between regions by sector, closure fixed"}),
       .columns = with_outcome_columns(
           {text_column("origin_region_id", {"wilayah asal", "region it comes from"}),
            text_column("destination_region_id", {"wilayah tujuan", "region it goes to"}),
            text_column("sector_id", {"sektor", "sector"}),
            real_column("value_idr_bn", "IDR bn/year",
                        {"nilai pada harga pembeli", "value at the buyer's price"})})});
  for (const ComparedOutcome& compared : run.outcomes) {
    const evaluate::Outcome& outcome = *compared.outcome;
    if (outcome.closure != trade::DeficitClosure::kFixed) continue;
    for (const RegionId origin : outcome.world->regions.ids())
      for (const RegionId destination : outcome.world->regions.ids())
        for (const SectorId sector : outcome.world->sectors.ids()) {
          const double value = outcome.flow[sector.value()](destination.value(), origin.value());
          if (value <= 0.0) continue;
          table.add_row({outcome.scenario, std::int64_t{outcome.year},
                         std::string(closure_id(outcome.closure)), outcome.world->regions[origin].id,
                         outcome.world->regions[destination].id, outcome.world->sectors[sector].id, value});
        }
  }
  return table;
}

}  // namespace gerbang::report
