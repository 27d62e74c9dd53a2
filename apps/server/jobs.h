// Evaluations asked for while the server runs: solved one after the other in a thread of their own, so that
// reading is never blocked; each can be watched and stopped.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "gerbang/base/progress.h"

namespace gerbang::server {

enum class JobStatus { kWaiting, kSolving, kDone, kCancelled, kFailed };

// A state as it was at one moment.
struct JobState {
  std::string id;
  JobStatus status = JobStatus::kWaiting;
  std::size_t round = 0;
  double residual = 0.0;
  double seconds = 0.0;                       // of solving
  std::string error;                          // of one that failed
  std::shared_ptr<const std::string> result;  // JSON, of one that is done

  [[nodiscard]] bool is_over() const {
    return status != JobStatus::kWaiting && status != JobStatus::kSolving;
  }
};

class Jobs {
 public:
  Jobs();
  ~Jobs();  // close()

  // Stops the one that is being solved and forgets those that wait; what the work refers to may then go.
  void close();

  // Takes work that returns its result; nothing when too many wait. What the work throws is its failure.
  std::optional<JobState> start(std::function<std::string()> work);
  [[nodiscard]] std::optional<JobState> find(const std::string& id) const;
  // Stops it: at once when it waits, else at the next round of the solve.
  std::optional<JobState> cancel(const std::string& id);

  // To be called with the progress of the solve; throws to stop it when it was cancelled.
  void on_progress(const Progress& progress);

  static constexpr std::size_t kMostWaiting = 8;
  static constexpr std::size_t kMostKept = 32;  // results of finished ones; older ones are forgotten

 private:
  struct Job;
  void work();
  void run(Job& job);
  void forget_oldest();
  [[nodiscard]] JobState state_of(const Job& job) const;

  mutable std::mutex mutex_;
  std::condition_variable has_work_;
  std::map<std::string, std::shared_ptr<Job>> jobs_;
  std::deque<std::shared_ptr<Job>> waiting_;
  std::deque<std::string> over_;
  std::shared_ptr<Job> current_;
  std::size_t count_ = 0;
  bool is_closing_ = false;
  std::thread thread_;
};

}  // namespace gerbang::server
