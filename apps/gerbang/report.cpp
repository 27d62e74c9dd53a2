// gerbang report STUDY: the page with the results inside, as one file that opens from disk.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "apps/gerbang/outcome_cache.h"
#include "apps/gerbang/study_run.h"
#include "apps/gerbang/verbs.h"
#include "gerbang/io/file.h"
#include "gerbang/report/page_file.h"

namespace gerbang::app {
namespace {

struct ReportOptions {
  std::string study;
  std::string output = "report.html";
  std::string cache;  // "": the user's cache folder; "none"
};

ExitCode write_report(const ReportOptions& options, const Common& common) {
  std::string page = built_page();
  const OpenStudy study = open_study(options.study, options.cache, common.progress());
  const report::RunResult run = report::run(*study.evaluator, everything(study.world));
  const std::string html = report::page_with_results(std::move(page), run, study.sources);
  io::write_file_atomically(options.output, html);
  constexpr double kBytesPerMegabyte = 1e6;
  common.print(fmt::format(fmt::runtime(Text{"{} ({:.1f} MB): satu berkas, terbuka tanpa jaringan\n",
                                             "{} ({:.1f} MB): one file, opens without a network\n"}
                                            .in(common.language)),
                           options.output, static_cast<double>(html.size()) / kBytesPerMegabyte));
  common.write_json({{"study", run.world->name},
                     {"version", study.sources.version},
                     {"is_converged", run.is_converged()},
                     {"output", options.output},
                     {"bytes", html.size()}});
  return run.is_converged() ? ExitCode::kOk : ExitCode::kNotConverged;
}

}  // namespace

void add_report(const Verb& gerbang) {
  const Verb verb = gerbang.add("report", {"tulis halaman dengan semua hasil sebagai satu berkas HTML",
                                           "write the page with all results as one HTML file"});
  ReportOptions& options = verb.runs(write_report);
  verb.option("study", options.study, {"folder studi", "folder of the study"}, "STUDY").required();
  verb.option("--output", options.output,
              {"berkas yang ditulis (bawaan: report.html)", "file that is written (default: report.html)"},
              "FILE");
  add_cache(verb, options.cache);
}

}  // namespace gerbang::app
