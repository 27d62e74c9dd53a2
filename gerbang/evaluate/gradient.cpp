#include "gerbang/evaluate/gradient.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "gerbang/base/krylov.h"
#include "gerbang/base/parallel.h"
#include "gerbang/roads/response.h"
#include "gerbang/trade/gradient.h"

namespace gerbang::evaluate {
namespace {

constexpr double kIdrPerMnIdr = 1e6;
constexpr double kKtPerMt = 1e3;

// A class's places: the regions, then its terminals. Road legs between them in one matrix.
Matrix on_places(const chains::LegValues& legs) {
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

Matrix transposed(const Matrix& m) {
  Matrix result(m.columns(), m.rows());
  for (std::size_t i = 0; i < m.rows(); ++i)
    for (std::size_t n = 0; n < m.columns(); ++n) result(n, i) = m(i, n);
  return result;
}

// The multipliers: of terminals' and legs' utilisation, and of a pcu per hour on an arc.
struct Multipliers {
  std::vector<double> terminal, leg, arc;

  [[nodiscard]] std::vector<double> packed() const {
    std::vector<double> all = terminal;
    all.insert(all.end(), leg.begin(), leg.end());
    all.insert(all.end(), arc.begin(), arc.end());
    return all;
  }
};

}  // namespace

class JointAdjoint::System {
 public:
  System(const BaseYear& base, const Outcome& outcome, const Options& options);

  NetworkGradient gradient(const std::vector<double>& weight, double tolerance);
  [[nodiscard]] double tolerance() const { return options_.tolerance; }

 private:
  // What an objective makes of one class: ∂J/∂ of its legs' costs, and of the money of its pairs.
  struct OfClass {
    chains::Slopes slopes;
    chains::LegValues paid;    // a unit of money on a leg, whoever earns it
    chains::LegValues earned;  // worth in addition per unit of the earner's worth
  };
  struct Round {
    Multipliers multipliers;
    std::vector<OfClass> classes;
    std::vector<double> earner_worth;  // by region
    Matrix arc_cost;                   // class × arc, per hour of cost
  };

  void solve_again(const Outcome& outcome);
  void prepare_roads();
  [[nodiscard]] Multipliers unpacked(std::span<const double> packed) const;
  // The transposed round.
  [[nodiscard]] Round reverse(const Multipliers& multipliers, const std::vector<double>& weight) const;
  [[nodiscard]] chains::LegValues load_values(std::size_t freight_class,
                                              const Multipliers& multipliers) const;
  [[nodiscard]] chains::LegValues money_values(std::size_t freight_class,
                                               const std::vector<double>& worth) const;
  [[nodiscard]] OfClass reverse_class(std::size_t freight_class, const trade::Gradient& gradient,
                                      const chains::LegValues& loads) const;
  [[nodiscard]] roads::ClassSlopes road_slopes(std::size_t freight_class, const OfClass& of_class,
                                               const std::vector<double>& worth) const;
  [[nodiscard]] std::vector<double> guess(std::span<const double> residual) const;
  void add_links(const Round& round, NetworkGradient& gradient) const;
  void add_local_roads(const Round& round, NetworkGradient& gradient) const;
  void add_terminals(const Round& round, const Multipliers& multipliers, NetworkGradient& gradient) const;
  void add_services(const Round& round, const Multipliers& multipliers, NetworkGradient& gradient) const;

