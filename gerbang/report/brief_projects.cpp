// Section 4: what would change: each undecided project of the sides, what it costs and who owns it, what it
// gains whom, and the assumptions that decide whether it is worth its cost.
#include <algorithm>
#include <cmath>

#include "gerbang/report/brief_context.h"

namespace gerbang::report {
namespace {

// The benefit–cost ratio when an assumption is low and when it is high.
struct Swing {
  const Assumption* assumption = nullptr;
  double at_low = 0.0;
  double at_high = 0.0;
};

std::optional<Swing> swing_of(const BriefContext& context, const ProjectAssessment& project,
                              const Assumption& assumption) {
  const std::optional<double> cost = context.world().projects[project.project].cost_idr_bn;
  if (!cost || !assumption.gain_at_low || !assumption.gain_at_high) return std::nullopt;
  const bool is_cost = assumption.kind == AssumptionKind::kCost;
  const Uncertainty& cell = assumption.cells.front();
  const auto low = context.benefit_cost(project, *assumption.gain_at_low, is_cost ? cell.low : *cost);
  const auto high = context.benefit_cost(project, *assumption.gain_at_high, is_cost ? cell.high : *cost);
  if (!low || !high) return std::nullopt;
  return Swing{&assumption, *low, *high};
}

// Those that move the ratio most.
std::vector<Swing> deciding(const BriefContext& context, const ProjectAssessment& project) {
  constexpr std::size_t kShown = 3;
  std::vector<Swing> swings;
  for (const Assumption& assumption : project.assumptions)
    if (const std::optional<Swing> swing = swing_of(context, project, assumption)) swings.push_back(*swing);
  std::stable_sort(swings.begin(), swings.end(), [](const Swing& a, const Swing& b) {
    return std::abs(a.at_high - a.at_low) > std::abs(b.at_high - b.at_low);
  });
  if (swings.size() > kShown) swings.resize(kShown);
  return swings;
}

// An edit's row is project/table/row/column.
Text effect_words(const Uncertainty& cell) {
  const std::string_view name =
      cell.table == "edit" ? std::string_view(cell.row).substr(cell.row.rfind('/') + 1) : cell.column;
  if (name == "departures_per_week") return {"pelayaran per minggu", "sailings a week"};
  if (name == "tariff_factor") return {"faktor tarif", "tariff factor"};
  if (name == "capacity_t_per_departure") return {"kapasitas per pelayaran", "capacity per sailing"};
  return {"akibat proyek", "effect of the project"};
}

std::string assumption_words(const BriefContext& context, const Assumption& assumption) {
  const Uncertainty& cell = assumption.cells.front();
  constexpr double kThousand = 1e3;
  switch (assumption.kind) {
    case AssumptionKind::kCost:
      return context.say({"biaya Rp{}–{} miliar", "cost IDR {}–{} bn"}, context.short_number(cell.low),
                         context.short_number(cell.high));
    case AssumptionKind::kEffect:
      return context.say({"{} {}–{}", "{} {}–{}"}, effect_words(cell).in(context.language()),
                         context.short_number(cell.low), context.short_number(cell.high));
    case AssumptionKind::kTimeValue:
      return context.say({"nilai waktu {} {}–{} % dari nilai barang per hari",
                          "value of time of {} {}–{} % of the goods' value a day"},
                         context.class_name(*assumption.freight_class), context.short_number(cell.low),
                         context.short_number(cell.high));
    case AssumptionKind::kFare:
      return context.say(
          {"tarif angkutan laut {}–{} ribu rupiah per ton", "sea fare {}–{} thousand IDR a tonne"},
          context.short_number(cell.low / kThousand), context.short_number(cell.high / kThousand));
    case AssumptionKind::kHandling:
      return context.say({"waktu di pelabuhan {}–{} jam", "hours in port {}–{}"},
                         context.short_number(cell.low), context.short_number(cell.high));
  }
  return "";
}

Line owners_line(const BriefContext& context, const Project& project) {
  Line line;
  for (const ProjectOwner& owner : project.owners) {
    if (!line.empty()) line.push_back({", "});
    line.push_back({owner.region ? context.short_name(*owner.region)
                                 : context.in(both_names(owner.party, owner.party_en))});
    line.push_back({" " + context.page().number(100.0 * owner.cost_share, 0) + " %", Tone::kFaint,
                    context.study(owner.cost_share, "project_owner",
                                  "project_id=" + project.id + " party=" + owner.party, "cost_share",
                                  owner.provenance)});
  }
  return line;
}

Trace effect_trace(const BriefContext& context, const ProjectAssessment& project, double value,
                   const std::string& region) {
  return context.worked_out(
      value, {"skenario dengan dan tanpa proyek", "scenario with and without the project"},
      {{"project_id", context.world().projects[project.project].id}, {"region_id", region}}, "ev_idr_bn");
}

Line gain_cell(const BriefContext& context, const ProjectAssessment& project, double gain,
               const std::string& region) {
  return {Span{context.page().change(gain), Tone::kPlain, effect_trace(context, project, gain, region)}};
}

std::vector<Line> project_row(const BriefContext& context, const ProjectAssessment& project) {
  const World& world = context.world();
  const Project& row = world.projects[project.project];
  std::vector<Line> cells;
  cells.push_back({Span{row.id + " ", Tone::kFaint}, Span{context.project_name(project.project)},
                   Span{row.year ? " (" + std::to_string(*row.year) + ")" : "", Tone::kFaint}});
  cells.push_back(owners_line(context, row));
  cells.push_back(row.cost_idr_bn
                      ? Line{Span{context.page().figure(*row.cost_idr_bn), Tone::kPlain,
                                  context.study(*row.cost_idr_bn, "project", "project_id=" + row.id,
                                                "cost_idr_bn", row.provenance)}}
                      : Line{Span{context.in({"tidak diketahui", "not known"})}});
  for (const RegionId side : context.sides())
    cells.push_back(gain_cell(context, project, project.ev_idr_bn[side.value()], world.regions[side].id));
  double others = project.gain_idr_bn;
  for (const RegionId region : world.regions.ids())  // in the study's order, whichever side is named first
    if (context.is_side(region)) others -= project.ev_idr_bn[region.value()];
  cells.push_back(gain_cell(context, project, others, context.in({"lainnya", "others"})));
  const std::optional<double> ratio = context.benefit_cost(project);
  cells.push_back(ratio ? Line{Span{context.page().figure(*ratio), *ratio >= 1.0 ? Tone::kGood : Tone::kBad,
                                    context.benefit_cost_trace(project.project, *ratio)}}
                        : Line{Span{"–"}});
  return cells;
}

Block project_table(const BriefContext& context, const std::vector<const ProjectAssessment*>& projects) {
  std::vector<Line> head = {{Span{context.in({"Proyek (tahun)", "Project (year)"})}},
                            {Span{context.in({"Pemilik dan bagian biaya", "Owners and shares of cost"})}},
                            {Span{context.in({"biaya, Rp miliar", "cost, IDR bn"})}}};
  for (const RegionId side : context.sides()) head.push_back({Span{context.short_name(side)}});
  head.push_back({Span{context.in({"wilayah lain", "others"})}});
  head.push_back({Span{context.in({"manfaat ÷ biaya", "benefit ÷ cost"})}});
  std::vector<std::vector<Line>> cells = {std::move(head)};
  for (const ProjectAssessment* project : projects) cells.push_back(project_row(context, *project));
  return table(std::move(cells));
}

// "J01 must hold: …"
Line deciding_line(const BriefContext& context, const ProjectAssessment& project) {
  const std::vector<Swing> swings = deciding(context, project);
  if (swings.empty()) return {};
  Line line = {Span{context.world().projects[project.project].id + ": ", Tone::kStrong}};
  for (std::size_t i = 0; i < swings.size(); ++i) {
    const Swing& swing = swings[i];
    const Uncertainty& cell = swing.assumption->cells.front();
    if (i > 0) line.push_back({"; "});
    line.push_back({assumption_words(context, *swing.assumption), Tone::kPlain,
                    Trace{.value = cell.value,
                          .table = cell.table,
                          .row = cell.row,
                          .column = cell.column,
                          .source = {}}});
    line.push_back({" → "});
    const bool holds = std::min(swing.at_low, swing.at_high) >= 1.0;
    const Tone tone = holds ? Tone::kGood : Tone::kBad;
    line.push_back({context.page().figure(swing.at_low), tone,
                    context.benefit_cost_trace(project.project, swing.at_low)});
    line.push_back({" … ", tone});
    line.push_back({context.page().figure(swing.at_high), tone,
                    context.benefit_cost_trace(project.project, swing.at_high)});
  }
  line.push_back({"."});
  return line;
}

// A parameter of the study with its range, traced to its row; an option in its place has neither.
Span parameter_span(const BriefContext& context, const char* parameter, double value, double of_study) {
  if (value != of_study) return {context.short_number(value)};
  std::string words = context.short_number(value);
  for (const Uncertainty& cell : context.world().uncertainties)
    if (cell.table == "parameter" && cell.row == parameter)
      words += " (" + context.short_number(cell.low) + "–" + context.short_number(cell.high) + ")";
  Trace trace{.value = value,
              .table = "parameter",
              .row = std::string("parameter=") + parameter,
              .column = "value",
              .source = context.in({"bawaan gerbang", "gerbang's default"})};
  for (const ParameterRow& row : context.world().parameter_rows)
    if (row.parameter == parameter)
      trace = context.study(value, trace.table, trace.row, trace.column, row.provenance);
  return {words, Tone::kPlain, std::move(trace)};
}

// What "benefit over cost" is, and how far it moves with the rate and the years.
Line appraisal_line(const BriefContext& context) {
  const Parameters& study = context.world().parameters;
  const double rate = context.discount_percent(), years = context.life_years();
  return context.fill(
      {"Manfaat: yang diperoleh rumah tangga di seluruh Indonesia pada tahun {}, Rp miliar setahun, "
       "dengan proyek itu dibandingkan dengan tanpa proyek itu, proyek lain tetap; dihitung {} tahun "
       "dengan tingkat diskonto {} % dan dibagi biaya. Jumlah beberapa proyek tidak sama dengan "
       "gabungannya.",
       "Benefit: what households in all of Indonesia gain in {}, IDR bn a year, with the project "
       "against without it, other projects as they are; counted for {} years at {} % and divided by "
       "the cost. Several projects together are not worth the sum of each."},
      {{std::to_string(context.outcome().year)},
       parameter_span(context, "project_life_years", years, study.project_life_years),
       parameter_span(context, "project_discount_percent", rate, study.project_discount_percent)});
}

}  // namespace

void say_projects(const BriefContext& context, std::vector<Block>& blocks) {
  blocks.push_back(heading(context.in({"4. Apa yang akan berubah: proyek yang belum diputuskan",
                                       "4. What would change: the undecided projects"})));
  std::vector<const ProjectAssessment*> decided;
  std::string elsewhere, inseparable;
  for (const ProjectAssessment& project : context.projects()) {
    if (project.is_separable) {
      decided.push_back(&project);
    } else {
      std::string& names = project.is_decided ? inseparable : elsewhere;
      names += (names.empty() ? "" : "; ") + context.project_name(project.project);
    }
  }
  if (decided.empty() && inseparable.empty())
    blocks.push_back(paragraph(
        context.is_pair()
            ? context.plain(
                  {"Skenario ini tidak memuat proyek bersama keduanya yang belum diputuskan dan sudah "
                   "berlaku pada tahun itu.",
                   "This scenario has no undecided project of the two that is in force in that year."})
            : context.plain(
                  {"Skenario ini tidak memuat proyeknya yang belum diputuskan dan sudah berlaku pada tahun "
                   "itu.",
                   "This scenario has no undecided project of it that is in force in that year."})));
  if (!elsewhere.empty())
    blocks.push_back(note({Span{context.say(
        {"Tidak dalam skenario dan tahun ini: {}.", "Not in this scenario and year: {}."}, elsewhere)}}));
  if (!inseparable.empty())
    blocks.push_back(
        note({Span{context.say({"Akibatnya ada pada tren skenario dan tidak dapat dipisahkan: {}.",
                                "Its effect is in the scenario's trends and cannot be told apart: {}."},
                               inseparable)}}));
  if (decided.empty()) return;
  blocks.push_back(project_table(context, decided));
  std::vector<Line> items;
  for (const ProjectAssessment* project : decided)
    if (Line line = deciding_line(context, *project); !line.empty()) items.push_back(std::move(line));
  if (!items.empty()) {
    blocks.push_back(paragraph({Span{
        context.in(
            {"Yang menentukan: manfaat dibagi biaya bila satu asumsi rendah … tinggi (merah: dapat turun "
             "di bawah 1)",
             "What decides: benefit over cost when one assumption is low … high (red: it may fall below 1)"}),
        Tone::kStrong}}));
    blocks.push_back(list(std::move(items)));
  }
  blocks.push_back(note(appraisal_line(context)));
}

}  // namespace gerbang::report
