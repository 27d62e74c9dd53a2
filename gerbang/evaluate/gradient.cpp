#include "gerbang/evaluate/gradient.h"

#include <algorithm>
#include <utility>

#include "gerbang/base/parallel.h"
#include "gerbang/evaluate/adjoint_system.h"
#include "gerbang/trade/tabulated_earners.h"

namespace gerbang::evaluate {
namespace {

void add_from_places(const Matrix& matrix, double factor, chains::LegValues& legs) {
  const std::size_t regions = legs.road.rows(), terminals = legs.access.columns();
  for (std::size_t i = 0; i < regions; ++i) {
    for (std::size_t n = 0; n < regions; ++n)
      if (n != i) legs.road(i, n) += factor * matrix(i, n);
    for (std::size_t k = 0; k < terminals; ++k) legs.access(i, k) += factor * matrix(i, regions + k);
  }
  for (std::size_t k = 0; k < terminals; ++k)
    for (std::size_t n = 0; n < regions; ++n) legs.egress(k, n) += factor * matrix(regions + k, n);
}

// What money for a haul between two places (regions, then terminals) is worth to those who earn it: it is
// earned at the end that is a region, half at each of two. Between terminals nothing is hauled by road.
double to_haulier(const std::vector<double>& worth, std::size_t from, std::size_t to) {
  const std::size_t regions = worth.size();
  if (from >= regions) return to >= regions ? 0.0 : worth[to];
  return to >= regions ? worth[from] : 0.5 * (worth[from] + worth[to]);
}

}  // namespace

Matrix JointAdjoint::System::on_places(const chains::LegValues& legs) {
  const std::size_t regions = legs.road.rows(), terminals = legs.access.columns();
  Matrix matrix(regions + terminals, regions + terminals);
  for (std::size_t i = 0; i < regions; ++i) {
    for (std::size_t n = 0; n < regions; ++n)
      if (n != i) matrix(i, n) = legs.road(i, n);
    for (std::size_t k = 0; k < terminals; ++k) {
      matrix(i, regions + k) = legs.access(i, k);
      matrix(regions + k, i) = legs.egress(k, i);
    }
  }
  return matrix;
}

JointAdjoint::System::System(const BaseYear& base, const Outcome& outcome, const Options& options)
    : base_(base), options_(options), world_(outcome.world), network_(build_network(*world_)) {
  model_.emplace(*world_, network_, base.dispersion);
  change_ = trade_change(*world_, base.economy, outcome.trends, outcome.growth);
  change_.closure = outcome.closure;
  solve_again(outcome);
  trade_.emplace(base_.economy, change_, equilibrium_);
  prepare_roads();
  krylov_.emplace(
      [this](std::span<const double> p) {
        const std::vector<double> image = reverse(unpacked(p), {}).multipliers.packed();
        std::vector<double> product(p.begin(), p.end());
        for (std::size_t k = 0; k < product.size(); ++k) product[k] -= image[k];
        return product;
      },
      [this](std::span<const double> residual) { return guess(residual); });
}

void JointAdjoint::System::solve_again(const Outcome& outcome) {
  equilibrium_ = outcome.equilibrium;
  const Market market = [&](const TransportCosts& costs, double accuracy) {
    change_.transport = &costs.transport;
    const trade::Equilibrium start = equilibrium_;
    equilibrium_ =
        trade::solve(base_.economy, change_,
                     {.tolerance = std::max(options_.equilibrium.market, accuracy), .start = &start});
    return equilibrium_.tonnes;
  };
  const Fill fill = [&](const Loads& loads) { return utilisation_of(network_, loads); };
  joint_ = solve_joint(*model_, market, fill, outcome.state,
                       {.tolerance = options_.equilibrium.use,
                        .road_gap = options_.equilibrium.road_gap,
                        .max_rounds = 60,
                        .roads = &base_.roads,
                        .observer = options_.observer});
  std::vector<trade::ClassTransport>& classes = joint_.costs.transport.classes;
  parallel_for(classes.size(),
               [&](std::size_t m) { classes[m] = trade::with_tabulated_earners(std::move(classes[m])); });
  change_.transport = &joint_.costs.transport;
}

void JointAdjoint::System::prepare_roads() {
  std::vector<roads::ClassPlaces> places;
  for (const ClassNetwork& of_class : network_.classes) {
    roads::ClassPlaces& nodes = places.emplace_back();
    nodes.nodes.assign(network_.places.begin(),
                       network_.places.begin() + static_cast<std::ptrdiff_t>(network_.regions));
    for (const std::size_t t : of_class.terminals)
      nodes.nodes.push_back(network_.places[network_.regions + t]);
  }
  roads_.emplace(model_->road_problem(joint_.state.road), joint_.roads, places);
  for (std::size_t m = 0; m < network_.classes.size(); ++m) {
    const ClassNetwork& of_class = network_.classes[m];
    const auto on_legs = [&](std::span<const double> by_arc) {
      chains::LegValues values = no_values(network_, m);
      add_from_places(roads_->means(m, by_arc), 1.0, values);
      return values;
    };
    std::vector<Toll> tolls;
    std::vector<std::vector<double>>& by_earner =
        toll_by_earner_.emplace_back(tolls_by_earner(network_, of_class));
    for (std::size_t e = 0; e < by_earner.size(); ++e) {
      const chains::LegValues paid = on_legs(by_earner[e]);
      for (const auto member :
           {&chains::LegValues::road, &chains::LegValues::access, &chains::LegValues::egress})
        for (std::size_t leg = 0; leg < (paid.*member).values().size(); ++leg)
          if (const double money = (paid.*member).values()[leg]; money != 0.0)
            tolls.push_back({member, leg, money, network_.toll_earners[e]});
    }
    money_.emplace_back(*world_, network_, m, on_legs(of_class.haulage), std::move(tolls));
  }
}

JointAdjoint::System::Multipliers JointAdjoint::System::unpacked(std::span<const double> packed) const {
  const auto at = [&](std::size_t k) { return packed.begin() + static_cast<std::ptrdiff_t>(k); };
  const std::size_t legs = network_.terminals, arcs = legs + network_.legs.size();
  return {{at(0), at(legs)}, {at(legs), at(arcs)}, {at(arcs), packed.end()}};
}

// Newton's step as if every terminal and leg answered to its own delay only.
std::vector<double> JointAdjoint::System::guess(std::span<const double> residual) const {
  const Utilisation response = model_->self_response(joint_.loads, joint_.state.utilisation);
  std::vector<double> step(residual.begin(), residual.end());
  std::size_t k = 0;
  for (const std::vector<double>* part : {&response.terminal, &response.leg})
    for (const double steepness : *part) step[k++] /= 1.0 + steepness;
  return step;
}

// What a tonne on each leg does to the utilisations and volumes, by their multipliers.
chains::LegValues JointAdjoint::System::load_values(std::size_t m, const Multipliers& multipliers) const {
  const ClassNetwork& of_class = network_.classes[m];
  chains::LegValues values = no_values(network_, m);
  for (std::size_t k = 0; k < of_class.terminals.size(); ++k)
    values.handling[k] =
        multipliers.terminal[of_class.terminals[k]] / network_.terminal_capacity[of_class.terminals[k]];
  for (std::size_t d = 0; d < of_class.rides.size(); ++d)
    for (const std::size_t leg : of_class.rides[d].legs)
      if (network_.leg_capacity[leg] > 0.0)
        values.departure[d] += multipliers.leg[leg] / network_.leg_capacity[leg];
  add_from_places(roads_->means(m, multipliers.arc), of_class.vehicles_per_kt * network_.roads.classes[m].pcu,
                  values);
  return values;
}

JointAdjoint::System::OfClass JointAdjoint::System::reverse_class(std::size_t m,
                                                                  const trade::Gradient& gradient,
                                                                  const chains::LegValues& loads) const {
  const chains::Chains& chains = (*joint_.costs.chains)[m];
  const Matrix &by_money = gradient.money[m], &received = gradient.received[m];
  const chains::LegValues money = money_[m].paid(), worth = money_[m].worth(gradient.earner_value);
  const chains::Counted terms[] = {{equilibrium_.tonnes[m], loads}, {by_money, money}, {received, worth}};
  return {chains.slopes(gradient.cost[m], terms), chains.use(by_money), chains.use(received)};
}

// What the class's road legs are to the roads: costs in hours, and the money that is met on the way.
roads::ClassSlopes JointAdjoint::System::road_slopes(std::size_t m, const OfClass& of_class,
                                                     const std::vector<double>& worth) const {
  const ClassNetwork& network = network_.classes[m];
  roads::ClassSlopes slopes{on_places(of_class.slopes.cost), {}};
  for (double& value : slopes.cost.values()) value *= network.time_value;
  const Matrix paid = on_places(of_class.paid), earned = on_places(of_class.earned);
  Matrix haulage = paid;
  for (std::size_t from = 0; from < haulage.rows(); ++from)
    for (std::size_t to = 0; to < haulage.columns(); ++to) {
      haulage(from, to) += earned(from, to) * to_haulier(worth, from, to);
    }
  slopes.met.push_back({network.haulage, std::move(haulage)});
  for (std::size_t e = 0; e < toll_by_earner_[m].size(); ++e) {
    Matrix toll = paid;
    for (std::size_t k = 0; k < toll.values().size(); ++k)
      toll.values()[k] += worth[network_.toll_earners[e]] * earned.values()[k];
    slopes.met.push_back({toll_by_earner_[m][e], std::move(toll)});
  }
  return slopes;
}

JointAdjoint::System::Round JointAdjoint::System::reverse(const Multipliers& multipliers,
                                                          const std::vector<double>& weight) const {
  const std::size_t classes = network_.classes.size();
  std::vector<chains::LegValues> loads(classes);
  trade::Objective objective{.welfare = weight, .tonnes = std::vector<Matrix>(classes)};
  parallel_for(classes, [&](std::size_t m) {
    loads[m] = load_values(m, multipliers);
    objective.tonnes[m] = (*joint_.costs.chains)[m].expected(loads[m]);
  });
  // Krylov directions bear a product that is wrong by less than what is asked of the solution.
  const trade::Gradient gradient = trade_->gradient(objective, {.tolerance = 1e-2 * tolerance_});
  Round round{
      .multipliers = {std::vector<double>(network_.terminals), std::vector<double>(network_.legs.size()), {}},
      .classes = std::vector<OfClass>(classes),
      .earner_worth = gradient.earner_value,
      .arc_cost = {}};
  std::vector<roads::ClassSlopes> roads(classes);
  parallel_for(classes, [&](std::size_t m) {
    round.classes[m] = reverse_class(m, gradient, loads[m]);
    roads[m] = road_slopes(m, round.classes[m], gradient.earner_value);
  });
  for (std::size_t m = 0; m < classes; ++m) {
    const ClassNetwork& of_class = network_.classes[m];
    const chains::LegValues& cost = round.classes[m].slopes.cost;
    for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
      const std::size_t t = of_class.terminals[k];
      round.multipliers.terminal[t] += cost.handling[k] * of_class.time_value *
                                       model_->terminal_hours_slope(t, joint_.state.utilisation.terminal[t]);
    }
    for (std::size_t d = 0; d < of_class.rides.size(); ++d)
      for (const std::size_t leg : of_class.rides[d].legs)
        round.multipliers.leg[leg] += cost.departure[d] * of_class.time_value *
                                      model_->extra_wait_slope(leg, joint_.state.utilisation.leg[leg]);
  }
  roads::Response::Slopes on_roads = roads_->slopes(roads);
  round.multipliers.arc = std::move(on_roads.volume);
  round.arc_cost = std::move(on_roads.cost);
  return round;
}

