// The results of a run as described tables: each is described here once, and GeoPackage, CSV and JSON take
// names, units and meanings from it. docs/results.md lists them all.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gerbang/base/table.h"
#include "gerbang/evaluate/network.h"
#include "gerbang/io/described_table.h"
#include "gerbang/io/outline.h"
#include "gerbang/report/run.h"

namespace gerbang::report {

struct DrawResult;  // draws.h

// What results need beside the run itself.
struct ResultSources {
  Table<RegionId, io::Outline> outlines;  // empty: regions are drawn as points
  std::string version;                    // of gerbang
  std::string engine_hash;                // of the binary that solved
  const DrawResult* draws = nullptr;      // not owned; none: nothing was drawn
};

// One outcome on its way into tables.
struct Sheet {
  const RunResult& run;
  std::size_t index = 0;             // into run.outcomes
  const evaluate::Network& network;  // of the outcome's world
  const ResultSources& sources;

  [[nodiscard]] const ComparedOutcome& compared() const { return run.outcomes[index]; }
  [[nodiscard]] const evaluate::Outcome& outcome() const { return *compared().outcome; }
};

// Layers and tables of flows hold the outcomes under the fixed closure only; verdicts hold all of them.
enum class KeptClosures { kFixed, kAll };

// A table with rows from every outcome. Its first columns are scenario, year and closure.
struct OutcomeTable {
  io::TableDescription (*describe)(const RunResult& run, const ResultSources& sources);
  void (*add_rows)(io::DescribedTable& table, const Sheet& sheet);
  KeptClosures closures = KeptClosures::kFixed;
};

// Layers (with geometry).
extern const OutcomeTable kRegions, kLinks, kTerminals, kServices;
// Attribute tables.
extern const OutcomeTable kWhoGains, kMovers, kComparisons;
extern const OutcomeTable kLinksUse, kTerminalsUse, kServicesUse;
extern const OutcomeTable kFlows, kTonnesByMode, kPairs, kUnconnected;
extern const OutcomeTable kConvergence;

// The rows of one outcome.
[[nodiscard]] io::DescribedTable rows_of(const OutcomeTable& table, const Sheet& sheet);

// What calibrating the base year assumed and adjusted.
[[nodiscard]] io::DescribedTable calibration_table(const RunResult& run);
// What the results were made from and how exactly; nothing in it depends on when or how fast.
[[nodiscard]] io::DescribedTable manifest_table(const RunResult& run, const ResultSources& sources);

// All of them, in the order in which a reader should meet them.
[[nodiscard]] std::vector<io::DescribedTable> result_tables(const RunResult& run,
                                                            const ResultSources& sources);

// Smaller flows are left out of the table of flows (not of --flows): of freight, and of sectors that are
// none.
inline constexpr double kLeastFlowKt = 1.0;
inline constexpr double kLeastServicesIdrBn = 100.0;

// Every flow by sector, none left out, of the fixed closure: what --flows writes.
[[nodiscard]] io::DescribedTable sector_flows(const RunResult& run);

}  // namespace gerbang::report
