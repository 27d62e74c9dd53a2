// The world as it stands in a year under a scenario: projects in force, their edits applied, and what does
// not exist yet marked as not present.
#pragma once

#include <span>
#include <vector>

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

// One changed cell. Throws InputError when table, row or column do not exist or the new value is out of
// range.
void apply_edit(World& world, const Edit& edit);

// The world of that year: a copy with the edits of the projects in force and then the extra edits applied;
// links, terminals and services whose project is not in force are not is_present. Ids are those of the world
// given.
[[nodiscard]] World apply(const World& world, std::span<const ProjectId> decided, std::span<const Edit> extra,
                          int year);

}  // namespace gerbang
