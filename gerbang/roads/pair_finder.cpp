#include "gerbang/roads/pair_finder.h"

#include <algorithm>

namespace gerbang::roads {

PairFinder::PairFinder(const Network& network)
    : network_(network), least_(network.node_count, kInfinity), place_(network.node_count, 0) {}

double PairFinder::label(const Bush& bush, std::span<const double> cost) {
  least_entry_.resize(bush.merge_count());
  largest_entry_.resize(bush.merge_count());
  least_[bush.root] = 0.0;
  place_[bush.root] = 0;
  double excess = 0.0;
  for (std::size_t p = 1; p < bush.order.size(); ++p) {
    const NodeIndex node = bush.order[p];
    place_[node] = static_cast<std::uint32_t>(p);
    const std::uint32_t in = bush.in[p];
    if ((in & kMergeBit) != 0) {
      excess += label_merge(bush, in & ~kMergeBit, node, cost);
      continue;
    }
    const NodeIndex tail = network_.tail[in];
    least_[node] = least_[tail] + cost[in];
  }
  return excess;
}

double PairFinder::label_merge(const Bush& bush, std::uint32_t merge, NodeIndex node,
                               std::span<const double> cost) {
  double least = kInfinity;
  double largest = 0.0;
  double paid = 0.0;
  double flow = 0.0;
  std::uint32_t least_entry = bush.first[merge];
  std::uint32_t largest_entry = kNone;
  for (std::uint32_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
    const ArcIndex arc = bush.entry_arc[e];
    const NodeIndex tail = network_.tail[arc];
    if (least_[tail] + cost[arc] < least) {
      least = least_[tail] + cost[arc];
      least_entry = e;
    }
    if (bush.entry_flow[e] > largest) {
      largest = bush.entry_flow[e];
      largest_entry = e;
    }
  }
  for (std::uint32_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
    const ArcIndex arc = bush.entry_arc[e];
    paid += bush.entry_flow[e] * (least_[network_.tail[arc]] + cost[arc] - least);
    flow += bush.entry_flow[e];
  }
  least_[node] = least;
  least_entry_[merge] = least_entry;
  largest_entry_[merge] = largest_entry == kNone ? least_entry : largest_entry;
  return flow > 0.0 ? paid : 0.0;
}

void PairFinder::forget(const Bush& bush) {
  for (const NodeIndex node : bush.order) least_[node] = kInfinity;
}

void PairFinder::find(const Bush& bush, std::uint32_t index, SegmentPairs& pairs, bool also_unused) {
  const auto add = [&](const std::vector<Step>& segment) {
    for (const Step& step : segment) {
      pairs.add_arc(step.arc);
      if (step.entry != kNone) pairs.add_entry(step.entry);
    }
  };
  for (std::size_t p = bush.order.size(); p-- > 1;) {
    if ((bush.in[p] & kMergeBit) == 0) continue;
    const std::uint32_t merge = bush.in[p] & ~kMergeBit;
    for (std::uint32_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
      if (e == least_entry_[merge] || (!also_unused && bush.entry_flow[e] <= 0.0)) continue;
      find_at(bush, merge, e);
      pairs.begin_pair(index);
      add(costly_);
      pairs.end_first();
      add(cheap_);
    }
  }
}

// The segments behind an entry and behind the cheapest one, back to where they part.
void PairFinder::find_at(const Bush& bush, std::uint32_t merge, std::uint32_t costly_entry) {
  const std::uint32_t cheap_entry = least_entry_[merge];
  costly_.assign(1, {bush.entry_arc[costly_entry], costly_entry});
  cheap_.assign(1, {bush.entry_arc[cheap_entry], cheap_entry});
  NodeIndex costly = network_.tail[bush.entry_arc[costly_entry]];
  NodeIndex cheap = network_.tail[bush.entry_arc[cheap_entry]];
  while (costly != cheap) {
    if (place_[costly] > place_[cheap]) {
      costly = step(bush, costly, largest_entry_, costly_);
    } else {
      cheap = step(bush, cheap, least_entry_, cheap_);
    }
  }
}

NodeIndex PairFinder::step(const Bush& bush, NodeIndex node, const std::vector<std::uint32_t>& choice,
                           std::vector<Step>& segment) const {
  const std::uint32_t in = bush.in[place_[node]];
  const bool is_merge = (in & kMergeBit) != 0;
  const std::uint32_t entry = is_merge ? choice[in & ~kMergeBit] : kNone;
  const ArcIndex arc = is_merge ? bush.entry_arc[entry] : in;
  segment.push_back({arc, entry});
  return network_.tail[arc];
}

}  // namespace gerbang::roads
