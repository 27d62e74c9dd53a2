#include "gerbang/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace gerbang {
namespace {

std::atomic<std::size_t> configured_threads{0};
thread_local bool inside_parallel_for = false;

// Remembers the exception of the smallest task index.
class FirstException {
 public:
  void keep(std::size_t index, std::exception_ptr exception) {
    const std::scoped_lock lock(mutex_);
    if (!exception_ || index < index_) {
      index_ = index;
      exception_ = std::move(exception);
    }
  }
  void rethrow() const {
    if (exception_) std::rethrow_exception(exception_);
  }

 private:
  std::mutex mutex_;
  std::size_t index_ = 0;
  std::exception_ptr exception_;
};

}  // namespace

void set_thread_count(std::size_t threads) {
  configured_threads = threads;
}

std::size_t thread_count() {
  const std::size_t configured = configured_threads;
  return configured > 0 ? configured : std::max(1U, std::thread::hardware_concurrency());
}

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& task) {
  const std::size_t threads = std::min(thread_count(), count);
  if (threads <= 1 || inside_parallel_for) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  std::atomic<std::size_t> next{0};
  FirstException failure;
  const auto work = [&] {
    inside_parallel_for = true;
    for (std::size_t i = next++; i < count; i = next++) {
      try {
        task(i);
      } catch (...) {
        failure.keep(i, std::current_exception());
      }
    }
    inside_parallel_for = false;
  };
  std::vector<std::jthread> helpers;
  helpers.reserve(threads - 1);
  for (std::size_t t = 1; t < threads; ++t) helpers.emplace_back(work);
  work();
  helpers.clear();
  failure.rethrow();
}

}  // namespace gerbang
