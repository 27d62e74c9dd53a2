#include "gerbang/roads/bush_extension.h"

#include <algorithm>
#include <map>

namespace gerbang::roads {
namespace {

// What a bush has into each node, in the making.
struct Into {
  std::vector<ArcIndex> arcs;
  std::vector<double> flows;  // of each, where there are several
};

// Orders nodes so that tails come before heads, near the order they had; false where they form a circle.
class TopologicalOrder {
 public:
  TopologicalOrder(const Network& network, const std::map<NodeIndex, Into>& changed, const Bush& bush)
      : network_(network),
        changed_(changed),
        bush_(bush),
        place_(network.node_count),
        state_(network.node_count) {
    for (std::size_t p = 0; p < bush.order.size(); ++p) place_[bush.order[p]] = static_cast<std::uint32_t>(p);
  }

  [[nodiscard]] bool run() {
    order_.assign(1, bush_.root);
    state_[bush_.root] = kDone;
    return std::all_of(bush_.order.begin() + 1, bush_.order.end(),
                       [&](NodeIndex node) { return emit(node); });
  }
  [[nodiscard]] const std::vector<NodeIndex>& order() const { return order_; }
  [[nodiscard]] std::uint32_t place(NodeIndex node) const { return place_[node]; }  // in the old order

 private:
  enum State : std::uint8_t { kNew, kBegun, kDone };

  bool emit(NodeIndex head) {
    stack_.assign(1, head);
    while (!stack_.empty()) {
      const NodeIndex node = stack_.back();
      if (state_[node] == kDone) {
        stack_.pop_back();
        continue;
      }
      const std::size_t depth = stack_.size();
      bool is_circle = false;
      for_each_arc_in(node, [&](ArcIndex arc) {
        const NodeIndex tail = network_.tail[arc];
        is_circle |= state_[tail] == kBegun;
        if (state_[tail] == kNew) stack_.push_back(tail);
      });
      if (is_circle) return false;
      state_[node] = kBegun;
      if (stack_.size() > depth) continue;
      stack_.pop_back();
      state_[node] = kDone;
      order_.push_back(node);
    }
    return true;
  }

  template <class Use>
  void for_each_arc_in(NodeIndex node, Use use) const {
    if (const auto found = changed_.find(node); found != changed_.end()) {
      for (const ArcIndex arc : found->second.arcs) use(arc);
      return;
    }
    const std::uint32_t in = bush_.in[place_[node]];
    if ((in & kMergeBit) == 0) {
      use(in);
    } else {
      const std::uint32_t merge = in & ~kMergeBit;
      for (std::size_t e = bush_.first[merge]; e < bush_.first[merge + 1]; ++e) use(bush_.entry_arc[e]);
    }
  }

  const Network& network_;
  const std::map<NodeIndex, Into>& changed_;
  const Bush& bush_;
  std::vector<std::uint32_t> place_;
  std::vector<State> state_;
  std::vector<NodeIndex> order_;
  std::vector<NodeIndex> stack_;
};

}  // namespace

bool extend(Bush& bush, const Network& network, std::span<const ArcIndex> arcs, std::span<const double> flow,
            std::span<const ArcIndex> kept) {
  std::map<NodeIndex, Into> changed;
  TopologicalOrder sorted(network, changed, bush);
  for (const ArcIndex arc : arcs) {
    const NodeIndex node = network.head[arc];
    const auto [found, is_new] = changed.try_emplace(node);
    Into& into = found->second;
    if (is_new) {
      const auto keep = [&](ArcIndex old, double flow_on) {
        if (flow[node] <= 0.0 && !std::ranges::binary_search(kept, old)) return;  // it leads nowhere
        into.arcs.push_back(old);
        into.flows.push_back(flow_on);
      };
      const std::uint32_t in = bush.in[sorted.place(node)];
      if ((in & kMergeBit) == 0) {
        keep(in, flow[node]);
      } else {
        const std::uint32_t merge = in & ~kMergeBit;
        for (std::uint32_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e)
          keep(bush.entry_arc[e], bush.entry_flow[e]);
      }
    }
    into.arcs.push_back(arc);
    into.flows.push_back(0.0);
  }
  if (!sorted.run()) return false;

  Bush next = bush;
  next.order = sorted.order();
  next.in.assign(1, kNone);
  next.first.assign(1, 0);
  next.entry_arc.clear();
  next.entry_flow.clear();
  const auto add = [&](std::span<const ArcIndex> into, std::span<const double> flows) {
    if (into.size() == 1) {
      next.in.push_back(into.front());
      return;
    }
    next.in.push_back(kMergeBit | static_cast<std::uint32_t>(next.merge_count()));
    next.entry_arc.insert(next.entry_arc.end(), into.begin(), into.end());
    next.entry_flow.insert(next.entry_flow.end(), flows.begin(), flows.end());
    next.first.push_back(static_cast<std::uint32_t>(next.entry_arc.size()));
  };
  for (std::size_t q = 1; q < next.order.size(); ++q) {
    const NodeIndex node = next.order[q];
    const std::uint32_t in = bush.in[sorted.place(node)];
    if (const auto found = changed.find(node); found != changed.end()) {
      add(found->second.arcs, found->second.flows);
    } else if ((in & kMergeBit) == 0) {
      next.in.push_back(in);
    } else {
      const std::uint32_t begin = bush.first[in & ~kMergeBit];
      const std::uint32_t count = bush.first[(in & ~kMergeBit) + 1] - begin;
      add(std::span(bush.entry_arc).subspan(begin, count), std::span(bush.entry_flow).subspan(begin, count));
    }
  }
  bush = std::move(next);
  return true;
}

}  // namespace gerbang::roads
