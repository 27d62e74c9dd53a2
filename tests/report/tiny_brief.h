// Briefs of the tiny run, with a register of two cities that have met once.
#pragma once

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "gerbang/report/brief.h"
#include "tests/report/tiny_run.h"

namespace gerbang::report::test {

using testing::kCapital;
using testing::kFarm;
using testing::kGate;

inline const World& world() {
  return tiny_evaluator().world();
}

inline ScenarioId scenario(std::string_view id) {
  for (const ScenarioId candidate : world().scenarios.ids())
    if (world().scenarios[candidate].id == id) return candidate;
  return ScenarioId(0);
}

inline registry::Register thread() {
  registry::Register thread(registry::names_of(world(), {}));
  const registry::Author author{.name = "test"};
  thread.add(registry::Kind::kParty,
             {{"name", "City of Gate"},
              {"category", "government"},
              {"region_id", "gate"},
              {"contacts", "0812-secret"}},
             author, "gate_city");
  thread.add(registry::Kind::kParty,
             {{"name", "City of Capital"}, {"category", "government"}, {"region_id", "capital"}}, author,
             "capital_city");
  thread.add(registry::Kind::kEvent,
             {{"title", "Kunjungan"},
              {"title_en", "A visit"},
              {"category", "visit"},
              {"start", "2026-01-23"},
              {"hosts", "gate_city"},
              {"delegation", "capital_city"}},
             author);
  return thread;
}

inline BriefQuestion question(std::vector<RegionId> sides, std::string_view of = "ship") {
  return {.sides = std::move(sides),
          .scenario = scenario(of),
          .year = 2030,
          .today = *registry::parse_date("2026-02-02")};
}
inline const std::vector<RegionId> kTwoCities = {RegionId(kGate), RegionId(kCapital)};

inline Document make(const BriefQuestion& asked, const registry::Register& of,
                     Language language = Language::kEnglish, std::optional<DrawnBands> bands = {}) {
  const RunResult result = run(tiny_evaluator(), run_options(asked));
  return brief({.run = result,
                .evaluator = tiny_evaluator(),
                .thread = of,
                .results = tiny_sources(),
                .bands = std::move(bands)},
               asked, language);
}

}  // namespace gerbang::report::test
