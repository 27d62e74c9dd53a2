#include "gerbang/chains/chains.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "gerbang/chains/pooled.h"

namespace gerbang::chains {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::size_t kMaxServices = 3;

// ln(e^a + e^b); −infinity is an empty sum.
double log_add(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == -kInfinity ? a : a + std::log1p(std::exp(b - a));
}

// ln Σ exp(x) of a group of terms, and the share of each. Terms too small to be seen beside the largest are
// left out.
class LogSum {
 public:
  struct Term {
    std::size_t key;
    double share;
  };

  void clear() {
    terms_.clear();
    largest_ = -kInfinity;
  }
  void add(std::size_t key, double x) {
    if (x == -kInfinity) return;
    terms_.push_back({key, x});
    largest_ = std::max(largest_, x);
  }
  // The logarithm of the sum; terms() are shares from now on.
  double close() {
    constexpr double kUnseen = 37.0;  // e^−37 is below the rounding of 1
    double total = 0.0;
    std::size_t kept = 0;
    for (const Term& term : terms_) {
      const double below = largest_ - term.share;
      if (below > kUnseen) continue;
      const double weight = std::exp(-below);
      total += weight;
      terms_[kept++] = {term.key, weight};
    }
    terms_.resize(kept);
    for (Term& term : terms_) term.share /= total;
    return kept == 0 ? -kInfinity : largest_ + std::log(total);
  }
  [[nodiscard]] const std::vector<Term>& terms() const { return terms_; }

 private:
  std::vector<Term> terms_;
  double largest_ = -kInfinity;
};

struct Hops {
  std::vector<Departures> services;
  std::vector<std::size_t> indices;
};

// The departures that run, by directed terminal pair.
std::map<std::pair<std::size_t, std::size_t>, Hops> by_pair(const Problem& problem) {
  std::map<std::pair<std::size_t, std::size_t>, Hops> pairs;
  for (std::size_t d = 0; d < problem.departures.size(); ++d) {
    const Departure& departure = problem.departures[d];
    if (departure.per_week <= 0.0 || !std::isfinite(departure.cost)) continue;
    Hops& hops = pairs[{departure.from, departure.to}];
    hops.services.push_back({departure.per_week, departure.cost});
    hops.indices.push_back(d);
  }
  return pairs;
}

// For each terminal the number of terminals of its cluster where the class can begin (end) a sea leg.
std::vector<double> cluster_sizes(const Problem& problem, const std::vector<bool>& is_used) {
  std::map<std::size_t, double> sizes;
  for (std::size_t t = 0; t < is_used.size(); ++t) sizes[problem.cluster[t]] += is_used[t] ? 1.0 : 0.0;
  std::vector<double> size_of(is_used.size());
  for (std::size_t t = 0; t < is_used.size(); ++t) size_of[t] = std::max(1.0, sizes[problem.cluster[t]]);
  return size_of;
}

// The sets that have values on this kind of road leg.
std::vector<std::size_t> sets_with(std::span<const LegValues> values, Matrix LegValues::*kind) {
  std::vector<std::size_t> sets;
  for (std::size_t e = 0; e < values.size(); ++e)
    if (!(values[e].*kind).values().empty()) sets.push_back(e);
  return sets;
}

}  // namespace

LegValues LegValues::zero(const Problem& problem) {
  const std::size_t regions = problem.road.rows();
  const std::size_t terminals = problem.handling.size();
  return {Matrix(regions, regions), Matrix(regions, terminals), Matrix(terminals, regions),
          std::vector<double>(terminals), std::vector<double>(problem.departures.size())};
}

double scaled_dispersion(const Problem& problem, double scale) {
  const std::size_t regions = problem.road.rows();
  Matrix cheapest(regions, regions, kInfinity);
  for (const auto& [pair, hops] : by_pair(problem)) {
    const auto [a, b] = pair;
    double sea = kInfinity;  // one service alone: what is pooled is not known before μ is
    for (const Departures& service : hops.services)
      sea = std::min(sea, service.cost + 0.5 * problem.week_value / service.per_week);
    sea += problem.handling[a] + problem.handling[b];
    for (std::size_t i = 0; i < regions; ++i)
      for (std::size_t n = 0; n < regions; ++n)
        cheapest(i, n) = std::min(cheapest(i, n), problem.access(i, a) + sea + problem.egress(b, n));
  }
  std::vector<double> costs;
  for (std::size_t i = 0; i < regions; ++i)
    for (std::size_t n = 0; n < regions; ++n)
      if (i != n && std::isfinite(cheapest(i, n))) costs.push_back(cheapest(i, n));
  if (costs.empty()) return 0.0;
  const auto middle = costs.begin() + static_cast<std::ptrdiff_t>(costs.size() / 2);
  std::nth_element(costs.begin(), middle, costs.end());
  return scale / *middle;
}

