// User equilibrium (Wardrop 1952) or system optimum of a road assignment problem: minimise the Beckmann
// objective
//     Σ_a ∫_{b_a}^{v_a} t_a(x) dx + Σ_m Σ_a pcu_m f_am fixed_cost_am / value_of_time_m
// on bushes, the acyclic subnetworks that each origin and class uses (Dial 2006, "A path-based
// user-equilibrium traffic assignment algorithm that obviates path storage and enumeration"; Nie 2010).
// Results are the same bytes for any number of threads. The method: docs/roads.md.
#pragma once

#include <memory>

#include "gerbang/base/matrix.h"
#include "gerbang/base/progress.h"
#include "gerbang/roads/problem.h"

namespace gerbang::roads {

enum class Objective : std::uint8_t {
  kUserEquilibrium,
  kSystemOptimum,  // equilibrium at marginal costs t + v t′: least total time plus fixed costs
};

// What an observer is told that the solver does: how many iterations and the gap; then, from 0 on, how many
// sweeps and the largest change of a proportion.
inline constexpr std::string_view kAssigning = "road assignment";
inline constexpr std::string_view kDividing = "proportional flows";

struct Options {
  double gap = 1e-8;  // relative gap at which to stop
  std::size_t max_iterations = 1000;
  Objective objective = Objective::kUserEquilibrium;
  // Whether classes and origins divide between segments that cost the same in the same proportions, without
  // which their parts of the volumes are not unique (proportionality.h).
  bool is_proportional = false;
  Observer observer;
};

class BushSet;  // what every origin and class uses; for warm starts, skims and select-link

struct Assignment {
  std::vector<double> volume;  // pcu per hour by arc, background included
  std::vector<double> time;    // t_a at that volume, by arc
  Matrix class_volume;         // vehicles per hour, class × arc

  // (Σ pcu f c − Σ pcu d u) / Σ pcu f c with u the exact least costs; at marginal costs for the system
  // optimum.
  double relative_gap = 0.0;
  double beckmann = 0.0;
  double total_travel_time = 0.0;  // Σ_a (v_a − b_a) t_a, pcu × time
  double disproportion = 0.0;      // the last change of a proportion, where they were asked for
  std::size_t iterations = 0;
  bool is_converged = false;
  std::vector<std::size_t> not_connected;  // rows of Problem::demand with no way to drive; they are left out
  std::shared_ptr<const BushSet> bushes;
};

// Solves the problem. With `warm`, starts from the bushes of an earlier assignment on the same nodes and arcs
// (the numbers on them, closures and demand may differ). Throws InputError for what validate() rejects.
[[nodiscard]] Assignment assign(const Problem& problem, const Options& options = {},
                                const Assignment* warm = nullptr);
// The same, but what origins use is not copied where nobody else holds it.
[[nodiscard]] Assignment assign(const Problem& problem, const Options& options, Assignment&& warm);

}  // namespace gerbang::roads
