#include "apps/gerbang/study_run.h"

#include "apps/gerbang/outcome_cache.h"
#include "gerbang/base/error.h"
#include "gerbang/base/hash.h"
#include "gerbang/io/file.h"
#include "gerbang/io/outline.h"
#include "gerbang/io/study.h"
#include "gerbang/report/page_file.h"

namespace gerbang::app {

namespace fs = std::filesystem;

report::RunOptions everything(const World& world) {
  return {.scenarios = report::choose_scenarios(world, {}),
          .years = report::choose_years(world, {}),
          .pairs = report::pairs_of_interest(world)};
}

OpenStudy open_study(const fs::path& folder, const std::string& cache, const Observer& observer) {
  OpenStudy study{.folder = folder,
                  .world = io::read_study(folder),
                  .sources = {},
                  .cache = nullptr,
                  .evaluator = nullptr};
  study.sources = {.outlines = io::read_outlines(folder, study.world),
                   .version = GERBANG_VERSION,
                   .engine_hash = sha256_hex(io::read_file("/proc/self/exe"))};
  if (const std::optional<fs::path> kept = cache_folder(cache))
    study.cache = std::make_unique<report::DiskCache>(io::ContentStore(*kept));
  study.evaluator = std::make_unique<evaluate::Evaluator>(
      study.world, evaluate::EvaluatorOptions{.study_hash = io::study_hash(folder),
                                              .fingerprint = study.sources.engine_hash,
                                              .cache = study.cache.get(),
                                              .observer = observer});
  return study;
}

std::string built_page() {
  const fs::path program = fs::read_symlink("/proc/self/exe");
  const std::optional<fs::path> page = report::find_page(program);
  if (!page)
    throw InputError(
        Fault{(program.parent_path() / "page.html").string(),
              0,
              0,
              {"gerbang ini dibangun tanpa halamannya", "this gerbang was built without its page"},
              {"pasang Node.js 18 atau lebih baru dengan npm, lalu jalankan ./do build",
               "install Node.js 18 or newer with npm, then run ./do build"}});
  return io::read_file(*page);
}

}  // namespace gerbang::app
