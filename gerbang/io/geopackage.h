// Described tables as one GeoPackage 1.3 file (OGC 12-128r18), which GDAL, QGIS and any SQLite open: feature
// layers in EPSG:4326 with their QGIS styles (layer_styles), attribute tables, units and meanings of all
// columns in gpkg_data_columns (title: "name [unit]"). The same tables give the same bytes: no clock, no
// chance, fixed page size.
#pragma once

#include <filesystem>
#include <span>

#include "gerbang/io/described_table.h"

namespace gerbang::io {

// Names of tables must differ; "fid" and "geom" are taken in each. The file appears whole or not at all, and
// replaces one that is there. Throws std::system_error when it cannot be written.
void write_geopackage(const std::filesystem::path& path, std::span<const DescribedTable> tables);

}  // namespace gerbang::io
