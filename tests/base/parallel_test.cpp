#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "gerbang/base/parallel.h"

namespace gerbang {
namespace {

// Sets the number of threads and takes it back, so that tests do not depend on each other.
class Threads {
 public:
  explicit Threads(std::size_t count) { set_thread_count(count); }
  ~Threads() { set_thread_count(0); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;
};

TEST(Base, ParallelForCallsEveryTaskOnce) {
  for (const std::size_t threads : {1, 2, 3, 8}) {
    const Threads use(threads);
    std::vector<std::atomic<int>> calls(1000);
    parallel_for(calls.size(), [&](std::size_t i) { ++calls[i]; });
    for (const std::atomic<int>& count : calls) EXPECT_EQ(count, 1);
  }
}

TEST(Base, ParallelForOverNothingReturns) {
  parallel_for(0, [](std::size_t) { FAIL(); });
}

// Harmonic sums by chunk, added in chunk order: floating-point addition does not commute with regrouping, so
// equal bytes show that neither chunks nor order depend on threads.
TEST(Base, ASumByTaskIsTheSameBytesForAnyNumberOfThreads) {
  const auto sum = [](std::size_t threads) {
    const Threads use(threads);
    std::vector<double> parts(97);
    parallel_for(parts.size(), [&](std::size_t i) {
      for (std::size_t k = 1; k <= 1000; ++k) parts[i] += 1.0 / static_cast<double>(i * 1000 + k);
    });
    double total = 0.0;
    for (const double part : parts) total += part;
    return total;
  };
  const double serial = sum(1);
  for (const std::size_t threads : {2, 3, 7, 16}) EXPECT_EQ(sum(threads), serial);
  const double n = 97000.0;  // Euler: H_n = ln n + γ + 1/2n − 1/12n²
  EXPECT_NEAR(serial, std::log(n) + 0.57721566490153286061 + 0.5 / n - 1.0 / (12.0 * n * n), 1e-12);
}

TEST(Base, ANestedParallelForRunsInOrder) {
  const Threads use(4);
  std::vector<std::vector<std::size_t>> seen(8);
  parallel_for(seen.size(), [&](std::size_t outer) {
    parallel_for(5, [&](std::size_t inner) { seen[outer].push_back(inner); });
  });
  for (const auto& inner : seen) EXPECT_EQ(inner, (std::vector<std::size_t>{0, 1, 2, 3, 4}));
}

TEST(Base, TheExceptionOfTheSmallestIndexIsRethrown) {
  for (const std::size_t threads : {1, 2, 8}) {
    const Threads use(threads);
    for (int repeat = 0; repeat < 20; ++repeat) {
      try {
        parallel_for(100, [](std::size_t i) {
          if (i % 10 == 7) throw std::runtime_error(std::to_string(i));
        });
        FAIL() << "nothing was thrown";
      } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "7");
      }
    }
  }
}

TEST(Base, ParallelForWorksAgainAfterAnException) {
  const Threads use(4);
  EXPECT_THROW(parallel_for(10, [](std::size_t) { throw std::runtime_error("no"); }), std::runtime_error);
  std::atomic<int> calls = 0;
  parallel_for(10, [&](std::size_t) { ++calls; });
  EXPECT_EQ(calls, 10);
}

TEST(Base, ManyThreadsMayAskForParallelWorkAtOnce) {
  const Threads use(3);
  std::vector<std::vector<int>> counted(4, std::vector<int>(50));
  std::vector<std::jthread> callers;
  for (std::vector<int>& mine : counted)
    callers.emplace_back([&mine] {
      for (int repeat = 0; repeat < 200; ++repeat)
        parallel_for(mine.size(), [&mine](std::size_t i) { ++mine[i]; });
    });
  callers.clear();
  for (const std::vector<int>& mine : counted) EXPECT_EQ(mine, std::vector<int>(50, 200));
}

}  // namespace
}  // namespace gerbang
