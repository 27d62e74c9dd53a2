// A run of the tiny world of the evaluate tests, solved once for all tests of this program. The world is
// given what a report needs: names in both languages, one region without a group of its own, assumed rows.
#pragma once

#include "gerbang/evaluate/evaluate.h"
#include "gerbang/report/run.h"
#include "gerbang/report/tables.h"
#include "tests/evaluate/tiny_world.h"

namespace gerbang::report::test {

using testing::tiny_world;

inline World named_world() {
  World world = tiny_world();
  world.title = "Judul";
  world.title_en = "Title";
  world.links[LinkId(0)].name = "Trans-X";
  world.links[LinkId(0)].provenance.quality = Quality::kAssumed;
  world.projects[ProjectId(0)].region = RegionId(testing::kGate);
  world.projects[ProjectId(0)].owners = {
      {.party = "city", .region = RegionId(testing::kCapital), .cost_share = 1.0, .provenance = {}}};
  world.terminals[TerminalId(0)].capacity_mt_per_year = 2.0;
  world.terminals[TerminalId(0)].provenance.quality = Quality::kOfficial;
  return world;
}

inline evaluate::Evaluator& tiny_evaluator() {
  static evaluate::Evaluator evaluator(named_world(), {.study_hash = "tiny", .fingerprint = "test"});
  return evaluator;
}

// All scenarios and years.
inline RunOptions all_of(const World& world) {
  return {.scenarios = choose_scenarios(world, {}),
          .years = choose_years(world, {}),
          .pairs = pairs_of_interest(world)};
}

inline const RunResult& tiny_run() {
  static const RunResult result = run(tiny_evaluator(), all_of(tiny_evaluator().world()));
  return result;
}

inline const ResultSources& tiny_sources() {
  static const ResultSources sources{.outlines = {}, .version = "9.9", .engine_hash = "engine"};
  return sources;
}

// The place of an outcome in the run.
inline std::size_t index_of(const RunResult& run, std::string_view scenario, int year,
                            trade::DeficitClosure closure = trade::DeficitClosure::kFixed) {
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const evaluate::Outcome& outcome = *run.outcomes[i].outcome;
    if (outcome.scenario == scenario && outcome.year == year && outcome.closure == closure) return i;
  }
  return run.outcomes.size();
}

}  // namespace gerbang::report::test
