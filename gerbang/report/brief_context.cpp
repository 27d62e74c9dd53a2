#include "gerbang/report/brief_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gerbang/base/units.h"
#include "gerbang/report/summary.h"
#include "gerbang/world/names.h"

namespace gerbang::report {
namespace {

std::size_t find_outcome(const RunResult& run, const BriefQuestion& question) {
  const std::string& scenario = run.world->scenarios[question.scenario].id;
  for (const std::size_t index : fixed_outcomes(run, question.year))
    if (run.outcomes[index].outcome->scenario == scenario) return index;
  return 0;
}

std::string row_text(RowKeys keys) {
  std::string row;
  for (const auto& [key, value] : keys) row += fmt::format("{}{}={}", row.empty() ? "" : " ", key, value);
  return row;
}

}  // namespace

BriefContext::BriefContext(const BriefSources& sources, const BriefQuestion& question, Language language)
    : sources_(sources),
      question_(question),
      page_(language),
      outcome_(find_outcome(sources.run, question)),
      under_national_budget_(under_national_budget(sources.run, outcome_)) {}

bool BriefContext::is_side(RegionId region) const {
  return std::find(sides().begin(), sides().end(), region) != sides().end();
}

bool BriefContext::calls_at_side(const Service& service) const {
  return std::any_of(service.legs.begin(), service.legs.end(), [&](const ServiceLeg& leg) {
    return is_side(world().terminals[leg.from].region) || is_side(world().terminals[leg.to].region);
  });
}

std::string BriefContext::short_name(RegionId region) const {
  const std::string whole = name(region);
  for (const std::string_view prefix : {"Kota ", "Kabupaten "})
    if (whole.starts_with(prefix)) return whole.substr(prefix.size());
  return whole;
}

std::string BriefContext::scenario_name(const std::string& id) const {
  for (const Scenario& scenario : world().scenarios)
    if (scenario.id == id) return page_.name(scenario);
  return id;
}

std::string BriefContext::project_name(ProjectId project) const {
  return page_.name(world().projects[project]);
}

namespace {
std::string uncapitalised(std::string name) {
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] - 'A' + 'a');
  return name;
}
}  // namespace

std::string BriefContext::class_name(FreightClassId freight_class) const {
  return uncapitalised(page_.name(world().freight_classes[freight_class]));
}

std::string BriefContext::sector_name(SectorId sector) const {
  return uncapitalised(page_.name(world().sectors[sector]));
}

Line BriefContext::fill(const Text& pattern, std::vector<Span> spans) const {
  Line line;
  std::string_view rest = pattern.in(language());
  for (Span& span : spans) {
    const std::size_t at = rest.find("{}");
    if (at > 0) line.push_back({std::string(rest.substr(0, at))});
    rest.remove_prefix(std::min(rest.size(), at + 2));
    line.push_back(std::move(span));
  }
  if (!rest.empty()) line.push_back({std::string(rest)});
  return line;
}

std::string BriefContext::money(double idr_bn) const {
  if (std::abs(idr_bn) >= 10 * kBnPerTn)
    return say({"Rp{} triliun", "IDR {} tn"}, page_.figure(idr_bn / kBnPerTn));
  if (std::abs(idr_bn) < 0.1) return say({"Rp{} juta", "IDR {} mn"}, page_.figure(idr_bn * kMnPerBn));
  return say({"Rp{} miliar", "IDR {} bn"}, page_.figure(idr_bn));
}

std::string BriefContext::money_change(double idr_bn) const {
  const std::string sign = idr_bn < 0.0 ? "−" : "+";
  const std::string amount = money(std::abs(idr_bn));
  return amount.find_first_of("123456789") == std::string::npos ? amount : sign + amount;
}

std::string BriefContext::short_number(double value) const {
  std::string text = page_.figure(value);
  if (std::abs(value) >= 100.0 ||
      text.find(language() == Language::kIndonesian ? ',' : '.') == std::string::npos)
    return text;
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with(',') || text.ends_with('.')) text.pop_back();
  return text;
}

