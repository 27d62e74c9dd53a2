// What is said of networks that do not hang together, and of lines that are none.
#include <gtest/gtest.h>

#include "tests/io/tiny_study.h"

namespace gerbang::test {
namespace {

using Lines = std::vector<std::string>;

TEST(BadNetwork, SaysWhenAPortIsOnNoNode) {
  TinyStudy study;
  study.replace("terminal.csv", "Gamma port,pg", "Gamma port,pq");
  EXPECT_EQ(study.faults(), Lines{"terminal.csv:3:15: unknown node 'pq'; did you mean 'pa'?"});
}

TEST(BadNetwork, SaysWhichRegionIsCutOff) {
  TinyStudy study;
  study.replace("link.csv", "l3,Port road,pg,ng,0,arterial,3,30,1800,0.15,4,0,0,1,,,map,derived\n", "");
  EXPECT_EQ(
      study.faults(),
      Lines{"region.csv:4:18: region 'gamma' is cut off: from node 'ng' no road, terminal or service in "
            "force in "
            "2024 leads to another region; a link to the network, or a terminal that its roads reach and a "
            "service that calls there"});
}

TEST(BadNetwork, CountsNoProjectedRoadAsAConnection) {
  TinyStudy study;
  study.replace("service_leg.csv",
                "ferry,1,PA,PG,240,22,400000,timetable,official\n"
                "ferry,2,PG,PA,240,22,300000,timetable,official\n",
                "");
  study.replace("service.csv",
                "ferry,Alpha–Gamma,ferry,ASDP,general bulk,4,800,1,alpha,,timetable,official\n", "");
  study.replace("edit.csv",
                "wharf,service_leg,ferry/1,time_h,multiply,0.9,plan,assumed\n"
                "bridge,service,ferry,departures_per_week,set,1,plan,assumed\n",
                "");
  const Lines faults = study.faults();
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_TRUE(faults[0].starts_with("region.csv:4:18: region 'gamma' is cut off"));
}

TEST(BadNetwork, SaysWhichLegsDoNotConnect) {
  TinyStudy study;
  study.replace("service_leg.csv", "liner,2,PW,PA", "liner,2,PG,PA");
  EXPECT_EQ(study.faults(),
            Lines{"service_leg.csv:5:9: leg 2 of service 'liner' begins at 'PG', but leg 1 ends at 'PW'; "
                  "from_terminal_id 'PW'"});
}

TEST(BadNetwork, WantsLegsNumberedWithoutGaps) {
  TinyStudy study;
  study.replace("service_leg.csv", "liner,2,PW,PA", "liner,3,PW,PA");
  study.replace("service_leg.csv", "ferry,2,PG,PA", "ferry,1,PG,PA");
  EXPECT_EQ(
      study.faults(),
      (Lines{
          "service_leg.csv:3:7: leg 1 of service 'ferry' is there twice; leg 2: legs count 1, 2, … without "
          "gaps",
          "service_leg.csv:5:7: leg 3 of service 'liner' without a leg 2; leg 2: legs count 1, 2, … without "
          "gaps"}));
}

TEST(BadNetwork, WantsLegsForEveryService) {
  TinyStudy study;
  study.file("service.csv") += "plane,Plane,air,Airline,general,7,20,1,alpha,,none,assumed\n";
  EXPECT_EQ(study.faults(),
            Lines{"service.csv:4:1: service 'plane' has no legs; at least one row in service_leg.csv"});
}

TEST(BadNetwork, SaysWhichCallHandlesNothing) {
  TinyStudy study;
  study.replace("terminal.csv", "gamma,gamma,bulk general", "gamma,gamma,bulk");
  study.replace("service.csv", "ASDP,general bulk", "ASDP,general");
  EXPECT_EQ(study.faults(),
            (Lines{"service_leg.csv:2:12: service 'ferry' carries nothing that terminal 'PG' takes; a "
                   "freight class in the freight_class_ids of both",
                   "service_leg.csv:3:9: service 'ferry' carries nothing that terminal 'PG' takes; a "
                   "freight class in the freight_class_ids of both"}));
}

TEST(BadNetwork, SaysWhichTollNobodyEarns) {
  TinyStudy study;
  study.replace("link.csv", "5000,1,alpha,", "5000,1,,");
  EXPECT_EQ(study.faults(), Lines{study.at("link.csv", ",,map,derived\nl3") +
                                  ": a toll that nobody earns; the region that earns it"});
}

TEST(BadNetwork, SaysWhichOutlinesAndRoutesAreMalformed) {
  TinyStudy study;
  study.file("outline.geojson") = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"region_id":"alpha"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},
{"type":"Feature","properties":{"region_id":"alfa"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}},
{"type":"Feature","properties":{"region_id":"beta"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}}
]})";
  study.file("sea_route.geojson") = R"({"type":"FeatureCollection","features":[
  {"type":"Feature","properties":{"from_node_id":"pa"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}},
  {"type":"Feature","properties":{"from_node_id":"pa","to_node_id":"px"},"geometry":{"type":"LineString","coordinates":[[0,0],[1,1]]}}
]})";
  EXPECT_EQ(study.faults(),
            (Lines{"outline.geojson:3:1: unknown region 'alfa'; did you mean 'alpha'?",
                   "outline.geojson:4:1: a feature without a sound geometry; a LineString, or closed rings "
                   "of a Polygon "
                   "or MultiPolygon, in degrees (EPSG:4326)",
                   "sea_route.geojson:2:3: a route without to_node_id; the property to_node_id",
                   "sea_route.geojson:3:3: unknown node 'px'; did you mean 'pa'?"}));
  study.file("outline.geojson") = "{\"type\":\n  oops}";
  study.remove("sea_route.geojson");
  EXPECT_EQ(study.faults(), Lines{"outline.geojson:2:3: this is no JSON; a GeoJSON FeatureCollection"});
}

}  // namespace
}  // namespace gerbang::test
