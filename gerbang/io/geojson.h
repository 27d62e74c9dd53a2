// GeoJSON feature collections (RFC 7946) with the line of every feature: what outline.geojson and
// sea_route.geojson are.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "gerbang/io/faults.h"
#include "gerbang/io/outline.h"

namespace gerbang::io {

using Line = std::vector<std::pair<double, double>>;  // lon, lat

// A feature whose geometry is a line or polygons; its properties as text.
struct Feature {
  std::size_t line = 0;
  std::size_t column = 0;
  std::vector<std::pair<std::string, std::string>> properties;
  std::string geometry;  // LineString, Polygon or MultiPolygon
  Line path;             // of a LineString
  Outline polygons;      // of the others

  // The property of that name, or "".
  [[nodiscard]] std::string property(std::string_view name) const;
};

// Adds a fault for everything that is not well-formed and leaves such features out.
[[nodiscard]] std::vector<Feature> read_features(const std::string& file, const std::string& text,
                                                 Faults& faults);

}  // namespace gerbang::io
