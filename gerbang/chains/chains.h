// Which chain a tonne of one freight class takes, in closed form. From region i to region n it goes by road,
// or by road – terminal – one to three services – terminal – road. With S_ab = exp(−μ (pooled cost + handling
// at a and b)) for each directed terminal pair, D and E the road legs to the first and from the last terminal
// (divided by the number of terminals of the same port), the weight of all chains is
//     W_in = exp(−μ road_in) + Σ_{k=1..3} (D S^k E)_in,      g_in = −ln W_in / μ,
// a logit over chains. ∂g/∂cost is the expected use of a leg. The weights are numbers, not logarithms: sums
// over chains are matrix products. A pair whose every chain costs more than 600/μ, some fifty times a usual
// one, counts as having none, so that nothing under- or overflows. Equations: docs/chains.md.
//
// Legs lie from row to column, pairs as trade has them: destination × origin.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/base/sparse.h"
#include "gerbang/chains/pooled.h"

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
  Matrix road;    // R × R, from origin to destination; the diagonal is the haul within the region
  Matrix access;  // R × T, origin to first terminal
  Matrix egress;  // T × R, last terminal to destination
  std::vector<double> handling;      // T, each time a tonne is loaded or unloaded
  std::vector<std::size_t> cluster;  // T, which port a terminal belongs to
  std::vector<Departure> departures;
  double week_value = 0.0;  // of waiting a week, mn IDR per tonne
  double dispersion = 0.0;  // μ, per mn IDR per tonne
};

// One number for every leg of a class: its money, its time – or its use. What is left empty is all zero.
struct LegValues {
  Matrix road;
  Matrix access;
  Matrix egress;
  std::vector<double> handling;
  std::vector<double> departure;
};

// Tonnes on the legs that some chain takes: on road legs by their places in Chains::road(), access() and
// egress(), then by terminal and departure, as in LegValues.
struct PlacedUse {
  std::vector<double> road;
  std::vector<double> access;
  std::vector<double> egress;
  std::vector<double> handling;
  std::vector<double> departure;
};

// What pairs meet of leg values, counted: Σ_in pairs_ni · expected(values)_ni.
struct Counted {
  const Matrix& pairs;  // R × R, destination × origin
  const LegValues& values;
};

// How a sum over pairs answers to every leg.
struct Slopes {
  LegValues cost;               // per mn IDR/t of the leg's cost
  std::vector<double> sailing;  // by departure, per departure a week
};

// μ such that μ times the median cost, over pairs of different regions, of the cheapest one-service chain is
// `scale`. 0 when no pair has such a chain (then every tonne goes by road and μ does not matter).
[[nodiscard]] double scaled_dispersion(const Problem& problem, double scale);

// Costs beyond which there is no chain, times μ.
inline constexpr double kFarthest = 600.0;

// The solved chains of one class.
class Chains {
 public:
  explicit Chains(const Problem& problem);

  // Solves anew with other costs of handling (by terminal) and on board (by departure), roads and sailings as
  // they were.
  void set_delays(std::span<const double> handling, std::span<const double> on_board);

  // Keeps of all origins those that ship some of these tonnes. From then on only uses may be asked for, of
  // tonnes that no other origin ships.
  void ship_only(const Matrix& tonnes);

  // g, destination × origin, mn IDR per tonne; +infinity where no chain exists.
  [[nodiscard]] Matrix cost() const;

  // What a tonne from i to n meets of each set of leg values in expectation, destination × origin:
  // Σ (∂g_in/∂cost_leg) · value_leg. Zero where no chain exists. Waiting is in no leg: it is pooled cost less
  // cost on board.
  [[nodiscard]] Matrix expected(const LegValues& values) const;

  // The expected cost of waiting for departures, destination × origin, mn IDR per tonne.
  [[nodiscard]] Matrix expected_waiting() const;

  // Tonnes on every leg when tonnes(n, i) are shipped from i to n; of pairs without chain nothing moves.
  // handling counts loading and unloading.
  [[nodiscard]] LegValues use(const Matrix& tonnes) const;
  // The same on terminals and departures alone; road legs are left empty.
  [[nodiscard]] LegValues sea_use(const Matrix& tonnes) const;
  // The same as use(), where it is asked for again and again. Stays as it is until this thread asks any
  // chains again.
  [[nodiscard]] const PlacedUse& placed_use(const Matrix& tonnes) const;
  // Which road legs some chain takes: road destination × origin, the others terminal × region.
  [[nodiscard]] const Sparse& road() const { return road_; }
  [[nodiscard]] const Sparse& access() const { return access_; }
  [[nodiscard]] const Sparse& egress() const { return egress_; }

