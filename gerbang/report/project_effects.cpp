#include "gerbang/report/project_effects.h"

#include <algorithm>

#include "gerbang/report/project_switch.h"
#include "gerbang/world/apply.h"

namespace gerbang::report {
namespace {

evaluate::Request request_of(const ProjectQuestion& question) {
  return {.scenario = question.scenario, .year = question.year, .edits = question.assumptions};
}

}  // namespace

bool is_decided_in(const World& world, ScenarioId scenario, ProjectId project, int year) {
  const std::vector<ProjectId> decided = decided_projects(world, scenario);
  const bool is_decided = std::find(decided.begin(), decided.end(), project) != decided.end();
  return is_decided && world.projects[project].status == ProjectStatus::kProposed &&
         is_in_force(world.projects[project], true, year);
}

std::vector<std::optional<ProjectEffect>> project_effects(evaluate::Evaluator& evaluator,
                                                          std::span<const ProjectQuestion> questions) {
  const World& world = evaluator.world();
  std::vector<evaluate::Request> requests;
  std::vector<bool> is_asked;
  for (const ProjectQuestion& question : questions) {
    std::optional<std::vector<Edit>> undone;
    if (is_decided_in(world, question.scenario, question.project, question.year))
      undone = edits_without(world, question.scenario, question.project, question.year);
    if (undone && undone->empty()) undone.reset();
    is_asked.push_back(undone.has_value());
    if (!undone) continue;
    requests.push_back(request_of(question));
    evaluate::Request without = request_of(question);
    without.edits.insert(without.edits.end(), undone->begin(), undone->end());
    requests.push_back(std::move(without));
  }
  const auto outcomes = evaluator.evaluate(requests);
  std::vector<std::optional<ProjectEffect>> effects;
  std::size_t next = 0;
  for (const bool asked : is_asked) {
    std::optional<ProjectEffect>& effect = effects.emplace_back();
    if (!asked) continue;
    const evaluate::Outcome &with = *outcomes[next], &without = *outcomes[next + 1];
    next += 2;
    effect = ProjectEffect{.gains = evaluate::gains(evaluator.base_year().economy, without, with),
                           .is_converged = with.is_converged && without.is_converged};
  }
  return effects;
}

std::vector<std::optional<ProjectDelay>> delays_by_a_year(evaluate::Evaluator& evaluator,
                                                          std::span<const DelayQuestion> questions) {
  const World& world = evaluator.world();
  const int last = std::max(world.base_year, *std::max_element(world.years.begin(), world.years.end()));
  std::vector<ProjectQuestion> asked;
  std::vector<std::optional<ProjectDelay>> delays(questions.size());
  for (std::size_t q = 0; q < questions.size(); ++q) {
    const ProjectId project = questions[q].project;
    const std::optional<int> year = world.projects[project].year;
    if (!year || *year < world.base_year || *year > last) continue;
    for (const ScenarioId scenario : world.scenarios.ids()) {
      if (questions[q].scenario && scenario != *questions[q].scenario) continue;
      if (delays[q] || !is_decided_in(world, scenario, project, *year)) continue;
      delays[q] = ProjectDelay{.project = project, .scenario = scenario, .first_year = *year, .lost = {}};
    }
    if (delays[q]) asked.push_back({.scenario = delays[q]->scenario, .year = *year, .project = project});
  }
  const std::vector<std::optional<ProjectEffect>> effects = project_effects(evaluator, asked);
  std::size_t next = 0;
  for (std::optional<ProjectDelay>& delay : delays) {
    if (!delay) continue;
    const std::optional<ProjectEffect>& effect = effects[next++];
    if (effect) {
      delay->lost = effect->gains;
    } else {
      delay.reset();
    }
  }
  return delays;
}

}  // namespace gerbang::report