Chains::Chains(const Problem& problem)
    : regions_(problem.road.rows()),
      terminals_(problem.handling.size()),
      dispersion_(problem.dispersion > 0.0 ? problem.dispersion : 1.0),
      handling_(problem.handling),
      departure_count_(problem.departures.size()) {
  pool_departures(problem);
  link_terminals(problem);
  link_regions(problem);
}

void Chains::pool_departures(const Problem& problem) {
  for (const auto& [pair, hops] : by_pair(problem)) {
    const Pooled pooled = pool(hops.services, problem.week_value, 1.0 / (kPoolSharpness * dispersion_));
    double on_board = 0.0;
    for (std::size_t k = 0; k < hops.services.size(); ++k)
      on_board += pooled.share[k] * hops.services[k].cost;
    hops_.push_back(
        {pair.first, pair.second, pooled.cost, pooled.cost - on_board, hops.indices, pooled.share});
  }
}

// L^1 = ln S, L^k_ac = ln Σ_b S_ab exp(L^{k−1}_bc), with the share of every first hop. Hops are in order of
// their first terminal.
void Chains::link_terminals(const Problem& problem) {
  std::vector<double> hop_log(hops_.size());
  for (std::size_t h = 0; h < hops_.size(); ++h)
    hop_log[h] =
        -dispersion_ * (hops_[h].cost + problem.handling[hops_[h].from] + problem.handling[hops_[h].to]);

  std::vector<Matrix> log_weight(kMaxServices, Matrix(terminals_, terminals_, -kInfinity));
  steps_.assign(kMaxServices, {});
  for (std::size_t h = 0; h < hops_.size(); ++h) {
    log_weight[0](hops_[h].from, hops_[h].to) = hop_log[h];
    steps_[0].push_back({h, hops_[h].from, hops_[h].to, 1.0});
  }
  LogSum sum;
  for (std::size_t k = 1; k < kMaxServices; ++k) steps_[k].reserve(hops_.size() * terminals_ / 2);
  for (std::size_t k = 1; k < kMaxServices; ++k)
    for (std::size_t begin = 0, end = 0; begin < hops_.size(); begin = end) {
      const std::size_t from = hops_[begin].from;
      while (end < hops_.size() && hops_[end].from == from) ++end;
      for (std::size_t c = 0; c < terminals_; ++c) {
        sum.clear();
        for (std::size_t h = begin; h < end; ++h) sum.add(h, hop_log[h] + log_weight[k - 1](hops_[h].to, c));
        log_weight[k](from, c) = sum.close();
        for (const LogSum::Term& term : sum.terms()) steps_[k].push_back({term.key, from, c, term.share});
      }
    }

  terminal_log_weight_ = Matrix(terminals_, terminals_, -kInfinity);
  step_share_.assign(kMaxServices, Matrix(terminals_, terminals_));
  for (std::size_t pair = 0; pair < terminals_ * terminals_; ++pair) {
    sum.clear();
    for (std::size_t k = 0; k < kMaxServices; ++k) sum.add(k, log_weight[k].values()[pair]);
    terminal_log_weight_.values()[pair] = sum.close();
    for (const LogSum::Term& term : sum.terms()) step_share_[term.key].values()[pair] = term.share;
  }
}

