// A plain bi-conjugate Frank-Wolfe assignment (Mitradjieva & Lindberg 2013, "The stiff is moving",
// Transportation Science 47), to compare the engine with the method that most packages ship:
//
//   bench_frank_wolfe NET TRIPS TOLL_FACTOR DISTANCE_FACTOR GAP [SECONDS]
//
// prints "wall_s,cpu_s,gap" for every iteration. All-or-nothing loads of the origins run side by side.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>

#include "apps/gerbang/road_network.h"
#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"
#include "gerbang/roads/network.h"
#include "gerbang/roads/shortest_paths.h"

namespace gerbang::roads {
namespace {

using Volumes = std::vector<double>;

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

class FrankWolfe {
 public:
  explicit FrankWolfe(const Problem& problem)
      : network_(compile_network(problem, false)), demand_(compile_demand(problem, network_)) {
    x_ = load_all_or_nothing(costs(Volumes(network_.arc_count(), 0.0))).volume;
  }

  // One iteration; the relative gap before it.
  double iterate() {
    const Volumes cost = costs(x_);
    const Load least = load_all_or_nothing(cost);
    const double total = inner(cost, x_);
    const Volumes target = conjugate_target(least.volume);
    const double step = line_search(target);
    for (std::size_t a = 0; a < x_.size(); ++a) x_[a] += step * (target[a] - x_[a]);
    older_ = std::move(old_);
    old_ = target;
    step_ = step;
    return (total - least.cost) / total;
  }

 private:
  struct Load {
    Volumes volume;
    double cost = 0.0;
  };

  static double inner(const Volumes& one, const Volumes& other) {
    double sum = 0.0;
    for (std::size_t a = 0; a < one.size(); ++a) sum += one[a] * other[a];
    return sum;
  }

  [[nodiscard]] Volumes costs(const Volumes& volume) const {
    Volumes cost(volume.size());
    for (std::size_t a = 0; a < cost.size(); ++a)
      cost[a] = network_.delay[a](volume[a]).cost + network_.fixed.front()[a];
    return cost;
  }

  [[nodiscard]] Load load_all_or_nothing(const Volumes& cost) const {
    constexpr std::size_t kTasks = 8;
    std::vector<Load> loads(kTasks);
    parallel_for(kTasks, [&](std::size_t task) {
      Load& load = loads[task];
      load.volume.assign(cost.size(), 0.0);
      ShortestPaths paths(network_);
      std::vector<double> flow(network_.node_count, 0.0);
      for (std::size_t i = demand_.size() * task / kTasks; i < demand_.size() * (task + 1) / kTasks; ++i) {
        const OriginDemand& row = demand_[i];
        paths.run(row.root, cost);
        for (std::size_t k = 0; k < row.destination.size(); ++k) {
          flow[row.destination[k]] += row.volume[k];
          load.cost += row.volume[k] * paths.labels()[row.destination[k]];
        }
        for (std::size_t p = paths.settled().size(); p-- > 1;) {
          const NodeIndex node = paths.settled()[p];
          const ArcIndex arc = paths.arcs_in()[node];
          load.volume[arc] += flow[node];
          flow[network_.tail[arc]] += flow[node];
          flow[node] = 0.0;
        }
        flow[row.root] = 0.0;
      }
    });
    for (std::size_t task = 1; task < kTasks; ++task) {
      for (std::size_t a = 0; a < cost.size(); ++a) loads[0].volume[a] += loads[task].volume[a];
      loads[0].cost += loads[task].cost;
    }
    return std::move(loads[0]);
  }

  // The point to move to: conjugate, by the objective's curvature, to the two moves before.
  [[nodiscard]] Volumes conjugate_target(const Volumes& least) const {
    constexpr double kFullStep = 0.99;
    if (old_.empty() || older_.empty() || step_ > kFullStep) return least;
    double over_mu = 0.0, under_mu = 0.0, over_nu = 0.0, under_nu = 0.0;
    for (std::size_t a = 0; a < x_.size(); ++a) {
      const double slope = network_.delay[a](x_[a]).slope;
      const double mixed = step_ * old_[a] + (1.0 - step_) * older_[a] - x_[a];
      over_mu += slope * mixed * (least[a] - x_[a]);
      under_mu += slope * mixed * (older_[a] - old_[a]);
      over_nu += slope * (old_[a] - x_[a]) * (least[a] - x_[a]);
      under_nu += slope * (old_[a] - x_[a]) * (old_[a] - x_[a]);
    }
    if (under_mu == 0.0 || under_nu == 0.0) return least;
    const double mu = std::max(0.0, -over_mu / under_mu);
    const double nu = std::max(0.0, -over_nu / under_nu + mu * step_ / (1.0 - step_));
    Volumes target(x_.size());
    for (std::size_t a = 0; a < x_.size(); ++a)
      target[a] = (least[a] + nu * old_[a] + mu * older_[a]) / (1.0 + mu + nu);
    return target;
  }

  // Where the objective's derivative along the way to the target vanishes, by bisection.
  [[nodiscard]] double line_search(const Volumes& target) const {
    constexpr int kHalvings = 40;
    double low = 0.0, high = 1.0;
    for (int k = 0; k < kHalvings; ++k) {
      const double middle = 0.5 * (low + high);
      double derivative = 0.0;
      for (std::size_t a = 0; a < x_.size(); ++a) {
        const double change = target[a] - x_[a];
        if (change == 0.0) continue;
        derivative += change * (network_.delay[a](x_[a] + middle * change).cost + network_.fixed.front()[a]);
      }
      (derivative < 0.0 ? low : high) = middle;
    }
    return 0.5 * (low + high);
  }

  Network network_;
  std::vector<OriginDemand> demand_;
  Volumes x_;
  Volumes old_;
  Volumes older_;
  double step_ = 1.0;
};

int run(int argc, char** argv) {
  if (argc < 6) {
    fmt::print(stderr, "bench_frank_wolfe NET TRIPS TOLL_FACTOR DISTANCE_FACTOR GAP [SECONDS]\n");
    return 2;
  }
  const app::RoadNetwork roads =
      app::road_network(io::read_tntp_network(argv[1]), io::read_tntp_trips(argv[2]),
                        {.toll = std::atof(argv[3]), .distance = std::atof(argv[4])});
  const double target = std::atof(argv[5]);
  const double most_seconds = argc > 6 ? std::atof(argv[6]) : 60.0;
  const auto start = std::chrono::steady_clock::now();
  const double cpu_start = cpu_seconds();
  FrankWolfe solver(roads.problem);
  for (double gap = 1.0, wall = 0.0; gap > target && wall < most_seconds;) {
    gap = solver.iterate();
    wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print("{:.5f},{:.5f},{:.6e}\n", wall, cpu_seconds() - cpu_start, gap);
  }
  return 0;
}

}  // namespace
}  // namespace gerbang::roads

int main(int argc, char** argv) {
  try {
    return gerbang::roads::run(argc, argv);
  } catch (const gerbang::InputError& error) {
    fmt::print(stderr, "{}\n", error.what());
    return 2;
  }
}
