// Time and memory of road assignment on a synthetic grid: bench_roads_growth SIDE ZONES GAP prints
// "zones,links,processor seconds,iterations,MB". SIDE × SIDE crossings, streets both ways of unequal speed,
// zones spread evenly, trips between all of them that fall off with distance and load the streets to about
// two thirds.
#include <fmt/format.h>
#include <sys/resource.h>

#include <cmath>
#include <cstdlib>

#include "gerbang/base/random.h"
#include "gerbang/roads/assign.h"

namespace gerbang::roads {
namespace {

Problem grid(std::uint32_t side, std::uint32_t zones) {
  constexpr double kCapacity = 1800.0;
  constexpr double kUse = 0.65;
  Random random(1, 0);
  Problem problem;
  problem.node_count = std::size_t{side} * side;
  const auto street = [&](std::uint32_t from, std::uint32_t to, double time) {
    problem.arcs.push_back({.from = from, .to = to, .free_time = time, .capacity = kCapacity});
    problem.arcs.push_back({.from = to, .to = from, .free_time = time, .capacity = kCapacity});
  };
  for (std::uint32_t y = 0; y < side; ++y) {
    for (std::uint32_t x = 0; x < side; ++x) {
      const std::uint32_t node = y * side + x;
      if (x + 1 < side) street(node, node + 1, 1.0 + random.uniform());
      if (y + 1 < side) street(node, node + side, 1.0 + random.uniform());
    }
  }
  const auto place = [&](std::uint32_t zone) {
    return static_cast<std::uint32_t>(std::uint64_t{zone} * problem.node_count / zones);
  };
  double moved = 0.0;  // trips × blocks
  for (std::uint32_t i = 0; i < zones; ++i) {
    for (std::uint32_t j = 0; j < zones; ++j) {
      if (i == j) continue;
      const std::uint32_t from = place(i), to = place(j);
      const double blocks = std::abs(double(from % side) - double(to % side)) +
                            std::abs(double(from / side) - double(to / side));
      const double trips = std::exp(-4.0 * blocks / side);
      problem.demand.push_back({.origin = from, .destination = to, .volume = trips});
      moved += trips * blocks;
    }
  }
  const double scale = kUse * kCapacity * static_cast<double>(problem.arcs.size()) / moved;
  for (Demand& row : problem.demand) row.volume *= scale;
  return problem;
}

rusage usage() {
  rusage now{};
  getrusage(RUSAGE_SELF, &now);
  return now;
}

double processor_seconds() {
  const rusage now = usage();
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(now.ru_utime) + seconds(now.ru_stime);
}

}  // namespace
}  // namespace gerbang::roads

int main(int argc, char** argv) {
  using namespace gerbang::roads;
  if (argc != 4) {
    fmt::print(stderr, "bench_roads_growth SIDE ZONES GAP\n");
    return 2;
  }
  const auto zones = static_cast<std::uint32_t>(std::atoi(argv[2]));
  const Problem problem = grid(static_cast<std::uint32_t>(std::atoi(argv[1])), zones);
  const double start = processor_seconds();
  const Assignment result = assign(problem, {.gap = std::atof(argv[3])});
  fmt::print("{},{},{:.3f},{},{}\n", zones, problem.arcs.size(), processor_seconds() - start,
             result.iterations, usage().ru_maxrss / 1024);
  return result.is_converged ? 0 : 1;
}
