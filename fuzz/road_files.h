// What the fuzzers of road networks and trip tables start from: one sound file of each kind.
#pragma once

#include <string>

#include "gerbang/io/omx.h"

namespace gerbang::fuzz {

inline constexpr const char* kTntpNetwork =
    "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 3\n<FIRST THRU NODE> 3\n<NUMBER OF LINKS> 2\n<END OF METADATA>\n"
    "~ init term capacity length fft b power speed toll type ;\n"
    "1 3 900.5 1.0 2e0 0.15 4 50 0 1 ;\n3 2 1e3 2 3 0 0 0 1.5 1 ;\n";
inline constexpr const char* kTntpTrips =
    "<NUMBER OF ZONES> 2\n<TOTAL OD FLOW> 30\n<END OF METADATA>\nOrigin 1\n 1 : 0.0; 2 : 10.0;\nOrigin 2\n 1 "
    ": 20.0;\n";

// Tables parted by 0 bytes.
inline std::string gmns_files() {
  using namespace std::string_literals;
  return "node_id,x_coord,y_coord,zone_id,node_type\na,1,2,1,centroid\nb,2,3,2,\n\0"s
         "link_id,from_node_id,to_node_id,directed,length,lanes,free_speed,capacity,toll,allowed_uses\n"
         "1,a,b,0,2.5,2,60,900,1,\"car,truck\"\n\0"s
         "long_length,speed\nmile,mph\n\0"s
         "o_zone_id,d_zone_id,volume\n1,2,3.5\n"s;
}

inline std::string omx_file() {
  io::OmxFile file{.matrices = {{"car", Matrix(2, 2, 1.5)}, {"truck", Matrix(2, 2, 2.0)}}, .zones = {3, 9}};
  return io::omx_bytes(file);
}

}  // namespace gerbang::fuzz
