// The parts of one round of the joint equilibrium on a real study, and a whole outcome:
// bench_evaluate STUDY [Google Benchmark's options].
#include <benchmark/benchmark.h>

#include <cstdio>

#include "gerbang/evaluate/evaluate.h"
#include "gerbang/evaluate/transport.h"
#include "gerbang/io/study.h"
#include "gerbang/trade/solve.h"
#include "gerbang/world/apply.h"

namespace {

using namespace gerbang;

struct Case {
  explicit Case(const char* study)
      : evaluator(io::read_study(study), {}),
        base(evaluator.base_year()),
        world(apply(base.world, {}, {}, base.world.base_year)),
        network(evaluate::build_network(world)),
        model(world, network, base.dispersion),
        roads(roads::assign(model.road_problem(base.state.road))),
        costs(model.costs(base.state.utilisation, roads)),
        equilibrium(trade::solve(base.economy, {})),
        chains(*costs.chains) {}

  evaluate::Evaluator evaluator;
  const evaluate::BaseYear& base;
  World world;
  evaluate::Network network;
  evaluate::TransportModel model;
  roads::Assignment roads;
  evaluate::TransportCosts costs;
  trade::Equilibrium equilibrium;
  std::vector<chains::Chains> chains;
};

void register_parts(Case& on) {
  const auto add = [](const char* name, auto part) {
    benchmark::RegisterBenchmark(name, [part](benchmark::State& state) {
      for ([[maybe_unused]] auto _ : state) part();
    })->Unit(benchmark::kMillisecond);
  };
  add("roads", [&] { benchmark::DoNotOptimize(roads::assign(on.model.road_problem(on.base.state.road))); });
  add("costs", [&] { benchmark::DoNotOptimize(on.model.costs(on.base.state.utilisation, on.roads)); });
  add("delays", [&] { on.model.set_delays(on.base.state.utilisation, on.chains); });
  add("loads", [&] { benchmark::DoNotOptimize(on.model.loads(on.chains, on.equilibrium.tonnes)); });
  add("market_dearer", [&] {
    evaluate::TransportCosts dearer = on.costs;
    for (trade::ClassTransport& of_class : dearer.transport.classes)
      for (double& cost : of_class.cost.values()) cost *= 1.02;
    trade::Change change;
    change.transport = &dearer.transport;
    benchmark::DoNotOptimize(trade::solve(on.base.economy, change, {.start = &on.equilibrium}));
  });
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    std::fprintf(stderr, "bench_evaluate STUDY [--benchmark_filter=PART …]\n");
    return 2;
  }
  Case on(argv[1]);
  register_parts(on);
  benchmark::RunSpecifiedBenchmarks();
}
