// The study's own region boundaries: outline.geojson, a FeatureCollection of polygons (EPSG:4326) that name
// their region_id. Optional; regions without a boundary have an empty outline.
#pragma once

#include <filesystem>
#include <utility>
#include <vector>

#include "gerbang/base/table.h"
#include "gerbang/world/world.h"

namespace gerbang::io {

using Ring = std::vector<std::pair<double, double>>;  // lon, lat; closed: the last point is the first
using Polygon = std::vector<Ring>;                    // the outer ring, then holes
using Outline = std::vector<Polygon>;

// One outline per region of the world; none at all when the study has no outline.geojson. Throws InputError.
[[nodiscard]] Table<RegionId, Outline> read_outlines(const std::filesystem::path& folder, const World& world);

}  // namespace gerbang::io
