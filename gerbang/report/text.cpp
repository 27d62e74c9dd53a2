#include "gerbang/report/text.h"

#include <fmt/ranges.h>

namespace gerbang::report {
namespace {

void say_title(Page& page, const RunResult& run) {
  const World& world = *run.world;
  std::string title(Text{world.title, world.title_en}.in(page.language()));
  page.raw_line(title.empty() ? world.name : title);
  std::vector<std::vector<std::string>> scenarios;
  for (const ScenarioId id : run.options.scenarios) {
    const Scenario& scenario = world.scenarios[id];
    scenarios.push_back({scenario.id, "\t" + page.name(scenario)});
  }
  page.table(scenarios);

  page.line({"Tahun {} (tahun dasar {}); {} wilayah, {} ruas jalan, {} terminal, {} layanan.",
             "Years {} (base year {}); {} regions, {} roads, {} terminals, {} services."},
            fmt::format("{}", fmt::join(run.options.years, ", ")), world.base_year,
            page.whole(world.regions.size()), page.whole(world.links.size()),
            page.whole(world.terminals.size()), page.whole(world.services.size()));
}

}  // namespace

std::string closure_name(trade::DeficitClosure closure, Language language) {
  const auto name = [&](const Text& text) { return std::string(text.in(language)); };
  switch (closure) {
    case trade::DeficitClosure::kFixed:
      return name({"defisit wilayah tetap", "regional deficits fixed"});
    case trade::DeficitClosure::kNationalBudget:
      return name({"anggaran nasional", "national budget"});
    case trade::DeficitClosure::kIncomeShare:
      return name({"defisit menurut pendapatan", "deficits by income"});
    case trade::DeficitClosure::kZero:
      return name({"tanpa defisit", "no deficits"});
  }
  return "";
}

std::string verdict_name(evaluate::Verdict verdict, Language language) {
  const auto name = [&](const Text& text) { return std::string(text.in(language)); };
  switch (verdict) {
    case evaluate::Verdict::kGains:
      return name({"untung", "gains"});
    case evaluate::Verdict::kLoses:
      return name({"rugi", "loses"});
    case evaluate::Verdict::kNoMaterialChange:
      return name({"tidak berubah berarti", "no material change"});
  }
  return "";
}

std::string to_text(const RunResult& run, Language language, const DrawResult* draws) {
  Page page(language);
  say_title(page, run);
  say_who_gains(page, run);
  if (draws != nullptr) say_how_sure(page, run, *draws);
  say_what_moves(page, run);
  say_how_exact(page, run);
  return page.text();
}

}  // namespace gerbang::report
