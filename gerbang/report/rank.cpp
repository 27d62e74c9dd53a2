#include "gerbang/report/rank.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gerbang/base/hash.h"
#include "gerbang/evaluate/gains.h"
#include "gerbang/report/project_switch.h"

namespace gerbang::report {
namespace {

using Json = nlohmann::json;

// Ranks need three digits, the ranking itself a few more.
constexpr double kTolerance = 1e-7;
constexpr double kToleranceByRegion = 1e-4;

// One kept piece of numbers: what a gradient, or all regions' gradients, make of the levers.
struct Piece {
  std::vector<std::vector<double>> rows;
  double residual = 0.0;
  std::size_t rounds = 0;
  bool is_converged = true;

  void add(const evaluate::NetworkGradient& gradient) {
    residual = std::max(residual, gradient.residual);
    rounds += gradient.rounds;
    is_converged = is_converged && gradient.is_converged;
  }
};

std::string to_bytes(const Piece& piece) {
  return Json{{"rows", piece.rows},
              {"residual", piece.residual},
              {"rounds", piece.rounds},
              {"is_converged", piece.is_converged}}
      .dump();
}

// None where the bytes are not what to_bytes() writes of so many rows of that length.
std::optional<Piece> from_bytes(const std::string& bytes, std::size_t rows, std::size_t length) {
  const Json json = Json::parse(bytes, nullptr, false);
  if (!json.is_object() || !json.contains("rows") || json["rows"].size() != rows) return std::nullopt;
  for (const Json& row : json["rows"])
    if (row.size() != length) return std::nullopt;
  return Piece{json["rows"].get<std::vector<std::vector<double>>>(), json["residual"], json["rounds"],
               json["is_converged"]};
}

std::vector<bool> counted(const World& world, const std::vector<RegionId>& regions) {
  std::vector<bool> is_counted(world.regions.size(), regions.empty());
  for (const RegionId id : regions) is_counted[id.value()] = true;
  for (const RegionId id : world.regions.ids())
    if (world.regions[id].is_foreign) is_counted[id.value()] = false;
  return is_counted;
}

// The gradients at an outcome, solved when they are not kept.
class Gradients {
 public:
  Gradients(const evaluate::Evaluator& evaluator, const evaluate::Outcome& outcome, const Keeping& keeping)
      : evaluator_(evaluator),
        outcome_(outcome),
        keeping_(keeping),
        blank_(evaluate::levers(*outcome.world, evaluate::no_gradient(*outcome.world))) {}

  // The levers with their worth to these regions.
  std::vector<evaluate::Lever> worth_to(const std::vector<RegionId>& regions) {
    const Piece piece = kept_or("worth", regions, 3, blank_.size(), [&] {
      Piece solved{std::vector<std::vector<double>>(3), 0.0, 0, true};
      for (const evaluate::Lever& lever : solve(regions, kTolerance, solved)) {
        solved.rows[0].push_back(lever.slope);
        solved.rows[1].push_back(lever.per_unit);
        solved.rows[2].push_back(lever.per_percent);
      }
      return solved;
    });
    std::vector<evaluate::Lever> levers = blank_;
    for (std::size_t k = 0; k < levers.size(); ++k) {
      levers[k].slope = piece.rows[0][k];
      levers[k].per_unit = piece.rows[1][k];
      levers[k].per_percent = piece.rows[2][k];
    }
    return levers;
  }

  // What one per cent of every lever is worth to each region, foreign ones nothing: region × lever.
  std::vector<std::vector<double>> by_region() {
    const World& world = *outcome_.world;
    return kept_or("by region", {}, world.regions.size(), blank_.size(),
                   [&] {
                     Piece solved;
                     for (const RegionId id : world.regions.ids()) {
                       std::vector<double>& row = solved.rows.emplace_back(blank_.size());
                       if (world.regions[id].is_foreign) continue;
                       if (keeping_.observer)
                         keeping_.observer({"gradients", id.value() + 1, world.regions.size(), 0.0});
                       const std::vector<evaluate::Lever> levers = solve({id}, kToleranceByRegion, solved);
                       for (std::size_t k = 0; k < levers.size(); ++k) row[k] = levers[k].per_percent;
                     }
                     return solved;
                   })
        .rows;
  }