  // The derivatives of Σ_in weight_ni g_ni + Σ_terms Σ_in pairs_ni expected(values)_ni: of costs, and of what
  // is met when goods choose other chains. Of the values themselves it is use(pairs).
  [[nodiscard]] Slopes slopes(const Matrix& weight, std::span<const Counted> terms) const;

 private:
  // One directed terminal pair with its departures, which are [begin, end) of order_.
  struct Hop {
    std::size_t from, to;
    std::size_t begin, end;
    double cost;     // pooled; +infinity before it first is
    double waiting;  // the part of it that is waiting
    double weight;   // S
  };
  // Tonnes, or how they change: on road legs (handling and departures still empty) and on hops.
  struct Spread {
    LegValues legs;
    std::vector<double> hop;
  };
  // What goes on to a destination, terminal × destination: by at most k services, (1 + S + … + S^k) E; and by
  // one to three, S (1 + S + S²) E.
  struct Onward {
    std::array<Matrix, 3> rest;
    Matrix sailing;
  };
  // Tonnes over weight that go on from a terminal, by origin, with at most k services to come; the last has
  // one more.
  using GoOn = std::array<Matrix, 4>;
  // Between tonnes and use.
  struct OnTheWay {
    Matrix per_weight;  // destination × origin: tonnes over the weight of their pair; of what is shipped
                        // within a region nothing
    GoOn go_on;
  };

  void group_departures(std::span<const Departure> departures);
  void weigh_roads(const Problem& problem);
  void give_columns(std::vector<std::size_t> origins);
  template <class CostAt>
  [[nodiscard]] Sparse weights(std::size_t rows, std::size_t columns, const CostAt& cost_at) const;
  void weigh_hops(std::span<const double> on_board);
  void pool_services(Hop& hop, std::span<const double> on_board);
  void weigh_chains();
  [[nodiscard]] std::vector<double> on_hops(std::span<const double> by_departure) const;
  [[nodiscard]] Matrix expected(const LegValues& values, std::span<const double> on_hops) const;
  [[nodiscard]] double smoothing() const { return 1.0 / (kPoolSharpness * dispersion_); }
  [[nodiscard]] std::span<const Departures> services_of(const Hop& hop) const;
  [[nodiscard]] LegValues no_use() const;
  // As far as `hops` services to come; what it gives stays as it is until this thread asks any chains again.
  [[nodiscard]] const OnTheWay& on_the_way(const Matrix& tonnes, std::size_t hops) const;
  [[nodiscard]] const Onward& onward() const;  // for as long
  [[nodiscard]] Spread spread(const Matrix& tonnes) const;
  [[nodiscard]] std::vector<double> on_hops(const GoOn& go_on) const;
  void use_roads(const Matrix& tonnes, const OnTheWay& way, PlacedUse& use) const;
  void use_sea_legs(std::span<const double> hop, std::span<double> handling,
                    std::span<double> departure) const;
  [[nodiscard]] LegValues on_legs(Spread spread) const;
  [[nodiscard]] Spread answer(const Counted& term, const std::vector<double>& values_on_hops) const;
  void add_answer(const Counted& term, Spread& by_cost, Slopes& slopes) const;

  static constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

  std::size_t regions_ = 0;
  std::size_t terminals_ = 0;
  // Tables by origin have a column for each of origins_, tables by destination for each region, both in whole
  // lines: what stands beyond is zero.
  std::vector<std::size_t> origins_;    // regions, ascending
  std::vector<std::size_t> column_of_;  // by region; kNoColumn: not of origins_
  std::size_t origin_columns_ = 0;
  std::size_t destination_columns_ = 0;
  double dispersion_ = 0.0;
  double week_value_ = 0.0;
  std::vector<double> handling_;
  std::size_t departures_ = 0;
  std::vector<std::size_t> order_;   // of the departures that run, by directed terminal pair
  std::vector<Departures> service_;  // of order_
  std::vector<double> wait_alone_;   // of order_: what waiting for this service alone costs
  std::vector<double> share_;        // of order_, within its hop
  std::vector<Hop> hops_;
  std::vector<std::size_t> hops_back_;  // by terminal where they end
  Sparse sail_, sail_back_;             // S and its transpose
  Sparse road_;                         // exp(−μ road), destination × origin
  std::vector<double> road_share_;      // of road_: of the tonnes of that pair, by road all the way
  Sparse access_, access_back_;         // D, terminal × region, and its transpose
  Sparse egress_, egress_back_;         // E, terminal × region, and its transpose
  Matrix end_;                          // E, terminal × destination
  // Terminal × origin: what has come from an origin by k services, D S^k, k = 0, 1, 2; and all that has come
  // by one to three.
  std::array<Matrix, 3> come_;
  Matrix arrived_;
  Matrix weight_;   // W, destination × origin; 0 where no chain exists
  Matrix inverse_;  // of W between two regions that a chain joins; else 0
};

}  // namespace gerbang::chains
