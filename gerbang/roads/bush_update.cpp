#include "gerbang/roads/bush_update.h"

#include <algorithm>

namespace gerbang::roads {
namespace {

// An arc enters only for a gain that is more than rounding.
constexpr double kLeastGain = 1e-15;

}  // namespace

BushUpdate::BushUpdate(const Network& network)
    : network_(network),
      label_(network.node_count),
      place_(network.node_count, 0),
      is_emitted_(network.node_count, 0) {}

bool BushUpdate::run(Bush& bush, std::span<const double> flow, std::span<const double> cost) {
  is_changed_ = false;
  is_out_of_order_ = false;
  is_connected_ = true;
  label(bush, flow, cost);
  find_entering(bush, flow, cost);
  if (is_changed_ && is_connected_) {
    if (is_out_of_order_) {
      sort_topologically(bush);
    } else {
      new_order_ = bush.order;
    }
    rebuild(bush, flow);
  }
  least_cost_ = 0.0;
  for (std::size_t i = 0; i < bush.demand.size(); ++i)
    least_cost_ += bush.demand[i] * label_[bush.destination[i]].least;
  for (const NodeIndex node : bush.order) label_[node].least = kInfinity;
  return is_changed_;
}

void BushUpdate::label(const Bush& bush, std::span<const double> flow, std::span<const double> cost) {
  stays_.assign(bush.entry_arc.size(), 0);
  label_[bush.root].least = label_[bush.root].greatest = 0.0;
  place_[bush.root] = 0;
  for (std::size_t p = 1; p < bush.order.size(); ++p) {
    const NodeIndex node = bush.order[p];
    place_[node] = static_cast<std::uint32_t>(p);
    const std::uint32_t in = bush.in[p];
    if ((in & kMergeBit) == 0) {
      const NodeIndex tail = network_.tail[in];
      label_[node].least = label_[tail].least + cost[in];
      label_[node].greatest = label_[tail].greatest + cost[in];
      continue;
    }
    const std::uint32_t merge = in & ~kMergeBit;
    double least = kInfinity;
    double greatest = 0.0;
    std::size_t least_entry = bush.first[merge];
    for (std::size_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
      const ArcIndex arc = bush.entry_arc[e];
      const NodeIndex tail = network_.tail[arc];
      if (label_[tail].least + cost[arc] < least) {
        least = label_[tail].least + cost[arc];
        least_entry = e;
      }
      if (bush.entry_flow[e] > 0.0 && cost[arc] < kInfinity) {
        stays_[e] = 1;
        greatest = std::max(greatest, label_[tail].greatest + cost[arc]);
      } else {
        is_changed_ = true;
      }
    }
    if (flow[node] <= 0.0) {
      const ArcIndex arc = bush.entry_arc[least_entry];
      stays_[least_entry] = 1;
      greatest = std::max(greatest, label_[network_.tail[arc]].greatest + cost[arc]);
    }
    label_[node].least = least;
    label_[node].greatest = greatest;
  }
}

void BushUpdate::find_entering(const Bush& bush, std::span<const double> flow, std::span<const double> cost) {
  const std::size_t count = bush.order.size();
  entering_.assign(count, kNone);
  replaces_.assign(count, 0);
  for (std::size_t p = 1; p < count; ++p) {
    const NodeIndex node = bush.order[p];
    // The label by the arcs that stay, whose tails may have come closer in this very pass.
    double own = kInfinity;
    visit_arcs_in(bush, p,
                  [&](ArcIndex arc) { own = std::min(own, label_[network_.tail[arc]].least + cost[arc]); });
    double least = own * (1.0 - kLeastGain);
    ArcIndex best = kNone;
    const double greatest = label_[node].greatest;
    for (ArcIndex a = network_.first_in[node]; a < network_.first_in[node + 1]; ++a) {
      const NodeIndex tail = network_.tail[a];
      const double label = label_[tail].least + cost[a];
      if (label >= least) continue;
      if (label_[tail].greatest > greatest || (label_[tail].greatest == greatest && place_[tail] > p))
        continue;
      least = label;
      best = a;
    }
    label_[node].least = best == kNone ? own : least;
    is_connected_ = is_connected_ && label_[node].least < kInfinity;
    if (best == kNone) continue;
    entering_[p] = best;
    replaces_[p] = flow[node] <= 0.0 || own == kInfinity ? 1 : 0;
    is_changed_ = true;
    is_out_of_order_ |= place_[network_.tail[best]] > p;
  }
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
  next_.in.assign(1, kNone);
  next_.first.assign(1, 0);
  next_.entry_arc.clear();
  next_.entry_flow.clear();
  for (std::size_t q = 1; q < new_order_.size(); ++q) {
    const NodeIndex node = new_order_[q];
    const std::size_t p = place_[node];
    const std::uint32_t in = bush.in[p];
    const bool is_merge = (in & kMergeBit) != 0;
    if (replaces_[p] != 0 || (!is_merge && entering_[p] == kNone)) {
      next_.in.push_back(replaces_[p] != 0 ? entering_[p] : in);
      continue;
    }
    const std::size_t begin = next_.entry_arc.size();
    if (is_merge) {
      const std::uint32_t merge = in & ~kMergeBit;
      for (std::size_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
        if (stays_[e] == 0) continue;
        next_.entry_arc.push_back(bush.entry_arc[e]);
        next_.entry_flow.push_back(bush.entry_flow[e]);
      }
    } else {
      next_.entry_arc.push_back(in);
      next_.entry_flow.push_back(flow[node]);
    }
    if (entering_[p] != kNone) {
      next_.entry_arc.push_back(entering_[p]);
      next_.entry_flow.push_back(0.0);
    }
    if (next_.entry_arc.size() == begin + 1) {  // one arc left: no merge any more
      next_.in.push_back(next_.entry_arc.back());
      next_.entry_arc.pop_back();
      next_.entry_flow.pop_back();
      continue;
    }
    next_.in.push_back(kMergeBit | static_cast<std::uint32_t>(next_.first.size() - 1));
    next_.first.push_back(static_cast<std::uint32_t>(next_.entry_arc.size()));
  }
  bush.order = new_order_;
  bush.in = next_.in;
  bush.first = next_.first;
  bush.entry_arc = next_.entry_arc;
  bush.entry_flow = next_.entry_flow;
}

}  // namespace gerbang::roads
