// The small drawings of a brief, as inline SVG: bars that carry their own names and figures, and a map.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "gerbang/report/document.h"
#include "gerbang/report/tables.h"

namespace gerbang::report {

struct Bar {
  std::string label;
  double value = 0.0;
  std::string text;  // the value as it is read
  std::string colour;
  std::optional<Trace> trace{};
};
// The side's own colour, the same in every drawing.
[[nodiscard]] std::string side_colour(std::size_t side);
inline constexpr const char* kOthersColour = "#8a97a3";

// Horizontal bars from a common line; largest: the value that fills the width, so that charts side by side
// compare (0: the largest of these).
[[nodiscard]] std::string bar_chart(const std::vector<Bar>& bars, Language language, double largest = 0.0);

// The bars in words: "label 2.3; label 1.8".
[[nodiscard]] Line bar_figures(const std::vector<Bar>& bars);

struct MapRoute {
  std::vector<std::pair<double, double>> points;  // lon, lat
};
struct MapPlace {
  std::string label;
  double lon = 0.0;
  double lat = 0.0;
};
struct BriefMap {
  Language language = Language::kIndonesian;
  std::vector<RegionId> sides;
  std::vector<MapRoute> routes;
  std::vector<MapPlace> places;  // named; one a side, in their order
  std::string route_label;       // written beside the first route
  std::optional<Trace> route_trace{};
};
[[nodiscard]] std::string draw_map(const World& world, const Table<RegionId, io::Outline>& outlines,
                                   const BriefMap& map);

}  // namespace gerbang::report
