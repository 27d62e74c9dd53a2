// How deficits answer to a change: the four closures.
#include <algorithm>

#include "gerbang/trade/market.h"

namespace gerbang::trade {
namespace {

// Surplus regions hand over the base year's share of their income; deficit regions share the pool, with what
// the nation borrows abroad (fixed), in base proportions. The foreign region keeps its own.
void settle_by_national_budget(const Economy& economy, const std::vector<double>& fixed, Accounts& accounts) {
  const std::vector<double>& base = economy.deficit;
  double pool = 0.0;
  double receivers = 0.0;
  double incomes = 0.0;
  for (std::size_t n = 0; n < economy.regions; ++n) {
    if (n == economy.foreign) continue;
    pool += fixed[n];
    receivers += std::max(0.0, base[n]);
    incomes += accounts.value_added[n];
  }
  for (std::size_t n = 0; n < economy.regions; ++n) {
    accounts.deficit[n] = fixed[n];
    if (n == economy.foreign) continue;
    accounts.deficit[n] = 0.0;
    if (economy.value_added[n] > 0.0)
      accounts.deficit[n] = std::min(0.0, base[n]) * accounts.value_added[n] / economy.value_added[n];
    pool -= accounts.deficit[n];
  }
  for (std::size_t n = 0; n < economy.regions; ++n) {
    if (n == economy.foreign) continue;
    accounts.deficit[n] +=
        pool * (receivers > 0.0 ? std::max(0.0, base[n]) / receivers : accounts.value_added[n] / incomes);
  }
}

// Each region's deficit keeps its share of the region's income; the foreign region takes the difference, or,
// without one, everyone by income.
void settle_by_income(const Economy& economy, Accounts& accounts) {
  double difference = 0.0;
  double incomes = 0.0;
  for (std::size_t n = 0; n < economy.regions; ++n) {
    if (economy.value_added[n] > 0.0)
      accounts.deficit[n] = economy.deficit[n] * accounts.value_added[n] / economy.value_added[n];
    difference -= accounts.deficit[n];
    incomes += accounts.value_added[n];
  }
  if (economy.foreign) {
    accounts.deficit[*economy.foreign] += difference;
  } else {
    for (std::size_t n = 0; n < economy.regions; ++n)
      accounts.deficit[n] += difference * accounts.value_added[n] / incomes;
  }
}

}  // namespace

void Market::settle_deficits(Accounts& accounts) const {
  const std::vector<double>& fixed = change_.deficit.empty() ? economy_.deficit : change_.deficit;
  switch (change_.closure) {
    case DeficitClosure::kFixed:
      accounts.deficit = fixed;
      break;
    case DeficitClosure::kNationalBudget:
      settle_by_national_budget(economy_, fixed, accounts);
      break;
    case DeficitClosure::kIncomeShare:
      settle_by_income(economy_, accounts);
      break;
    case DeficitClosure::kZero:
      std::fill(accounts.deficit.begin(), accounts.deficit.end(), 0.0);
      break;
  }
}

}  // namespace gerbang::trade