  [[nodiscard]] double residual() const { return residual_; }
  [[nodiscard]] std::size_t rounds() const { return rounds_; }
  [[nodiscard]] bool is_converged() const { return is_converged_; }

 private:
  template <class Solve>
  Piece kept_or(const char* kind, const std::vector<RegionId>& regions, std::size_t rows, std::size_t length,
                Solve solve) {
    Hasher hasher;
    hasher.add("gerbang gradient").add(keeping_.fingerprint).add(outcome_.hash).add(kind);
    for (const RegionId id : regions) hasher.add(static_cast<std::uint64_t>(id.value()));
    const std::string key = hasher.hex();
    std::optional<Piece> piece;
    if (const auto bytes = keeping_.cache == nullptr ? std::nullopt : keeping_.cache->get(key))
      piece = from_bytes(*bytes, rows, length);
    if (!piece) {
      piece = solve();
      if (keeping_.cache != nullptr) keeping_.cache->put(key, to_bytes(*piece));
    }
    residual_ = std::max(residual_, piece->residual);
    rounds_ += piece->rounds;
    is_converged_ = is_converged_ && piece->is_converged;
    return *std::move(piece);
  }

  std::vector<evaluate::Lever> solve(const std::vector<RegionId>& regions, double tolerance, Piece& piece) {
    if (!adjoint_) adjoint_.emplace(evaluator_.base_year(), outcome_);
    const evaluate::NetworkGradient gradient =
        adjoint_->gradient(evaluate::variation_of(outcome_, counted(*outcome_.world, regions)), tolerance);
    piece.add(gradient);
    return evaluate::levers(*outcome_.world, gradient);
  }