std::string BriefContext::tonnes(double kt) const {
  if (kt >= kKtPerMt) return say({"{} juta ton", "{} mn t"}, page_.figure(kt / kKtPerMt));
  if (kt >= 10.0) return say({"{} ribu ton", "{} thousand t"}, page_.figure(kt));
  return say({"{} ton", "{} t"}, page_.number(kt * kTonnesPerKt, 0));
}

Tone BriefContext::tone_of(evaluate::Verdict verdict) {
  switch (verdict) {
    case evaluate::Verdict::kGains:
      return Tone::kGood;
    case evaluate::Verdict::kLoses:
      return Tone::kBad;
    case evaluate::Verdict::kNoMaterialChange:
      break;
  }
  return Tone::kStrong;
}

Trace BriefContext::result(double value, std::string table_name, RowKeys keys, std::string column) const {
  return result_of(outcome(), value, std::move(table_name), keys, std::move(column));
}

Trace BriefContext::result_of(const evaluate::Outcome& of, double value, std::string table_name, RowKeys keys,
                              std::string column) const {
  std::string row = row_text({{"scenario", of.scenario},
                              {"year", std::to_string(of.year)},
                              {"closure", std::string(closure_id(of.closure))}});
  const std::string more = row_text(keys);
  if (!more.empty()) row += " " + more;
  return {
      .value = value,
      .table = std::move(table_name),
      .row = std::move(row),
      .column = std::move(column),
      .source = say({"hasil gerbang run {}", "results of gerbang run {}"}, sources_.run.hash.substr(0, 12))};
}

Trace BriefContext::worked_out(double value, const Text& how, RowKeys keys, std::string column) const {
  return result(value, fmt::format("gerbang brief ({})", in(how)), keys, std::move(column));
}

Trace BriefContext::study(double value, std::string table_name, std::string row, std::string column,
                          const Provenance& provenance) const {
  return {.value = value,
          .table = std::move(table_name),
          .row = std::move(row),
          .column = std::move(column),
          .source = fmt::format("{} ({})", provenance.source, name_of(provenance.quality))};
}

double BriefContext::discount_percent() const {
  return question_.discount_percent.value_or(world().parameters.project_discount_percent);
}

double BriefContext::life_years() const {
  return question_.life_years.value_or(world().parameters.project_life_years);
}

std::optional<double> BriefContext::benefit_cost(const ProjectAssessment& project, double gain_idr_bn,
                                                 double cost_idr_bn) const {
  if (!project.is_separable || cost_idr_bn <= 0.0) return std::nullopt;
  return gain_idr_bn * annuity(discount_percent(), life_years()) / cost_idr_bn;
}

std::optional<double> BriefContext::benefit_cost(const ProjectAssessment& project) const {
  const std::optional<double> cost = world().projects[project.project].cost_idr_bn;
  return cost ? benefit_cost(project, project.gain_idr_bn, *cost) : std::nullopt;
}

Trace BriefContext::benefit_cost_trace(ProjectId project, double ratio) const {
  return worked_out(ratio, {"skenario dengan dan tanpa proyek", "scenario with and without the project"},
                    {{"project_id", world().projects[project].id}},
                    in({"manfaat dibagi biaya", "benefit over cost"}));
}

Block heading(std::string words) {
  return {.kind = Block::Kind::kHeading, .lines = {{Span{std::move(words)}}}};
}
Block paragraph(Line line) {
  return {.kind = Block::Kind::kParagraph, .lines = {std::move(line)}};
}
Block note(Line line) {
  return {.kind = Block::Kind::kNote, .lines = {std::move(line)}};
}
Block list(std::vector<Line> items) {
  return {.kind = Block::Kind::kList, .lines = std::move(items)};
}
Block table(std::vector<std::vector<Line>> cells) {
  return {.kind = Block::Kind::kTable, .cells = std::move(cells)};
}
Block drawing(std::string caption, std::string svg, Line figures) {
  return {.kind = Block::Kind::kDrawing,
          .lines = {{Span{std::move(caption)}}, std::move(figures)},
          .svg = std::move(svg)};
}
Block side_by_side(std::vector<Block> children) {
  return {.kind = Block::Kind::kSideBySide, .children = std::move(children)};
}

Block group(std::vector<Block> children) {
  return {.kind = Block::Kind::kGroup, .children = std::move(children)};
}

}  // namespace gerbang::report
