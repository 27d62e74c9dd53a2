// What sweeps work on: at every merge of a bush, pairs of segments that part at a divergence and meet at the
// merge, the first of them the costlier (the paired alternative segments of Bar-Gera 2010, found bush by bush
// as in Dial 2006). A shift moves flow from one segment to the other by a Newton step,
//     Δ = (C_first − C_second) / Σ t′ over both, within the flows that the segments carry.
// Trees between merges take their flow from the demand, so that entries of merges are all that a shift has to
// keep.
#pragma once

#include "gerbang/roads/arc_state.h"
#include "gerbang/roads/bush.h"

namespace gerbang::roads {

class SegmentPairs {
 public:
  void clear();
  // A pair of a bush; then its arcs and entries with add_*, those of the first segment before end_first().
  // The first entry of either segment is the one into the pair's merge.
  void begin_pair(std::uint32_t bush);
  void add_arc(ArcIndex arc) { arcs_.push_back(arc); }
  void add_entry(std::uint32_t entry) { entries_.push_back(entry); }
  void end_first();

  // Entries and arcs of one segment, from the merge back.
  struct Segment {
    std::span<const ArcIndex> arcs;
    std::span<const std::uint32_t> entries;
  };
  [[nodiscard]] std::size_t size() const { return pairs_.size(); }
  [[nodiscard]] std::uint32_t bush(std::size_t i) const { return pairs_[i].bush; }
  [[nodiscard]] Segment first(std::size_t i) const;
  [[nodiscard]] Segment second(std::size_t i) const;
  [[nodiscard]] std::size_t arc_count() const { return arcs_.size(); }

  // Shifts flow once over every pair, at the costs of the moment. Returns flow × cost difference met, the
  // excess.
  double sweep(std::vector<Bush>& bushes, ArcState& arcs);
  // By pair, what the last sweep moved from its first segment to its second.
  [[nodiscard]] const std::vector<double>& shifts() const { return shifts_; }

  // Shifts the flows by `volumes`, which are cut to what the segments carry. Where one is, `step`, which
  // holds the change of the arcs as if none had been, is corrected.
  void shift(std::vector<Bush>& bushes, const Network& network, std::span<double> volumes,
             VolumeStep& step) const;
  // Takes a part of such shifts back.
  void shift_back(std::vector<Bush>& bushes, std::span<const double> volumes, double part) const;

 private:
  struct Pair {
    std::uint32_t bush;
    std::uint32_t arc_begin;
    std::uint32_t arc_middle;
    std::uint32_t entry_begin;
    std::uint32_t entry_middle;
  };
  double shift_pair(std::size_t i, Bush& bush, ArcState& arcs, double& excess) const;
  void move_entries(std::size_t i, Bush& bush, double volume) const;

  std::vector<Pair> pairs_;
  std::vector<ArcIndex> arcs_;
  std::vector<std::uint32_t> entries_;
  std::vector<double> shifts_;
};

}  // namespace gerbang::roads
