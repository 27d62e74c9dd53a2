// A described table as CSV: UTF-8, comma, the names of the columns as header, numbers in the shortest form
// that reads back as the same double, blank for none. Units and meanings stay in the description, geometries
// in the GeoPackage.
#pragma once

#include <filesystem>
#include <string>

#include "gerbang/io/described_table.h"

namespace gerbang::io {

[[nodiscard]] std::string csv_text(const DescribedTable& table);

// Whole or not at all. Throws std::system_error.
void write_csv(const std::filesystem::path& path, const DescribedTable& table);

}  // namespace gerbang::io
