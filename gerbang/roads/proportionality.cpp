#include "gerbang/roads/proportionality.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "gerbang/base/anderson.h"
#include "gerbang/roads/bush_extension.h"

namespace gerbang::roads {
namespace {

constexpr std::uint32_t kTree = kNone - 1;

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
  // Whether something goes all along a segment, or will, since these arcs were let in.
  [[nodiscard]] bool is_used(const Bush& bush, std::span<const ArcIndex> segment,
                             std::span<const ArcIndex> let_in) const {
    return std::ranges::all_of(segment, [&](ArcIndex arc) {
      if (!holds(arc)) return false;
      const double flow_on = is_entry(arc) ? bush.entry_flow[place_[arc]] : flow()[network_.head[arc]];
      return flow_on > 0.0 || std::ranges::binary_search(let_in, arc);
    });
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

Proportionality::Proportionality(const Network& network, std::vector<Bush>& bushes,
                                 std::span<const SegmentPairs> pairs)
    : network_(network), bushes_(bushes) {
  find_choices(pairs);
  if (choices_.empty()) return;
  users_.resize(choices_.size());
  Places places(network);
  for (std::uint32_t b = 0; b < bushes.size(); ++b) find_users(b, places);
  find_relations();
  for (const std::vector<User>& users : users_)
    for (const User& user : users) choosing_.push_back(user.bush);
  std::ranges::sort(choosing_);
  choosing_.erase(std::unique(choosing_.begin(), choosing_.end()), choosing_.end());
}

// Each pair of segments once, whichever bushes it stands for, where something goes along both.
void Proportionality::find_choices(std::span<const SegmentPairs> pairs) {
  std::map<std::pair<std::vector<ArcIndex>, std::vector<ArcIndex>>, std::uint32_t> known;
  for (const SegmentPairs& of_chunk : pairs) {
    for (std::size_t i = 0; i < of_chunk.size(); ++i) {
      const Bush& bush = bushes_[of_chunk.bush(i)];
      const SegmentPairs::Segment one = of_chunk.first(i), other = of_chunk.second(i);
      const auto carries = [&](std::uint32_t entry) { return bush.entry_flow[entry] > 0.0; };
      if (!std::ranges::all_of(one.entries, carries) || !std::ranges::all_of(other.entries, carries))
        continue;
      std::pair key(std::vector(one.arcs.begin(), one.arcs.end()),
                    std::vector(other.arcs.begin(), other.arcs.end()));
      if (key.second < key.first) std::swap(key.first, key.second);
      known.try_emplace(std::move(key), bush.vehicle_class);
    }
  }
  for (const auto& [segments, vehicle_class] : known)
    choices_.push_back({segments.first, segments.second, vehicle_class});
  for (const Choice& choice : choices_) last_arcs_.emplace_back(choice.one.front(), choice.other.front());
}

// To a class as well as to the one that uses both: it pays the same time, and must not pay otherwise.
bool Proportionality::costs_the_same(const Choice& choice, std::uint32_t vehicle_class) const {
  constexpr double kSame = 1e-10;  // of what is paid
  if (vehicle_class == choice.vehicle_class) return true;
  const std::vector<double>& fixed = network_.fixed[vehicle_class];
  const std::vector<double>& known = network_.fixed[choice.vehicle_class];
  double more = 0.0;
  double paid = 0.0;
  const auto add = [&](std::span<const ArcIndex> segment, double sign) {
    for (const ArcIndex arc : segment) {
      more += sign * (fixed[arc] - known[arc]);
      paid += fixed[arc] + known[arc];
    }
  };
  add(choice.one, 1.0);
  add(choice.other, -1.0);
  return std::isfinite(paid) && std::abs(more) <= kSame * paid;  // a class may be banned from one
}

// The arcs of segments that a bush does not hold although it uses the segments beside them.
std::vector<ArcIndex> Proportionality::missing_arcs(const Bush& bush, const Places& places,
                                                    std::span<const ArcIndex> let_in) const {
  std::vector<ArcIndex> missing;
  const auto add = [&](std::span<const ArcIndex> used, std::span<const ArcIndex> beside) {
    if (places.holds(beside) || !places.is_used(bush, used, let_in)) return;
    for (const ArcIndex arc : beside)
      if (!places.holds(arc)) missing.push_back(arc);
  };
  for (std::size_t c = 0; c < choices_.size(); ++c) {
    const bool holds_one = places.holds(last_arcs_[c].first);
    const bool holds_other = places.holds(last_arcs_[c].second);
    if (!holds_one && !holds_other) continue;
    const Choice& choice = choices_[c];
    if (!costs_the_same(choice, bush.vehicle_class)) continue;
    add(choice.one, choice.other);
    add(choice.other, choice.one);
  }
  std::ranges::sort(missing);
  missing.erase(std::unique(missing.begin(), missing.end()), missing.end());
  return missing;
}

void Proportionality::find_users(std::uint32_t b, Places& places) {
  Bush& bush = bushes_[b];
  places.read(bush);
  std::vector<ArcIndex> let_in;  // sorted
  for (std::vector<ArcIndex> missing = missing_arcs(bush, places, let_in); !missing.empty();
       missing = missing_arcs(bush, places, let_in)) {
    if (!extend(bush, network_, missing, places.flow(), let_in)) break;
    places.read(bush);
    const auto middle = let_in.insert(let_in.end(), missing.begin(), missing.end());
    std::inplace_merge(let_in.begin(), middle, let_in.end());
  }
  for (std::size_t c = 0; c < choices_.size(); ++c) {
    if (!places.holds(last_arcs_[c].first) || !places.holds(last_arcs_[c].second)) continue;
    const Choice& choice = choices_[c];
    if (!places.holds(choice.one) || !places.holds(choice.other)) continue;
    if (!costs_the_same(choice, bush.vehicle_class)) continue;
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
    for (auto known = rows.end(); !row.arcs.empty();) {
      known = rows.find(row.arcs.begin()->first);
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
double Proportionality::divide(double settled) {
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
  if (!(low < 0.0 && high > 0.0)) return 0.0;
  double step = 0.0;
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
// leaves all volumes alone.
double Proportionality::settle(const Relation& relation) {
  const double step = step_along(relation);
  double largest = 0.0;
  for (std::size_t k = 0; k < relation.size(); ++k) {
    const std::optional<double> change = divide(relation[k].first, step * relation[k].second);
    if (change) {
      largest = std::max(largest, *change);
      continue;
    }
    while (k-- > 0) (void)divide(relation[k].first, -step * relation[k].second);
    return largest;
  }
  return largest;
}

}  // namespace gerbang::roads
