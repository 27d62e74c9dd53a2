#include "gerbang/roads/bush_update.h"

#include <algorithm>

namespace gerbang::roads {
namespace {

// An arc enters only for a gain that is more than rounding.
constexpr double kLeastGain = 1e-15;

}  // namespace

BushUpdate::BushUpdate(const Network& network)
    : network_(network),
      least_(network.node_count, kInfinity),
      greatest_(network.node_count, kInfinity),
      place_(network.node_count, 0),
      is_emitted_(network.node_count, 0) {}

void BushUpdate::run(Bush& bush, std::span<const double> flow, std::span<const double> cost) {
  is_changed_ = false;
  is_out_of_order_ = false;
  is_connected_ = true;
  label(bush, flow, cost);
  find_entering(bush, flow, cost);
  if (is_changed_ && is_connected_) {
    if (is_out_of_order_) sort_topologically(bush);
    rebuild(bush, flow);
  }
  std::ranges::fill(least_, kInfinity);
}

void BushUpdate::label(const Bush& bush, std::span<const double> flow, std::span<const double> cost) {
  stays_.assign(bush.entry_arc.size(), 0);
  least_[bush.root] = greatest_[bush.root] = 0.0;
  place_[bush.root] = 0;
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
    double greatest = 0.0;
    std::size_t least_entry = bush.first[merge];
    for (std::size_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
      const ArcIndex arc = bush.entry_arc[e];
      const NodeIndex tail = network_.tail[arc];
      if (least_[tail] + cost[arc] < least) {
        least = least_[tail] + cost[arc];
        least_entry = e;
      }
      if (bush.entry_flow[e] > 0.0 && cost[arc] < kInfinity) {
        stays_[e] = 1;
        greatest = std::max(greatest, greatest_[tail] + cost[arc]);
      } else {
        is_changed_ = true;
      }
    }
    if (flow[node] <= 0.0) {
      const ArcIndex arc = bush.entry_arc[least_entry];
      stays_[least_entry] = 1;
      greatest = std::max(greatest, greatest_[network_.tail[arc]] + cost[arc]);
    }
    least_[node] = least;
    greatest_[node] = greatest;
  }
}

void BushUpdate::find_entering(const Bush& bush, std::span<const double> flow, std::span<const double> cost) {
  const std::size_t count = bush.order.size();
  entering_.assign(count, kNone);
  replaces_.assign(count, 0);
  for (std::size_t p = 1; p < count; ++p) {
    const NodeIndex node = bush.order[p];
    const double own = own_label(bush, p, cost);
    double least = own * (1.0 - kLeastGain);
    least_[node] = own;
    if (least_by_any_arc(node, cost) < least) {
      const ArcIndex best = find_best(node, p, least, cost);
      if (best != kNone) {
        least_[node] = least_[network_.tail[best]] + cost[best];
        entering_[p] = best;
        replaces_[p] = flow[node] <= 0.0 || own == kInfinity ? 1 : 0;
        is_changed_ = true;
        is_out_of_order_ |= place_[network_.tail[best]] > p;
      }
    }
    is_connected_ = is_connected_ && least_[node] < kInfinity;
  }
}

// The label by the arcs that stay, whose tails may have come closer in this very pass.
double BushUpdate::own_label(const Bush& bush, std::size_t place, std::span<const double> cost) const {
  const std::uint32_t in = bush.in[place];
  if ((in & kMergeBit) == 0) return least_[network_.tail[in]] + cost[in];
  double own = kInfinity;
  visit_arcs_in(bush, place,
                [&](ArcIndex arc) { own = std::min(own, least_[network_.tail[arc]] + cost[arc]); });
  return own;
}

// In fours, the last arc taken again where there are fewer: nodes have two arcs in, or three or four, and a
// loop that ends now here, now there is guessed wrongly at almost every node.
double BushUpdate::least_by_any_arc(NodeIndex node, std::span<const double> cost) const {
  constexpr ArcIndex kAtOnce = 4;
  const ArcIndex end = network_.first_in[node + 1];
  double least = kInfinity;
  for (ArcIndex first = network_.first_in[node]; first < end; first += kAtOnce)
    for (ArcIndex k = 0; k < kAtOnce; ++k) {
      const ArcIndex arc = std::min(first + k, end - 1);
      least = std::min(least, least_[network_.tail[arc]] + cost[arc]);
    }
  return least;
}