// P_ib = ln Σ_a D_ia exp(terminal weight_ab), F_in = ln Σ_b exp(P_ib) E_bn, W_in = exp(−μ road) + exp(F_in).
void Chains::link_regions(const Problem& problem) {
  std::vector<bool> begins(terminals_), ends(terminals_);
  for (const Hop& hop : hops_) begins[hop.from] = ends[hop.to] = true;
  const std::vector<double> begin_size = cluster_sizes(problem, begins);
  const std::vector<double> end_size = cluster_sizes(problem, ends);
  LogSum sum;
  first_.reserve(regions_ * terminals_ * 8);
  last_.reserve(regions_ * regions_ * 8);

  Matrix to_last(regions_, terminals_);
  std::vector<std::pair<std::size_t, double>> firsts;
  for (std::size_t i = 0; i < regions_; ++i) {
    firsts.clear();
    for (std::size_t a = 0; a < terminals_; ++a)
      if (begins[a] && std::isfinite(problem.access(i, a)))
        firsts.emplace_back(a, -dispersion_ * problem.access(i, a) - std::log(begin_size[a]));
    for (std::size_t b = 0; b < terminals_; ++b) {
      sum.clear();
      for (const auto& [a, weight] : firsts) sum.add(a, weight + terminal_log_weight_(a, b));
      to_last(i, b) = sum.close();
      for (const LogSum::Term& term : sum.terms()) first_.push_back({i, term.key, b, term.share});
    }
  }

  std::vector<std::vector<std::pair<std::size_t, double>>> lasts(regions_);  // ln E by destination
  for (std::size_t n = 0; n < regions_; ++n)
    for (std::size_t b = 0; b < terminals_; ++b)
      if (ends[b] && std::isfinite(problem.egress(b, n)))
        lasts[n].emplace_back(b, -dispersion_ * problem.egress(b, n) - std::log(end_size[b]));
  cost_ = Matrix(regions_, regions_, kInfinity);
  road_share_ = Matrix(regions_, regions_);
  for (std::size_t i = 0; i < regions_; ++i)
    for (std::size_t n = 0; n < regions_; ++n) {
      sum.clear();
      if (n != i)
        for (const auto& [b, weight] : lasts[n]) sum.add(b, to_last(i, b) + weight);
      const double by_sea = sum.close();  // within a region goods go by road
      for (const LogSum::Term& term : sum.terms()) last_.push_back({i, term.key, n, term.share});
      const double road = -dispersion_ * problem.road(i, n);
      const double all = log_add(road, by_sea);
      if (all == -kInfinity) continue;
      cost_(i, n) = -all / dispersion_;
      road_share_(i, n) = road == -kInfinity ? 0.0 : std::exp(road - all);
    }
}

// Values by hop, the sets side by side: [hop · width + set].
std::vector<double> Chains::expected_on_hops(std::span<const LegValues> values) const {
  const std::size_t width = values.size();
  std::vector<double> on_hops(hops_.size() * width);
  for (std::size_t h = 0; h < hops_.size(); ++h)
    for (std::size_t e = 0; e < width; ++e) {
      const Hop& hop = hops_[h];
      double value = values[e].handling[hop.from] + values[e].handling[hop.to];
      for (std::size_t k = 0; k < hop.departures.size(); ++k)
        value += hop.shares[k] * values[e].departure[hop.departures[k]];
      on_hops[h * width + e] = value;
    }
  return on_hops;
}

// What a tonne meets between its first and last terminal: [(first · T + last) · width + set].
std::vector<double> Chains::expected_between_terminals(std::span<const double> on_hops,
                                                       std::size_t width) const {
  const std::size_t pairs = terminals_ * terminals_;
  std::vector<double> total(pairs * width), shorter(pairs * width);
  for (std::size_t k = 0; k < kMaxServices; ++k) {
    std::vector<double> of_k(pairs * width);
    for (const Step& step : steps_[k]) {
      double* sum = &of_k[(step.first * terminals_ + step.last) * width];
      const double* rest = &shorter[(hops_[step.hop].to * terminals_ + step.last) * width];
      const double* hop = &on_hops[step.hop * width];
      for (std::size_t e = 0; e < width; ++e) sum[e] += step.share * (hop[e] + rest[e]);
    }
    for (std::size_t pair = 0; pair < pairs; ++pair)
      for (std::size_t e = 0; e < width; ++e)
        total[pair * width + e] += step_share_[k].values()[pair] * of_k[pair * width + e];
    shorter = std::move(of_k);
  }
  return total;
}

