// Volumes on the arcs, with the times, costs and slopes that follow from them, for the class that is being
// moved; and the step made since it was last marked, kept apart so that differences far below the volumes
// keep their digits.
#pragma once

#include "gerbang/roads/network.h"

namespace gerbang::roads {

// A change of the arc volumes, and what it changes in the fixed costs Σ flow · fixed cost.
struct VolumeStep {
  std::vector<double> volume;
  double fixed_cost = 0.0;
};

class ArcState {
 public:
  explicit ArcState(const Network& network);

  // Volumes in pcu/h, background included; marks.
  void set_volumes(const std::vector<double>& volumes);
  // The step begins here.
  void mark();
  // Costs become those of this class; quick when it is the current one.
  void switch_class(std::uint32_t vehicle_class);

  void add(ArcIndex arc, double volume) {
    volume_[arc] += volume;
    step_.volume[arc] += volume;
    step_.fixed_cost += volume * (*fixed_)[arc];
    update(arc);
  }
  // Moves by a step; marks.
  void advance(const VolumeStep& step);

  [[nodiscard]] const std::vector<double>& volume() const { return volume_; }
  [[nodiscard]] const std::vector<double>& time() const {
    return time_;
  }  // or marginal cost, without fixed costs
  // Cost, fixed cost of the class included, and its slope.
  [[nodiscard]] const std::vector<CostAndSlope>& at() const { return at_; }
  [[nodiscard]] const VolumeStep& step() const { return step_; }

 private:
  void update(ArcIndex arc) {
    const CostAndSlope at = network_->delay[arc](volume_[arc]);
    time_[arc] = at.cost;
    at_[arc] = {at.cost + (*fixed_)[arc], at.slope};
  }

  const Network* network_;
  const std::vector<double>* fixed_;
  std::vector<double> volume_;
  std::vector<double> time_;
  std::vector<CostAndSlope> at_;
  VolumeStep step_;
};

}  // namespace gerbang::roads
