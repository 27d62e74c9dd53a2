// gerbang assign from outside: what it reads, selects and writes.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "gerbang/io/omx.h"
#include "tests/apps/command.h"

namespace gerbang::test {
namespace {

// Two ways from zone 1 to zone 2: by b, or straight on a tolled road that only cars may take.
class Assign : public testing::Test {
 protected:
  void SetUp() override {
    write("net/node.csv", "node_id,x_coord,y_coord,zone_id\na,116.8,-1.2,1\nb,116.9,-1.2,\nc,117.0,-1.2,2\n");
    write(
        "net/link.csv",
        "link_id,from_node_id,to_node_id,directed,length_km,free_speed_kmh,capacity_pcu_h,toll,allowed_uses\n"
        "1,a,b,0,2.5,60,90,,\n2,b,c,0,10,30,100,,\n3,a,c,0,15,60,100,1,car\n");
    write("classes.csv", "class,pcu,value_of_time,cost_per_length\ncar,1,20,0.1\ntruck,2,40,0.5\n");
    io::OmxFile trips{.matrices = {{"car", Matrix(2, 2)}, {"truck", Matrix(2, 2)}}, .zones = {1, 2}};
    trips.matrices[0].values(0, 1) = 100.0;
    trips.matrices[1].values(0, 1) = 10.0;
    io::write_omx(path("trips.omx"), trips);
  }
  void write(const std::string& name, const std::string& text) const {
    io::write_file_atomically(path(name), text);
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  [[nodiscard]] Said assign(const std::string& options) const {
    return run_command("assign '" + path("net") + "' '" + path("trips.omx") + "' --gap 1e-12 " + options);
  }

  TemporaryFolder folder_;
};

TEST_F(Assign, KeepsClassesOffTheLinksThatAreNotTheirs) {
  const Said said =
      assign("--classes '" + path("classes.csv") + "' --flows '" + path("flows.csv") + "' --json -");
  ASSERT_EQ(said.exit_code, 0) << said.err;
  const auto result = nlohmann::json::parse(said.out);
  EXPECT_EQ(result["classes"][1]["class"], "truck");
  EXPECT_EQ(result["classes"][0]["trips"], 100.0);
  const std::string flows = io::read_file(path("flows.csv"));
  EXPECT_NE(flows.find("a,c,truck,0,"), std::string::npos) << flows;
  EXPECT_NE(flows.find("a,b,truck,10,"), std::string::npos) << flows;
}

// Two links from b to c, both used: cars and trucks divide alike.
TEST_F(Assign, DividesClassesAlikeBetweenLinksThatCostTheSame) {
  write("net/link.csv",
        "link_id,from_node_id,to_node_id,directed,length_km,free_speed_kmh,capacity_pcu_h,toll,allowed_uses\n"
        "1,a,b,0,2.5,60,90,,\n2,b,c,0,10,30,30,,\n3,b,c,0,10,30,60,,\n");
  const Said said = assign("--classes '" + path("classes.csv") + "' --proportional --flows '" +
                           path("flows.csv") + "' --json '" + path("result.json") + "'");
  ASSERT_EQ(said.exit_code, 0) << said.err;
  EXPECT_LE(nlohmann::json::parse(io::read_file(path("result.json")))["disproportion"], 1e-12);
  std::map<std::string, std::vector<double>> flow;  // by class, of the links from b to c
  std::istringstream flows(io::read_file(path("flows.csv")));
  for (std::string line; std::getline(flows, line);)
    for (const std::string vehicle_class : {"car", "truck"})
      if (const std::string start = "b,c," + vehicle_class + ","; line.starts_with(start))
        flow[vehicle_class].push_back(std::stod(line.substr(start.size())));
  ASSERT_EQ(flow["car"].size(), 2U);
  ASSERT_EQ(flow["truck"].size(), 2U);
  EXPECT_NEAR(flow["car"][0], 100.0 / 3.0, 1e-6);
  EXPECT_NEAR(flow["truck"][0], 10.0 / 3.0, 1e-7);
}

TEST_F(Assign, WritesSkimsByClassThatAddUp) {
  ASSERT_EQ(assign("--classes '" + path("classes.csv") + "' --skims '" + path("skims.omx") + "'").exit_code,
            0);
  const io::OmxFile skims = io::read_omx(path("skims.omx"));
  ASSERT_EQ(skims.matrices.size(), 8U);
  const auto skim = [&](const std::string& name) {
    for (const io::OmxMatrix& matrix : skims.matrices)
      if (matrix.name == name) return matrix.values(0, 1);
    return -1.0;
  };
  EXPECT_DOUBLE_EQ(skim("truck_distance"), 12.5);
  EXPECT_NEAR(skim("truck_cost"), skim("truck_time") + 0.5 * 12.5 / 40.0, 1e-12);
  EXPECT_NEAR(skim("car_cost"), skim("car_time") + (0.1 * skim("car_distance") + skim("car_toll")) / 20.0,
              1e-9);
}

TEST_F(Assign, SelectsTheTripsOfALink) {
  const Said said = assign("--classes '" + path("classes.csv") + "' --select-link a-c --selected-trips '" +
                           path("trips.csv") + "' --flows '" + path("flows.csv") + "'");
  ASSERT_EQ(said.exit_code, 0) << said.err;
  std::istringstream rows(io::read_file(path("trips.csv")));
  std::string line;
  std::getline(rows, line);
  EXPECT_EQ(line, "origin,destination,class,trips");
  std::getline(rows, line);
  EXPECT_EQ(line.substr(0, 8), "a,c,car,");
  const std::string flow = line.substr(8);
  EXPECT_NE(io::read_file(path("flows.csv")).find("a,c,car," + flow), std::string::npos) << flow;
  EXPECT_FALSE(std::getline(rows, line));
}

TEST_F(Assign, WritesAGeoPackage) {
  ASSERT_EQ(assign("--flows '" + path("flows.gpkg") + "'").exit_code, 0);
  EXPECT_EQ(io::read_file(path("flows.gpkg")).substr(0, 15), "SQLite format 3");
}

TEST_F(Assign, BansTurnsAndSaysWhoIsLeftWithoutAWay) {
  write("turns.csv", "from_node,via_node,to_node,penalty\na,b,c,\n");
  const Said said =
      assign("--classes '" + path("classes.csv") + "' --turns '" + path("turns.csv") + "' --json -");
  ASSERT_EQ(said.exit_code, 0) << said.err;
  const auto result = nlohmann::json::parse(said.out);
  ASSERT_EQ(result["not_connected"].size(), 1U);  // trucks may take no other way
  EXPECT_EQ(result["not_connected"][0]["origin"], "a");
  EXPECT_EQ(result["not_connected"][0]["trips"], 10.0);
}

TEST_F(Assign, RefusesWhatItDoesNotKnow) {
  const Said link = assign("--select-link a-z --selected '" + path("x.csv") + "'");
  EXPECT_EQ(link.exit_code, 2);
  EXPECT_NE(link.err.find("no node 'z'"), std::string::npos) << link.err;
  write("classes.csv", "class\nvan\n");
  const Said matrix = assign("--classes '" + path("classes.csv") + "'");
  EXPECT_EQ(matrix.exit_code, 2);
  EXPECT_NE(matrix.err.find("no matrix 'van'"), std::string::npos) << matrix.err;
}

}  // namespace
}  // namespace gerbang::test
