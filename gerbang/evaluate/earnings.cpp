#include "gerbang/evaluate/earnings.h"

#include <map>

namespace gerbang::evaluate {
namespace {

constexpr double kIdrPerMnIdr = 1e6;

// Expected money per tonne by the region that earns it, origin × destination each.
using MoneyByRegion = std::vector<Matrix>;

// Haulage of the first leg is earned at the origin, of the last leg at the destination, of a direct haul half
// at each end.
void add_haulage(const Network& network, std::size_t freight_class, const RoadLegs& legs,
                 const chains::Chains& chains, MoneyByRegion& money) {
  chains::LegValues haulage = no_values(network, freight_class);
  add_road_values(haulage, network, legs, 0);
  for (std::size_t i = 0; i < network.regions; ++i)
    haulage.road(i, i) = network.classes[freight_class].intra_haulage[i];
  const Matrix first = chains.expected({.access = std::move(haulage.access)});
  const Matrix last = chains.expected({.egress = std::move(haulage.egress)});
  const Matrix direct = chains.expected({.road = std::move(haulage.road)});
  for (std::size_t i = 0; i < network.regions; ++i)
    for (std::size_t n = 0; n < network.regions; ++n) {
      money[i](i, n) += first(i, n) + 0.5 * direct(i, n);
      money[n](i, n) += last(i, n) + 0.5 * direct(i, n);
    }
}

// Fees, tariffs and tolls of the legs, by the region that earns them.
std::map<std::size_t, chains::LegValues> earned_on_legs(const World& world, const Network& network,
                                                        std::size_t freight_class, const RoadLegs& legs) {
  const ClassNetwork& of_class = network.classes[freight_class];
  std::map<std::size_t, chains::LegValues> earned;
  const auto by = [&](std::size_t region) -> chains::LegValues& {
    chains::LegValues& values = earned[region];
    values.handling.resize(of_class.terminals.size());
    values.departure.resize(of_class.rides.size());
    return values;
  };
  for (std::size_t e = 0; e < network.toll_earners.size(); ++e) {
    chains::LegValues tolls = no_values(network, freight_class);
    add_road_values(tolls, network, legs, 1 + e);
    earned[network.toll_earners[e]] = std::move(tolls);
  }
  for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
    const Terminal& terminal = world.terminals[TerminalId(of_class.terminals[k])];
    by(terminal.earner.value()).handling[k] += terminal.handling_idr_per_tonne / kIdrPerMnIdr;
  }
  for (std::size_t d = 0; d < of_class.rides.size(); ++d)
    by(world.services[of_class.rides[d].service].earner.value()).departure[d] += of_class.rides[d].tariff;
  return earned;
}

// The regions' shares of the money of every pair, pairs in the order of trade (destination, origin). Shares
// below a hundred-millionth are left to the others.
trade::Earners earners_of(const MoneyByRegion& money, const Matrix& total) {
  constexpr double kLeast = 1e-8;
  const std::size_t regions = total.rows();
  const std::size_t pairs = regions * regions;
  std::vector<double> kept(pairs), count(pairs);
  for (const Matrix& earned : money)
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      const bool is_kept = earned.values()[pair] > kLeast * total.values()[pair];
      kept[pair] += is_kept ? earned.values()[pair] : 0.0;
      count[pair] += is_kept ? 1.0 : 0.0;
    }
  trade::Earners earners;
  earners.begin.push_back(0);
  std::vector<std::size_t> next(pairs);
  for (std::size_t n = 0; n < regions; ++n)
    for (std::size_t i = 0; i < regions; ++i) {
      next[i * regions + n] = earners.begin.back();
      earners.begin.push_back(earners.begin.back() + static_cast<std::size_t>(count[i * regions + n]));
    }
  earners.earnings.resize(earners.begin.back());
  for (std::size_t region = 0; region < regions; ++region)
    for (std::size_t pair = 0; pair < pairs; ++pair) {
      const double earned = money[region].values()[pair];
      if (earned > kLeast * total.values()[pair])
        earners.earnings[next[pair]++] = {static_cast<std::uint32_t>(region), earned / kept[pair]};
    }
  return earners;
}

}  // namespace

MoneyOnRoads money_on_roads(const Network& network, const ClassNetwork& of_class) {
  MoneyOnRoads money;
  for (const std::vector<double>& tolled : network.is_tolled_by) {
    std::vector<double>& toll = money.toll_by_earner.emplace_back(of_class.toll);
    for (std::size_t a = 0; a < toll.size(); ++a) toll[a] *= tolled[a];
  }
  money.attributes.emplace_back(of_class.haulage);
  for (const std::vector<double>& toll : money.toll_by_earner) money.attributes.emplace_back(toll);
  return money;
}

trade::ClassTransport class_transport(const World& world, const Network& network, const RoadLegs& legs,
                                      std::size_t freight_class, const chains::Chains& chains) {
  const std::size_t regions = network.regions;
  MoneyByRegion money(regions);
  for (const auto& [region, values] : earned_on_legs(world, network, freight_class, legs))
    money[region] = chains.expected(values);
  for (Matrix& earned : money)
    if (earned.values().empty()) earned = Matrix(regions, regions);
  add_haulage(network, freight_class, legs, chains, money);

  Matrix total(regions, regions);
  for (const Matrix& earned : money)
    for (std::size_t pair = 0; pair < regions * regions; ++pair)
      total.values()[pair] += earned.values()[pair];
  trade::ClassTransport result{Matrix(regions, regions), Matrix(regions, regions), earners_of(money, total)};
  for (std::size_t n = 0; n < regions; ++n)
    for (std::size_t i = 0; i < regions; ++i) {
      result.cost(n, i) = chains.cost()(i, n);
      result.money(n, i) = total(i, n);
    }
  return result;
}

}  // namespace gerbang::evaluate
