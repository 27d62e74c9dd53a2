#include "gerbang/evaluate/levers.h"

namespace gerbang::evaluate {
namespace {

constexpr double kOnePercent = 0.01;
constexpr double kThousand = 1e3;
constexpr double kHundred = 100.0;

// A cell of which less is better; its unit is so many of the cell's own.
struct Unit {
  const char* name;
  double size;
};
Lever less(Lever lever, const Unit& unit) {
  lever.unit = unit.name;
  lever.per_unit = -lever.slope * unit.size;
  lever.per_percent = -lever.slope * lever.value * kOnePercent;
  return lever;
}
Lever more(Lever lever, const Unit& unit) {
  lever = less(std::move(lever), unit);
  lever.per_unit = -lever.per_unit;
  lever.per_percent = -lever.per_percent;
  return lever;
}

Lever lever(const char* table, const std::string& row, const char* column, Quantity quantity) {
  return {.table = table, .row = row, .column = column, .quantity = quantity, .unit = {}};
}
Lever with(Lever lever, double value, double slope) {
  lever.value = value;
  lever.slope = slope;
  return lever;
}

void add_links(const World& world, const NetworkGradient::Links& gradient, std::vector<Lever>& levers) {
  for (const LinkId id : world.links.ids()) {
    const Link& link = world.links[id];
    if (!link.is_present) continue;
    const std::size_t l = id.value();
    const auto of = [&](const char* column, Quantity quantity, double value, double slope) {
      return with(lever("link", link.id, column, quantity), value, slope);
    };
    // A speed acts through the free-flow time: dt = −t dv/v.
    const double hours = link.length_km / link.free_speed_kmh;
    Lever time = of("free_speed_kmh", Quantity::kTime, link.free_speed_kmh,
                    -gradient.free_time_h[l] * hours / link.free_speed_kmh);
    time.unit = "h";
    time.per_unit = -gradient.free_time_h[l];
    time.per_percent = -gradient.free_time_h[l] * hours * kOnePercent;
    levers.push_back(time);
    levers.push_back(less(of("cost_factor", Quantity::kCost, link.cost_factor, gradient.cost_factor[l]),
                          {"0.01", kOnePercent}));
    if (link.toll_idr_per_vehicle > 0.0)
      levers.push_back(
          less(of("toll_idr_per_vehicle", Quantity::kCost, link.toll_idr_per_vehicle, gradient.toll[l]),
               {"IDR 1,000/vehicle", kThousand}));
    levers.push_back(
        more(of("capacity_pcu_h", Quantity::kCapacity, link.capacity_pcu_h, gradient.capacity[l]),
             {"100 pcu/h", kHundred}));
  }
}

void add_terminals(const World& world, const NetworkGradient::Terminals& gradient,
                   std::vector<Lever>& levers) {
  for (const TerminalId id : world.terminals.ids()) {
    const Terminal& terminal = world.terminals[id];
    if (!terminal.is_present) continue;
    const std::size_t t = id.value();
    const auto of = [&](const char* column, Quantity quantity, double value, double slope) {
      return with(lever("terminal", terminal.id, column, quantity), value, slope);
    };
    levers.push_back(
        less(of("handling_h", Quantity::kTime, terminal.handling_h, gradient.handling_h[t]), {"h", 1.0}));
    levers.push_back(less(of("handling_idr_per_tonne", Quantity::kCost, terminal.handling_idr_per_tonne,
                             gradient.handling_fee[t]),
                          {"IDR 1,000/t", kThousand}));
    if (terminal.capacity_mt_per_year)
      levers.push_back(more(of("capacity_mt_per_year", Quantity::kCapacity, *terminal.capacity_mt_per_year,
                               gradient.capacity[t]),
                            {"Mt/year", 1.0}));
  }
}

void add_services(const World& world, const NetworkGradient::Services& gradient, std::vector<Lever>& levers) {
  for (const ServiceId id : world.services.ids()) {
    const Service& service = world.services[id];
    if (!service.is_present || service.departures_per_week <= 0.0) continue;
    const std::size_t s = id.value();
    const auto of = [&](const char* column, Quantity quantity, double value, double slope) {
      return with(lever("service", service.id, column, quantity), value, slope);
    };
    for (std::size_t leg = 0; leg < service.legs.size(); ++leg) {
      const std::string row = service.id + "/" + std::to_string(leg + 1);
      levers.push_back(less(with(lever("service_leg", row, "time_h", Quantity::kTime),
                                 service.legs[leg].time_h, gradient.leg_time_h[s][leg]),
                            {"h", 1.0}));
      levers.push_back(less(with(lever("service_leg", row, "tariff_idr_per_tonne", Quantity::kCost),
                                 service.legs[leg].tariff_idr_per_tonne, gradient.leg_tariff[s][leg]),
                            {"IDR 1,000/t", kThousand}));
    }
    levers.push_back(
        less(of("tariff_factor", Quantity::kCost, service.tariff_factor, gradient.tariff_factor[s]),
             {"0.01", kOnePercent}));
    levers.push_back(more(
        of("departures_per_week", Quantity::kDepartures, service.departures_per_week, gradient.departures[s]),
        {"departure/week", 1.0}));
    if (service.capacity_t_per_departure)
      levers.push_back(more(of("capacity_t_per_departure", Quantity::kCapacity,
                               *service.capacity_t_per_departure, gradient.capacity[s]),
                            {"100 t/departure", kHundred}));
  }
}

}  // namespace

std::vector<Lever> levers(const World& world, const NetworkGradient& gradient) {
  std::vector<Lever> levers;
  add_links(world, gradient.links, levers);
  add_terminals(world, gradient.terminals, levers);
  add_services(world, gradient.services, levers);
  return levers;
}

}  // namespace gerbang::evaluate
