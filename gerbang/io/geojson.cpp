#include "gerbang/io/geojson.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "gerbang/io/utf8.h"

namespace gerbang::io {
namespace {

using nlohmann::json;

struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
};

Position position_of(std::string_view text, std::size_t offset) {
  Position position;
  for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
    if (text[i] == '\n') {
      ++position.line;
      position.column = 1;
    } else if (!is_continuation(text[i])) {
      ++position.column;
    }
  }
  return position;
}

// Where each feature begins: the objects of the list under the outermost "features". The text is valid JSON.
std::vector<Position> feature_positions(std::string_view text) {
  std::vector<Position> positions;
  Position here;
  std::size_t depth = 0;
  bool is_in_text = false;
  bool is_in_features = false;
  std::string_view last_text;
  for (std::size_t i = 0, text_begin = 0; i < text.size(); ++i) {
    const char byte = text[i];
    if (is_in_text) {
      if (byte == '\\') {
        ++i;
        ++here.column;
      } else if (byte == '"') {
        is_in_text = false;
        last_text = text.substr(text_begin, i - text_begin);
      }
    } else if (byte == '"') {
      is_in_text = true;
      text_begin = i + 1;
    } else if (byte == '[' || byte == '{') {
      if (depth == 1) is_in_features = byte == '[' && last_text == "features";
      if (depth == 2 && byte == '{' && is_in_features) positions.push_back(here);
      ++depth;
    } else if (byte == ']' || byte == '}') {
      --depth;
    }
    if (byte == '\n') {
      here = {here.line + 1, 1};
    } else if (!is_continuation(byte)) {
      ++here.column;
    }
  }
  return positions;
}

// A point, or nothing when it is none on the globe.
bool read_point(const json& value, std::pair<double, double>& point) {
  if (!value.is_array() || value.size() < 2 || !value[0].is_number() || !value[1].is_number()) return false;
  point = {value[0].get<double>(), value[1].get<double>()};
  return std::isfinite(point.first) && std::abs(point.first) <= 360.0 && std::abs(point.second) <= 90.0;
}

bool read_line(const json& value, std::size_t least, Line& line) {
  if (!value.is_array() || value.size() < least) return false;
  for (const json& element : value) {
    if (!read_point(element, line.emplace_back())) return false;
  }
  return true;
}

bool read_polygon(const json& value, Polygon& polygon) {
  constexpr std::size_t kTriangle = 4;  // a ring ends where it begins
  if (!value.is_array() || value.empty()) return false;
  for (const json& element : value) {
    Ring& ring = polygon.emplace_back();
    if (!read_line(element, kTriangle, ring) || ring.front() != ring.back()) return false;
  }
  return true;
}

bool read_geometry(const json& value, Feature& feature) {
  if (!value.is_object() || !value.contains("type") || !value.contains("coordinates")) return false;
  const json& type = value["type"];
  const json& coordinates = value["coordinates"];
  if (!type.is_string()) return false;
  feature.geometry = type.get<std::string>();
  if (feature.geometry == "LineString") return read_line(coordinates, 2, feature.path);
  if (feature.geometry == "Polygon") return read_polygon(coordinates, feature.polygons.emplace_back());
  if (feature.geometry != "MultiPolygon" || !coordinates.is_array()) return false;
  for (const json& element : coordinates) {
    if (!read_polygon(element, feature.polygons.emplace_back())) return false;
  }
  return true;
}

void read_properties(const json& value, Feature& feature) {
  if (!value.is_object()) return;
  for (const auto& [name, property] : value.items()) {
    if (property.is_string()) {
      feature.properties.emplace_back(name, property.get<std::string>());
    } else if (property.is_number()) {  // an id of digits
      feature.properties.emplace_back(name, property.dump());
    }
  }
}

}  // namespace

std::string Feature::property(std::string_view name) const {
  for (const auto& [key, value] : properties) {
    if (key == name) return value;
  }
  return "";
}

std::vector<Feature> read_features(const std::string& file, const std::string& text, Faults& faults) {
  const auto fault = [&](const Position& place, Message found, Message expected) {
    faults.add({file, place.line, place.column, std::move(found), std::move(expected)});
  };
  json collection;
  try {
    collection = json::parse(text);
  } catch (const json::parse_error& error) {
    fault(position_of(text, error.byte == 0 ? 0 : error.byte - 1), {"ini bukan JSON", "this is no JSON"},
          {"FeatureCollection GeoJSON", "a GeoJSON FeatureCollection"});
    return {};
  } catch (const json::out_of_range&) {
    fault({}, {"angka yang terlalu besar", "a number that is too large"},
          {"derajat (EPSG:4326)", "degrees (EPSG:4326)"});
    return {};
  }
  if (!collection.is_object() || !collection.contains("features") || !collection["features"].is_array()) {
    fault({}, {"tidak ada features", "there are no features"},
          Text{R"(FeatureCollection GeoJSON: {"type":"FeatureCollection","features":[…]})",
               R"(a GeoJSON FeatureCollection: {"type":"FeatureCollection","features":[…]})"});
    return {};
  }
  const std::vector<Position> positions = feature_positions(text);
  std::vector<Feature> features;
  std::size_t objects = 0;
  for (const json& element : collection["features"]) {
    const Position place =
        element.is_object() && objects < positions.size() ? positions[objects++] : Position{};
    Feature feature{.line = place.line, .column = place.column};
    if (!element.is_object() || !element.contains("geometry") ||
        !read_geometry(element["geometry"], feature)) {
      fault(place, {"fitur tanpa geometri yang benar", "a feature without a sound geometry"},
            {"LineString, atau cincin tertutup dari Polygon atau MultiPolygon, dalam derajat (EPSG:4326)",
             "a LineString, or closed rings of a Polygon or MultiPolygon, in degrees (EPSG:4326)"});
      continue;
    }
    if (element.contains("properties")) read_properties(element["properties"], feature);
    features.push_back(std::move(feature));
  }
  return features;
}

}  // namespace gerbang::io
