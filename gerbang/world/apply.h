// The world as it stands in a year under a scenario: projects in force, their edits applied, and what does
// not exist yet marked as not present.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gerbang/base/message.h"
#include "gerbang/world/world.h"

namespace gerbang {

// Whether a project is in force in a year when these undecided projects are taken: operating and committed
// ones from their year on; a proposed one from its year on when it is among the decided. A project without a
// year is in force whenever it is chosen (or operating).
[[nodiscard]] bool is_in_force(const Project& project, bool is_decided, int year);

// The projects in force, in the order of the table. Throws InputError when one of them lacks a need or meets
// one that it excludes.
[[nodiscard]] std::vector<ProjectId> projects_in_force(const World& world, std::span<const ProjectId> decided,
                                                       int year);

// What a scenario decides beyond what operates or is committed: its own projects and those of its
// predecessors, in the order of the table; and the trends that run, the predecessors' first.
[[nodiscard]] std::vector<ProjectId> decided_projects(const World& world, ScenarioId scenario);
[[nodiscard]] std::vector<std::string> running_trends(const World& world, ScenarioId scenario);

// The regions that a project concerns: where it stands, and who owns it.
[[nodiscard]] std::set<RegionId> concerned_by(const Project& project);

// Projects each of which needs the next, and the last the first; empty when needs run in no circle.
[[nodiscard]] std::vector<ProjectId> find_circular_needs(const World& world);

// The tables that rows of edit.csv may change. Uncertain cells may lie in any table with numeric columns
// (rows.h).
[[nodiscard]] std::span<const std::string_view> editable_tables();

// What is wrong with an edit, and which of its cells says so: "table", "row", "column", "operation" or
// "value".
struct EditFault {
  std::string_view cell;
  Message found;
  Message expected;

  friend bool operator==(const EditFault&, const EditFault&) = default;
};
[[nodiscard]] std::optional<EditFault> find_fault(const World& world, const Edit& edit);

// One changed cell: a numeric column of a table, or is_present (0 or 1, set only) of a link, terminal,
// service or trend row. Throws InputError when table, row or column do not exist or the new value is out of
// range.
void apply_edit(World& world, const Edit& edit);

// The world of that year: a copy with the edits of the projects in force and then the extra edits applied;
// links, terminals, services and trend rows whose project is not in force are not is_present. Ids are those
// of the world given.
[[nodiscard]] World apply(const World& world, std::span<const ProjectId> decided, std::span<const Edit> extra,
                          int year);

}  // namespace gerbang