// The arc by which a node's label is least, and below `least`, of those that keep the bush in order.
ArcIndex BushUpdate::find_best(NodeIndex node, std::size_t place, double least,
                               std::span<const double> cost) const {
  ArcIndex best = kNone;
  const double greatest = greatest_[node];
  for (ArcIndex a = network_.first_in[node]; a < network_.first_in[node + 1]; ++a) {
    const NodeIndex tail = network_.tail[a];
    const double label = least_[tail] + cost[a];
    if (label >= least) continue;
    if (greatest_[tail] > greatest || (greatest_[tail] == greatest && place_[tail] > place)) continue;
    least = label;
    best = a;
  }
  return best;
}

// Calls visit(arc) for the arcs into a place that stay, then for the one that enters.
template <class Visit>
void BushUpdate::visit_arcs_in(const Bush& bush, std::size_t place, Visit visit) const {
  const std::uint32_t in = bush.in[place];
  if (replaces_[place] == 0) {
    if ((in & kMergeBit) == 0) {
      visit(in);
    } else {
      const std::uint32_t merge = in & ~kMergeBit;
      for (std::size_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
        if (stays_[e] != 0) visit(bush.entry_arc[e]);
      }
    }
  }
  if (entering_[place] != kNone) visit(entering_[place]);
}

// Depth first from the heads back, in the old order: nodes whose arcs did not change keep their places.
void BushUpdate::sort_topologically(const Bush& bush) {
  new_order_.assign(1, bush.root);
  for (const NodeIndex node : bush.order) is_emitted_[node] = 0;
  is_emitted_[bush.root] = 1;
  for (std::size_t p = 1; p < bush.order.size(); ++p) {
    if (is_emitted_[bush.order[p]] != 0) continue;
    stack_.assign(1, bush.order[p]);
    while (!stack_.empty()) {
      const NodeIndex node = stack_.back();
      const std::size_t depth = stack_.size();
      visit_arcs_in(bush, place_[node], [&](ArcIndex arc) {
        if (is_emitted_[network_.tail[arc]] == 0) stack_.push_back(network_.tail[arc]);
      });
      if (stack_.size() > depth) continue;
      stack_.pop_back();
      if (is_emitted_[node] == 0) new_order_.push_back(node);
      is_emitted_[node] = 1;
    }
  }
}

void BushUpdate::rebuild(Bush& bush, std::span<const double> flow) {
  next_.first.assign(1, 0);
  next_.entry_arc.clear();
  next_.entry_flow.clear();
  if (is_out_of_order_) {
    next_.in.assign(1, kNone);
    for (std::size_t q = 1; q < new_order_.size(); ++q)
      next_.in.push_back(rebuild_at(bush, place_[new_order_[q]], flow[new_order_[q]]));
    bush.order = new_order_;
    bush.in = next_.in;
  } else {
    for (std::size_t p = 1; p < bush.order.size(); ++p)
      if ((bush.in[p] & kMergeBit) != 0 || entering_[p] != kNone)
        bush.in[p] = rebuild_at(bush, p, flow[bush.order[p]]);
  }
  bush.first = next_.first;
  bush.entry_arc = next_.entry_arc;
  bush.entry_flow = next_.entry_flow;
}

// What now leads into the node at a place: an arc, or a merge, whose entries are added to those of the next
// bush.
std::uint32_t BushUpdate::rebuild_at(const Bush& bush, std::size_t place, double flow) {
  const std::uint32_t in = bush.in[place];
  const ArcIndex entering = entering_[place];
  if (replaces_[place] != 0) return entering;
  const bool is_merge = (in & kMergeBit) != 0;
  if (!is_merge && entering == kNone) return in;
  const std::size_t begin = next_.entry_arc.size();
  const auto add = [&](ArcIndex arc, double entry_flow) {
    next_.entry_arc.push_back(arc);
    next_.entry_flow.push_back(entry_flow);
  };
  if (is_merge) {
    const std::uint32_t merge = in & ~kMergeBit;
    for (std::size_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e)
      if (stays_[e] != 0) add(bush.entry_arc[e], bush.entry_flow[e]);
  } else {
    add(in, flow);
  }
  if (entering != kNone) add(entering, 0.0);
  if (next_.entry_arc.size() == begin + 1) {  // one arc left: no merge any more
    const ArcIndex left = next_.entry_arc.back();
    next_.entry_arc.pop_back();
    next_.entry_flow.pop_back();
    return left;
  }
  next_.first.push_back(static_cast<std::uint32_t>(next_.entry_arc.size()));
  return kMergeBit | static_cast<std::uint32_t>(next_.first.size() - 2);
}

}  // namespace gerbang::roads
