// Which chain a tonne of one freight class takes, in closed form. From region i to region n it goes by road,
// or by road – terminal – one to three services – terminal – road. With S_ab = exp(−μ (pooled cost + handling
// at a and b)) for each directed terminal pair, D and E the road legs to the first and from the last terminal
// (divided by the number of terminals of the same port), the weight of all chains is
//     W_in = exp(−μ road_in) + Σ_{k=1..3} (D S^k E)_in,      g_in = −ln W_in / μ,
// a logit over chains. ∂g/∂cost is the expected use of a leg. All sums are taken in logarithms: nothing
// under- or overflows. Equations: docs/chains.md.
#pragma once

#include <span>
#include <vector>

#include "gerbang/base/matrix.h"

namespace gerbang::chains {

// How much sharper the choice between pooled services is than that between chains: s = 1/(20 μ).
inline constexpr double kPoolSharpness = 20.0;

// A service from one terminal to another, as one class sees it.
struct Departure {
  std::size_t from = 0;  // terminals
  std::size_t to = 0;
  double per_week = 0.0;
  double cost = 0.0;  // tariff and time on board, mn IDR per tonne, without waiting and handling
};

// Costs in mn IDR per tonne; +infinity where there is no way. R regions, T terminals.
struct Problem {
  Matrix road;    // R × R, from origin (row) to destination; the diagonal is the haul within the region
  Matrix access;  // R × T, origin to first terminal
  Matrix egress;  // T × R, last terminal to destination
  std::vector<double> handling;      // T, each time a tonne is loaded or unloaded
  std::vector<std::size_t> cluster;  // T, which port a terminal belongs to
  std::vector<Departure> departures;
  double week_value = 0.0;  // of waiting a week, mn IDR per tonne
  double dispersion = 0.0;  // μ, per mn IDR per tonne
};

// One number for every leg of a class: its money, its time – or its use. A matrix may be left empty: all
// zero.
struct LegValues {
  Matrix road;
  Matrix access;
  Matrix egress;
  std::vector<double> handling;
  std::vector<double> departure;

  // All zero, in the shape of the problem.
  static LegValues zero(const Problem& problem);
};

// What pairs of regions meet in expectation, of several sets of leg values: set after set for each pair.
struct Expected {
  std::size_t regions = 0;
  std::size_t width = 0;       // sets
  std::vector<double> values;  // [(origin · regions + destination) · width + set]

  [[nodiscard]] std::span<const double> of(std::size_t origin, std::size_t destination) const {
    return {values.data() + (origin * regions + destination) * width, width};
  }
};

// μ such that μ times the median cost, over pairs of different regions, of the cheapest one-service chain is
// `scale`. 0 when no pair has such a chain (then every tonne goes by road and μ does not matter).
[[nodiscard]] double scaled_dispersion(const Problem& problem, double scale);

// The solved chains of one class. Reads the problem at construction only.
class Chains {
 public:
  explicit Chains(const Problem& problem);

  // g, R × R, mn IDR per tonne; +infinity where no chain exists.
  [[nodiscard]] const Matrix& cost() const { return cost_; }

  // What a tonne from i to n meets of each set of leg values in expectation, R × R:
  // Σ (∂g_in/∂cost_leg) · value_leg. Zero where no chain exists. Waiting is in no leg: it is pooled cost less
  // cost on board. One pass serves all sets.
  [[nodiscard]] Expected expected(std::span<const LegValues> values) const;

  // The expected cost of waiting for departures, R × R, mn IDR per tonne.
  [[nodiscard]] Matrix expected_waiting() const;

  // Tonnes on every leg when tonnes(i, n) are shipped; of pairs without chain nothing moves. handling counts
  // loading and unloading.
  [[nodiscard]] LegValues use(const Matrix& tonnes) const;

  // Share of the tonnes from i to n that never see a terminal, R × R.
  [[nodiscard]] const Matrix& road_share() const { return road_share_; }

 private:
  // One directed terminal pair with its pooled services.
  struct Hop {
    std::size_t from, to;
    double cost;     // pooled, mn IDR per tonne
    double waiting;  // the part of it that is waiting
    std::vector<std::size_t> departures;
    std::vector<double> shares;
  };
  // A chain of k services from a to c begins with this hop and goes on with a chain of k − 1 services from
  // hop.to to c.
  struct Step {
    std::size_t hop;
    std::size_t first, last;  // a, c
    double share;             // among the k-service chains from a to c
  };
  // Sparse shares: of what goes from `row` to `column`, the part that passes `via`.
  struct Via {
    std::size_t row, via, column;
    double share;
  };

  void pool_departures(const Problem& problem);
  void link_terminals(const Problem& problem);
  void link_regions(const Problem& problem);
  [[nodiscard]] std::vector<double> expected_on_hops(std::span<const LegValues> values) const;
  [[nodiscard]] std::vector<double> expected_between_terminals(std::span<const double> on_hops,
                                                               std::size_t width) const;
  [[nodiscard]] Expected expected_between_regions(std::span<const double> on_hops,
                                                  std::span<const LegValues> values) const;

  std::size_t regions_ = 0;
  std::size_t terminals_ = 0;
  double dispersion_ = 0.0;
  std::vector<double> handling_;
  std::size_t departure_count_ = 0;
  std::vector<Hop> hops_;
  std::vector<std::vector<Step>> steps_;  // [k − 1] for k = 1, 2, 3
  std::vector<Matrix> step_share_;  // [k − 1], T × T: share of k-service chains among all from a to c
  Matrix terminal_log_weight_;      // T × T, ln Σ_k S^k
  std::vector<Via> first_;          // region → first terminal → last terminal
  std::vector<Via> last_;           // region → last terminal → region
  Matrix road_share_;
  Matrix cost_;
};

}  // namespace gerbang::chains
