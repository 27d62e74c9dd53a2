// What is worth improving: in one scenario and year, every lever of the network by what one per cent of it is
// worth to some regions (all at once, by the gradient of the joint equilibrium), who gains from it, and every
// project of the study as the gradient predicts it beside its exact solution.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gerbang/base/text.h"
#include "gerbang/evaluate/evaluate.h"
#include "gerbang/evaluate/levers.h"
#include "gerbang/io/described_table.h"

namespace gerbang::report {

struct RankQuestion {
  ScenarioId scenario;
  int year = 0;
  std::vector<RegionId> regions;  // whose gain counts; empty: all domestic ones
};

// Worth in IDR bn a year of equivalent variation.
struct Improvement {
  evaluate::Lever lever;          // worth to those who count
  std::vector<double> by_region;  // of one per cent better, by region of the study
};

// Why a project has no prediction, or no exact figure.
enum class ProjectNote : std::uint8_t {
  kNone,
  kNotSeparable,  // it changes no cell here: it acts through a trend, or its effect is there without it
  kExcluded,      // what is in force excludes it, or a cell would be blank
  kNew,           // it opens or closes rows: a gradient knows nothing of what does not exist
  kOtherCells     // it changes cells that are no levers
};

struct RankedProject {
  ProjectId project;
  bool is_in_force = false;         // then what having it is worth; else what adding it would be
  std::optional<double> predicted;  // by the gradient
  std::optional<double> exact;
  ProjectNote note = ProjectNote::kNone;
  bool is_converged = true;
};

struct Ranking {
  RankQuestion question;
  std::vector<Improvement> improvements;  // all levers at home, the most valuable first
  std::vector<RankedProject> projects;    // in the order of the study
  double residual = 0.0;                  // of the transposed system: the largest, relative
  std::size_t rounds = 0;                 // all adjoint solves together
  bool is_converged = false;
};

// Where gradients are kept between runs (none: worked out anew), and who is told how far it is.
struct Keeping {
  evaluate::Cache* cache = nullptr;  // not owned
  std::string fingerprint;           // of the engine
  Observer observer;
};

// Outcomes that are needed are solved.
[[nodiscard]] Ranking rank(evaluate::Evaluator& evaluator, const RankQuestion& question,
                           const Keeping& keeping);

// The region that gains least, or loses most, per head against the first scenario of the study in that year;
// none for the first scenario itself.
[[nodiscard]] std::optional<RegionId> worst_off(evaluate::Evaluator& evaluator, ScenarioId scenario,
                                                int year);

[[nodiscard]] std::string to_text(const World& world, const Ranking& ranking, std::size_t most,
                                  Language language);
[[nodiscard]] nlohmann::ordered_json to_json(const World& world, const Ranking& ranking, std::size_t most);
// Tables "levers", "projects", and "hangs_on": whose gain hangs on what, a column for every region.
[[nodiscard]] std::vector<io::DescribedTable> rank_tables(const World& world, const Ranking& ranking);

// What a lever is of, as people call it.
[[nodiscard]] std::string name_of_lever(const World& world, const evaluate::Lever& lever, Language language);

}  // namespace gerbang::report
