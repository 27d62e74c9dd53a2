// Reverse mode of the regions' side of a sweep: spending, wages, people, incomes and closures.
#include <algorithm>
#include <cmath>

#include "gerbang/trade/adjoint_system.h"

namespace gerbang::trade {

// ln Ŵ = ln I − ln L − Σ α ln P, up to the reference.
void Adjoint::System::seed_welfare(const Objective& objective, Adjoints& adjoint) const {
  if (objective.welfare.empty()) return;
  for (std::size_t n = 0; n < n_; ++n) {
    const double weight = objective.welfare[n];
    adjoint.income[n] += weight / accounts_.income[n];
    adjoint.log_people[n] -= weight;
    for (std::size_t k = 0; k < s_; ++k)
      adjoint.log_price[k * n_ + n] -= weight * market_.tables().household_share[k * n_ + n];
  }
}

// X = γ Y + α I + P̂ G.
void Adjoint::System::reverse_spending(std::span<const double> lambda, Adjoints& adjoint) const {
  const MarketTables& tables = market_.tables();
  for_batches(tables.input_share.batches(), two_lane_vectors(s_), [&](std::size_t batch, auto& room) {
    const std::size_t first = batch * kLanes;
    const std::size_t last = std::min(n_, first + kLanes);
    auto& [spent, output] = room;
    std::fill(spent.begin(), spent.end(), Lanes(0.0));
    std::fill(output.begin(), output.end(), Lanes(0.0));
    for (std::size_t k = 0; k < s_; ++k) {
      for (std::size_t n = first; n < last; ++n) {
        const std::size_t j = k * n_ + n;
        if (!(accounts_.spending[j] > 0.0)) continue;
        const double unit = lambda[n_ * (1 + s_) + j] / accounts_.spending[j];
        spent[k][n - first] = unit;
        adjoint.income[n] += tables.household_share[j] * unit;
        if (tables.public_demand[j] > 0.0)
          adjoint.log_price[j] += unit * std::exp(accounts_.log_price[j]) * tables.public_demand[j];
      }
    }
    tables.input_share.add_transposed_product(batch, spent, output);
    for (std::size_t s = 0; s < s_; ++s)
      for (std::size_t n = first; n < last; ++n) adjoint.output[s * n_ + n] += output[s][n - first];
  });
}

// ln ŵ ← ln ŵ + ln Σ b Y − ln V' − level.
void Adjoint::System::reverse_wages(std::span<const double> lambda, std::span<double> image,
                                    Adjoints& adjoint) const {
  const MarketTables& tables = market_.tables();
  double level = 0.0;
  double total = 0.0;
  for (std::size_t n = 0; n < n_; ++n) {
    level += lambda[n];
    total += accounts_.value_added[n];
  }
  for (std::size_t n = 0; n < n_; ++n) {
    double step = lambda[n];
    image[n] += lambda[n];
    if (economy_.foreign) {
      if (n == economy_.foreign) {
        image[n] -= level;
        step -= level;
      }
    } else {
      const double part = accounts_.value_added[n] / total * level;
      if (accounts_.value_added[n] > 0.0) adjoint.value_added[n] -= part / accounts_.value_added[n];
      step -= part;
    }
    if (!(accounts_.value_added[n] > 0.0)) continue;
    adjoint.value_added[n] -= step / accounts_.value_added[n];
    for (std::size_t s = 0; s < s_; ++s)
      adjoint.output[s * n_ + n] += step / accounts_.labour_demand[n] * tables.value_added_share[s * n_ + n];
  }
}

// L̂ ∝ L̂⁰ (Ŵ L̂^{−δ})^ε.
void Adjoint::System::reverse_people(std::span<const double> lambda, std::span<double> image,
                                     Adjoints& adjoint) const {
  const Mobility& mobility = *change_.mobility;
  const std::size_t first = n_ * (1 + 2 * s_);
  const double epsilon = mobility.taste_dispersion;
  const double step = 1.0 / (1.0 + epsilon * (1.0 + mobility.congestion));
  double all_people = 0.0;
  double all_lambda = 0.0;
  const auto moves = [&](std::size_t n) { return n != economy_.foreign && mobility.population[n] > 0.0; };
  for (std::size_t n = 0; n < n_; ++n) {
    if (!moves(n)) continue;
    all_people += mobility.population[n] * std::exp(people_of(n));
    all_lambda += step * lambda[first + n];
  }
  for (std::size_t n = 0; n < n_; ++n) {
    if (!moves(n)) continue;
    const double target =
        step * lambda[first + n] - mobility.population[n] * std::exp(people_of(n)) / all_people * all_lambda;
    image[first + n] += (1.0 - step) * lambda[first + n] - target * epsilon * (1.0 + mobility.congestion);
    adjoint.income[n] += target * epsilon / accounts_.income[n];
    for (std::size_t k = 0; k < s_; ++k)
      adjoint.log_price[k * n_ + n] -= target * epsilon * market_.tables().household_share[k * n_ + n];
  }
}

// I = V' − T + D + duties.
void Adjoint::System::reverse_incomes(Adjoints& adjoint) const {
  for (std::size_t n = 0; n < n_; ++n) adjoint.value_added[n] += adjoint.income[n];
  reverse_deficits(adjoint);
  reverse_public_demand(adjoint);
}

void Adjoint::System::reverse_public_demand(Adjoints& adjoint) const {
  const MarketTables& tables = market_.tables();
  double added = 0.0;         // Σ P̂ (G − local)
  double payers = 0.0;        // their value added
  double worth_shares = 0.0;  // of one unit more, by the payers' shares
  for (std::size_t j = 0; j < n_ * s_; ++j)
    added += std::exp(accounts_.log_price[j]) * (tables.public_demand[j] - tables.local_demand[j]);
  for (std::size_t n = 0; n < n_; ++n) {
    if (!change_.payer_share.empty()) {
      worth_shares += change_.payer_share[n] * adjoint.income[n];
    } else if (n != economy_.foreign) {
      payers += accounts_.value_added[n];
      worth_shares += accounts_.value_added[n] * adjoint.income[n];
    }
  }
  if (change_.payer_share.empty()) {
    worth_shares /= payers;
    for (std::size_t n = 0; n < n_; ++n)
      if (n != economy_.foreign)
        adjoint.value_added[n] -= added * (adjoint.income[n] - worth_shares) / payers;
  }
  for (std::size_t s = 0; s < s_; ++s) {
    for (std::size_t n = 0; n < n_; ++n) {
      const std::size_t j = s * n_ + n;
      const double local = tables.local_demand[j];
      const double elsewhere = tables.public_demand[j] - local;
      if (local != 0.0 || elsewhere != 0.0)
        adjoint.log_price[j] -=
            std::exp(accounts_.log_price[j]) * (local * adjoint.income[n] + elsewhere * worth_shares);
    }
  }
}

// The closures of closure.cpp: D is linear in value added, apart from shares by income.
void Adjoint::System::reverse_deficits(Adjoints& adjoint) const {
  const std::vector<double>& base = economy_.deficit;
  const std::vector<double>& deficit = adjoint.income;  // a unit of D is a unit of income
  const auto by_base = [&](std::size_t n) { return base[n] / economy_.value_added[n]; };
  if (change_.closure == DeficitClosure::kNationalBudget) {
    double receivers = 0.0;
    double worth = 0.0;
    for (std::size_t n = 0; n < n_; ++n) {
      if (n == economy_.foreign) continue;
      receivers += std::max(0.0, base[n]);
      worth += std::max(0.0, base[n]) * deficit[n];
    }
    if (receivers <= 0.0) return;  // then nobody hands over: deficits that add to zero are all zero
    worth /= receivers;
    for (std::size_t n = 0; n < n_; ++n)
      if (n != economy_.foreign && base[n] < 0.0) adjoint.value_added[n] += by_base(n) * (deficit[n] - worth);
  }
  if (change_.closure == DeficitClosure::kIncomeShare) {
    double incomes = 0.0;
    double worth = 0.0;
    double difference = 0.0;
    for (std::size_t n = 0; n < n_; ++n) {
      incomes += accounts_.value_added[n];
      worth += accounts_.value_added[n] * deficit[n];
      if (economy_.value_added[n] > 0.0) difference -= by_base(n) * accounts_.value_added[n];
    }
    worth = economy_.foreign ? deficit[*economy_.foreign] : worth / incomes;
    for (std::size_t n = 0; n < n_; ++n) {
      if (economy_.value_added[n] > 0.0) adjoint.value_added[n] += by_base(n) * (deficit[n] - worth);
      if (!economy_.foreign) adjoint.value_added[n] += difference * (deficit[n] - worth) / incomes;
    }
  }
}

}  // namespace gerbang::trade
