// Who gains: welfare of households and its equivalent variation between two equilibria of the same economy.
//   Ŵ_n = (I_n/I°_n) / ((L_n/L°_n) Π_k (P_nk/P°_nk)^{α_nk}),   EV_n = (Ŵ_n − 1) I°_n L^stay_n/L°_n
// for those who live there in both; movers compare their destination with where they lived in the reference.
// Exact; the first-order value is given beside it and never instead.
#pragma once

#include <span>
#include <vector>

#include "gerbang/trade/economy.h"
#include "gerbang/trade/solve.h"

namespace gerbang::trade {

// People who live at the origin in the reference and at the destination now.
struct Movers {
  std::size_t origin = 0;
  std::size_t destination = 0;
  double people = 0.0;
};

struct MoverGain {
  std::size_t origin = 0;
  std::size_t destination = 0;
  double people = 0.0;
  double welfare_hat =
      1.0;          // real income per head, destination now over origin then; prices of the base year equal
  double ev = 0.0;  // IDR bn a year, of all of them
};

struct Comparison {
  // By region.
  std::vector<double> welfare_hat;  // Ŵ of those who stay
  std::vector<double> ev;           // IDR bn a year, of those who stay
  std::vector<double>
      ev_first_order;  // I°·(d ln I − d ln L − Σ α d ln P): what the log-linear model would say
  std::vector<double> price_index_hat;  // Π_k (P/P°)^α
  std::vector<double> dilution;  // part of ln Ŵ that a change of population alone makes: (λ − 1) ln L/L°
  std::vector<MoverGain> movers;
};

// population: persons of the base year by region; needed only with movers. Stayers are the reference's people
// less those who leave.
[[nodiscard]] Comparison compare(const Economy& economy, const Equilibrium& reference, const Equilibrium& now,
                                 std::span<const double> population = {},
                                 std::span<const Movers> movers = {});

// The first-order value of cheaper transport, Σ q° (g° − g), by destination region: what the tonnes of the
// reference save. Pairs that are not connected in both count nothing. IDR bn a year.
[[nodiscard]] std::vector<double> first_order_value(const Equilibrium& reference, const Transport& before,
                                                    const Transport& after);

// Freight money by region that earns it, Σ q M: what tonnes pay under a state of transport, at base-year
// prices. IDR bn a year.
[[nodiscard]] std::vector<double> freight_earned(std::span<const Matrix> tonnes, const Transport& transport);

}  // namespace gerbang::trade
