// Open Matrix (OMX 0.2): matrices of one shape in an HDF5 file, named under /data, and lookups under /lookup
// that say which zone every row and column stands for.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gerbang/base/matrix.h"

namespace gerbang::io {

struct OmxMatrix {
  std::string name;
  Matrix values;
};

struct OmxFile {
  std::vector<OmxMatrix> matrices;     // by name
  std::vector<std::int64_t> zones;     // by row and column; 1, 2, … where the file has no lookup
  std::string lookup = "zone number";  // the lookup that the zones are of
};

struct OmxSelection {
  std::vector<std::string> matrices;  // empty: all
  std::string lookup;                 // empty: the only one, or none
};

// Throws InputError: no HDF5 file, no /data, a matrix or lookup that is not there, several lookups and none
// chosen, shapes that differ or are not square, values that are no numbers. NaN is kept: what a blank cell
// means is for the user to say. Memory follows what the matrices hold, not what a header claims.
[[nodiscard]] OmxFile read_omx(const std::filesystem::path& path, const OmxSelection& selection = {});
[[nodiscard]] OmxFile parse_omx(std::string_view bytes, std::string_view file,
                                const OmxSelection& selection = {});

// The same matrices give the same bytes. The file appears whole or not at all.
void write_omx(const std::filesystem::path& path, const OmxFile& file);
[[nodiscard]] std::string omx_bytes(const OmxFile& file);

}  // namespace gerbang::io
