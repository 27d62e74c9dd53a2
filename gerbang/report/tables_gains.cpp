// Who gains: the layer of regions, every comparison region by region and in total, and those who move.
#include <algorithm>

#include "gerbang/base/units.h"
#include "gerbang/report/columns.h"
#include "gerbang/report/draws.h"
#include "gerbang/report/styles.h"
#include "gerbang/report/summary.h"
#include "gerbang/report/tables.h"
#include "gerbang/world/names.h"

namespace gerbang::report {
namespace {

using io::Value;

// The comparisons of an outcome, in the order in which they are told.
struct Named {
  Against against;
  std::string name;  // of what it is compared with
  const Comparison* comparison;
};
std::vector<Named> comparisons_of(const ComparedOutcome& compared) {
  std::vector<Named> list;
  for (const Against against : kReferences)
    if (const std::optional<Comparison>& comparison = compared.comparison(against))
      list.push_back({against, std::string(against_id(against)), &*comparison});
  return list;
}

io::MultiPolygon polygons(const io::Outline& outline) {
  return {outline.begin(), outline.end()};
}

io::Geometry region_geometry(const Sheet& sheet, RegionId region) {
  if (!sheet.sources.outlines.empty()) {
    const io::Outline& outline = sheet.sources.outlines[region];
    return outline.empty() ? io::Geometry{} : io::Geometry{polygons(outline)};
  }
  const Node& node = sheet.run.world->nodes[sheet.run.world->regions[region].node];
  return io::Point{node.lon, node.lat};
}

// Columns of one comparison in the layer of regions, blank where there is none.
void append_gain(std::vector<Value>& values, const std::optional<Comparison>& comparison, std::size_t row) {
  if (!comparison) {
    append_values(values, {Value{}, Value{}, Value{}, Value{}});
    return;
  }
  const evaluate::RegionGain& gain = comparison->gains.regions[row];
  append_values(values, {comparison->reference->scenario, gain.ev_idr_bn, gain.ev_percent,
                         std::string(verdict_id(gain.verdict))});
}

io::TableDescription describe_regions(const RunResult& run, const ResultSources& sources) {
  return {
      .name = "regions",
      .description = both_languages(
          {"Wilayah domestik dan perubahan kesejahteraannya", "Domestic regions and what they gain"}),
      .columns = with_outcome_columns(
          {text_column("region_id", {"wilayah", "region"}), text_column("name", {"nama", "name"}),
           text_column("name_en", {"nama Inggris", "English name"}),
           text_column("group", {"kelompok wilayah", "group of regions"}),
           text_column("group_en", {"nama Inggris kelompok itu", "English name of that group"}),
           text_column("quality", {"mutu baris data wilayah", "quality of the region's row"}),
           real_column("population", "persons", {"penduduk tahun itu", "people in that year"}),
           real_column("income_idr_bn", "IDR bn/year", {"pendapatan rumah tangga", "income of households"}),
           text_column("reference", {"skenario pendahulu, acuan perbandingan",
                                     "the predecessor, which it is compared with"}),
           real_column("ev_idr_bn", "IDR bn/year",
                       {"variasi ekuivalen mereka yang menetap, terhadap acuan",
                        "equivalent variation of those who stay, against the reference"}),
           real_column("ev_percent", "%",
                       {"variasi ekuivalen terhadap pendapatan mereka, per orang",
                        "equivalent variation over their income, per head"}),
           text_column("verdict",
                       {"gains, loses, atau no material change", "gains, loses or no material change"}),
           text_column("base_reference",
                       {"skenario pertama pada tahun yang sama", "the first scenario in the same year"}),
           real_column("base_ev_idr_bn", "IDR bn/year",
                       {"variasi ekuivalen terhadap skenario pertama",
                        "equivalent variation against the first scenario"}),
           real_column("base_ev_percent", "%",
                       {"variasi ekuivalen terhadap skenario pertama, per pendapatan",
                        "equivalent variation against the first scenario, over income"}),
           text_column("base_verdict",
                       {"putusan terhadap skenario pertama", "verdict against the first scenario"}),
           integer_column("changes_with_closure", "0/1",
                          {"1 bila putusan terhadap pendahulu bergantung pada penutupan defisit",
                           "1 when the verdict against the predecessor depends on the closure"})}),
      .geometry = sources.outlines.empty() ? io::GeometryType::kPoint : io::GeometryType::kMultiPolygon,
      .styles = region_styles(run, sources.outlines.empty() ? RegionShape::kPoint : RegionShape::kPolygon)};
}

void add_regions(io::DescribedTable& table, const Sheet& sheet) {
  const evaluate::Outcome& outcome = sheet.outcome();
  std::size_t row = 0;  // domestic regions, as gains count them
  for (const RegionId id : sheet.run.world->regions.ids()) {
    const Region& region = sheet.run.world->regions[id];
    if (region.is_foreign) continue;
    std::vector<Value> values = outcome_values(
        sheet, {region.id, region.name, english_name(region), region.group,
                std::string(both_names(region.group, region.group_en).en),
                std::string(name_of(region.provenance.quality)), outcome.trends.population[id.value()],
                outcome.equilibrium.income[id.value()]});
    append_gain(values, sheet.compared().predecessor, row);
    append_gain(values, sheet.compared().base, row);
    append_values(
        values,
        {std::int64_t{sheet.run.verdict_changes_with_closure(sheet.index, Against::kPredecessor, id)}});
    table.add_row(values, region_geometry(sheet, id));
    ++row;
  }
}

io::TableDescription describe_who_gains(const RunResult&, const ResultSources&) {
  return {
      .name = "who_gains",
      .description = both_languages({"Siapa yang untung: setiap perbandingan, wilayah demi wilayah",
                                     "Who gains: every comparison, region by region"}),
      .columns = with_outcome_columns(
          {text_column("against", {"predecessor (pendahulu) atau base (skenario pertama)",
                                   "predecessor or base (the first scenario)"}),
           text_column("reference", {"skenario acuan pada tahun yang sama",
                                     "the scenario of the same year that is compared with"}),
           text_column("region_id", {"wilayah", "region"}),
           real_column("ev_idr_bn", "IDR bn/year",
                       {"variasi ekuivalen mereka yang menetap", "equivalent variation of those who stay"}),
           real_column("ev_percent", "%",
                       {"variasi ekuivalen terhadap pendapatan mereka, per orang",
                        "equivalent variation over their income, per head"}),
           real_column("ev_low", "IDR bn/year",
                       {"persentil 5 dari ev_idr_bn; kosong tanpa undian",
                        "5th percentile of ev_idr_bn; blank without draws"}),
           real_column("ev_high", "IDR bn/year",
                       {"persentil 95 dari ev_idr_bn; kosong tanpa undian",
                        "95th percentile of ev_idr_bn; blank without draws"}),
           text_column("verdict",
                       {"gains, loses, atau no material change", "gains, loses or no material change"}),
           real_column("ev_mn_idr_per_head", "mn IDR/year",
                       {"variasi ekuivalen per orang yang menetap",
                        "equivalent variation per head of those who stay"}),
           real_column("dilution_percent", "%",
                       {"bagian dari persentase yang semata-mata akibat perubahan jumlah penduduk",
                        "part of the percentage that a change of population alone makes"}),
           real_column("probability_of_gain", "1",
                       {"bagian undian dengan putusan gains; kosong tanpa undian",
                        "share of draws whose verdict is gains; blank without draws"}),
           real_column("verdict_stands", "1",
                       {"bagian undian dengan putusan yang sama; kosong tanpa undian",
                        "share of draws with the same verdict; blank without draws"})})};
}

// What the draws say of a region, blank where nothing was drawn.
struct DrawnValues {
  Value low, high, probability_of_gain, verdict_stands;
};
DrawnValues drawn_values(const Sheet& sheet, Against against, std::size_t region) {
  if (sheet.sources.draws == nullptr) return {};
  const DrawnComparison* drawn = sheet.sources.draws->comparison(sheet.index, against);
  if (drawn == nullptr) return {};
  const RegionRange& range = drawn->regions[region];
  return {range.ev_idr_bn.low, range.ev_idr_bn.high, range.probability_of_gain, range.verdict_stands};
}

void add_who_gains(io::DescribedTable& table, const Sheet& sheet) {
  for (const Named& named : comparisons_of(sheet.compared())) {
    const std::vector<evaluate::RegionGain>& regions = named.comparison->gains.regions;
    for (std::size_t r = 0; r < regions.size(); ++r) {
      const evaluate::RegionGain& gain = regions[r];
      const DrawnValues drawn = drawn_values(sheet, named.against, r);
      table.add_row(outcome_values(
          sheet,
          {named.name, named.comparison->reference->scenario, sheet.run.world->regions[gain.region].id,
           gain.ev_idr_bn, gain.ev_percent, drawn.low, drawn.high, std::string(verdict_id(gain.verdict)),
           gain.ev_mn_idr_per_head, gain.dilution_percent, drawn.probability_of_gain, drawn.verdict_stands}));
    }
  }
}

io::TableDescription describe_movers(const RunResult&, const ResultSources&) {
  return {.name = "movers",
          .description = both_languages({"Mereka yang pindah: tempat tujuan dibandingkan dengan tempat asal",
                                         "Those who move: their destination against their origin"}),
          .columns = with_outcome_columns(
              {text_column("against", {"predecessor (pendahulu) atau base (skenario pertama)",
                                       "predecessor or base (the first scenario)"}),
               text_column("reference", {"skenario acuan", "the scenario that is compared with"}),
               text_column("origin_region_id", {"wilayah asal", "region they leave"}),
               text_column("destination_region_id", {"wilayah tujuan", "region they move to"}),
               real_column("people", "persons", {"jumlah orang", "people"}),
               real_column("ev_idr_bn", "IDR bn/year",
                           {"variasi ekuivalen semua yang pindah", "equivalent variation of all of them"}),
               real_column("ev_percent", "%",
                           {"pendapatan riil per orang di tujuan dibanding di asal",
                            "real income per head at the destination over that at the origin"})})};
}

void add_movers(io::DescribedTable& table, const Sheet& sheet) {
  for (const Named& against : comparisons_of(sheet.compared()))
    for (const trade::MoverGain& mover : against.comparison->gains.movers) {
      std::vector<Value> values =
          outcome_values(sheet, {against.name, against.comparison->reference->scenario,
                                 sheet.run.world->regions[RegionId(mover.origin)].id,
                                 sheet.run.world->regions[RegionId(mover.destination)].id, mover.people,
                                 mover.ev, kPercent * (mover.welfare_hat - 1.0)});
      table.add_row(values);
    }
}

io::TableDescription describe_comparisons(const RunResult&, const ResultSources&) {
  return {.name = "comparisons",
          .description =
              both_languages({"Setiap perbandingan secara keseluruhan", "Every comparison as a whole"}),
          .columns = with_outcome_columns(
              {text_column("against", {"predecessor (pendahulu) atau base (skenario pertama)",
                                       "predecessor or base (the first scenario)"}),
               text_column("reference", {"skenario acuan", "the scenario that is compared with"}),
               real_column("ev_idr_bn", "IDR bn/year",
                           {"variasi ekuivalen nasional, yang menetap dan yang pindah",
                            "equivalent variation of the nation, stayers and movers"}),
               real_column("movers_ev_idr_bn", "IDR bn/year",
                           {"bagian mereka yang pindah", "the part of those who move"}),
               real_column("foreign_ev_idr_bn", "IDR bn/year", {"negara lain", "the rest of the world"}),
               real_column("first_order_idr_bn", "IDR bn/year",
                           {"nilai orde pertama: yang dihemat oleh ton acuan",
                            "first-order value: what the reference's tonnes save"}),
               integer_column("is_transport_only", "0/1",
                              {"1 bila hanya angkutan yang berbeda sehingga kedua nilai dapat dibandingkan",
                               "1 when only transport differs, so that both values compare"}),
               real_column("added_public_demand_idr_bn", "IDR bn/year",
                           {"belanja dan investasi publik yang ditambahkan tren, dibayar rumah tangga",
                            "public spending and investment that trends add, paid by households"}),
               real_column("share_of_regions_that_gain", "1",
                           {"bagian wilayah yang untung", "share of regions that gain"}),
               real_column("share_of_people_that_gain", "1",
                           {"bagian penduduk yang wilayahnya untung", "share of people whose region gains"}),
               real_column("smallest_gain_percent", "%",
                           {"perubahan terkecil di antara semua wilayah", "smallest change of any region"}),
               real_column("theil_before", "1",
                           {"indeks Theil pendapatan riil per orang antarwilayah, acuan",
                            "Theil index of real income per head between regions, reference"}),
               real_column("theil_after", "1", {"indeks Theil, skenario ini", "Theil index, this scenario"}),
               real_column("gini_before", "1",
                           {"koefisien Gini pendapatan riil per orang antarwilayah, acuan",
                            "Gini coefficient of real income per head between regions, reference"}),
               real_column("gini_after", "1",
                           {"koefisien Gini, skenario ini", "Gini coefficient, this scenario"})})};
}

void add_comparisons(io::DescribedTable& table, const Sheet& sheet) {
  for (const Named& against : comparisons_of(sheet.compared())) {
    const evaluate::Gains& gains = against.comparison->gains;
    std::vector<Value> values = outcome_values(
        sheet,
        {against.name, gains.reference, gains.ev_idr_bn, gains.movers_ev_idr_bn, gains.foreign.ev_idr_bn,
         gains.first_order_idr_bn, std::int64_t{gains.is_transport_only},
         added_public_demand(sheet.outcome(), *against.comparison->reference),
         gains.share_of_regions_that_gain, gains.share_of_people_that_gain, gains.smallest_gain_percent,
         gains.theil_before, gains.theil_after, gains.gini_before, gains.gini_after});
    table.add_row(values);
  }
}

}  // namespace

const OutcomeTable kRegions = {describe_regions, add_regions};
const OutcomeTable kWhoGains = {describe_who_gains, add_who_gains, KeptClosures::kAll};
const OutcomeTable kMovers = {describe_movers, add_movers, KeptClosures::kAll};
const OutcomeTable kComparisons = {describe_comparisons, add_comparisons, KeptClosures::kAll};

}  // namespace gerbang::report
