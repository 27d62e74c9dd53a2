#include "gerbang/roads/ways.h"

#include <algorithm>

namespace gerbang::roads {
namespace {

// Arcs whose detour is a smaller part of the way's cost count as least-cost ways.
constexpr double kEqualCost = 1e-7;
constexpr double kLeastShare = 1e-9;

// Drops the nodes that lead to none of the sinks.
Ways pruned(const Network& network, const Ways& ways, std::span<const NodeIndex> sinks) {
  std::vector<std::uint8_t> is_wanted(network.node_count);
  for (const NodeIndex sink : sinks) is_wanted[sink] = 1;
  for (std::size_t p = ways.order.size(); p-- > 0;)
    if (is_wanted[ways.order[p]] != 0)
      for (const Ways::Entry& entry : ways.into(p)) is_wanted[network.tail[entry.arc]] = 1;
  Ways kept{.root = ways.root, .order = {}, .first = {0}, .entries = {}, .flow = {}};
  for (std::size_t p = 0; p < ways.order.size(); ++p) {
    if (is_wanted[ways.order[p]] == 0) continue;
    const auto into = ways.into(p);
    kept.order.push_back(ways.order[p]);
    kept.entries.insert(kept.entries.end(), into.begin(), into.end());
    kept.first.push_back(static_cast<std::uint32_t>(kept.entries.size()));
    kept.flow.push_back(ways.flow[p]);
  }
  return kept;
}

}  // namespace

WayFinder::WayFinder(const Network& network, std::span<const double> cost)
    : network_(network), cost_(cost), paths_(network), loader_(network) {}

// One node with its used entries, their shares adding to one.
void WayFinder::add_used(NodeIndex node, std::span<const Ways::Entry> flows, Ways& ways) const {
  const std::vector<double>& label = paths_.labels();
  double all = 0.0, used = 0.0;
  for (const Ways::Entry& entry : flows) all += entry.share;
  const auto is_used = [&](const Ways::Entry& entry) {
    const double detour = label[network_.tail[entry.arc]] + cost_[entry.arc] - label[node];
    return entry.share > kLeastShare * all && detour <= kEqualCost * label[node];
  };
  for (const Ways::Entry& entry : flows)
    if (is_used(entry)) used += entry.share;
  if (used > 0.0) {
    for (const Ways::Entry& entry : flows)
      if (is_used(entry)) ways.entries.push_back({entry.arc, entry.share / used});
  } else {
    ways.entries.push_back({paths_.arcs_in()[node], 1.0});
  }
  ways.order.push_back(node);
  ways.first.push_back(static_cast<std::uint32_t>(ways.entries.size()));
  ways.flow.push_back(used > 0.0 ? all : 0.0);
}

Ways WayFinder::find(NodeIndex root, const Bush* bush, std::span<const NodeIndex> sinks) {
  paths_.run(root, cost_);
  Ways ways{.root = root, .order = {}, .first = {0}, .entries = {}, .flow = {}};
  std::vector<std::uint8_t> is_done(network_.node_count);
  is_done[root] = 1;
  if (bush != nullptr) {
    Bush loaded = *bush;
    loader_.load(loaded);
    std::vector<Ways::Entry> flows;
    for (std::size_t p = 1; p < loaded.order.size(); ++p) {
      const NodeIndex node = loaded.order[p];
      if (loader_.flow()[node] <= 0.0) continue;
      flows.clear();
      const std::uint32_t in = loaded.in[p];
      if ((in & kMergeBit) == 0) {
        flows.push_back({in, loader_.flow()[node]});
      } else {
        const std::uint32_t merge = in & ~kMergeBit;
        for (std::size_t e = loaded.first[merge]; e < loaded.first[merge + 1]; ++e)
          if (loaded.entry_flow[e] > 0.0) flows.push_back({loaded.entry_arc[e], loaded.entry_flow[e]});
      }
      add_used(node, flows, ways);
      is_done[node] = 1;
    }
  }
  for (const NodeIndex node : paths_.settled()) {
    if (is_done[node] != 0) continue;
    ways.order.push_back(node);
    ways.entries.push_back({paths_.arcs_in()[node], 1.0});
    ways.first.push_back(static_cast<std::uint32_t>(ways.entries.size()));
    ways.flow.push_back(0.0);
  }
  return pruned(network_, ways, sinks);
}

void meet(const Network& network, const Ways& ways, std::span<const double> by_arc, std::span<double> met) {
  met[ways.root] = 0.0;
  for (std::size_t p = 0; p < ways.order.size(); ++p) {
    double sum = 0.0;
    for (const Ways::Entry& entry : ways.into(p))
      sum += entry.share * (met[network.tail[entry.arc]] + by_arc[entry.arc]);
    met[ways.order[p]] = sum;
  }
}

void spread(const Network& network, const Ways& ways, std::span<double> trips, std::span<double> by_arc) {
  for (std::size_t p = ways.order.size(); p-- > 0;) {
    const double passing = trips[ways.order[p]];
    if (passing == 0.0) continue;
    for (const Ways::Entry& entry : ways.into(p)) {
      by_arc[entry.arc] += entry.share * passing;
      trips[network.tail[entry.arc]] += entry.share * passing;
    }
  }
}

}  // namespace gerbang::roads
