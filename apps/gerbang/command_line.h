// The command line: its verbs, their options, their help and what is wrong with them, in the user's language.
// To add a verb V: write apps/gerbang/V.cpp with
//
//   void add_V(const Verb& gerbang) {
//     const Verb verb = gerbang.add("V", {"…Indonesian…", "…English…"});
//     VOptions& options = verb.runs(do_v);  // ExitCode do_v(const VOptions&, const Common&)
//     verb.option("study", options.study, {"…Indonesian…", "…English…"}, "STUDY").required();
//   }
//
// declare add_V in verbs.h and name it there in kVerbs, and add V.cpp to CMakeLists.txt. --json, --threads
// and --lang are there for every verb already; throw InputError for bad input and return ExitCode for the
// rest: main turns both into the process's exit code.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/gerbang/common.h"
#include "gerbang/base/message.h"
#include "gerbang/base/text.h"

namespace CLI {  // the parser's library, which takes long to compile: command_line.cpp alone includes it
class App;
class Option;
}  // namespace CLI

namespace gerbang::app {

class CommandLine;

// An option, or an argument by position; what is said of it here stands in its help too.
class Option {
 public:
  Option& required();
  Option& shows_default();
  Option& one_of(std::vector<std::string> words);
  Option& positive();
  Option& not_negative();
  Option& between(double least, double most);

 private:
  friend class Verb;
  Option(CLI::Option& option, Language language) : option_(&option), language_(language) {}
  // kind: what its help calls such a value; fault: what is said of a value that is not of the kind.
  Option& check(const Message& kind, const Message& fault, std::function<bool(double)> holds);

  CLI::Option* option_;
  Language language_;
};

class Verb {
 public:
  // A verb below this one.
  [[nodiscard]] Verb add(const char* name, const Text& meaning) const;
  // One of the verbs below it has to be named.
  void needs_verb() const;

  // The value must outlive the command line, as those that runs() makes do. Values: texts, whole and other
  // numbers, optional numbers, lists of texts and of whole numbers. type: how help calls it, in English.
  template <class Value>
  Option option(const char* name, Value& value, const Text& meaning, const char* type = nullptr) const;
  void flag(const char* name, bool& value, const Text& meaning) const;

  // What it does when it is chosen, and its options, for option() to fill.
  template <class Options>
  Options& runs(ExitCode (*action)(const Options&, const Common&)) const {
    const auto options = std::make_shared<Options>();
    runs(action, options);
    return *options;
  }
  // With options that it shares with other verbs.
  template <class Options>
  void runs(ExitCode (*action)(const Options&, const Common&),
            const std::shared_ptr<Options>& options) const {
    set_action([action, options](const Common& common) { return action(*options, common); });
  }

 private:
  friend class CommandLine;
  using Action = std::function<ExitCode(const Common&)>;

  Verb(CLI::App& app, CommandLine& line) : app_(&app), line_(&line) {}
  void set_action(Action action) const;

  CLI::App* app_;
  CommandLine* line_;
};

class CommandLine {
 public:
  explicit CommandLine(Language language);
  ~CommandLine();

  // gerbang itself, to add verbs below.
  [[nodiscard]] Verb gerbang();
  // Reads the arguments, when all verbs are there. Where they ask for nothing that could be run, for help or
  // wrongly, it answers, and the process has its exit code.
  [[nodiscard]] std::optional<ExitCode> read(int argc, char** argv);

  [[nodiscard]] const Common& common() const { return common_; }
  // Runs the verb that was chosen; what it throws passes through.
  [[nodiscard]] ExitCode run() const { return action_(common_); }

 private:
  friend class Verb;

  std::unique_ptr<CLI::App> app_;
  Common common_;
  std::string lang_;  // what --lang says: main has read it, because help is in it too
  Verb::Action action_;
};

}  // namespace gerbang::app
