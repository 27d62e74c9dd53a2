// How QGIS draws the layers: one style for each scenario, year and reference (a layer holds the rows of all
// outcomes; a style draws those of one). Colours of gains diverge around zero, widths and sizes grow with
// tonnes, colours of use grow with load over capacity. Text of QGIS 3 style files (.qml).
#pragma once

#include <vector>

#include "gerbang/io/described_table.h"
#include "gerbang/report/run.h"

namespace gerbang::report {

enum class RegionShape { kPolygon, kPoint };

// The first style of each list is what QGIS shows at once: the last scenario of the last year.
[[nodiscard]] std::vector<io::MapStyle> region_styles(const RunResult& run, RegionShape shape);
[[nodiscard]] std::vector<io::MapStyle> link_styles(const RunResult& run);
[[nodiscard]] std::vector<io::MapStyle> terminal_styles(const RunResult& run);
[[nodiscard]] std::vector<io::MapStyle> service_styles(const RunResult& run);

}  // namespace gerbang::report
