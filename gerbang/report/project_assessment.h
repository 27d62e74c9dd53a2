// A project as two governments would weigh it: what it costs and who pays, what it gains whom, the ratio of
// benefit to cost, and the assumptions on which that ratio hangs most. Each assumption is moved alone, from
// its low to its high value in the study, with and without the project.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gerbang/report/project_effects.h"

namespace gerbang::report {

enum class AssumptionKind : std::uint8_t {
  kCost,       // of the project
  kEffect,     // what the project does: more sailings, lower fares
  kTimeValue,  // of a freight class, by its value of time
  kFare,       // of the services that the project is about
  kHandling    // hours at the ports where these services begin and end
};

struct Assumption {
  AssumptionKind kind = AssumptionKind::kCost;
  std::vector<Uncertainty> cells;               // moved together; the first is shown
  std::optional<FreightClassId> freight_class;  // of kTimeValue
  std::vector<Edit> low;
  std::vector<Edit> high;
  // The nation's yearly gain from the project when the assumption is low or high, IDR bn; of kCost the gain
  // as it is. None where it could not be solved.
  std::optional<double> gain_at_low;
  std::optional<double> gain_at_high;
};

struct ProjectAssessment {
  ProjectId project;
  bool is_decided = false;    // in the scenario and year asked for
  bool is_separable = false;  // its effect can be told apart; if not, nothing that follows is known
  bool is_converged = false;
  std::vector<double> ev_idr_bn;        // by region, of those who stay; foreign regions 0
  double gain_idr_bn = 0.0;             // the nation's, those who move included
  std::vector<Assumption> assumptions;  // that can be moved, in no order
};

struct AssessmentQuestion {
  ScenarioId scenario;
  int year = 0;
};

// Of a project that is not decided there, or whose effect is a trend of the scenario, only that. kept: where
// figures are kept between runs (they are worked out from many outcomes, which are not kept); none: worked
// out anew.
[[nodiscard]] std::vector<ProjectAssessment> assess_projects(evaluate::Evaluator& evaluator,
                                                             const std::vector<ProjectId>& projects,
                                                             const AssessmentQuestion& question,
                                                             evaluate::Cache* kept,
                                                             const std::string& fingerprint);

// The services that a project adds or changes.
[[nodiscard]] std::vector<ServiceId> services_of(const World& world, ProjectId project);

// Today's worth of an amount paid every year for so many years, per unit: (1 − (1 + r)^−n) / r.
[[nodiscard]] double annuity(double discount_percent, double years);

}  // namespace gerbang::report
