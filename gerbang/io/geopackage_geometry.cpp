#include "gerbang/io/geopackage_geometry.h"

#include <bit>
#include <cstdint>

namespace gerbang::io {
namespace {

// Codes of well-known binary.
constexpr std::uint32_t kWkbPoint = 1;
constexpr std::uint32_t kWkbLineString = 2;
constexpr std::uint32_t kWkbPolygon = 3;
constexpr std::uint32_t kWkbMultiPolygon = 6;

class LittleEndian {
 public:
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  void integer(std::uint32_t value) { append(value, 4); }
  void real(double value) { append(std::bit_cast<std::uint64_t>(value), 8); }
  void count(std::size_t value) { integer(static_cast<std::uint32_t>(value)); }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void append(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) byte(static_cast<std::uint8_t>(value >> (8 * i)));
  }

  std::string bytes_;
};

void write_kind(LittleEndian& out, std::uint32_t kind) {
  out.byte(1);  // little-endian
  out.integer(kind);
}

void write_points(LittleEndian& out, const LineString& points) {
  out.count(points.size());
  for (const auto& [lon, lat] : points) {
    out.real(lon);
    out.real(lat);
  }
}

void write(LittleEndian&, std::monostate) {}

void write(LittleEndian& out, const Point& point) {
  write_kind(out, kWkbPoint);
  out.real(point.first);
  out.real(point.second);
}

void write(LittleEndian& out, const LineString& line) {
  write_kind(out, kWkbLineString);
  write_points(out, line);
}

void write(LittleEndian& out, const MultiPolygon& polygons) {
  write_kind(out, kWkbMultiPolygon);
  out.count(polygons.size());
  for (const auto& rings : polygons) {
    write_kind(out, kWkbPolygon);
    out.count(rings.size());
    for (const LineString& ring : rings) write_points(out, ring);
  }
}

void add(Extent&, std::monostate) {}
void add(Extent& extent, const Point& point) {
  extent.add(point);
}
void add(Extent& extent, const LineString& line) {
  for (const Point& point : line) extent.add(point);
}
void add(Extent& extent, const MultiPolygon& polygons) {
  for (const auto& rings : polygons)
    for (const LineString& ring : rings) add(extent, ring);
}

// Flags: bit 0 little-endian, bits 1–3 the kind of envelope (0 none, 1 lon and lat), bit 4 empty.
void write_header(LittleEndian& out, const Geometry& geometry) {
  Extent extent;
  add_geometry(extent, geometry);
  const bool has_envelope = !extent.is_empty() && !std::holds_alternative<Point>(geometry);
  out.byte('G');
  out.byte('P');
  out.byte(0);  // version 1
  out.byte(
      static_cast<std::uint8_t>(1U | (has_envelope ? 1U << 1U : 0U) | (extent.is_empty() ? 1U << 4U : 0U)));
  out.integer(kWgs84);
  if (!has_envelope) return;
  out.real(extent.min_lon);
  out.real(extent.max_lon);
  out.real(extent.min_lat);
  out.real(extent.max_lat);
}

}  // namespace

void add_geometry(Extent& extent, const Geometry& geometry) {
  std::visit([&](const auto& shape) { add(extent, shape); }, geometry);
}

std::string geometry_blob(const Geometry& geometry) {
  LittleEndian out;
  write_header(out, geometry);
  std::visit([&](const auto& shape) { write(out, shape); }, geometry);
  return out.take();
}

}  // namespace gerbang::io
