#include "gerbang/io/tntp.h"

#include <gtest/gtest.h>

#include "apps/gerbang/road_network.h"
#include "gerbang/base/error.h"

namespace gerbang::io {
namespace {

constexpr const char* kNet =
    "<NUMBER OF ZONES> 2\n<NUMBER OF NODES> 900\n<FIRST THRU NODE> 3\n<NUMBER OF LINKS> 3\n"
    "<ORIGINAL HEADER>~ Init Term ;\n<END OF METADATA>\n\n~ init term cap length fft b power speed toll type "
    ";\n"
    "\t1\t7\t100\t2.5\t1e1\t0.15\t4\t0\t3\t1\t;\n"
    "7 2 100 1 5 0 0 0 0 1;\r\n"
    "1 2 0 1 0 0.15 4 0 0 1\n";
constexpr const char* kTrips =
    "<NUMBER OF ZONES> 2\n<TOTAL OD FLOW> 12.5\n<END OF METADATA>\n~ note\n\nOrigin  1\n 1 : 0.0; 2 : 12.5 "
    ";\n";

std::string fault_of(auto parse) {
  try {
    (void)parse();
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

std::string replaced(std::string text, const std::string& old, const std::string& with) {
  return text.replace(text.find(old), old.size(), with);
}

TEST(Tntp, ReadsLinksAndTrips) {
  const TntpNetwork network = parse_tntp_network(kNet, "net");
  ASSERT_EQ(network.links.size(), 3U);
  EXPECT_EQ(network.first_through_node, 3U);
  EXPECT_EQ(network.links[0].to, 7U);
  EXPECT_EQ(network.links[0].free_flow_time, 10.0);
  EXPECT_EQ(network.links[0].toll, 3.0);
  const std::vector<TntpTrips> trips = parse_tntp_trips(kTrips, "trips");
  ASSERT_EQ(trips.size(), 1U);
  EXPECT_EQ(trips[0].destination, 2U);
  EXPECT_EQ(trips[0].volume, 12.5);
}

TEST(Tntp, NumbersWithGapsBecomeNodesWithoutThem) {
  const app::RoadNetwork roads = app::road_network(
      parse_tntp_network(kNet, "net"), parse_tntp_trips(kTrips, "trips"), {.toll = 2.0, .distance = 1.0});
  EXPECT_EQ(roads.node_number, (std::vector<std::uint32_t>{1, 2, 7}));
  EXPECT_EQ(roads.problem.first_through_node, 2U);
  EXPECT_EQ(roads.problem.arcs[0].to, 2U);
  EXPECT_DOUBLE_EQ(roads.problem.classes[0].fixed_cost[0], 8.5);
}

TEST(Tntp, ClaimsOfTheHeaderCostNoMemory) {
  const std::string net = replaced(kNet, "<NUMBER OF NODES> 900", "<NUMBER OF NODES> 1000000000");
  const app::RoadNetwork roads = app::road_network(parse_tntp_network(net, "net"), {}, {});
  EXPECT_EQ(roads.problem.node_count, 3U);
}

TEST(Tntp, FaultsNameLineColumnAndRemedy) {
  const auto net_fault = [](const std::string& text) {
    return fault_of([&] { return parse_tntp_network(text, "net"); });
  };
  EXPECT_NE(net_fault(replaced(kNet, "1e1", "abc")).find("net:9:14: free_flow_time is no number: 'abc'"),
            std::string::npos)
      << net_fault(replaced(kNet, "1e1", "abc"));
  EXPECT_NE(net_fault(replaced(kNet, "1e1", "nan")).find("no number"), std::string::npos);
  EXPECT_NE(net_fault(replaced(kNet, "1e1", "-3")).find("negative"), std::string::npos);
  EXPECT_NE(net_fault(replaced(kNet, "\t100\t", "\t0\t")).find("capacity 0"), std::string::npos);
  EXPECT_NE(net_fault(replaced(kNet, "7 2 100", "901 2 100")).find("nodes 1 … 900"), std::string::npos);
  EXPECT_NE(net_fault(replaced(kNet, "LINKS> 3", "LINKS> 4")).find("is the file whole"), std::string::npos);
  EXPECT_NE(net_fault(replaced(kNet, "<NUMBER OF NODES> 900", "<NUMBER OF NODES> x")).find("NUMBER OF NODES"),
            std::string::npos);
  EXPECT_NE(net_fault("hello").find("END OF METADATA"), std::string::npos);
  EXPECT_NE(net_fault("").find("END OF METADATA"), std::string::npos);
  const auto trips_fault = [](const std::string& text) {
    return fault_of([&] { return parse_tntp_trips(text, "trips"); });
  };
  EXPECT_NE(trips_fault(replaced(kTrips, "12.5 ;", "-1 ;")).find("trips:7:"), std::string::npos);
  EXPECT_NE(trips_fault(replaced(kTrips, " 2 : 12.5", " 2 = 12.5")).find("no ':'"), std::string::npos);
  EXPECT_NE(trips_fault(replaced(kTrips, "Origin  1", "Origin  3")).find("zones 1 … 2"), std::string::npos);
  EXPECT_NE(trips_fault(replaced(kTrips, "Origin  1\n", "")).find("before the first origin"),
            std::string::npos);
  EXPECT_NE(trips_fault(replaced(kTrips, " 2 : 12.5 ;", "")).find("is the file whole"), std::string::npos);
}

TEST(Tntp, AnyTruncationIsAFaultOrAWholeFile) {
  for (std::size_t size = 0; size < std::string(kNet).size(); ++size) {
    const std::string cut = std::string(kNet).substr(0, size);
    const std::string fault = fault_of([&] { return parse_tntp_network(cut, "net"); });
    if (size < std::string(kNet).size() - 2) {
      EXPECT_FALSE(fault.empty()) << size;
    }
  }
}

}  // namespace
}  // namespace gerbang::io
