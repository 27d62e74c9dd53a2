// The transposed system of the joint equilibrium, prepared at one outcome: what an objective is worth at
// every leg and arc (gradient.cpp), and what that makes of the cells of links, terminals and services
// (adjoint_cells.cpp). Equations: docs/joint.md, "Gradient".
#pragma once

#include <optional>

#include "gerbang/base/krylov.h"
#include "gerbang/evaluate/earnings.h"
#include "gerbang/evaluate/gradient.h"
#include "gerbang/roads/response.h"
#include "gerbang/trade/gradient.h"

namespace gerbang::evaluate {

class JointAdjoint::System {
 public:
  System(const BaseYear& base, const Outcome& outcome, const Options& options);

  NetworkGradient gradient(const std::vector<double>& weight, double tolerance);
  [[nodiscard]] double tolerance() const { return options_.tolerance; }

 private:
  // The multipliers: of terminals' and legs' utilisation, and of a pcu per hour on an arc.
  struct Multipliers {
    std::vector<double> terminal, leg, arc;

    [[nodiscard]] std::vector<double> packed() const {
      std::vector<double> all = terminal;
      all.insert(all.end(), leg.begin(), leg.end());
      all.insert(all.end(), arc.begin(), arc.end());
      return all;
    }
  };
  // What an objective makes of one class: ∂J/∂ of its legs' costs, and of the money of its pairs.
  struct OfClass {
    chains::Slopes slopes;
    chains::LegValues paid;    // a unit of money on a leg, whoever earns it
    chains::LegValues earned;  // worth in addition per unit of the earner's worth
  };
  struct Round {
    Multipliers multipliers;
    std::vector<OfClass> classes;
    std::vector<double> earner_worth;  // by region
    Matrix arc_cost;                   // class × arc, per hour of cost
  };

  // A class's places: the regions, then its terminals. Road legs between them in one matrix.
  [[nodiscard]] static Matrix on_places(const chains::LegValues& legs);
  void solve_again(const Outcome& outcome);
  void prepare_roads();
  [[nodiscard]] Multipliers unpacked(std::span<const double> packed) const;
  // The transposed round.
  [[nodiscard]] Round reverse(const Multipliers& multipliers, const std::vector<double>& weight) const;
  [[nodiscard]] chains::LegValues load_values(std::size_t freight_class,
                                              const Multipliers& multipliers) const;
  [[nodiscard]] OfClass reverse_class(std::size_t freight_class, const trade::Gradient& gradient,
                                      const chains::LegValues& loads) const;
  [[nodiscard]] roads::ClassSlopes road_slopes(std::size_t freight_class, const OfClass& of_class,
                                               const std::vector<double>& worth) const;
  [[nodiscard]] std::vector<double> guess(std::span<const double> residual) const;
  // From legs to the study's cells.
  void add_links(const Round& round, NetworkGradient& gradient) const;
  void add_local_roads(const Round& round, NetworkGradient& gradient) const;
  void add_terminals(const Round& round, const Multipliers& multipliers, NetworkGradient& gradient) const;
  void add_services(const Round& round, const Multipliers& multipliers, NetworkGradient& gradient) const;

  const BaseYear& base_;
  Options options_;
  double tolerance_ = options_.tolerance;  // of the objective at hand
  std::shared_ptr<const World> world_;
  Network network_;
  std::optional<TransportModel> model_;
  trade::Change change_;
  trade::Equilibrium equilibrium_;
  JointEquilibrium joint_;
  std::optional<trade::Adjoint> trade_;
  std::optional<roads::Response> roads_;
  std::vector<LegMoney> money_;                                   // by class
  std::vector<std::vector<std::vector<double>>> toll_by_earner_;  // by class, toll earner and arc
  std::optional<Krylov> krylov_;
};

}  // namespace gerbang::evaluate
