// The regions' side of a sweep: incomes and taxes, spending, wages and where people live.
#include <algorithm>
#include <cmath>
#include <limits>

#include "gerbang/base/line_math.h"
#include "gerbang/trade/market.h"

namespace gerbang::trade {

void Market::update_incomes(std::span<const double> x, Accounts& accounts) const {
  const std::span<const double> moved = people(x);
  for (std::size_t n = 0; n < n_; ++n) {
    double log_people = 0.0;
    if (!moved.empty()) {
      log_people = moved[n];
    } else if (!change_.population.empty()) {
      log_people = std::log(change_.population[n]);
    }
    accounts.value_added[n] = x[n] + economy_.labour_share[n] * log_people;
  }
  apply_to_lines<exp_line>(accounts.value_added.data(), accounts.value_added.data(), n_);
  accounts.excess = 0.0;
  for (std::size_t n = 0; n < n_; ++n) {
    accounts.value_added[n] *= economy_.value_added[n];
    if (accounts.value_added[n] > 0.0)
      accounts.excess =
          std::max(accounts.excess, std::abs(accounts.labour_demand[n] / accounts.value_added[n] - 1.0));
  }
  pay_public_demand(accounts);
  settle_deficits(accounts);
  for (std::size_t n = 0; n < n_; ++n)
    accounts.income[n] = accounts.value_added[n] - accounts.tax[n] + accounts.deficit[n] + accounts.duty[n];
}

// T: the local part where it is spent, the rest by the payers' shares.
void Market::pay_public_demand(Accounts& accounts) const {
  double added = 0.0;
  for (std::size_t s = 0; s < s_; ++s) {
    if (!tables_.has_public_demand[s]) continue;
    for (std::size_t n = 0; n < n_; ++n) {
      const std::size_t j = s * n_ + n;
      if (tables_.public_demand[j] == 0.0 && tables_.local_demand[j] == 0.0) continue;
      const double price = std::exp(accounts.log_price[j]);
      accounts.tax[n] += price * tables_.local_demand[j];
      added += price * (tables_.public_demand[j] - tables_.local_demand[j]);
    }
  }
  if (added == 0.0) return;
  double payers = 0.0;
  for (std::size_t n = 0; n < n_; ++n)
    if (n != economy_.foreign) payers += accounts.value_added[n];
  for (std::size_t n = 0; n < n_; ++n) {
    if (!change_.payer_share.empty()) {
      accounts.tax[n] += change_.payer_share[n] * added;
    } else if (n != economy_.foreign) {
      accounts.tax[n] += accounts.value_added[n] / payers * added;
    }
  }
}

// And spending as an unknown.
void Market::update_spending(std::span<double> image, Accounts& accounts) const {
  for_batches(tables_.input_share.batches(), two_lane_vectors(s_), [&](std::size_t batch, auto& room) {
    const std::size_t first = batch * kLanes;
    auto& [output, inputs] = room;  // Σ_s γ^{ks} Y_s
    std::fill(inputs.begin(), inputs.end(), Lanes(0.0));
    for (std::size_t s = 0; s < s_; ++s) output[s] = load(accounts.output, s * n_ + first);
    tables_.input_share.add_product(batch, output, inputs);
    const Lanes income = load(accounts.income, first);
    for (std::size_t k = 0; k < s_; ++k) {
      const Lanes share = load(tables_.household_share, k * n_ + first);
      Lanes spending = inputs[k] + share * income;
      if (tables_.has_public_demand[k])
        spending +=
            load(tables_.public_demand, k * n_ + first) * exp(load(accounts.log_price, k * n_ + first));
      store(spending, accounts.spending.data(), k * n_ + first, (k + 1) * n_);
    }
  });
  apply_to_lines<log_or_nothing_line>(accounts.spending.data(), image.data() + n_ * (1 + s_), n_ * s_);
}

// Wages rise where labour is short.
void Market::update_wages(std::span<const double> x, std::span<double> image, Accounts& accounts) const {
  for (std::size_t n = 0; n < n_; ++n)
    image[n] = accounts.value_added[n] > 0.0 ? std::max(accounts.labour_demand[n] / accounts.value_added[n],
                                                        std::numeric_limits<double>::min())
                                             : 1.0;
  apply_to_lines<log_line>(image.data(), image.data(), n_);
  for (std::size_t n = 0; n < n_; ++n) image[n] += x[n];
  restore_numeraire(image.first(n_), x.first(n_), accounts);
}

void Market::restore_numeraire(std::span<double> log_wage, std::span<const double> log_wage_before,
                               const Accounts& accounts) const {
  double total = 0.0;
  for (std::size_t n = 0; n < n_; ++n)
    total += accounts.value_added[n] * std::exp(log_wage[n] - log_wage_before[n]);
  const double level =
      economy_.foreign ? log_wage[*economy_.foreign] : std::log(total / tables_.base_value_added);
  for (double& value : log_wage) value -= level;
}

// L̂ ∝ L̂⁰ (Ŵ L̂^{−δ})^ε among domestic regions, with their total given.
void Market::update_people(std::span<const double> x, std::span<double> image,
                           const Accounts& accounts) const {
  const Mobility& mobility = *change_.mobility;
  const std::span<const double> now = people(x);
  const std::span<double> next = image.subspan(n_ * (1 + 2 * s_), n_);
  double before = 0.0;
  double after = 0.0;
  for (std::size_t n = 0; n < n_; ++n) {
    const double given = change_.population.empty() ? 0.0 : std::log(change_.population[n]);
    next[n] = given;
    if (n == economy_.foreign || mobility.population[n] == 0.0) continue;
    double log_real = log_or_nothing(accounts.income[n] / economy_.income[n]) - now[n];
    for (std::size_t k = 0; k < s_; ++k)
      log_real -= tables_.household_share[k * n_ + n] * accounts.log_price[k * n_ + n];
    next[n] = given + mobility.taste_dispersion * (log_real - mobility.congestion * now[n]);
    before += mobility.population[n] * std::exp(given);
    after += mobility.population[n] * std::exp(next[n]);
  }
  const double level = std::log(after / before);
  const double step = 1.0 / (1.0 + mobility.taste_dispersion * (1.0 + mobility.congestion));
  for (std::size_t n = 0; n < n_; ++n) {
    if (n == economy_.foreign || mobility.population[n] == 0.0) continue;
    next[n] = now[n] + step * (next[n] - level - now[n]);
  }
}

}  // namespace gerbang::trade
