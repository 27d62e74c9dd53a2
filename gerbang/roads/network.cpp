#include "gerbang/roads/network.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace gerbang::roads {
namespace {

// Offsets of a counting sort by key: first[k] … first[k + 1] − 1 are the places of key k.
std::vector<std::uint32_t> offsets(const std::vector<std::uint32_t>& keys, std::size_t key_count) {
  std::vector<std::uint32_t> first(key_count + 1, 0);
  for (const std::uint32_t key : keys) ++first[key + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  return first;
}

// Indices of keys in stable order of key.
std::vector<std::uint32_t> sorted_by(const std::vector<std::uint32_t>& keys,
                                     std::vector<std::uint32_t> first) {
  std::vector<std::uint32_t> sorted(keys.size());
  for (std::uint32_t i = 0; i < keys.size(); ++i) sorted[first[keys[i]]++] = i;
  return sorted;
}

void split_nodes(const Problem& problem, Network& network) {
  network.source.resize(problem.node_count);
  std::iota(network.source.begin(), network.source.end(), 0U);
  network.sink = network.source;
  const std::size_t centroids = std::min(problem.first_through_node, problem.node_count);
  for (std::size_t i = 0; i < centroids; ++i)
    network.sink[i] = static_cast<NodeIndex>(problem.node_count + i);
  network.node_count = problem.node_count + centroids;
}

void compile_fixed_costs(const Problem& problem, Network& network) {
  for (const VehicleClass& vehicles : problem.classes) {
    std::vector<double>& fixed = network.fixed.emplace_back(network.arc_count(), 0.0);
    for (std::size_t a = 0; a < fixed.size(); ++a) {
      const std::uint32_t arc = network.problem_arc[a];
      if (!vehicles.fixed_cost.empty()) fixed[a] = vehicles.fixed_cost[arc] / vehicles.value_of_time;
      const bool is_banned = !vehicles.is_banned.empty() && vehicles.is_banned[arc] != 0;
      if (is_banned || problem.arcs[arc].is_closed) fixed[a] = kInfinity;
    }
  }
}

// Rows of the demand with trips between two nodes, by class, then origin.
std::vector<std::uint32_t> rows_by_origin(const Problem& problem) {
  const std::vector<Demand>& demand = problem.demand;
  std::vector<std::uint32_t> rows;
  rows.reserve(demand.size());
  for (std::uint32_t i = 0; i < demand.size(); ++i)
    if (demand[i].volume > 0.0 && demand[i].origin != demand[i].destination) rows.push_back(i);
  const auto is_before = [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(demand[a].vehicle_class, demand[a].origin) <
           std::pair(demand[b].vehicle_class, demand[b].origin);
  };
  if (std::is_sorted(rows.begin(), rows.end(), is_before)) return rows;
  const auto sort_by = [&](std::size_t key_count, std::uint32_t Demand::*key) {
    std::vector<std::uint32_t> keys;
    for (const std::uint32_t i : rows) keys.push_back(demand[i].*key);
    std::vector<std::uint32_t> places = sorted_by(keys, offsets(keys, key_count));
    for (std::uint32_t& place : places) place = rows[place];
    rows = std::move(places);
  };
  sort_by(problem.node_count, &Demand::origin);
  sort_by(problem.classes.size(), &Demand::vehicle_class);
  return rows;
}

}  // namespace

Network compile_network(const Problem& problem, bool is_marginal) {
  Network network;
  split_nodes(problem, network);
  std::vector<std::uint32_t> heads;
  std::vector<std::uint32_t> usable;
  for (std::uint32_t a = 0; a < problem.arcs.size(); ++a) {
    const Arc& arc = problem.arcs[a];
    if (arc.from == arc.to) continue;
    usable.push_back(a);
    heads.push_back(network.sink[arc.to]);
  }
  network.first_in = offsets(heads, network.node_count);
  for (const std::uint32_t place : sorted_by(heads, network.first_in)) {
    const Arc& arc = problem.arcs[usable[place]];
    network.tail.push_back(network.source[arc.from]);
    network.head.push_back(heads[place]);
    network.delay.emplace_back(arc, is_marginal);
    network.background.push_back(arc.background);
    network.problem_arc.push_back(usable[place]);
  }
  network.first_out = offsets(network.tail, network.node_count);
  network.out_arc = sorted_by(network.tail, network.first_out);
  compile_fixed_costs(problem, network);
  return network;
}

std::vector<OriginDemand> compile_demand(const Problem& problem, const Network& network) {
  std::vector<OriginDemand> demand;
  std::vector<std::uint32_t> place(network.node_count,
                                   kNone);  // of a destination in the current origin's list
  for (const std::uint32_t i : rows_by_origin(problem)) {
    const Demand& row = problem.demand[i];
    if (demand.empty() || demand.back().origin != row.origin ||
        demand.back().vehicle_class != row.vehicle_class) {
      if (!demand.empty()) {
        for (const NodeIndex node : demand.back().destination) place[node] = kNone;
      }
      demand.push_back({.root = network.source[row.origin],
                        .origin = row.origin,
                        .vehicle_class = row.vehicle_class,
                        .destination = {},
                        .volume = {}});
    }
    OriginDemand& own = demand.back();
    const NodeIndex sink = network.sink[row.destination];
    if (place[sink] == kNone) {
      place[sink] = static_cast<std::uint32_t>(own.destination.size());
      own.destination.push_back(sink);
      own.volume.push_back(0.0);
    }
    own.volume[place[sink]] += row.volume * problem.classes[row.vehicle_class].pcu;
  }
  return demand;
}

}  // namespace gerbang::roads
