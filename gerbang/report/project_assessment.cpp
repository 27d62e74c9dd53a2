#include "gerbang/report/project_assessment.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "gerbang/base/hash.h"
#include "gerbang/report/project_switch.h"
#include "gerbang/world/apply.h"
#include "gerbang/world/fields.h"
#include "gerbang/world/rows.h"

namespace gerbang::report {
namespace {

Edit set_edit(const Uncertainty& cell, double value) {
  return {.project = {},
          .table = cell.table,
          .row = cell.row,
          .column = cell.column,
          .operation = EditOperation::kSet,
          .value = value,
          .provenance = {}};
}

// Finds what of a project can be moved.
class AssumptionFinder {
 public:
  AssumptionFinder(const World& world, ProjectId project, const evaluate::Outcome& outcome)
      : world_(world), project_(project), outcome_(outcome), services_(services_of(world, project)) {}

  std::vector<Assumption> find() {
    add_cost();
    add_effect();
    add_time_values();
    add_cells_of_services();
    return std::move(found_);
  }

 private:
  [[nodiscard]] std::vector<Uncertainty> cells(std::string_view table, std::string_view row,
                                               std::string_view column) const {
    std::vector<Uncertainty> cells;
    for (const Uncertainty& cell : world_.uncertainties)
      if (cell.table == table && cell.row == row && (column.empty() || cell.column == column))
        cells.push_back(cell);
    return cells;
  }

  void add(Assumption assumption) {
    if (assumption.cells.empty()) return;
    if (assumption.kind != AssumptionKind::kEffect || assumption.low.empty())
      for (const Uncertainty& cell : assumption.cells) {
        if (assumption.kind == AssumptionKind::kCost || cell.table == "edit") continue;
        assumption.low.push_back(set_edit(cell, cell.low));
        assumption.high.push_back(set_edit(cell, cell.high));
      }
    found_.push_back(std::move(assumption));
  }

  void add_cost() {
    add({.kind = AssumptionKind::kCost,
         .cells = cells("project", world_.projects[project_].id, "cost_idr_bn")});
  }

  // The project's edits at their low or high values: what the cells then hold.
  [[nodiscard]] std::vector<Edit> edited(double Uncertainty::*side,
                                         const std::vector<Uncertainty>& edits) const {
    World changed = world_;
    std::vector<Edit> set;
    for (Edit& edit : changed.edits)
      for (const Uncertainty& cell : edits)
        if (row_id(world_, edit) == cell.row) edit.value = cell.*side;
    std::vector<ProjectId> decided = decided_in_outcome();
    const World then = apply(changed, decided, {}, outcome_.year);
    for (const Edit& edit : changed.edits) {
      if (edit.project != project_ || edit.table != "service") continue;
      for (const Service& service : then.services) {
        if (service.id != edit.row) continue;
        for (const auto& field : kServiceFields)
          if (field.column == edit.column)
            if (const auto value = field.get(service))
              set.push_back(set_edit({.table = "service", .row = edit.row, .column = edit.column}, *value));
      }
    }
    return set;
  }

  [[nodiscard]] std::vector<ProjectId> decided_in_outcome() const {
    for (const ScenarioId scenario : world_.scenarios.ids())
      if (world_.scenarios[scenario].id == outcome_.scenario) return decided_projects(world_, scenario);
    return {};
  }

  void add_effect() {
    std::vector<Uncertainty> edits;
    for (const Edit& edit : world_.edits)
      if (edit.project == project_ && edit.table == "service")
        for (const Uncertainty& cell : cells("edit", row_id(world_, edit), "value")) edits.push_back(cell);
    if (!edits.empty())
      add({.kind = AssumptionKind::kEffect,
           .cells = edits,
           .low = edited(&Uncertainty::low, edits),
           .high = edited(&Uncertainty::high, edits)});
    std::vector<Uncertainty> sailings;
    for (const ServiceId id : services_)
      if (world_.services[id].project == project_)
        for (const Uncertainty& cell : cells("service", world_.services[id].id, "departures_per_week"))
          sailings.push_back(cell);
    add({.kind = AssumptionKind::kEffect, .cells = sailings});
  }

