// A register of two cities, and a folder for its file.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "gerbang/base/error.h"
#include "gerbang/register/register.h"

namespace gerbang::registry::test {

class Folder {
 public:
  Folder() {
    static std::atomic<int> counter = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("gerbang_register_" + std::to_string(::getpid()) + "_" + std::to_string(counter++));
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::filesystem::path file() const { return path_ / "register.sqlite"; }

 private:
  std::filesystem::path path_;
};

inline StudyNames study_names(const std::filesystem::path& folder = {}) {
  return {.regions = {"east", "west"},
          .projects = {"J01", "J02"},
          .edits = {"J01/service/S1/departures_per_week"},
          .stages = {"offer", "council", "signing"},
          .stages_that_ask_council = {"council"},
          .folder = folder};
}

inline const Author kAni{.name = "ani", .at = "2026-02-01T00:00:00Z"};
inline const Author kBudi{.name = "budi", .at = "2026-02-02T00:00:00Z"};

inline void add_two_cities(Register& into) {
  into.add(Kind::kParty,
           {{"name", "City of East"},
            {"category", "government"},
            {"region_id", "east"},
            {"contacts", "ani@east, 0812"}},
           kAni, "east_city");
  into.add(Kind::kParty, {{"name", "City of West"}, {"category", "government"}, {"region_id", "west"}}, kAni,
           "west_city");
}

inline Fields visit(const std::string& title = "Visit", const std::string& start = "2026-01-23") {
  return {{"title", title},
          {"category", "visit"},
          {"start", start},
          {"hosts", "east_city"},
          {"delegation", "west_city"}};
}

// What is said of bad input.
template <class Work>
std::string said(const Work& work) {
  try {
    work();
  } catch (const InputError& error) {
    std::string text;
    for (const Fault& fault : error.faults()) text += fault.text() + "\n";
    return text;
  }
  return "";
}

}  // namespace gerbang::registry::test
