#include "gerbang/roads/proportionality.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "gerbang/base/anderson.h"
#include "gerbang/roads/bush_extension.h"

namespace gerbang::roads {
namespace {

constexpr std::uint32_t kTree = kNone - 1;

// Arcs whose detour is a smaller part of the way's cost cost the same: the root of the gap, within these.
constexpr double kNearest = 1e-7;
constexpr double kFarthest = 1e-5;

}  // namespace

class Proportionality::Places {
 public:
  explicit Places(const Network& network)
      : network_(network),
        loader_(network),
        place_(network.arc_count(), kNone),
        merge_(network.arc_count()) {}

  // Loads the bush and looks up its arcs, in the place of the last bush's.
  void read(Bush& bush) {
    for (const ArcIndex arc : known_) place_[arc] = kNone;
    known_.clear();
    loader_.load(bush);
    for (std::size_t p = 1; p < bush.order.size(); ++p) {
      const std::uint32_t in = bush.in[p];
      if ((in & kMergeBit) == 0) {
        know(in, kTree);
        continue;
      }
      const std::uint32_t merge = in & ~kMergeBit;
      for (std::uint32_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
        know(bush.entry_arc[e], e);
        merge_[bush.entry_arc[e]] = merge;
      }
    }
  }

  [[nodiscard]] const std::vector<double>& flow() const { return loader_.flow(); }
  [[nodiscard]] bool is_entry(ArcIndex arc) const { return place_[arc] < kTree; }
  [[nodiscard]] Entry entry(ArcIndex arc) const { return {place_[arc], merge_[arc]}; }
  [[nodiscard]] bool holds(ArcIndex arc) const { return place_[arc] != kNone; }
  [[nodiscard]] bool holds(std::span<const ArcIndex> segment) const {
    return std::ranges::all_of(segment, [&](ArcIndex arc) { return holds(arc); });
  }

 private:
  void know(ArcIndex arc, std::uint32_t place) {
    place_[arc] = place;
    known_.push_back(arc);
  }

