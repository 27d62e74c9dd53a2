#include "gerbang/evaluate/evaluate.h"

#include <algorithm>
#include <cmath>

#include "gerbang/base/hash.h"
#include "gerbang/base/parallel.h"
#include "gerbang/evaluate/archive.h"
#include "gerbang/evaluate/free_chains.h"
#include "gerbang/world/apply.h"

namespace gerbang::evaluate {
namespace {

void add_edit(Hasher& hasher, const Edit& edit) {
  hasher.add(edit.table).add(edit.row).add(edit.column);
  hasher.add(static_cast<std::uint64_t>(edit.operation)).add(edit.value);
}

std::vector<Matrix> class_matrices(const trade::Transport& transport, Matrix trade::ClassTransport::*member) {
  std::vector<Matrix> matrices;
  for (const trade::ClassTransport& of_class : transport.classes) matrices.push_back(of_class.*member);
  return matrices;
}

// In the short run nothing but the ways change: what the parent shipped is shipped where a chain exists at a
// price that its class bears, and counted as unserved elsewhere.
class ShortRunMarket {
 public:
  ShortRunMarket(const World& world, const Outcome& parent) : world_(world), parent_(parent) {}

  std::vector<Matrix> ship(const TransportCosts& costs, Outcome& outcome) const {
    std::vector<Matrix> tonnes = parent_.equilibrium.tonnes;
    outcome.unserved_kt = 0.0;
    for (std::size_t m = 0; m < tonnes.size(); ++m) {
      const double limit = world_.freight_classes[FreightClassId(m)].not_served_mn_idr_per_tonne;
      const Matrix& cost = costs.transport.classes[m].cost;
      for (std::size_t pair = 0; pair < cost.values().size(); ++pair) {
        if (cost.values()[pair] <= limit) continue;
        outcome.unserved_kt += tonnes[m].values()[pair];
        tonnes[m].values()[pair] = 0.0;
      }
    }
    return tonnes;
  }

