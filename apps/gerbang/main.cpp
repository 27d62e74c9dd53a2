// gerbang: the command. Reads the common options, runs the verb, and turns what happened into an exit code.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <new>
#include <system_error>

#include "apps/gerbang/command_line.h"
#include "apps/gerbang/verb.h"
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

void add_common_options(CLI::App& app, const Command& command, Common& common, std::string& language) {
  app.fallthrough();  // so that they may stand after the verb
  app.add_option("--json", common.json,
                 command.text({"tulis hasil sebagai JSON ke berkas ini (-: keluaran baku)",
                               "write the results as JSON to this file (-: standard output)"}))
      ->type_name("FILE|-");
  app.add_option("--threads", common.threads,
                 command.text(
                     {"jumlah utas (0: sebanyak mesin punya)", "number of threads (0: all the machine has)"}))
      ->type_name("N");
  app.add_option("--lang", language, command.text({"bahasa", "language"}))
      ->check(CLI::IsMember({"id", "en"}));
  app.set_version_flag("--version", GERBANG_VERSION, command.text({"tampilkan versi", "print the version"}));
}

// Parses and runs; what the verbs throw passes through.
ExitCode run(int argc, char** argv) {
  std::string language = chosen_language(argc, argv);
  Command command{.language = language_of_locale(language), .action = {}};
  CLI::App app(command.text({"gerbang: mesin perencanaan terbuka untuk wilayah gerbang",
                             "gerbang: an open planning engine for gateway regions"}),
               "gerbang");
  speak(app, command.language);
  Common common{.json = "", .threads = 0, .language = command.language};
  add_common_options(app, command, common, language);
  app.footer(command.text({"Setiap perintah juga menerima --json, --threads dan --lang.",
                           "Every verb also takes --json, --threads and --lang."}));
  for (const auto& add : kVerbs) add(app, command);
  group_help(app, command.language);
  app.require_subcommand(1);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitCode::kOk : ExitCode::kBadInput;
  }
  set_thread_count(common.threads);
  return command.action(common);
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
