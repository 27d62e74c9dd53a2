// What every verb of the command shares. To add a verb V: write apps/gerbang/V.cpp with
//
//   void add_V(CLI::App& app, Command& command) {
//     auto options = std::make_shared<VOptions>();
//     CLI::App* verb = app.add_subcommand("V", command.text({"…Indonesian…", "…English…"}));
//     verb->add_option("study", options->study, command.text({"…", "…"}))->required();
//     verb->callback([options, &command] { command.action = [options](const Common& common) { return
//     run(*options, common); }; });
//   }
//
// declare add_V in verbs.h and name it there in kVerbs, and add V.cpp to CMakeLists.txt. --json, --threads
// and --lang are there for every verb already; throw InputError for bad input and return ExitCode for the
// rest: main turns both into the process's exit code.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
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

// The verb chosen on the command line: its callback sets the action, main runs it.
struct Command {
  Language language = Language::kEnglish;
  std::function<ExitCode(const Common&)> action;

  [[nodiscard]] std::string text(const Text& both) const { return std::string(both.in(language)); }
};

}  // namespace gerbang::app