  const Network& network_;
  BushLoader loader_;
  std::vector<std::uint32_t> place_;  // by arc, as is the next
  std::vector<std::uint32_t> merge_;
  std::vector<ArcIndex> known_;
};

Proportionality::Proportionality(const Network& network, const std::vector<std::vector<double>>& class_cost,
                                 std::vector<Bush>& bushes, double gap)
    : network_(network),
      class_cost_(class_cost),
      bushes_(bushes),
      near_(std::clamp(std::sqrt(gap), kNearest, kFarthest)),
      volume_(network.arc_count()) {
  BushLoader loader(network);
  for (Bush& bush : bushes) {
    loader.load(bush);
    loader.add_arc_flows(bush, volume_);
  }
  Places places(network);
  PairFinder finder(network);
  SegmentPairs pairs;
  for (std::uint32_t b = 0; b < bushes.size(); ++b) {
    let_in_equals(bushes[b], places, finder);
    if (bushes[b].merge_count() == 0) continue;
    (void)finder.label(bushes[b], class_cost[bushes[b].vehicle_class]);
    finder.find(bushes[b], b, pairs, true);
    finder.forget(bushes[b]);
  }
  find_choices(pairs);
  if (choices_.empty()) return;
  users_.resize(choices_.size());
  for (std::uint32_t b = 0; b < bushes.size(); ++b)
    if (bushes[b].merge_count() > 0) find_users(b, places);
  find_relations();
  for (const std::vector<User>& users : users_)
    for (const User& user : users) choosing_.push_back(user.bush);
  std::ranges::sort(choosing_);
  choosing_.erase(std::unique(choosing_.begin(), choosing_.end()), choosing_.end());
}

// Arcs that others use and that would cost a bush no more than those it has; again while new ones lead to
// nodes that nothing reached.
void Proportionality::let_in_equals(Bush& bush, Places& places, PairFinder& finder) const {
  const std::vector<double>& cost = class_cost_[bush.vehicle_class];
  std::vector<ArcIndex> let_in;  // sorted
  while (true) {
    places.read(bush);
    (void)finder.label(bush, cost);
    std::vector<ArcIndex> missing = missing_arcs(bush, places, finder.labels(), let_in);
    finder.forget(bush);
    if (missing.empty()) return;
    if (!extend(bush, network_, missing, places.flow(), let_in)) {  // as only arcs that cost nothing can
      std::erase_if(missing, [&](ArcIndex arc) { return cost[arc] <= 0.0; });
      if (missing.empty() || !extend(bush, network_, missing, places.flow(), let_in)) return;
    }
    const auto middle = let_in.insert(let_in.end(), missing.begin(), missing.end());
    std::inplace_merge(let_in.begin(), middle, let_in.end());
  }
}

// Sorted. From the end of the order back, along what is used or was let in.
std::vector<ArcIndex> Proportionality::missing_arcs(const Bush& bush, const Places& places,
                                                    const std::vector<double>& label,
                                                    std::span<const ArcIndex> let_in) const {
  const std::vector<double>& cost = class_cost_[bush.vehicle_class];
  std::vector<ArcIndex> missing;
  std::vector<std::uint8_t> is_reached(network_.node_count);
  for (std::size_t p = bush.order.size(); p-- > 1;) {
    const NodeIndex node = bush.order[p];
    const bool has_flow = places.flow()[node] > 0.0;
    if (!has_flow && is_reached[node] == 0) continue;
    for (ArcIndex arc = network_.first_in[node]; arc < network_.first_in[node + 1]; ++arc) {
      const NodeIndex tail = network_.tail[arc];
      if (places.holds(arc)) {
        const bool is_empty = has_flow && places.is_entry(arc) &&
                              bush.entry_flow[places.entry(arc).entry] <= 0.0 &&
                              !std::ranges::binary_search(let_in, arc);
        if (!is_empty) is_reached[tail] = 1;
      } else if (volume_[arc] > 0.0 && label[tail] + cost[arc] - label[node] <= near_ * label[node]) {
        missing.push_back(arc);
        is_reached[tail] = 1;
      }
    }
  }
  std::ranges::sort(missing);
  return missing;
}

// Each pair of segments once, whichever bushes it stands for, where all of both is used by somebody.
void Proportionality::find_choices(const SegmentPairs& pairs) {
  std::set<std::pair<std::vector<ArcIndex>, std::vector<ArcIndex>>> known;
  const auto is_used = [&](ArcIndex arc) { return volume_[arc] > 0.0; };
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    const SegmentPairs::Segment one = pairs.first(i), other = pairs.second(i);
    if (!std::ranges::all_of(one.arcs, is_used) || !std::ranges::all_of(other.arcs, is_used)) continue;
    std::pair key(std::vector(one.arcs.begin(), one.arcs.end()),
                  std::vector(other.arcs.begin(), other.arcs.end()));
    if (key.second < key.first) std::swap(key.first, key.second);
    known.insert(std::move(key));
  }
  for (const auto& [one, other] : known) {
    choices_.push_back({one, other});
    last_arcs_.emplace_back(one.front(), other.front());
  }
}

void Proportionality::find_users(std::uint32_t b, Places& places) {
  places.read(bushes_[b]);
  for (std::size_t c = 0; c < choices_.size(); ++c) {
    if (!places.holds(last_arcs_[c].first) || !places.holds(last_arcs_[c].second)) continue;
    const Choice& choice = choices_[c];
    if (!places.holds(choice.one) || !places.holds(choice.other)) continue;
    User user{.bush = b, .one = static_cast<std::uint32_t>(entries_.size())};
    const auto add = [&](std::span<const ArcIndex> segment) {
      for (const ArcIndex arc : segment)
        if (places.is_entry(arc)) entries_.push_back(places.entry(arc));
      return static_cast<std::uint32_t>(entries_.size());
    };
    user.other = add(choice.one);
    user.end = add(choice.other);
    users_[c].push_back(user);
  }
}

