#include "gerbang/world/apply.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "gerbang/base/error.h"
#include "gerbang/world/names.h"
#include "gerbang/world/visit.h"

namespace gerbang {
namespace {

constexpr std::string_view kEditable[] = {"region",   "sector",  "freight_class", "node",    "link",
                                          "terminal", "service", "service_leg",   "project", "parameter"};

template <class Row>
constexpr bool kHasPresence = std::is_same_v<Row, Link> || std::is_same_v<Row, Terminal> ||
                              std::is_same_v<Row, Service> || std::is_same_v<Row, TrendPoint>;

Message did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string near = nearest(word, candidates);
  if (!near.empty()) return said({"maksudnya '{}'?", "did you mean '{}'?"}, near);
  constexpr std::size_t kMostListed = 25;
  return candidates.size() <= kMostListed
             ? said({"salah satu dari: {}", "one of: {}"}, fmt::join(candidates, ", "))
             : Message();
}

double result_of(const Edit& edit, double old_value) {
  switch (edit.operation) {
    case EditOperation::kSet:
      return edit.value;
    case EditOperation::kAdd:
      return old_value + edit.value;
    case EditOperation::kMultiply:
      return old_value * edit.value;
  }
  return edit.value;
}

// The edited value of a field's cell, or what is wrong with it.
template <class Row>
std::optional<EditFault> fault_of_value(const Edit& edit, const Field<Row>& field, const Row& row) {
  const std::optional<double> old_value = field.get(row);
  if (!old_value && edit.operation != EditOperation::kSet) {
    return EditFault{
        "operation",
        said({"{} dari {} kosong, sehingga tidak ada yang dapat {}",
              "{} of {} is blank, so that nothing can be {}"},
             edit.column, edit.row,
             edit.operation == EditOperation::kAdd ? Message{"ditambahi", "added"}
                                                   : Message{"dikalikan", "multiplied"}),
        {"tetapkan dengan set, atau isi nilainya di tabelnya", "set it, or give it a value in its table"}};
  }
  const double value = result_of(edit, old_value.value_or(0.0));
  if (std::isfinite(value) && is_within(field.range, value)) return std::nullopt;
  return EditFault{"value",
                   said({"{} dari {} menjadi {}", "{} of {} becomes {}"}, edit.column, edit.row, value),
                   range_text(field.range)};
}

std::optional<EditFault> fault_of_presence(const Edit& edit) {
  if (edit.operation != EditOperation::kSet)
    return EditFault{
        "operation",
        said({"is_present tidak menerima '{}'", "is_present cannot take '{}'"}, name_of(edit.operation)),
        verbatim("set")};
  if (edit.value != 0.0 && edit.value != 1.0)
    return EditFault{"value",
                     said({"is_present menjadi {}", "is_present becomes {}"}, edit.value),
                     {"0 (tutup) atau 1 (buka)", "0 (closed) or 1 (open)"}};
  return std::nullopt;
}

template <class Row>
const Field<Row>* find_field(std::span<const Field<Row>> fields, std::string_view column) {
  const auto field =
      std::find_if(fields.begin(), fields.end(), [&](const auto& f) { return f.column == column; });
  return field == fields.end() ? nullptr : &*field;
}

EditFault unknown(std::string_view cell, std::string_view word, const std::vector<std::string>& candidates) {
  return {cell, said({"{} '{}' tidak dikenal", "unknown {} '{}'"}, cell, word),
          did_you_mean(word, candidates)};
}

std::optional<EditFault> fault_in_parameter(const World& world, const Edit& edit) {
  const Field<Parameters>* field = find_field<Parameters>(kParameterFields, edit.row);
  if (field == nullptr) return unknown("row", edit.row, row_ids(world, "parameter"));
  if (edit.column != "value") return unknown("column", edit.column, {"value"});
  return fault_of_value(edit, *field, world.parameters);
}

template <class Row>
std::optional<EditFault> fault_in_row(const World& world, const Edit& edit, const Row* row) {
  if (row == nullptr) {
    EditFault fault = unknown("row", edit.row, row_ids(world, edit.table));
    fault.found += said({" dari tabel {}", " of table {}"}, edit.table);
    return fault;
  }
  if constexpr (kHasPresence<Row>) {
    if (edit.column == "is_present") return fault_of_presence(edit);
  }
  const Field<Row>* field = find_field(fields_of(row), edit.column);
  if (field == nullptr) {
    EditFault fault = unknown("column", edit.column, numeric_columns(edit.table));
    fault.found += said({" dari tabel {}", " of table {}"}, edit.table);
    return fault;
  }
  return fault_of_value(edit, *field, *row);
}

// The edit is known to have no fault.
template <class Row>
void change(const Edit& edit, Row& row) {
  if constexpr (kHasPresence<Row>) {
    if (edit.column == "is_present") {
      row.is_present = edit.value != 0.0;
      return;
    }
  }
  const Field<Row>& field = *find_field(fields_of(&row), edit.column);
  field.set(row, result_of(edit, field.get(row).value_or(0.0)));
}

void check_relations(const World& world, ProjectId id, const std::vector<bool>& is_in) {
  const Project& project = world.projects[id];
  for (const ProjectId need : project.needs) {
    if (is_in[need.value()]) continue;
    throw InputError(Fault{
        .file = "project.csv",
        .found = said(
            {"proyek {} memerlukan {}, yang tidak berlaku", "project {} needs {}, which is not in force"},
            project.id, world.projects[need].id),
        .expected = said({"ambil {} juga, berlaku paling lambat bersamaan", "take {} too, in force no later"},
                         world.projects[need].id)});
  }
  for (const ProjectId other : project.excludes) {
    if (!is_in[other.value()]) continue;
    throw InputError(Fault{.file = "project.csv",
                           .found = said({"proyek {} mengecualikan {}, yang juga berlaku",
                                          "project {} excludes {}, which is in force too"},
                                         project.id, world.projects[other].id),
                           .expected = {"ambil salah satu saja", "take only one of them"}});
  }
}

// The scenario and its predecessors, the first predecessor first.
std::vector<ScenarioId> lineage(const World& world, ScenarioId scenario) {
  std::vector<ScenarioId> line;
  std::optional<ScenarioId> next = scenario;
  while (next && line.size() < world.scenarios.size()) {
    line.push_back(*next);
    next = world.scenarios[*next].predecessor;
  }
  std::reverse(line.begin(), line.end());
  return line;
}

}  // namespace

