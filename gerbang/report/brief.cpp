#include "gerbang/report/brief.h"

#include <algorithm>
#include <set>

#include "gerbang/report/brief_context.h"
#include "gerbang/world/apply.h"

namespace gerbang::report {
namespace {

// The proposed projects that concern all sides; of no sides, those that concern anybody.
std::vector<ProjectId> joint_projects(const World& world, const std::vector<RegionId>& sides) {
  std::vector<ProjectId> joint;
  for (const ProjectId id : world.projects.ids()) {
    const Project& project = world.projects[id];
    const std::set<RegionId> concerned = concerned_by(project);
    if (project.status != ProjectStatus::kProposed || concerned.empty()) continue;
    if (std::all_of(sides.begin(), sides.end(), [&](RegionId side) { return concerned.contains(side); }))
      joint.push_back(id);
  }
  return joint;
}

// The counts at the sides' ports and on their services, beside what the model gives.
std::vector<ComparedObservation> observations_of(const BriefContext& context) {
  const World& world = context.world();
  if (world.observations.empty()) return {};
  const auto base_year = context.sources().evaluator.evaluate(
      evaluate::Request{.scenario = ScenarioId(0), .year = world.base_year});
  std::vector<ComparedObservation> compared = compare_observations(world, *base_year);
  std::erase_if(compared, [&](const ComparedObservation& row) {
    const Observation& observation = *row.observation;
    return observation.terminal ? !context.is_side(world.terminals[*observation.terminal].region)
                                : !context.calls_at_side(world.services[*observation.service]);
  });
  return compared;
}

std::string title_of(const BriefContext& context) {
  if (context.is_pair())
    return context.say({"{} dan {}: apa yang diperoleh bersama", "{} and {}: what they gain together"},
                       context.short_name(context.sides()[0]), context.short_name(context.sides()[1]));
  return context.say({"{} dan mitra-mitranya", "{} and its partners"},
                     context.short_name(context.sides()[0]));
}

std::string subtitle_of(const BriefContext& context) {
  const World& world = context.world();
  return context.say({"Lembar pertemuan, {} · skenario “{}”, tahun {} · studi: {}",
                      "Briefing, {} · scenario “{}”, year {} · study: {}"},
                     registry::date_text(context.question().today, context.language()),
                     context.scenario_name(context.outcome().scenario), context.outcome().year,
                     context.in({world.title, world.title_en}));
}

}  // namespace

RunOptions run_options(const BriefQuestion& question) {
  // In the study's order, so that the results of both sides' briefs have one name.
  const auto [first, second] = std::minmax(question.sides.front(), question.sides.back());
  return {.scenarios = {question.scenario},
          .years = {question.year},
          .pairs = {{first, second}, {second, first}}};
}

std::size_t prepare_briefs(evaluate::Evaluator& evaluator, const AssessmentQuestion& question,
                           evaluate::Cache& kept, const std::string& fingerprint) {
  const std::vector<ProjectAssessment> assessed =
      assess_projects(evaluator, joint_projects(evaluator.world(), {}), question, &kept, fingerprint);
  return static_cast<std::size_t>(
      std::count_if(assessed.begin(), assessed.end(),
                    [](const ProjectAssessment& assessment) { return assessment.is_separable; }));
}

Document brief(const BriefSources& sources, const BriefQuestion& question, Language language) {
  BriefContext context(sources, question, language);
  context.set_projects(assess_projects(sources.evaluator, joint_projects(context.world(), question.sides),
                                       {.scenario = question.scenario, .year = question.year},
                                       sources.derived, sources.results.engine_hash));
  context.set_observations(observations_of(context));
  Document document{.language = language, .title = title_of(context), .blocks = {}};
  std::vector<Block>& blocks = document.blocks;
  blocks.push_back({.kind = Block::Kind::kTitle, .lines = {{Span{document.title}}}});
  blocks.push_back({.kind = Block::Kind::kSubtitle, .lines = {{Span{subtitle_of(context)}}}});
  say_gains(context, blocks);
  say_strengths(context, blocks);
  if (context.is_pair()) {
    say_crossing(context, blocks);
  } else {
    say_partners(context, blocks);
  }
  say_projects(context, blocks);
  say_thread(context, blocks);
  say_sources(context, blocks);
  return document;
}

}  // namespace gerbang::report
