#include "gerbang/roads/shortest_paths.h"

#include <algorithm>

namespace gerbang::roads {
namespace {

constexpr std::size_t kArity = 4;

}  // namespace

ShortestPaths::ShortestPaths(const Network& network)
    : network_(network),
      label_(network.node_count, kInfinity),
      arc_in_(network.node_count, kNone),
      place_(network.node_count, kNone) {
  settled_.reserve(network.node_count);
  heap_.reserve(network.node_count);
}

void ShortestPaths::reset() {
  std::ranges::fill(label_, kInfinity);
  std::ranges::fill(arc_in_, kNone);
  settled_.clear();
}

void ShortestPaths::run(NodeIndex root, std::span<const double> cost) {
  reset();
  lower(root, 0.0, kNone);
  settle_all(cost);
}

// Labels in the order; where an arc leads against it to a lower one, from the beginning without it.
void ShortestPaths::run(NodeIndex root, std::span<const double> cost, std::span<const NodeIndex> order) {
  reset();
  label_[root] = 0.0;
  for (const NodeIndex node : order) {
    if (const ArcIndex arc = lowest_in(node, cost); arc != kNone) {
      label_[node] = label_[network_.tail[arc]] + cost[arc];
      arc_in_[node] = arc;
    }
    if (label_[node] < kInfinity) settled_.push_back(node);
  }
  for (const NodeIndex node : order)
    if (lowest_in(node, cost) != kNone) return run(root, cost);
}

ArcIndex ShortestPaths::lowest_in(NodeIndex node, std::span<const double> cost) const {
  double least = label_[node];
  ArcIndex lowest = kNone;
  for (ArcIndex a = network_.first_in[node]; a < network_.first_in[node + 1]; ++a)
    if (const double label = label_[network_.tail[a]] + cost[a]; label < least) {
      least = label;
      lowest = a;
    }
  return lowest;
}

void ShortestPaths::repair(std::span<const double> labels, std::span<const double> cost) {
  std::ranges::copy(labels, label_.begin());
  std::ranges::fill(arc_in_, kNone);
  settled_.clear();
  for (NodeIndex node = 0; node < network_.node_count; ++node) {
    for (ArcIndex a = network_.first_in[node]; a < network_.first_in[node + 1]; ++a) {
      const double label = labels[network_.tail[a]] + cost[a];
      if (label < label_[node]) lower(node, label, a);
    }
  }
  settle_all(cost);
}

void ShortestPaths::settle_all(std::span<const double> cost) {
  while (!heap_.empty()) {
    const NodeIndex node = heap_.front();
    place_[node] = kNone;
    const NodeIndex last = heap_.back();
    heap_.pop_back();
    if (!heap_.empty()) {
      heap_.front() = last;
      place_[last] = 0;
      sift_down(0);
    }
    settled_.push_back(node);
    const double label = label_[node];
    for (const ArcIndex a : network_.arcs_out(node)) {
      const NodeIndex next = network_.head[a];
      if (label + cost[a] < label_[next]) lower(next, label + cost[a], a);
    }
  }
}

void ShortestPaths::lower(NodeIndex node, double label, ArcIndex arc) {
  label_[node] = label;
  arc_in_[node] = arc;
  if (place_[node] == kNone) {
    place_[node] = static_cast<std::uint32_t>(heap_.size());
    heap_.push_back(node);
  }
  sift_up(place_[node]);
}

void ShortestPaths::sift_up(std::size_t place) {
  const NodeIndex node = heap_[place];
  while (place > 0) {
    const std::size_t parent = (place - 1) / kArity;
    if (label_[heap_[parent]] <= label_[node]) break;
    heap_[place] = heap_[parent];
    place_[heap_[place]] = static_cast<std::uint32_t>(place);
    place = parent;
  }
  heap_[place] = node;
  place_[node] = static_cast<std::uint32_t>(place);
}

void ShortestPaths::sift_down(std::size_t place) {
  const NodeIndex node = heap_[place];
  while (true) {
    const std::size_t first = place * kArity + 1;
    if (first >= heap_.size()) break;
    std::size_t least = first;
    const std::size_t end = std::min(first + kArity, heap_.size());
    for (std::size_t child = first + 1; child < end; ++child) {
      if (label_[heap_[child]] < label_[heap_[least]]) least = child;
    }
    if (label_[node] <= label_[heap_[least]]) break;
    heap_[place] = heap_[least];
    place_[heap_[place]] = static_cast<std::uint32_t>(place);
    place = least;
  }
  heap_[place] = node;
  place_[node] = static_cast<std::uint32_t>(place);
}

}  // namespace gerbang::roads
