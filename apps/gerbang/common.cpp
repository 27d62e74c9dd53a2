#include "apps/gerbang/common.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <mutex>
#include <nlohmann/json.hpp>

#include "gerbang/io/file.h"

namespace gerbang::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kQuiet = std::chrono::seconds(1);  // work shorter than this shows nothing
constexpr auto kBetween = std::chrono::milliseconds(200);

// One line on standard error, rewritten in place and wiped when the work is over.
class ProgressLine {
 public:
  ~ProgressLine() {
    if (is_shown_) fmt::print(stderr, "\r\033[K");
  }

  void show(const Progress& progress) {
    const std::lock_guard lock(mutex_);
    const auto now = Clock::now();
    if (now - start_ < kQuiet || now - last_ < kBetween) return;
    last_ = now;
    is_shown_ = true;
    std::string line = fmt::format("\r\033[K{}", progress.task);
    if (progress.total > 0) {
      line += fmt::format(" {}/{}", progress.done, progress.total);
    } else if (progress.done > 0) {
      line += fmt::format(" {}", progress.done);
    }
    if (progress.residual > 0) line += fmt::format(" ({:.1e})", progress.residual);
    fmt::print(stderr, "{}", line);
    std::fflush(stderr);
  }

 private:
  std::mutex mutex_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point last_{};
  bool is_shown_ = false;
};

}  // namespace

void Common::print(std::string_view text) const {
  if (json != "-") fmt::print("{}", text);
}

void Common::write_json(const nlohmann::ordered_json& json_value) const {
  if (!has_json()) return;
  const std::string text = json_value.dump(1) + "\n";
  if (json == "-") {
    fmt::print("{}", text);
  } else {
    io::write_file_atomically(json, text);
  }
}

Observer Common::progress() const {
  if (isatty(STDERR_FILENO) == 0) return {};
  const auto line = std::make_shared<ProgressLine>();
  return [line](const Progress& progress) { line->show(progress); };
}

}  // namespace gerbang::app
