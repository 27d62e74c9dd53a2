// Geometries as GeoPackage keeps them: a header with reference system and envelope, then ISO well-known
// binary, all little-endian (OGC 12-128r18, clause 2.1.3).
#pragma once

#include <algorithm>
#include <limits>
#include <string>

#include "gerbang/io/described_table.h"

namespace gerbang::io {

constexpr int kWgs84 = 4326;  // EPSG code of longitude and latitude

// The box around points; empty until one is added.
struct Extent {
  double min_lon = std::numeric_limits<double>::infinity();
  double max_lon = -std::numeric_limits<double>::infinity();
  double min_lat = std::numeric_limits<double>::infinity();
  double max_lat = -std::numeric_limits<double>::infinity();

  [[nodiscard]] bool is_empty() const { return min_lon > max_lon; }
  void add(const Point& point) {
    min_lon = std::min(min_lon, point.first);
    max_lon = std::max(max_lon, point.first);
    min_lat = std::min(min_lat, point.second);
    max_lat = std::max(max_lat, point.second);
  }
};

// Widens the extent by all points of the geometry.
void add_geometry(Extent& extent, const Geometry& geometry);

// The binary form; the geometry must not be blank.
[[nodiscard]] std::string geometry_blob(const Geometry& geometry);

}  // namespace gerbang::io
