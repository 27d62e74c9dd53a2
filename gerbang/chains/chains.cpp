#include "gerbang/chains/chains.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

#include "gerbang/base/line.h"
#include "gerbang/base/line_math.h"
#include "gerbang/chains/dense.h"
#include "gerbang/chains/pooled.h"

namespace gerbang::chains {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool runs(const Departure& departure) {
  return departure.per_week > 0.0 && std::isfinite(departure.cost);
}

// For each terminal the number of terminals of its cluster where the class can begin (end) a sea leg.
std::vector<double> cluster_sizes(const Problem& problem, const std::vector<bool>& is_used) {
  std::map<std::size_t, double> sizes;
  for (std::size_t t = 0; t < is_used.size(); ++t) sizes[problem.cluster[t]] += is_used[t] ? 1.0 : 0.0;
  std::vector<double> size_of(is_used.size());
  for (std::size_t t = 0; t < is_used.size(); ++t) size_of[t] = std::max(1.0, sizes[problem.cluster[t]]);
  return size_of;
}

}  // namespace

double scaled_dispersion(const Problem& problem, double scale) {
  const std::size_t regions = problem.road.rows();
  Matrix cheapest(regions, regions, kInfinity);
  for (const Departure& service :
       problem.departures) {  // each alone: what is pooled is not known before μ is
    if (!runs(service)) continue;
    const double sea = service.cost + 0.5 * problem.week_value / service.per_week +
                       problem.handling[service.from] + problem.handling[service.to];
    for (std::size_t i = 0; i < regions; ++i)
      for (std::size_t n = 0; n < regions; ++n)
        cheapest(i, n) =
            std::min(cheapest(i, n), problem.access(i, service.from) + sea + problem.egress(service.to, n));
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
      destination_columns_(whole_lines(regions_)),
      dispersion_(problem.dispersion > 0.0 ? problem.dispersion : 1.0),
      week_value_(problem.week_value),
      handling_(problem.handling),
      departures_(problem.departures.size()) {
  group_departures(problem.departures);
  weigh_roads(problem);
  std::vector<double> on_board;
  for (const Departure& departure : problem.departures) on_board.push_back(departure.cost);
  weigh_hops(on_board);
  weigh_chains();
}

void Chains::set_delays(std::span<const double> handling, std::span<const double> on_board) {
  handling_.assign(handling.begin(), handling.end());
  weigh_hops(on_board);
  weigh_chains();
}

void Chains::group_departures(std::span<const Departure> departures) {
  for (std::size_t d = 0; d < departures.size(); ++d)
    if (runs(departures[d])) order_.push_back(d);
  const auto pair = [&](std::size_t d) { return std::pair(departures[d].from, departures[d].to); };
  const auto is_before = [&](std::size_t a, std::size_t b) { return pair(a) < pair(b); };
  if (!std::is_sorted(order_.begin(), order_.end(), is_before))
    std::stable_sort(order_.begin(), order_.end(), is_before);
  for (const std::size_t d : order_) {
    service_.push_back({departures[d].per_week, departures[d].cost});
    wait_alone_.push_back(wait_alone(departures[d].per_week, week_value_, smoothing()));
  }
  share_.resize(order_.size(), 1.0);
  for (std::size_t begin = 0, end = 0; begin < order_.size(); begin = end) {
    while (end < order_.size() && pair(order_[end]) == pair(order_[begin])) ++end;
    const auto [from, to] = pair(order_[begin]);
    hops_.push_back({from, to, begin, end, kInfinity, 0.0, 0.0});
  }

  std::size_t hop = 0;
  for (std::size_t t = 0; t < terminals_; ++t) {
    for (; hop < hops_.size() && hops_[hop].from == t; ++hop) sail_.add(hops_[hop].to, 0.0);
    sail_.end_row();
  }
  sail_back_ = transposed(sail_, terminals_, &hops_back_);
}

void Chains::weigh_roads(const Problem& problem) {
  std::vector<bool> begins(terminals_), ends(terminals_);
  for (const Hop& hop : hops_) begins[hop.from] = ends[hop.to] = true;
  const std::vector<double> begin_size = cluster_sizes(problem, begins);
  const std::vector<double> end_size = cluster_sizes(problem, ends);
  road_ = weights(regions_, regions_, [&](std::size_t n, std::size_t i) { return problem.road(i, n); });
  road_share_.resize(road_.value.size());
  access_ = weights(terminals_, regions_, [&](std::size_t t, std::size_t i) {
    return begins[t] ? problem.access(i, t) : kInfinity;
  });
  egress_ = weights(terminals_, regions_,
                    [&](std::size_t t, std::size_t n) { return ends[t] ? problem.egress(t, n) : kInfinity; });
  const auto divide = [](Sparse& legs, const std::vector<double>& size) {
    for_each_place(legs, [&](std::size_t t, std::size_t /*region*/, std::size_t place) {
      legs.value[place] /= size[t];
    });
  };
  divide(access_, begin_size);
  divide(egress_, end_size);
  std::vector<std::size_t> all(regions_);
  std::iota(all.begin(), all.end(), std::size_t{0});
  give_columns(std::move(all));
  end_ = Matrix(terminals_, destination_columns_);
  for_each_place(egress_,
                 [&](std::size_t t, std::size_t n, std::size_t place) { end_(t, n) = egress_.value[place]; });
  access_back_ = transposed(access_, destination_columns_);
  egress_back_ = transposed(egress_, destination_columns_);
}

void Chains::give_columns(std::vector<std::size_t> origins) {
  origins_ = std::move(origins);
  column_of_.assign(regions_, kNoColumn);
  for (std::size_t column = 0; column < origins_.size(); ++column) column_of_[origins_[column]] = column;
  origin_columns_ = whole_lines(origins_.size());
  come_[0] = Matrix(terminals_, origin_columns_);
  for_each_place(access_, [&](std::size_t t, std::size_t i, std::size_t place) {
    if (column_of_[i] != kNoColumn) come_[0](t, column_of_[i]) = access_.value[place];
  });
  inverse_ = Matrix(destination_columns_, origin_columns_);
}

void Chains::ship_only(const Matrix& tonnes) {
  std::vector<std::size_t> shipping;
  for (std::size_t i = 0; i < regions_; ++i) {
    std::size_t n = 0;
    while (n < regions_ && tonnes(n, i) == 0.0) ++n;
    if (n < regions_) shipping.push_back(i);
  }
  if (shipping == origins_) return;
  give_columns(std::move(shipping));
  weigh_chains();
}

// exp(−μ cost) where there is a way.
template <class CostAt>
Sparse Chains::weights(std::size_t rows, std::size_t columns, const CostAt& cost_at) const {
  Sparse legs;
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column)
      if (const double cost = cost_at(row, column); cost < kInfinity) legs.add(column, -dispersion_ * cost);
    legs.end_row();
  }
  exponentiate(legs.value);
  return legs;
}

