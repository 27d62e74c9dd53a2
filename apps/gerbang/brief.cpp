// gerbang brief STUDY A [B]: what two governments want to know before they meet, as a page to print, to edit
// or to read on.
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "apps/gerbang/linked_commitments.h"
#include "apps/gerbang/outcome_cache.h"
#include "apps/gerbang/verbs.h"
#include "gerbang/base/error.h"
#include "gerbang/base/hash.h"
#include "gerbang/io/faults.h"
#include "gerbang/io/file.h"
#include "gerbang/io/outline.h"
#include "gerbang/io/study.h"
#include "gerbang/register/study_register.h"
#include "gerbang/report/brief.h"
#include "gerbang/report/draws.h"
#include "gerbang/report/summary.h"

namespace gerbang::app {
namespace {

namespace fs = std::filesystem;

struct BriefOptions {
  std::string study, side, other;
  std::string scenario;
  int year = 0;
  bool partners = false;
  std::string out, cache, today;
  std::optional<double> discount_percent, life_years;
  std::size_t draws = 0;
  std::uint64_t seed = 1;
};

std::vector<RegionId> sides_of(const BriefOptions& options, const World& world) {
  std::vector<RegionId> sides = {report::choose_region(world, options.side)};
  if (options.partners && !options.other.empty())
    refuse(
        "--partners", {"dua wilayah disebut", "two regions are named"},
        {"satu wilayah dengan --partners, atau dua tanpanya", "one region with --partners, or two without"});
  if (!options.partners && options.other.empty())
    refuse("REGION", {"hanya satu wilayah disebut", "one region is named"},
           {"wilayah kedua, atau --partners untuk semua mitra wilayah pertama",
            "a second one, or --partners for all partners of the first"});
  if (!options.other.empty()) sides.push_back(report::choose_region(world, options.other));
  if (sides.size() == 2 && sides[0] == sides[1])
    refuse("REGION", said({"'{}' disebut dua kali", "'{}' is named twice"}, options.side),
           {"dua wilayah yang berbeda", "two different regions"});
  return sides;
}

ScenarioId scenario_of(const BriefOptions& options, const World& world) {
  if (options.scenario.empty()) return report::last_compared(world, report::choose_scenarios(world, {}));
  return report::choose_scenarios(world, std::vector{options.scenario}).front();
}

report::BriefQuestion question_of(const BriefOptions& options, const World& world) {
  report::BriefQuestion question{.sides = sides_of(options, world), .scenario = scenario_of(options, world)};
  const std::vector<int> asked = options.year == 0 ? std::vector<int>{} : std::vector<int>{options.year};
  question.year = report::choose_years(world, asked).back();
  if (!options.today.empty()) {
    const auto today = registry::parse_date(options.today);
    if (!today)
      refuse("--today", said({"'{}' bukan tanggal", "'{}' is no date"}, io::shown(options.today)),
             {"tanggal kalender, misalnya 2026-01-23", "a date of the calendar as 2026-01-23"});
    question.today = *today;
  }
  if (const auto rate = options.discount_percent; rate && !(*rate >= 0.0 && *rate <= 100.0))
    refuse("--discount", said({"{} bukan tingkat bunga", "{} is no rate"}, *rate),
           {"persen setahun, dari 0 sampai 100", "per cent a year, from 0 to 100"});
  if (const auto years = options.life_years; years && !(*years >= 1.0 && *years <= 200.0))
    refuse("--life", said({"{} bukan jumlah tahun", "{} is no number of years"}, *years),
           {"dari 1 sampai 200", "from 1 to 200"});
  question.discount_percent = options.discount_percent;
  question.life_years = options.life_years;
  return question;
}

// The browser that prints; "" when none is installed.
std::string browser() {
  const char* path = std::getenv("PATH");
  for (const char* name : {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"})
    for (const std::string& folder : split_words(path == nullptr ? "" : path, ':')) {
      const fs::path file = fs::path(folder) / name;
      if (::access(file.c_str(), X_OK) == 0) return file.string();
    }
  return "";
}

// Runs the program to its end, without its chatter; whether it went well.
bool run_quietly(const std::vector<std::string>& command) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "w", stdout) == nullptr ||
        std::freopen("/dev/null", "w", stderr) == nullptr)
      ::_exit(127);
    ::execv(arguments.front(), arguments.data());
    ::_exit(127);
  }
  int status = 0;
  return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void write_pdf(const fs::path& path, const std::string& html) {
  const std::string program = browser();
  if (program.empty())
    refuse(path.string(),
           {"tidak ada peramban terpasang yang dapat mencetaknya",
            "no browser is installed that could print it"},
           {"Chromium (Debian: chromium), atau --out dengan .html lalu dicetak",
            "Chromium (Debian: chromium), or --out with .html and print that"});
  const fs::path folder = fs::temp_directory_path() / fmt::format("gerbang_brief_{}", ::getpid());
  io::write_file_atomically(folder / "brief.html", html);
  std::vector<std::string> command = {program,
                                      "--headless",
                                      "--disable-gpu",
                                      "--no-pdf-header-footer",
                                      "--print-to-pdf-no-header",
                                      "--user-data-dir=" + (folder / "profile").string(),
                                      "--print-to-pdf=" + (folder / "brief.pdf").string(),
                                      (folder / "brief.html").string()};
  if (::geteuid() == 0)
    command.insert(command.begin() + 1, "--no-sandbox");  // which its sandbox needs for root
  const bool is_printed = run_quietly(command) && fs::exists(folder / "brief.pdf");
  const std::string pdf = is_printed ? io::read_file(folder / "brief.pdf") : "";
  fs::remove_all(folder);
  if (!is_printed)
    refuse(path.string(), said({"{} tidak berhasil mencetaknya", "{} did not print it"}, program),
           {"--out dengan .html, lalu dicetak", "--out with .html, and print that"});
  io::write_file_atomically(path, pdf);
}

// By the ending of the name.
void write_document(const fs::path& path, const report::Document& document) {
  const std::string ending = path.extension().string();
  if (ending == ".html" || ending == ".htm")
    return io::write_file_atomically(path, report::to_html(document));
  if (ending == ".md") return io::write_file_atomically(path, report::to_markdown(document));
  if (ending == ".pdf") return write_pdf(path, report::to_html(document));
  refuse("--out",
         said({"'{}' tidak berakhiran yang menunjukkan jenis berkasnya",
               "'{}' has no ending that says what to write"},
              path.string()),
         {"nama yang berakhiran .html, .pdf atau .md", "a name that ends in .html, .pdf or .md"});
}

nlohmann::ordered_json to_json(const report::Document& document, const report::BriefQuestion& question,
                               const World& world) {
  auto sides = nlohmann::ordered_json::array();
  for (const RegionId side : question.sides) sides.push_back(world.regions[side].id);
  return {{"study", world.name},
          {"regions", std::move(sides)},
          {"scenario", world.scenarios[question.scenario].id},
          {"year", question.year},
          {"title", document.title},
          {"figures", report::figures_json(document)}};
}

// Draws where that is asked for; else what was drawn before, if anything was.
std::optional<report::DrawnBands> bands_for(const report::BriefQuestion& question,
                                            const evaluate::Evaluator& evaluator,
                                            const report::RunResult& run,
                                            const evaluate::DrawOptions& options) {
  if (options.count > 0)
    return report::drawn_bands(run, report::draw(evaluator, run, options), question.scenario, question.year);
  if (options.cache == nullptr) return std::nullopt;
  return report::kept_bands(run, question.scenario, question.year, options.fingerprint, *options.cache);
}

ExitCode make_brief(const BriefOptions& options, const Common& common) {
  const World world = io::read_study(options.study);
  const report::BriefQuestion question = question_of(options, world);
  const registry::Register thread =
      registry::open_for_reading(options.study, registry::names_of(world, options.study));
  const report::ResultSources results{.outlines = io::read_outlines(options.study, world),
                                      .version = GERBANG_VERSION,
                                      .engine_hash = sha256_hex(io::read_file("/proc/self/exe"))};
  OutcomeCache cache(options.cache);
  evaluate::Evaluator evaluator(world, {.study_hash = io::study_hash(options.study),
                                        .fingerprint = results.engine_hash,
                                        .cache = cache.outcomes(),
                                        .observer = common.progress()});
  const report::RunResult run = report::run(evaluator, report::run_options(question));
  (void)linked_commitments(thread, evaluator);  // whose outcomes are kept, as those of run are
  cache.stop_keeping_outcomes();  // what follows is asked once, and only what comes of it is kept
  std::optional<report::DrawnBands> bands = bands_for(question, evaluator, run,
                                                      {.count = options.draws,
                                                       .seed = options.seed,
                                                       .fingerprint = results.engine_hash,
                                                       .cache = cache.derived(),
                                                       .observer = common.progress()});
  const report::Document document = report::brief({.run = run,
                                                   .evaluator = evaluator,
                                                   .thread = thread,
                                                   .results = results,
                                                   .derived = cache.derived(),
                                                   .bands = std::move(bands)},
                                                  question, common.language);
  if (options.out.empty()) {
    common.print(report::to_markdown(document));
  } else {
    write_document(options.out, document);
    common.print(
        fmt::format(fmt::runtime(Text{"Ditulis: {}\n", "Written: {}\n"}.in(common.language)), options.out));
  }
  common.write_json(to_json(document, question, world));
  return run.is_converged() ? ExitCode::kOk : ExitCode::kNotConverged;
}

}  // namespace

