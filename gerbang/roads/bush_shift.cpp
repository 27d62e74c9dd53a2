#include "gerbang/roads/bush_shift.h"

#include <algorithm>

namespace gerbang::roads {

BushShift::BushShift(const Network& network)
    : network_(network),
      least_(network.node_count, kInfinity),
      greatest_(network.node_count, kInfinity),
      place_(network.node_count, 0) {}

void BushShift::Segment::clear() {
  steps.clear();
  cost = slope = 0.0;
  capacity = kInfinity;
}

double BushShift::label(const Bush& bush, std::span<const double> cost) {
  const std::size_t merges = bush.merge_count();
  merge_node_.resize(merges);
  least_entry_.resize(merges);
  greatest_entry_.resize(merges);
  least_[bush.root] = greatest_[bush.root] = 0.0;
  place_[bush.root] = 0;
  double excess = 0.0;
  for (std::size_t p = 1; p < bush.order.size(); ++p) {
    const NodeIndex node = bush.order[p];
    place_[node] = static_cast<std::uint32_t>(p);
    const std::uint32_t in = bush.in[p];
    if ((in & kMergeBit) == 0) {
      const NodeIndex tail = network_.tail[in];
      least_[node] = least_[tail] + cost[in];
      greatest_[node] = greatest_[tail] + cost[in];
      continue;
    }
    const std::uint32_t merge = in & ~kMergeBit;
    double least = kInfinity;
    double greatest = -kInfinity;
    std::size_t least_entry = bush.first[merge];
    std::size_t greatest_entry = kNone;
    for (std::size_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
      const ArcIndex arc = bush.entry_arc[e];
      const NodeIndex tail = network_.tail[arc];
      if (least_[tail] + cost[arc] < least) {
        least = least_[tail] + cost[arc];
        least_entry = e;
      }
      if (bush.entry_flow[e] > 0.0 && greatest_[tail] + cost[arc] > greatest) {
        greatest = greatest_[tail] + cost[arc];
        greatest_entry = e;
      }
    }
    for (std::size_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
      const ArcIndex arc = bush.entry_arc[e];
      excess += bush.entry_flow[e] * (least_[network_.tail[arc]] + cost[arc] - least);
    }
    merge_node_[merge] = node;
    least_[node] = least;
    greatest_[node] = greatest_entry == kNone ? least : greatest;
    least_entry_[merge] = static_cast<std::uint32_t>(least_entry);
    greatest_entry_[merge] =
        static_cast<std::uint32_t>(greatest_entry == kNone ? least_entry : greatest_entry);
  }
  return excess;
}

void BushShift::forget(const Bush& bush) {
  for (const NodeIndex node : bush.order) least_[node] = kInfinity;
}

void BushShift::shift(Bush& bush, std::span<double> flow, ArcState& arcs) {
  for (std::size_t merge = bush.merge_count(); merge-- > 0;) {
    if (least_entry_[merge] != greatest_entry_[merge]) shift_merge(bush, merge, flow, arcs);
  }
}

void BushShift::shift_merge(Bush& bush, std::size_t merge, std::span<double> flow, ArcState& arcs) {
  costly_.clear();
  cheap_.clear();
  const NodeIndex node = merge_node_[merge];
  NodeIndex costly = step(bush, node, greatest_entry_, arcs, costly_);
  NodeIndex cheap = step(bush, node, least_entry_, arcs, cheap_);
  while (costly != cheap) {
    if (place_[costly] > place_[cheap]) {
      costly = step(bush, costly, greatest_entry_, arcs, costly_);
    } else {
      cheap = step(bush, cheap, least_entry_, arcs, cheap_);
    }
  }
  const double difference = costly_.cost - cheap_.cost;
  if (difference <= 0.0 || costly_.capacity <= 0.0) return;
  const double slope = costly_.slope + cheap_.slope;
  const double volume = difference < slope * costly_.capacity ? difference / slope : costly_.capacity;
  move(bush, costly_, -volume, flow, arcs);
  move(bush, cheap_, volume, flow, arcs);
}

NodeIndex BushShift::step(const Bush& bush, NodeIndex node, const std::vector<std::uint32_t>& choice,
                          const ArcState& arcs, Segment& segment) const {
  const std::uint32_t in = bush.in[place_[node]];
  ArcIndex arc = in;
  std::uint32_t entry = kNone;
  if ((in & kMergeBit) != 0) {
    entry = choice[in & ~kMergeBit];
    arc = bush.entry_arc[entry];
    segment.capacity = std::min(segment.capacity, bush.entry_flow[entry]);
  }
  segment.cost += arcs.cost()[arc];
  segment.slope += arcs.slope()[arc];
  const NodeIndex tail = network_.tail[arc];
  segment.steps.push_back({arc, entry, tail});
  return tail;
}

void BushShift::move(Bush& bush, const Segment& segment, double volume, std::span<double> flow,
                     ArcState& arcs) {
  for (const Segment::Step& step : segment.steps) {
    arcs.add(step.arc, volume);
    flow[step.tail] += volume;
    if (step.entry != kNone) bush.entry_flow[step.entry] += volume;
  }
  flow[segment.steps.back().tail] -= volume;  // the divergence keeps its flow
}

}  // namespace gerbang::roads
