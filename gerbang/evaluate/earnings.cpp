#include "gerbang/evaluate/earnings.h"

#include <algorithm>
#include <map>

namespace gerbang::evaluate {
namespace {

constexpr double kIdrPerMnIdr = 1e6;

// The money of every leg by who earns it: first three sets for haulage (on the first leg, on the last,
// direct), whose earner depends on the pair; then one set a region that earns something by fees, tariffs or
// tolls.
struct MoneyByEarner {
  std::vector<chains::LegValues> sets;
  std::vector<std::size_t> earners;  // of sets[3 + e]
};

constexpr std::size_t kFirstLeg = 0, kLastLeg = 1, kDirect = 2, kHaulageSets = 3;

MoneyByEarner money_by_earner(const World& world, const Network& network, std::size_t freight_class,
                              const RoadLegs& legs) {
  const ClassNetwork& of_class = network.classes[freight_class];
  MoneyByEarner money;
  chains::LegValues no_roads = no_values(network, freight_class);
  no_roads.road = no_roads.access = no_roads.egress = {};
  money.sets.assign(kHaulageSets, no_roads);
  chains::LegValues haulage = no_values(network, freight_class);
  add_road_values(haulage, network, legs, 0);
  for (std::size_t i = 0; i < network.regions; ++i) haulage.road(i, i) = of_class.intra_haulage[i];
  money.sets[kFirstLeg].access = haulage.access;
  money.sets[kLastLeg].egress = haulage.egress;
  money.sets[kDirect].road = haulage.road;

  std::map<std::size_t, std::size_t> set_of;
  const auto earned_by = [&](std::size_t region) -> chains::LegValues& {
    const auto [known, is_new] = set_of.try_emplace(region, money.sets.size());
    if (is_new) {
      money.sets.push_back(no_roads);
      money.earners.push_back(region);
    }
    return money.sets[known->second];
  };
  for (std::size_t e = 0; e < network.toll_earners.size(); ++e) {
    chains::LegValues tolls = no_values(network, freight_class);
    add_road_values(tolls, network, legs, 1 + e);
    earned_by(network.toll_earners[e]) = std::move(tolls);
  }
  for (std::size_t k = 0; k < of_class.terminals.size(); ++k) {
    const Terminal& terminal = world.terminals[TerminalId(of_class.terminals[k])];
    earned_by(terminal.earner.value()).handling[k] += terminal.handling_idr_per_tonne / kIdrPerMnIdr;
  }
  for (std::size_t d = 0; d < of_class.rides.size(); ++d)
    earned_by(world.services[of_class.rides[d].service].earner.value()).departure[d] +=
        of_class.rides[d].tariff;
  return money;
}

// Money by region of one pair, of which only the regions that earn are visited.
class PairMoney {
 public:
  explicit PairMoney(std::size_t regions) : by_region_(regions) {}

  void add(std::size_t region, double money) {
    if (money <= 0.0) return;
    if (by_region_[region] == 0.0) earning_.push_back(region);
    by_region_[region] += money;
    total_ += money;
  }
  [[nodiscard]] double total() const { return total_; }

  // Appends the shares and empties itself. Shares below a ten-millionth are left to the others.
  void take_shares(std::vector<trade::Earning>& earnings) {
    constexpr double kLeast = 1e-7;
    double kept = 0.0;
    for (const std::size_t region : earning_)
      if (by_region_[region] > kLeast * total_) kept += by_region_[region];
    std::sort(earning_.begin(), earning_.end());
    for (const std::size_t region : earning_) {
      if (by_region_[region] > kLeast * total_)
        earnings.push_back({static_cast<std::uint32_t>(region), by_region_[region] / kept});
      by_region_[region] = 0.0;
    }
    earning_.clear();
    total_ = 0.0;
  }

 private:
  std::vector<double> by_region_;
  std::vector<std::size_t> earning_;
  double total_ = 0.0;
};

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
  const MoneyByEarner money = money_by_earner(world, network, freight_class, legs);
  std::vector<Matrix> sets;
  for (const chains::LegValues& values : money.sets) sets.push_back(chains.expected(values));
  const std::size_t regions = chains.cost().rows();
  trade::ClassTransport result{Matrix(regions, regions), Matrix(regions, regions), {}};
  PairMoney of_pair(regions);
  result.earners.begin.push_back(0);
  for (std::size_t n = 0; n < regions; ++n)
    for (std::size_t i = 0; i < regions; ++i) {
      result.cost(n, i) = chains.cost()(i, n);
      // A direct haul is earned half at each end.
      const double direct = sets[kDirect](i, n);
      of_pair.add(i, sets[kFirstLeg](i, n) + 0.5 * direct);
      of_pair.add(n, sets[kLastLeg](i, n) + 0.5 * direct);
      for (std::size_t e = 0; e < money.earners.size(); ++e)
        of_pair.add(money.earners[e], sets[kHaulageSets + e](i, n));
      result.money(n, i) = of_pair.total();
      of_pair.take_shares(result.earners.earnings);
      result.earners.begin.push_back(result.earners.earnings.size());
    }
  return result;
}

}  // namespace gerbang::evaluate