bool is_in_force(const Project& project, bool is_decided, int year) {
  if (project.year && year < *project.year) return false;
  switch (project.status) {
    case ProjectStatus::kOperating:
      return true;
    case ProjectStatus::kCommitted:
      return is_decided || project.year.has_value();
    case ProjectStatus::kProposed:
      return is_decided;
  }
  return false;
}

std::vector<ProjectId> projects_in_force(const World& world, std::span<const ProjectId> decided, int year) {
  std::vector<bool> is_decided(world.projects.size());
  for (const ProjectId id : decided) is_decided[id.value()] = true;
  std::vector<bool> is_in(world.projects.size());
  std::vector<ProjectId> in_force;
  for (const ProjectId id : world.projects.ids()) {
    is_in[id.value()] = is_in_force(world.projects[id], is_decided[id.value()], year);
    if (is_in[id.value()]) in_force.push_back(id);
  }
  for (const ProjectId id : in_force) check_relations(world, id, is_in);
  return in_force;
}

std::vector<ProjectId> decided_projects(const World& world, ScenarioId scenario) {
  std::vector<ProjectId> decided;
  for (const ScenarioId ancestor : lineage(world, scenario)) {
    const std::vector<ProjectId>& own = world.scenarios[ancestor].projects;
    decided.insert(decided.end(), own.begin(), own.end());
  }
  std::sort(decided.begin(), decided.end());
  decided.erase(std::unique(decided.begin(), decided.end()), decided.end());
  return decided;
}

