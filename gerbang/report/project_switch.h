// One project switched off or on by edits, in the world of a scenario and year: so that every question about
// it is an ordinary request.
#pragma once

#include <optional>
#include <vector>

#include "gerbang/world/world.h"

namespace gerbang::report {

// Edits that undo the project and what needs it: its cells as they would be without it, its links, terminals
// and services closed, its trend rows off. None where that cannot be said with edits (a cell that would be
// blank).
[[nodiscard]] std::optional<std::vector<Edit>> edits_without(const World& world, ScenarioId scenario,
                                                             ProjectId project, int year);

// Edits that do the project, with what it needs, in a world where it is not in force. None where that cannot
// be: something that is in force excludes it, or a cell would be blank.
[[nodiscard]] std::optional<std::vector<Edit>> edits_with(const World& world, ScenarioId scenario,
                                                          ProjectId project, int year);

// Whether the project is in force in that scenario and year.
[[nodiscard]] bool is_in_force_in(const World& world, ScenarioId scenario, ProjectId project, int year);

// The value of a cell; none where it is blank or does not exist.
[[nodiscard]] std::optional<double> cell_value(const World& world, const Edit& cell);

}  // namespace gerbang::report
