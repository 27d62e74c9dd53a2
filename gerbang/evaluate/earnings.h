// What freight earns: the money of every leg and whose income it is; from it the expected money per tonne of
// every pair of regions. Haulage on the way to the first terminal is earned at the origin, from the last one
// at the destination, all the way by road half at each end; fees, tariffs and tolls by the region that the
// study names.
#pragma once

#include "gerbang/evaluate/road_legs.h"
#include "gerbang/trade/transport.h"
#include "gerbang/world/world.h"

namespace gerbang::evaluate {

// The tolls of a class by arc, for each of Network::toll_earners.
[[nodiscard]] std::vector<std::vector<double>> tolls_by_earner(const Network& network,
                                                               const ClassNetwork& of_class);

// What one road leg pays to one earner of tolls; most legs pay nothing.
struct Toll {
  Matrix chains::LegValues::*legs;
  std::size_t leg = 0;
  double money = 0.0;  // mn IDR per tonne
  std::size_t earner = 0;
};

// The money of one class's legs, mn IDR per tonne, and who earns it.
class LegMoney {
 public:
  // haulage: of road legs; its diagonal is left out.
  LegMoney(const World& world, const Network& network, std::size_t freight_class, chains::LegValues haulage,
           std::vector<Toll> tolls);

  // Each leg's money times what it is worth to the region that earns it.
  [[nodiscard]] chains::LegValues worth(std::span<const double> by_region) const;
  [[nodiscard]] chains::LegValues paid() const;

  // What a terminal or a departure takes, and for whom.
  struct Fee {
    double money = 0.0;
    std::size_t earner = 0;
  };
  [[nodiscard]] const chains::LegValues& haulage() const { return haulage_; }
  [[nodiscard]] const std::vector<Toll>& tolls() const { return tolls_; }
  [[nodiscard]] const std::vector<Fee>& handling() const { return handling_; }
  [[nodiscard]] const std::vector<Fee>& departure() const { return departure_; }

 private:
  std::size_t regions_ = 0;
  chains::LegValues haulage_;
  std::vector<Toll> tolls_;
  std::vector<Fee> handling_, departure_;
};

// g, M and earners of one class as trade takes them. legs: their attribute is haulage, what is rare on them
// tolls_by_earner(). chains: of all classes; the earners keep them.
[[nodiscard]] trade::ClassTransport class_transport(
    const World& world, const Network& network, const RoadLegs& legs, std::size_t freight_class,
    std::shared_ptr<const std::vector<chains::Chains>> chains);

}  // namespace gerbang::evaluate
