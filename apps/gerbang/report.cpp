// gerbang report STUDY: the page with the results inside, as one file that opens from disk.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "apps/gerbang/study_run.h"
#include "apps/gerbang/verb.h"
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

void add_report(CLI::App& app, Command& command) {
  const auto options = std::make_shared<ReportOptions>();
  CLI::App* verb =
      app.add_subcommand("report", command.text({"tulis halaman dengan semua hasil sebagai satu berkas HTML",
                                                 "write the page with all results as one HTML file"}));
  verb->add_option("study", options->study, command.text({"folder studi", "folder of the study"}))
      ->required()
      ->type_name("STUDY");
  verb->add_option("--output", options->output,
                   command.text({"berkas yang ditulis (bawaan: report.html)",
                                 "file that is written (default: report.html)"}))
      ->type_name("FILE");
  verb->add_option("--cache", options->cache,
                   command.text({"folder simpanan hasil antara, atau none (bawaan: ~/.cache/gerbang)",
                                 "folder of solved outcomes, or none (default: ~/.cache/gerbang)"}))
      ->type_name("DIR|none");
  verb->callback([options, &command] {
    command.action = [options](const Common& common) { return write_report(*options, common); };
  });
}

}  // namespace gerbang::app
