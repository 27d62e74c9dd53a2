// Whose goods these are: which flows between regions a road, a terminal or a service carries. The share of a
// pair's tonnes that meets a leg of a chain is the derivative of the pair's generalised cost by the cost of
// that leg; on a road it is the chains' road legs, each times the share of its vehicles that drive there
// (select link, gerbang/roads/select.h). All flows of a thing add up to its load.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "gerbang/chains/chains.h"
#include "gerbang/evaluate/base_year.h"
#include "gerbang/evaluate/outcome.h"
#include "gerbang/evaluate/transport.h"
#include "gerbang/report/tables.h"
#include "gerbang/roads/assign.h"

namespace gerbang::report {

class GoodsFinder {
 public:
  // Solves roads and chains anew at the outcome's equilibrium. Outcome and network, of its world, must
  // outlive it.
  GoodsFinder(const evaluate::BaseYear& base_year, const evaluate::Outcome& outcome,
              const evaluate::Network& network);

  // kt a year, origin × destination, all classes together. A terminal counts a tonne when it is loaded and
  // when it is unloaded; a service counts it once, however many legs it stays on board.
  [[nodiscard]] Matrix on_arcs(const std::vector<std::uint32_t>& arcs) const;
  [[nodiscard]] Matrix at_terminal(TerminalId terminal) const;
  [[nodiscard]] Matrix on_service(ServiceId service) const;

 private:
  // Vehicles between two nodes of the roads.
  struct Trips {
    std::uint32_t vehicle_class, origin, destination;
    double volume;
  };
  void add(Matrix& goods, std::size_t freight_class, const chains::LegValues& values) const;
  [[nodiscard]] double trips_between(const roads::Demand& like) const;
  // Sets the road legs that begin and end where these trips do.
  void set_legs(chains::LegValues& values, const roads::Demand& trips, double share) const;

  const evaluate::Outcome& outcome_;
  const evaluate::Network& network_;
  roads::Problem problem_;
  roads::Assignment roads_;
  std::vector<chains::Chains> chains_;                  // by class
  std::vector<Trips> trips_;                            // by class, origin and destination, each once
  std::vector<std::vector<std::size_t>> regions_at_;    // by node of the roads
  std::vector<std::vector<std::size_t>> terminals_at_;  // by node
};

// The "goods" of an outcome's document: the largest flows of every road, terminal and service.
[[nodiscard]] nlohmann::ordered_json goods_json(const Sheet& sheet);

}  // namespace gerbang::report
