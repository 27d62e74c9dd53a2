#include "apps/gerbang/trade_case.h"

#include <algorithm>
#include <utility>

#include "gerbang/base/error.h"
#include "gerbang/trade/wedges.h"

namespace gerbang::app {
namespace {

trade::AssembledEconomy economy_of(const io::TradeFolder& folder) {
  trade::ObservedEconomy observed;
  observed.flow = folder.flow;
  for (std::size_t s = 0; s < folder.duty_base.size(); ++s)
    for (std::size_t k = 0; k < observed.flow[s].values().size(); ++k)
      observed.flow[s].values()[k] *= 1.0 + folder.duty_base[s].values()[k];
  observed.duty = folder.duty_base;
  observed.input_share = folder.input_share;
  observed.trade_elasticity = folder.trade_elasticity;
  observed.labour_share = folder.labour_share;
  observed.foreign = folder.numeraire;
  return economy_from_flows(std::move(observed));
}

trade::Change reference_change(const io::TradeFolder& folder, const TradeCase& options) {
  trade::Change change{.closure = options.closure};
  if (options.mobility <= 0.0) return change;
  if (std::none_of(folder.population.begin(), folder.population.end(),
                   [](double people) { return people > 0.0; }))
    throw InputError(Fault{"region.csv",
                           0,
                           0,
                           {"penduduk harus berpindah, tetapi tidak ada wilayah yang berpenduduk",
                            "people are to move and no region has any"},
                           {"jumlah penduduk menurut wilayah", "population by region"}});
  change.mobility = trade::Mobility{options.mobility, options.congestion, folder.population};
  return change;
}

Matrix seller_flow(const trade::Economy& economy, const trade::State& state, std::size_t sector) {
  Matrix value = trade::flow(economy, state.change, state.equilibrium, sector);
  const std::vector<Matrix>& duty = trade::duty_of(economy, state.change);
  for (std::size_t k = 0; k < value.values().size() && !duty.empty(); ++k)
    value.values()[k] /= 1.0 + duty[sector].values()[k];
  return value;
}

}  // namespace

Matrix TradeRun::reference_flow(std::size_t sector) const {
  return seller_flow(economy, {before, reference}, sector);
}
Matrix TradeRun::new_flow(std::size_t sector) const {
  return seller_flow(economy, {after, now}, sector);
}

TradeRun run_trade_case(const io::TradeFolder& folder, const TradeCase& options, const Observer& observer) {
  trade::AssembledEconomy assembled = economy_of(folder);
  TradeRun run;
  run.economy = std::move(assembled.economy);
  run.negative_final_demand = assembled.negative_final_demand;
  run.before = reference_change(folder, options);
  run.after = run.before;
  run.after.iceberg = folder.cost_factor;
  run.after.duty = folder.duty_new;
  run.after.productivity = folder.productivity;
  run.after.population = folder.population_factor;
  const trade::SolveOptions solver{.tolerance = options.tolerance, .observer = observer};
  run.reference = trade::solve(run.economy, run.before, solver);
  run.now = trade::solve(run.economy, run.after, solver);
  run.comparison = trade::compare(run.economy, run.reference, run.now);
  run.decomposition = trade::decompose(run.economy, {run.before, run.reference}, {run.after, run.now});
  return run;
}

}  // namespace gerbang::app
