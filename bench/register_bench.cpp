// The register with 100,000 events: what a person waits for when listing, searching and adding.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <filesystem>

#include "gerbang/register/register.h"

namespace {

using namespace gerbang::registry;

constexpr int kEvents = 100'000;

// Made once, in a file, as in use.
Register& filled() {
  static const std::filesystem::path file =
      std::filesystem::temp_directory_path() / fmt::format("gerbang_register_bench_{}.sqlite", ::getpid());
  static Register events = [] {
    std::filesystem::remove(file);
    Register made(file, StudyNames{});
    const Author author{.name = "bench"};
    const Date first = *parse_date("1990-01-01");
    made.in_one_piece([&] {
      made.add(Kind::kParty, {{"name", "City"}, {"category", "government"}}, author, "city");
      for (int i = 0; i < kEvents; ++i)
        made.add(Kind::kEvent,
                 {{"title", fmt::format("Meeting {} on the sea link {}", i, i % 977)},
                  {"category", i % 3 == 0 ? "visit" : "meeting"},
                  {"start", date_id(first + std::chrono::days(i % 15'000))},
                  {"hosts", "city"},
                  {"agenda", fmt::format("Ferries, containers and berth {} of port {}", i % 13, i % 101)}},
                 author);
    });
    return made;
  }();
  static const bool is_removed_at_exit = std::atexit([] { std::filesystem::remove(file); }) == 0;
  (void)is_removed_at_exit;
  return events;
}

void list_latest(benchmark::State& state) {
  const Register& events = filled();
  for (auto _ : state) benchmark::DoNotOptimize(events.list({.kind = Kind::kEvent, .limit = 100}));
}
BENCHMARK(list_latest)->Unit(benchmark::kMillisecond);

void list_a_month(benchmark::State& state) {
  const Register& events = filled();
  for (auto _ : state)
    benchmark::DoNotOptimize(
        events.list({.from = parse_date("2020-01-01"), .to = parse_date("2020-01-31"), .limit = 100}));
}
BENCHMARK(list_a_month)->Unit(benchmark::kMillisecond);

void search_rare_word(benchmark::State& state) {
  const Register& events = filled();
  for (auto _ : state) benchmark::DoNotOptimize(events.list({.words = "link 976", .limit = 100}));
}
BENCHMARK(search_rare_word)->Unit(benchmark::kMillisecond);

// A word that every record holds: the worst case.
void search_common_word(benchmark::State& state) {
  const Register& events = filled();
  for (auto _ : state) benchmark::DoNotOptimize(events.list({.words = "meeting", .limit = 100}));
}
BENCHMARK(search_common_word)->Unit(benchmark::kMillisecond);

void add_one(benchmark::State& state) {
  Register& events = filled();
  for (auto _ : state)
    benchmark::DoNotOptimize(
        events.add(Kind::kParty, {{"name", "Agency"}, {"category", "agency"}}, {.name = "bench"}));
}
BENCHMARK(add_one)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
