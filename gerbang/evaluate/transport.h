// One pass from how full the network is to what a tonne costs, and back from tonnes to how full it gets. The
// joint equilibrium (joint.h) is where the two agree.
#pragma once

#include <memory>
#include <vector>

#include "gerbang/chains/chains.h"
#include "gerbang/evaluate/network.h"
#include "gerbang/evaluate/road_legs.h"
#include "gerbang/roads/assign.h"
#include "gerbang/trade/transport.h"

namespace gerbang::evaluate {

// Use over capacity; 0 where the capacity is not known.
struct Utilisation {
  std::vector<double> terminal;
  std::vector<double> leg;  // of services
};

// What a year's tonnes put on the network, kt a year.
struct Loads {
  std::vector<double> terminal;  // loading and unloading
  std::vector<double> leg;
  RoadTonnes road;
  Matrix terminal_by_class;  // class × terminal
  Matrix leg_by_class;       // class × leg
  std::vector<double>
      service;  // boarding, by service: a tonne that stays on board over several legs counts once
};

// The chains of every class at given delays, and what trade needs of them.
struct TransportCosts {
  std::shared_ptr<std::vector<chains::Chains>> chains;  // by class; the earners of transport use them
  trade::Transport transport;
};

class TransportModel {
 public:
  // Keeps references: world and network must outlive it. dispersion: μ by class, from dispersions().
  TransportModel(const World& world, const Network& network, std::vector<double> dispersion);

  [[nodiscard]] TransportCosts costs(const Utilisation& utilisation, const roads::Assignment& roads) const;
  // shipped: tonnes by class, destination × origin.
  [[nodiscard]] Loads loads(const std::vector<chains::Chains>& chains,
                            const std::vector<Matrix>& shipped) const;
  // The same on terminals and services alone; `road` stays empty.
  [[nodiscard]] Loads sea_loads(const std::vector<chains::Chains>& chains,
                                const std::vector<Matrix>& shipped) const;
  // Solves the chains anew at other delays and the same road legs.
  void set_delays(const Utilisation& utilisation, std::vector<chains::Chains>& chains) const;
  // Expected hours from door to door, waiting included, destination × origin.
  [[nodiscard]] Matrix door_to_door_hours(const TransportCosts& costs, const Utilisation& utilisation,
                                          const roads::Assignment& roads, std::size_t freight_class) const;

  // The chains of a class as a problem, not solved.
  [[nodiscard]] chains::Problem chain_problem(std::size_t freight_class, const Utilisation& utilisation,
                                              const roads::Assignment& roads) const;

  // The road problem with these tonnes as vehicles per hour.
  [[nodiscard]] roads::Problem road_problem(const RoadTonnes& tonnes) const;

  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] const Network& network() const { return network_; }
  [[nodiscard]] const std::vector<double>& dispersion() const { return dispersion_; }

  // a: through the cost of a terminal or leg alone, loads answer to its utilisation u as exp(−a u^β), at
  // most.
  [[nodiscard]] Utilisation steepness(const Loads& loads) const;
  // −∂(load/capacity)/∂u of the same, ≥ 0. What a damped step divides by, plus one.
  [[nodiscard]] Utilisation self_response(const Loads& loads, const Utilisation& utilisation) const;

  // Hours that handling takes, and that cargo waits because a leg of a service is full; and their slopes by
  // utilisation.
  [[nodiscard]] double terminal_hours(std::size_t terminal, double utilisation) const;
  [[nodiscard]] double terminal_hours_slope(std::size_t terminal, double utilisation) const;
  [[nodiscard]] double extra_wait_hours(std::size_t leg, double utilisation) const;
  [[nodiscard]] double extra_wait_slope(std::size_t leg, double utilisation) const;

 private:
  // Hours of handling by terminal, and of waiting because a leg is full.
  struct Hours {
    std::vector<double> terminal, extra_wait;
  };
  // What handling (by terminal of the class) and being on board (by ride) cost.
  struct ClassDelays {
    std::vector<double> handling, on_board;
  };
  [[nodiscard]] Loads no_loads() const;
  void add_sea_loads(std::size_t freight_class, const chains::LegValues& use, Loads& loads) const;
  [[nodiscard]] double mean_wait_hours(std::size_t leg) const;
  [[nodiscard]] Hours hours(const Utilisation& utilisation) const;
  [[nodiscard]] ClassDelays class_delays(std::size_t freight_class, const Hours& hours) const;
  [[nodiscard]] chains::Problem chain_problem(std::size_t freight_class, const Hours& hours,
                                              const RoadLegs& legs) const;

  const World& world_;
  const Network& network_;
  std::vector<double> dispersion_;
};

// μ of every class: chain_dispersion over the median cost of a one-service chain, on empty roads and
// terminals. The base year's holds for all years and scenarios.
[[nodiscard]] std::vector<double> dispersions(const World& world, const Network& network);

}  // namespace gerbang::evaluate
