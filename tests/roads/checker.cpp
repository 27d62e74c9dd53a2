#include "tests/roads/checker.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace gerbang::roads {
namespace {

using Real = long double;

Real power(Real base, Real exponent) {
  return exponent == 0.0L ? 1.0L : std::pow(base, exponent);
}

Real time_of(const Arc& arc, Real volume) {
  if (arc.free_time == 0.0) return 0.0L;
  if (arc.alpha == 0.0) return arc.free_time;
  return arc.free_time * (1.0L + arc.alpha * power(volume / arc.capacity, arc.beta));
}

Real integral_of(const Arc& arc, Real volume) {
  if (arc.free_time == 0.0) return 0.0L;
  if (arc.alpha == 0.0) return arc.free_time * volume;
  return arc.free_time * volume *
         (1.0L + arc.alpha * power(volume / arc.capacity, arc.beta) / (arc.beta + 1.0L));
}

Real fixed_of(const VehicleClass& vehicles, std::size_t arc) {
  return vehicles.fixed_cost.empty() ? 0.0L
                                     : static_cast<Real>(vehicles.fixed_cost[arc]) / vehicles.value_of_time;
}

bool may_use(const Problem& problem, const VehicleClass& vehicles, std::size_t a, std::size_t origin) {
  const Arc& arc = problem.arcs[a];
  const bool is_centroid = arc.from < problem.first_through_node && arc.from != origin;
  return !arc.is_closed && !is_centroid && (vehicles.is_banned.empty() || vehicles.is_banned[a] == 0);
}

// Bellman-Ford by queue-less rounds.
std::vector<Real> labels_from(const Problem& problem, const VehicleClass& vehicles,
                              const std::vector<Real>& times, std::size_t origin) {
  std::vector<Real> label(problem.node_count, std::numeric_limits<Real>::infinity());
  label[origin] = 0.0L;
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
      if (!may_use(problem, vehicles, a, origin)) continue;
      const Real through = label[problem.arcs[a].from] + times[a] + fixed_of(vehicles, a);
      if (through < label[problem.arcs[a].to]) {
        label[problem.arcs[a].to] = through;
        has_changed = true;
      }
    }
  }
  return label;
}

double imbalance(const Problem& problem, const Assignment& result, const std::set<std::size_t>& left_out) {
  double largest = 0.0;
  double total = 0.0;
  for (std::size_t m = 0; m < problem.classes.size(); ++m) {
    std::vector<Real> balance(problem.node_count, 0.0L);
    for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
      balance[problem.arcs[a].to] += result.class_volume(m, a);
      balance[problem.arcs[a].from] -= result.class_volume(m, a);
    }
    for (std::size_t i = 0; i < problem.demand.size(); ++i) {
      const Demand& row = problem.demand[i];
      if (row.vehicle_class != m || left_out.contains(i)) continue;
      balance[row.origin] += row.volume;
      balance[row.destination] -= row.volume;
      total += row.volume;
    }
    for (const Real rest : balance) largest = std::max(largest, static_cast<double>(std::abs(rest)));
  }
  return total > 0.0 ? largest / total : largest;
}

}  // namespace

Checked check(const Problem& problem, const Assignment& result) {
  const std::set<std::size_t> left_out(result.not_connected.begin(), result.not_connected.end());
  std::vector<Real> volume(problem.arcs.size());
  std::vector<Real> time(problem.arcs.size());
  Real cost = 0.0L;
  Real beckmann = 0.0L;
  Real travel_time = 0.0L;
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
    const Arc& arc = problem.arcs[a];
    Real assigned = 0.0L;
    Real fixed = 0.0L;
    for (std::size_t m = 0; m < problem.classes.size(); ++m) {
      const Real pcu = static_cast<Real>(problem.classes[m].pcu) * result.class_volume(m, a);
      assigned += pcu;
      fixed += pcu * fixed_of(problem.classes[m], a);
    }
    volume[a] = arc.background + assigned;
    time[a] = time_of(arc, volume[a]);
    cost += assigned * time[a] + fixed;
    travel_time += assigned * time[a];
    beckmann += integral_of(arc, volume[a]) - integral_of(arc, arc.background) + fixed;
  }
  Real least = 0.0L;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<Real>> labels;
  for (std::size_t i = 0; i < problem.demand.size(); ++i) {
    const Demand& row = problem.demand[i];
    if (left_out.contains(i) || row.origin == row.destination || row.volume == 0.0) continue;
    const VehicleClass& vehicles = problem.classes[row.vehicle_class];
    auto& own = labels[{row.vehicle_class, row.origin}];
    if (own.empty()) own = labels_from(problem, vehicles, time, row.origin);
    least += static_cast<Real>(row.volume) * vehicles.pcu * own[row.destination];
  }
  return {.relative_gap = cost > 0.0L ? static_cast<double>((cost - least) / cost) : 0.0,
          .beckmann = static_cast<double>(beckmann),
          .total_travel_time = static_cast<double>(travel_time),
          .imbalance = imbalance(problem, result, left_out)};
}

}  // namespace gerbang::roads