// `values` may be empty: then only what is on the hops counts (one set).
Expected Chains::expected_between_regions(std::span<const double> on_hops,
                                          std::span<const LegValues> values) const {
  const std::size_t width = std::max<std::size_t>(1, values.size());
  const std::vector<double> between = expected_between_terminals(on_hops, width);
  const std::vector<std::size_t> with_access = sets_with(values, &LegValues::access);
  const std::vector<std::size_t> with_egress = sets_with(values, &LegValues::egress);
  std::vector<double> to_last(regions_ * terminals_ * width);
  for (const Via& via : first_) {
    double* sum = &to_last[(via.row * terminals_ + via.column) * width];
    const double* rest = &between[(via.via * terminals_ + via.column) * width];
    for (std::size_t e = 0; e < width; ++e) sum[e] += via.share * rest[e];
    for (const std::size_t e : with_access) sum[e] += via.share * values[e].access(via.row, via.via);
  }
  Expected expected{.regions = regions_, .width = width, .values = {}};
  expected.values.resize(regions_ * regions_ * width);
  for (const Via& via : last_) {
    const double share = via.share * (1.0 - road_share_(via.row, via.column));
    double* sum = &expected.values[(via.row * regions_ + via.column) * width];
    const double* rest = &to_last[(via.row * terminals_ + via.via) * width];
    for (std::size_t e = 0; e < width; ++e) sum[e] += share * rest[e];
    for (const std::size_t e : with_egress) sum[e] += share * values[e].egress(via.via, via.column);
  }
  for (const std::size_t e : sets_with(values, &LegValues::road))
    for (std::size_t pair = 0; pair < cost_.values().size(); ++pair)
      if (road_share_.values()[pair] > 0.0)
        expected.values[pair * width + e] += road_share_.values()[pair] * values[e].road.values()[pair];
  return expected;
}

Expected Chains::expected(std::span<const LegValues> values) const {
  if (values.empty()) return {.regions = regions_, .width = 0, .values = {}};
  return expected_between_regions(expected_on_hops(values), values);
}

Matrix Chains::expected_waiting() const {
  std::vector<double> on_hops(hops_.size());
  for (std::size_t h = 0; h < hops_.size(); ++h) on_hops[h] = hops_[h].waiting;
  Matrix waiting(regions_, regions_);
  waiting.values() = std::move(expected_between_regions(on_hops, {}).values);
  return waiting;
}

// The transpose of expected(): tonnes run backwards through the same shares.
LegValues Chains::use(const Matrix& tonnes) const {
  LegValues use{Matrix(regions_, regions_), Matrix(regions_, terminals_), Matrix(terminals_, regions_),
                std::vector<double>(terminals_), std::vector<double>(departure_count_)};
  for (std::size_t i = 0; i < regions_; ++i)
    for (std::size_t n = 0; n < regions_; ++n)
      if (std::isfinite(cost_(i, n))) use.road(i, n) = tonnes(i, n) * road_share_(i, n);

  Matrix to_last(regions_, terminals_);
  for (const Via& via : last_) {
    const double moved = tonnes(via.row, via.column) * (1.0 - road_share_(via.row, via.column)) * via.share;
    use.egress(via.via, via.column) += moved;
    to_last(via.row, via.via) += moved;
  }
  Matrix between(terminals_, terminals_);
  for (const Via& via : first_) {
    const double moved = to_last(via.row, via.column) * via.share;
    use.access(via.row, via.via) += moved;
    between(via.via, via.column) += moved;
  }

  std::vector<double> on_hop(hops_.size());
  Matrix longer(terminals_, terminals_);  // what is left of chains of k + 1 services after their first hop
  for (std::size_t k = kMaxServices; k-- > 0;) {
    Matrix of_k = std::move(longer);
    longer = Matrix(terminals_, terminals_);
    for (std::size_t i = 0; i < of_k.values().size(); ++i)
      of_k.values()[i] += between.values()[i] * step_share_[k].values()[i];
    for (const Step& step : steps_[k]) {
      const double moved = of_k(step.first, step.last) * step.share;
      on_hop[step.hop] += moved;
      if (k > 0) longer(hops_[step.hop].to, step.last) += moved;
    }
  }
  for (std::size_t h = 0; h < hops_.size(); ++h) {
    const Hop& hop = hops_[h];
    use.handling[hop.from] += on_hop[h];
    use.handling[hop.to] += on_hop[h];
    for (std::size_t k = 0; k < hop.departures.size(); ++k)
      use.departure[hop.departures[k]] += on_hop[h] * hop.shares[k];
  }
  return use;
}

}  // namespace gerbang::chains
