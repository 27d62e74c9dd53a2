// The published networks of the shared data, where it is at hand.
#pragma once

#include <optional>
#include <ostream>
#include <string>

#include "apps/gerbang/road_network.h"

namespace gerbang::roads {

struct SharedNetwork {
  std::string name;
  std::string net;  // below networks/
  std::string trips;
  double toll_factor = 0.0;
  double distance_factor = 0.0;
  double beckmann = 0.0;  // at equilibrium, as published with the data
};

// How test names show a network.
inline void PrintTo(const SharedNetwork& network, std::ostream* out) {
  *out << network.name;
}

// All but the largest.
[[nodiscard]] const std::vector<SharedNetwork>& shared_networks();
[[nodiscard]] const SharedNetwork& shared_network(const std::string& name);
[[nodiscard]] std::string shared_path(const std::string& file);  // below shared/data
// None when the shared data is not there.
[[nodiscard]] std::optional<app::RoadNetwork> load(const SharedNetwork& network);

}  // namespace gerbang::roads
