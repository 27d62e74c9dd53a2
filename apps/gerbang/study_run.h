// A study on its way to results: read, calibrated, and ready to be asked. What the verbs that solve scenarios
// share.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "gerbang/base/progress.h"
#include "gerbang/evaluate/evaluate.h"
#include "gerbang/report/choice.h"
#include "gerbang/report/disk_cache.h"
#include "gerbang/report/tables.h"

namespace gerbang::app {

// All scenarios and years, and the pairs of regions that the study is about.
[[nodiscard]] report::RunOptions everything(const World& world);

struct OpenStudy {
  std::filesystem::path folder;
  World world;
  report::ResultSources sources;
  std::unique_ptr<report::DiskCache> cache;  // none: nothing is kept
  std::unique_ptr<evaluate::Evaluator> evaluator;
};
// Reads and calibrates. Throws InputError with every fault of the study.
[[nodiscard]] OpenStudy open_study(const std::filesystem::path& folder, const std::string& cache,
                                   const Observer& observer);

// The built page (web/), without results. Throws InputError when gerbang was built without it.
[[nodiscard]] std::string built_page();

}  // namespace gerbang::app
