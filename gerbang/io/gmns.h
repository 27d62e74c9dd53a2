// Road networks in the General Modeling Network Specification (GMNS): a folder with node.csv and link.csv
// and, for the units, config.csv; and demand between its zones as CSV. Columns that are not used here are
// left alone.
//
//   node.csv   node_id, x_coord, y_coord, [zone_id], [node_type: centroid carries no through traffic]
//   link.csv   link_id, from_node_id, to_node_id, directed, length, free_speed, capacity (pcu/h a lane),
//   [lanes],
//              [toll], [vdf_alpha], [vdf_beta], [background_pcu_h], [allowed_uses]
//   config.csv long_length (km, mile, …), speed (kph, mph, …)
//
// Columns that say their unit are taken as they are: length_km, free_speed_kmh, capacity_pcu_h (all lanes).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace gerbang::io {

struct GmnsNode {
  std::string id;
  double x = 0.0;
  double y = 0.0;
  std::optional<std::int64_t> zone;
  bool is_centroid = false;
};

struct GmnsLink {
  std::string id;
  std::size_t from = 0;  // places in GmnsNetwork::nodes
  std::size_t to = 0;
  bool is_directed = true;  // else the link stands for both directions
  double length_km = 0.0;
  double free_speed_kmh = 0.0;
  double capacity_pcu_h = 0.0;  // in one direction
  double alpha = 0.15;
  double beta = 4.0;
  double toll = 0.0;
  double background_pcu_h = 0.0;
  std::vector<std::string> allowed_uses;  // empty: everybody's
};

struct GmnsNetwork {
  std::vector<GmnsNode> nodes;
  std::vector<GmnsLink> links;
};

// Units said on the command line, for folders whose files do not say them; "" where unsaid.
struct GmnsUnits {
  std::string length;
  std::string speed;
};

// Both throw InputError with all faults at once, each with file, line and column.
[[nodiscard]] GmnsNetwork read_gmns(const std::filesystem::path& folder, const GmnsUnits& units = {});
// For tests and fuzzing: the texts of the files; config may be empty.
struct GmnsTexts {
  std::string node;
  std::string link;
  std::string config;
};
[[nodiscard]] GmnsNetwork parse_gmns(const GmnsTexts& texts, const GmnsUnits& units = {});

struct ZoneTrips {
  std::int64_t origin = 0;
  std::int64_t destination = 0;
  double volume = 0.0;
};
// A CSV table with o_zone_id, d_zone_id and volume.
[[nodiscard]] std::vector<ZoneTrips> read_zone_trips(const std::filesystem::path& path);
[[nodiscard]] std::vector<ZoneTrips> parse_zone_trips(std::string text, const std::string& file);

}  // namespace gerbang::io