std::vector<std::string> running_trends(const World& world, ScenarioId scenario) {
  std::vector<std::string> running;
  for (const ScenarioId ancestor : lineage(world, scenario)) {
    for (const std::string& trend : world.scenarios[ancestor].trends) {
      if (std::find(running.begin(), running.end(), trend) == running.end()) running.push_back(trend);
    }
  }
  return running;
}

std::set<RegionId> concerned_by(const Project& project) {
  std::set<RegionId> concerned;
  if (project.region) concerned.insert(*project.region);
  for (const ProjectOwner& owner : project.owners)
    if (owner.region) concerned.insert(*owner.region);
  return concerned;
}

std::vector<ProjectId> find_circular_needs(const World& world) {
  // Projects that need nothing unresolved are taken away until none is left, or only circles and what leads
  // to them.
  std::vector<bool> is_resolved(world.projects.size());
  const auto unresolved_need = [&](ProjectId id) -> std::optional<ProjectId> {
    for (const ProjectId need : world.projects[id].needs) {
      if (!is_resolved[need.value()]) return need;
    }
    return std::nullopt;
  };
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (const ProjectId id : world.projects.ids()) {
      if (is_resolved[id.value()] || unresolved_need(id)) continue;
      is_resolved[id.value()] = has_changed = true;
    }
  }
  for (const ProjectId start : world.projects.ids()) {
    if (is_resolved[start.value()]) continue;
    std::vector<ProjectId> path = {start};
    for (;;) {  // an unresolved project always has an unresolved need: the walk must meet itself
      const ProjectId next = *unresolved_need(path.back());
      const auto seen = std::find(path.begin(), path.end(), next);
      if (seen != path.end()) return {seen, path.end()};
      path.push_back(next);
    }
  }
  return {};
}

std::span<const std::string_view> editable_tables() {
  return kEditable;
}

std::optional<EditFault> find_fault(const World& world, const Edit& edit) {
  if (edit.table == "parameter") return fault_in_parameter(world, edit);
  std::optional<EditFault> fault;
  const bool is_table = detail::with_row(world, edit.table, edit.row,
                                         [&](const auto* row) { fault = fault_in_row(world, edit, row); });
  return is_table ? fault : unknown("table", edit.table, numeric_tables());
}

void apply_edit(World& world, const Edit& edit) {
  if (const auto fault = find_fault(world, edit)) {
    throw InputError(Fault{.file = "",
                           .found = said({"perubahan {} {} {}: {}", "edit of {} {} {}: {}"}, edit.table,
                                         edit.row, edit.column, fault->found),
                           .expected = fault->expected});
  }
  if (edit.table == "parameter") {
    Edit of_value = edit;
    of_value.column = edit.row;
    change(of_value, world.parameters);
    return;
  }
  detail::with_row(world, edit.table, edit.row, [&](auto* row) { change(edit, *row); });
}

World apply(const World& world, std::span<const ProjectId> decided, std::span<const Edit> extra, int year) {
  std::vector<bool> is_in(world.projects.size());
  for (const ProjectId id : projects_in_force(world, decided, year)) is_in[id.value()] = true;
  const auto is_absent = [&](const std::optional<ProjectId>& project) {
    return project && !is_in[project->value()];
  };
  World result = world;
  for (Link& link : result.links) link.is_present = link.is_present && !is_absent(link.project);
  for (Terminal& terminal : result.terminals) {
    terminal.is_present = terminal.is_present && !is_absent(terminal.project);
  }
  for (Service& service : result.services) {
    service.is_present = service.is_present && !is_absent(service.project);
  }
  for (TrendPoint& point : result.trends) point.is_present = point.is_present && !is_absent(point.project);
  for (const Edit& edit : world.edits) {
    if (!is_absent(edit.project)) apply_edit(result, edit);
  }
  for (const Edit& edit : extra) apply_edit(result, edit);
  return result;
}

}  // namespace gerbang