void Chains::weigh_hops(std::span<const double> on_board) {
  for (Hop& hop : hops_) {
    if (hop.end - hop.begin > 1) {
      pool_services(hop, on_board);
    } else {
      service_[hop.begin].cost = on_board[order_[hop.begin]];
      hop.waiting = wait_alone_[hop.begin];
      hop.cost = service_[hop.begin].cost + hop.waiting;
    }
  }
  for (std::size_t h = 0; h < hops_.size(); ++h)
    sail_.value[h] = -dispersion_ * (hops_[h].cost + handling_[hops_[h].from] + handling_[hops_[h].to]);
  exponentiate(sail_.value);
  for (std::size_t h = 0; h < hops_.size(); ++h) {
    hops_[h].weight = sail_.value[h];
    sail_back_.value[h] = sail_.value[hops_back_[h]];
  }
}

// The joint cost rises by no more than the service that rises most; and by what rounding may take from that.
void Chains::pool_services(Hop& hop, std::span<const double> on_board) {
  double cheapest_alone = kInfinity, rise = -kInfinity;
  for (std::size_t k = hop.begin; k < hop.end; ++k) {
    const double cost = on_board[order_[k]];
    rise = std::max(rise, cost - service_[k].cost);
    service_[k].cost = cost;
    cheapest_alone = std::min(cheapest_alone, cost + wait_alone_[k]);
  }
  constexpr double kRounding = 1e-14;
  const double risen = hop.cost + rise + kRounding * (std::abs(hop.cost) + std::abs(rise));
  const std::span<double> shares = std::span(share_).subspan(hop.begin, hop.end - hop.begin);
  // Where a cost was no number, `risen` is none either, and the first of the two counts.
  hop.cost = pool(services_of(hop), week_value_, smoothing(), std::min(cheapest_alone, risen), shares);
  hop.waiting = hop.cost;
  for (std::size_t k = hop.begin; k < hop.end; ++k) hop.waiting -= share_[k] * service_[k].cost;
}

