#include "gerbang/roads/equilibrium.h"

#include <algorithm>

#include "gerbang/base/parallel.h"
#include "gerbang/roads/proportionality.h"

namespace gerbang::roads {
namespace {

// Work too small to be worth a thread: bushes × nodes.
constexpr std::size_t kSmall = 50'000;
constexpr std::size_t kChunks = 8;

// Between two fits of the bushes: the part of what the last fit has added to the gap that may remain; where
// it added little, how far the gap falls at most; and most sweeps, more where a sweep is little work beside a
// fit.
constexpr double kSettled = 0.1;
constexpr double kDeepest = 0.01;
constexpr std::size_t kMaxSweeps = 15;
constexpr std::size_t kMaxLightSweeps = 30;

// Borders of `parts` runs of nearly equal length.
std::vector<std::size_t> borders(std::size_t count, std::size_t parts) {
  std::vector<std::size_t> first(parts + 1);
  for (std::size_t i = 0; i <= parts; ++i) first[i] = count * i / parts;
  return first;
}

// Flow times the cost it pays above the least, for true least-cost labels.
double excess_over(const Network& network, const Bush& bush, const std::vector<double>& flow,
                   const std::vector<double>& labels, const std::vector<double>& cost) {
  const auto reduced = [&](ArcIndex arc) {
    return labels[network.tail[arc]] + cost[arc] - labels[network.head[arc]];
  };
  double excess = 0.0;
  for (std::size_t p = 1; p < bush.order.size(); ++p) {
    if ((bush.in[p] & kMergeBit) == 0) excess += flow[bush.order[p]] * reduced(bush.in[p]);
  }
  for (std::size_t e = 0; e < bush.entry_arc.size(); ++e)
    excess += bush.entry_flow[e] * reduced(bush.entry_arc[e]);
  return excess;
}

}  // namespace

Equilibrium::Equilibrium(const Network& network, std::vector<Bush> bushes)
    : network_(network),
      bushes_(std::move(bushes)),
      arcs_(network),
      class_cost_(network.fixed.size(), std::vector<double>(network.arc_count())),
      pairs_(bushes_.size() * network.node_count < kSmall ? 1 : std::min(kChunks, bushes_.size())),
      acceleration_(network, pairs_) {
  const std::size_t chunks = pairs_.size();
  const std::vector<std::size_t> first = borders(bushes_.size(), chunks);
  for (std::size_t c = 0; c < chunks; ++c) {
    Chunk& chunk = chunks_.emplace_back(network);
    chunk.begin = first[c];
    chunk.end = first[c + 1];
  }
}

template <class Work>
void Equilibrium::for_each_bush(Work work) {
  parallel_for(chunks_.size(), [&](std::size_t c) {
    Chunk& chunk = chunks_[c];
    chunk.excess = chunk.least_cost = 0.0;
    std::ranges::fill(chunk.volume, 0.0);
    for (std::size_t b = chunk.begin; b < chunk.end; ++b) work(chunk, bushes_[b]);
  });
}

void Equilibrium::update_class_costs() {
  for (std::size_t m = 0; m < class_cost_.size(); ++m) {
    const std::vector<double>& fixed = network_.fixed[m];
    for (std::size_t a = 0; a < fixed.size(); ++a) class_cost_[m][a] = arcs_.time()[a] + fixed[a];
  }
}

// Background and what the chunks have loaded, in the order of the chunks.
std::vector<double> Equilibrium::chunk_volumes() const {
  std::vector<double> volumes(network_.arc_count(), 0.0);
  for (const Chunk& chunk : chunks_) {
    for (std::size_t a = 0; a < volumes.size(); ++a) volumes[a] += chunk.volume[a];
  }
  return volumes;
}

void Equilibrium::set_volumes_from_chunks() {
  std::vector<double> volumes = chunk_volumes();
  for (std::size_t a = 0; a < volumes.size(); ++a) volumes[a] += network_.background[a];
  arcs_.set_volumes(volumes);
  update_class_costs();
}

void Equilibrium::begin(const std::vector<double>& volumes, const BushSet* earlier) {
  arcs_.set_volumes(volumes);
  update_class_costs();
  is_warm_ = earlier != nullptr;
  const std::vector<ArcChanges> changes =
      is_warm_ ? arc_changes(network_, *earlier) : std::vector<ArcChanges>(class_cost_.size());
  parallel_for(chunks_.size(), [&](std::size_t c) {
    Chunk& chunk = chunks_[c];
    BushStart start(network_);
    std::ranges::fill(chunk.volume, 0.0);
    for (std::size_t b = chunk.begin; b < chunk.end; ++b) {
      const std::uint32_t m = bushes_[b].vehicle_class;
      start.mend(bushes_[b], class_cost_[m], changes[m], chunk.loader);
      chunk.loader.add_arc_flows(bushes_[b], chunk.volume);
    }
  });
  set_volumes_from_chunks();
}

std::vector<double> Equilibrium::class_volumes(std::uint32_t vehicle_class) {
  for_each_bush([&](Chunk& chunk, Bush& bush) {
    if (bush.vehicle_class != vehicle_class) return;
    chunk.loader.load(bush);
    chunk.loader.add_arc_flows(bush, chunk.volume);
  });
  return chunk_volumes();
}

bool Equilibrium::solve(const Options& options) {
  constexpr double kCheck =
      4.0;  // a gap within the bushes this far above the target may be met after the sweeps
  if (is_warm_) {
    list_pairs();
    sweep_until_settled(options.gap, 0.0);
  }
  while (iterations_ < options.max_iterations) {
    const double gap = update_bushes();
    sweep_until_settled(options.gap, std::max(0.0, gap - settled_));
    ++iterations_;
    if (gap <= kCheck * options.gap) {
      relative_gap_ = exact_gap();
      if (relative_gap_ <= options.gap) return true;
    }
    if (options.observer) {
      options.observer({.task = kAssigning, .done = iterations_, .total = 0, .residual = gap});
    }
  }
  relative_gap_ = exact_gap();
  return relative_gap_ <= options.gap;
}

double Equilibrium::make_proportional(double settled, const Observer& observer) {
  update_class_costs();
  if (observer) observer({.task = kDividing});
  return Proportionality(network_, class_cost_, bushes_, relative_gap_).divide(settled, observer);
}

// Lists the pairs of the bushes as they are.
void Equilibrium::list_pairs() {
  for (SegmentPairs& pairs : pairs_) pairs.clear();
  for_each_bush([&](Chunk& chunk, Bush& bush) { find_pairs(chunk, bush); });
  (void)gap_of_chunks();
}

void Equilibrium::find_pairs(Chunk& chunk, const Bush& bush) {
  chunk.excess += chunk.finder.label(bush, class_cost_[bush.vehicle_class]);
  for (std::size_t i = 0; i < bush.demand.size(); ++i)
    chunk.least_cost += bush.demand[i] * chunk.finder.labels()[bush.destination[i]];
  chunk.finder.find(bush, static_cast<std::uint32_t>(&bush - bushes_.data()),
                    pairs_[&chunk - chunks_.data()]);
  chunk.finder.forget(bush);
}

// The relative gap that the chunks have found, in their order.
double Equilibrium::gap_of_chunks() {
  double excess = 0.0;
  least_cost_ = 0.0;
  for (const Chunk& chunk : chunks_) {
    excess += chunk.excess;
    least_cost_ += chunk.least_cost;
  }
  return excess > 0.0 ? excess / (excess + least_cost_) : 0.0;
}

// Fits the bushes to the costs and lists their pairs. Returns the relative gap within the new bushes.
double Equilibrium::update_bushes() {
  for (SegmentPairs& pairs : pairs_) pairs.clear();
  for_each_bush([&](Chunk& chunk, Bush& bush) {
    chunk.loader.load(bush);
    chunk.loader.add_arc_flows(bush, chunk.volume);
    chunk.update.run(bush, chunk.loader.flow(), class_cost_[bush.vehicle_class]);
    find_pairs(chunk, bush);
  });
  set_volumes_from_chunks();
  return gap_of_chunks();
}

// What sweeps meet is less than the gap, for a pair often finds settled what an earlier one has moved: it is
// compared with the first sweep's. The last sweep is not accelerated: a step that lowers the objective may
// still raise the gap.
void Equilibrium::sweep_until_settled(double target, double added) {
  constexpr double kFarBelow = 0.1;
  acceleration_.reset();
  const double first = sweep();
  const double enough = std::max({kDeepest * first, kSettled * std::min(added, first), kFarBelow * target});
  const std::size_t most = most_sweeps();
  double last = first;
  for (std::size_t k = 1; k < most && last > enough; ++k) {
    acceleration_.advance(bushes_, arcs_);
    last = sweep();
  }
  settled_ = last;
  update_class_costs();
}

std::size_t Equilibrium::most_sweeps() const {
  std::size_t arcs = 1;
  for (const SegmentPairs& pairs : pairs_) arcs += pairs.arc_count();
  return std::clamp(bushes_.size() * network_.node_count / arcs, kMaxSweeps, kMaxLightSweeps);
}

// Returns the relative gap, within the pairs, that the sweep met.
double Equilibrium::sweep() {
  double excess = 0.0;
  arcs_.mark();
  for (SegmentPairs& pairs : pairs_) excess += pairs.sweep(bushes_, arcs_);
  return excess > 0.0 ? excess / (excess + least_cost_) : 0.0;
}

double Equilibrium::exact_gap() {
  update_class_costs();
  for_each_bush([&](Chunk& chunk, Bush& bush) {
    const std::vector<double>& cost = class_cost_[bush.vehicle_class];
    chunk.loader.load(bush);
    chunk.finder.label(bush, cost);
    chunk.paths.repair(chunk.finder.labels(), cost);
    const std::vector<double>& labels = chunk.paths.labels();
    chunk.excess += excess_over(network_, bush, chunk.loader.flow(), labels, cost);
    for (std::size_t i = 0; i < bush.demand.size(); ++i) {
      chunk.least_cost += bush.demand[i] * labels[bush.destination[i]];
    }
    chunk.finder.forget(bush);
  });
  return gap_of_chunks();
}

}  // namespace gerbang::roads
