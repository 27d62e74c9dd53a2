// Section 6: how sure all of this is: quality of the rows used, what the model is fitted to and what not, the
// hashes by which it can be made again.
#include <algorithm>
#include <array>
#include <cmath>

#include "gerbang/report/brief_context.h"
#include "gerbang/report/observed.h"
#include "gerbang/report/summary.h"

namespace gerbang::report {
namespace {

using Shares = std::array<std::size_t, 3>;  // official, derived, assumed

template <class Rows, class Concerns>
Shares count_rows(const Rows& rows, const Concerns& concerns) {
  Shares counts{};
  for (const auto& row : rows)
    if (concerns(row)) ++counts[static_cast<std::size_t>(row.provenance.quality)];
  return counts;
}

struct CountedRows {
  Text what;
  std::string table;
  Shares counts;
};

std::vector<CountedRows> rows_used(const BriefContext& context) {
  const World& world = context.world();
  const auto of_side = [&](const auto& row) { return context.is_side(row.region); };
  const auto joint = [&](const Project& project) {
    return std::any_of(context.projects().begin(), context.projects().end(),
                       [&](const ProjectAssessment& assessment) {
                         return world.projects[assessment.project].id == project.id;
                       });
  };
  std::vector<Region> regions;
  for (const RegionId side : context.sides()) regions.push_back(world.regions[side]);
  return {
      {{"wilayah", "regions"}, "region", count_rows(regions, [](const auto&) { return true; })},
      {{"nilai tambah", "value added"}, "value_added", count_rows(world.value_added, of_side)},
      {{"pelabuhan", "ports"}, "terminal", count_rows(world.terminals, of_side)},
      {{"layanan", "services"},
       "service",
       count_rows(world.services, [&](const Service& service) { return context.calls_at_side(service); })},
      {{"proyek", "projects"}, "project", count_rows(world.projects, joint)}};
}

Block quality_table(const BriefContext& context) {
  constexpr Text kQualities[] = {{"resmi", "official"}, {"turunan", "derived"}, {"asumsi", "assumed"}};
  const std::vector<CountedRows> used = rows_used(context);
  std::vector<std::vector<Line>> cells = {
      {{Span{context.in({"Mutu baris data yang dipakai", "Quality of the rows used"})}}}};
  for (const CountedRows& rows : used) cells.front().push_back({Span{context.in(rows.what)}});
  for (std::size_t quality = 0; quality < std::size(kQualities); ++quality) {
    std::vector<Line>& row = cells.emplace_back();
    row.push_back({Span{context.in(kQualities[quality])}});
    for (const CountedRows& rows : used)
      row.push_back({Span{context.page().whole(rows.counts[quality]), Tone::kPlain,
                          Trace{.value = static_cast<double>(rows.counts[quality]),
                                .table = rows.table,
                                .row = context.in({"yang menyangkut wilayah ini", "those of these regions"}),
                                .column = "quality",
                                .source = {}}}});
  }
  return table(std::move(cells));
}

// Flows between the sides that were observed, not modelled.
std::size_t observed_flows(const BriefContext& context) {
  return static_cast<std::size_t>(
      std::count_if(context.world().observed_flows.begin(), context.world().observed_flows.end(),
                    [&](const ObservedFlow& flow) {
                      return flow.origin != flow.destination && context.is_side(flow.origin) &&
                             (!context.is_pair() || context.is_side(flow.destination));
                    }));
}

std::string flows_words(const BriefContext& context) {
  const std::size_t observed = observed_flows(context);
  if (observed == 0)
    return context.in(
        {"Arus barang ditaksir model dari produksi, pengeluaran dan ongkos angkut; tidak ada arus teramati "
         "di antara wilayah ini "
         "dalam studi, jadi besarnya arus adalah angka yang paling lemah di lembar ini.",
         "Flows of goods are modelled from output, spending and freight cost; the study has no observed flow "
         "between these regions, so "
         "the size of flows is the weakest figure of this page."});
  return context.say({"{} arus di antara wilayah ini teramati; sisanya ditaksir model.",
                      "{} flows between these regions are observed; the rest is modelled."},
                     context.page().whole(observed));
}

Span national(const BriefContext& context, double idr_bn, const char* column) {
  return {context.money(idr_bn), Tone::kPlain,
          context.result(idr_bn, "comparisons", {{"against", "predecessor"}}, column)};
}

Line fit_line(const BriefContext& context) {
  Line line = {Span{flows_words(context)}};
  if (context.comparison() != nullptr) {
    const evaluate::Gains& gains = context.comparison()->gains;
    if (gains.is_transport_only)
      for (Span& span :
           context.fill({" Pemeriksaan silang: penghematan ongkos saja bernilai {}, keuntungan penuh {}{}.",
                         " Cross-check: cost savings alone are worth {}, the full gain is {}{}."},
                        {national(context, gains.first_order_idr_bn, "first_order_idr_bn"),
                         national(context, gains.ev_idr_bn, "ev_idr_bn"),
                         Span{has_first_order_warning(gains)
                                  ? context.in({" (terpaut lebih dari seperempat: baca dengan hati-hati)",
                                                " (more than a quarter apart: read with care)"})
                                  : ""}}))
        line.push_back(std::move(span));
  }
  return line;
}

// Counted tonnes beside what the model gives.
std::vector<Line> misfits(const BriefContext& context) {
  const World& world = context.world();
  std::vector<Line> lines;
  for (const ComparedObservation& compared : context.observations()) {
    const Observation& observation = *compared.observation;
    constexpr double kFits = 1.5;
    const double ratio = compared.ratio();
    const bool is_near = ratio < kFits && ratio > 1.0 / kFits;
    const std::string table = observation.terminal ? "terminals" : "services";
    const std::string row = observation.terminal ? "terminal_id=" + world.terminals[*observation.terminal].id
                                                 : "service_id=" + world.services[*observation.service].id;
    lines.push_back(context.fill(
        {"{}: tercatat {}, model {}, yaitu {} kali.", "{}: counted {}, modelled {}, which is {} times."},
        {Span{context.page().name(observation)},
         Span{context.tonnes(observation.kt_per_year), Tone::kPlain,
              context.study(observation.kt_per_year, "observation", "observation_id=" + observation.id,
                            "kt_per_year", observation.provenance)},
         Span{context.tonnes(compared.modelled_kt), Tone::kPlain,
              Trace{.value = compared.modelled_kt,
                    .table = table,
                    .row = "scenario=" + world.scenarios[ScenarioId(0)].id +
                           " year=" + std::to_string(world.base_year) + " closure=fixed " + row,
                    .column = "kt",
                    .source = {}}},
         Span{context.short_number(ratio), is_near ? Tone::kStrong : Tone::kBad,
              context.worked_out(ratio, {"model dibagi catatan", "modelled over counted"},
                                 {{"observation_id", observation.id}}, "kt")}}));
  }
  return lines;
}

Line made_from_line(const BriefContext& context) {
  const RunResult& run = context.sources().run;
  return {Span{
      context.say({"Dibuat dengan gerbang {} dari studi {} (hash {}); hasil {}; penutupan: {}; {}.",
                   "Made with gerbang {} from the study {} (hash {}); results {}; closure: {}; {}."},
                  context.sources().results.version, context.world().name, run.study_hash.substr(0, 12),
                  run.hash.substr(0, 12), context.in({"defisit wilayah tetap", "regional deficits fixed"}),
                  run.is_converged()
                      ? context.in({"semua perhitungan konvergen", "every solve has converged"})
                      : context.in({"TIDAK semua perhitungan konvergen", "NOT every solve has converged"}))}};
}

}  // namespace

void say_sources(const BriefContext& context, std::vector<Block>& blocks) {
  blocks.push_back(heading(context.in({"6. Seberapa yakin kita", "6. How sure are we"})));
  blocks.push_back(quality_table(context));
  if (std::vector<Line> lines = misfits(context); !lines.empty()) {
    blocks.push_back(paragraph(
        {Span{context.say({"Diuji dengan catatan yang tidak dipakai untuk menyetel model (model: tahun {}):",
                           "Checked against counts that were not used to fit the model (the model's of {}):"},
                          context.world().base_year),
              Tone::kStrong}}));
    blocks.push_back(list(std::move(lines)));
  }
  blocks.push_back(note(fit_line(context)));
  blocks.push_back(
      note(context.plain({"Setiap angka berasal dari satu sel: arahkan kursor pada angka di versi layar "
                          "untuk melihat tabel, baris, kolom dan sumbernya; versi Markdown "
                          "memuatnya sebagai catatan kaki.",
                          "Every figure is from one cell: hover over it on the screen to see its table, row, "
                          "column and source; the Markdown version has them as "
                          "footnotes."})));
  blocks.push_back(note(made_from_line(context)));
}

}  // namespace gerbang::report
