// How long work tells its observer how far it is. The engine never prints; the command decides what to show.
#pragma once

#include <functional>
#include <string_view>

namespace gerbang {

struct Progress {
  std::string_view task;
  std::size_t done = 0;
  std::size_t total = 0;  // 0 when not known
  double residual = 0.0;  // of an iterative solve, else 0
};

// Called from any thread; must be quick. Empty: nobody watches.
using Observer = std::function<void(const Progress&)>;

}  // namespace gerbang
