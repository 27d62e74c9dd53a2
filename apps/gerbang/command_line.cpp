#include "apps/gerbang/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <limits>
#include <regex>
#include <string_view>
#include <system_error>
#include <utility>

#include "gerbang/base/error.h"
#include "gerbang/base/message.h"

namespace gerbang::app {
namespace {

// The library has English sentences, and gives them only as text; `subject` and `detail` are taken out of it.
struct Sentence {
  const char* english;
  Message (*said)(const std::string& subject, const std::string& detail);
};

constexpr Text kOptions = {"Pilihan", "Options"};

const std::array kSentences = {
    Sentence{"(.+) is required()",
             [](const std::string& option, const std::string&) {
               return said({"{} belum disebut", "{} is missing"}, option);
             }},
    Sentence{"Could not convert: (\\S+) = (.*)",
             [](const std::string& option, const std::string& value) {
               return said({"{} tidak dapat berisi '{}'", "{} cannot be '{}'"}, option, value);
             }},
    Sentence{"(\\S+): \\d+ required (.+) missing", [](const std::string& option, const std::string& kind) {
               return said({"{} tanpa nilai: {} {}", "{} without a value: {} {}"}, option, option, kind);
             }}};

// The verbs that were chosen, from gerbang itself on.
std::vector<const CLI::App*> chosen(const CLI::App& gerbang) {
  std::vector<const CLI::App*> verbs = {&gerbang};
  while (!verbs.back()->get_subcommands().empty()) verbs.push_back(verbs.back()->get_subcommands().front());
  return verbs;
}

Message perhaps(const std::string& word, const std::vector<std::string>& known) {
  const std::string meant = nearest(word, known);
  return meant.empty() ? Message() : said({", maksudnya '{}'?", ", did you mean '{}'?"}, meant);
}

// What is wrong where a verb is wanted: there is nothing, or something else.
Message missing_verb(const CLI::App& gerbang) {
  const std::vector<std::string> words = gerbang.remaining(true);
  if (words.empty()) return {"sebutkan satu perintah", "a verb is missing"};
  std::vector<std::string> verbs;
  for (const CLI::App* verb : chosen(gerbang).back()->get_subcommands([](const CLI::App*) { return true; }))
    verbs.push_back(verb->get_name());
  return said({"perintah '{}' tidak dikenal", "unknown verb '{}'"}, words.front()) +
         perhaps(words.front(), verbs);
}

// What is left over when all that is known has been read.
Message unknown_words(const CLI::App& gerbang) {
  const std::vector<std::string> words = gerbang.remaining(true);
  std::vector<std::string> options;
  for (const CLI::App* verb : chosen(gerbang))
    for (const CLI::Option* option : verb->get_options())
      for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
  const auto option = std::find_if(words.begin(), words.end(),
                                   [](const std::string& word) { return word.starts_with("--"); });
  return said({"tidak dikenal: {}", "unknown: {}"}, CLI::detail::join(words, " ")) +
         (option != words.end() ? perhaps(*option, options) : Message());
}

// What is wrong with the command line, as the library found it.
Message fault_of(const CLI::App& gerbang, const CLI::Error& error) {
  const std::string text = error.what();
  if (text == "A subcommand is required") return missing_verb(gerbang);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) return unknown_words(gerbang);
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr) return verbatim(text);  // our own words
  for (const Sentence& sentence : kSentences) {
    std::smatch parts;
    if (std::regex_match(text, parts, std::regex(sentence.english)))
      return sentence.said(parts[1].str(), parts[2].str());
  }
  return {"baris perintah ini tidak dapat dibaca", text};
}

