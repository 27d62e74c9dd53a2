#include "gerbang/trade/local_newton.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gerbang/base/parallel.h"
#include "gerbang/trade/kernel.h"
#include "gerbang/trade/lanes.h"

namespace gerbang::trade {
namespace {

// Added to the answer of a region's labour market to its wage, which vanishes where a region trades with
// nobody.
constexpr double kWageDamping = 0.1;

// Of any logarithm of a region in one step: beyond it the linearisation says nothing.
constexpr double kLongestStep = 0.5;
// Rows of the local rounds add to at most this, so that the sum of all rounds exists. They exceed it only
// where data are at odds with themselves: inputs worth more than all that is bought, or no value added.
constexpr double kLargestRow = 0.95;

// I less the rounds, each row capped.
void subtract_from_identity(LaneMatrix& rounds) {
  for (std::size_t row = 0; row < rounds.size(); ++row) {
    Lanes total = 0.0;
    for (std::size_t k = 0; k < rounds.size(); ++k) total += rounds(row, k);
    const Lanes factor = -kLargestRow / max(total, Lanes(kLargestRow));
    for (std::size_t k = 0; k < rounds.size(); ++k) rounds(row, k) *= factor;
    rounds(row, row) += 1.0;
  }
}

// Gauss–Jordan in place, without pivoting: the matrices are M-matrices, their inverses the sums of their
// local rounds.
void invert(LaneMatrix& matrix) {
  const std::size_t size = matrix.size();
  for (std::size_t k = 0; k < size; ++k) {
    const Lanes pivot = 1.0 / matrix(k, k);
    matrix(k, k) = 1.0;
    for (std::size_t column = 0; column < size; ++column) matrix(k, column) *= pivot;
    for (std::size_t row = 0; row < size; ++row) {
      if (row == k) continue;
      const Lanes factor = matrix(row, k);
      matrix(row, k) = 0.0;
      for (std::size_t column = 0; column < size; ++column) matrix(row, column) -= factor * matrix(k, column);
    }
  }
}

// What a region spends on a sector, or would by the uses of its base year where that is more.
double spent_or_used(const Economy& economy, std::size_t n, std::size_t k) {
  const double used =
      economy.household_share(n, k) * economy.income[n] + economy.public_demand(n, k) +
      dot(economy.input_share[n].row(k).data(), economy.output.row(n).data(), economy.sectors);
  return std::max(economy.expenditure(n, k), used);
}

// What the regions' own markets look like in the base year, by sector.
struct OwnMarkets {
  LaneVector own;              // o, share that a region buys of itself
  LaneVector home;             // q, part of its output that is sold at home
  LaneVector elasticity;       // σ = θ (1 − q o), of sales to cost
  LaneVector output;           // Y
  LaneVector per_spending;     // 1/X; 0 where nothing is spent
  LaneVector labour;           // b, value added as a share of output
  LaneVector from_wages;       // α V/X
  LaneVector price_by_wage;    // o b
  LaneVector demand_by_cost;   // −ω σ, of labour
  LaneVector demand_by_sales;  // ω q
};

OwnMarkets own_markets(const Economy& economy, std::size_t first) {
  const LaneVector none(economy.sectors);
  OwnMarkets markets{none, none, none, none, none, none, none, none, none, none};
  for (std::size_t lane = 0; lane < std::min(kLanes, economy.regions - first); ++lane) {
    const std::size_t n = first + lane;
    const double value_added = economy.value_added[n];
    for (std::size_t s = 0; s < economy.sectors; ++s) {
      const double own = economy.share[s](n, n);
      const double output = economy.output(n, s);
      const double spent = spent_or_used(economy, n, s);
      const double home = output > 0.0 ? std::min(1.0, own * spent / output) : 0.0;
      const double elasticity = economy.trade_elasticity[s] * (1.0 - home * own);
      const double labour = economy.value_added_share(n, s);
      const double employed = value_added > 0.0 ? labour * output / value_added : 0.0;
      markets.own[s][lane] = own;
      markets.home[s][lane] = home;
      markets.elasticity[s][lane] = elasticity;
      markets.output[s][lane] = output;
      markets.per_spending[s][lane] = spent > 0.0 ? 1.0 / spent : 0.0;
      markets.labour[s][lane] = labour;
      markets.from_wages[s][lane] =
          economy.household_share(n, s) * value_added * markets.per_spending[s][lane];
      markets.price_by_wage[s][lane] = own * labour;
      markets.demand_by_cost[s][lane] = -employed * elasticity;
      markets.demand_by_sales[s][lane] = employed * home;
    }
  }
  return markets;
}

// How what is bought at home passes from sector to sector, once.
struct Rounds {
  LaneMatrix price;     // o Γ'
  LaneMatrix spending;  // X⁻¹ Γ Y q
  LaneMatrix by_cost;   // −X⁻¹ Γ Y σ: of spending, by costs
};

Rounds rounds_of(const LaneMatrix& inputs, const OwnMarkets& own) {
  const std::size_t sectors = inputs.size();
  Rounds rounds{LaneMatrix(sectors), LaneMatrix(sectors), LaneMatrix(sectors)};
  for (std::size_t s = 0; s < sectors; ++s)
    for (std::size_t k = 0; k < sectors; ++k) {
      const Lanes input = inputs(k, s);
      const Lanes used = input * own.output[s] * own.per_spending[k];
      rounds.price(s, k) = own.own[s] * input;
      rounds.spending(k, s) = used * own.home[s];
      rounds.by_cost(k, s) = -used * own.elasticity[s];
    }
  return rounds;
}

// The sum of all rounds.
LaneMatrix settled(LaneMatrix rounds) {
  subtract_from_identity(rounds);
  invert(rounds);
  return rounds;
}

}  // namespace

struct LocalNewton::Batch {
  [[nodiscard]] static Batch eliminated(const Economy& economy, std::size_t first);  // of its regions

