// A register of two cities, and a folder for its file.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "gerbang/base/error.h"
#include "gerbang/register/register.h"
#include "tests/english.h"
#include "tests/temporary_folder.h"

namespace gerbang::registry::test {

struct Folder : gerbang::test::TemporaryFolder {
  [[nodiscard]] std::filesystem::path file() const { return path() / "register.sqlite"; }
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

// What is said of bad input, which its Indonesian form says without English.
template <class Work>
std::string said(const Work& work) {
  try {
    work();
  } catch (const InputError& error) {
    std::string text;
    for (const Fault& fault : error.faults()) {
      text += fault.text() + "\n";
      const std::string indonesian =
          fault.found.in(Language::kIndonesian) + "; " + fault.expected.in(Language::kIndonesian);
      EXPECT_EQ(gerbang::test::english_in(indonesian), "") << indonesian;
    }
    return text;
  }
  return "";
}

}  // namespace gerbang::registry::test
