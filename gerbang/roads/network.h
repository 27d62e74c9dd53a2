// The problem compiled for the solver: nodes that carry no through traffic are split into a source (arcs out)
// and a sink (arcs in), so that no inner loop asks; arcs that nobody may use are gone; arcs are sorted by
// head, so that the arcs into a node are contiguous. Demand is grouped into one bush per class and origin, in
// pcu.
#pragma once

#include <limits>
#include <span>

#include "gerbang/roads/problem.h"
#include "gerbang/roads/volume_delay.h"

namespace gerbang::roads {

using NodeIndex = std::uint32_t;
using ArcIndex = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xffffffffU;
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

struct Network {
  std::size_t node_count = 0;
  std::vector<NodeIndex> source;  // by node of the problem: where its trips start
  std::vector<NodeIndex> sink;    // and where they end; the same node when it carries through traffic

  std::vector<NodeIndex> tail;  // by arc, as are the next four
  std::vector<NodeIndex> head;
  std::vector<DelayFunction> delay;
  std::vector<double> background;
  std::vector<std::uint32_t> problem_arc;
  std::vector<ArcIndex> first_in;  // arcs into node j: first_in[j] … first_in[j + 1] − 1
  std::vector<ArcIndex>
      first_out;  // arcs out of node i: out_arc[first_out[i]] … out_arc[first_out[i + 1] − 1]
  std::vector<ArcIndex> out_arc;

  // By class and arc: fixed cost in units of time, infinite where the class may not drive.
  std::vector<std::vector<double>> fixed;

  [[nodiscard]] std::size_t arc_count() const { return tail.size(); }
  [[nodiscard]] std::span<const ArcIndex> arcs_out(NodeIndex node) const {
    return {out_arc.data() + first_out[node], out_arc.data() + first_out[node + 1]};
  }
};

[[nodiscard]] Network compile_network(const Problem& problem, bool is_marginal);

// What one class ships from one origin.
struct OriginDemand {
  NodeIndex root = 0;
  std::uint32_t origin = 0;  // node of the problem
  std::uint32_t vehicle_class = 0;
  std::vector<NodeIndex> destination;  // sinks, each once
  std::vector<double> volume;          // pcu per hour, > 0
};

// By class, then origin node. Trips within a node and empty rows are left out.
[[nodiscard]] std::vector<OriginDemand> compile_demand(const Problem& problem, const Network& network);

}  // namespace gerbang::roads