  LaneMatrix price;              // P = (I − o Γ')⁻¹: prices by residuals of prices
  LaneMatrix spending;           // S = (I − X⁻¹ Γ Y q)⁻¹: spending by residuals of spending
  LaneMatrix spending_by_price;  // spending by residuals of prices
  // By sector.
  LaneVector demand_by_price;     // of labour, relative, by residuals of prices
  LaneVector demand_by_spending;  // and of spending
  LaneVector price_by_wage;       // δP per δw
  LaneVector spending_by_wage;    // δX per δw
  Lanes wage_response;            // δw per residual left when prices and spending have answered
};

struct LocalNewton::Step {
  Lanes wage;
  LaneVector price, spending;

  void shorten();  // where it would change a logarithm by more than kLongestStep
};

LocalNewton::LocalNewton(const Economy& economy)
    : regions_(economy.regions),
      sectors_(economy.sectors),
      batches_((economy.regions + kLanes - 1) / kLanes) {
  for_batches(
      batches_.size(), [] { return 0; },
      [&](std::size_t b, int) { batches_[b] = Batch::eliminated(economy, b * kLanes); });
}

LocalNewton::~LocalNewton() = default;

// δP = P r_P and δX = S r_X + B r_P with B = −S X⁻¹ Γ Y σ Γ' P; the demand for labour is ω' (q δX − σ Γ'δP).
LocalNewton::Batch LocalNewton::Batch::eliminated(const Economy& economy, std::size_t first) {
  const LaneVector none(economy.sectors);
  const OwnMarkets own = own_markets(economy, first);
  const std::span<const Matrix> regions(economy.input_share);
  const LaneMatrix inputs =
      side_by_side(regions.subspan(first, std::min(kLanes, regions.size() - first)), economy.sectors);
  Rounds rounds = rounds_of(inputs, own);
  const LaneMatrix by_price = product(rounds.by_cost, transposed(inputs));
  Batch batch{.price = settled(std::move(rounds.price)),
              .spending = settled(std::move(rounds.spending)),
              .spending_by_price = {},
              .demand_by_price = none,
              .demand_by_spending = none,
              .price_by_wage = none,
              .spending_by_wage = none,
              .wage_response = 0.0};
  batch.spending_by_price = product(batch.spending, product(by_price, batch.price));

  LaneVector through_inputs = none;  // −Γ σ ω
  add_product(inputs, own.demand_by_cost, through_inputs);
  add_transposed_product(batch.price, through_inputs, batch.demand_by_price);
  add_transposed_product(batch.spending_by_price, own.demand_by_sales, batch.demand_by_price);
  add_transposed_product(batch.spending, own.demand_by_sales, batch.demand_by_spending);

  LaneVector spending_by_wage = own.from_wages;  // residuals that a unit of the wage makes
  add_product(rounds.by_cost, own.labour, spending_by_wage);
  add_product(batch.price, own.price_by_wage, batch.price_by_wage);
  add_product(batch.spending_by_price, own.price_by_wage, batch.spending_by_wage);
  add_product(batch.spending, spending_by_wage, batch.spending_by_wage);

  const Lanes by_wage = dot(own.demand_by_cost, own.labour);
  const Lanes by_prices = dot(batch.demand_by_price, own.price_by_wage);
  const Lanes by_spending = dot(batch.demand_by_spending, spending_by_wage);
  batch.wage_response =
      1.0 / max(Lanes(kWageDamping), 1.0 + kWageDamping - by_wage - by_prices - by_spending);
  return batch;
}

template <class Answer>
void LocalNewton::for_every_batch(std::span<double> residual, const Answer& answer) const {
  const std::span<double> wage = residual.first(regions_);
  const auto price = [&](std::size_t s) { return residual.subspan((1 + s) * regions_, regions_); };
  const auto spending = [&](std::size_t s) { return price(sectors_ + s); };
  const Step none{.wage = 0.0, .price = LaneVector(sectors_), .spending = LaneVector(sectors_)};
  for_batches(
      batches_.size(),
      [&] {
        return std::array{none, none};
      },
      [&](std::size_t b, auto& room) {
        auto& [given, step] = room;
        step = none;
        const std::size_t first = b * kLanes;
        given.wage = load(wage, first);
        for (std::size_t s = 0; s < sectors_; ++s) {
          given.price[s] = load(price(s), first);
          given.spending[s] = load(spending(s), first);
        }
        answer(batches_[b], given, step);
        store(step.wage, wage.data(), first, regions_);
        for (std::size_t s = 0; s < sectors_; ++s) {
          store(step.price[s], price(s).data(), first, regions_);
          store(step.spending[s], spending(s).data(), first, regions_);
        }
      });
}

void LocalNewton::Step::shorten() {
  Lanes longest = abs(wage);
  for (std::size_t s = 0; s < price.size(); ++s) longest = max(longest, max(abs(price[s]), abs(spending[s])));
  const Lanes kept = kLongestStep / max(longest, Lanes(kLongestStep));
  wage *= kept;
  for (Lanes& lanes : price) lanes *= kept;
  for (Lanes& lanes : spending) lanes *= kept;
}

void LocalNewton::apply(std::span<double> residual) const {
  for_every_batch(residual, [](const Batch& batch, const Step& given, Step& step) {
    step.wage = given.wage;
    for (std::size_t s = 0; s < given.price.size(); ++s) {
      step.wage += batch.demand_by_price[s] * given.price[s];
      step.wage += batch.demand_by_spending[s] * given.spending[s];
    }
    step.wage *= batch.wage_response;
    for (std::size_t s = 0; s < given.price.size(); ++s) {
      step.price[s] += batch.price_by_wage[s] * step.wage;
      step.spending[s] += batch.spending_by_wage[s] * step.wage;
    }
    add_product(batch.price, given.price, step.price);
    add_product(batch.spending, given.spending, step.spending);
    add_product(batch.spending_by_price, given.price, step.spending);
    step.shorten();
  });
}

void LocalNewton::apply_transposed(std::span<double> residual) const {
  for_every_batch(residual, [](const Batch& batch, const Step& given, Step& step) {
    step.wage = given.wage;
    for (std::size_t s = 0; s < given.price.size(); ++s) {
      step.wage += batch.price_by_wage[s] * given.price[s];
      step.wage += batch.spending_by_wage[s] * given.spending[s];
    }
    step.wage *= batch.wage_response;
    for (std::size_t s = 0; s < given.price.size(); ++s) {
      step.price[s] += batch.demand_by_price[s] * step.wage;
      step.spending[s] += batch.demand_by_spending[s] * step.wage;
    }
    add_transposed_product(batch.price, given.price, step.price);
    add_transposed_product(batch.spending_by_price, given.spending, step.price);
    add_transposed_product(batch.spending, given.spending, step.spending);
  });
}

}  // namespace gerbang::trade
