// gerbang rank STUDY: what is worth improving, to whom; and the study's projects, predicted and solved.
#include <chrono>
#include <nlohmann/json.hpp>

#include "apps/gerbang/outcome_cache.h"
#include "apps/gerbang/study_run.h"
#include "apps/gerbang/verbs.h"
#include "gerbang/io/csv_writer.h"
#include "gerbang/report/rank.h"

namespace gerbang::app {
namespace {

namespace fs = std::filesystem;

struct RankOptions {
  std::string study;
  std::string scenario;  // "": the last
  int year = 0;          // 0: the last
  std::string whom = "all";
  std::size_t most = 100;
  std::string csv;
  std::string cache;
};

report::RankQuestion question_of(const RankOptions& options, evaluate::Evaluator& evaluator) {
  const World& world = evaluator.world();
  std::vector<std::string> scenarios;
  if (!options.scenario.empty()) scenarios.push_back(options.scenario);
  std::vector<int> years;
  if (options.year != 0) years.push_back(options.year);
  report::RankQuestion question{.scenario = report::choose_scenarios(world, scenarios).back(),
                                .year = report::choose_years(world, years).back(),
                                .regions = {}};
  if (options.whom == "worst-off") {
    if (const auto region = report::worst_off(evaluator, question.scenario, question.year))
      question.regions = {*region};
  } else if (options.whom != "all") {
    question.regions = {report::choose_region(world, options.whom)};
  }
  return question;
}

ExitCode rank_and_report(const RankOptions& options, const Common& common) {
  const auto begin = std::chrono::steady_clock::now();
  OpenStudy study = open_study(options.study, options.cache, common.progress());
  const report::RankQuestion question = question_of(options, *study.evaluator);
  const report::Ranking ranking = report::rank(
      *study.evaluator, question,
      {.cache = study.cache.get(), .fingerprint = study.sources.engine_hash, .observer = common.progress()});
  const World& world = study.evaluator->world();
  if (!options.csv.empty())
    for (const io::DescribedTable& table : report::rank_tables(world, ranking))
      io::write_csv(fs::path(options.csv) / (table.description().name + ".csv"), table);
  common.print(report::to_text(world, ranking, options.most, common.language));
  if (common.has_json()) {
    nlohmann::ordered_json json = {{"study", study.evaluator->study_hash()},
                                   {"version", study.sources.version}};
    json.update(report::to_json(world, ranking, options.most));
    json["timing"] = {
        {"all_s", std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count()}};
    common.write_json(json);
  }
  return ranking.is_converged ? ExitCode::kOk : ExitCode::kNotConverged;
}

}  // namespace

void add_rank(const Verb& gerbang) {
  const Verb verb =
      gerbang.add("rank", {"nilai memperbaiki tiap jalan, pelabuhan, dan layanan, dan siapa yang untung",
                           "the worth of improving every road, port and service, and who gains"});
  RankOptions& options = verb.runs(rank_and_report);
  verb.option("study", options.study, {"folder studi", "folder of the study"}, "STUDY").required();
  verb.option("--scenario", options.scenario,
              {"skenario (bawaan: yang terakhir)", "scenario (default: the last)"}, "S");
  verb.option("--year", options.year, {"tahun (bawaan: yang terakhir)", "year (default: the last)"}, "Y");
  verb.option(
      "--for", options.whom,
      {"nilai bagi siapa: sebuah wilayah, all, atau worst-off (yang paling sedikit untung terhadap skenario "
       "pertama)",
       "worth to whom: a region, all, or worst-off (that gains least against the first scenario)"},
      "REGION|all|worst-off");
  verb.option("--most", options.most,
              {"berapa tuas ditampilkan (bawaan: 100)", "how many levers to show (default: 100)"}, "N");
  verb.option("--csv", options.csv,
              {"tulis semua tuas, proyek, dan keuntungan siapa bergantung pada apa sebagai CSV ke folder ini",
               "write all levers, projects, and whose gain hangs on what as CSV into this folder"},
              "FOLDER");
  add_cache(verb, options.cache);
}

}  // namespace gerbang::app
