// What the sections of a brief share: the outcome they tell of, the words and figures in the reader's
// language, each figure with the cell it is from.
#pragma once

#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "gerbang/report/brief.h"
#include "gerbang/report/observed.h"
#include "gerbang/report/page.h"
#include "gerbang/report/project_assessment.h"

namespace gerbang::report {

inline constexpr double kLeastKt = 0.05;  // of tonnage: less is not worth a row

// "key=value key=value", what names a row in a trace.
using RowKeys = std::initializer_list<std::pair<std::string_view, std::string>>;

class BriefContext {
 public:
  BriefContext(const BriefSources& sources, const BriefQuestion& question, Language language);

  // ── what is told ──
  [[nodiscard]] const BriefSources& sources() const { return sources_; }
  [[nodiscard]] const BriefQuestion& question() const { return question_; }
  [[nodiscard]] const std::vector<RegionId>& sides() const { return question_.sides; }
  [[nodiscard]] bool is_pair() const { return question_.sides.size() == 2; }
  [[nodiscard]] const World& world() const { return *sources_.run.world; }
  [[nodiscard]] const ComparedOutcome& compared() const { return sources_.run.outcomes[outcome_]; }
  [[nodiscard]] std::size_t outcome_index() const { return outcome_; }
  [[nodiscard]] const evaluate::Outcome& outcome() const { return *compared().outcome; }
  // What is compared with: the predecessor; none for a first scenario.
  [[nodiscard]] const Comparison* comparison() const {
    return compared().predecessor ? &*compared().predecessor : nullptr;
  }
  // The same scenario under the national budget.
  [[nodiscard]] const ComparedOutcome& under_budget() const { return under_national_budget_; }

  // The undecided projects of the sides, in the order of the study; filled in by brief() first.
  [[nodiscard]] const std::vector<ProjectAssessment>& projects() const { return projects_; }
  void set_projects(std::vector<ProjectAssessment> projects) { projects_ = std::move(projects); }
  // Yearly gain of the nation, as an amount of today, over the project's cost.
  [[nodiscard]] std::optional<double> benefit_cost(const ProjectAssessment& project, double gain_idr_bn,
                                                   double cost_idr_bn) const;
  [[nodiscard]] std::optional<double> benefit_cost(const ProjectAssessment& project) const;
  [[nodiscard]] Trace benefit_cost_trace(ProjectId project, double ratio) const;
  // For that: per cent a year, and years. The question's own, else the study's parameters.
  [[nodiscard]] double discount_percent() const;
  [[nodiscard]] double life_years() const;

  // Of the sides' ports and services, in the order of the study; filled in by brief().
  [[nodiscard]] const std::vector<ComparedObservation>& observations() const { return observations_; }
  void set_observations(std::vector<ComparedObservation> observations) {
    observations_ = std::move(observations);
  }
  [[nodiscard]] bool is_side(RegionId region) const;
  [[nodiscard]] bool calls_at_side(const Service& service) const;

  // ── words ──
  [[nodiscard]] Language language() const { return page_.language(); }
  [[nodiscard]] std::string in(const Text& text) const { return std::string(text.in(language())); }
  template <class... Args>
  [[nodiscard]] std::string say(const Text& pattern, const Args&... args) const {
    return page_.say(pattern, args...);
  }
  [[nodiscard]] std::string name(RegionId region) const { return page_.name(world().regions[region]); }
  // Without "Kota " and "Kabupaten ".
  [[nodiscard]] std::string short_name(RegionId region) const;
  [[nodiscard]] std::string scenario_name(const std::string& id) const;
  [[nodiscard]] std::string project_name(ProjectId project) const;
  // As it stands inside a sentence.
  [[nodiscard]] std::string class_name(FreightClassId freight_class) const;
  [[nodiscard]] std::string sector_name(SectorId sector) const;
  // The pattern with a span at every "{}", in this order in both languages.
  [[nodiscard]] Line fill(const Text& pattern, std::vector<Span> spans) const;
  [[nodiscard]] Line plain(const Text& text) const { return {Span{in(text)}}; }

  // ── figures ──
  [[nodiscard]] const Page& page() const { return page_; }
  // "Rp30,4 miliar", "IDR 30.4 bn"; millions where that is more readable.
  [[nodiscard]] std::string money(double idr_bn) const;
  [[nodiscard]] std::string money_change(double idr_bn) const;
  // Three significant digits without zeros that say nothing: "7", "0,5", "1,25".
  [[nodiscard]] std::string short_number(double value) const;
  [[nodiscard]] std::string tonnes(double kt) const;  // "740 ton", "12,3 ribu ton"
  [[nodiscard]] static Tone tone_of(evaluate::Verdict verdict);

  // ── where figures are from ──
  // A row of a result table, of this outcome and closure.
  [[nodiscard]] Trace result(double value, std::string table, RowKeys keys, std::string column) const;
  // The same of another outcome of the run.
  [[nodiscard]] Trace result_of(const evaluate::Outcome& outcome, double value, std::string table,
                                RowKeys keys, std::string column) const;
  // What brief works out itself; `how` says from what.
  [[nodiscard]] Trace worked_out(double value, const Text& how, RowKeys keys, std::string column) const;
  [[nodiscard]] Trace study(double value, std::string table, std::string row, std::string column,
                            const Provenance& provenance) const;

 private:
  const BriefSources& sources_;
  const BriefQuestion& question_;
  Page page_;
  std::size_t outcome_;
  const ComparedOutcome& under_national_budget_;
  std::vector<ProjectAssessment> projects_;
  std::vector<ComparedObservation> observations_;
};

// The sections, in their order; each adds its blocks.
void say_gains(const BriefContext& context, std::vector<Block>& blocks);
void say_strengths(const BriefContext& context, std::vector<Block>& blocks);
void say_crossing(const BriefContext& context, std::vector<Block>& blocks);
void say_projects(const BriefContext& context, std::vector<Block>& blocks);
void say_thread(const BriefContext& context, std::vector<Block>& blocks);
void say_sources(const BriefContext& context, std::vector<Block>& blocks);
// In place of the third and fourth of a single region's brief.
void say_partners(const BriefContext& context, std::vector<Block>& blocks);

// Parts of the first and the third.
// Who gains; sides are named in the order of their gains, so that it reads the same whichever comes first.
[[nodiscard]] std::string verdict_words(const BriefContext& context, std::vector<evaluate::RegionGain> gains);
[[nodiscard]] std::vector<Line> agenda_lines(const BriefContext& context);
[[nodiscard]] Block map_of_sides(const BriefContext& context);
void say_routes(const BriefContext& context, std::vector<Block>& blocks);

// ── blocks ──
[[nodiscard]] Block heading(std::string words);
[[nodiscard]] Block paragraph(Line line);
[[nodiscard]] Block note(Line line);
[[nodiscard]] Block list(std::vector<Line> items);
[[nodiscard]] Block table(std::vector<std::vector<Line>> cells);
// figures: what the drawing shows, for where there are no drawings; blank where that stands beside it.
[[nodiscard]] Block drawing(std::string caption, std::string svg, Line figures = {});
[[nodiscard]] Block side_by_side(std::vector<Block> children);
[[nodiscard]] Block group(std::vector<Block> children);

}  // namespace gerbang::report
