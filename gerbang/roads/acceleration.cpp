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
    sum += arcs.at()[a].slope * one.volume[a] * other.volume[a];
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

VolumeStep no_step(const Network& network) {
  return {.volume = std::vector<double>(network.arc_count(), 0.0), .fixed_cost = 0.0};
}

}  // namespace

void Acceleration::advance(std::vector<Bush>& bushes, ArcState& arcs) {
  VolumeStep total = arcs.step();
  std::vector<const VolumeStep*> steps = {&arcs.step()};
  for (const Memory& memory : memory_) steps.push_back(&memory.arcs);
  const std::optional<std::vector<double>> weights = best_weights(arcs, steps);
  if (!weights) {
    memory_.clear();
    return;
  }
  VolumeStep step = no_step(network_);
  for (std::size_t i = 0; i < steps.size(); ++i) add_scaled(step, *steps[i], (*weights)[i]);
  shift_pairs(bushes, *weights, step);
  const double slope_before = descent(arcs, step);
  arcs.advance(step);
  const double slope_after = descent(arcs, step);
  if (slope_after > 0.0) {
    const double kept = slope_before < 0.0 ? slope_before / (slope_before - slope_after) : 0.0;
    take_back(bushes, 1.0 - kept);
    VolumeStep back = no_step(network_);
    add_scaled(back, step, kept - 1.0);
    arcs.advance(back);
    add_scaled(step, back, 1.0);
  }
  add_scaled(total, step, 1.0);
  remember(std::move(total));
}

// Moves the flows of the bushes; corrects the step on the arcs where a shift had to be cut.
void Acceleration::shift_pairs(std::vector<Bush>& bushes, const std::vector<double>& weights,
                               VolumeStep& step) {
  proposed_.resize(blocks_.size());
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    std::vector<double>& proposed = proposed_[b];
    proposed = blocks_[b].shifts();
    for (double& shift : proposed) shift *= weights.front();
    for (std::size_t k = 0; k < memory_.size(); ++k) {
      const std::vector<double>& shifts = memory_[k].shifts[b];
      for (std::size_t i = 0; i < proposed.size(); ++i) proposed[i] += weights[k + 1] * shifts[i];
    }
    blocks_[b].shift(bushes, network_, proposed, step);
  }
}

// Takes back a part of the shifts that were made: the objective is least where its slope, taken as a
// parabola's, is zero, and between two sets of flows that are feasible every other one is.
void Acceleration::take_back(std::vector<Bush>& bushes, double part) {
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    blocks_[b].shift_back(bushes, proposed_[b], part);
    for (double& shift : proposed_[b]) shift *= 1.0 - part;
  }
}

void Acceleration::remember(VolumeStep total) {
  if (memory_.size() == kMemory) {
    memory_.push_front(std::move(memory_.back()));  // its storage is used again
    memory_.pop_back();
  } else {
    memory_.emplace_front();
  }
  memory_.front().shifts.resize(blocks_.size());
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    std::vector<double>& shifts = memory_.front().shifts[b];
    shifts = blocks_[b].shifts();
    for (std::size_t i = 0; i < shifts.size(); ++i) shifts[i] += proposed_[b][i];
  }
  memory_.front().arcs = std::move(total);
}

}  // namespace gerbang::roads
