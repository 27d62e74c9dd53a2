#include "apps/server/jobs.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "gerbang/base/error.h"

namespace gerbang::server {
namespace {

using Clock = std::chrono::steady_clock;

struct Cancelled {};

std::string faults_text(const InputError& error) {
  std::string text;
  for (const Fault& fault : error.faults()) text += (text.empty() ? "" : "\n") + fault.text();
  return text;
}

}  // namespace

struct Jobs::Job {
  JobState state;
  std::function<std::string()> work;
  Clock::time_point begin{};
  std::atomic<bool> is_cancelled = false;
};

Jobs::Jobs() : thread_([this] { work(); }) {}

Jobs::~Jobs() {
  close();
}

void Jobs::close() {
  {
    const std::scoped_lock lock(mutex_);
    is_closing_ = true;
    if (current_) current_->is_cancelled = true;
  }
  has_work_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::optional<JobState> Jobs::start(std::function<std::string()> work) {
  const std::scoped_lock lock(mutex_);
  if (waiting_.size() >= kMostWaiting) return std::nullopt;
  const auto job = std::make_shared<Job>();
  job->state.id = fmt::format("{}", ++count_);
  job->work = std::move(work);
  jobs_.emplace(job->state.id, job);
  waiting_.push_back(job);
  has_work_.notify_one();
  return state_of(*job);
}

std::optional<JobState> Jobs::find(const std::string& id) const {
  const std::scoped_lock lock(mutex_);
  const auto known = jobs_.find(id);
  if (known == jobs_.end()) return std::nullopt;
  return state_of(*known->second);
}

std::optional<JobState> Jobs::cancel(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  const auto known = jobs_.find(id);
  if (known == jobs_.end()) return std::nullopt;
  Job& job = *known->second;
  job.is_cancelled = true;
  if (job.state.status == JobStatus::kWaiting) {
    job.state.status = JobStatus::kCancelled;
    std::erase(waiting_, known->second);
    over_.push_back(id);
    forget_oldest();
  }
  return state_of(job);
}

void Jobs::on_progress(const Progress& progress) {
  const std::scoped_lock lock(mutex_);
  if (!current_) return;
  if (current_->is_cancelled) throw Cancelled{};
  current_->state.round = progress.done;
  current_->state.residual = progress.residual;
}

JobState Jobs::state_of(const Job& job) const {
  JobState state = job.state;
  if (state.status == JobStatus::kSolving)
    state.seconds = std::chrono::duration<double>(Clock::now() - job.begin).count();
  return state;
}

void Jobs::forget_oldest() {
  while (over_.size() > kMostKept) {
    jobs_.erase(over_.front());
    over_.pop_front();
  }
}

void Jobs::run(Job& job) {
  JobStatus status = JobStatus::kDone;
  std::string error;
  std::shared_ptr<const std::string> result;
  try {
    result = std::make_shared<const std::string>(job.work());
  } catch (const Cancelled&) {
    status = JobStatus::kCancelled;
  } catch (const InputError& fault) {
    status = JobStatus::kFailed;
    error = faults_text(fault);
  } catch (const std::exception& exception) {
    status = JobStatus::kFailed;
    error = exception.what();
  }
  const std::scoped_lock lock(mutex_);
  job.state.seconds = std::chrono::duration<double>(Clock::now() - job.begin).count();
  job.state.status = status;
  job.state.error = std::move(error);
  job.state.result = std::move(result);
  job.work = nullptr;
  current_ = nullptr;
  over_.push_back(job.state.id);
  forget_oldest();
}

void Jobs::work() {
  for (;;) {
    std::shared_ptr<Job> job;
    {
      std::unique_lock lock(mutex_);
      has_work_.wait(lock, [&] { return is_closing_ || !waiting_.empty(); });
      if (is_closing_) return;
      job = waiting_.front();
      waiting_.pop_front();
      current_ = job;
      job->begin = Clock::now();
      job->state.status = JobStatus::kSolving;
    }
    run(*job);
  }
}

}  // namespace gerbang::server
