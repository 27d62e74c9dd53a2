#include "gerbang/report/tables.h"

#include "gerbang/base/parallel.h"

namespace gerbang::report {

io::DescribedTable rows_of(const OutcomeTable& table, const Sheet& sheet) {
  io::DescribedTable rows(table.describe(sheet.run, sheet.sources));
  table.add_rows(rows, sheet);
  return rows;
}

std::vector<io::DescribedTable> result_tables(const RunResult& run, const ResultSources& sources) {
  const OutcomeTable kinds[] = {kRegions,     kLinks,        kTerminals,   kServices,    kWhoGains,
                                kComparisons, kMovers,       kFlows,       kPairs,       kTonnesByMode,
                                kLinksUse,    kTerminalsUse, kServicesUse, kUnconnected, kConvergence};
  std::vector<io::DescribedTable> tables;
  for (const OutcomeTable& kind : kinds) tables.emplace_back(kind.describe(run, sources));
  for (std::size_t index = 0; index < run.outcomes.size(); ++index) {
    const evaluate::Network network = evaluate::build_network(*run.outcomes[index].outcome->world);
    const Sheet sheet{.run = run, .index = index, .network = network, .sources = sources};
    const bool is_fixed = sheet.outcome().closure == trade::DeficitClosure::kFixed;
    parallel_for(std::size(kinds), [&](std::size_t t) {
      if (is_fixed || kinds[t].closures == KeptClosures::kAll) kinds[t].add_rows(tables[t], sheet);
    });
  }
  tables.push_back(calibration_table(run));
  tables.push_back(manifest_table(run, sources));
  return tables;
}

}  // namespace gerbang::report
