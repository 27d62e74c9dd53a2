#include "gerbang/roads/turns.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>

#include "gerbang/roads/bush.h"

namespace gerbang::roads {
namespace {

void check_turn(const Problem& problem, const Turn& turn) {
  const Message name =
      said({"belokan dari busur {} ke busur {}", "turn from arc {} to arc {}"}, turn.from_arc, turn.to_arc);
  require(std::max(turn.from_arc, turn.to_arc) < problem.arcs.size(), name,
          {"busur-busur soal ini", "arcs of the problem"});
  const std::uint32_t node = problem.arcs[turn.from_arc].to;
  require(node == problem.arcs[turn.to_arc].from, name,
          {"busur yang mulai di tempat yang lain berakhir", "an arc that begins where the other ends"});
  require(node >= problem.first_through_node, name,
          {"simpul yang dilalui lalu lintas terusan", "a node that carries through traffic"});
  require(!turn.penalty || (std::isfinite(*turn.penalty) && *turn.penalty >= 0.0),
          name + Message{": penaltinya", ": its penalty"},
          {"nol atau lebih, atau kosong untuk larangan", "zero or more, or none for a ban"});
}

// The turns at a node as a matrix: from its arcs in, to its arcs out.
struct NodeTurns {
  std::vector<ArcIndex> in;
  std::vector<ArcIndex> out;
  std::vector<double> volume;  // in × out
};

// Adds what one bush turns at a node.
void add_turns(const Network& network, const Bush& bush, const std::vector<double>& arc_flow,
               NodeTurns& turns) {
  double inflow = 0.0;
  for (const ArcIndex arc : turns.in) inflow += arc_flow[arc];
  if (inflow <= 0.0 || network.tail[turns.out.front()] == bush.root) return;
  for (std::size_t i = 0; i < turns.in.size(); ++i) {
    const double share = arc_flow[turns.in[i]] / inflow;
    for (std::size_t k = 0; k < turns.out.size(); ++k)
      turns.volume[i * turns.out.size() + k] += share * arc_flow[turns.out[k]];
  }
}

}  // namespace

TurnExpansion::TurnExpansion(const Problem& problem, const std::vector<Turn>& turns)
    : expanded_(problem), arc_count_(problem.arcs.size()) {
  Penalties penalties;
  std::set<std::uint32_t> nodes;
  for (const Turn& turn : turns) {
    check_turn(problem, turn);
    require(
        penalties.try_emplace({turn.from_arc, turn.to_arc}, turn.penalty).second,
        said({"belokan dari busur {} ke busur {}", "turn from arc {} to arc {}"}, turn.from_arc, turn.to_arc),
        {"tiap belokan satu kali", "every turn once"});
    nodes.insert(problem.arcs[turn.from_arc].to);
  }
  for (const std::uint32_t node : nodes) expand(node, penalties);
  for (VehicleClass& vehicles : expanded_.classes) {
    if (!vehicles.fixed_cost.empty()) vehicles.fixed_cost.resize(expanded_.arcs.size(), 0.0);
    if (!vehicles.is_banned.empty()) vehicles.is_banned.resize(expanded_.arcs.size(), 0);
  }
}

// The node itself is left as a source of trips; another one takes those that end there.
void TurnExpansion::expand(std::uint32_t node, const Penalties& penalties) {
  const auto new_node = [&] { return static_cast<std::uint32_t>(expanded_.node_count++); };
  const std::uint32_t sink = sink_[node] = new_node();
  std::vector<std::uint32_t> in;
  std::vector<std::uint32_t> out;
  for (std::uint32_t a = 0; a < arc_count_; ++a) {
    Arc& arc = expanded_.arcs[a];
    if (arc.from == arc.to) continue;
    if (arc.to == node) in.push_back(a);
    if (arc.from == node) out.push_back(a);
  }
  std::map<std::uint32_t, std::uint32_t> other_end;  // by arc, before its end here moves
  for (const std::uint32_t a : in) other_end[a] = expanded_.arcs[a].from;
  for (const std::uint32_t b : out) other_end[b] = expanded_.arcs[b].to;
  for (const std::uint32_t a : in) expanded_.arcs[a].to = new_node();
  for (const std::uint32_t b : out) expanded_.arcs[b].from = new_node();
  for (const std::uint32_t a : in) {
    for (const std::uint32_t b : out) {
      const auto listed = penalties.find({a, b});
      const bool is_listed = listed != penalties.end();
      if (is_listed ? !listed->second.has_value() : other_end[a] == other_end[b]) continue;
      add_arc(expanded_.arcs[a].to, expanded_.arcs[b].from, is_listed ? *listed->second : 0.0);
      turn_.emplace_back(a, b);
    }
  }
  for (const std::uint32_t a : in) {
    add_arc(expanded_.arcs[a].to, sink, 0.0);
    turn_.emplace_back(a, kNone);
  }
  for (const std::uint32_t b : out) {
    add_arc(node, expanded_.arcs[b].from, 0.0);
    turn_.emplace_back(kNone, b);
  }
  for (Demand& row : expanded_.demand) {
    if (row.destination == node && row.origin != node) row.destination = sink;
  }
}

void TurnExpansion::add_arc(std::uint32_t from, std::uint32_t to, double time) {
  expanded_.arcs.push_back({.from = from, .to = to, .free_time = time, .alpha = 0.0});
}

std::uint32_t TurnExpansion::destination(std::uint32_t node) const {
  const auto found = sink_.find(node);
  return found == sink_.end() ? node : found->second;
}

std::vector<TurnVolume> TurnExpansion::volumes(const Assignment& expanded) const {
  std::vector<TurnVolume> result;
  for (std::size_t k = 0; k < turn_.size(); ++k) {
    const auto [from, to] = turn_[k];
    if (from != kNone && to != kNone) result.push_back({from, to, expanded.volume[arc_count_ + k]});
  }
  return result;
}

std::vector<TurnVolume> turning_volumes(const Problem& problem, const Assignment& assignment,
                                        const std::vector<std::uint32_t>& nodes) {
  const Network network = compile_network(problem, false);
  std::vector<NodeTurns> turns;
  for (const std::uint32_t node : nodes) {
    require(node < problem.node_count, said({"simpul {}", "node {}"}, node),
            {"salah satu simpul soal ini", "a node of the problem"});
    // Nothing goes through a node whose trips only begin and end there.
    if (network.source[node] != network.sink[node] || network.arcs_out(node).empty()) continue;
    NodeTurns& own = turns.emplace_back();
    for (ArcIndex a = network.first_in[node]; a < network.first_in[node + 1]; ++a) own.in.push_back(a);
    own.out.assign(network.arcs_out(node).begin(), network.arcs_out(node).end());
    own.volume.assign(own.in.size() * own.out.size(), 0.0);
  }
  BushLoader loader(network);
  std::vector<double> arc_flow(network.arc_count());
  for (Bush bush : assignment.bushes->bushes) {
    loader.load(bush);
    std::ranges::fill(arc_flow, 0.0);
    loader.add_arc_flows(bush, arc_flow);
    for (NodeTurns& own : turns) add_turns(network, bush, arc_flow, own);
  }
  std::vector<TurnVolume> result;
  for (const NodeTurns& own : turns) {
    for (std::size_t i = 0; i < own.volume.size(); ++i) {
      if (own.volume[i] <= 0.0) continue;
      result.push_back({network.problem_arc[own.in[i / own.out.size()]],
                        network.problem_arc[own.out[i % own.out.size()]], own.volume[i]});
    }
  }
  return result;
}

}  // namespace gerbang::roads
