// What a scenario's trends mean in a year: people, productivity, public demand. A trend's value is linear
// between the years its rows give, neutral in the base year, constant after the last. Rows that name a
// project count while it is in force, the others when the scenario runs their trend.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/trade/economy.h"
#include "gerbang/trade/solve.h"
#include "gerbang/trade/welfare.h"
#include "gerbang/world/world.h"

namespace gerbang::evaluate {

struct TrendEffects {
  std::vector<double> population;  // persons by region
  Matrix productivity;             // Â by region and sector
  std::vector<double> government;  // IDR bn on top of the base year's, by region
  std::vector<double> investment;
  std::vector<trade::Movers> movers;   // against the base year
  std::vector<double> payer_share;     // of what trends add to public demand; empty: by income
  double arrivals_from_nowhere = 0.0;  // people added without a row that says where they come from
};

// Of a world that apply() made.
[[nodiscard]] TrendEffects trend_effects(const World& world, std::span<const std::string> trends, int year);

// Growth of the nation that trends alone make: Σ V Â L̂^λ / Σ V over domestic regions, multiplying rows only.
// Public demand and deficits of the base year grow by it.
[[nodiscard]] double national_growth(const World& world, const trade::Economy& economy,
                                     std::span<const std::string> trends, int year);

// The trade change these effects make, without transport and closure.
[[nodiscard]] trade::Change trade_change(const World& world, const trade::Economy& economy,
                                         const TrendEffects& effects, double growth);

}  // namespace gerbang::evaluate
