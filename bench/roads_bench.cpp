// Time, iterations and memory of road assignment on TNTP networks: bench_roads NET TRIPS [toll [distance]]
// prints, for gaps of 1e-4 to 1e-12, the median of five runs (reading apart), and what a warm start saves.
// Timings never decide a test.
#include <fmt/format.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>

#include "apps/gerbang/road_network.h"
#include "gerbang/base/error.h"
#include "gerbang/roads/assign.h"

namespace gerbang::roads {
namespace {

constexpr int kRuns = 5;

struct Measured {
  double seconds = 0.0;
  Assignment result;
};

double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

Measured measure(const Problem& problem, double gap, const Assignment* warm = nullptr) {
  Measured measured;
  std::vector<double> seconds;
  for (int run = 0; run < kRuns; ++run) {
    const auto start = std::chrono::steady_clock::now();
    measured.result = assign(problem, {.gap = gap}, warm);
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  measured.seconds = median(std::move(seconds));
  return measured;
}

double megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

void print_cold(const Problem& problem) {
  fmt::print("{:>8} {:>10} {:>11} {:>10} {:>22}\n", "gap", "seconds", "iterations", "reached", "Beckmann");
  for (const double gap : {1e-4, 1e-6, 1e-8, 1e-10, 1e-12}) {
    const Measured cold = measure(problem, gap);
    fmt::print("{:>8.0e} {:>10.4f} {:>11} {:>10.1e} {:>22.15g}\n", gap, cold.seconds, cold.result.iterations,
               cold.result.relative_gap, cold.result.beckmann);
  }
}

// One change at a time, solved from the unchanged solution and from nothing.
void print_warm(Problem problem) {
  constexpr double kGap = 1e-8;
  const Measured base = measure(problem, kGap);
  const auto print = [&](const char* change) {
    const double warm = measure(problem, kGap, &base.result).seconds;
    const double cold = measure(problem, kGap).seconds;
    fmt::print("{:<22} warm {:.4f} s, cold {:.4f} s, {:.0f} %\n", change, warm, cold, 100.0 * warm / cold);
  };
  print("nothing changed");
  Arc& arc = problem.arcs[problem.arcs.size() / 2];
  arc.is_closed = true;
  print("one link closed");
  arc.is_closed = false;
  arc.capacity *= 2.0;
  print("one link widened");
  arc.capacity /= 2.0;
  for (Demand& row : problem.demand) row.volume *= 1.1;
  print("10 % more demand");
}

int run(int argc, char** argv) {
  if (argc < 3) {
    fmt::print("bench_roads NET TRIPS [toll factor [distance factor]]\n");
    return 2;
  }
  const app::RoadNetwork roads = app::road_network(
      io::read_tntp_network(argv[1]), io::read_tntp_trips(argv[2]),
      {.toll = argc > 3 ? std::atof(argv[3]) : 0.0, .distance = argc > 4 ? std::atof(argv[4]) : 0.0});
  fmt::print("{} nodes, {} arcs, {} pairs\n", roads.problem.node_count, roads.problem.arcs.size(),
             roads.problem.demand.size());
  print_cold(roads.problem);
  print_warm(roads.problem);
  fmt::print("{:.0f} MB at most\n", megabytes());
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
