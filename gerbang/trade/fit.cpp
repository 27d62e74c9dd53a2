#include "gerbang/trade/fit.h"

#include <algorithm>
#include <cmath>

#include "gerbang/trade/fixed_point.h"
#include "gerbang/trade/kernel.h"

namespace gerbang::trade {
namespace {

constexpr double kTolerance = 2e-14;
constexpr double kGoodEnough = 1e-11;  // where rounding ends the search earlier

class Balancer {
 public:
  explicit Balancer(const FitProblem& problem)
      : problem_(problem),
        net_(problem.kernel),
        scale_(problem.sales.size()),
        row_(problem.sales.size()),
        sold_(problem.sales.size()) {
    for (std::size_t k = 0; k < net_.values().size(); ++k) net_.values()[k] *= problem.received.values()[k];
  }

  // One round: rows are scaled to spending, columns to sales. Image is the new ln c less its common drift.
  double round(std::span<const double> log_scale, std::span<double> image) {
    const std::size_t n = scale_.size();
    for (std::size_t i = 0; i < n; ++i) scale_[i] = problem_.sales[i] > 0.0 ? std::exp(log_scale[i]) : 0.0;
    std::fill(sold_.begin(), sold_.end(), 0.0);
    for (std::size_t d = 0; d < n; ++d) {
      const Matrix& measured = problem_.is_factory_row[d] ? net_ : problem_.kernel;
      const double weight = dot(measured.row(d).data(), scale_.data(), n);
      row_[d] = weight > 0.0 ? problem_.spending[d] / weight : 0.0;
      if (row_[d] != 0.0) add_scaled(row_[d], net_.row(d).data(), sold_.data(), n);
    }
    double drift = 0.0;
    double total = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      image[i] = log_scale[i];
      if (!(problem_.sales[i] > 0.0)) continue;
      image[i] = std::log(problem_.sales[i] / sold_[i]);
      drift += problem_.sales[i] * (image[i] - log_scale[i]);
      total += problem_.sales[i];
    }
    drift_ = total > 0.0 ? drift / total : 0.0;
    double residual = 0.0;
    for (std::size_t i = 0; i < n; ++i) {
      if (!(problem_.sales[i] > 0.0)) continue;
      image[i] -= drift_;
      residual = std::max(residual, std::abs(image[i] - log_scale[i]));
    }
    return residual;
  }

  // Flows of the last round, with every origin's sales met exactly.
  [[nodiscard]] Matrix flow() const {
    const std::size_t n = scale_.size();
    Matrix flow = problem_.kernel;
    for (std::size_t d = 0; d < n; ++d)
      for (std::size_t i = 0; i < n; ++i) {
        const double sold = scale_[i] * sold_[i];
        flow(d, i) *= sold > 0.0 ? row_[d] * scale_[i] * (problem_.sales[i] / sold) : 0.0;
      }
    return flow;
  }
  [[nodiscard]] double drift() const { return drift_; }

 private:
  const FitProblem& problem_;
  Matrix net_;
  std::vector<double> scale_;
  std::vector<double> row_;
  std::vector<double> sold_;
  double drift_ = 0.0;
};

}  // namespace

Matrix take_known_flows(const Matrix& known, FitProblem& problem) {
  if (known.values().empty()) return {};
  const std::size_t n = problem.sales.size();
  std::vector<double> bought(n, 0.0);
  std::vector<double> sold(n, 0.0);
  const auto counted_as_bought = [&](std::size_t d, std::size_t i) {
    return problem.is_factory_row[d] ? problem.received(d, i) : 1.0;
  };
  for (std::size_t d = 0; d < n; ++d)
    for (std::size_t i = 0; i < n; ++i) {
      bought[d] += known(d, i) * counted_as_bought(d, i);
      sold[i] += known(d, i) * problem.received(d, i);
    }
  const auto kept = [](double margin, double wanted) {
    return wanted > kLargestKnownShare * margin ? kLargestKnownShare * std::max(0.0, margin) / wanted : 1.0;
  };
  Matrix taken = known;
  for (std::size_t d = 0; d < n; ++d)
    for (std::size_t i = 0; i < n; ++i)
      taken(d, i) *= std::min(kept(problem.spending[d], bought[d]), kept(problem.sales[i], sold[i]));
  for (std::size_t d = 0; d < n; ++d)
    for (std::size_t i = 0; i < n; ++i) {
      problem.spending[d] -= taken(d, i) * counted_as_bought(d, i);
      problem.sales[i] -= taken(d, i) * problem.received(d, i);
    }
  return taken;
}

namespace {

// Whether every destination that spends has somebody to buy from, and every origin that sells somebody who
// buys.
bool is_connected(const FitProblem& problem) {
  const std::size_t n = problem.sales.size();
  for (std::size_t a = 0; a < n; ++a) {
    bool can_buy = false;
    bool can_sell = false;
    for (std::size_t b = 0; b < n; ++b) {
      can_buy = can_buy || (problem.kernel(a, b) > 0.0 && problem.sales[b] > 0.0);
      can_sell = can_sell || (problem.kernel(b, a) > 0.0 && problem.spending[b] > 0.0);
    }
    if ((problem.spending[a] > 0.0 && !can_buy) || (problem.sales[a] > 0.0 && !can_sell)) return false;
  }
  return true;
}

}  // namespace

Fit fit_flows(const FitProblem& problem, std::vector<double>& log_scale, double accuracy) {
  log_scale.resize(problem.sales.size(), 0.0);
  if (!is_connected(problem)) return {.flow = Matrix(problem.sales.size(), problem.sales.size())};
  Balancer balancer(problem);
  const FixedPoint point = find_fixed_point(
      [&](std::span<const double> x, std::span<double> image) { return balancer.round(x, image); }, log_scale,
      {.tolerance = std::max(kTolerance, accuracy), .max_rounds = 2000, .max_step = 3.0});
  log_scale = point.x;
  return {.flow = balancer.flow(),
          .residual = point.residual,
          .drift = std::expm1(balancer.drift()),
          .rounds = point.rounds,
          .is_converged = point.residual < std::max(kGoodEnough, 10.0 * accuracy)};
}

}  // namespace gerbang::trade
