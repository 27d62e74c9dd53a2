// The files that the study fuzzer breaks, in a fixed order.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/io/tiny_study.h"

namespace gerbang::fuzz {

inline std::vector<std::pair<std::string, std::string>> study_files() {
  std::vector<std::pair<std::string, std::string>> files(test::tiny_study_files().begin(),
                                                         test::tiny_study_files().end());
  files.emplace_back(
      "outline.geojson",
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"region_id":"alpha"},)"
      R"("geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}}]})");
  files.emplace_back(
      "sea_route.geojson",
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"from_node_id":"pa",)"
      R"("to_node_id":"pg"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1],[2,2]]}}]})");
  return files;
}

}  // namespace gerbang::fuzz
