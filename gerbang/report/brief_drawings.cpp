#include "gerbang/report/brief_drawings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace gerbang::report {
namespace {

using LonLat = std::pair<double, double>;

// Degrees to drawing units: equirectangular at the middle of what is shown.
struct Frame {
  double west, north, scale, stretch;  // stretch: a degree of longitude over one of latitude
  double width, height;

  [[nodiscard]] LonLat at(const LonLat& place) const {
    return {(place.first - west) * scale * stretch, (north - place.second) * scale};
  }
  [[nodiscard]] bool shows(const LonLat& place) const {
    const auto [x, y] = at(place);
    return x >= 0.0 && x <= width && y >= 0.0 && y <= height;
  }
};

Frame frame_of(const std::vector<LonLat>& shown) {
  double west = 180, east = -180, south = 90, north = -90;
  for (const auto& [lon, lat] : shown) {
    west = std::min(west, lon);
    east = std::max(east, lon);
    south = std::min(south, lat);
    north = std::max(north, lat);
  }
  constexpr double kWidth = 340.0, kHeight = 150.0, kMargin = 0.34, kLeastDegrees = 1.2;
  const double lat = 0.5 * (south + north), lon = 0.5 * (west + east);
  const double stretch = std::cos(lat * std::numbers::pi / 180.0);
  const double high = std::max(kLeastDegrees, (north - south) * (1.0 + kMargin));
  const double wide = std::max(kLeastDegrees, (east - west) * (1.0 + kMargin)) * stretch;
  const double scale = std::min(kHeight / high, kWidth / wide);
  return {.west = lon - 0.5 * kWidth / (scale * stretch),
          .north = lat + 0.5 * kHeight / scale,
          .scale = scale,
          .stretch = stretch,
          .width = kWidth,
          .height = kHeight};
}

std::string points_text(const Frame& frame, const std::vector<LonLat>& points) {
  std::string text;
  for (const LonLat& point : points) {
    const auto [x, y] = frame.at(point);
    text += fmt::format("{}{:.1f} {:.1f}", text.empty() ? "M" : "L", x, y);
  }
  return text;
}

std::string outline_path(const Frame& frame, const io::Outline& outline) {
  std::string path;
  for (const io::Polygon& polygon : outline)
    for (const io::Ring& ring : polygon)
      if (std::any_of(ring.begin(), ring.end(), [&](const LonLat& point) { return frame.shows(point); }))
        path += points_text(frame, ring) + "Z";
  return path;
}

std::string land(const World& world, const Table<RegionId, io::Outline>& outlines, const BriefMap& map,
                 const Frame& frame) {
  std::string svg;
  if (outlines.empty()) return svg;
  for (const RegionId region : world.regions.ids()) {
    const std::string path = outline_path(frame, outlines[region]);
    if (path.empty()) continue;
    const auto side = std::find(map.sides.begin(), map.sides.end(), region);
    const std::string colour =
        side == map.sides.end() ? "#dfe5e2" : side_colour(static_cast<std::size_t>(side - map.sides.begin()));
    svg += fmt::format(
        "<path d=\"{}\" fill=\"{}\" stroke=\"#b9c4bd\" stroke-width=\".5\"><title>{}</title></path>", path,
        colour,
        escaped_html(both_names(world.regions[region].name, world.regions[region].name_en).in(map.language)));
  }
  return svg;
}

// Beside the place: on the outer side, where no route is, unless the map ends before the label does.
std::string place_mark(const Frame& frame, const MapPlace& place, std::size_t side) {
  const auto [x, y] = frame.at({place.lon, place.lat});
  constexpr double kLetter = 7.5;  // wide, about
  const double length = kLetter * static_cast<double>(place.label.size());
  const bool is_right = x > 0.5 * frame.width ? x + 6.0 + length < frame.width : x - 6.0 - length < 0.0;
  return fmt::format(
      "<circle cx=\"{0:.1f}\" cy=\"{1:.1f}\" r=\"3.4\" fill=\"{2}\" stroke=\"#fff\" stroke-width=\"1.2\"/>"
      "<text x=\"{3:.1f}\" y=\"{4:.1f}\" text-anchor=\"{5}\" font-size=\"12.5\" font-weight=\"700\" "
      "fill=\"#1b2430\" "
      "stroke=\"#fff\" stroke-width=\"2.6\" paint-order=\"stroke\">{6}</text>",
      x, y, side_colour(side), is_right ? x + 6 : x - 6, y - 5, is_right ? "start" : "end",
      escaped_html(place.label));
}

std::string route_name(const Frame& frame, const BriefMap& map) {
  if (map.routes.empty() || map.route_label.empty()) return "";
  const std::vector<LonLat>& points = map.routes.front().points;
  const LonLat middle = points.size() > 2 ? points[points.size() / 2]
                                          : LonLat{0.5 * (points.front().first + points.back().first),
                                                   0.5 * (points.front().second + points.back().second)};
  const auto [x, y] = frame.at(middle);
  const std::string title =
      map.route_trace ? "<title>" + escaped_html(trace_text(*map.route_trace, map.language)) + "</title>"
                      : "";
  return fmt::format(
      "<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"start\" font-size=\"10\" fill=\"#34495e\" "
      "stroke=\"#eaf2f6\" stroke-width=\"2.6\" paint-order=\"stroke\">{}{}</text>",
      x + 8, y - 2, title, escaped_html(map.route_label));
}

}  // namespace