  // Of the classes that these services carry most.
  void add_time_values() {
    constexpr std::size_t kClasses = 2;
    std::vector<std::pair<double, FreightClassId>> carried;
    const evaluate::Network network = evaluate::build_network(*outcome_.world);
    for (const FreightClassId m : world_.freight_classes.ids()) {
      double kt = 0.0;
      for (std::size_t leg = 0; leg < network.legs.size(); ++leg)
        if (std::find(services_.begin(), services_.end(), network.legs[leg].service) != services_.end())
          kt += outcome_.loads.leg_by_class(m.value(), leg);
      if (kt > 0.0) carried.emplace_back(-kt, m);
    }
    std::sort(carried.begin(), carried.end());
    for (std::size_t i = 0; i < std::min(kClasses, carried.size()); ++i)
      add({.kind = AssumptionKind::kTimeValue,
           .cells = cells("freight_class", world_.freight_classes[carried[i].second].id,
                          "time_value_percent_per_day"),
           .freight_class = carried[i].second});
  }

  void add_cells_of_services() {
    Assumption fares{.kind = AssumptionKind::kFare}, handling{.kind = AssumptionKind::kHandling};
    std::set<TerminalId> terminals;
    for (const ServiceId id : services_) {
      const Service& service = world_.services[id];
      for (std::size_t leg = 0; leg < service.legs.size(); ++leg) {
        for (const Uncertainty& cell : cells("service_leg", row_id(service, leg), "tariff_idr_per_tonne"))
          fares.cells.push_back(cell);
        terminals.insert({service.legs[leg].from, service.legs[leg].to});
      }
    }
    for (const TerminalId terminal : terminals)
      for (const Uncertainty& cell : cells("terminal", world_.terminals[terminal].id, "handling_h"))
        handling.cells.push_back(cell);
    add(std::move(fares));
    add(std::move(handling));
  }

