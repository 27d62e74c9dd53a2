#include "gerbang/report/project_switch.h"

#include <algorithm>
#include <set>

#include "gerbang/base/error.h"
#include "gerbang/world/apply.h"
#include "gerbang/world/visit.h"

namespace gerbang::report {
namespace {

Edit set_edit(const std::string& table, const std::string& row, const std::string& column, double value) {
  return {.project = {},
          .table = table,
          .row = row,
          .column = column,
          .operation = EditOperation::kSet,
          .value = value,
          .provenance = {}};
}

// The project and all that need it, directly or through others.
std::set<ProjectId> with_dependents(const World& world, ProjectId project) {
  std::set<ProjectId> off = {project};
  for (bool is_growing = true; is_growing;) {
    is_growing = false;
    for (const ProjectId other : world.projects.ids())
      for (const ProjectId need : world.projects[other].needs)
        if (off.contains(need)) is_growing |= off.insert(other).second;
  }
  return off;
}

// The project and all that it needs.
std::set<ProjectId> with_needs(const World& world, ProjectId project) {
  std::set<ProjectId> on = {project};
  for (bool is_growing = true; is_growing;) {
    is_growing = false;
    for (const ProjectId other : std::set(on))
      for (const ProjectId need : world.projects[other].needs) is_growing |= on.insert(need).second;
  }
  return on;
}

template <class Rows>
void switch_rows(std::vector<Edit>& edits, const char* table, const Rows& now, const Rows& then) {
  for (const auto id : now.ids())
    if (now[id].is_present != then[id].is_present)
      edits.push_back(set_edit(table, now[id].id, "is_present", then[id].is_present ? 1.0 : 0.0));
}

// Edits that make one world the other, as far as these projects go; none where a cell would be blank.
std::optional<std::vector<Edit>> difference(const World& now, const World& then,
                                            const std::set<ProjectId>& projects) {
  std::vector<Edit> edits;
  for (const Edit& edit : now.edits) {
    if (!edit.project || !projects.contains(*edit.project)) continue;
    const std::optional<double> before = cell_value(now, edit), value = cell_value(then, edit);
    if (before == value) continue;
    if (!value) return std::nullopt;
    edits.push_back(set_edit(edit.table, edit.row, edit.column, *value));
  }
  switch_rows(edits, "link", now.links, then.links);
  switch_rows(edits, "terminal", now.terminals, then.terminals);
  switch_rows(edits, "service", now.services, then.services);
  for (std::size_t i = 0; i < now.trends.size(); ++i)
    if (now.trends[i].is_present != then.trends[i].is_present)
      edits.push_back(
          set_edit("trend", row_id(now, now.trends[i]), "is_present", then.trends[i].is_present ? 1.0 : 0.0));
  return edits;
}

// The world of the scenario and year when these projects are (or are not) in force whatever decides them.
World world_with(World world, ScenarioId scenario, const std::set<ProjectId>& projects, bool is_on,
                 int year) {
  std::vector<ProjectId> decided;
  for (const ProjectId other : decided_projects(world, scenario))
    if (!projects.contains(other)) decided.push_back(other);
  for (const ProjectId id : projects) {
    Project& project = world.projects[id];
    project.status = is_on ? ProjectStatus::kOperating : ProjectStatus::kProposed;
    if (is_on) project.year.reset();
  }
  return apply(world, decided, {}, year);
}

}  // namespace

std::optional<double> cell_value(const World& world, const Edit& cell) {
  std::optional<double> value;
  if (cell.table == "parameter") {
    for (const auto& field : kParameterFields)
      if (field.column == cell.row) value = field.get(world.parameters);
    return value;
  }
  detail::with_row(world, cell.table, cell.row, [&](const auto* row) {
    if (row == nullptr) return;
    for (const auto& field : fields_of(row))
      if (field.column == cell.column) value = field.get(*row);
    if constexpr (requires { row->is_present; })
      if (cell.column == "is_present") value = row->is_present ? 1.0 : 0.0;
  });
  return value;
}

bool is_in_force_in(const World& world, ScenarioId scenario, ProjectId project, int year) {
  const std::vector<ProjectId> in_force = projects_in_force(world, decided_projects(world, scenario), year);
  return std::find(in_force.begin(), in_force.end(), project) != in_force.end();
}

std::optional<std::vector<Edit>> edits_without(const World& world, ScenarioId scenario, ProjectId project,
                                               int year) {
  const std::set<ProjectId> off = with_dependents(world, project);
  const World now = apply(world, decided_projects(world, scenario), {}, year);
  return difference(now, world_with(world, scenario, off, false, year), off);
}

std::optional<std::vector<Edit>> edits_with(const World& world, ScenarioId scenario, ProjectId project,
                                            int year) {
  const std::set<ProjectId> on = with_needs(world, project);
  const World now = apply(world, decided_projects(world, scenario), {}, year);
  try {
    return difference(now, world_with(world, scenario, on, true, year), on);
  } catch (const InputError&) {  // excluded by what is in force
    return std::nullopt;
  }
}

}  // namespace gerbang::report
