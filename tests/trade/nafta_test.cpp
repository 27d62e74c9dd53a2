// Caliendo & Parro (2015), Table 2: what NAFTA's tariff cuts did, from the authors' data (31 countries, 40
// sectors).
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "gerbang/trade/decomposition.h"
#include "gerbang/trade/observed.h"
#include "gerbang/trade/solve.h"
#include "gerbang/trade/welfare.h"
#include "tests/trade/shared_table.h"

namespace gerbang::trade {
namespace {

constexpr std::size_t kCountries = 31;
constexpr std::size_t kNaftaSectors = 40;
constexpr std::size_t kTraded = 20;
constexpr std::size_t kCanada = 4, kMexico = 19, kUsa = 29;
constexpr std::size_t kBloc[] = {kCanada, kMexico, kUsa};

std::filesystem::path nafta_folder() {
  return std::filesystem::path(GERBANG_SHARED_DATA_DIR) / "economy/cp2015";
}

// Blocks of importer × exporter, one a traded sector; percent.
std::vector<Matrix> read_tariffs(const char* file) {
  const std::vector<double> numbers = test::read_numbers(nafta_folder() / file);
  std::vector<Matrix> duty(kNaftaSectors, Matrix(kCountries, kCountries));
  for (std::size_t k = 0; k < kTraded * kCountries * kCountries; ++k)
    duty[k / (kCountries * kCountries)].values()[k % (kCountries * kCountries)] = numbers.at(k) / 100.0;
  for (Matrix& sector : duty)
    for (std::size_t n = 0; n < kCountries; ++n) sector(n, n) = 0.0;
  return duty;
}

Economy read_1993() {
  const std::vector<double> imports = test::read_numbers(nafta_folder() / "xbilat1993.txt");  // thousand USD
  const std::vector<double> output = test::read_numbers(nafta_folder() / "GO.txt");           // USD
  const std::vector<double> value_added_share = test::read_numbers(nafta_folder() / "B.txt");
  const std::vector<double> input_share = test::read_numbers(nafta_folder() / "IO.txt");
  ObservedEconomy observed;
  observed.trade_elasticity = test::read_numbers(nafta_folder() / "T.txt");
  observed.trade_elasticity.resize(kNaftaSectors, 8.22);
  observed.duty = read_tariffs("tariffs1993.txt");
  observed.flow.assign(kNaftaSectors, Matrix(kCountries, kCountries));
  for (std::size_t s = 0; s < kNaftaSectors; ++s) {
    std::vector<double> exports(kCountries, 0.0);
    if (s < kTraded)
      for (std::size_t n = 0; n < kCountries; ++n)
        for (std::size_t i = 0; i < kCountries; ++i) {
          if (n == i) continue;
          const double value = imports.at((s * kCountries + n) * kCountries + i) * 1000.0;
          exports[i] += value;
          observed.flow[s](n, i) = value * (1.0 + observed.duty[s](n, i));
        }
    for (std::size_t i = 0; i < kCountries; ++i)
      observed.flow[s](i, i) = std::max(output.at(s * kCountries + i), exports[i]) - exports[i];
  }
  observed.input_share.assign(kCountries, Matrix(kNaftaSectors, kNaftaSectors));
  for (std::size_t n = 0; n < kCountries; ++n)
    for (std::size_t k = 0; k < kNaftaSectors; ++k)
      for (std::size_t s = 0; s < kNaftaSectors; ++s)
        observed.input_share[n](k, s) = input_share.at((n * kNaftaSectors + k) * kNaftaSectors + s) *
                                        (1.0 - value_added_share.at(s * kCountries + n));
  return economy_from_flows(std::move(observed)).economy;
}

// The duties of 2005 within the bloc, all others as in 1993.
std::vector<Matrix> nafta_duties(const Economy& economy) {
  std::vector<Matrix> duty = economy.duty;
  const std::vector<Matrix> later = read_tariffs("tariffs2005.txt");
  for (std::size_t s = 0; s < kTraded; ++s)
    for (const std::size_t n : kBloc)
      for (const std::size_t i : kBloc) duty[s](n, i) = later[s](n, i);
  return duty;
}

double imports_from_bloc(const Economy& economy, const State& state, std::size_t n) {
  double imports = 0.0;
  for (std::size_t s = 0; s < kTraded; ++s) {
    const Matrix bought = flow(economy, state.change, state.equilibrium, s);
    const Matrix& duty = state.change.duty.empty() ? economy.duty[s] : state.change.duty[s];
    for (const std::size_t i : kBloc)
      if (i != n) imports += bought(n, i) / (1.0 + duty(n, i));
  }
  return imports;
}

struct Row {  // percent
  double welfare = 0.0;
  double terms_of_trade = 0.0;
  double volume_of_trade = 0.0;
  double real_wage = 0.0;
  double bloc_imports = 0.0;
  double exact = 0.0;
};

Row row_of(const Economy& economy, const State& reference, const State& now, std::size_t n) {
  const Comparison comparison = compare(economy, reference.equilibrium, now.equilibrium);
  const Decomposition parts = decompose(economy, reference, now);
  const double wage = now.equilibrium.wage_hat[n] / reference.equilibrium.wage_hat[n];
  return {100.0 * (parts.terms_of_trade[n] + parts.volume_of_trade[n]),
          100.0 * parts.terms_of_trade[n],
          100.0 * parts.volume_of_trade[n],
          100.0 * (wage / comparison.price_index_hat[n] - 1.0),
          100.0 * (imports_from_bloc(economy, now, n) / imports_from_bloc(economy, reference, n) - 1.0),
          100.0 * (comparison.welfare_hat[n] - 1.0)};
}

// Half a unit of the last printed decimal; welfare of the USA with deficits, 0.0850, is printed as 0.08.
void expect_printed(const Row& row, const Row& published) {
  EXPECT_NEAR(row.welfare, published.welfare, 0.00502);
  EXPECT_NEAR(row.terms_of_trade, published.terms_of_trade, 0.005);
  EXPECT_NEAR(row.volume_of_trade, published.volume_of_trade, 0.005);
  EXPECT_NEAR(row.real_wage, published.real_wage, 0.005);
}

TEST(Nafta, WithoutDeficitsIsTableTwoOfCaliendoAndParro) {
  if (!std::filesystem::exists(nafta_folder()))
    GTEST_SKIP() << "the shared data is not here: " << nafta_folder();
  const Economy economy = read_1993();
  const Change before{.closure = DeficitClosure::kZero};
  const Change nafta{.duty = nafta_duties(economy), .closure = DeficitClosure::kZero};
  const Equilibrium base = solve(economy, before);
  const Equilibrium now = solve(economy, nafta, {.start = &base});
  ASSERT_TRUE(base.is_converged && now.is_converged);
  const Row mexico = row_of(economy, {before, base}, {nafta, now}, kMexico);
  const Row canada = row_of(economy, {before, base}, {nafta, now}, kCanada);
  const Row usa = row_of(economy, {before, base}, {nafta, now}, kUsa);
  expect_printed(mexico,
                 {.welfare = 1.31, .terms_of_trade = -0.41, .volume_of_trade = 1.72, .real_wage = 1.72});
  expect_printed(canada,
                 {.welfare = -0.06, .terms_of_trade = -0.11, .volume_of_trade = 0.04, .real_wage = 0.32});
  expect_printed(usa, {.welfare = 0.08, .terms_of_trade = 0.04, .volume_of_trade = 0.04, .real_wage = 0.11});
  EXPECT_NEAR(mexico.bloc_imports, 118.28, 0.005);
  EXPECT_NEAR(canada.bloc_imports, 11.11, 0.005);
  EXPECT_NEAR(usa.bloc_imports, 40.52, 0.005);
  // Their welfare is a first-order decomposition at large changes; the exact change is another figure.
  EXPECT_NEAR(mexico.exact, 0.007, 0.0005);
}

TEST(Nafta, WithDeficitsIsTableTwoOfCaliendoAndParro) {
  if (!std::filesystem::exists(nafta_folder()))
    GTEST_SKIP() << "the shared data is not here: " << nafta_folder();
  const Economy economy = read_1993();
  const Change before{};
  const Change nafta{.duty = nafta_duties(economy)};
  const Equilibrium base = solve(economy, before);
  const Equilibrium now = solve(economy, nafta, {.start = &base});
  ASSERT_TRUE(base.is_converged && now.is_converged);
  expect_printed(row_of(economy, {before, base}, {nafta, now}, kMexico),
                 {.welfare = 1.17, .terms_of_trade = -0.41, .volume_of_trade = 1.59, .real_wage = 1.64});
  expect_printed(row_of(economy, {before, base}, {nafta, now}, kCanada),
                 {.welfare = -0.04, .terms_of_trade = -0.08, .volume_of_trade = 0.04, .real_wage = 0.33});
  expect_printed(row_of(economy, {before, base}, {nafta, now}, kUsa),
                 {.welfare = 0.08, .terms_of_trade = 0.05, .volume_of_trade = 0.04, .real_wage = 0.12});
}

}  // namespace
}  // namespace gerbang::trade
