#include "gerbang/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <list>
#include <mutex>
#include <thread>
#include <utility>
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

// One parallel_for: whoever works on it takes tasks until none is left.
class Job {
 public:
  Job(std::size_t count, const std::function<void(std::size_t)>& task) : count_(count), task_(task) {}

  void work() {
    for (std::size_t i = next_++; i < count_; i = next_++) {
      try {
        task_(i);
      } catch (...) {
        failure_.keep(i, std::current_exception());
      }
    }
  }
  void rethrow() const { failure_.rethrow(); }

 private:
  std::size_t count_;
  const std::function<void(std::size_t)>& task_;
  std::atomic<std::size_t> next_{0};
  FirstException failure_;
};

// Threads that wait for jobs. Whoever asks for a job works on it too and never waits for a thread that has
// not begun: on a busy machine most jobs are done before help comes.
class Pool {
 public:
  ~Pool() {
    {
      const std::scoped_lock lock(mutex_);
      is_ending_ = true;
    }
    called_.notify_all();
  }

  // Works on the job with up to `helpers` threads beside this one; returns when no one works on it any more.
  void run(Job& job, std::size_t helpers) {
    std::unique_lock lock(mutex_);
    while (threads_.size() < helpers) threads_.emplace_back([this] { serve(); });
    const auto call = calls_.insert(calls_.end(), {&job, helpers, 0});
    lock.unlock();
    called_.notify_all();
    job.work();
    lock.lock();
    call->wanted = 0;
    left_.wait(lock, [&] { return call->working == 0; });
    calls_.erase(call);
  }

 private:
  struct Call {
    Job* job;
    std::size_t wanted;
    std::size_t working;
  };

  void serve() {
    inside_parallel_for = true;
    std::unique_lock lock(mutex_);
    while (true) {
      auto call = calls_.end();
      called_.wait(lock, [&] {
        call = std::find_if(calls_.begin(), calls_.end(), [](const Call& c) { return c.wanted > 0; });
        return is_ending_ || call != calls_.end();
      });
      if (is_ending_) return;
      --call->wanted;
      ++call->working;
      lock.unlock();
      call->job->work();
      lock.lock();
      if (--call->working == 0) left_.notify_all();
    }
  }

  std::mutex mutex_;
  std::condition_variable called_, left_;
  std::list<Call> calls_;
  bool is_ending_ = false;
  std::vector<std::jthread> threads_;  // last: they end before what they use
};

Pool& pool() {
  static Pool pool;
  return pool;
}

}  // namespace

void set_thread_count(std::size_t threads) {
  configured_threads = threads;
}

std::size_t thread_count() {
  static const std::size_t of_machine = std::max(1U, std::thread::hardware_concurrency());
  const std::size_t configured = configured_threads;
  return configured > 0 ? configured : of_machine;
}

void run_tasks(std::size_t count, const std::function<void(std::size_t)>& task) {
  const std::size_t threads = std::min(thread_count(), count);
  if (threads <= 1 || inside_parallel_for) {
    for (std::size_t i = 0; i < count; ++i) task(i);
    return;
  }
  Job job(count, task);
  inside_parallel_for = true;
  pool().run(job, threads - 1);
  inside_parallel_for = false;
  job.rethrow();
}

}  // namespace gerbang
