// Any bytes as an OMX file: either InputError or square matrices with a zone for every row.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gerbang/base/error.h"
#include "gerbang/io/omx.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  try {
    const gerbang::io::OmxFile file =
        gerbang::io::parse_omx({reinterpret_cast<const char*>(bytes), size}, "fuzz.omx");
    for (const gerbang::io::OmxMatrix& matrix : file.matrices)
      require(matrix.values.rows() == file.zones.size() && matrix.values.columns() == file.zones.size());
  } catch (const gerbang::InputError& error) {
    require(!error.faults().empty());
  }
  return 0;
}