std::span<const Departures> Chains::services_of(const Hop& hop) const {
  return std::span(service_).subspan(hop.begin, hop.end - hop.begin);
}

void Chains::weigh_chains() {
  for (std::size_t k = 1; k < come_.size(); ++k) multiply(sail_back_, come_[k - 1], come_[k]);
  thread_local Matrix by_one_or_two;
  by_one_or_two.resize(terminals_, origin_columns_);
  dense(by_one_or_two) = dense(come_[1]) + dense(come_[2]);
  multiply(sail_back_, come_[2], arrived_, &by_one_or_two);
  multiply(egress_back_, arrived_, weight_);
  const double least = std::exp(-kFarthest);
  for (std::size_t n = 0; n < regions_; ++n) {
    const std::span<double> weights = weight_.row(n), inverse = inverse_.row(n);
    const std::size_t own = column_of_[n];
    if (own != kNoColumn) weights[own] = 0.0;  // within a region goods go by road
    for (std::size_t k = road_.begin[n]; k < road_.begin[n + 1]; ++k) {
      const std::size_t column = column_of_[road_.column[k]];
      if (column == kNoColumn) continue;
      double& weight = weights[column];
      weight += road_.value[k];
      road_share_[k] = weight < least ? 0.0 : road_.value[k] / weight;
    }
    for (std::size_t i = 0; i < origin_columns_; i += kLine) {  // one by one, each division is a branch
      Line weight = load_line(weights.data() + i);
      const auto is_none = weight < least;
      Line part = 1.0 / weight;
      where(is_none, weight) = 0.0;
      where(is_none, part) = 0.0;
      store_line(weight, weights.data() + i);
      store_line(part, inverse.data() + i);
    }
    if (own != kNoColumn) inverse[own] = 0.0;
  }
}

Matrix Chains::cost() const {
  Matrix cost(regions_, regions_);
  dense(cost) = corner(weight_, regions_);
  apply_to_lines<log_line>(cost.values().data(), cost.values().data(), cost.values().size());
  for (double& value : cost.values()) value /= -dispersion_;
  return cost;
}

std::vector<double> Chains::on_hops(std::span<const double> by_departure) const {
  std::vector<double> values(hops_.size());
  if (by_departure.empty()) return values;
  for (std::size_t h = 0; h < hops_.size(); ++h)
    for (std::size_t k = hops_[h].begin; k < hops_[h].end; ++k)
      values[h] += share_[k] * by_departure[order_[k]];
  return values;
}

const Chains::Onward& Chains::onward() const {
  thread_local Onward onward;
  onward.rest[0] = end_;
  for (std::size_t k = 1; k < onward.rest.size(); ++k)
    multiply(sail_, onward.rest[k - 1], onward.rest[k], &end_);
  multiply(sail_, onward.rest[2], onward.sailing);
  return onward;
}

