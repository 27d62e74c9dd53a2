// gerbang: the command. Reads the common options, runs the verb, and turns what happened into an exit code.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <system_error>

#include "apps/gerbang/command_line.h"
#include "apps/gerbang/verbs.h"
#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"

namespace gerbang::app {
namespace {

// The language is needed before the options are parsed, because help is in it too.
std::string chosen_language(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--lang" && i + 1 < argc) return argv[i + 1];
    if (argument.starts_with("--lang=")) return std::string(argument.substr(7));
  }
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value != nullptr && *value != '\0') return value;
  }
  return "en";
}

// Parses and runs; what the verbs throw passes through.
ExitCode run(int argc, char** argv) {
  CommandLine line(language_of_locale(chosen_language(argc, argv)));
  for (const auto& add : kVerbs) add(line.gerbang());
  if (const auto answered = line.read(argc, argv)) return *answered;
  set_thread_count(line.common().threads);
  return line.run();
}

ExitCode run_guarded(int argc, char** argv) {
  const Language language = language_of_locale(chosen_language(argc, argv));
  const auto fail = [&](ExitCode code, const Message& message) {
    fmt::print(stderr, "gerbang: {}\n", message.in(language));
    return code;
  };
  try {
    return run(argc, argv);
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults()) fmt::print(stderr, "{}\n", fault.text(language));
    return ExitCode::kBadInput;
  } catch (const std::bad_alloc&) {
    return fail(ExitCode::kInternal, {"memori tidak cukup", "out of memory"});
  } catch (const std::system_error& error) {  // a file that cannot be read or written
    return fail(ExitCode::kBadInput, message_of(error));
  } catch (const std::exception& error) {
    return fail(ExitCode::kInternal, said({"galat dalam gerbang sendiri: {}", "{}"}, error.what()));
  }
}

}  // namespace
}  // namespace gerbang::app

int main(int argc, char** argv) {
  return static_cast<int>(gerbang::app::run_guarded(argc, argv));
}
