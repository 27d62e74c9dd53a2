// Any bytes as a TNTP network and as a trip table: either InputError or numbers that can be.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "gerbang/base/error.h"
#include "gerbang/io/tntp.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_network(std::string_view text) {
  try {
    const gerbang::io::TntpNetwork network = gerbang::io::parse_tntp_network(text, "fuzz_net.tntp");
    for (const gerbang::io::TntpLink& link : network.links) {
      require(link.from >= 1 && link.from <= network.node_count && link.to >= 1 &&
              link.to <= network.node_count);
      require(link.capacity >= 0.0 && link.free_flow_time >= 0.0 && link.b >= 0.0 && link.power >= 0.0);
    }
  } catch (const gerbang::InputError& error) {
    require(!error.faults().empty());
  }
}

void check_trips(std::string_view text) {
  try {
    for (const gerbang::io::TntpTrips& row : gerbang::io::parse_tntp_trips(text, "fuzz_trips.tntp"))
      require(row.origin >= 1 && row.destination >= 1 && row.volume > 0.0);
  } catch (const gerbang::InputError& error) {
    require(!error.faults().empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  check_network(text);
  check_trips(text);
  return 0;
}