// The derivative of W in the direction of the values, over W: every chain's weight times what it meets. With
// its hop a chain meets the terminals at both ends, D S^k ⊗ (1 + …) E; before all hops it is hauled to a
// terminal, behind them from one.
Matrix Chains::expected(const LegValues& values, std::span<const double> on_hops) const {
  const auto& [rest, sailing] = onward();
  thread_local Matrix met;
  Matrix of_weight(destination_columns_, origin_columns_);
  // Weights of legs, region × terminal, times what is met there.
  const auto hauled = [](Sparse legs, const auto& value_at) {
    for_each_place(legs, [&](std::size_t region, std::size_t t, std::size_t place) {
      legs.value[place] *= value_at(region, t);
    });
    return legs;
  };
  if (!values.egress.values().empty())
    multiply(hauled(egress_back_, [&](std::size_t n, std::size_t t) { return values.egress(t, n); }),
             arrived_, of_weight);
  if (!values.access.values().empty()) {
    multiply(hauled(access_back_, [&](std::size_t i, std::size_t t) { return values.access(i, t); }), sailing,
             met);
    dense(of_weight) += dense(met).transpose();
  }
  for (std::size_t k = 0; k < rest.size(); ++k) {
    met.resize(terminals_, origin_columns_);  // on the hop after the k-th, by the terminal where it ends
    std::fill(met.values().begin(), met.values().end(), 0.0);
    bool is_any = false;
    for (std::size_t h = 0; h < hops_.size(); ++h) {
      const Hop& hop = hops_[h];
      const double value =
          hop.weight * (on_hops[h] + at(values.handling, hop.from) + at(values.handling, hop.to));
      if (value == 0.0) continue;
      is_any = true;
      add_scaled(value, come_[k].row(hop.from).data(), met.row(hop.to).data(), origin_columns_);
    }
    if (is_any)
      corner(of_weight, regions_).noalias() +=
          first_columns(rest[2 - k], regions_).transpose() * first_columns(met, regions_);
  }
  Matrix expected(regions_, regions_);
  dense(expected) = corner(of_weight, regions_).cwiseProduct(corner(inverse_, regions_));
  if (!values.road.values().empty())
    for_each_place(road_, [&](std::size_t n, std::size_t i, std::size_t place) {
      expected(n, i) += road_share_[place] * values.road(i, n);
    });
  return expected;
}

Matrix Chains::expected(const LegValues& values) const {
  return expected(values, on_hops(values.departure));
}

Matrix Chains::expected_waiting() const {
  std::vector<double> waiting;
  for (const Hop& hop : hops_) waiting.push_back(hop.waiting);
  return expected(LegValues{}, waiting);
}

const Chains::OnTheWay& Chains::on_the_way(const Matrix& tonnes, std::size_t hops) const {
  thread_local OnTheWay way;  // to allocate and clear it anew took as long as to fill it
  way.per_weight.resize(regions_, origin_columns_);
  for (std::size_t n = 0; n < regions_; ++n) {
    const double* shipped = tonnes.row(n).data();
    const double* inverse = inverse_.row(n).data();
    double* per_weight = way.per_weight.row(n).data();
    std::size_t column = 0;
    if (origins_.size() == regions_)
      for (; column < regions_; ++column) per_weight[column] = shipped[column] * inverse[column];
    for (; column < origins_.size(); ++column)
      per_weight[column] = shipped[origins_[column]] * inverse[column];
    std::fill(per_weight + column, per_weight + origin_columns_, 0.0);
  }
  GoOn& go_on = way.go_on;
  multiply(egress_, way.per_weight, go_on[0]);
  for (std::size_t k = 1; k <= hops; ++k)
    multiply(sail_, go_on[k - 1], go_on[k], k < 3 ? &go_on[0] : nullptr);
  return way;
}