std::string side_colour(std::size_t side) {
  return side == 0 ? "#0b6e8f" : "#c8741a";
}

std::string bar_chart(const std::vector<Bar>& bars, Language language, double largest) {
  constexpr double kWidth = 340.0, kRow = 16.5, kLabels = 150.0, kTexts = 98.0;
  double most = largest, least = 0.0;
  for (const Bar& bar : bars) {
    if (largest <= 0.0) most = std::max(most, bar.value);
    least = std::min(least, bar.value);
  }
  const double span = most - least;
  const double room = kWidth - kLabels - kTexts;
  const double zero = kLabels + (span > 0.0 ? room * -least / span : 0.0);
  std::string svg = fmt::format("<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\">", kWidth,
                                kRow * static_cast<double>(bars.size()) + 2.0);
  double y = 1.0;
  for (const Bar& bar : bars) {
    const double length =
        span > 0.0
            ? room * std::min(std::abs(bar.value), most > 0.0 && largest > 0.0 ? most : std::abs(bar.value)) /
                  span
            : 0.0;
    const double left = bar.value < 0.0 ? zero - length : zero;
    const std::string title =
        bar.trace ? "<title>" + escaped_html(trace_text(*bar.trace, language)) + "</title>" : std::string();
    svg += fmt::format(
        "<g>{0}<text x=\"{1:.1f}\" y=\"{2:.1f}\" text-anchor=\"end\" font-size=\"10\" "
        "fill=\"#34495e\">{3}</text>"
        "<rect x=\"{4:.1f}\" y=\"{5:.1f}\" width=\"{6:.1f}\" height=\"11\" rx=\"1.5\" fill=\"{7}\"/>"
        "<text x=\"{8:.1f}\" y=\"{2:.1f}\" font-size=\"10.5\" font-weight=\"600\" "
        "fill=\"#1b2430\">{9}</text></g>",
        title, kLabels - 6.0, y + 11.5, escaped_html(bar.label), left, y + 2.5, std::max(length, 1.0),
        bar.colour, std::max(left + std::max(length, 1.0), zero) + 4.0,
        escaped_html(with_minus_signs(bar.text)));
    y += kRow;
  }
  svg += fmt::format(
      "<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"0\" y2=\"{1:.1f}\" stroke=\"#7f8c8d\" "
      "stroke-width=\".7\"/></svg>",
      zero, y + 1.0);
  return svg;
}

Line bar_figures(const std::vector<Bar>& bars) {
  Line line;
  for (const Bar& bar : bars) {
    line.push_back({(line.empty() ? "" : "; ") + bar.label + " "});
    line.push_back({bar.text, Tone::kPlain, bar.trace});
  }
  return line;
}

std::string draw_map(const World& world, const Table<RegionId, io::Outline>& outlines, const BriefMap& map) {
  std::vector<LonLat> shown;
  for (const MapPlace& place : map.places) shown.emplace_back(place.lon, place.lat);
  for (const RegionId side : map.sides) {
    const Node& node = world.nodes[world.regions[side].node];
    shown.emplace_back(node.lon, node.lat);
  }
  for (const MapRoute& route : map.routes)
    shown.insert(shown.end(), route.points.begin(), route.points.end());
  const Frame frame = frame_of(shown);
  std::string svg = fmt::format(
      "<svg viewBox=\"0 0 {0:.0f} {1:.0f}\" role=\"img\"><rect width=\"{0:.0f}\" height=\"{1:.0f}\" "
      "fill=\"#eaf2f6\"/>",
      frame.width, frame.height);
  svg += land(world, outlines, map, frame);
  for (const MapRoute& route : map.routes)
    svg += fmt::format(
        "<path d=\"{}\" fill=\"none\" stroke=\"#0b3a53\" stroke-width=\"1.3\" stroke-dasharray=\"4 2.5\"/>",
        points_text(frame, route.points));
  svg += route_name(frame, map);
  for (std::size_t side = 0; side < map.places.size(); ++side)
    svg += place_mark(frame, map.places[side], side);
  return svg + "</svg>";
}

}  // namespace gerbang::report