// Choices as vectors over arcs, +1 on one segment and −1 on the other, by elimination: those that are sums of
// others (where a bush has two choices only together, say, that others have each for itself).
void Proportionality::find_relations() {
  using Sparse = std::map<std::size_t, double>;
  constexpr double kNothing = 1e-9;
  const auto add = [](Sparse& sum, double factor, const Sparse& values) {
    for (const auto& [at, value] : values)
      if (std::abs(sum[at] += factor * value) < kNothing) sum.erase(at);
  };
  struct Row {
    Sparse arcs;   // what is left of a choice; the first of them is led by no other row
    Sparse parts;  // the choices that it is the sum of
  };
  std::map<std::size_t, Row> rows;  // by their first arc
  std::vector<std::size_t> order(choices_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {},
                           [&](std::size_t c) { return choices_[c].one.size() + choices_[c].other.size(); });
  for (const std::size_t c : order) {
    Row row;
    for (const ArcIndex arc : choices_[c].one) row.arcs[arc] += 1.0;
    for (const ArcIndex arc : choices_[c].other) row.arcs[arc] -= 1.0;
    row.parts[c] = 1.0;
    while (!row.arcs.empty()) {
      const auto known = rows.find(row.arcs.begin()->first);
      if (known == rows.end()) break;
      const double factor = -row.arcs.begin()->second / known->second.arcs.begin()->second;
      add(row.parts, factor, known->second.parts);
      add(row.arcs, factor, known->second.arcs);
    }
    if (row.arcs.empty()) {
      relations_.emplace_back(row.parts.begin(), row.parts.end());
    } else {
      const std::size_t first = row.arcs.begin()->first;
      rows.emplace(first, std::move(row));
    }
  }
}

// Sweeps over all choices, one after the other; what they do to each other is accelerated.
double Proportionality::divide(double settled, const Observer& observer) {
  if (choosing_.empty()) return 0.0;
  constexpr std::size_t kMostSweeps = 1000;
  Anderson anderson({.memory = 10, .damping = 1.0, .regularisation = 1e-14});
  double largest = 0.0;
  for (std::size_t sweep = 0; sweep < kMostSweeps; ++sweep) {
    const std::vector<double> before = flows();
    largest = 0.0;
    for (std::size_t c = 0; c < choices_.size(); ++c)
      if (users_[c].size() > 1) largest = std::max(largest, divide(c, 0.0).value_or(0.0));
    for (const Relation& relation : relations_) largest = std::max(largest, settle(relation));
    if (observer) observer({.task = kDividing, .done = sweep + 1, .total = 0, .residual = largest});
    if (largest <= settled) break;
    const std::vector<double> after = flows();
    set_flows(after, anderson.next(before, after));
  }
  return largest;
}

// The entries' flows of all bushes that have a choice with others.
std::vector<double> Proportionality::flows() const {
  std::vector<double> all;
  for (const std::uint32_t b : choosing_)
    all.insert(all.end(), bushes_[b].entry_flow.begin(), bushes_[b].entry_flow.end());
  return all;
}

// As proposed; where a flow would lose more than half, only so far from `safe` towards it that none does. All
// of the way keeps the volumes, since both ends do.
void Proportionality::set_flows(std::span<const double> safe, std::span<const double> proposed) {
  constexpr double kMost = 0.5;
  double part = 1.0;
  for (std::size_t e = 0; e < safe.size(); ++e)
    if (proposed[e] < kMost * safe[e]) part = std::min(part, kMost * safe[e] / (safe[e] - proposed[e]));
  std::size_t next = 0;
  for (const std::uint32_t b : choosing_)
    for (double& flow : bushes_[b].entry_flow) {
      flow = part < 1.0 ? safe[next] + part * (proposed[next] - safe[next]) : proposed[next];
      ++next;
    }
}

// What goes all along a segment: by its last entry, times the shares of the entries before it.
double Proportionality::flow_along(const Bush& bush, std::uint32_t begin, std::uint32_t end) const {
  double flow = bush.entry_flow[entries_[begin].entry];
  for (std::uint32_t k = begin + 1; k < end; ++k) {
    const auto [entry, merge] = entries_[k];
    double passing = 0.0;
    for (std::uint32_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) passing += bush.entry_flow[e];
    if (passing == 0.0) return 0.0;
    flow *= bush.entry_flow[entry] / passing;
  }
  return flow;
}

// What the users send along both segments of a choice.
Proportionality::Totals Proportionality::measure(std::size_t choice) {
  on_one_.clear();
  on_both_.clear();
  Totals totals;
  for (const User& user : users_[choice]) {
    const Bush& bush = bushes_[user.bush];
    on_one_.push_back(flow_along(bush, user.one, user.other));
    on_both_.push_back(on_one_.back() + flow_along(bush, user.other, user.end));
    totals.one += on_one_.back();
    totals.both += on_both_.back();
  }
  return totals;
}

