#include "gerbang/io/outline.h"

#include <fmt/format.h>

#include "gerbang/io/file.h"
#include "gerbang/io/geojson.h"
#include "gerbang/io/study_reading.h"

namespace gerbang::io {
namespace {

// Faults for what is no outline of a region; calls use(region, polygons) for the others.
template <class Use>
void for_each_outline(const std::string& text, const Names<Region>& regions, Faults& faults, const Use& use) {
  const std::string file(kOutlineFile);
  for (const Feature& feature : read_features(file, text, faults)) {
    const auto fault = [&](Message found, Message expected) {
      faults.add({file, feature.line, feature.column, std::move(found), std::move(expected)});
    };
    const std::string region_id = feature.property("region_id");
    const auto region = regions.ids.find(region_id);
    if (feature.polygons.empty()) {
      fault({"batas wilayah yang berupa garis", "an outline that is a line"},
            {"Polygon atau MultiPolygon", "a Polygon or MultiPolygon"});
    } else if (region_id.empty()) {
      fault({"batas wilayah tanpa region_id", "an outline without region_id"},
            {"properti region_id", "the property region_id"});
    } else if (region != regions.ids.end()) {
      use(region->second, feature.polygons);
    } else if (regions.is_read) {
      fault(said({"wilayah '{}' tidak dikenal", "unknown region '{}'"}, shown(region_id)),
            remedy_for_name(region_id, "region", regions.list));
    }
  }
}

Names<Region> names_of_regions(const World& world) {
  Names<Region> names{.table = "region", .is_read = true, .ids = {}, .list = {}};
  for (const RegionId id : world.regions.ids()) {
    names.ids.emplace(world.regions[id].id, id);
    names.list.push_back(world.regions[id].id);
  }
  return names;
}

}  // namespace

void check_outlines(Reading& reading, const std::string& text) {
  for_each_outline(text, reading.regions, reading.faults, [](RegionId, const Outline&) {});
}

Table<RegionId, Outline> read_outlines(const std::filesystem::path& folder, const World& world) {
  Table<RegionId, Outline> outlines(world.regions.size());
  const std::filesystem::path path = folder / kOutlineFile;
  if (!std::filesystem::exists(path)) return outlines;
  Faults faults;
  for_each_outline(read_file(path), names_of_regions(world), faults,
                   [&](RegionId region, const Outline& polygons) {
                     outlines[region].insert(outlines[region].end(), polygons.begin(), polygons.end());
                   });
  faults.throw_if_any();
  return outlines;
}

}  // namespace gerbang::io
