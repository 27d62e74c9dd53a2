#include "gerbang/roads/bush.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gerbang::roads {
namespace {

// Makes the entries of a merge add up to what flows out of it.
void balance(std::span<double> entries, double outflow) {
  double sum = 0.0;
  std::size_t largest = 0;
  for (std::size_t e = 0; e < entries.size(); ++e) {
    sum += entries[e];
    if (entries[e] > entries[largest]) largest = e;
  }
  if (sum == outflow) return;
  constexpr double kRounding = 1e-9;
  if (sum > 0.0 && std::abs(sum - outflow) > kRounding * sum) {
    for (double& flow : entries) flow *= outflow / sum;
  }
  double others = 0.0;
  for (std::size_t e = 0; e < entries.size(); ++e) others += e == largest ? 0.0 : entries[e];
  entries[largest] = std::max(0.0, outflow - others);
}

}  // namespace

const Bush* BushSet::find(std::uint32_t vehicle_class, std::uint32_t origin) const {
  const auto key = [](const Bush& bush) { return std::pair(bush.vehicle_class, bush.origin); };
  const auto found = std::ranges::lower_bound(bushes, std::pair(vehicle_class, origin), {}, key);
  return found != bushes.end() && key(*found) == std::pair(vehicle_class, origin) ? &*found : nullptr;
}

// balance(entries of a merge, flow out of it) comes before they are handed on.
template <class AnyBush, class Balance>
void BushLoader::load(AnyBush& bush, const Balance& balance) {
  std::ranges::fill(flow_, 0.0);
  for (std::size_t i = 0; i < bush.destination.size(); ++i) flow_[bush.destination[i]] += bush.demand[i];
  for (std::size_t p = bush.order.size(); p-- > 1;) {
    const double flow = flow_[bush.order[p]];
    const std::uint32_t in = bush.in[p];
    if ((in & kMergeBit) == 0) {
      flow_[network_.tail[in]] += flow;
      continue;
    }
    const std::uint32_t merge = in & ~kMergeBit;
    const std::size_t begin = bush.first[merge];
    const std::size_t end = bush.first[merge + 1];
    balance(std::span(bush.entry_flow).subspan(begin, end - begin), flow);
    for (std::size_t e = begin; e < end; ++e) flow_[network_.tail[bush.entry_arc[e]]] += bush.entry_flow[e];
  }
}

void BushLoader::load(Bush& bush) {
  load(bush, balance);
}

void BushLoader::load_again(const Bush& bush) {
  load(bush, [](std::span<const double> /*entries*/, double /*outflow*/) {});
}

void BushLoader::add_arc_flows(const Bush& bush, std::span<double> by_arc) const {
  for (std::size_t p = 1; p < bush.order.size(); ++p) {
    if ((bush.in[p] & kMergeBit) == 0) by_arc[bush.in[p]] += flow_[bush.order[p]];
  }
  for (std::size_t e = 0; e < bush.entry_arc.size(); ++e) by_arc[bush.entry_arc[e]] += bush.entry_flow[e];
}

}  // namespace gerbang::roads
