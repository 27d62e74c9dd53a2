// Time of the trade counterfactual and of its adjoint, by regions × sectors; sweeps, and the time of reading
// M once, which bounds a sweep from below. Beside it: bench/trade_numpy.py.
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <numeric>

#include "bench/trade_instance.h"
#include "gerbang/base/parallel.h"
#include "gerbang/trade/gradient.h"
#include "gerbang/trade/kernel.h"
#include "gerbang/trade/market.h"
#include "gerbang/trade/solve.h"

namespace gerbang::bench {
namespace {

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024.0;
}

TradeInstance instance_of(const benchmark::State& state) {
  return make_trade_instance(static_cast<std::size_t>(state.range(0)),
                             static_cast<std::size_t>(state.range(1)));
}

void solve_cold(benchmark::State& state) {
  const TradeInstance instance = instance_of(state);
  trade::Equilibrium now;
  for (auto _ : state) now = trade::solve(instance.economy, instance.change);
  state.counters["sweeps"] = static_cast<double>(now.sweeps);
  state.counters["residual"] = now.residual;
  state.counters["is_converged"] = now.is_converged;
  state.counters["peak_MB"] = peak_megabytes();
}

void solve_warm(benchmark::State& state) {
  TradeInstance instance = instance_of(state);
  const trade::Equilibrium before = trade::solve(instance.economy, instance.change);
  for (Matrix& iceberg : instance.change.iceberg) iceberg(1, 0) *= 0.95;
  trade::Equilibrium now;
  for (auto _ : state) now = trade::solve(instance.economy, instance.change, {.start = &before});
  state.counters["sweeps"] = static_cast<double>(now.sweeps);
}

void differentiate(benchmark::State& state, const std::vector<double>& weight,
                   const TradeInstance& instance) {
  const trade::Equilibrium now = trade::solve(instance.economy, instance.change, {.tolerance = 1e-12});
  trade::Gradient gradient;
  for (auto _ : state) {
    gradient = {};  // not two of them in memory at once
    const trade::Adjoint adjoint(instance.economy, instance.change, now);
    gradient = adjoint.gradient({.welfare = weight}, {.tolerance = 1e-10});
  }
  state.counters["sweeps"] = static_cast<double>(gradient.sweeps);
  state.counters["is_converged"] = gradient.is_converged;
  state.counters["peak_MB"] = peak_megabytes();
}

void adjoint_of_nation(benchmark::State& state) {
  const TradeInstance instance = instance_of(state);
  differentiate(state, instance.economy.income, instance);
}

void adjoint_of_one_region(benchmark::State& state) {
  const TradeInstance instance = instance_of(state);
  std::vector<double> weight(instance.economy.regions, 0.0);
  weight[instance.economy.regions / 2] = 1.0;
  differentiate(state, weight, instance);
}

void sweep_once(benchmark::State& state) {
  const TradeInstance instance = instance_of(state);
  const trade::Market market(instance.economy, instance.change);
  const std::vector<double> x = market.start();
  std::vector<double> image(x.size());
  trade::Accounts accounts;
  for (auto _ : state) market.sweep(x, image, accounts);
}

// What one sweep cannot be faster than: reading M once, on as many threads.
void read_kernel_once(benchmark::State& state) {
  const TradeInstance instance = instance_of(state);
  const std::size_t n = instance.economy.regions;
  const std::vector<double> ones(n, 1.0);
  std::vector<double> sums(n);
  for (auto _ : state) {
    parallel_for((n + 63) / 64, [&](std::size_t task) {
      for (std::size_t row = task * 64; row < std::min(n, task * 64 + 64); ++row) {
        double sum = 0.0;
        for (const Matrix& share : instance.economy.share)
          sum += trade::dot(share.row(row).data(), ones.data(), n);
        sums[row] = sum;
      }
    });
    benchmark::DoNotOptimize(sums.data());
  }
  const double bytes = 8.0 * static_cast<double>(n * n * instance.economy.sectors);
  state.counters["GB/s"] =
      benchmark::Counter(bytes * static_cast<double>(state.iterations()) / 1e9, benchmark::Counter::kIsRate);
}

void sizes(benchmark::internal::Benchmark* bench) {
  for (const long sectors : {17L, 50L})
    for (const long regions : {34L, 100L, 250L, 514L, 1000L}) bench->Args({regions, sectors});
  bench->ArgNames({"regions", "sectors"})
      ->Unit(benchmark::kMillisecond)
      ->MeasureProcessCPUTime()
      ->UseRealTime();
}

BENCHMARK(solve_cold)->Apply(sizes);
BENCHMARK(solve_warm)->Apply(sizes);
BENCHMARK(adjoint_of_nation)->Apply(sizes);
BENCHMARK(adjoint_of_one_region)->Apply(sizes);
BENCHMARK(sweep_once)->Apply(sizes);
BENCHMARK(read_kernel_once)->Apply(sizes);

}  // namespace
}  // namespace gerbang::bench

BENCHMARK_MAIN();
