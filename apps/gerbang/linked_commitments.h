// What `run` says of the register: open commitments that are linked to a project, and what that project's
// delay by a year costs each region that it concerns.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "apps/gerbang/common.h"
#include "gerbang/evaluate/evaluate.h"
#include "gerbang/register/register.h"
#include "gerbang/report/project_effects.h"

namespace gerbang::app {

struct LinkedCommitment {
  registry::DueRecord due;
  std::optional<report::ProjectDelay> delay;  // none: no scenario has the project, or it has no year
};

// Solves what is needed, which is nothing for a register without linked commitments.
[[nodiscard]] std::vector<LinkedCommitment> linked_commitments(const registry::Register& thread,
                                                               evaluate::Evaluator& evaluator);

[[nodiscard]] std::string commitments_text(const std::vector<LinkedCommitment>& commitments,
                                           const World& world, Language language);
[[nodiscard]] nlohmann::ordered_json commitments_json(const std::vector<LinkedCommitment>& commitments,
                                                      const World& world);

}  // namespace gerbang::app