// Gives all users of a choice the same proportion, with so much more on the first segment in all. Returns the
// largest change of a proportion (of who sends hardly anything, as a part of a little of the mean); none, and
// all as it was, where there is not so much to move.
std::optional<double> Proportionality::divide(std::size_t choice, double more_on_one) {
  constexpr double kLittle = 1e-3;
  const std::vector<User>& users = users_[choice];
  const Totals totals = measure(choice);
  if (totals.both <= 0.0) return 0.0;
  const double proportion = (totals.one + more_on_one) / totals.both;
  if (more_on_one != 0.0 && !(proportion > 0.0 && proportion < 1.0)) return std::nullopt;
  const double little = kLittle * totals.both / static_cast<double>(users.size());
  double largest = 0.0;
  for (std::size_t u = 0; u < users.size(); ++u) {
    std::vector<double>& flow = bushes_[users[u].bush].entry_flow;
    const double more = proportion * on_both_[u] - on_one_[u];
    for (std::uint32_t k = users[u].one; k < users[u].other; ++k)
      flow[entries_[k].entry] = std::max(0.0, flow[entries_[k].entry] + more);
    for (std::uint32_t k = users[u].other; k < users[u].end; ++k)
      flow[entries_[k].entry] = std::max(0.0, flow[entries_[k].entry] - more);
    largest = std::max(largest, std::abs(more) / (on_both_[u] + little));
  }
  return largest;
}

// Where Σ part · ln ((one + part · step) / (other − part · step)), which rises with the step, is zero:
// Newton's method within brackets.
double Proportionality::step_along(const Relation& relation) {
  constexpr std::size_t kMostSteps = 100;
  std::vector<Totals> totals;
  double low = -kInfinity;
  double high = kInfinity;
  for (const auto& [choice, part] : relation) {
    const Totals& now = totals.emplace_back(measure(choice));
    const double to_none = -now.one / part;
    const double to_all = (now.both - now.one) / part;
    low = std::max(low, std::min(to_none, to_all));
    high = std::min(high, std::max(to_none, to_all));
  }
  if (!(low < high)) return 0.0;
  double step = low < 0.0 && high > 0.0 ? 0.0 : 0.5 * (low + high);
  for (std::size_t k = 0; k < kMostSteps; ++k) {
    double sum = 0.0;
    double slope = 0.0;
    for (std::size_t r = 0; r < relation.size(); ++r) {
      const double part = relation[r].second;
      const double one = totals[r].one + part * step;
      const double other = totals[r].both - one;
      sum += part * std::log(one / other);
      slope += part * part * totals[r].both / (one * other);
    }
    (sum < 0.0 ? low : high) = step;
    const double next = step - sum / slope;
    if (!(std::abs(next - step) > 1e-15 * (high - low) + 1e-300)) break;
    step = next > low && next < high ? next : 0.5 * (low + high);
  }
  return step;
}

// Makes Σ part · ln (one / other) zero over choices whose segments, so often, add up to nothing: the exchange
// leaves all volumes alone. Choices of one bush may hold on to the same flow: what is too much is halved.
// Returns the largest change of a proportion; 1, as no change can be, where not even a little can be moved.
double Proportionality::settle(const Relation& relation) {
  constexpr std::size_t kMostHalvings = 20;
  double step = step_along(relation);
  for (std::size_t k = 0; k < kMostHalvings; ++k) {
    if (const std::optional<double> largest = exchange(relation, step)) return *largest;
    step *= 0.5;
  }
  return 1.0;
}

// The largest change of a proportion; none, with all volumes as they were, where there is not so much to
// move.
std::optional<double> Proportionality::exchange(const Relation& relation, double step) {
  double largest = 0.0;
  for (std::size_t k = 0; k < relation.size(); ++k) {
    const std::optional<double> change = divide(relation[k].first, step * relation[k].second);
    if (!change) {
      while (k-- > 0) (void)divide(relation[k].first, -step * relation[k].second);
      return std::nullopt;
    }
    largest = std::max(largest, *change);
  }
  return largest;
}

}  // namespace gerbang::roads
