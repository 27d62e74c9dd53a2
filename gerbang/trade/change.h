// What differs from the base year. Everything not said stays as it was.
#pragma once

#include <optional>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/trade/transport.h"

namespace gerbang::trade {

// How the deficits D (final demand beyond income, by region) answer to the change.
enum class DeficitClosure {
  kFixed,           // as they were (or as the change states them), in units of the numeraire
  kNationalBudget,  // surplus regions hand over the base year's share of their income, deficit regions share
                    // the pool in base proportions; what the nation owes abroad stays fixed
  kIncomeShare,     // the base year's share of each region's own income; the foreign region (else everyone by
                    // income) takes the difference
  kZero             // none
};

// People choose where to live: L̂_n ∝ L̂⁰_n (Ŵ_n L̂_n^{−δ})^ε among the domestic regions, where L̂⁰ is the
// change's population, which also gives the total.
struct Mobility {
  double taste_dispersion = 2.0;        // ε, Fréchet
  double congestion = 0.0;              // δ, elasticity of amenity to population
  std::vector<double> population = {};  // persons of the base year by region
};

struct Change {
  const Transport* transport = nullptr;  // not owned; none: that of the base year
  std::vector<Matrix> iceberg = {};  // by sector, factor on d of each pair (destination, origin); empty: 1
  std::vector<Matrix> duty = {};     // by sector, the new duties; empty: those of the base year

  std::vector<double> population = {};    // L̂ by region; empty: 1
  Matrix productivity = {};               // Â by region and sector; empty: 1
  std::optional<Mobility> mobility = {};  // none: people live where population says

  // Government and investment, real, by region and sector; empty: that of the base year. What each region
  // pays itself is `local_public_demand` (empty: the base year's); the difference is paid by `payer_share`
  // (adds to 1; empty: all domestic regions in proportion to their wage income).
  Matrix public_demand = {};
  Matrix local_public_demand = {};
  std::vector<double> payer_share = {};

  DeficitClosure closure = DeficitClosure::kFixed;
  std::vector<double> deficit = {};  // D by region, adds to 0; empty: the base year's
};

}  // namespace gerbang::trade
