// Volume-delay functions, compiled for the inner loops: one arc's time as a function of its volume in pcu/h.
//     BPR       t = t0 (1 + α (v/cap)^β)
//     conical   t = t0 (2 + √(α²(1−x)² + β²) − α(1−x) − β), x = v/cap, β = (2α−1)/(2α−2)      (Spiess 1990)
// For the system optimum the same object yields marginal costs t + v t′.
#pragma once

#include <cmath>

#include "gerbang/roads/problem.h"

namespace gerbang::roads {

// A cost and its derivative by volume.
struct CostAndSlope {
  double cost = 0.0;
  double slope = 0.0;
};

class DelayFunction {
 public:
  DelayFunction() = default;
  explicit DelayFunction(const Arc& arc, bool is_marginal = false);

  // Negative volumes, which rounding can leave, count as zero.
  [[nodiscard]] CostAndSlope operator()(double volume) const {
    const double ratio = volume > 0.0 ? volume * inverse_capacity_ : 0.0;
    switch (form_) {
      case Form::kConstant:
        return {free_, 0.0};
      case Form::kQuartic: {
        const double cubed = ratio * ratio * ratio;
        return {free_ + factor_ * cubed * ratio, slope_factor_ * cubed};
      }
      case Form::kPower: {
        const double powered = std::pow(ratio, power_ - 1.0);
        return {free_ + factor_ * powered * ratio, slope_factor_ * powered};
      }
      case Form::kFlatPower:
        return flat_power(ratio);
      default:
        return conical(ratio);
    }
  }

  // ∫_0^volume t, of the time itself (not of the marginal cost).
  [[nodiscard]] double integral(double volume) const;

 private:
  enum class Form : std::uint8_t { kConstant, kQuartic, kPower, kFlatPower, kConical, kMarginalConical };

  [[nodiscard]] CostAndSlope flat_power(double ratio) const;
  [[nodiscard]] CostAndSlope conical(double ratio) const;

  double free_ = 0.0;
  double factor_ = 0.0;        // BPR: t0 α, (1 + β) times that when marginal; conical: α
  double slope_factor_ = 0.0;  // BPR: factor β / cap
  double inverse_capacity_ = 0.0;
  double power_ = 0.0;
  double marginal_ = 1.0;  // 1 + β when marginal, else 1
  Form form_ = Form::kConstant;
};

}  // namespace gerbang::roads