  const evaluate::Evaluator& evaluator_;
  const evaluate::Outcome& outcome_;
  const Keeping& keeping_;
  std::vector<evaluate::Lever> blank_;
  std::optional<evaluate::JointAdjoint> adjoint_;
  double residual_ = 0.0;
  std::size_t rounds_ = 0;
  bool is_converged_ = true;
};

// Σ slope · change over the edits; none where an edit's cell is no lever.
std::optional<double> predicted(const World& world, const std::vector<evaluate::Lever>& levers,
                                const std::vector<Edit>& edits) {
  double sum = 0.0;
  for (const Edit& edit : edits) {
    const auto lever = std::find_if(levers.begin(), levers.end(), [&](const evaluate::Lever& one) {
      return one.table == edit.table && one.row == edit.row && one.column == edit.column;
    });
    if (lever == levers.end()) {
      if (cell_value(world, edit) == edit.value) continue;
      return std::nullopt;
    }
    sum += lever->slope * (edit.value - lever->value);
  }
  return sum;
}

// What stands abroad is not this study's to improve.
bool is_abroad(const World& world, const evaluate::Lever& lever) {
  if (lever.table != "terminal") return false;
  for (const Terminal& terminal : world.terminals)
    if (terminal.id == lever.row) return world.regions[terminal.region].is_foreign;
  return false;
}

double gain_of(const evaluate::Gains& gains, const std::vector<bool>& is_counted) {
  double sum = 0.0;
  for (const evaluate::RegionGain& gain : gains.regions)
    if (is_counted[gain.region.value()]) sum += gain.ev_idr_bn;
  return sum;
}

std::vector<RankedProject> rank_projects(evaluate::Evaluator& evaluator, const RankQuestion& question,
                                         const evaluate::Outcome& outcome,
                                         const std::vector<evaluate::Lever>& levers) {
  const World& world = evaluator.world();
  const std::vector<bool> is_counted = counted(world, question.regions);
  std::vector<RankedProject> projects;
  std::vector<evaluate::Request> requests;
  std::vector<std::size_t> asked;  // into projects
  for (const ProjectId id : world.projects.ids()) {
    RankedProject& project = projects.emplace_back();
    project.project = id;
    project.is_in_force = is_in_force_in(world, question.scenario, id, question.year);
    const auto edits = project.is_in_force ? edits_without(world, question.scenario, id, question.year)
                                           : edits_with(world, question.scenario, id, question.year);
    project.note = !edits           ? ProjectNote::kExcluded
                   : edits->empty() ? ProjectNote::kNotSeparable
                                    : ProjectNote::kNone;
    if (project.note != ProjectNote::kNone) continue;
    const bool is_new = std::any_of(edits->begin(), edits->end(),
                                    [](const Edit& edit) { return edit.column == "is_present"; });
    const std::optional<double> change = predicted(*outcome.world, levers, *edits);
    if (is_new) {
      project.note = ProjectNote::kNew;
    } else if (!change) {
      project.note = ProjectNote::kOtherCells;
    } else {
      project.predicted = project.is_in_force ? -*change : *change;
    }
    asked.push_back(projects.size() - 1);
    requests.push_back({.scenario = question.scenario, .year = question.year, .edits = *edits});
  }
  const auto outcomes = evaluator.evaluate(requests);
  for (std::size_t k = 0; k < asked.size(); ++k) {
    RankedProject& project = projects[asked[k]];
    const evaluate::Outcome &with = project.is_in_force ? outcome : *outcomes[k],
                            &without = project.is_in_force ? *outcomes[k] : outcome;
    project.exact = gain_of(evaluate::gains(evaluator.base_year().economy, without, with), is_counted);
    project.is_converged = outcomes[k]->is_converged;
  }
  return projects;
}

}  // namespace

Ranking rank(evaluate::Evaluator& evaluator, const RankQuestion& question, const Keeping& keeping) {
  const auto outcome =
      evaluator.evaluate(evaluate::Request{.scenario = question.scenario, .year = question.year});
  Gradients gradients(evaluator, *outcome, keeping);
  const std::vector<evaluate::Lever> levers = gradients.worth_to(question.regions);
  const std::vector<std::vector<double>> by_region = gradients.by_region();
  Ranking ranking{.question = question,
                  .improvements = {},
                  .projects = rank_projects(evaluator, question, *outcome, levers),
                  .residual = gradients.residual(),
                  .rounds = gradients.rounds(),
                  .is_converged = gradients.is_converged() && outcome->is_converged};
  for (std::size_t k = 0; k < levers.size(); ++k) {
    if (is_abroad(*outcome->world, levers[k])) continue;
    Improvement& improvement = ranking.improvements.emplace_back(Improvement{levers[k], {}});
    for (const std::vector<double>& of_region : by_region) improvement.by_region.push_back(of_region[k]);
  }
  std::stable_sort(
      ranking.improvements.begin(), ranking.improvements.end(),
      [](const Improvement& a, const Improvement& b) { return a.lever.per_percent > b.lever.per_percent; });
  for (const RankedProject& project : ranking.projects)
    ranking.is_converged = ranking.is_converged && project.is_converged;
  return ranking;
}

std::optional<RegionId> worst_off(evaluate::Evaluator& evaluator, ScenarioId scenario, int year) {
  if (scenario == ScenarioId(0)) return std::nullopt;
  const auto base = evaluator.evaluate(evaluate::Request{.scenario = ScenarioId(0), .year = year});
  const auto outcome = evaluator.evaluate(evaluate::Request{.scenario = scenario, .year = year});
  const evaluate::Gains gains = evaluate::gains(evaluator.base_year().economy, *base, *outcome);
  const auto worst =
      std::min_element(gains.regions.begin(), gains.regions.end(),
                       [](const auto& a, const auto& b) { return a.ev_percent < b.ev_percent; });
  return worst->region;
}

}  // namespace gerbang::report
