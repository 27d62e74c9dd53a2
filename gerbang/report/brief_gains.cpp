// Section 1: in one paragraph, what both sides gain from acting together, and the honest verdict.
#include <algorithm>
#include <cmath>

#include "gerbang/report/brief_context.h"
#include "gerbang/report/brief_drawings.h"

namespace gerbang::report {
namespace {

using evaluate::RegionGain;

constexpr double kThousandPerMillion = 1e3;

const RegionGain& gain_of(const evaluate::Gains& gains, RegionId region) {
  return *std::find_if(gains.regions.begin(), gains.regions.end(),
                       [&](const RegionGain& gain) { return gain.region == region; });
}

Trace gain_trace(const BriefContext& context, const RegionGain& gain, double value, const char* column) {
  return context.result(value, "who_gains",
                        {{"against", "predecessor"}, {"region_id", context.world().regions[gain.region].id}},
                        column);
}

const Band* band_of(const BriefContext& context, RegionId region) {
  const std::optional<DrawnBands>& bands = context.sources().bands;
  if (!bands) return nullptr;
  const auto band = bands->regions.find(region);
  return band == bands->regions.end() ? nullptr : &band->second;
}

// "Balikpapan: +Rp 30,4 miliar setahun (+0,041 % pendapatan; Rp 40 ribu per orang)."
Line side_line(const BriefContext& context, const RegionGain& gain) {
  const Tone tone = BriefContext::tone_of(gain.verdict);
  Line line =
      context.fill({"{}: {} setahun, yaitu {} dari pendapatan rumah tangga, atau {} ribu rupiah per orang",
                    "{}: {} a year, which is {} of household income, or {} thousand rupiah a head"},
                   {Span{context.name(gain.region), Tone::kStrong},
                    Span{context.money_change(gain.ev_idr_bn), tone,
                         gain_trace(context, gain, gain.ev_idr_bn, "ev_idr_bn")},
                    Span{context.page().percent_change(gain.ev_percent), Tone::kPlain,
                         gain_trace(context, gain, gain.ev_percent, "ev_percent")},
                    Span{context.page().change(gain.ev_mn_idr_per_head * kThousandPerMillion), Tone::kPlain,
                         gain_trace(context, gain, gain.ev_mn_idr_per_head, "ev_mn_idr_per_head")}});
  if (const Band* band = band_of(context, gain.region))
    for (Span& span : context.fill({" (rentang {} sampai {})", " (range {} to {})"},
                                   {Span{context.money_change(band->low), Tone::kPlain,
                                         gain_trace(context, gain, band->low, "ev_low")},
                                    Span{context.money_change(band->high), Tone::kPlain,
                                         gain_trace(context, gain, band->high, "ev_high")}}))
      line.push_back(std::move(span));
  const RegionGain& budget = gain_of(context.under_budget().predecessor->gains, gain.region);
  if (budget.verdict != gain.verdict)
    for (Span& span : context.fill(
             {"; putusan ini bergantung pada cara defisit daerah ditutup (lewat anggaran nasional: {})",
              "; this verdict depends on how regional deficits are closed (by a national budget: {})"},
             {Span{context.money_change(budget.ev_idr_bn), Tone::kPlain,
                   context.result_of(
                       *context.under_budget().outcome, budget.ev_idr_bn, "who_gains",
                       {{"against", "predecessor"}, {"region_id", context.world().regions[gain.region].id}},
                       "ev_idr_bn")}}))
      line.push_back(std::move(span));
  line.push_back({"."});
  return line;
}

struct Others {
  double ev_idr_bn = 0.0;
  double people = 0.0;
};
Others others_of(const BriefContext& context, const evaluate::Gains& gains) {
  Others others{.ev_idr_bn = gains.ev_idr_bn};
  for (const RegionGain& gain : gains.regions) {
    if (context.is_side(gain.region)) {
      others.ev_idr_bn -= gain.ev_idr_bn;
    } else {
      others.people += context.outcome().trends.population[gain.region.value()];
    }
  }
  return others;
}

Line others_line(const BriefContext& context, const evaluate::Gains& gains) {
  const Others others = others_of(context, gains);
  return context.fill(
      {"Wilayah lain di Indonesia bersama-sama: {} setahun; seluruh Indonesia {}.",
       "The other regions of Indonesia together: {} a year; all of Indonesia {}."},
      {Span{context.money_change(others.ev_idr_bn), Tone::kPlain,
            context.result(others.ev_idr_bn, "comparisons", {{"against", "predecessor"}},
                           context.in({"ev_idr_bn dikurangi kedua pihak", "ev_idr_bn less the sides"}))},
       Span{context.money_change(gains.ev_idr_bn), Tone::kPlain,
            context.result(gains.ev_idr_bn, "comparisons", {{"against", "predecessor"}}, "ev_idr_bn")}});
}

// The whole way from the study's first scenario, of which the step told here is the last.
Line from_base_line(const BriefContext& context) {
  const std::optional<Comparison>& base = context.compared().base;
  if (!base || base->reference == context.comparison()->reference) return {};
  std::vector<Span> spans = {Span{context.scenario_name(base->reference->scenario)}};
  std::string pattern;
  for (const RegionId side : context.sides()) {
    const RegionGain& gain = gain_of(base->gains, side);
    pattern += std::string(pattern.empty() ? "" : ", ") + context.short_name(side) + " {}";
    spans.push_back({context.money_change(gain.ev_idr_bn), Tone::kPlain,
                     context.result(gain.ev_idr_bn, "who_gains",
                                    {{"against", "base"}, {"region_id", context.world().regions[side].id}},
                                    "ev_idr_bn")});
  }
  const std::string id =
      "Langkah ini adalah yang terakhir dari beberapa langkah. Secara keseluruhan, dibandingkan dengan "
      "“{}”: " +
      pattern + ".";
  const std::string en = "This step is the last of several. All of them, against “{}”: " + pattern + ".";
  return context.fill({id, en}, std::move(spans));
}

// What keeps the figures above from being taken at their word.
Line caution_line(const BriefContext& context) {
  constexpr double kFarOff = 2.0;
  const std::optional<DrawnBands>& bands = context.sources().bands;
  const bool has_assumptions =
      std::any_of(context.projects().begin(), context.projects().end(),
                  [](const ProjectAssessment& project) { return !project.assumptions.empty(); });
  Line line;
  if (bands) {
    line.push_back({context.say(
        {"Rentang: dari persentil 5 sampai 95, dari {} undian atas angka-angka yang ditaksir.",
         "Ranges: from the 5th to the 95th percentile of {} draws over the figures that are estimates."},
        context.page().whole(bands->count))});
  } else {
    line.push_back({context.in(
        {"Rentang rendah–tinggi belum dihitung: belum ada undian atas angka-angka yang ditaksir (gerbang run "
         "STUDI --draws 200). Bacalah besarnya sebagai perkiraan.",
         "Low–high ranges are not there: no draws over the estimated figures were made (gerbang run STUDY "
         "--draws 200). Read sizes as estimates."})});
    if (has_assumptions)
      line.push_back({context.in({" Bagian 4 menunjukkan asumsi mana yang paling menentukan.",
                                  " Section 4 shows which assumptions decide most."})});
  }
  const ComparedObservation* worst = nullptr;
  for (const ComparedObservation& compared : context.observations())
    if (compared.ratio() > kFarOff && (worst == nullptr || compared.ratio() > worst->ratio()))
      worst = &compared;
  if (worst != nullptr)
    for (Span& span : context.fill(
             {" Hati-hati: model memuat lalu lintas yang jauh lebih ramai daripada yang tercatat ({}: {} "
              "kali), sehingga keuntungan di sini adalah batas atas (bagian 6).",
              " Take care: the model has far more traffic than was counted ({}: {} times), so the gains "
              "here are an upper bound (section 6)."},
             {Span{context.page().name(*worst->observation)},
              Span{context.short_number(worst->ratio()), Tone::kPlain,
                   context.worked_out(worst->ratio(), {"model dibagi catatan", "modelled over counted"},
                                      {{"observation_id", worst->observation->id}}, "kt")}})) {
      span.tone = Tone::kBad;
      line.push_back(std::move(span));
    }
  return line;
}

Block gain_chart(const BriefContext& context, const evaluate::Gains& gains) {
  std::vector<Bar> bars;
  for (std::size_t side = 0; side < context.sides().size(); ++side) {
    const RegionGain& gain = gain_of(gains, context.sides()[side]);
    const double thousand = gain.ev_mn_idr_per_head * kThousandPerMillion;
    bars.push_back({.label = context.short_name(gain.region),
                    .value = thousand,
                    .text = context.page().change(thousand),
                    .colour = side_colour(side),
                    .trace = gain_trace(context, gain, gain.ev_mn_idr_per_head, "ev_mn_idr_per_head")});
  }
  const Others others = others_of(context, gains);
  if (others.people > 0.0) {
    const double thousand = others.ev_idr_bn / others.people * 1e6;
    bars.push_back({.label = context.in({"wilayah lain", "other regions"}),
                    .value = thousand,
                    .text = context.page().change(thousand),
                    .colour = kOthersColour,
                    .trace = context.result(thousand, "comparisons", {{"against", "predecessor"}},
                                            context.in({"ev_idr_bn dikurangi kedua pihak, dibagi penduduk",
                                                        "ev_idr_bn less the sides, over the people"}))});
  }
  return drawing(
      context.in({"Keuntungan per orang, ribu rupiah setahun", "Gain a head, thousand rupiah a year"}),
      bar_chart(bars, context.language()), bar_figures(bars));
}

}  // namespace

void say_gains(const BriefContext& context, std::vector<Block>& blocks) {
  blocks.push_back(heading(context.in({"1. Dalam satu paragraf", "1. In one paragraph"})));
  const Block map = map_of_sides(context);
  if (context.comparison() == nullptr) {
    blocks.push_back(
        {.kind = Block::Kind::kLead,
         .lines = {context.plain(
             {"Skenario ini adalah acuan bagi yang lain: tidak ada yang dibandingkan, jadi tidak ada yang "
              "untung atau rugi. Pilih skenario lain dengan --scenario.",
              "This scenario is the reference of the others: nothing is compared, so nobody gains or loses. "
              "Choose another one with --scenario."})}});
    blocks.push_back(map);
    return;
  }
  const evaluate::Gains& gains = context.comparison()->gains;
  std::vector<RegionGain> sides;
  for (const RegionId side : context.sides()) sides.push_back(gain_of(gains, side));
  Line lead = {Span{verdict_words(context, sides), Tone::kStrong}};
  lead.push_back({context.say(
      {" Inilah yang berubah bagi rumah tangga pada tahun {} bila “{}” dijalankan, dibandingkan dengan “{}” "
       "pada tahun "
       "yang sama:",
       " This is what changes for households in {} if “{}” is carried out, against “{}” in the same year:"},
      context.outcome().year, context.scenario_name(gains.scenario),
      context.scenario_name(gains.reference))});
  blocks.push_back({.kind = Block::Kind::kLead, .lines = {std::move(lead)}});
  std::vector<Line> items;
  for (const RegionGain& gain : sides) items.push_back(side_line(context, gain));
  items.push_back(others_line(context, gains));
  for (Line& line : agenda_lines(context)) items.push_back(std::move(line));
  if (Line line = from_base_line(context); !line.empty()) items.push_back(std::move(line));
  if (!context.outcome().is_converged || !context.comparison()->reference->is_converged)
    blocks.push_back(paragraph({Span{context.in({"TIDAK KONVERGEN: angka ini bukan temuan.",
                                                 "NOT CONVERGED: these figures are no finding."}),
                                     Tone::kBad}}));
  blocks.push_back(list(std::move(items)));
  blocks.push_back(side_by_side({map, group({gain_chart(context, gains), note(caution_line(context))})}));
}

}  // namespace gerbang::report
