// Acceleration of bush sweeps. A sweep settles one bush after the other and leaves what they do to each other
// to the next; many sweeps then creep along few directions. So after every sweep the Beckmann objective is
// minimised, to second order, over the span of the lanes' steps and the last total steps (subspace
// optimisation, Narkiss & Zibulevsky 2005; with one remembered step this is the conjugate-gradient idea of
// LOBPCG, Knyazev 2001). A step that would drive flows below zero is bent at the merges of the bush
// concerned; one that does not descend is undone.
#pragma once

#include <deque>

#include "gerbang/roads/bush.h"

namespace gerbang::roads {

// Bushes first[l] … first[l + 1] − 1 belong to lane l: they are swept one after the other, the lanes side by
// side.
struct Lanes {
  std::vector<std::size_t> first;
  [[nodiscard]] std::size_t count() const { return first.size() - 1; }
};

class Acceleration {
 public:
  Acceleration(const Network& network, const Lanes& lanes)
      : network_(network), lanes_(lanes), loader_(network) {}

  // Before the first sweep of bushes whose arcs have changed: forgets all steps.
  void reset(const std::vector<Bush>& bushes);
  // After a sweep: `arcs` stands where the sweep began, `swept` holds the steps of the lanes. Moves `arcs`
  // and the flows of the bushes to the accelerated point.
  void advance(std::vector<Bush>& bushes, ArcState& arcs, std::vector<const VolumeStep*> swept);

 private:
  // A total step of earlier: by entry of all bushes, one bush after the other, and on the arcs.
  struct Memory {
    std::vector<double> entries;
    VolumeStep arcs;
  };

  void extrapolate(std::vector<Bush>& bushes, const std::vector<double>& weights, VolumeStep& step);
  void propose(const Bush& bush, std::size_t offset, double lane_weight,
               std::span<const double> memory_weights);
  void remember(const std::vector<Bush>& bushes, VolumeStep total);

  const Network& network_;
  const Lanes& lanes_;
  DifferenceLoader loader_;
  std::vector<std::size_t> offset_;  // of each bush's entries
  std::vector<double> start_;        // entries where the sweep began
  std::vector<double> swept_;        // and where it ended
  std::vector<double> proposed_;     // change of one bush's entries
  std::deque<Memory> memory_;        // newest first
};

}  // namespace gerbang::roads