 private:
  const World& world_;
  const Outcome& parent_;
};

void keep_hours(Outcome& outcome, const TransportModel& model, const JointEquilibrium& joint) {
  for (std::size_t m = 0; m < joint.costs.transport.classes.size(); ++m) {
    outcome.hours.push_back(model.door_to_door_hours(joint.costs, joint.state.utilisation, joint.roads, m));
  }
}

void keep_network(Outcome& outcome, JointEquilibrium joint) {
  outcome.cost = class_matrices(joint.costs.transport, &trade::ClassTransport::cost);
  outcome.money = class_matrices(joint.costs.transport, &trade::ClassTransport::money);
  outcome.residuals.road_gap = joint.roads.relative_gap;
  outcome.residuals.use = joint.use_residual;
  outcome.residuals.road_demand = joint.road_residual;
  outcome.rounds = joint.rounds;
  outcome.is_converged = joint.is_converged && joint.roads.is_converged && outcome.equilibrium.is_converged;
  outcome.arc_volume = std::move(joint.roads.volume);
  outcome.arc_time_h = std::move(joint.roads.time);
  outcome.arc_class_volume = std::move(joint.roads.class_volume);
  outcome.loads = std::move(joint.loads);
  outcome.state = std::move(joint.state);
}

// What was there, moved by what differs here: additively, never below empty.
void shift(std::span<double> there, std::span<const double> parent_there, std::span<const double> parent) {
  for (std::size_t k = 0; k < there.size(); ++k)
    there[k] = std::max(0.0, there[k] + parent[k] - parent_there[k]);
}
// The same in logarithms.
void scale(std::span<double> there, std::span<const double> parent_there, std::span<const double> parent) {
  for (std::size_t k = 0; k < there.size(); ++k)
    if (parent_there[k] > 0.0 && parent[k] > 0.0) there[k] *= parent[k] / parent_there[k];
}

// The base year as an equilibrium, as far as a search starts from it.
trade::Equilibrium base_equilibrium(const trade::Economy& economy) {
  trade::Equilibrium base;
  base.wage_hat.assign(economy.regions, 1.0);
  base.population_hat.assign(economy.regions, 1.0);
  base.price_hat = Matrix(economy.regions, economy.sectors, 1.0);
  base.expenditure = economy.expenditure;
  return base;
}

Start moved(Start there, const Start& parent_there, const Start& parent) {
  shift(there.state.utilisation.terminal, parent_there.state.utilisation.terminal,
        parent.state.utilisation.terminal);
  shift(there.state.utilisation.leg, parent_there.state.utilisation.leg, parent.state.utilisation.leg);
  const auto of_there = [&](const RoadTonnes& road) { return on_pairs(there.state.road.pairs, road).kt; };
  shift(there.state.road.kt, of_there(parent_there.state.road), of_there(parent.state.road));
  const trade::Equilibrium &then = parent_there.equilibrium, &now = parent.equilibrium;
  scale(there.equilibrium.wage_hat, then.wage_hat, now.wage_hat);
  scale(there.equilibrium.price_hat.values(), then.price_hat.values(), now.price_hat.values());
  scale(there.equilibrium.expenditure.values(), then.expenditure.values(), now.expenditure.values());
  return there;
}

// Draws calibrate once each and keep their answers, so that nothing asks for their base year again.
CalibrationOptions calibration_options(const EvaluatorOptions& options, const BaseYear* central) {
  constexpr double kRounding = 5e-14;  // of a use over capacity that a round returns
  const double part = central == nullptr ? 5e-3 : 0.1;
  CalibrationOptions of_base{.start = central,
                             .use_tolerance = std::max(part * options.tolerances.use, kRounding),
                             .road_gap = 1e-2 * options.tolerances.road_gap,
                             .accuracy = central == nullptr ? 0.0 : options.tolerances.market,
                             .observer = options.observer};
  if (central == nullptr) {
    of_base.cache = options.cache;
    of_base.hash = Hasher().add("gerbang base year").add(options.fingerprint).add(options.study_hash).hex();
  }
  return of_base;
}

}  // namespace

Evaluator::Evaluator(const World& world, EvaluatorOptions options)
    : options_(std::move(options)),
      study_(world),
      base_(calibrate_base_year(
          world, calibration_options(options_, options_.central ? &options_.central->base_ : nullptr))),
      newton_(base_.economy) {}

std::shared_ptr<const Outcome> Evaluator::known(const Request& request) const {
  return remembered(hash_of(request));
}

Start Evaluator::start_of(const Request& request, const Outcome* parent) const {
  const auto own = [](const Evaluator& of, const Outcome* outcome) {
    if (outcome != nullptr) return Start{outcome->state, outcome->equilibrium, outcome->learned};
    return Start{of.base_.state, base_equilibrium(of.base_.economy), {of.base_.search, nullptr}};
  };
  if (options_.central == nullptr) return own(*this, parent);
  const Evaluator& central = *options_.central;
  const std::optional<Request> parent_request = parent_of(request);
  const std::shared_ptr<const Outcome> there = central.known(request);
  const std::shared_ptr<const Outcome> parent_there =
      parent_request ? central.known(*parent_request) : nullptr;
  const Start before = own(*this, parent);
  Start start = moved(own(central, there.get()), own(central, parent_there.get()), before);
  start.learned = before.learned;
  return start;
}

std::optional<Request> Evaluator::parent_of(const Request& request) const {
  Request parent = request;
  if (request.run == Run::kShort) {
    parent.run = Run::kLong;
    parent.edits.clear();
    return parent;
  }
  if (!request.edits.empty()) {
    parent.edits.clear();
    return parent;
  }
  if (request.closure != trade::DeficitClosure::kFixed) {
    parent.closure = trade::DeficitClosure::kFixed;
    return parent;
  }
  const std::optional<ScenarioId> predecessor = base_.world.scenarios[request.scenario].predecessor;
  if (!predecessor) return std::nullopt;
  parent.scenario = *predecessor;
  return parent;
}

bool Evaluator::asks_the_same(const Request& request) const {
  const std::optional<Request> parent = parent_of(request);
  if (!parent || !request.edits.empty() || parent->run != request.run || parent->closure != request.closure)
    return false;
  const World& world = base_.world;
  const auto in_force = [&](ScenarioId scenario) {
    return projects_in_force(world, decided_projects(world, scenario), request.year);
  };
  const bool has_same_trends =
      request.year == world.base_year ||  // where all trends are neutral
      running_trends(world, request.scenario) == running_trends(world, parent->scenario);
  return has_same_trends && in_force(request.scenario) == in_force(parent->scenario);
}

std::string Evaluator::hash_of(const Request& request) const {
  Hasher hasher;
  hasher.add("gerbang outcome").add(options_.fingerprint).add(options_.study_hash);
  hasher.add(base_.world.scenarios[request.scenario].id).add(static_cast<std::uint64_t>(request.year));
  hasher.add(static_cast<std::uint64_t>(request.closure)).add(static_cast<std::uint64_t>(request.run));
  for (const Edit& edit : request.edits) add_edit(hasher, edit);
  if (const std::optional<Request> parent = parent_of(request)) hasher.add(hash_of(*parent));
  return hasher.hex();
}

std::shared_ptr<const Outcome> Evaluator::remembered(const std::string& hash) const {
  const std::scoped_lock lock(mutex_);
  const auto known = memory_.find(hash);
  return known == memory_.end() ? nullptr : known->second;
}

void Evaluator::forget(const Request& request) {
  const std::string hash = hash_of(request);
  const std::scoped_lock lock(mutex_);
  memory_.erase(hash);
}

std::shared_ptr<const Outcome> Evaluator::evaluate(const Request& request) {
  return evaluate(std::span(&request, 1)).front();
}

std::vector<std::shared_ptr<const Outcome>> Evaluator::evaluate(std::span<const Request> requests) {
  // Generations: each needs only what an earlier one has solved.
  std::vector<std::map<std::string, Request>> generations;
  std::vector<std::string> wanted;
  for (const Request& request : requests) {
    std::vector<Request> line = {request};
    while (const std::optional<Request> parent = parent_of(line.back())) line.push_back(*parent);
    if (generations.size() < line.size()) generations.resize(line.size());
    for (std::size_t depth = 0; depth < line.size(); ++depth) {
      const Request& ancestor = line[line.size() - 1 - depth];
      generations[depth].emplace(hash_of(ancestor), ancestor);
    }
    wanted.push_back(hash_of(request));
  }
  for (const std::map<std::string, Request>& generation : generations) {
    const std::vector<std::pair<std::string, Request>> tasks(generation.begin(), generation.end());
    parallel_for(tasks.size(), [&](std::size_t task) {
      const auto& [hash, request] = tasks[task];
      if (remembered(hash)) return;
      const std::optional<Request> parent = parent_of(request);
      const std::shared_ptr<const Outcome> from = parent ? remembered(hash_of(*parent)) : nullptr;
      std::shared_ptr<const Outcome> outcome = solve(request, from.get(), hash);
      const std::scoped_lock lock(mutex_);
      memory_.emplace(hash, std::move(outcome));
    });
  }
  std::vector<std::shared_ptr<const Outcome>> outcomes;
  for (const std::string& hash : wanted) outcomes.push_back(remembered(hash));
  return outcomes;
}

std::shared_ptr<const Outcome> Evaluator::solve(const Request& request, const Outcome* parent,
                                                const std::string& hash) {
  const std::vector<ProjectId> decided = decided_projects(base_.world, request.scenario);
  auto world = std::make_shared<const World>(apply(base_.world, decided, request.edits, request.year));
  if (options_.cache != nullptr)
    if (const std::optional<std::string> bytes = options_.cache->get(hash))
      if (std::optional<Outcome> known = from_bytes(*bytes)) {
        known->world = world;
        return std::make_shared<const Outcome>(std::move(*known));
      }

  const bool is_parents = parent != nullptr && asks_the_same(request);
  Outcome outcome = is_parents ? *parent : Outcome{};
  outcome.hash = hash;
  outcome.parent_hash = parent == nullptr ? "" : parent->hash;
  outcome.scenario = world->scenarios[request.scenario].id;
  outcome.year = request.year;
  outcome.closure = request.closure;
  outcome.run = request.run;
  outcome.world = world;
  if (!is_parents) find_equilibrium(request, parent, outcome);
  if (options_.cache != nullptr) options_.cache->put(hash, to_bytes(outcome));
  return std::make_shared<const Outcome>(std::move(outcome));
}

void Evaluator::find_equilibrium(const Request& request, const Outcome* parent, Outcome& outcome) const {
  const World& world = *outcome.world;
  outcome.trends = trend_effects(world, running_trends(world, request.scenario), request.year);
  outcome.growth = national_growth(world, base_.economy, running_trends(world, ScenarioId(0)), request.year);

  const Network network = build_network(world);
  const TransportModel model(world, network, base_.dispersion);
  trade::Change change = trade_change(world, base_.economy, outcome.trends, outcome.growth);
  change.closure = request.closure;
  Start start = start_of(request, parent);
  outcome.equilibrium = std::move(start.equilibrium);
  // Draws; whether all freight money is earned was checked of the central outcomes.
  const bool learns = options_.detail == Detail::kGainsOnly;
  Anderson market_search =
      learns && start.learned.market ? *start.learned.market : Anderson(trade::kLongSearch);
  const Market market = [&](const TransportCosts& costs, double accuracy) {
    reject_free_chains(
        world, network, costs,
        said({"skenario '{}', tahun {}", "scenario '{}', year {}"}, outcome.scenario, outcome.year));
    if (request.run == Run::kShort) return ShortRunMarket(world, *parent).ship(costs, outcome);
    change.transport = &costs.transport;
    const trade::Equilibrium before = std::move(outcome.equilibrium);
    outcome.equilibrium = trade::solve(base_.economy, change,
                                       {.tolerance = std::max(options_.tolerances.market, accuracy),
                                        .start = &before,
                                        .newton = &newton_,
                                        .search = &market_search,
                                        .checks_earners = accuracy == 0.0 && !learns});
    return outcome.equilibrium.tonnes;
  };
  const Fill fill = [&](const Loads& loads) { return utilisation_of(network, loads); };
  JointEquilibrium joint = solve_joint(model, market, fill, start.state,
                                       {.tolerance = options_.tolerances.use,
                                        .road_gap = options_.tolerances.road_gap,
                                        .search = learns ? start.learned.joint.get() : nullptr,
                                        .roads = &base_.roads,
                                        .observer = options_.observer});
  if (learns) outcome.learned = {joint.search, std::make_shared<const Anderson>(std::move(market_search))};
  change.transport = &joint.costs.transport;
  if (options_.detail == Detail::kFull) {
    for (std::size_t s = 0; s < base_.economy.sectors; ++s)
      outcome.flow.push_back(trade::flow(base_.economy, change, outcome.equilibrium, s));
    keep_hours(outcome, model, joint);
  }
  outcome.residuals.market = outcome.equilibrium.residual;
  keep_network(outcome, std::move(joint));
}

}  // namespace gerbang::evaluate
