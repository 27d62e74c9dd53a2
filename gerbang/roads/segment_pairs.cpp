#include "gerbang/roads/segment_pairs.h"

#include <algorithm>
#include <cmath>

namespace gerbang::roads {
namespace {

// The flow that can leave a segment: the least of the merge entries on it.
double flow_along(std::span<const std::uint32_t> entries, const Bush& bush) {
  double flow = kInfinity;
  for (const std::uint32_t entry : entries) flow = std::min(flow, bush.entry_flow[entry]);
  return flow;
}

CostAndSlope sum_along(std::span<const ArcIndex> segment, const ArcState& arcs) {
  CostAndSlope sum;
  for (const ArcIndex arc : segment) {
    sum.cost += arcs.at()[arc].cost;
    sum.slope += arcs.at()[arc].slope;
  }
  return sum;
}

}  // namespace

void SegmentPairs::clear() {
  pairs_.clear();
  arcs_.clear();
  entries_.clear();
}

void SegmentPairs::begin_pair(std::uint32_t bush) {
  const auto arc = static_cast<std::uint32_t>(arcs_.size());
  const auto entry = static_cast<std::uint32_t>(entries_.size());
  pairs_.push_back({bush, arc, arc, entry, entry});
}

void SegmentPairs::end_first() {
  pairs_.back().arc_middle = static_cast<std::uint32_t>(arcs_.size());
  pairs_.back().entry_middle = static_cast<std::uint32_t>(entries_.size());
}

SegmentPairs::Segment SegmentPairs::first(std::size_t i) const {
  const Pair& pair = pairs_[i];
  return {std::span(arcs_).subspan(pair.arc_begin, pair.arc_middle - pair.arc_begin),
          std::span(entries_).subspan(pair.entry_begin, pair.entry_middle - pair.entry_begin)};
}

SegmentPairs::Segment SegmentPairs::second(std::size_t i) const {
  const Pair& pair = pairs_[i];
  const bool is_last = i + 1 == pairs_.size();
  const std::size_t arc_end = is_last ? arcs_.size() : pairs_[i + 1].arc_begin;
  const std::size_t entry_end = is_last ? entries_.size() : pairs_[i + 1].entry_begin;
  return {std::span(arcs_).subspan(pair.arc_middle, arc_end - pair.arc_middle),
          std::span(entries_).subspan(pair.entry_middle, entry_end - pair.entry_middle)};
}

double SegmentPairs::sweep(std::vector<Bush>& bushes, ArcState& arcs) {
  shifts_.resize(pairs_.size());
  double excess = 0.0;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    Bush& bush = bushes[pairs_[i].bush];
    arcs.switch_class(bush.vehicle_class);
    shifts_[i] = shift_pair(i, bush, arcs, excess);
  }
  return excess;
}

double SegmentPairs::shift_pair(std::size_t i, Bush& bush, ArcState& arcs, double& excess) const {
  const Segment one = first(i);
  const Segment other = second(i);
  const CostAndSlope along_one = sum_along(one.arcs, arcs);
  const CostAndSlope along_other = sum_along(other.arcs, arcs);
  const double difference = along_one.cost - along_other.cost;
  const Segment& costly = difference > 0.0 ? one : other;
  excess += std::abs(difference) * bush.entry_flow[costly.entries.front()];
  const double most = flow_along(costly.entries, bush);
  const double slope = along_one.slope + along_other.slope;
  const double least_move = std::abs(difference) < slope * most ? std::abs(difference) / slope : most;
  if (difference == 0.0 || least_move <= 0.0) return 0.0;
  const double volume = std::copysign(least_move, difference);
  for (const ArcIndex arc : one.arcs) arcs.add(arc, -volume);
  for (const ArcIndex arc : other.arcs) arcs.add(arc, volume);
  move_entries(i, bush, volume);
  return volume;
}

void SegmentPairs::move_entries(std::size_t i, Bush& bush, double volume) const {
  for (const std::uint32_t entry : first(i).entries) bush.entry_flow[entry] -= volume;
  for (const std::uint32_t entry : second(i).entries) bush.entry_flow[entry] += volume;
}

void SegmentPairs::shift(std::vector<Bush>& bushes, const Network& network, std::span<double> volumes,
                         VolumeStep& step) const {
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const double wanted = volumes[i];
    if (wanted == 0.0) continue;
    Bush& bush = bushes[pairs_[i].bush];
    const Segment one = first(i);
    const Segment other = second(i);
    const double volume = wanted > 0.0 ? std::min(wanted, flow_along(one.entries, bush))
                                       : std::max(wanted, -flow_along(other.entries, bush));
    move_entries(i, bush, volume);
    if (volume == wanted) continue;
    volumes[i] = volume;
    const std::vector<double>& fixed = network.fixed[bush.vehicle_class];
    const auto correct = [&](const Segment& segment, double change) {
      for (const ArcIndex arc : segment.arcs) {
        step.volume[arc] += change;
        step.fixed_cost += change * fixed[arc];
      }
    };
    correct(one, wanted - volume);
    correct(other, volume - wanted);
  }
}

void SegmentPairs::shift_back(std::vector<Bush>& bushes, std::span<const double> volumes, double part) const {
  for (std::size_t i = pairs_.size(); i-- > 0;) {
    if (volumes[i] != 0.0) move_entries(i, bushes[pairs_[i].bush], -part * volumes[i]);
  }
}

}  // namespace gerbang::roads
