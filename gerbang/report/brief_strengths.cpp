// Section 2: what each side brings: where it is stronger than the nation, what it lacks that the other makes,
// its ports and land.
#include <algorithm>

#include "gerbang/base/units.h"
#include "gerbang/report/brief_context.h"
#include "gerbang/report/brief_drawings.h"
#include "gerbang/report/use.h"

namespace gerbang::report {
namespace {

// A sector in a region: its share of the region's value added over its share of the nation's.
struct Strength {
  SectorId sector;
  double quotient = 0.0;
  double share = 0.0;  // of the region's value added
  double value_idr_bn = 0.0;
  const ValueAdded* row = nullptr;
};

std::vector<Strength> strengths_of(const World& world, RegionId region) {
  std::vector<double> nation(world.sectors.size());
  std::vector<Strength> strengths(world.sectors.size());
  double national = 0.0, regional = 0.0;
  for (const ValueAdded& row : world.value_added) {
    nation[row.sector.value()] += row.value_added_idr_bn;
    national += row.value_added_idr_bn;
    if (row.region != region) continue;
    regional += row.value_added_idr_bn;
    Strength& strength = strengths[row.sector.value()];
    strength.value_idr_bn += row.value_added_idr_bn;
    strength.row = &row;
  }
  for (const SectorId sector : world.sectors.ids()) {
    Strength& strength = strengths[sector.value()];
    strength.sector = sector;
    if (regional <= 0.0 || nation[sector.value()] <= 0.0) continue;
    strength.share = strength.value_idr_bn / regional;
    strength.quotient = strength.share / (nation[sector.value()] / national);
  }
  return strengths;
}

Trace trace_of(const BriefContext& context, RegionId region, const Strength& strength, double value) {
  const std::string row = "region_id=" + context.world().regions[region].id +
                          " sector_id=" + context.world().sectors[strength.sector].id;
  return context.study(value, "value_added", row, "value_added_idr_bn",
                       strength.row == nullptr ? Provenance{} : strength.row->provenance);
}

// What the region is known for: the sectors with the highest quotient among those that matter to it.
std::vector<Strength> leading(std::vector<Strength> strengths) {
  constexpr std::size_t kShown = 5;
  constexpr double kLeastShare = 0.015;
  std::erase_if(strengths, [](const Strength& strength) {
    return strength.share < kLeastShare || strength.quotient < 1.0;
  });
  std::stable_sort(strengths.begin(), strengths.end(),
                   [](const Strength& a, const Strength& b) { return a.quotient > b.quotient; });
  if (strengths.size() > kShown) strengths.resize(kShown);
  return strengths;
}

Block strength_chart(const BriefContext& context, std::size_t side, const std::vector<Strength>& strengths) {
  const RegionId region = context.sides()[side];
  std::vector<Bar> bars;
  for (const Strength& strength : leading(strengths))
    bars.push_back({.label = context.page().name(context.world().sectors[strength.sector]),
                    .value = strength.quotient,
                    .text = context.page().figure(strength.quotient) + " ×",
                    .colour = side_colour(side),
                    .trace = trace_of(context, region, strength, strength.quotient)});
  Line figures = bar_figures(bars);
  constexpr std::size_t kLongest = 30;
  for (Bar& bar : bars)
    if (display_width(bar.label) > kLongest) {
      std::size_t cut = bar.label.rfind(' ', kLongest);
      bar.label = bar.label.substr(0, cut == std::string::npos ? kLongest : cut);
      while (bar.label.ends_with(',')) bar.label.pop_back();
      bar.label += " …";
    }
  return drawing(context.say({"Keunggulan {}, berapa kali rata-rata nasional",
                              "Strengths of {}, times the national average"},
                             context.short_name(region)),
                 bar_chart(bars, context.language()), std::move(figures));
}

// Goods in which one side is weak and the other strong.
Line lacks_line(const BriefContext& context, std::size_t side,
                const std::vector<std::vector<Strength>>& strengths) {
  constexpr double kWeak = 0.8, kStrong = 1.0, kLeastShare = 0.005;
  constexpr std::size_t kNamed = 3;
  const std::size_t other = 1 - side;
  std::vector<std::pair<double, std::string>> lacking;
  for (std::size_t s = 0; s < strengths[side].size(); ++s) {
    const Strength &own = strengths[side][s], &theirs = strengths[other][s];
    const bool is_goods = context.world().sectors[own.sector].freight_class.has_value();
    if (is_goods && own.quotient < kWeak && theirs.quotient > kStrong && theirs.share > kLeastShare)
      lacking.emplace_back(-theirs.share, context.sector_name(own.sector));
  }
  std::sort(lacking.begin(), lacking.end());
  std::string names;
  for (std::size_t i = 0; i < std::min(kNamed, lacking.size()); ++i)
    names += (i > 0 ? "; " : "") + lacking[i].second;
  if (names.empty())
    names = context.in({"tidak ada barang yang menonjol dalam data", "no goods that stand out in the data"});
  return context.fill({"Yang kurang di {} dan dihasilkan di {}: {}.", "What {} lacks and {} makes: {}."},
                      {Span{context.short_name(context.sides()[side]), Tone::kStrong},
                       Span{context.short_name(context.sides()[other])}, Span{names}});
}

// The side's fullest ports, and how full.
Line ports_line(const BriefContext& context, RegionId region) {
  constexpr std::size_t kNamed = 3;
  const evaluate::Network network = evaluate::build_network(*context.outcome().world);
  std::vector<TerminalUse> uses;
  double kt = 0.0;
  for (const TerminalUse& use : terminal_uses(context.outcome(), network)) {
    if (context.world().terminals[use.terminal].region != region || use.kt < 0.5) continue;
    kt += use.kt;
    uses.push_back(use);
  }
  if (uses.empty())
    return context.fill(
        {"{}: studi ini tidak memuat pelabuhan yang terpakai.", "{}: the study has no port in use there."},
        {Span{context.short_name(region), Tone::kStrong}});
  std::stable_sort(uses.begin(), uses.end(),
                   [](const TerminalUse& a, const TerminalUse& b) { return a.kt > b.kt; });
  Line line = context.fill(
      {"{}: {} terminal, bongkar muat {} setahun", "{}: {} terminals, {} loaded and unloaded a year"},
      {Span{context.short_name(region), Tone::kStrong},
       Span{context.page().whole(uses.size()), Tone::kPlain,
            context.result(static_cast<double>(uses.size()), "terminals",
                           {{"region_id", context.world().regions[region].id}},
                           context.in({"banyaknya baris", "number of rows"}))},
       Span{context.tonnes(kt), Tone::kPlain,
            context.result(kt, "terminals", {{"region_id", context.world().regions[region].id}}, "kt")}});
  for (std::size_t i = 0; i < std::min(kNamed, uses.size()); ++i) {
    const TerminalUse& use = uses[i];
    const Terminal& terminal = context.world().terminals[use.terminal];
    line.push_back({(i == 0 ? " – " : "; ") + context.page().name(terminal) + ": "});
    line.push_back({context.tonnes(use.kt), Tone::kPlain,
                    context.result(use.kt, "terminals", {{"terminal_id", terminal.id}}, "kt")});
    const std::string_view basis = capacity_basis(*context.sources().run.base_year, context.world(), use);
    const bool is_assumed = basis == "base use" || basis == "assumed";
    if (use.use && !is_assumed)
      for (Span& span :
           context.fill({" ({} % kapasitas)", " ({} % of capacity)"},
                        {Span{context.page().number(*use.use * kPercent, 0),
                              *use.use > 1.0 ? Tone::kBad : Tone::kPlain,
                              context.result(*use.use, "terminals", {{"terminal_id", terminal.id}}, "use")}}))
        line.push_back(std::move(span));
  }
  line.push_back({"."});
  return line;
}

// Land that projects of the region set aside.
Line land_line(const BriefContext& context) {
  std::vector<Span> spans;
  std::string pattern;
  for (const Project& project : context.world().projects) {
    const bool is_side = project.region && context.is_side(*project.region);
    const bool is_plan_of_all_land = project.status == ProjectStatus::kOperating;
    if (!is_side || !project.land_ha || is_plan_of_all_land) continue;
    pattern += std::string(pattern.empty() ? "" : "; ") + "{} {} ha";
    spans.push_back({context.page().name(project)});
    spans.push_back({context.short_number(*project.land_ha), Tone::kPlain,
                     context.study(*project.land_ha, "project", "project_id=" + project.id, "land_ha",
                                   project.provenance)});
  }
  if (spans.empty()) return {};
  const std::string id = "Lahan dalam rencana: " + pattern + ".", en = "Land in plans: " + pattern + ".";
  return context.fill({id, en}, std::move(spans));
}

}  // namespace

void say_strengths(const BriefContext& context, std::vector<Block>& blocks) {
  blocks.push_back(heading(context.is_pair()
                               ? context.in({"2. Apa yang dibawa masing-masing", "2. What each brings"})
                               : context.in({"2. Apa yang dibawanya", "2. What it brings"})));
  std::vector<std::vector<Strength>> strengths;
  std::vector<Block> charts;
  for (std::size_t side = 0; side < context.sides().size(); ++side) {
    strengths.push_back(strengths_of(context.world(), context.sides()[side]));
    charts.push_back(strength_chart(context, side, strengths.back()));
  }
  std::vector<Line> items;
  if (context.is_pair())
    for (std::size_t side = 0; side < 2; ++side) items.push_back(lacks_line(context, side, strengths));
  for (const RegionId side : context.sides()) items.push_back(ports_line(context, side));
  if (Line land = land_line(context); !land.empty()) items.push_back(std::move(land));
  items.push_back({{context.in(
      {"Depo dan gudang: tidak ada dalam studi ini.", "Depots and warehouses: not in this study."})}});
  if (context.is_pair()) {
    blocks.push_back(side_by_side(std::move(charts)));
    blocks.push_back(list(std::move(items)));
  } else {
    charts.push_back(list(std::move(items)));
    blocks.push_back(side_by_side(std::move(charts)));
  }
}

}  // namespace gerbang::report