  const World& world_;
  ProjectId project_;
  const evaluate::Outcome& outcome_;
  std::vector<ServiceId> services_;
  std::vector<Assumption> found_;
};

std::string key_of(const evaluate::Evaluator& evaluator, const AssessmentQuestion& question,
                   const ProjectAssessment& assessment, const std::string& fingerprint) {
  const World& world = evaluator.world();
  Hasher hasher;
  hasher.add("gerbang project assessment 1").add(fingerprint).add(evaluator.study_hash());
  hasher.add(world.scenarios[question.scenario].id).add(static_cast<std::uint64_t>(question.year));
  hasher.add(world.projects[assessment.project].id);
  return hasher.hex();
}

nlohmann::json to_json(const ProjectAssessment& assessment) {
  auto moved = nlohmann::json::array();
  const auto optional = [](const std::optional<double>& value) {
    return value ? nlohmann::json(*value) : nlohmann::json();
  };
  for (const Assumption& assumption : assessment.assumptions)
    moved.push_back({optional(assumption.gain_at_low), optional(assumption.gain_at_high)});
  return {{"is_converged", assessment.is_converged},
          {"ev", assessment.ev_idr_bn},
          {"gain", assessment.gain_idr_bn},
          {"moved", moved}};
}

bool from_json(const nlohmann::json& json, ProjectAssessment& assessment) {
  if (!json.is_object() || json["moved"].size() != assessment.assumptions.size()) return false;
  const auto optional = [](const nlohmann::json& value) {
    return value.is_number() ? std::optional<double>(value.get<double>()) : std::nullopt;
  };
  assessment.is_converged = json["is_converged"];
  assessment.ev_idr_bn = json["ev"].get<std::vector<double>>();
  assessment.gain_idr_bn = json["gain"];
  for (std::size_t i = 0; i < assessment.assumptions.size(); ++i) {
    assessment.assumptions[i].gain_at_low = optional(json["moved"][i][0]);
    assessment.assumptions[i].gain_at_high = optional(json["moved"][i][1]);
  }
  return true;
}

// The questions of a project: as it is, then each assumption low and high.
std::vector<ProjectQuestion> questions_of(const ProjectAssessment& assessment,
                                          const AssessmentQuestion& question) {
  std::vector<ProjectQuestion> questions = {{question.scenario, question.year, assessment.project}};
  for (const Assumption& assumption : assessment.assumptions)
    if (assumption.kind != AssumptionKind::kCost)
      for (const std::vector<Edit>* edits : {&assumption.low, &assumption.high})
        questions.push_back({question.scenario, question.year, assessment.project, *edits});
  return questions;
}

void take_answers(ProjectAssessment& assessment, const World& world,
                  const std::optional<ProjectEffect>* answers) {
  assessment.is_separable = answers->has_value();
  if (!assessment.is_separable) return;
  const evaluate::Gains& gains = (*answers)->gains;
  assessment.is_converged = (*answers)->is_converged;
  assessment.ev_idr_bn.assign(world.regions.size(), 0.0);
  for (const evaluate::RegionGain& gain : gains.regions)
    assessment.ev_idr_bn[gain.region.value()] = gain.ev_idr_bn;
  assessment.gain_idr_bn = gains.ev_idr_bn;
  const auto gain_of = [](const std::optional<ProjectEffect>& effect) {
    return effect && effect->is_converged ? std::optional(effect->gains.ev_idr_bn) : std::nullopt;
  };
  ++answers;
  for (Assumption& assumption : assessment.assumptions) {
    if (assumption.kind == AssumptionKind::kCost) {
      assumption.gain_at_low = assumption.gain_at_high = gains.ev_idr_bn;
      continue;
    }
    assumption.gain_at_low = gain_of(answers[0]);
    assumption.gain_at_high = gain_of(answers[1]);
    answers += 2;
  }
}

}  // namespace

std::vector<ServiceId> services_of(const World& world, ProjectId project) {
  std::set<ServiceId> services;
  for (const ServiceId id : world.services.ids())
    if (world.services[id].project == project) services.insert(id);
  for (const Edit& edit : world.edits) {
    if (edit.project != project) continue;
    for (const ServiceId id : world.services.ids()) {
      const std::string& name = world.services[id].id;
      const bool is_leg = edit.table == "service_leg" && edit.row.starts_with(name + "/");
      if (is_leg || (edit.table == "service" && edit.row == name)) services.insert(id);
    }
  }
  return {services.begin(), services.end()};
}

double annuity(double discount_percent, double years) {
  const double rate = discount_percent / 100.0;
  if (rate == 0.0) return years;
  return (1.0 - std::pow(1.0 + rate, -years)) / rate;
}

std::vector<ProjectAssessment> assess_projects(evaluate::Evaluator& evaluator,
                                               const std::vector<ProjectId>& projects,
                                               const AssessmentQuestion& question, evaluate::Cache* kept,
                                               const std::string& fingerprint) {
  const World& world = evaluator.world();
  const auto outcome =
      evaluator.evaluate(evaluate::Request{.scenario = question.scenario, .year = question.year});
  std::vector<ProjectAssessment> assessments;
  std::vector<ProjectQuestion> asked;
  std::vector<std::pair<std::size_t, std::size_t>> unanswered;  // into assessments, into asked
  for (const ProjectId project : projects) {
    ProjectAssessment& assessment = assessments.emplace_back(ProjectAssessment{.project = project});
    if (!is_decided_in(world, question.scenario, project, question.year)) continue;
    assessment.is_decided = true;
    const auto undone = edits_without(world, question.scenario, project, question.year);
    assessment.is_separable = undone && !undone->empty();
    if (!assessment.is_separable) continue;
    assessment.assumptions = AssumptionFinder(world, project, *outcome).find();
    const std::string key = key_of(evaluator, question, assessment, fingerprint);
    if (const auto bytes = kept == nullptr ? std::nullopt : kept->get(key))
      if (from_json(nlohmann::json::parse(*bytes, nullptr, false), assessment)) continue;
    unanswered.emplace_back(assessments.size() - 1, asked.size());
    for (ProjectQuestion& more : questions_of(assessment, question)) asked.push_back(std::move(more));
  }
  const std::vector<std::optional<ProjectEffect>> answers = project_effects(evaluator, asked);
  for (const auto& [index, first] : unanswered) {
    take_answers(assessments[index], world, answers.data() + first);
    if (kept != nullptr)
      kept->put(key_of(evaluator, question, assessments[index], fingerprint),
                to_json(assessments[index]).dump());
  }
  return assessments;
}

}  // namespace gerbang::report
