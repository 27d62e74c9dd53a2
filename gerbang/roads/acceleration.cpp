#include "gerbang/roads/acceleration.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace gerbang::roads {
namespace {

constexpr std::size_t kMemory = 2;

void add_scaled(VolumeStep& sum, const VolumeStep& step, double weight) {
  for (std::size_t a = 0; a < sum.volume.size(); ++a) sum.volume[a] += weight * step.volume[a];
  sum.fixed_cost += weight * step.fixed_cost;
}

// The derivative of the objective along a step.
double descent(const ArcState& arcs, const VolumeStep& step) {
  double sum = step.fixed_cost;
  for (std::size_t a = 0; a < step.volume.size(); ++a) sum += arcs.time()[a] * step.volume[a];
  return sum;
}

double curvature(const ArcState& arcs, const VolumeStep& one, const VolumeStep& other) {
  double sum = 0.0;
  for (std::size_t a = 0; a < one.volume.size(); ++a)
    sum += arcs.slope()[a] * one.volume[a] * other.volume[a];
  return sum;
}

// Solves the small symmetric system by Cholesky; none where it is not safely positive definite.
std::optional<std::vector<double>> solve(std::vector<double> matrix, std::vector<double> right) {
  constexpr double kSingular = 1e-13;
  const std::size_t n = right.size();
  for (std::size_t i = 0; i < n; ++i) {
    const double diagonal = matrix[i * n + i];
    for (std::size_t j = 0; j <= i; ++j) {
      double sum = matrix[i * n + j];
      for (std::size_t k = 0; k < j; ++k) sum -= matrix[i * n + k] * matrix[j * n + k];
      if (j < i) {
        matrix[i * n + j] = sum / matrix[j * n + j];
      } else if (sum > kSingular * diagonal) {
        matrix[i * n + i] = std::sqrt(sum);
      } else {
        return std::nullopt;
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) right[i] -= matrix[i * n + k] * right[k];
    right[i] /= matrix[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) right[i] -= matrix[k * n + i] * right[k];
    right[i] /= matrix[i * n + i];
  }
  return right;
}

// How far to go along each step: the minimum of the objective's second-order model on their span.
std::optional<std::vector<double>> best_weights(const ArcState& arcs,
                                                const std::vector<const VolumeStep*>& steps) {
  const std::size_t n = steps.size();
  std::vector<double> matrix(n * n);
  std::vector<double> right(n);
  for (std::size_t i = 0; i < n; ++i) {
    right[i] = -descent(arcs, *steps[i]);
    for (std::size_t j = 0; j <= i; ++j) matrix[i * n + j] = curvature(arcs, *steps[i], *steps[j]);
  }
  return solve(std::move(matrix), std::move(right));
}

void copy_entries(const std::vector<Bush>& bushes, std::vector<double>& entries) {
  entries.clear();
  for (const Bush& bush : bushes)
    entries.insert(entries.end(), bush.entry_flow.begin(), bush.entry_flow.end());
}

}  // namespace

void Acceleration::reset(const std::vector<Bush>& bushes) {
  memory_.clear();
  offset_.assign(1, 0);
  for (const Bush& bush : bushes) offset_.push_back(offset_.back() + bush.entry_flow.size());
  copy_entries(bushes, start_);
}

void Acceleration::advance(std::vector<Bush>& bushes, ArcState& arcs, std::vector<const VolumeStep*> swept) {
  VolumeStep total{std::vector<double>(network_.arc_count(), 0.0), 0.0};
  for (const VolumeStep* step : swept) add_scaled(total, *step, 1.0);
  arcs.advance(total);
  copy_entries(bushes, swept_);
  for (const Memory& memory : memory_) swept.push_back(&memory.arcs);
  const std::optional<std::vector<double>> weights = best_weights(arcs, swept);
  if (!weights) {
    memory_.clear();
    start_ = swept_;
    return;
  }
  VolumeStep step{std::vector<double>(network_.arc_count(), 0.0), 0.0};
  double slope_before = 0.0;
  for (std::size_t i = 0; i < swept.size(); ++i) {
    add_scaled(step, *swept[i], (*weights)[i]);
    slope_before += (*weights)[i] * descent(arcs, *swept[i]);
  }
  extrapolate(bushes, *weights, step);
  arcs.advance(step);
  // Along a parabola the objective has fallen as long as it now rises less steeply than it fell at first.
  if (descent(arcs, step) <= 0.5 * std::abs(slope_before)) {
    add_scaled(total, step, 1.0);
    remember(bushes, std::move(total));
    return;
  }
  VolumeStep back{std::vector<double>(network_.arc_count(), 0.0), 0.0};
  add_scaled(back, step, -1.0);
  arcs.advance(back);
  for (std::size_t b = 0; b < bushes.size(); ++b) {
    std::copy_n(swept_.begin() + static_cast<std::ptrdiff_t>(offset_[b]), bushes[b].entry_flow.size(),
                bushes[b].entry_flow.begin());
  }
  memory_.clear();
  start_ = swept_;
}

// Moves the flows of the bushes; corrects the step on the arcs where a bush had to be bent.
void Acceleration::extrapolate(std::vector<Bush>& bushes, const std::vector<double>& weights,
                               VolumeStep& step) {
  const std::span<const double> memory_weights = std::span(weights).subspan(lanes_.count());
  for (std::size_t lane = 0; lane < lanes_.count(); ++lane) {
    for (std::size_t b = lanes_.first[lane]; b < lanes_.first[lane + 1]; ++b) {
      Bush& bush = bushes[b];
      propose(bush, offset_[b], weights[lane], memory_weights);
      bool is_negative = false;
      for (std::size_t e = 0; e < proposed_.size(); ++e)
        is_negative |= bush.entry_flow[e] + proposed_[e] < 0.0;
      if (is_negative) {
        loader_.add(bush, proposed_, -1.0, step);
        loader_.bend(bush, proposed_);
        loader_.add(bush, proposed_, 1.0, step);
      }
      for (std::size_t e = 0; e < proposed_.size(); ++e) {
        bush.entry_flow[e] = std::max(0.0, bush.entry_flow[e] + proposed_[e]);
      }
    }
  }
}

void Acceleration::propose(const Bush& bush, std::size_t offset, double lane_weight,
                           std::span<const double> memory_weights) {
  const std::size_t count = bush.entry_flow.size();
  proposed_.resize(count);
  for (std::size_t e = 0; e < count; ++e)
    proposed_[e] = lane_weight * (bush.entry_flow[e] - start_[offset + e]);
  for (std::size_t k = 0; k < memory_weights.size(); ++k) {
    const double* entries = memory_[k].entries.data() + offset;
    for (std::size_t e = 0; e < count; ++e) proposed_[e] += memory_weights[k] * entries[e];
  }
}

void Acceleration::remember(const std::vector<Bush>& bushes, VolumeStep total) {
  if (memory_.size() == kMemory) {
    memory_.push_front(std::move(memory_.back()));  // its storage is used again
    memory_.pop_back();
  } else {
    memory_.emplace_front();
  }
  std::vector<double>& entries = memory_.front().entries;
  copy_entries(bushes, swept_);
  entries.resize(swept_.size());
  for (std::size_t e = 0; e < entries.size(); ++e) entries[e] = swept_[e] - start_[e];
  memory_.front().arcs = std::move(total);
  std::swap(start_, swept_);
}

}  // namespace gerbang::roads
