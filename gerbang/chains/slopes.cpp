// Second derivatives of the costs of chains: how what pairs meet answers to the cost of a leg, because goods
// choose other chains. With every leg's weight w = exp(−μ cost), Σ pairs E[values] = Σ N Ẇ, where N = pairs/W
// and Ẇ is W moved by ẇ = w · value; its derivative by ln w is use(N W) moved in the same way, the weights of
// pairs included: one pass more (forward over reverse mode), whatever the number of legs.
#include "gerbang/chains/chains.h"
#include "gerbang/chains/dense.h"

namespace gerbang::chains {
namespace {

// weights ∘ values, where there are values; weights have whole lines of columns.
void move(const Matrix& weights, const Matrix& values, Matrix& moved) {
  for (std::size_t t = 0; t < values.rows(); ++t)
    for (std::size_t r = 0; r < values.columns(); ++r)
      if (weights(t, r) > 0.0) moved(t, r) = weights(t, r) * values(t, r);
}

}  // namespace

// The derivative of Σ pairs E[values] by the logarithm of every leg's weight.
Chains::Spread Chains::answer(const Counted& term, const std::vector<double>& values_on_hops) const {
  Spread moved{no_use(), std::vector<double>(hops_.size())};
  const Matrix mean = expected(term.values, values_on_hops);
  for_each_place(road_, [&](std::size_t n, std::size_t i, std::size_t place) {
    const double value = term.values.road.values().empty() ? 0.0 : term.values.road(i, n);
    moved.legs.road(i, n) = term.pairs(n, i) * road_share_[place] * (value - mean(n, i));
  });
  const auto& [per_weight, go_on] = on_the_way(term.pairs, 3);
  Matrix per_weight_moved = per_weight;
  for (std::size_t n = 0; n < regions_; ++n)
    for (std::size_t i = 0; i < regions_; ++i) per_weight_moved(n, i) *= -mean(n, i);

  std::vector<double> hop_moved(hops_.size());
  for (std::size_t h = 0; h < hops_.size(); ++h)
    hop_moved[h] = hops_[h].weight * (values_on_hops[h] + at(term.values.handling, hops_[h].from) +
                                      at(term.values.handling, hops_[h].to));
  const Matrix zero(terminals_, origin_columns_);  // as many as by destination: all regions
  std::array<Matrix, 4> come_moved{zero, zero, zero, zero};
  Matrix arrived_moved = zero, rest_moved = zero;
  move(come_[0], transposed(term.values.access), come_moved[0]);
  move(end_, term.values.egress, rest_moved);
  for (std::size_t k = 1; k < come_moved.size(); ++k) {
    multiply(sail_back_, come_moved[k - 1], come_moved[k]);
    for (std::size_t h = 0; h < hops_.size(); ++h)
      array(come_moved[k].row(hops_[h].to)) += hop_moved[h] * array(come_[k - 1].row(hops_[h].from));
    dense(arrived_moved) += dense(come_moved[k]);
  }

  GoOn go_on_moved;
  go_on_moved[0] = zero;
  dense(go_on_moved[0]).noalias() = first_columns(rest_moved, regions_) * dense(per_weight) +
                                    first_columns(end_, regions_) * dense(per_weight_moved);
  for (std::size_t k = 1; k < go_on.size(); ++k) {
    multiply(sail_, go_on_moved[k - 1], go_on_moved[k], k < 3 ? &go_on_moved[0] : nullptr);
    for (std::size_t h = 0; h < hops_.size(); ++h)
      array(go_on_moved[k].row(hops_[h].from)) += hop_moved[h] * array(go_on[k - 1].row(hops_[h].to));
  }
  Matrix ends(terminals_, regions_), ends_moved(terminals_, regions_);
  dense(ends).noalias() = dense(arrived_) * dense(per_weight).transpose();
  dense(ends_moved).noalias() = dense(arrived_moved) * dense(per_weight).transpose() +
                                dense(arrived_) * dense(per_weight_moved).transpose();
  for (std::size_t t = 0; t < terminals_; ++t)
    for (std::size_t r = 0; r < regions_; ++r) {
      moved.legs.access(r, t) = come_moved[0](t, r) * go_on[3](t, r) + come_[0](t, r) * go_on_moved[3](t, r);
      moved.legs.egress(t, r) = ends_moved(t, r) * end_(t, r) + ends(t, r) * rest_moved(t, r);
    }
  for (std::size_t h = 0; h < hops_.size(); ++h) {
    const std::size_t from = hops_[h].from, to = hops_[h].to;
    double used = 0.0, used_moved = 0.0;  // over the hop's weight
    for (std::size_t k = 0; k < 3; ++k) {
      used += (array(come_[k].row(from)) * array(go_on[2 - k].row(to))).sum();
      used_moved += (array(come_moved[k].row(from)) * array(go_on[2 - k].row(to)) +
                     array(come_[k].row(from)) * array(go_on_moved[2 - k].row(to)))
                        .sum();
    }
    moved.hop[h] = hops_[h].weight * used_moved + hop_moved[h] * used;
  }
  return moved;
}

void Chains::add_answer(const Counted& term, Spread& by_cost, Slopes& slopes) const {
  const Spread moved = answer(term, on_hops(term.values.departure));
  dense(by_cost.legs.road) -= dispersion_ * dense(moved.legs.road);
  dense(by_cost.legs.access) -= dispersion_ * dense(moved.legs.access);
  dense(by_cost.legs.egress) -= dispersion_ * dense(moved.legs.egress);
  for (std::size_t h = 0; h < hops_.size(); ++h) by_cost.hop[h] -= dispersion_ * moved.hop[h];
  if (term.values.departure.empty()) return;
  // Between the services of a hop goods choose too.
  const Spread counted = spread(term.pairs);
  for (std::size_t h = 0; h < hops_.size(); ++h) {
    const Hop& hop = hops_[h];
    if (hop.end - hop.begin < 2) continue;
    std::vector<double> values;
    for (std::size_t k = hop.begin; k < hop.end; ++k) values.push_back(term.values.departure[order_[k]]);
    const std::vector<ServiceSlopes> of_hop = pool_slopes(services_of(hop), hop.cost, smoothing(), values);
    for (std::size_t k = hop.begin; k < hop.end; ++k) {
      slopes.cost.departure[order_[k]] += counted.hop[h] * of_hop[k - hop.begin].mean_by_cost;
      slopes.sailing[order_[k]] += counted.hop[h] * of_hop[k - hop.begin].mean_by_sailing;
    }
  }
}

Slopes Chains::slopes(const Matrix& weight, std::span<const Counted> terms) const {
  Spread by_cost = spread(weight);
  Slopes among_services{no_use(), std::vector<double>(departures_)};
  for (const Counted& term : terms) add_answer(term, by_cost, among_services);
  Slopes slopes{{}, among_services.sailing};
  for (std::size_t h = 0; h < hops_.size(); ++h) {
    const Hop& hop = hops_[h];
    const std::vector<double> no_values(hop.end - hop.begin);
    const std::vector<ServiceSlopes> of_hop = pool_slopes(services_of(hop), hop.cost, smoothing(), no_values);
    for (std::size_t k = hop.begin; k < hop.end; ++k)
      slopes.sailing[order_[k]] += by_cost.hop[h] * of_hop[k - hop.begin].cost_by_sailing;
  }
  slopes.cost = on_legs(std::move(by_cost));
  for (std::size_t d = 0; d < departures_; ++d) slopes.cost.departure[d] += among_services.cost.departure[d];
  return slopes;
}

}  // namespace gerbang::chains
