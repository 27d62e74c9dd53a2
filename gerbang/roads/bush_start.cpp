#include "gerbang/roads/bush_start.h"

#include <algorithm>

namespace gerbang::roads {
namespace {

bool uses_closed(const Bush& bush, const std::vector<std::uint8_t>& is_closed) {
  const auto is_single_closed = [&](std::uint32_t in) { return (in & kMergeBit) == 0 && is_closed[in] != 0; };
  return std::any_of(bush.in.begin() + 1, bush.in.end(), is_single_closed) ||
         std::ranges::any_of(bush.entry_arc, [&](ArcIndex arc) { return is_closed[arc] != 0; });
}

template <class IsReached>
void drop_unreached(Bush& bush, IsReached is_reached) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < bush.destination.size(); ++i) {
    if (!is_reached(bush.destination[i])) continue;
    bush.destination[kept] = bush.destination[i];
    bush.demand[kept++] = bush.demand[i];
  }
  bush.destination.resize(kept);
  bush.demand.resize(kept);
}

}  // namespace

std::vector<std::vector<std::uint8_t>> closed_arcs(const Network& network) {
  std::vector<std::vector<std::uint8_t>> closed;
  for (const std::vector<double>& fixed : network.fixed) {
    std::vector<std::uint8_t>& of_class = closed.emplace_back(fixed.size());
    for (std::size_t a = 0; a < fixed.size(); ++a) of_class[a] = fixed[a] == kInfinity ? 1 : 0;
  }
  return closed;
}

std::vector<ArcChanges> arc_changes(const Network& network, const BushSet& earlier) {
  const std::vector<std::vector<std::uint8_t>> now = closed_arcs(network);
  std::vector<ArcChanges> changes(now.size());
  for (std::size_t m = 0; m < std::min(now.size(), earlier.is_closed.size()); ++m) {
    for (ArcIndex a = 0; a < network.arc_count(); ++a) {
      if (now[m][a] == earlier.is_closed[m][a]) continue;
      (now[m][a] != 0 ? changes[m].closed : changes[m].opened).push_back(a);
    }
    if (!changes[m].closed.empty()) changes[m].is_closed = now[m];
  }
  return changes;
}

void BushStart::make_tree(Bush& bush, std::span<const double> cost) {
  paths_.run(bush.root, cost);
  bush.order = paths_.settled();
  bush.in.clear();
  for (const NodeIndex node : bush.order) bush.in.push_back(paths_.arcs_in()[node]);
  bush.first.assign(1, 0);
  bush.entry_arc.clear();
  bush.entry_flow.clear();
  drop_unreached(bush, [&](NodeIndex node) { return paths_.labels()[node] < kInfinity; });
}

void BushStart::mend(Bush& bush, std::span<const double> cost, const ArcChanges& changes,
                     BushLoader& loader) {
  mark_inside(bush);
  if (bush.order.empty() || reaches_further(changes)) {
    make_tree(bush, cost);
    loader.load(bush);
    return;
  }
  drop_unreached(bush, [&](NodeIndex node) { return stamp_[node] == bush_; });
  loader.load(bush);
  if (changes.is_closed.empty() || !uses_closed(bush, changes.is_closed)) return;
  update_.run(bush, loader.flow(), cost);
  if (!update_.is_connected()) make_tree(bush, cost);
  loader.load(bush);
}

void BushStart::mark_inside(const Bush& bush) {
  ++bush_;
  for (const NodeIndex node : bush.order) stamp_[node] = bush_;
}

bool BushStart::reaches_further(const ArcChanges& changes) const {
  return std::ranges::any_of(changes.opened, [&](ArcIndex arc) {
    return stamp_[network_.tail[arc]] == bush_ && stamp_[network_.head[arc]] != bush_;
  });
}

}  // namespace gerbang::roads
