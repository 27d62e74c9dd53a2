// The projects of a study, who owns them, and the cells that they change.
#include "gerbang/io/study_reading.h"
#include "gerbang/world/apply.h"
#include "gerbang/world/rows.h"

namespace gerbang::io {
namespace {

void read_project_rows(Reading& reading) {
  for_each_row(reading, "project", [&](RowReader& row, std::size_t index) {
    Project& project = reading.world.projects[ProjectId(index)];
    project.name = row.text("name");
    project.name_en = row.text("name_en");
    project.status = row.choice("status", ProjectStatus::kProposed);
    project.year = row.integer("year");
    row.numbers(project);
    project.region = row.reference("region_id", reading.regions);
    project.needs = row.references("needs", reading.projects);
    project.excludes = row.references("excludes", reading.projects);
    for (const ProjectId other : project.excludes) {
      if (std::find(project.needs.begin(), project.needs.end(), other) == project.needs.end()) continue;
      row.fault("excludes",
                said({"'{}' diperlukan sekaligus dikecualikan", "'{}' is needed and excluded"},
                     reading.world.projects[other].id),
                {"salah satu dari keduanya", "one of the two"});
    }
    project.provenance = row.provenance();
    row.keep_ranges(project.id);
  });
}

void check_circular_needs(Reading& reading) {
  if (!reading.is_whole({"project"})) return;
  const std::vector<ProjectId> circle = find_circular_needs(reading.world);
  if (circle.empty()) return;
  std::string text;
  for (const ProjectId id : circle) text += reading.world.projects[id].id + " → ";
  text += reading.world.projects[circle.front()].id;
  reading.faults.add(reading.cell("project", circle.front().value(), "needs")
                         .fault(said({"needs berputar: {}", "needs run in a circle: {}"}, text),
                                {"hapus salah satu keperluan ini", "remove one of these needs"}));
}

void read_owners(Reading& reading) {
  std::map<ProjectId, std::pair<double, Cell>> sums;
  for_each_row(reading, "project_owner", [&](RowReader& row, std::size_t) {
    const auto id = row.reference("project_id", reading.projects);
    ProjectOwner owner;
    owner.party = row.text("party");
    owner.party_en = row.text("party_en");
    owner.region = row.reference("region_id", reading.regions);
    row.numbers(owner);
    owner.provenance = row.provenance();
    if (!id) return;
    Project& project = reading.world.projects[*id];
    const auto is_same = [&](const ProjectOwner& other) { return other.party == owner.party; };
    if (std::any_of(project.owners.begin(), project.owners.end(), is_same)) {
      row.fault("party",
                said({"'{}' memiliki '{}' dua kali", "'{}' owns '{}' twice"}, shown(owner.party), project.id),
                {"satu baris", "one row"});
    }
    row.keep_ranges(row_id(project, owner));
    auto& [sum, cell] = sums.try_emplace(*id, 0.0, row.cell("cost_share")).first->second;
    sum += owner.cost_share;
    project.owners.push_back(std::move(owner));
  });
  if (!reading.is_sound("project_owner")) return;
  for (const auto& [id, total] : sums) {
    if (is_one(total.first)) continue;
    reading.faults.add(total.second.fault(
        said({"bagian biaya '{}' berjumlah {:.10g}", "the cost shares of '{}' add to {:.10g}"},
             reading.world.projects[id].id, total.first),
        verbatim("1")));
  }
}

// A row that cannot be read cannot be missed; a value that cannot be read cannot be edited out of its range.
void check_edit(Reading& reading, RowReader& row, const Edit& edit) {
  const bool has_rows =
      edit.table == "service_leg" ? reading.is_whole({edit.table}) : reading.table(edit.table).is_table();
  if (!has_rows) return;
  const auto fault = find_fault(reading.world, edit);
  if (!fault) return;
  const bool concerns_value = fault->cell == "value" || fault->cell == "operation";
  if (concerns_value && (!row.is_sound() || !reading.is_sound(edit.table))) return;
  row.fault(fault->cell, fault->found, fault->expected);
}

void read_edits(Reading& reading) {
  std::vector<std::string> tables;
  for (const std::string_view name : editable_tables()) tables.emplace_back(name);
  for_each_row(reading, "edit", [&](RowReader& row, std::size_t index) {
    Edit edit;
    edit.project = row.reference("project_id", reading.projects);
    edit.table = row.word("table", tables);
    edit.row = row.text("row");
    edit.column = row.text("column");
    edit.operation = row.choice("operation", EditOperation::kSet);
    row.numbers(edit);
    edit.provenance = row.provenance();
    const bool is_table = std::find(tables.begin(), tables.end(), edit.table) != tables.end();
    if (!row.has_all_references() || !is_table || edit.row.empty() || edit.column.empty()) return;
    check_edit(reading, row, edit);
    row.keep_ranges(row_id(reading.world, edit));
    reading.kept_rows["edit"].push_back(index);
    reading.world.edits.push_back(std::move(edit));
  });
}

}  // namespace

void read_projects(Reading& reading) {
  read_project_rows(reading);
  check_circular_needs(reading);
  read_owners(reading);
  read_edits(reading);
}

}  // namespace gerbang::io
