#include <cmath>

#include "gerbang/base/units.h"
#include "gerbang/evaluate/adjoint_system.h"

namespace gerbang::evaluate {

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

}  // namespace gerbang::evaluate
