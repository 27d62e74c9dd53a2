#include "gerbang/evaluate/earnings.h"

#include <numeric>
#include <utility>

namespace gerbang::evaluate {
namespace {

constexpr double kIdrPerMnIdr = 1e6;

double product(std::span<const double> a, std::span<const double> b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

// Trade's earners, by the chains that its tonnes take.
class ChainEarners : public trade::Earners {
 public:
  ChainEarners(chains::Chains chains, LegMoney money)
      : chains_(std::move(chains)), money_(std::move(money)) {}

  void book(const Matrix& tonnes, const Matrix& /*money*/, std::span<double> earned) const override {
    money_.book(chains_.use(transposed(tonnes)), earned);
  }
  [[nodiscard]] Matrix worth(const Matrix& /*money*/, std::span<const double> by_region) const override {
    return transposed(chains_.expected(money_.worth(by_region)));
  }

 private:
  chains::Chains chains_;
  LegMoney money_;
};

}  // namespace

LegMoney::LegMoney(const World& world, const Network& network, std::size_t freight_class,
                   chains::LegValues haulage, std::vector<Toll> tolls)
    : regions_(network.regions), haulage_(std::move(haulage)), tolls_(std::move(tolls)) {
  const ClassNetwork& of_class = network.classes[freight_class];
  for (std::size_t i = 0; i < regions_; ++i) haulage_.road(i, i) = of_class.intra_haulage[i];
  for (const std::size_t t : of_class.terminals) {
    const Terminal& terminal = world.terminals[TerminalId(t)];
    handling_.push_back({terminal.handling_idr_per_tonne / kIdrPerMnIdr, terminal.earner.value()});
  }
  for (const Ride& ride : of_class.rides)
    departure_.push_back({ride.tariff, world.services[ride.service].earner.value()});
}

chains::LegValues LegMoney::worth(std::span<const double> by_region) const {
  chains::LegValues values = haulage_;
  const std::size_t terminals = handling_.size();
  for (std::size_t i = 0; i < regions_; ++i) {
    for (std::size_t n = 0; n < regions_; ++n) values.road(i, n) *= 0.5 * (by_region[i] + by_region[n]);
    for (std::size_t k = 0; k < terminals; ++k) {
      values.access(i, k) *= by_region[i];
      values.egress(k, i) *= by_region[i];
    }
  }
  for (const Toll& toll : tolls_)
    (values.*toll.legs).values()[toll.leg] += toll.money * by_region[toll.earner];
  for (std::size_t k = 0; k < terminals; ++k)
    values.handling[k] = handling_[k].money * by_region[handling_[k].earner];
  for (std::size_t d = 0; d < departure_.size(); ++d)
    values.departure[d] = departure_[d].money * by_region[departure_[d].earner];
  return values;
}

chains::LegValues LegMoney::paid() const {
  return worth(std::vector<double>(regions_, 1.0));
}

void LegMoney::book(const chains::LegValues& use, std::span<double> earned) const {
  const std::size_t terminals = handling_.size();
  for (std::size_t i = 0; i < regions_; ++i) {
    const std::span<const double> money = haulage_.road.row(i), used = use.road.row(i);
    for (std::size_t n = 0; n < regions_; ++n) {
      const double half = 0.5 * money[n] * used[n];
      earned[i] += half;
      earned[n] += half;
    }
    earned[i] += product(haulage_.access.row(i), use.access.row(i));
  }
  for (std::size_t k = 0; k < terminals; ++k) {
    const std::span<const double> money = haulage_.egress.row(k), used = use.egress.row(k);
    for (std::size_t n = 0; n < regions_; ++n) earned[n] += money[n] * used[n];
  }
  for (const Toll& toll : tolls_) earned[toll.earner] += toll.money * (use.*toll.legs).values()[toll.leg];
  for (std::size_t k = 0; k < terminals; ++k)
    earned[handling_[k].earner] += handling_[k].money * use.handling[k];
  for (std::size_t d = 0; d < departure_.size(); ++d)
    earned[departure_[d].earner] += departure_[d].money * use.departure[d];
}

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
  std::vector<Toll> tolls;
  for (std::size_t e = 0; e < network.toll_earners.size(); ++e)
    for_each_road_value(network, legs, 1 + e, [&](auto member, std::size_t leg, double money) {
      if (money != 0.0) tolls.push_back({member, leg, money, network.toll_earners[e]});
    });
  LegMoney money(world, network, freight_class, road_values(network, legs, freight_class, 0),
                 std::move(tolls));
  Matrix paid = transposed(chains.expected(money.paid()));
  return {transposed(chains.cost()), std::move(paid),
          std::make_shared<ChainEarners>(chains, std::move(money))};
}

}  // namespace gerbang::evaluate
