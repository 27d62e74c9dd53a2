// What one project of a scenario is worth to each region: the scenario with it against the same scenario
// without it (and without what needs it), in a year. Every question is an ordinary request: the project is
// switched off by edits.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gerbang/evaluate/evaluate.h"
#include "gerbang/evaluate/gains.h"

namespace gerbang::report {

struct ProjectQuestion {
  ScenarioId scenario;
  int year = 0;
  ProjectId project;
  std::vector<Edit> assumptions{};  // hold with and without the project
};
struct ProjectEffect {
  evaluate::Gains gains;  // of having it
  bool is_converged = false;
};
// In the order of the questions; none where the project is not in force there or cannot be undone: it changes
// no cell (its effect is a trend of the scenario), or one that would be blank.
[[nodiscard]] std::vector<std::optional<ProjectEffect>> project_effects(
    evaluate::Evaluator& evaluator, std::span<const ProjectQuestion> questions);

// Whether the scenario decides the project and it is in force in that year.
[[nodiscard]] bool is_decided_in(const World& world, ScenarioId scenario, ProjectId project, int year);

// What it costs to have a project a year later: each region's gain in the year in which it would have opened.
struct DelayQuestion {
  ProjectId project;
  std::optional<ScenarioId> scenario{};  // none: the first that decides it
};
struct ProjectDelay {
  ProjectId project;
  ScenarioId scenario;
  int first_year = 0;
  evaluate::Gains lost;  // gains that are lost: positive is a loss
};
// None of a project that no scenario decides or that has no year within the study's.
[[nodiscard]] std::vector<std::optional<ProjectDelay>> delays_by_a_year(
    evaluate::Evaluator& evaluator, std::span<const DelayQuestion> questions);

}  // namespace gerbang::report
