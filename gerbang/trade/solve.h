// The counterfactual in exact hats: wages, prices and flows that clear all markets after a change (design of
// the model: docs/trade.md). Pure functions of their arguments, safe to call from several threads at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/base/message.h"
#include "gerbang/base/progress.h"
#include "gerbang/trade/change.h"
#include "gerbang/trade/economy.h"
#include "gerbang/trade/fixed_point.h"

namespace gerbang::trade {

struct Equilibrium;
class LocalNewton;

struct SolveOptions {
  double tolerance = 1e-10;  // on max |excess labour demand| / value added, and on prices and spending
  std::size_t max_sweeps = 500;
  const Equilibrium* start = nullptr;  // warm start, of the same economy; not owned
  // Steps of this economy's regions, for whoever solves it often; not owned; none: worked out anew.
  const LocalNewton* newton = nullptr;
  // What solving for changes alike has taught (kLongSearch); it goes on learning, and steps depend on it. Not
  // owned; none: nothing is known.
  Anderson* search = nullptr;
  // Whether to check that all freight money is earned, which takes as long as a few sweeps: whoever solves
  // for one transport after the other may ask it of the last.
  bool checks_earners = true;
  Observer observer = {};
};

// What keeps markets from clearing.
struct Obstacle {
  enum class Kind : std::uint8_t {
    kNoIncome,   // taxes or transfers leave the region's households nothing
    kNoSeller,   // every seller of the sector to the region is cut off
    kSweepsOver  // the sweeps that were allowed did not suffice
  };
  Kind kind = Kind::kSweepsOver;
  std::size_t region = 0;  // of kNoIncome and kNoSeller
  std::size_t sector = 0;  // of kNoSeller
};

// A pair of regions that trade in a sector.
struct SectorPair {
  std::size_t sector = 0;
  std::size_t destination = 0;
  std::size_t origin = 0;
};

// Hats are relative to the base year; values in IDR bn a year in units of the numeraire.
struct Equilibrium {
  // By region.
  std::vector<double> wage_hat;
  std::vector<double> population_hat;
  std::vector<double> value_added;  // ŵ L̂^λ V
  std::vector<double> income;       // I, of households
  std::vector<double> tax;          // T, what pays for public demand
  std::vector<double> deficit;      // D
  std::vector<double> duty_revenue;
  std::vector<double> freight_revenue;  // money that its terminals, services and tolls earn

  // By region and sector.
  Matrix cost_hat;     // ĉ at the factory gate
  Matrix price_hat;    // P̂ to its buyers
  Matrix expenditure;  // X
  Matrix output;       // Y

  std::vector<Matrix> tonnes;  // by freight class, kt (destination, origin): shipped, melted ones included

  // Pairs with a chain now but none in the base year: without base share they ship nothing. Cut: the reverse.
  std::vector<SectorPair> newly_connected;
  std::vector<SectorPair> cut;

  double residual = 0.0;  // max |excess labour demand| / value added
  std::size_t sweeps = 0;
  bool is_converged = false;
  std::optional<Obstacle> obstacle;  // why not; none when all is well
};

// Why there is no equilibrium, with the names of regions and sectors; empty when there is one.
[[nodiscard]] Message explain(const Equilibrium& equilibrium, std::span<const std::string> regions,
                              std::span<const std::string> sectors);

// Throws InputError when the change does not fit the economy (sizes, signs, sums).
[[nodiscard]] Equilibrium solve(const Economy& economy, const Change& change,
                                const SolveOptions& options = {});

// π'X of a sector: what destination n (row) spends on goods of origin i (column), at the buyer's price.
[[nodiscard]] Matrix flow(const Economy& economy, const Change& change, const Equilibrium& equilibrium,
                          std::size_t sector);

}  // namespace gerbang::trade
