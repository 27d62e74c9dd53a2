#include "gerbang/trade/gradient.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "gerbang/base/anderson.h"
#include "gerbang/base/parallel.h"
#include "gerbang/trade/adjoint_system.h"
#include "gerbang/trade/fixed_point.h"
#include "gerbang/trade/start.h"

namespace gerbang::trade {

Adjoint::System::System(const Economy& economy, const Change& change, const Equilibrium& equilibrium)
    : economy_(economy),
      change_(change),
      market_(economy, change),
      newton_(economy),
      n_(economy.regions),
      s_(economy.sectors),
      x_(start_from(market_, equilibrium)) {
  std::vector<double> image(x_.size());
  market_.sweep(x_, image, accounts_);
  for (const double log_cost : accounts_.log_cost) per_cost_.push_back(std::exp(-log_cost));
}

// image = (∂F/∂x)' λ + ∂W/∂x; returns how far it is from λ.
double Adjoint::System::reverse(std::span<const double> lambda, const Objective& objective,
                                std::span<double> image, Adjoints& adjoint) const {
  const std::size_t block = n_ * s_;
  adjoint.log_price.assign(lambda.begin() + static_cast<std::ptrdiff_t>(n_),
                           lambda.begin() + static_cast<std::ptrdiff_t>(n_ + block));
  adjoint.output.assign(block, 0.0);
  adjoint.sales.assign(block, 0.0);
  adjoint.weight.assign(block, 0.0);
  adjoint.log_cost.assign(block, 0.0);
  for (auto* values : {&adjoint.income, &adjoint.value_added, &adjoint.freight, &adjoint.log_people})
    values->assign(n_, 0.0);
  std::fill(image.begin(), image.end(), 0.0);

  seed_welfare(objective, adjoint);
  if (change_.mobility) reverse_people(lambda, image, adjoint);
  reverse_spending(lambda, adjoint);
  reverse_wages(lambda, image, adjoint);
  reverse_incomes(adjoint);
  if (economy_.transport_sector)
    for (std::size_t n = 0; n < n_; ++n)
      adjoint.freight[n] = adjoint.output[*economy_.transport_sector * n_ + n];
  value_freight_money(adjoint);
  for (std::size_t j = 0; j < block; ++j) adjoint.sales[j] = adjoint.output[j] * accounts_.supply[j];

  const std::size_t rows = market_.rows_per_task();
  std::vector<Sums> sums((n_ + rows - 1) / rows);
  parallel_for(sums.size(), [&](std::size_t task) {
    reverse_rows(objective, task * rows, std::min(n_, (task + 1) * rows), image, adjoint, sums[task]);
  });
  collect(sums, adjoint);
  for (std::size_t n = 0; n < n_; ++n) {
    image[n] += adjoint.value_added[n] * accounts_.value_added[n];
    if (change_.mobility)
      image[n_ + 2 * block + n] += adjoint.log_people[n] + economy_.labour_share[n] * adjoint.value_added[n] *
                                                               accounts_.value_added[n];
  }
  reverse_costs(image, adjoint);
  return largest_change(lambda, image);
}

Gradient Adjoint::System::gradient(const Objective& objective, const Options& options) const {
  Adjoints adjoint;
  std::vector<double> start(x_.size(), 0.0);
  std::vector<double> right_hand_side(x_.size());
  const double scale = reverse(start, objective, right_hand_side, adjoint);
  Gradient gradient;
  if (scale == 0.0) {
    gradient.is_converged = true;
  } else {
    std::size_t sweeps = 0;
    const FixedPointMap map = [&](std::span<const double> lambda, std::span<double> image) {
      const double residual = reverse(lambda, objective, image, adjoint) / scale;
      for (std::size_t j = 0; j < image.size(); ++j) image[j] -= lambda[j];
      newton_.apply_transposed(image);
      for (std::size_t j = 0; j < image.size(); ++j) image[j] += lambda[j];
      if (options.observer) options.observer({"adjoint", ++sweeps, 0, residual});
      return residual;
    };
    const FixedPoint point = find_fixed_point(map, std::move(right_hand_side),
                                              {.tolerance = options.tolerance,
                                               .max_rounds = options.max_sweeps,
                                               .max_step = std::numeric_limits<double>::infinity()});
    gradient.residual = point.residual;
    gradient.sweeps = point.rounds;
    gradient.is_converged = point.is_converged;
  }
  differentiate_pairs(objective, adjoint, gradient);
  gradient.earner_value = adjoint.freight;
  gradient.productivity = Matrix(n_, s_);
  for (std::size_t s = 0; s < s_; ++s)
    for (std::size_t n = 0; n < n_; ++n) gradient.productivity(n, s) = -adjoint.log_cost[s * n_ + n];
  return gradient;
}

Adjoint::Adjoint(const Economy& economy, const Change& change, const Equilibrium& equilibrium)
    : system_(std::make_unique<System>(economy, change, equilibrium)) {}
Adjoint::~Adjoint() = default;
Adjoint::Adjoint(Adjoint&&) noexcept = default;
Adjoint& Adjoint::operator=(Adjoint&&) noexcept = default;

Gradient Adjoint::gradient(const Objective& objective, const Options& options) const {
  return system_->gradient(objective, options);
}

}  // namespace gerbang::trade