  const BaseYear& base_;
  Options options_;
  double tolerance_ = options_.tolerance;  // of the objective at hand
  std::shared_ptr<const World> world_;
  Network network_;
  std::optional<TransportModel> model_;
  trade::Change change_;
  trade::Equilibrium equilibrium_;
  JointEquilibrium joint_;
  std::optional<trade::Adjoint> trade_;
  std::optional<roads::Response> roads_;
  std::vector<Matrix> shipped_;                                   // by class, origin × destination, kt
  std::vector<Matrix> haulage_;                                   // by class, between places, mn IDR/t
  std::vector<std::vector<Matrix>> toll_;                         // by class and toll earner
  std::vector<std::vector<std::vector<double>>> toll_by_earner_;  // by class, toll earner and arc
  std::optional<Krylov> krylov_;
};

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
  const Market market = [&](const TransportCosts& costs) {
    change_.transport = &costs.transport;
    const trade::Equilibrium start = equilibrium_;
    equilibrium_ =
        trade::solve(base_.economy, change_, {.tolerance = options_.equilibrium.market, .start = &start});
    return equilibrium_.tonnes;
  };
  const Fill fill = [&](const Loads& loads) { return utilisation_of(network_, loads); };
  joint_ = solve_joint(*model_, market, fill, outcome.state,
                       {.tolerance = options_.equilibrium.use,
                        .road_gap = options_.equilibrium.road_gap,
                        .max_rounds = 60,
                        .observer = options_.observer});
  change_.transport = &joint_.costs.transport;
  for (const Matrix& tonnes : equilibrium_.tonnes) shipped_.push_back(transposed(tonnes));
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
    haulage_.push_back(roads_->means(m, of_class.haulage));
    std::vector<Matrix>& tolls = toll_.emplace_back();
    std::vector<std::vector<double>>& by_earner = toll_by_earner_.emplace_back();
    for (const std::vector<double>& is_tolled : network_.is_tolled_by) {
      std::vector<double>& toll = by_earner.emplace_back(of_class.toll);
      for (std::size_t a = 0; a < toll.size(); ++a) toll[a] *= is_tolled[a];
      tolls.push_back(roads_->means(m, toll));
    }
  }
}

Multipliers JointAdjoint::System::unpacked(std::span<const double> packed) const {
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

// The money of every leg, times what it is worth to its earner (docs/chains.md, "Who earns").
chains::LegValues JointAdjoint::System::money_values(std::size_t m, const std::vector<double>& worth) const {
  const ClassNetwork& of_class = network_.classes[m];
  const std::size_t regions = network_.regions;
  Matrix roads = haulage_[m];
  for (std::size_t from = 0; from < roads.rows(); ++from)
    for (std::size_t to = 0; to < roads.columns(); ++to) {
      const double by = from >= regions ? worth[to]
                        : to >= regions ? worth[from]
                                        : 0.5 * (worth[from] + worth[to]);
      roads(from, to) *= from >= regions && to >= regions ? 0.0 : by;
    }
  chains::LegValues values = no_values(network_, m);
  add_from_places(roads, 1.0, values);
  for (std::size_t e = 0; e < toll_[m].size(); ++e)
    add_from_places(toll_[m][e], worth[network_.toll_earners[e]], values);
  for (std::size_t i = 0; i < regions; ++i) values.road(i, i) = of_class.intra_haulage[i] * worth[i];
  for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
    const Terminal& terminal = world_->terminals[TerminalId(of_class.terminals[k])];
    values.handling[k] = terminal.handling_idr_per_tonne / kIdrPerMnIdr * worth[terminal.earner.value()];
  }
  for (std::size_t d = 0; d < of_class.rides.size(); ++d)
    values.departure[d] =
        of_class.rides[d].tariff * worth[world_->services[of_class.rides[d].service].earner.value()];
  return values;
}

JointAdjoint::System::OfClass JointAdjoint::System::reverse_class(std::size_t m,
                                                                  const trade::Gradient& gradient,
                                                                  const chains::LegValues& loads) const {
  const chains::Chains& chains = joint_.costs.chains[m];
  const Matrix by_cost = transposed(gradient.cost[m]), by_money = transposed(gradient.money[m]),
               received = transposed(gradient.received[m]);
  const std::vector<double> everybody(network_.regions, 1.0);
  const chains::LegValues money = money_values(m, everybody), worth = money_values(m, gradient.earner_value);
  const chains::Counted terms[] = {{shipped_[m], loads}, {by_money, money}, {received, worth}};
  return {chains.slopes(by_cost, terms), chains.use(by_money), chains.use(received)};
}

