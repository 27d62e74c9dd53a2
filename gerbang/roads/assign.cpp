#include "gerbang/roads/assign.h"

#include <algorithm>
#include <utility>

#include "gerbang/base/error.h"
#include "gerbang/roads/equilibrium.h"

namespace gerbang::roads {
namespace {

// The demand's bushes, with the arcs and flows of an earlier solution where there is one; is_spent: by taking
// them out of it.
std::vector<Bush> make_bushes(const Problem& problem, const Network& network, const Assignment* warm,
                              bool is_spent) {
  std::vector<Bush> bushes;
  for (OriginDemand& row : compile_demand(problem, network)) {
    const Bush* old = warm == nullptr ? nullptr : warm->bushes->find(row.vehicle_class, row.origin);
    Bush& bush = bushes.emplace_back();
    if (old != nullptr) {
      // Made by assign() or read from a store, neither of which makes them constant.
      bush = is_spent ? std::move(const_cast<Bush&>(*old)) : *old;
    }
    bush.root = row.root;
    bush.origin = row.origin;
    bush.vehicle_class = row.vehicle_class;
    bush.destination = std::move(row.destination);
    bush.demand = std::move(row.volume);
  }
  return bushes;
}

void check_warm(const Network& network, const Assignment& warm) {
  if (warm.bushes && warm.bushes->tail == network.tail && warm.bushes->head == network.head) return;
  throw InputError(
      Fault{.file = "assign",
            .found = {"awal hangat dari simpul atau busur lain", "a warm start from other nodes or arcs"},
            .expected = {"yang sama dalam urutan yang sama; tutup busur, jangan dihilangkan",
                         "the same ones in the same order; close arcs instead of leaving them out"}});
}

// Volumes to begin with, by arc of the network.
std::vector<double> first_volumes(const Network& network, const Assignment* warm) {
  std::vector<double> volumes = network.background;
  if (warm == nullptr) return volumes;
  for (std::size_t a = 0; a < volumes.size(); ++a) volumes[a] = warm->volume[network.problem_arc[a]];
  return volumes;
}

void fill_volumes(const Problem& problem, const Network& network, Equilibrium& equilibrium,
                  Assignment& result) {
  result.volume.resize(problem.arcs.size());
  result.time.resize(problem.arcs.size());
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) result.volume[a] = problem.arcs[a].background;
  result.class_volume = Matrix(problem.classes.size(), problem.arcs.size());
  for (std::uint32_t m = 0; m < problem.classes.size(); ++m) {
    const std::vector<double> volumes = equilibrium.class_volumes(m);
    for (std::size_t a = 0; a < volumes.size(); ++a) {
      const std::uint32_t arc = network.problem_arc[a];
      result.class_volume(m, arc) = volumes[a] / problem.classes[m].pcu;
      result.volume[arc] += volumes[a];
      if (volumes[a] > 0.0) result.beckmann += volumes[a] * network.fixed[m][a];
    }
  }
}

void fill_times(const Problem& problem, Assignment& result) {
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
    const Arc& arc = problem.arcs[a];
    const DelayFunction delay(arc);
    result.time[a] = delay(result.volume[a]).cost;
    result.beckmann += delay.integral(result.volume[a]) - delay.integral(arc.background);
    result.total_travel_time += (result.volume[a] - arc.background) * result.time[a];
  }
}

// Rows of the demand whose destination their bush does not hold.
std::vector<std::size_t> not_connected(const Problem& problem, const Network& network, const BushSet& set) {
  std::vector<std::size_t> missing;
  std::vector<std::vector<bool>> is_reached(set.bushes.size());
  const Bush* bush = nullptr;  // rows of an origin mostly follow each other
  for (std::size_t i = 0; i < problem.demand.size(); ++i) {
    const Demand& row = problem.demand[i];
    if (row.volume <= 0.0 || row.origin == row.destination) continue;
    if (bush == nullptr || bush->vehicle_class != row.vehicle_class || bush->origin != row.origin)
      bush = set.find(row.vehicle_class, row.origin);
    std::vector<bool>& reached = is_reached[static_cast<std::size_t>(bush - set.bushes.data())];
    if (reached.empty()) {
      reached.assign(network.node_count, false);
      for (const NodeIndex node : bush->destination) reached[node] = true;
    }
    if (!reached[network.sink[row.destination]]) missing.push_back(i);
  }
  return missing;
}

Assignment assign(const Problem& problem, const Options& options, const Assignment* warm, bool is_spent) {
  validate(problem);
  Network network = compile_network(problem, options.objective == Objective::kSystemOptimum);
  if (warm != nullptr) check_warm(network, *warm);
  Equilibrium equilibrium(network, make_bushes(problem, network, warm, is_spent));
  equilibrium.begin(first_volumes(network, warm), warm == nullptr ? nullptr : warm->bushes.get());
  Assignment result;
  result.is_converged = equilibrium.solve(options);
  if (options.is_proportional) {
    constexpr double kPart = 1e-2;  // proportions need not be better than the volumes that they divide
    constexpr double kFinest = 1e-12;
    constexpr double kProportional = 1e-6;  // seen as such, where rounding keeps from the finest
    const double settled = std::max(kPart * options.gap, kFinest);
    result.disproportion = equilibrium.make_proportional(settled, options.observer);
    result.is_converged = result.is_converged && result.disproportion <= std::max(settled, kProportional);
  }
  result.relative_gap = equilibrium.relative_gap();
  result.iterations = equilibrium.iterations();
  fill_volumes(problem, network, equilibrium, result);
  fill_times(problem, result);
  auto set = std::make_shared<BushSet>();
  set->bushes = equilibrium.take_bushes();
  set->is_closed = closed_arcs(network);
  set->tail = std::move(network.tail);
  set->head = std::move(network.head);
  result.not_connected = not_connected(problem, network, *set);
  result.bushes = std::move(set);
  return result;
}

}  // namespace

Assignment assign(const Problem& problem, const Options& options, const Assignment* warm) {
  return assign(problem, options, warm, false);
}

Assignment assign(const Problem& problem, const Options& options, Assignment&& warm) {
  return assign(problem, options, &warm, warm.bushes.use_count() == 1);
}

}  // namespace gerbang::roads