// Puts the help option of every verb with its other options.
void group_help(CLI::App& app, Language language) {
  app.get_option("--help")->group(std::string(kOptions.in(language)));
  for (CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    group_help(*verb, language);
}

// Refuses what is no whole number of the type: the library takes "-1" for a large one.
template <std::unsigned_integral Value>
void check_whole(CLI::Option& option, Language language) {
  option.check(CLI::Validator(
      [language](const std::string& text) {
        Value value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc() && end == text.data() + text.size()) return std::string();
        return said({"'{}' bukan bilangan bulat dari 0 sampai {}", "'{}' is not a whole number from 0 to {}"},
                    text, std::numeric_limits<Value>::max())
            .in(language);
      },
      ""));
}

// Before options and verbs are added: they inherit it.
void speak(CLI::App& app, Language language) {
  const auto in = [&](const Text& both) { return std::string(both.in(language)); };
  app.failure_message([language](const CLI::App* gerbang, const CLI::Error& error) {
    return "gerbang: " + fault_of(*gerbang, error).in(language) + "; " +
           std::string(Text{"--help menampilkan petunjuk", "--help shows how"}.in(language)) + "\n";
  });
  app.set_help_flag("-h,--help", in({"tampilkan petunjuk ini", "print this help message and exit"}));
  app.option_defaults()->group(in(kOptions));
  app.group(in({"Perintah", "Subcommands"}));
  app.footer(in({"Setiap perintah juga menerima --json, --threads dan --lang.",
                 "Every verb also takes --json, --threads and --lang."}));
  const auto words = app.get_formatter();
  words->label("Usage", in({"Pemakaian", "Usage"}));
  words->label("Positionals", in({"Isian", "Positionals"}));
  words->label("OPTIONS", in({"PILIHAN", "OPTIONS"}));
  words->label("SUBCOMMAND", in({"PERINTAH", "SUBCOMMAND"}));
  words->label("SUBCOMMANDS", in({"PERINTAH", "SUBCOMMANDS"}));
  words->label("REQUIRED", in({"WAJIB", "REQUIRED"}));
  words->label("TEXT", in({"TEKS", "TEXT"}));
  words->label("INT", in({"BILANGAN", "INT"}));
  words->label("UINT", in({"BILANGAN", "UINT"}));
  words->label("FLOAT", in({"ANGKA", "FLOAT"}));
  words->label("FILE", in({"BERKAS", "FILE"}));
  words->label("FILE|-", in({"BERKAS|-", "FILE|-"}));
  words->label("FIELD=VALUE", in({"ISIAN=NILAI", "FIELD=VALUE"}));
  words->label("KIND", in({"JENIS", "KIND"}));
  words->label("FROM-TO", in({"DARI-KE", "FROM-TO"}));
  words->label("NODE", in({"SIMPUL", "NODE"}));
  words->label("UNIT", in({"SATUAN", "UNIT"}));
  words->label("DATE", in({"TANGGAL", "DATE"}));
  words->label("NAME", in({"NAMA", "NAME"}));
  words->label("STUDY", in({"STUDI", "STUDY"}));
}

}  // namespace

Option& Option::required() {
  option_->required();
  return *this;
}

Option& Option::shows_default() {
  option_->capture_default_str();
  return *this;
}

Option& Option::one_of(std::vector<std::string> words) {
  const std::string all = CLI::detail::join(words, ", ");
  const std::string fault = said({"salah satu dari {}", "one of {}"}, all).in(language_);
  option_->check(CLI::Validator(
      [words = std::move(words), fault](const std::string& value) {
        return std::find(words.begin(), words.end(), value) != words.end() ? std::string() : fault;
      },
      "{" + all + "}"));
  return *this;
}

Option& Option::check(const Message& kind, const Message& fault, std::function<bool(double)> holds) {
  option_->check(CLI::Validator(
      [holds = std::move(holds), fault = fault.in(language_)](const std::string& text) {
        double value = 0.0;
        const bool is_number = CLI::detail::lexical_cast(text, value) && std::isfinite(value);
        return is_number && holds(value) ? std::string() : "'" + text + "' " + fault;
      },
      kind.in(language_)));
  return *this;
}

