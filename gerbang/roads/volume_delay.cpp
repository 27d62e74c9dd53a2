#include "gerbang/roads/volume_delay.h"

#include <algorithm>

namespace gerbang::roads {
namespace {

double conical_beta(double alpha) {
  return (2.0 * alpha - 1.0) / (2.0 * alpha - 2.0);
}

}  // namespace

DelayFunction::DelayFunction(const Arc& arc, bool is_marginal) : free_(arc.free_time) {
  if (arc.volume_delay == VolumeDelay::kConical && arc.free_time > 0.0) {
    form_ = is_marginal ? Form::kMarginalConical : Form::kConical;
    factor_ = arc.alpha;
    power_ = conical_beta(arc.alpha);
    inverse_capacity_ = 1.0 / arc.capacity;
    return;
  }
  const double rise = arc.volume_delay == VolumeDelay::kBpr ? arc.free_time * arc.alpha : 0.0;
  if (rise == 0.0) return;
  if (arc.beta == 0.0) {
    free_ += rise;
    return;
  }
  power_ = arc.beta;
  marginal_ = is_marginal ? 1.0 + arc.beta : 1.0;
  inverse_capacity_ = 1.0 / arc.capacity;
  factor_ = rise * marginal_;
  slope_factor_ = factor_ * power_ * inverse_capacity_;
  form_ = power_ == 4.0 ? Form::kQuartic : power_ >= 1.0 ? Form::kPower : Form::kFlatPower;
}

// Powers below one rise with an infinite slope at zero: the slope is taken no nearer to it than a billionth
// of capacity.
CostAndSlope DelayFunction::flat_power(double ratio) const {
  constexpr double kNearest = 1e-9;
  return {free_ + factor_ * std::pow(ratio, power_),
          slope_factor_ * std::pow(std::max(ratio, kNearest), power_ - 1.0)};
}

CostAndSlope DelayFunction::conical(double ratio) const {
  const double reach = factor_ * (1.0 - ratio);
  const double root = std::hypot(reach, power_);
  const double time = free_ * (2.0 + root - reach - power_);
  const double slope = free_ * factor_ * (1.0 - reach / root);  // by the ratio
  if (form_ == Form::kConical) return {time, slope * inverse_capacity_};
  const double bend = free_ * factor_ * factor_ * power_ * power_ / (root * root * root);
  return {time + ratio * slope, (2.0 * slope + ratio * bend) * inverse_capacity_};
}

double DelayFunction::integral(double volume) const {
  const double ratio = volume > 0.0 ? volume * inverse_capacity_ : 0.0;
  if (form_ == Form::kConstant) return free_ * std::max(volume, 0.0);
  if (form_ == Form::kConical || form_ == Form::kMarginalConical) {
    // ∫ √(z² + β²) dz = ½ (z √(z² + β²) + β² asinh(z/β)), z = α(1 − x), dz = −α dx.
    const auto primitive = [this](double z) {
      return 0.5 * (z * std::hypot(z, power_) + power_ * power_ * std::asinh(z / power_));
    };
    const double under_root = (primitive(factor_) - primitive(factor_ * (1.0 - ratio))) / factor_;
    const double rest = (2.0 - power_ - factor_) * ratio + 0.5 * factor_ * ratio * ratio;
    return free_ * (under_root + rest) / inverse_capacity_;
  }
  return volume > 0.0 ? volume * (free_ + factor_ / marginal_ * std::pow(ratio, power_) / (power_ + 1.0))
                      : 0.0;
}

}  // namespace gerbang::roads
