// Acceleration of sweeps. A sweep settles one pair of segments after the other and leaves what they do to
// each other to the next; many sweeps then creep along few directions. So after every sweep the Beckmann
// objective is minimised, to second order, over the span of the sweep's step and the last total steps
// (subspace optimisation, Narkiss & Zibulevsky 2005; with one remembered step this is the conjugate-gradient
// idea of LOBPCG, Knyazev 2001). Shifts are cut to the flows there are; of a step that the cuts have made too
// long, a part is taken back.
#pragma once

#include <deque>

#include "gerbang/roads/segment_pairs.h"

namespace gerbang::roads {

class Acceleration {
 public:
  // Blocks of pairs, which the caller keeps and fills.
  Acceleration(const Network& network, std::span<SegmentPairs> blocks) : network_(network), blocks_(blocks) {}

  // Before the first sweep over new pairs: forgets all steps.
  void reset() { memory_.clear(); }
  // After a sweep that began at the last mark of `arcs`: moves the flows of the bushes, and the arcs, on.
  void advance(std::vector<Bush>& bushes, ArcState& arcs);

 private:
  // A total step of earlier: by block and pair, and on the arcs.
  struct Memory {
    std::vector<std::vector<double>> shifts;
    VolumeStep arcs;
  };

  void shift_pairs(std::vector<Bush>& bushes, const std::vector<double>& weights, VolumeStep& step);
  void take_back(std::vector<Bush>& bushes, double part);
  void remember(VolumeStep total);

  const Network& network_;
  std::span<SegmentPairs> blocks_;
  std::vector<std::vector<double>> proposed_;  // by block and pair; cut to what is feasible
  std::deque<Memory> memory_;                  // newest first
};

}  // namespace gerbang::roads
