// gerbang run STUDY: solve the scenarios, compare them, print who gains, write the results.
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "apps/gerbang/linked_commitments.h"
#include "apps/gerbang/outcome_cache.h"
#include "apps/gerbang/verbs.h"
#include "gerbang/base/error.h"
#include "gerbang/base/hash.h"
#include "gerbang/base/parallel.h"
#include "gerbang/io/csv_writer.h"
#include "gerbang/io/file.h"
#include "gerbang/io/geopackage.h"
#include "gerbang/io/outline.h"
#include "gerbang/io/study.h"
#include "gerbang/register/study_register.h"
#include "gerbang/report/brief.h"
#include "gerbang/report/brief_bands.h"
#include "gerbang/report/draws.h"
#include "gerbang/report/json.h"
#include "gerbang/report/tables.h"
#include "gerbang/report/text.h"

namespace gerbang::app {
namespace {

namespace fs = std::filesystem;

struct RunOptions {
  std::string study;
  std::vector<std::string> scenarios;
  std::vector<int> years;
  std::vector<std::string> pairs;
  std::string out;    // "": results/<hash>.gpkg
  std::string flows;  // "": not written
  std::string csv;    // "": not written
  std::string cache;  // "": the user's cache folder; "none"
  std::size_t draws = 0;
  std::uint64_t seed = 1;
  bool briefs = false;
};

class Stopwatch {
 public:
  // Seconds since the last lap.
  double lap() {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return seconds;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

report::RunOptions chosen(const RunOptions& options, const World& world) {
  report::RunOptions run{.scenarios = report::choose_scenarios(world, options.scenarios),
                         .years = report::choose_years(world, options.years),
                         .pairs = report::choose_pairs(world, options.pairs)};
  if (run.pairs.empty()) run.pairs = report::pairs_of_interest(world);
  return run;
}

fs::path write_results(const RunOptions& options, const report::RunResult& run,
                       const report::ResultSources& sources) {
  const std::vector<io::DescribedTable> tables = report::result_tables(run, sources);
  constexpr std::size_t kShortHash = 16;
  std::string name = run.hash.substr(0, kShortHash);
  if (sources.draws != nullptr) name += fmt::format("-{}x{}", sources.draws->count, sources.draws->seed);
  const fs::path path = options.out.empty() ? fs::path("results") / (name + ".gpkg") : fs::path(options.out);
  io::write_geopackage(path, tables);
  if (!options.csv.empty())
    for (const io::DescribedTable& table : tables)
      io::write_csv(fs::path(options.csv) / (table.description().name + ".csv"), table);
  if (!options.flows.empty()) io::write_csv(options.flows, report::sector_flows(run));
  return path;
}

// Says what it did.
std::string prepare_briefs(evaluate::Evaluator& evaluator, const report::RunOptions& choice,
                           const std::string& fingerprint, OutcomeCache& cache, Language language) {
  const World& world = evaluator.world();
  const report::AssessmentQuestion question{.scenario = report::last_compared(world, choice.scenarios),
                                            .year = choice.years.back()};
  cache.stop_keeping_outcomes();  // each is asked once, and only what comes of it is kept
  const std::size_t count = report::prepare_briefs(evaluator, question, *cache.derived(), fingerprint);
  const Scenario& scenario = world.scenarios[question.scenario];
  return fmt::format(
      fmt::runtime(
          Text{"Lembar pertemuan “{}” {}: {} proyek dihitung{}; gerbang brief kini mencetak seketika\n",
               "Briefs of “{}” {}: {} project{} worked out; gerbang brief now prints at once\n"}
              .in(language)),
      Text{scenario.name, scenario.name_en}.in(language), question.year, count,
      language == Language::kEnglish && count != 1 ? "s" : "");
}

ExitCode solve_and_report(const RunOptions& options, const Common& common) {
  Stopwatch stopwatch;
  const World world = io::read_study(options.study);
  const report::RunOptions choice = chosen(options, world);
  report::ResultSources sources{.outlines = io::read_outlines(options.study, world),
                                .version = GERBANG_VERSION,
                                .engine_hash = sha256_hex(io::read_file("/proc/self/exe"))};
  const registry::Register thread =
      registry::open_for_reading(options.study, registry::names_of(world, options.study));
  OutcomeCache cache(options.cache);
  if (options.briefs && cache.derived() == nullptr)
    throw InputError(
        Fault{.file = "--briefs",
              .found = {"tidak ada folder simpanan untuknya", "there is no folder to keep them in"},
              .expected = {"--cache dengan sebuah folder", "--cache with a folder"}});
  const double reading = stopwatch.lap();

  evaluate::Evaluator evaluator(world, {.study_hash = io::study_hash(options.study),
                                        .fingerprint = sources.engine_hash,
                                        .cache = cache.outcomes(),
                                        .observer = common.progress()});
  const double calibrating = stopwatch.lap();
  const report::RunResult run = report::run(evaluator, choice);
  const std::vector<LinkedCommitment> commitments = linked_commitments(thread, evaluator);
  const double solving = stopwatch.lap();
  report::DrawResult draws;
  if (options.draws > 0) {
    draws = report::draw(evaluator, run,
                         {.count = options.draws,
                          .seed = options.seed,
                          .fingerprint = sources.engine_hash,
                          .cache = cache.derived(),
                          .observer = common.progress()});
    sources.draws = &draws;
    if (cache.derived() != nullptr) report::keep_bands(run, draws, sources.engine_hash, *cache.derived());
  }
  const double drawing = stopwatch.lap();
  const std::string briefs =
      options.briefs ? prepare_briefs(evaluator, choice, sources.engine_hash, cache, common.language) : "";
  const double preparing = stopwatch.lap();

  const fs::path path = write_results(options, run, sources);
  common.print(report::to_text(run, common.language, sources.draws));
  common.print(commitments_text(commitments, evaluator.world(), common.language));
  common.print(fmt::format(
      fmt::runtime(
          Text{"\nHasil: {} (GeoPackage; buka di QGIS)\n", "\nResults: {} (GeoPackage; opens in QGIS)\n"}.in(
              common.language)),
      path.string()));
  common.print(briefs);
  if (common.has_json()) {
    nlohmann::ordered_json json = report::to_json(run, sources);
    if (!commitments.empty()) json["commitments"] = commitments_json(commitments, evaluator.world());
    json["timing"] = {
        {"reading_s", reading},     {"calibrating_s", calibrating},    {"solving_s", solving},
        {"drawing_s", drawing},     {"preparing_briefs_s", preparing}, {"reporting_s", stopwatch.lap()},
        {"threads", thread_count()}};
    common.write_json(json);
  }
  return run.is_converged() ? ExitCode::kOk : ExitCode::kNotConverged;
}

}  // namespace

void add_run(const Verb& gerbang) {
  const Verb verb = gerbang.add("run", {"hitung skenario sebuah studi dan siapa yang untung; tulis hasilnya",
                                        "solve the scenarios of a study, say who gains, write the results"});
  RunOptions& options = verb.runs(solve_and_report);
  verb.option("study", options.study, {"folder studi", "folder of the study"}, "STUDY").required();
  verb.option("--scenario", options.scenarios, {"skenario (bawaan: semua)", "scenarios (default: all)"}, "S");
  verb.option("--year", options.years,
              {"tahun (bawaan: semua tahun studi)", "years (default: all of the study)"}, "Y");
  verb.option("--pair", options.pairs,
              {"pasangan wilayah yang ditampilkan biaya dan waktunya, misalnya a:b",
               "pairs of regions whose cost and time are shown, as a:b"},
              "A:B");
  verb.option(
      "--out", options.out,
      {"berkas hasil (bawaan: results/<hash>.gpkg)", "file of the results (default: results/<hash>.gpkg)"},
      "FILE");
  verb.option(
      "--csv", options.csv,
      {"tulis juga semua tabel sebagai CSV ke folder ini", "also write every table as CSV into this folder"},
      "FOLDER");
  verb.option("--flows", options.flows,
              {"tulis arus menurut sektor sebagai CSV ke berkas ini",
               "write the flows by sector as CSV to this file"},
              "FILE");
  add_cache(verb, options.cache);
  verb.option("--draws", options.draws,
              {"undi nilai taksiran sebanyak N kali: rentang 5–95 % di samping setiap angka",
               "draw the estimated values N times: a 5–95 % range beside each figure"},
              "N")
      .between(0, 100'000);
  verb.option("--seed", options.seed, {"benih undian (bawaan: 1)", "seed of the draws (default: 1)"}, "S");
  verb.flag("--briefs", options.briefs,
            {"hitung juga yang diperlukan gerbang brief, agar kemudian tercetak seketika",
             "also work out what gerbang brief needs, which then prints at once"});
}

}  // namespace gerbang::app
