// One sweep of the world's markets: from wages, prices and spending to the wages, prices and spending they
// imply.
//   ln ĉ = b ln ŵ + Σ_k γ^k ln P̂_k − ln Â,  P̂^{−θ} = M ĉ^{−θ},  Y = ĉ^{−θ} M' (X P̂^θ / (1 + t)) (+ freight
//   earned), X = γ Y + α I + P̂ G,  ŵ ← ŵ (Σ b Y / V')^ρ
// Its fixed point is the equilibrium. Vectors over sectors and regions are sector-major here (entry s·N + n),
// so that every kernel runs over contiguous regions. Equations: docs/trade.md.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "gerbang/trade/change.h"
#include "gerbang/trade/economy.h"
#include "gerbang/trade/lanes.h"
#include "gerbang/trade/wedges.h"

namespace gerbang::trade {

// What a sweep books; at the fixed point, the equilibrium's accounts.
struct Accounts {
  // Sector-major.
  std::vector<double> log_cost;   // ln ĉ
  std::vector<double> supply;     // ĉ^{−θ}
  std::vector<double> log_price;  // ln P̂ implied by the costs
  std::vector<double> spend;      // X per unit of Σ M ĉ^{−θ}
  std::vector<double> output;     // Y
  std::vector<double> spending;   // X implied by output and incomes

  // By region.
  std::vector<double> labour_demand;  // Σ_s b Y
  std::vector<double> value_added;    // ŵ L̂^λ V
  std::vector<double> income;
  std::vector<double> tax;
  std::vector<double> deficit;
  std::vector<double> duty;
  std::vector<double> freight;

  std::vector<Matrix> tonnes;  // kt a year by freight class, destination × origin

  std::vector<std::vector<double>>
      part_of_sales;  // S·N, before ĉ^{−θ}: of a task's rows, summed in task order

  double excess = 0.0;        // max |labour demand / value added − 1|
  double largest_step = 0.0;  // max |image − x| over prices, spending and population, in logs
};

// The economy's tables and the change's, sector-major, as sweeps read them.
struct MarketTables {
  RegionMatrices input_share;  // (input k, using sector s) of output
  std::vector<double> value_added_share;
  std::vector<double> household_share;
  std::vector<double> log_productivity;  // empty: as in the base year
  std::vector<double> public_demand;
  std::vector<double> local_demand;
  std::vector<bool> has_public_demand;  // by sector: anywhere
  double base_value_added = 0.0;        // Σ V
};

class Market {
 public:
  // Both must outlive the market.
  Market(const Economy& economy, const Change& change);

  [[nodiscard]] std::size_t unknowns() const { return unknowns_; }
  // The parts of a vector of unknowns: ln ŵ (N), ln P̂ (S·N), ln X (S·N), and ln L̂ (N) where people move.
  [[nodiscard]] std::span<const double> wages(std::span<const double> x) const { return x.subspan(0, n_); }
  [[nodiscard]] std::span<const double> people(std::span<const double> x) const;

  // The base year's values, as a start.
  [[nodiscard]] std::vector<double> start() const;
  // Shifts wages so that the numeraire holds.
  void restore_numeraire(std::span<double> log_wage, std::span<const double> log_wage_before,
                         const Accounts& accounts) const;
  // image = F(x), and the books.
  void sweep(std::span<const double> x, std::span<double> image, Accounts& accounts) const;

  [[nodiscard]] const Economy& economy() const { return economy_; }
  [[nodiscard]] const Change& change() const { return change_; }
  [[nodiscard]] const std::vector<SectorWedges>& wedges() const { return wedges_; }
  [[nodiscard]] const MarketTables& tables() const { return tables_; }
  // Work on rows is cut into tasks of this many regions.
  [[nodiscard]] std::size_t rows_per_task() const { return rows_per_task_; }

 private:
  void update_costs(std::span<const double> x, Accounts& accounts) const;
  void trade_rows(std::size_t first, std::size_t last, Accounts& accounts,
                  std::vector<double>& part_of_sales) const;
  void update_prices(std::span<double> image, Accounts& accounts) const;
  void book_tonnes(std::size_t first, std::size_t last, Accounts& accounts) const;
  void book_freight(Accounts& accounts) const;
  void collect(Accounts& accounts) const;
  void update_incomes(std::span<const double> x, Accounts& accounts) const;
  void pay_public_demand(Accounts& accounts) const;
  void settle_deficits(Accounts& accounts) const;
  void update_spending(std::span<double> image, Accounts& accounts) const;
  void update_wages(std::span<const double> x, std::span<double> image, Accounts& accounts) const;
  void update_people(std::span<const double> x, std::span<double> image, const Accounts& accounts) const;

  const Economy& economy_;
  const Change& change_;
  std::size_t n_ = 0;
  std::size_t s_ = 0;
  std::size_t unknowns_ = 0;
  std::size_t rows_per_task_ = 0;
  std::vector<SectorWedges> wedges_;
  MarketTables tables_;
};

}  // namespace gerbang::trade