Option& Option::positive() {
  return check({"POSITIF", "POSITIVE"}, {"bukan angka di atas 0", "is not a number above 0"},
               [](double value) { return value > 0.0; });
}

Option& Option::not_negative() {
  return check({"TAK-NEGATIF", "NONNEGATIVE"},
               {"bukan 0 atau angka di atasnya", "is not 0 or a number above it"},
               [](double value) { return value >= 0.0; });
}

Option& Option::between(double least, double most) {
  return check(verbatim(fmt::format("{}-{}", least, most)),
               said({"bukan angka dari {} sampai {}", "is not a number from {} to {}"}, least, most),
               [least, most](double value) { return least <= value && value <= most; });
}

Verb Verb::add(const char* name, const Text& meaning) const {
  return {*app_->add_subcommand(name, std::string(meaning.in(line_->common_.language))), *line_};
}

void Verb::needs_verb() const {
  app_->require_subcommand(1);
}

template <class Value>
Option Verb::option(const char* name, Value& value, const Text& meaning, const char* type) const {
  const Language language = line_->common_.language;
  CLI::Option* option = app_->add_option(name, value, std::string(meaning.in(language)));
  option->type_name(app_->get_formatter()->get_label(type != nullptr ? type : option->get_type_name()));
  if constexpr (std::unsigned_integral<Value>) check_whole<Value>(*option, language);
  return {*option, language};
}

template Option Verb::option(const char*, std::string&, const Text&, const char*) const;
template Option Verb::option(const char*, int&, const Text&, const char*) const;
template Option Verb::option(const char*, std::size_t&, const Text&, const char*) const;
template Option Verb::option(const char*, std::uint16_t&, const Text&, const char*) const;
template Option Verb::option(const char*, double&, const Text&, const char*) const;
template Option Verb::option(const char*, std::optional<double>&, const Text&, const char*) const;
template Option Verb::option(const char*, std::vector<std::string>&, const Text&, const char*) const;
template Option Verb::option(const char*, std::vector<int>&, const Text&, const char*) const;

void Verb::flag(const char* name, bool& value, const Text& meaning) const {
  app_->add_flag(name, value, std::string(meaning.in(line_->common_.language)));
}

void Verb::set_action(Action action) const {
  app_->callback([line = line_, action = std::move(action)] { line->action_ = action; });
}

CommandLine::CommandLine(Language language)
    : app_(std::make_unique<CLI::App>(
          std::string(Text{"gerbang: mesin perencanaan terbuka untuk wilayah gerbang",
                           "gerbang: an open planning engine for gateway regions"}
                          .in(language)),
          "gerbang")),
      common_{.json = "", .threads = 0, .language = language} {
  speak(*app_, language);
  app_->fallthrough();  // so that the options of every verb may stand after it
  const Verb all = gerbang();
  all.option("--json", common_.json,
             {"tulis hasil sebagai JSON ke berkas ini (-: keluaran baku)",
              "write the results as JSON to this file (-: standard output)"},
             "FILE|-");
  all.option("--threads", common_.threads,
             {"jumlah utas (0: sebanyak mesin punya)", "number of threads (0: all the machine has)"}, "N");
  all.option("--lang", lang_, {"bahasa", "language"}).one_of({"id", "en"});
  app_->set_version_flag("--version", GERBANG_VERSION,
                         std::string(Text{"tampilkan versi", "print the version"}.in(language)));
  all.needs_verb();
}

CommandLine::~CommandLine() = default;

Verb CommandLine::gerbang() {
  return {*app_, *this};
}

std::optional<ExitCode> CommandLine::read(int argc, char** argv) {
  group_help(*app_, common_.language);
  try {
    app_->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app_->exit(error) == 0 ? ExitCode::kOk : ExitCode::kBadInput;
  }
  return std::nullopt;
}

}  // namespace gerbang::app