NetworkGradient JointAdjoint::System::gradient(const std::vector<double>& weight, double tolerance) {
  tolerance_ = tolerance;
  const std::vector<double> nothing(network_.terminals + network_.legs.size() + network_.roads.arcs.size());
  const std::vector<double> right_hand_side = reverse(unpacked(nothing), weight).multipliers.packed();
  const Krylov::Solution solution = krylov_->solve(right_hand_side, tolerance, options_.max_rounds);
  const Multipliers multipliers = unpacked(solution.x);
  const Round round = reverse(multipliers, weight);
  NetworkGradient gradient = no_gradient(*world_);
  gradient.residual = solution.residual;
  gradient.rounds = solution.products;
  gradient.is_converged = solution.is_converged && joint_.is_converged;
  add_links(round, gradient);
  add_local_roads(round, gradient);
  add_terminals(round, multipliers, gradient);
  add_services(round, multipliers, gradient);
  return gradient;
}

JointAdjoint::JointAdjoint(const BaseYear& base, const Outcome& outcome, const Options& options)
    : system_(std::make_unique<System>(base, outcome, options)) {}
JointAdjoint::JointAdjoint(const BaseYear& base, const Outcome& outcome)
    : JointAdjoint(base, outcome, Options{}) {}
JointAdjoint::~JointAdjoint() = default;
JointAdjoint::JointAdjoint(JointAdjoint&&) noexcept = default;
JointAdjoint& JointAdjoint::operator=(JointAdjoint&&) noexcept = default;

NetworkGradient JointAdjoint::gradient(const std::vector<double>& weight) {
  return system_->gradient(weight, system_->tolerance());
}

NetworkGradient JointAdjoint::gradient(const std::vector<double>& weight, double tolerance) {
  return system_->gradient(weight, tolerance);
}

std::vector<double> variation_of(const Outcome& outcome, const std::vector<bool>& is_counted) {
  std::vector<double> weight = outcome.equilibrium.income;
  for (std::size_t n = 0; n < weight.size(); ++n)
    if (!is_counted[n]) weight[n] = 0.0;
  return weight;
}

}  // namespace gerbang::evaluate
