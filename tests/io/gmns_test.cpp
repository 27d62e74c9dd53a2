#include "gerbang/io/gmns.h"

#include <gtest/gtest.h>

#include "gerbang/base/error.h"

namespace gerbang::io {
namespace {

constexpr const char* kNodes =
    "node_id,name,x_coord,y_coord,zone_id,node_type\n"
    "a,West,116.8,-1.2,1,centroid\n"
    "b,,116.9,-1.2,,\n"
    "c,East,117.0,-1.2,2,\n";
constexpr const char* kLinks =
    "link_id,from_node_id,to_node_id,directed,length,lanes,free_speed,capacity,toll,allowed_uses,geometry\n"
    "1,a,b,1,2.5,2,60,900,,,\n"
    "2,b,c,0,10,,30,1800,5,\"car, truck\",\n";
constexpr const char* kMetric = "dataset_name,long_length,speed\nx,km,kph\n";

std::string refusal(const GmnsTexts& texts, const GmnsUnits& units = {}) {
  try {
    (void)parse_gmns(texts, units);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

TEST(Gmns, ReadsNodesLinksAndUnits) {
  const GmnsNetwork network = parse_gmns({.node = kNodes, .link = kLinks, .config = kMetric});
  ASSERT_EQ(network.nodes.size(), 3U);
  EXPECT_TRUE(network.nodes[0].is_centroid);
  EXPECT_EQ(network.nodes[0].zone, 1);
  EXPECT_EQ(network.nodes[1].zone, std::nullopt);
  EXPECT_EQ(network.nodes[2].x, 117.0);
  ASSERT_EQ(network.links.size(), 2U);
  EXPECT_EQ(network.links[0].capacity_pcu_h, 1800.0);  // two lanes
  EXPECT_EQ(network.links[1].capacity_pcu_h, 1800.0);  // one, when unsaid
  EXPECT_FALSE(network.links[1].is_directed);
  EXPECT_EQ(network.links[1].toll, 5.0);
  EXPECT_EQ(network.links[1].allowed_uses, (std::vector<std::string>{"car", "truck"}));
  EXPECT_EQ(network.links[0].alpha, 0.15);
}

TEST(Gmns, ConvertsMiles) {
  const GmnsNetwork network =
      parse_gmns({.node = kNodes, .link = kLinks, .config = "long_length,speed\nmile,mph\n"});
  EXPECT_DOUBLE_EQ(network.links[0].length_km, 2.5 * 1.609344);
  EXPECT_DOUBLE_EQ(network.links[0].free_speed_kmh, 60 * 1.609344);
}

TEST(Gmns, AsksForUnitsThatNobodyHasSaid) {
  const std::string text = refusal({.node = kNodes, .link = kLinks});
  EXPECT_NE(text.find("the unit of long_length is not said"), std::string::npos) << text;
  EXPECT_NE(text.find("the unit of speed is not said"), std::string::npos) << text;
  EXPECT_EQ(refusal({.node = kNodes, .link = kLinks}, {.length = "km", .speed = "kph"}), "");
  EXPECT_NE(
      refusal({.node = kNodes, .link = kLinks}, {.length = "km", .speed = "mhp"}).find("unknown unit 'mhp'"),
      std::string::npos);
}

TEST(Gmns, TakesColumnsThatSayTheirUnitAsTheyAre) {
  const GmnsNetwork network = parse_gmns({.node = kNodes,
                                          .link = "link_id,from_node_id,to_node_id,length_km,free_speed_kmh,"
                                                  "capacity_pcu_h,lanes\n1,a,b,3,50,700,2\n"});
  EXPECT_EQ(network.links[0].length_km, 3.0);
  EXPECT_EQ(network.links[0].capacity_pcu_h, 700.0);  // of all lanes
}

TEST(Gmns, NamesEveryFaultWithItsPlace) {
  const std::string text = refusal(
      {.node = "node_id,x_coord,y_coord,zone_id\na,1,2,1\na,1,nan,1\n",
       .link = "link_id,from_node_id,to_node_id,length,free_speed,capacity\n1,a,z,1,0,900\n2,a,a,-1,30,0\n",
       .config = kMetric});
  EXPECT_NE(text.find("node.csv:3:1: node 'a' is there twice"), std::string::npos) << text;
  EXPECT_NE(text.find("node.csv:3:5"), std::string::npos) << text;
  EXPECT_NE(text.find("zone 1 has a node already"), std::string::npos) << text;
  EXPECT_NE(text.find("link.csv:2:5: unknown node 'z'"), std::string::npos) << text;
  EXPECT_NE(text.find("a free speed of 0"), std::string::npos) << text;
  EXPECT_NE(text.find("length -1"), std::string::npos) << text;
}

TEST(Gmns, ReadsDemandBetweenZones) {
  const auto trips = parse_zone_trips("o_zone_id,d_zone_id,volume\n1,2,33.5\n2,1,0\n", "demand.csv");
  ASSERT_EQ(trips.size(), 2U);
  EXPECT_EQ(trips[0].destination, 2);
  EXPECT_EQ(trips[0].volume, 33.5);
  EXPECT_THROW((void)parse_zone_trips("o_zone_id,d_zone_id\n1,2\n", "demand.csv"), InputError);
  EXPECT_THROW((void)parse_zone_trips("o_zone_id,d_zone_id,volume\n1,2,-1\n", "demand.csv"), InputError);
  EXPECT_THROW((void)parse_zone_trips("o_zone_id,d_zone_id,volume\n1.5,2,1\n", "demand.csv"), InputError);
}

}  // namespace
}  // namespace gerbang::io
