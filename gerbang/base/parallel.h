// The parallel primitives, all of them. Work is cut into tasks whose number and order do not depend on the
// number of threads; whoever reduces does so in task order. So every result is the same bytes for any number
// of threads.
#pragma once

#include <cstddef>
#include <functional>

namespace gerbang {

// How many threads parallel work may use; 0 asks the machine. Set once, by the command, before any work
// starts.
void set_thread_count(std::size_t threads);
[[nodiscard]] std::size_t thread_count();

// What parallel_for does, for a task that is not copied.
void run_tasks(std::size_t count, const std::function<void(std::size_t)>& task);

// Calls task(0) … task(count − 1), each once, on up to thread_count() threads, and returns when all are done.
// Inside a task of a parallel_for, a nested parallel_for runs serially. An exception of a task is rethrown:
// that of the smallest index, so that it too does not depend on threads.
template <class Task>
void parallel_for(std::size_t count, const Task& task) {
  run_tasks(count, std::cref(task));
}

}  // namespace gerbang
