#include "gerbang/evaluate/earnings.h"

#include <utility>

#include "gerbang/base/units.h"

namespace gerbang::evaluate {
namespace {

// The money of a class's legs where its chains take them, place by place: what a sweep of the markets adds up
// to incomes, the transpose of LegMoney::worth().
class Bookkeeping {
 public:
  // Keeps references.
  Bookkeeping(const LegMoney& money, const chains::Chains& chains)
      : money_(money),
        road_(placed(chains.road(), money, &chains::LegValues::road, true)),
        access_(placed(chains.access(), money, &chains::LegValues::access, true)),
        egress_(placed(chains.egress(), money, &chains::LegValues::egress, false)) {}

  // Adds what every region earns.
  void book(const chains::PlacedUse& use, std::span<double> earned) const {
    for_each_place(*road_.legs, [&](std::size_t n, std::size_t i, std::size_t place) {
      const double half = 0.5 * road_.haulage[place] * use.road[place];
      earned[i] += half;
      earned[n] += half;
    });
    for_each_place(*access_.legs, [&](std::size_t /*t*/, std::size_t i, std::size_t place) {
      earned[i] += access_.haulage[place] * use.access[place];
    });
    for_each_place(*egress_.legs, [&](std::size_t /*t*/, std::size_t n, std::size_t place) {
      earned[n] += egress_.haulage[place] * use.egress[place];
    });
    for (const Fee& toll : road_.tolls) earned[toll.earner] += toll.money * use.road[toll.place];
    for (const Fee& toll : access_.tolls) earned[toll.earner] += toll.money * use.access[toll.place];
    for (const Fee& toll : egress_.tolls) earned[toll.earner] += toll.money * use.egress[toll.place];
    for (std::size_t k = 0; k < use.handling.size(); ++k)
      earned[money_.handling()[k].earner] += money_.handling()[k].money * use.handling[k];
    for (std::size_t d = 0; d < use.departure.size(); ++d)
      earned[money_.departure()[d].earner] += money_.departure()[d].money * use.departure[d];
  }

 private:
  struct Fee {
    std::uint32_t place = 0;
    std::uint32_t earner = 0;
    double money = 0.0;
  };
  struct Placed {
    const Sparse* legs = nullptr;
    std::vector<double> haulage;
    std::vector<Fee> tolls;
  };

  // is_from_column: whether a leg goes from the column to the row.
  static Placed placed(const Sparse& legs, const LegMoney& money, Matrix chains::LegValues::*member,
                       bool is_from_column) {
    const Matrix& haulage = money.haulage().*member;
    Placed placed{&legs, {}, {}};
    placed.haulage.reserve(legs.value.size());
    constexpr auto kNone = static_cast<std::uint32_t>(-1);
    std::vector<std::uint32_t> place_of(haulage.values().size(), kNone);
    for_each_place(legs, [&](std::size_t row, std::size_t column, std::size_t place) {
      const std::size_t leg =
          is_from_column ? column * haulage.columns() + row : row * haulage.columns() + column;
      place_of[leg] = static_cast<std::uint32_t>(place);
      placed.haulage.push_back(haulage.values()[leg]);
    });
    for (const Toll& toll : money.tolls())
      if (toll.legs == member && place_of[toll.leg] != kNone)
        placed.tolls.push_back({place_of[toll.leg], static_cast<std::uint32_t>(toll.earner), toll.money});
    return placed;
  }

  const LegMoney& money_;
  Placed road_, access_, egress_;
};

// Trade's earners, by the chains that its tonnes take.
class ChainEarners : public trade::Earners {
 public:
  ChainEarners(std::shared_ptr<const std::vector<chains::Chains>> all, std::size_t freight_class,
               LegMoney money)
      : all_(std::move(all)),
        chains_((*all_)[freight_class]),
        money_(std::move(money)),
        bookkeeping_(money_, chains_) {}
  ChainEarners(const ChainEarners&) = delete;
  ChainEarners& operator=(const ChainEarners&) = delete;

  void book(const Matrix& tonnes, const Matrix& /*money*/, std::span<double> earned) const override {
    bookkeeping_.book(chains_.placed_use(tonnes), earned);
  }
  [[nodiscard]] Matrix worth(const Matrix& /*money*/, std::span<const double> by_region) const override {
    return chains_.expected(money_.worth(by_region));
  }

 private:
  std::shared_ptr<const std::vector<chains::Chains>> all_;
  const chains::Chains& chains_;
  LegMoney money_;
  Bookkeeping bookkeeping_;
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
