// A counterfactual of 50 regions and 17 sectors that was solved independently in NumPy (the shared data's
// reference).
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <string>

#include "gerbang/trade/solve.h"
#include "gerbang/trade/welfare.h"
#include "tests/trade/shared_table.h"

namespace gerbang::trade {
namespace {

using test::SharedTable;

struct Reference {
  Economy economy;
  Change change;
  std::vector<double> log_wage, welfare, ev;
  Matrix log_price;
};

Reference read_reference(const std::filesystem::path& folder) {
  const SharedTable sectors(folder / "sector.csv");
  const SharedTable regions(folder / "region.csv");
  const SharedTable cells(folder / "region_sector.csv");
  const SharedTable inputs(folder / "input_share.csv");
  const SharedTable pairs(folder / "share_and_cost_change.csv.gz");
  const std::size_t n = regions.size();
  const std::size_t s = sectors.size();
  std::map<std::string, std::size_t> region, sector;
  for (std::size_t r = 0; r < n; ++r) region[regions.text(r, "region")] = r;
  for (std::size_t r = 0; r < s; ++r) sector[sectors.text(r, "sector")] = r;

  Reference reference;
  Economy& economy = reference.economy;
  economy.regions = n;
  economy.sectors = s;
  economy.foreign = n - 1;
  economy.trade_elasticity = sectors.numbers("trade_elasticity");
  economy.value_per_tonne.assign(s, 1.0);
  economy.freight_class.resize(s);
  economy.value_added = regions.numbers("value_added");
  economy.deficit = regions.numbers("deficit");
  economy.labour_share.assign(n, 1.0);
  for (std::size_t r = 0; r < n; ++r) economy.income.push_back(economy.value_added[r] + economy.deficit[r]);
  economy.value_added_share = economy.household_share = economy.expenditure = economy.output =
      economy.public_demand = Matrix(n, s);
  reference.log_price = Matrix(n, s);
  for (std::size_t r = 0; r < cells.size(); ++r) {
    const std::size_t i = region.at(cells.text(r, "region"));
    const std::size_t k = sector.at(cells.text(r, "sector"));
    economy.value_added_share(i, k) = cells.number(r, "value_added_share");
    economy.household_share(i, k) = cells.number(r, "final_demand_share");
    economy.expenditure(i, k) = cells.number(r, "expenditure_base");
    reference.log_price(i, k) = cells.number(r, "ln_price_change_expected");
  }
  economy.input_share.assign(n, Matrix(s, s));
  for (std::size_t r = 0; r < inputs.size(); ++r)
    economy.input_share[region.at(inputs.text(r, "region"))](sector.at(inputs.text(r, "input_sector")),
                                                             sector.at(inputs.text(r, "using_sector"))) =
        inputs.number(r, "cost_share");
  economy.share.assign(s, Matrix(n, n));
  reference.change.iceberg.assign(s, Matrix(n, n, 1.0));
  for (std::size_t r = 0; r < pairs.size(); ++r) {
    const std::size_t k = sector.at(pairs.text(r, "sector"));
    const std::size_t to = region.at(pairs.text(r, "destination"));
    const std::size_t from = region.at(pairs.text(r, "origin"));
    economy.share[k](to, from) = pairs.number(r, "share");
    reference.change.iceberg[k](to, from) = std::exp(pairs.number(r, "ln_cost_change"));
    economy.output(from, k) += economy.share[k](to, from) * economy.expenditure(to, k);
  }
  reference.log_wage = regions.numbers("ln_wage_change_expected");
  reference.welfare = regions.numbers("welfare_change_expected");
  reference.ev = regions.numbers("equivalent_variation_expected");
  return reference;
}

TEST(Trade, ReproducesTheIndependentSolutionOfFiftyRegions) {
  const std::filesystem::path folder = std::filesystem::path(GERBANG_SHARED_DATA_DIR) / "reference";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the shared data is not here: " << folder;
  const Reference reference = read_reference(folder);
  const Economy& economy = reference.economy;
  // The reference's shares carry 17 digits but its base year balances to 1e-11 only: its hats are relative
  // to 1.
  Equilibrium base = solve(economy, {}, {.tolerance = 1e-12});
  EXPECT_LT(base.sweeps, 40U);
  const Equilibrium now = solve(economy, reference.change, {.tolerance = 1e-12});
  ASSERT_TRUE(now.is_converged) << now.residual;
  base.income = economy.income;
  base.price_hat = Matrix(economy.regions, economy.sectors, 1.0);
  const Comparison comparison = compare(economy, base, now);
  double largest = 0.0;
  double ev_of_nation = 0.0;
  for (std::size_t n = 0; n < economy.regions; ++n) {
    EXPECT_NEAR(std::log(now.wage_hat[n]), reference.log_wage[n], 1e-9);
    EXPECT_NEAR(comparison.welfare_hat[n], reference.welfare[n], 1e-9);
    EXPECT_NEAR(comparison.ev[n], reference.ev[n], 1e-9 * economy.income[n]);
    largest = std::max(largest, std::abs(std::log(now.wage_hat[n]) - reference.log_wage[n]));
    for (std::size_t k = 0; k < economy.sectors; ++k) {
      EXPECT_NEAR(std::log(now.price_hat(n, k)), reference.log_price(n, k), 1e-9);
      largest = std::max(largest, std::abs(std::log(now.price_hat(n, k)) - reference.log_price(n, k)));
    }
    if (n != economy.foreign) ev_of_nation += comparison.ev[n];
  }
  EXPECT_NEAR(1000.0 * ev_of_nation, 2834.427, 5e-4);
  EXPECT_NEAR(1000.0 * comparison.ev[*economy.foreign], -148.365, 5e-4);
  RecordProperty("largest_difference", std::to_string(largest));
}

}  // namespace
}  // namespace gerbang::trade