// What the class's road legs are to the roads: costs in hours, and the money that is met on the way.
roads::ClassSlopes JointAdjoint::System::road_slopes(std::size_t m, const OfClass& of_class,
                                                     const std::vector<double>& worth) const {
  const ClassNetwork& network = network_.classes[m];
  const std::size_t regions = network_.regions;
  roads::ClassSlopes slopes{on_places(of_class.slopes.cost), {}};
  for (double& value : slopes.cost.values()) value *= network.time_value;
  const Matrix paid = on_places(of_class.paid), earned = on_places(of_class.earned);
  Matrix haulage = paid;
  for (std::size_t from = 0; from < haulage.rows(); ++from)
    for (std::size_t to = 0; to < haulage.columns(); ++to) {
      if (from >= regions && to >= regions) continue;
      const double by = from >= regions ? worth[to]
                        : to >= regions ? worth[from]
                                        : 0.5 * (worth[from] + worth[to]);
      haulage(from, to) += earned(from, to) * by;
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
    objective.tonnes[m] = transposed(joint_.costs.chains[m].expected(loads[m]));
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

void JointAdjoint::System::add_links(const Round& round, NetworkGradient& gradient) const {
  for (std::size_t m = 0; m < network_.classes.size(); ++m) {
    const ClassNetwork& of_class = network_.classes[m];
    const FreightClass& freight = world_->freight_classes[FreightClassId(m)];
    const double toll_per_tonne = (1.0 + freight.empty_share) / freight.payload_t / kIdrPerMnIdr;
    const roads::ClassSlopes slopes = road_slopes(m, round.classes[m], round.earner_worth);
    const std::vector<double> haulage = roads_->loads(m, slopes.met.front().weight);
    const std::vector<double> paid = roads_->loads(m, on_places(round.classes[m].paid));
    const std::vector<double> earned = roads_->loads(m, on_places(round.classes[m].earned));
    for (std::size_t a = 0; a < network_.arcs.size(); ++a) {
      const LinkId id = network_.arcs[a].link;
      const Link& link = world_->links[id];
      const roads::Arc& arc = network_.roads.arcs[a];
      if (arc.is_closed) continue;
      const double per_hour = round.arc_cost(m, a);
      const double per_money = per_hour / of_class.time_value;  // of cost, per mn IDR/t
      const double time = joint_.roads.time[a], delay = time - arc.free_time;
      gradient.links.free_time_h[id.value()] += per_hour * time / arc.free_time;
      gradient.links.capacity[id.value()] -= per_hour * delay * arc.beta / arc.capacity;
      gradient.links.cost_factor[id.value()] +=
          (per_money + haulage[a]) * of_class.haulage[a] / link.cost_factor;
      if (link.earner)
        gradient.links.toll[id.value()] +=
            (per_money + paid[a] + round.earner_worth[link.earner->value()] * earned[a]) * toll_per_tonne;
    }
  }
}

// Links also say how goods move inside the regions where they meet.
void JointAdjoint::System::add_local_roads(const Round& round, NetworkGradient& gradient) const {
  for (std::size_t i = 0; i < network_.regions; ++i) {
    const LocalRoads& local = network_.local[i];
    double by_hour = 0.0, by_factor = 0.0;
    for (std::size_t m = 0; m < network_.classes.size(); ++m) {
      const OfClass& of_class = round.classes[m];
      const double cost = of_class.slopes.cost.road(i, i);
      by_hour += cost * network_.classes[m].time_value;
      by_factor += (cost + of_class.paid.road(i, i) + of_class.earned.road(i, i) * round.earner_worth[i]) *
                   network_.classes[m].intra_haulage[i] / local.cost_factor;
    }
    for (const LinkId id : local.links) {
      gradient.links.free_time_h[id.value()] += by_hour * local.km / local.length_km;
      gradient.links.cost_factor[id.value()] += by_factor * world_->links[id].length_km / local.length_km;
    }
  }
}

void JointAdjoint::System::add_terminals(const Round& round, const Multipliers& multipliers,
                                         NetworkGradient& gradient) const {
  const Utilisation& utilisation = joint_.state.utilisation;
  for (std::size_t m = 0; m < network_.classes.size(); ++m) {
    const ClassNetwork& of_class = network_.classes[m];
    const OfClass& of = round.classes[m];
    for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
      const std::size_t t = of_class.terminals[k];
      const Terminal& terminal = world_->terminals[TerminalId(t)];
      gradient.terminals.handling_h[t] +=
          of.slopes.cost.handling[k] * of_class.time_value *
          (terminal.handling_h > 0.0
               ? model_->terminal_hours(t, utilisation.terminal[t]) / terminal.handling_h
               : 1.0);
      gradient.terminals.handling_fee[t] +=
          (of.slopes.cost.handling[k] + of.paid.handling[k] +
           of.earned.handling[k] * round.earner_worth[terminal.earner.value()]) /
          kIdrPerMnIdr;
    }
  }
  for (std::size_t t = 0; t < network_.terminals; ++t)
    if (std::isfinite(network_.terminal_capacity[t]))
      gradient.terminals.capacity[t] =
          -multipliers.terminal[t] * utilisation.terminal[t] / network_.terminal_capacity[t] * kKtPerMt;
}

void JointAdjoint::System::add_services(const Round& round, const Multipliers& multipliers,
                                        NetworkGradient& gradient) const {
  const Utilisation& utilisation = joint_.state.utilisation;
  for (std::size_t m = 0; m < network_.classes.size(); ++m) {
    const ClassNetwork& of_class = network_.classes[m];
    const OfClass& of = round.classes[m];
    for (std::size_t d = 0; d < of_class.rides.size(); ++d) {
      const Ride& ride = of_class.rides[d];
      const std::size_t s = ride.service.value();
      const Service& service = world_->services[ride.service];
      const double per_money = of.slopes.cost.departure[d] + of.paid.departure[d] +
                               of.earned.departure[d] * round.earner_worth[service.earner.value()];
      const double per_hour = of.slopes.cost.departure[d] * of_class.time_value;
      gradient.services.departures[s] += of.slopes.sailing[d];
      for (const std::size_t leg : ride.legs) {
        const std::size_t index = network_.legs[leg].index;
        gradient.services.leg_time_h[s][index] += per_hour;
        gradient.services.leg_tariff[s][index] += per_money * service.tariff_factor / kIdrPerMnIdr;
        gradient.services.tariff_factor[s] +=
            per_money * service.legs[index].tariff_idr_per_tonne / kIdrPerMnIdr;
        gradient.services.departures[s] -=
            per_hour * model_->extra_wait_hours(leg, utilisation.leg[leg]) / service.departures_per_week;
      }
    }
  }
  for (std::size_t leg = 0; leg < network_.legs.size(); ++leg) {
    const Service& service = world_->services[network_.legs[leg].service];
    if (!service.capacity_t_per_departure || !(network_.leg_capacity[leg] > 0.0)) continue;
    const double worth = -multipliers.leg[leg] * utilisation.leg[leg];
    gradient.services.departures[network_.legs[leg].service.value()] += worth / service.departures_per_week;
    gradient.services.capacity[network_.legs[leg].service.value()] +=
        worth / *service.capacity_t_per_departure;
  }
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

NetworkGradient no_gradient(const World& world) {
  const std::vector<double> links(world.links.size()), terminals(world.terminals.size()),
      services(world.services.size());
  NetworkGradient gradient{.links = {links, links, links, links},
                           .terminals = {terminals, terminals, terminals},
                           .services = {{}, {}, services, services, services}};
  for (const Service& service : world.services) {
    gradient.services.leg_time_h.emplace_back(service.legs.size());
    gradient.services.leg_tariff.emplace_back(service.legs.size());
  }
  return gradient;
}

std::vector<double> variation_of(const Outcome& outcome, const std::vector<bool>& is_counted) {
  std::vector<double> weight = outcome.equilibrium.income;
  for (std::size_t n = 0; n < weight.size(); ++n)
    if (!is_counted[n]) weight[n] = 0.0;
  return weight;
}

}  // namespace gerbang::evaluate