void add_brief(const Verb& gerbang) {
  const Verb verb = gerbang.add("brief", {"lembar dua halaman untuk pertemuan dua pemerintah daerah",
                                          "two pages for a meeting of two governments"});
  BriefOptions& options = verb.runs(make_brief);
  verb.option("study", options.study, {"folder studi", "folder of the study"}, "STUDY").required();
  verb.option("region", options.side, {"wilayah", "a region"}, "A").required();
  verb.option("other", options.other, {"wilayah lain", "another region"}, "B");
  verb.flag("--partners", options.partners,
            {"satu wilayah dengan semua mitranya", "one region and all its partners"});
  verb.option("--scenario", options.scenario,
              {"skenario (bawaan: yang terakhir)", "scenario (default: the last one)"}, "S");
  verb.option("--year", options.year,
              {"tahun (bawaan: tahun terakhir studi)", "year (default: the study's last)"}, "Y");
  verb.option("--out", options.out,
              {"berkas .html, .pdf atau .md (bawaan: Markdown ke layar)",
               "file .html, .pdf or .md (default: Markdown to the screen)"},
              "FILE");
  verb.option("--discount", options.discount_percent,
              {"bunga untuk manfaat dibagi biaya, persen setahun (bawaan: parameter studi)",
               "rate for benefit over cost, per cent a year (default: the study's parameter)"},
              "PERCENT");
  verb.option("--life", options.life_years,
              {"lama manfaat dihitung, tahun (bawaan: parameter studi)",
               "years for which benefits are counted (default: the study's parameter)"},
              "YEARS");
  verb.option("--draws", options.draws,
              {"undi nilai taksiran sebanyak N kali: rentang di samping manfaat",
               "draw the estimated values N times: ranges beside the gains"},
              "N")
      .between(0, 100'000);
  verb.option("--seed", options.seed, {"benih undian (bawaan: 1)", "seed of the draws (default: 1)"}, "S");
  verb.option("--today", options.today, {"anggap hari ini tanggal ini", "take this date for today"}, "DATE");
  add_cache(verb, options.cache);
}

}  // namespace gerbang::app
