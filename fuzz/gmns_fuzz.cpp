// Any bytes as the tables of a GMNS folder, parted by 0 bytes: either InputError or links between nodes that
// are there.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "gerbang/base/error.h"
#include "gerbang/io/gmns.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_network(const std::vector<std::string>& parts) {
  try {
    const gerbang::io::GmnsNetwork network =
        gerbang::io::parse_gmns({.node = parts[0], .link = parts[1], .config = parts[2]});
    for (const gerbang::io::GmnsLink& link : network.links) {
      require(link.from < network.nodes.size() && link.to < network.nodes.size());
      require(link.length_km >= 0.0 && (link.length_km == 0.0 || link.free_speed_kmh > 0.0));
    }
  } catch (const gerbang::InputError& error) {
    require(!error.faults().empty());
  }
}

void check_trips(const std::string& text) {
  try {
    for (const gerbang::io::ZoneTrips& row : gerbang::io::parse_zone_trips(text, "demand.csv"))
      require(row.volume >= 0.0);
  } catch (const gerbang::InputError& error) {
    require(!error.faults().empty());
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < size; ++i) {
    if (bytes[i] == 0) {
      parts.emplace_back();
    } else {
      parts.back() += static_cast<char>(bytes[i]);
    }
  }
  parts.resize(std::max<std::size_t>(parts.size(), 4));
  check_network(parts);
  check_trips(parts[3]);
  return 0;
}
