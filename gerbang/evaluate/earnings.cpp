#include "gerbang/evaluate/earnings.h"

#include <utility>

#include "gerbang/base/line.h"
#include "gerbang/base/units.h"

namespace gerbang::evaluate {
namespace {

double product(std::span<const double> a, std::span<const double> b) {
  return dot(a.data(), b.data(), a.size());
}

// Trade's earners, by the chains that its tonnes take.
class ChainEarners : public trade::Earners {
 public:
  ChainEarners(std::shared_ptr<const std::vector<chains::Chains>> all, std::size_t freight_class,
               LegMoney money)
      : all_(std::move(all)), chains_((*all_)[freight_class]), money_(std::move(money)) {}

  void book(const Matrix& tonnes, const Matrix& /*money*/, std::span<double> earned) const override {
    money_.book(chains_.use(tonnes), earned);
  }
  [[nodiscard]] Matrix worth(const Matrix& /*money*/, std::span<const double> by_region) const override {
    return chains_.expected(money_.worth(by_region));
  }

 private:
  std::shared_ptr<const std::vector<chains::Chains>> all_;
  const chains::Chains& chains_;
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
  std::vector<double> at_destination(regions_);
  const auto add_at_destination = [&](double part, std::span<const double> money,
                                      std::span<const double> used) {
    for (std::size_t n = 0; n < regions_; ++n) at_destination[n] += part * money[n] * used[n];
  };
  for (std::size_t i = 0; i < regions_; ++i) {
    earned[i] += 0.5 * product(haulage_.road.row(i), use.road.row(i)) +
                 product(haulage_.access.row(i), use.access.row(i));
    add_at_destination(0.5, haulage_.road.row(i), use.road.row(i));
  }
  for (std::size_t k = 0; k < terminals; ++k)
    add_at_destination(1.0, haulage_.egress.row(k), use.egress.row(k));
  for (std::size_t n = 0; n < regions_; ++n) earned[n] += at_destination[n];
  for (const Toll& toll : tolls_) earned[toll.earner] += toll.money * (use.*toll.legs).values()[toll.leg];
  for (std::size_t k = 0; k < terminals; ++k)
    earned[handling_[k].earner] += handling_[k].money * use.handling[k];
  for (std::size_t d = 0; d < departure_.size(); ++d)
    earned[departure_[d].earner] += departure_[d].money * use.departure[d];
}

std::vector<std::vector<double>> tolls_by_earner(const Network& network, const ClassNetwork& of_class) {
  std::vector<std::vector<double>> by_earner;
  for (const std::vector<double>& tolled : network.is_tolled_by) {
    std::vector<double>& toll = by_earner.emplace_back(of_class.toll);
    for (std::size_t a = 0; a < toll.size(); ++a) toll[a] *= tolled[a];
  }
  return by_earner;
}

trade::ClassTransport class_transport(const World& world, const Network& network, const RoadLegs& legs,
                                      std::size_t freight_class,
                                      std::shared_ptr<const std::vector<chains::Chains>> chains) {
  std::vector<Toll> tolls;
  for_each_rare(network, legs, [&](auto member, std::size_t leg, std::size_t e, double money) {
    tolls.push_back({member, leg, money, network.toll_earners[e]});
  });
  LegMoney money(world, network, freight_class, road_values(network, legs, freight_class, 0),
                 std::move(tolls));
  const chains::Chains& of_class = (*chains)[freight_class];
  Matrix paid = of_class.expected(money.paid());
  return {of_class.cost(), std::move(paid),
          std::make_shared<ChainEarners>(std::move(chains), freight_class, std::move(money))};
}

}  // namespace gerbang::evaluate
