// The gradient of the joint equilibrium: what a little of everything is worth. One adjoint solve gives the
// derivative of welfare by the cost, time and capacity of every link, terminal and service at once, with the
// answers of markets, of the choice of chains and of routes, and congestion everywhere, included.
//
// With x the utilisation of terminals and legs and the volumes of roads, F the round of joint.h, x = F(x) its
// equilibrium and W the objective: λ = (∂F/∂x)' λ + ∂W/∂x and dW/dμ = λ' ∂F/∂μ + ∂W/∂μ (docs/joint.md,
// "Gradient"). The transposed round is trade's adjoint, the slopes of the chains and the response of the
// roads, one after the other; the system is solved by Krylov directions that all objectives share.
#pragma once

#include <memory>
#include <vector>

#include "gerbang/base/progress.h"
#include "gerbang/evaluate/base_year.h"
#include "gerbang/evaluate/outcome.h"

namespace gerbang::evaluate {

// Per unit of a study's cell, in units of the objective.
struct NetworkGradient {
  struct Links {                      // both directions together
    std::vector<double> free_time_h;  // per hour of free-flow time
    std::vector<double> capacity;     // per pcu/h
    std::vector<double> cost_factor;  // per unit
    std::vector<double> toll;         // per IDR per vehicle; earned by the link's earner
  } links;
  struct Terminals {
    std::vector<double> handling_h;    // per hour
    std::vector<double> handling_fee;  // per IDR/t, earned
    std::vector<double> capacity;      // per Mt a year; 0 where it is not known
  } terminals;
  struct Services {
    std::vector<std::vector<double>> leg_time_h;  // per hour, by leg
    std::vector<std::vector<double>> leg_tariff;  // per IDR/t of the leg's tariff
    std::vector<double> tariff_factor;            // per unit
    std::vector<double> departures;               // per departure a week, its capacity included
    std::vector<double> capacity;                 // per tonne per departure; 0 where it is not known
  } services;

  double residual = 0.0;  // of the transposed system, relative
  std::size_t rounds = 0;
  bool is_converged = false;
};

// The transposed system at an outcome, prepared once for any number of objectives.
class JointAdjoint {
 public:
  struct Options {
    double tolerance = 1e-8;  // of the transposed system
    std::size_t max_rounds = 300;
    Residuals equilibrium = {.road_gap = 1e-12, .use = 1e-10, .road_demand = 1e-10, .market = 1e-13};
    Observer observer;
  };

  // Solves the outcome's equilibrium once more, more tightly. The base year must outlive it.
  JointAdjoint(const BaseYear& base, const Outcome& outcome, const Options& options);
  JointAdjoint(const BaseYear& base, const Outcome& outcome);
  ~JointAdjoint();
  JointAdjoint(JointAdjoint&&) noexcept;
  JointAdjoint& operator=(JointAdjoint&&) noexcept;

  // Of Σ_n weight_n ln Ŵ_n, by region, to the tolerance of the options or another. Later objectives use what
  // earlier ones have found.
  [[nodiscard]] NetworkGradient gradient(const std::vector<double>& weight);
  [[nodiscard]] NetworkGradient gradient(const std::vector<double>& weight, double tolerance);

 private:
  class System;
  std::unique_ptr<System> system_;
};

// All zero, in the shape of the world.
[[nodiscard]] NetworkGradient no_gradient(const World& world);

// Weights that make the gradient one of equivalent variation, IDR bn a year, of these regions: their incomes.
[[nodiscard]] std::vector<double> variation_of(const Outcome& outcome, const std::vector<bool>& is_counted);

}  // namespace gerbang::evaluate
