#include "apps/gerbang/command_line.h"

#include <array>
#include <regex>

namespace gerbang::app {
namespace {

// The library gives its sentences only as text; `subject` and `detail` are taken out of it.
struct Sentence {
  const char* english;
  Message (*said)(const std::string& subject, const std::string& detail);
};

constexpr Text kOptions = {"Pilihan", "Options"};

const std::array kSentences = {
    Sentence{"A (subcommand) is required()",
             [](const std::string&, const std::string&) -> Message {
               return {"sebutkan satu perintah", "a verb is missing"};
             }},
    Sentence{"(.+) is required()",
             [](const std::string& option, const std::string&) {
               return said({"{} belum disebut", "{} is missing"}, option);
             }},
    Sentence{"The following arguments? (?:was|were) not expected: (.+)()",
             [](const std::string& argument, const std::string&) {
               return said({"tidak dikenal: {}", "unknown: {}"}, argument);
             }},
    Sentence{"Could not convert: (\\S+) = (.*)",
             [](const std::string& option, const std::string& value) {
               return said({"{} tidak dapat berisi '{}'", "{} cannot be '{}'"}, option, value);
             }},
    Sentence{"(\\S+): .* not in \\{(.*)\\}",
             [](const std::string& option, const std::string& words) {
               return said({"{}: salah satu dari {}", "{}: one of {}"}, option, words);
             }},
    Sentence{"(\\S+): \\d+ required (\\S+) missing", [](const std::string& option, const std::string& kind) {
               return said({"{} tanpa nilai: {} {}", "{} without a value: {} {}"}, option, option, kind);
             }}};

}  // namespace

Message fault_of(const CLI::Error& error) {
  const std::string text = error.what();
  for (const Sentence& sentence : kSentences) {
    std::smatch parts;
    if (std::regex_match(text, parts, std::regex(sentence.english)))
      return sentence.said(parts[1].str(), parts[2].str());
  }
  return {"baris perintah ini tidak dapat dibaca", text};
}

void group_help(CLI::App& app, Language language) {
  app.get_option("--help")->group(std::string(kOptions.in(language)));
  for (CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    group_help(*verb, language);
}

void speak(CLI::App& app, Language language) {
  const auto in = [&](const Text& both) { return std::string(both.in(language)); };
  app.failure_message([language](const CLI::App*, const CLI::Error& error) {
    return "gerbang: " + fault_of(error).in(language) + "; " +
           std::string(Text{"--help menampilkan petunjuk", "--help shows how"}.in(language)) + "\n";
  });
  app.set_help_flag("-h,--help", in({"tampilkan petunjuk ini", "print this help message and exit"}));
  app.option_defaults()->group(in(kOptions));
  app.group(in({"Perintah", "Subcommands"}));
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

}  // namespace gerbang::app
