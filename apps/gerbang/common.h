// What every verb is given: the options that all of them have, and where what it says goes.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "gerbang/base/progress.h"
#include "gerbang/base/text.h"

namespace gerbang::app {

enum class ExitCode { kOk = 0, kNotConverged = 1, kBadInput = 2, kInternal = 3 };

// The options that every verb has.
struct Common {
  std::string json;         // file, "-" for standard output, "" for none
  std::size_t threads = 0;  // 0: as many as the machine has
  Language language = Language::kEnglish;

  [[nodiscard]] bool has_json() const { return !json.empty(); }
  // Prints for people, on standard output; nothing when that carries JSON.
  void print(std::string_view text) const;
  // Writes the JSON where --json says: standard output, or a file (atomically). Nothing without --json.
  void write_json(const nlohmann::ordered_json& json_value) const;
  // Shows progress on standard error once the work has taken more than a second, where that is a terminal.
  [[nodiscard]] Observer progress() const;
};

}  // namespace gerbang::app
