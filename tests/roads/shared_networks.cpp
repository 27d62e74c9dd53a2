#include "tests/roads/shared_networks.h"

#include <filesystem>
#include <stdexcept>

namespace gerbang::roads {

const std::vector<SharedNetwork>& shared_networks() {
  static const std::vector<SharedNetwork> networks = {
      {.name = "SiouxFalls",
       .net = "SiouxFalls/SiouxFalls_net.tntp",
       .trips = "SiouxFalls/SiouxFalls_trips.tntp",
       .beckmann = 4231335.28710744},
      {.name = "Anaheim",
       .net = "Anaheim/Anaheim_net.tntp",
       .trips = "Anaheim/Anaheim_trips.tntp",
       .beckmann = 1286032.17109603},
      {.name = "Barcelona",
       .net = "Barcelona/Barcelona_net.tntp",
       .trips = "Barcelona/Barcelona_trips.tntp",
       .beckmann = 1265654.92203177},
      {.name = "Winnipeg",
       .net = "Winnipeg/Winnipeg_net.tntp",
       .trips = "Winnipeg/Winnipeg_trips.tntp",
       .beckmann = 827911.494629965},
      {.name = "ChicagoSketch",
       .net = "ChicagoSketch/ChicagoSketch_net.tntp",
       .trips = "ChicagoSketch/ChicagoSketch_trips.tntp",
       .toll_factor = 0.02,
       .distance_factor = 0.04,
       .beckmann = 17313018.7387478},
      {.name = "BerlinMPF",
       .net = "BerlinMPF/berlin-mitte-prenzlauerberg-friedrichshain-center_net.tntp",
       .trips = "BerlinMPF/berlin-mitte-prenzlauerberg-friedrichshain-center_trips.tntp",
       .beckmann = 2308257.18058457},
  };
  return networks;
}

const SharedNetwork& shared_network(const std::string& name) {
  for (const SharedNetwork& network : shared_networks()) {
    if (network.name == name) return network;
  }
  throw std::invalid_argument(name);
}

std::string shared_path(const std::string& file) {
  return std::string(GERBANG_SHARED_DATA_DIR) + "/" + file;
}

std::optional<app::RoadNetwork> load(const SharedNetwork& network) {
  const std::string net = shared_path("networks/" + network.net);
  if (!std::filesystem::exists(net)) return std::nullopt;
  return app::road_network(io::read_tntp_network(net),
                           io::read_tntp_trips(shared_path("networks/" + network.trips)),
                           {.toll = network.toll_factor, .distance = network.distance_factor});
}

}  // namespace gerbang::roads
