// The assignment algorithm: bushes from least-cost trees; then, until the gap is met: fit every bush to the
// costs, list its pairs of segments, and sweep flow shifts over all pairs a few times, accelerated. What
// depends on the costs only is done for all bushes side by side, in chunks that depend on the problem alone;
// sweeps go through all pairs in order. So the result does not depend on the number of threads.
#pragma once

#include "gerbang/roads/acceleration.h"
#include "gerbang/roads/assign.h"
#include "gerbang/roads/bush_start.h"
#include "gerbang/roads/pair_finder.h"
#include "gerbang/roads/shortest_paths.h"

namespace gerbang::roads {

class Equilibrium {
 public:
  Equilibrium(const Network& network, std::vector<Bush> bushes);

  // Gives bushes without arcs the least-cost tree at the costs of these volumes (background included), and
  // mends bushes of an earlier solution where arcs have closed or opened. Destinations that cannot be reached
  // leave their bush.
  void begin(const std::vector<double>& volumes, const BushSet* earlier);
  // Iterates until the relative gap meets the option; false when it stalls or runs out of iterations.
  bool solve(const Options& options);

  // Divides what is solved between classes and origins by the condition of proportionality: Proportionality's
  // divide().
  double make_proportional(double settled, const Observer& observer);

  [[nodiscard]] double relative_gap() const { return relative_gap_; }
  [[nodiscard]] std::size_t iterations() const { return iterations_; }
  [[nodiscard]] std::vector<Bush> take_bushes() { return std::move(bushes_); }
  // What a class has on every arc, in pcu.
  [[nodiscard]] std::vector<double> class_volumes(std::uint32_t vehicle_class);

 private:
  // The workspace of a run of bushes that one thread at a time works on.
  struct Chunk {
    explicit Chunk(const Network& network)
        : loader(network), update(network), finder(network), paths(network), volume(network.arc_count()) {}
    std::size_t begin = 0;
    std::size_t end = 0;
    BushLoader loader;
    BushUpdate update;
    PairFinder finder;
    ShortestPaths paths;
    std::vector<double> volume;
    double excess = 0.0;
    double least_cost = 0.0;
  };
  template <class Work>
  void for_each_bush(Work work);  // work(chunk, bush), chunks side by side
  void update_class_costs();
  [[nodiscard]] std::vector<double> chunk_volumes() const;
  void set_volumes_from_chunks();
  void list_pairs();
  void find_pairs(Chunk& chunk, const Bush& bush);
  double gap_of_chunks();
  double update_bushes();
  [[nodiscard]] std::size_t most_sweeps() const;
  double sweep();
  void sweep_until_settled(double target, double added);
  [[nodiscard]] double exact_gap();

  const Network& network_;
  std::vector<Bush> bushes_;
  ArcState arcs_;
  std::vector<std::vector<double>> class_cost_;  // by class and arc
  std::vector<Chunk> chunks_;
  std::vector<SegmentPairs> pairs_;  // by chunk
  Acceleration acceleration_;
  bool is_warm_ = false;
  double settled_ = 0.0;  // the relative gap, within the pairs, that the last sweep met
  double least_cost_ = 0.0;
  double relative_gap_ = kInfinity;
  std::size_t iterations_ = 0;
};

}  // namespace gerbang::roads
