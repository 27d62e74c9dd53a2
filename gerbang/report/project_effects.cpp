#include "gerbang/report/project_effects.h"

#include <algorithm>
#include <set>

#include "gerbang/world/apply.h"
#include "gerbang/world/visit.h"

namespace gerbang::report {
namespace {

// The cell that an edit changes; none where it is blank.
std::optional<double> cell_value(const World& world, const Edit& edit) {
  std::optional<double> value;
  if (edit.table == "parameter") {
    for (const auto& field : kParameterFields)
      if (field.column == edit.row) value = field.get(world.parameters);
    return value;
  }
  detail::with_row(world, edit.table, edit.row, [&](const auto* row) {
    if (row == nullptr) return;
    for (const auto& field : fields_of(row))
      if (field.column == edit.column) value = field.get(*row);
    if constexpr (requires { row->is_present; })
      if (edit.column == "is_present") value = row->is_present ? 1.0 : 0.0;
  });
  return value;
}

Edit set_edit(const std::string& table, const std::string& row, const std::string& column, double value) {
  return {.project = {},
          .table = table,
          .row = row,
          .column = column,
          .operation = EditOperation::kSet,
          .value = value,
          .provenance = {}};
}

// The project and all decided ones that need it, directly or through others.
std::set<ProjectId> with_dependents(const World& world, const std::vector<ProjectId>& decided,
                                    ProjectId project) {
  std::set<ProjectId> off = {project};
  for (bool is_growing = true; is_growing;) {
    is_growing = false;
    for (const ProjectId other : decided)
      for (const ProjectId need : world.projects[other].needs)
        if (off.contains(need)) is_growing |= off.insert(other).second;
  }
  return off;
}

template <class Rows>
void close_rows(std::vector<Edit>& edits, const char* table, const Rows& rows,
                const std::set<ProjectId>& off) {
  for (const auto& row : rows)
    if (row.project && off.contains(*row.project) && row.is_present)
      edits.push_back(set_edit(table, row.id, "is_present", 0.0));
}

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

std::optional<std::vector<Edit>> edits_without(const World& world, ScenarioId scenario, ProjectId project,
                                               int year) {
  const std::vector<ProjectId> decided = decided_projects(world, scenario);
  const std::set<ProjectId> off = with_dependents(world, decided, project);
  std::vector<ProjectId> kept;
  for (const ProjectId other : decided)
    if (!off.contains(other)) kept.push_back(other);
  const World with = apply(world, decided, {}, year);
  const World without = apply(world, kept, {}, year);
  std::vector<Edit> edits;
  for (const Edit& edit : world.edits) {
    if (!edit.project || !off.contains(*edit.project)) continue;
    const std::optional<double> value = cell_value(without, edit);
    if (!value) return std::nullopt;
    edits.push_back(set_edit(edit.table, edit.row, edit.column, *value));
  }
  close_rows(edits, "link", with.links, off);
  close_rows(edits, "terminal", with.terminals, off);
  close_rows(edits, "service", with.services, off);
  return edits;
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
