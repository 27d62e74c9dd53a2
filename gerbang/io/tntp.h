// Road networks and trip tables in the TNTP format (Transportation Networks for Research): metadata in angle
// brackets, comments after ~, ten columns a link, trips by origin. Units are the file's own; nothing here
// converts them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace gerbang::io {

struct TntpLink {
  std::uint32_t from = 0;  // node numbers as in the file, from 1
  std::uint32_t to = 0;
  double capacity = 0.0;
  double length = 0.0;
  double free_flow_time = 0.0;
  double b = 0.0;
  double power = 0.0;
  double speed = 0.0;
  double toll = 0.0;
  double type = 0.0;
};

struct TntpNetwork {
  std::uint32_t zone_count = 0;
  std::uint32_t node_count = 0;
  std::uint32_t first_through_node = 1;  // nodes with a smaller number carry no through traffic
  std::vector<TntpLink> links;
};

struct TntpTrips {
  std::uint32_t origin = 0;
  std::uint32_t destination = 0;
  double volume = 0.0;
};

// Both throw InputError, with all faults of the file by line and column: unreadable numbers, values that
// cannot be (negative or not finite; capacity zero where the time depends on it), nodes or zones beyond those
// that the metadata count, fewer links or trips than it announces. The text forms name the file in their
// faults.
[[nodiscard]] TntpNetwork read_tntp_network(const std::filesystem::path& path);
[[nodiscard]] TntpNetwork parse_tntp_network(std::string_view text, std::string_view file);
[[nodiscard]] std::vector<TntpTrips> read_tntp_trips(const std::filesystem::path& path);
[[nodiscard]] std::vector<TntpTrips> parse_tntp_trips(std::string_view text, std::string_view file);

}  // namespace gerbang::io
