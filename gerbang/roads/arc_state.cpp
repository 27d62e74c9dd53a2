#include "gerbang/roads/arc_state.h"

#include <algorithm>

namespace gerbang::roads {

ArcState::ArcState(const Network& network)
    : network_(&network),
      fixed_(&network.fixed.front()),
      time_(network.arc_count()),
      at_(network.arc_count()) {
  set_volumes(network.background);
}

void ArcState::set_volumes(const std::vector<double>& volumes) {
  volume_ = volumes;
  for (ArcIndex a = 0; a < volume_.size(); ++a) update(a);
  mark();
}

void ArcState::switch_class(std::uint32_t vehicle_class) {
  const std::vector<double>* fixed = &network_->fixed[vehicle_class];
  if (fixed == fixed_) return;
  fixed_ = fixed;
  for (ArcIndex a = 0; a < volume_.size(); ++a) at_[a].cost = time_[a] + (*fixed_)[a];
}

void ArcState::advance(const VolumeStep& step) {
  for (ArcIndex a = 0; a < volume_.size(); ++a) {
    if (step.volume[a] == 0.0) continue;
    volume_[a] += step.volume[a];
    update(a);
  }
  mark();
}

void ArcState::mark() {
  step_.volume.assign(volume_.size(), 0.0);
  step_.fixed_cost = 0.0;
}

}  // namespace gerbang::roads
