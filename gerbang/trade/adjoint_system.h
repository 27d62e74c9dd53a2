// The transposed system of the counterfactual. Internal to the room; gradient.h says what it is for.
#pragma once

#include <span>
#include <vector>

#include "gerbang/trade/gradient.h"
#include "gerbang/trade/local_newton.h"
#include "gerbang/trade/market.h"

namespace gerbang::trade {

// Reverse mode of Market::sweep. Adjoints carry the name of what they belong to; all are of sums over sectors
// and regions, sector-major, as in Accounts.
class Adjoint::System {
 public:
  System(const Economy& economy, const Change& change, const Equilibrium& equilibrium);
  Gradient gradient(const Objective& objective, const Options& options) const;

 private:
  struct Adjoints {
    // Sector-major.
    std::vector<double> log_price;  // of the price that costs imply
    std::vector<double> output;     // per IDR bn
    std::vector<double> sales;      // of output before ĉ^{−θ}
    std::vector<double> weight;     // of Σ M ĉ^{−θ}
    std::vector<double> log_cost;
    // By region.
    std::vector<double> income;
    std::vector<double> value_added;
    std::vector<double> freight;  // per IDR bn of freight money earned
    std::vector<double> log_people;
    // By freight class: what a unit of factory value per unit of v is worth to who earns M, M Σ_r share_r
    // freight_r.
    std::vector<Matrix> money_value;
  };
  struct Sums {
    std::vector<double> supply;    // S·N
    std::vector<double> log_cost;  // S·N, by tonnes counted in base-year prices
  };

  // Workspace of one row of pairs.
  struct RowSpace {
    std::vector<double> buy, received, worth;
  };

  double reverse(std::span<const double> lambda, const Objective& objective, std::span<double> image,
                 Adjoints& adjoint) const;
  void reverse_spending(std::span<const double> lambda, Adjoints& adjoint) const;
  void reverse_people(std::span<const double> lambda, std::span<double> image, Adjoints& adjoint) const;
  void reverse_wages(std::span<const double> lambda, std::span<double> image, Adjoints& adjoint) const;
  void seed_welfare(const Objective& objective, Adjoints& adjoint) const;
  void reverse_incomes(Adjoints& adjoint) const;
  void reverse_public_demand(Adjoints& adjoint) const;
  void reverse_deficits(Adjoints& adjoint) const;
  void value_freight_money(Adjoints& adjoint) const;
  void reverse_rows(const Objective& objective, std::size_t first, std::size_t last, std::span<double> image,
                    Adjoints& adjoint, Sums& sums) const;
  [[nodiscard]] double reverse_purchase(const Objective& objective, std::size_t s, std::size_t n,
                                        double received, std::span<double> image, const Adjoints& adjoint,
                                        Sums& sums) const;
  void collect(const std::vector<Sums>& sums, Adjoints& adjoint) const;
  void reverse_costs(std::span<double> image, const Adjoints& adjoint) const;
  void differentiate_pairs(const Objective& objective, const Adjoints& adjoint, Gradient& gradient) const;
  void differentiate_row(std::size_t s, std::size_t n, const Objective& objective, const Adjoints& adjoint,
                         RowSpace& space, Gradient& gradient) const;
  void value_factory_gate(std::size_t s, std::size_t n, const Objective& objective, const Adjoints& adjoint,
                          std::vector<double>& worth) const;

  [[nodiscard]] const Matrix* tonnes_weight(const Objective& objective, std::size_t s) const {
    return objective.tonnes.empty() || !is_freight(economy_, s)
               ? nullptr
               : &objective.tonnes[*economy_.freight_class[s]];
  }
  [[nodiscard]] double people_of(std::size_t n) const { return x_[n_ * (1 + 2 * s_) + n]; }

  const Economy& economy_;
  const Change& change_;
  Market market_;
  LocalNewton newton_;
  std::size_t n_;
  std::size_t s_;
  std::vector<double> x_;
  Accounts accounts_;
  std::vector<double> per_cost_;  // 1/ĉ, sector-major
};

}  // namespace gerbang::trade