std::vector<double> Chains::on_hops(const GoOn& go_on) const {
  std::vector<double> use(hops_.size());
  for (std::size_t h = 0; h < hops_.size(); ++h) {
    const auto come = [&](std::size_t k) { return come_[k].row(hops_[h].from).data(); };
    const auto on = [&](std::size_t k) { return go_on[k].row(hops_[h].to).data(); };
    use[h] = hops_[h].weight * dot_of_three(come(0), on(2), come(1), on(1), come(2), on(0), origin_columns_);
  }
  return use;
}

void Chains::use_sea_legs(std::span<const double> hop, std::span<double> handling,
                          std::span<double> departure) const {
  for (std::size_t h = 0; h < hops_.size(); ++h) {
    handling[hops_[h].from] += hop[h];
    handling[hops_[h].to] += hop[h];
    for (std::size_t k = hops_[h].begin; k < hops_[h].end; ++k) departure[order_[k]] += hop[h] * share_[k];
  }
}

// The transpose of expected(): tonnes run backwards through the same weights.
const PlacedUse& Chains::placed_use(const Matrix& tonnes) const {
  thread_local PlacedUse use;
  const OnTheWay& way = on_the_way(tonnes, 3);
  use_roads(tonnes, way, use);
  use.handling.assign(terminals_, 0.0);
  use.departure.assign(departures_, 0.0);
  use_sea_legs(on_hops(way.go_on), use.handling, use.departure);
  return use;
}

void Chains::use_roads(const Matrix& tonnes, const OnTheWay& way, PlacedUse& use) const {
  use.road.resize(road_.value.size());
  for_each_place(road_, [&](std::size_t n, std::size_t i, std::size_t place) {
    use.road[place] = tonnes(n, i) * road_share_[place];
  });
  use.access.resize(access_.value.size());
  for_each_place(access_, [&](std::size_t t, std::size_t i, std::size_t place) {
    const std::size_t column = column_of_[i];
    use.access[place] = column == kNoColumn ? 0.0 : access_.value[place] * way.go_on[3](t, column);
  });
  use.egress.resize(egress_.value.size());
  for_each_place(egress_, [&](std::size_t t, std::size_t n, std::size_t place) {
    use.egress[place] =
        egress_.value[place] * dot(arrived_.row(t).data(), way.per_weight.row(n).data(), origin_columns_);
  });
}

Chains::Spread Chains::spread(const Matrix& tonnes) const {
  thread_local PlacedUse use;
  const OnTheWay& way = on_the_way(tonnes, 3);
  use_roads(tonnes, way, use);
  Spread spread{no_use(), on_hops(way.go_on)};
  for_each_place(road_, [&](std::size_t n, std::size_t i, std::size_t place) {
    spread.legs.road(i, n) = use.road[place];
  });
  for_each_place(access_, [&](std::size_t t, std::size_t i, std::size_t place) {
    spread.legs.access(i, t) = use.access[place];
  });
  for_each_place(egress_, [&](std::size_t t, std::size_t n, std::size_t place) {
    spread.legs.egress(t, n) = use.egress[place];
  });
  return spread;
}

LegValues Chains::no_use() const {
  return {Matrix(regions_, regions_), Matrix(regions_, terminals_), Matrix(terminals_, regions_),
          std::vector<double>(terminals_), std::vector<double>(departures_)};
}

LegValues Chains::on_legs(Spread spread) const {
  use_sea_legs(spread.hop, spread.legs.handling, spread.legs.departure);
  return std::move(spread.legs);
}

LegValues Chains::use(const Matrix& tonnes) const {
  return on_legs(spread(tonnes));
}

LegValues Chains::sea_use(const Matrix& tonnes) const {
  LegValues legs{.handling = std::vector<double>(terminals_), .departure = std::vector<double>(departures_)};
  return on_legs({std::move(legs), on_hops(on_the_way(tonnes, 2).go_on)});
}

}  // namespace gerbang::chains
