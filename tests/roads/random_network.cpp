#include "tests/roads/random_network.h"

#include "gerbang/base/random.h"

namespace gerbang::roads {

Problem random_problem(const RandomNetwork& shape) {
  Random random(shape.seed, 0);
  const auto pick = [&](std::size_t count) { return static_cast<std::uint32_t>(random.next() % count); };
  Problem problem;
  problem.node_count = shape.nodes;
  for (std::size_t a = 0; a < shape.arcs; ++a) {
    const auto ring = static_cast<std::uint32_t>(a % shape.nodes);
    Arc arc;
    arc.from = a < shape.nodes ? ring : pick(shape.nodes);
    arc.to = a < shape.nodes ? static_cast<std::uint32_t>((a + 1) % shape.nodes) : pick(shape.nodes);
    arc.free_time = a % 17 == 3 ? 0.0 : 1.0 + 9.0 * random.uniform();  // some cost nothing
    arc.capacity = 50.0 + 150.0 * random.uniform();
    arc.beta = a % 5 == 0 ? 1.0 : a % 7 == 0 ? 2.5 : 4.0;
    arc.alpha = a % 11 == 0 ? 0.0 : 0.15 + 0.85 * random.uniform();
    arc.background = a % 13 == 0 ? 20.0 : 0.0;
    problem.arcs.push_back(arc);
  }
  problem.classes.assign(shape.classes, VehicleClass{});
  for (std::size_t m = 1; m < shape.classes; ++m) {
    VehicleClass& vehicles = problem.classes[m];
    vehicles.pcu = 1.0 + static_cast<double>(m % 3);
    vehicles.value_of_time = 5.0 * static_cast<double>(m);
    for (std::size_t a = 0; a < shape.arcs; ++a) {
      vehicles.fixed_cost.push_back(a % 4 == m % 4 ? 20.0 * random.uniform() : 0.0);
    }
  }
  for (std::size_t i = 0; i < shape.pairs; ++i) {
    problem.demand.push_back({.origin = pick(shape.nodes),
                              .destination = pick(shape.nodes),
                              .vehicle_class = static_cast<std::uint32_t>(i % shape.classes),
                              .volume = shape.congestion * 10.0 * random.uniform()});
  }
  return problem;
}

}  // namespace gerbang::roads
