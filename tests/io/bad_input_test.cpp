// A study that is wrong in one way is said to be wrong in that way: where, what, and how to mend it.
#include <gtest/gtest.h>

#include <random>

#include "tests/io/tiny_study.h"

namespace gerbang::test {
namespace {

using Lines = std::vector<std::string>;

TEST(BadInput, HasNoFaultInASoundStudy) {
  EXPECT_EQ(TinyStudy().faults(), Lines{});
}

TEST(BadInput, SaysWhichFolderIsMissing) {
  try {
    static_cast<void>(io::read_study("/nowhere/at/all"));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(
        error.faults().front().text(),
        "/nowhere/at/all: there is no such folder; the folder of a study, with study.toml and its tables");
  }
}

TEST(BadInput, SaysWhichFileIsMissing) {
  TinyStudy study;
  study.remove("sector.csv");
  study.remove("study.toml");
  EXPECT_EQ(
      study.faults(),
      (Lines{
          "sector.csv: the file is missing; add it; docs/study.md lists its columns, and a table may have no "
          "rows",
          "study.toml: the file is missing; add it; docs/study.md lists its columns, and a table may have no "
          "rows"}));
}

TEST(BadInput, SuggestsTheNameOfAnUnknownFile) {
  TinyStudy study;
  study.file("regions.csv") = "region_id\n";
  study.file("README.md") = "Notes may lie there.\n";
  EXPECT_EQ(study.faults(), Lines{"regions.csv: unknown file; did you mean 'region.csv'?"});
}

TEST(BadInput, SaysWhichColumnIsMissing) {
  TinyStudy study;
  study.file("move.csv") =
      "trend_id,origin_region_id,share,source,quality\nmove,alpha,0.75,plan,assumed\nmove,beta,0.25,plan,"
      "assumed\n";
  EXPECT_EQ(study.faults(), Lines{"move.csv:1:1: column 'destination_region_id' is missing; add the column "
                                  "'destination_region_id'"});
}

TEST(BadInput, SuggestsTheNameOfAnUnknownColumn) {
  TinyStudy study;
  study.replace("link.csv", "capacity_pcu_h", "capcity_pcu_h");
  EXPECT_EQ(study.faults(), Lines{study.at("link.csv", "capcity_pcu_h") +
                                  ": unknown column 'capcity_pcu_h'; did you mean 'capacity_pcu_h'?"});
}

TEST(BadInput, AsksForTheUnitInAHeader) {
  TinyStudy study;
  study.replace("link.csv", "length_km", "length");
  EXPECT_EQ(study.faults(),
            Lines{study.at("link.csv", "length") + ": unknown column 'length'; did you mean 'length_km'?"});
}

TEST(BadInput, AsksForTheUnitOfAParameter) {
  TinyStudy study;
  study.replace("parameter.csv", "6,10,1,", "6,10,h,");
  study.replace("parameter.csv", "4,,,1,", "4,,,,");
  EXPECT_EQ(study.faults(),
            (Lines{"parameter.csv:2:25: the unit of chain_dispersion is 'h'; '1': give the value in it",
                   "parameter.csv:3:16: unit is blank; a unit"}));
}

TEST(BadInput, SaysWhichRegionIsUnknown) {
  TinyStudy study;
  study.replace("value_added.csv", "gamma,making", "gama,making");
  EXPECT_EQ(study.faults(), Lines{"value_added.csv:8:1: unknown region 'gama'; did you mean 'gamma'?"});
}

TEST(BadInput, SaysWhereARegionOfTheStudyIsMissing) {
  TinyStudy study;
  study.replace("region.csv", "beta,Beta,west,nb,domestic,500000,900,,1,5,10,statistics,official,\n", "");
  const Lines faults = study.faults();
  EXPECT_EQ(faults,
            (Lines{"move.csv:3:6: unknown region 'beta'; a row of region.csv: alpha, gamma, abroad",
                   "observed_flow.csv:2:7: unknown region 'beta'; a row of region.csv: alpha, gamma, abroad",
                   "project_owner.csv:3:27: unknown region 'beta'; a row of region.csv: alpha, gamma, abroad",
                   "value_added.csv:5:1: unknown region 'beta'; a row of region.csv: alpha, gamma, abroad",
                   "value_added.csv:6:1: unknown region 'beta'; a row of region.csv: alpha, gamma, abroad"}));
}

TEST(BadInput, WantsANumberWhereTextStands) {
  TinyStudy study;
  study.replace("link.csv", "arterial,100,40", "arterial,far,40");
  study.replace("service_leg.csv", "PA,PG,240,22,400000", "PA,PG,240,\"22,5\",\"400.000,5\"");
  study.replace("node.csv", "119.6,-4,", "119.6,nan,");
  EXPECT_EQ(
      study.faults(),
      (Lines{study.at("link.csv", "far,40") + ": length_km is 'far'; a number such as 12.5",
             "node.csv:4:23: y_coord is 'nan'; a number such as 12.5",
             "service_leg.csv:2:19: time_h is '22,5'; a number with a decimal point: 22.5",
             "service_leg.csv:2:26: tariff_idr_per_tonne is '400.000,5'; a number with a decimal point: "
             "400000.5"}));
}

TEST(BadInput, RefusesNumbersOutOfRange) {
  TinyStudy study;
  study.replace("link.csv", "8,30,1800", "8,30,-1800");
  study.replace("sector.csv", "0.5,0.3,", "0.5,1.3,");
  study.replace("node.csv", "103.9,1.2", "103.9,91.2");
  EXPECT_EQ(study.faults(),
            (Lines{study.at("link.csv", "-1800") + ": capacity_pcu_h is -1800; a number above 0",
                   study.at("node.csv", "91.2") + ": y_coord is 91.2; degrees north, from -90 to 90",
                   study.at("sector.csv", "1.3") + ": labour_share is 1.3; a share from 0 to 1"}));
}

TEST(BadInput, WantsEveryRequiredCell) {
  TinyStudy study;
  study.replace("terminal.csv", "5,50000,24", "5,,24");
  study.replace("region.csv", "alpha,Alpha,west", "alpha,,west");
  study.replace("project.csv", "plan,official", ",");
  EXPECT_EQ(study.faults(), (Lines{study.at("project.csv", ",\nbridge") + ": source is blank; a source",
                                   study.at("project.csv", "\nbridge") + ": quality is blank; a quality",
                                   "region.csv:2:7: name is blank; a name",
                                   study.at("terminal.csv", ",24,alpha") +
                                       ": handling_idr_per_tonne is blank; a number of at least 0"}));
}

TEST(BadInput, SaysWhenAPortIsOnNoNode) {
  TinyStudy study;
  study.replace("terminal.csv", "Gamma port,pg", "Gamma port,pq");
  EXPECT_EQ(study.faults(), Lines{"terminal.csv:3:15: unknown node 'pq'; did you mean 'pa'?"});
}

TEST(BadInput, SaysWhichRegionIsCutOff) {
  TinyStudy study;
  study.replace("link.csv", "l3,Port road,pg,ng,0,arterial,3,30,1800,0.15,4,0,0,1,,,map,derived\n", "");
  EXPECT_EQ(
      study.faults(),
      Lines{"region.csv:4:18: region 'gamma' is cut off: from node 'ng' no road, terminal or service in "
            "force in "
            "2024 leads to another region; a link to the network, or a terminal that its roads reach and a "
            "service that calls there"});
}

TEST(BadInput, CountsNoProjectedRoadAsAConnection) {
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

TEST(BadInput, SaysWhichOutputsDoNotBalance) {
  TinyStudy study;
  study.replace("value_added.csv",
                "beta,farming,40,statistics,official\nbeta,transport,10,statistics,official\n",
                "beta,farming,0,statistics,official\n");
  study.replace("input_output.csv", "making,making,0.25", "making,making,0.75");
  study.replace("final_demand.csv", "households,making,0.4", "households,making,0.35");
  EXPECT_EQ(
      study.faults(),
      (Lines{
          "final_demand.csv:2:20: the shares of households add to 0.95; 1",
          "input_output.csv:2:16: the inputs of sector 'making' add to 1.05 of its output; a sum below 1: "
          "the "
          "rest is value added",
          "region.csv:3:1: region 'beta' makes nothing: value added is 0 in every sector; rows with a value "
          "above 0 in value_added.csv"}));
}

TEST(BadInput, SaysWhenTheNationSpendsWhatItNeitherMakesNorImports) {
  TinyStudy study;
  study.replace("foreign_trade.csv", "import,,making,2,", "import,,making,9,");
  EXPECT_EQ(
      study.faults(),
      (Lines{
          "value_added.csv:1:1: outputs do not balance: regions make 185, spend 178.5 and export 8 (IDR bn "
          "a year), which imports of 1.5 would balance, not the 9 of foreign_trade.csv; value_added.csv, "
          "final_demand_ratio in region.csv and foreign_trade.csv of one year and unit, so that made + "
          "imports = spent + exports within a factor of two of imports"}));
}

TEST(BadInput, SaysWhichSectorNobodyMakes) {
  TinyStudy study;
  study.replace("value_added.csv", "alpha,making,60", "alpha,making,0");
  study.replace("value_added.csv", "gamma,making,20", "gamma,making,0");
  EXPECT_EQ(study.faults(),
            Lines{"sector.csv:3:1: no region makes 'making': value added is 0 everywhere; a row with a "
                  "value above 0 in value_added.csv, or no such sector"});
}

TEST(BadInput, LeavesSomethingToHouseholds) {
  TinyStudy study;
  study.replace("region.csv", "0.9,10,20", "0.9,50,60");
  EXPECT_EQ(study.faults(),
            Lines{study.at("region.csv", "0.9,50") +
                  ": government and investment of 'alpha' (110) leave nothing of its final "
                  "demand (90) to households; final_demand_ratio × value added above government_idr_bn + "
                  "investment_idr_bn"});
}

TEST(BadInput, AddsSharesOfOwnersMoversAndPayersToOne) {
  TinyStudy study;
  study.replace("project_owner.csv", "gamma,0.5", "gamma,0.6");
  study.replace("move.csv", "0.75", "0.5");
  study.replace("payer.csv", "alpha,1", "alpha,0.9");
  EXPECT_EQ(study.faults(),
            (Lines{"move.csv:2:18: the shares of the origins of 'gamma' in trend 'move' add to 0.75; 1",
                   "payer.csv:2:12: the shares of the payers of 'move' add to 0.9; 1",
                   "project_owner.csv:3:32: the cost shares of 'bridge' add to 1.1; 1"}));
}

TEST(BadInput, KeepsTheNationsTradeAboveItsRegions) {
  TinyStudy study;
  study.replace("foreign_trade.csv", "export,alpha,farming,3", "export,alpha,farming,9");
  EXPECT_EQ(study.faults(),
            Lines{"foreign_trade.csv:2:17: exports of 'farming' by region add to 9, more than the "
                  "nation's 8; a total that holds its regions"});
}

TEST(BadInput, SuggestsTheNameOfAnUnknownKey) {
  TinyStudy study;
  study.replace("study.toml", "base_year", "baseyear");
  study.replace("study.toml", "predecessor", "predecesor");
  EXPECT_EQ(study.faults(),
            (Lines{"study.toml:1:1: key 'base_year' is missing in [study]; base_year = …",
                   "study.toml:6:1: unknown key 'baseyear' in [study]; did you mean 'base_year'?",
                   "study.toml:19:1: unknown key 'predecesor' in [scenarios.bridge]; did you mean "
                   "'predecessor'?"}));
}

TEST(BadInput, SaysWhereStudyTomlIsNoToml) {
  TinyStudy study;
  study.replace("study.toml", "base_year = 2024", "base_year = = 2024");
  const Lines faults = study.faults();
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_TRUE(faults[0].starts_with("study.toml:6:13: ")) << faults[0];
  EXPECT_TRUE(faults[0].ends_with("; TOML 1.0 in UTF-8")) << faults[0];
}

TEST(BadInput, SaysWhatScenariosDoNotKnow) {
  TinyStudy study;
  study.replace("study.toml", R"(predecessor = "base")", R"(predecessor = "later")");
  study.replace("study.toml", R"(projects = ["bridge"])", R"(projects = ["brigde"])");
  study.replace("study.toml", R"(trends = ["growth"])", R"(trends = ["growht"])");
  study.replace("study.toml", R"(transport_sector = "transport")", R"(transport_sector = "H")");
  EXPECT_EQ(study.faults(),
            (Lines{"study.toml:8:20: unknown sector 'H'; a row of sector.csv: farming, making, transport",
                   "study.toml:14:11: unknown trend 'growht'; did you mean 'growth'?",
                   "study.toml:19:15: predecessor 'later' is no scenario above this one; one of: base",
                   "study.toml:20:13: unknown project 'brigde'; did you mean 'bridge'?"}));
}

TEST(BadInput, WantsYearsInOrderFromTheBaseYearOn) {
  TinyStudy study;
  study.replace("study.toml", "[2024, 2030]", "[2030, 2020]");
  EXPECT_EQ(study.faults(),
            (Lines{"study.toml:7:9: a year before the base year 2024; years from 2024 on",
                   "study.toml:7:9: the years are not in order; each once, the first one first"}));
}

TEST(BadInput, SaysWhichIdIsThereTwice) {
  TinyStudy study;
  study.replace("node.csv", "ng,Gamma", "nb,Gamma");
  study.replace("value_added.csv", "beta,transport", "beta,farming");
  const Lines faults = study.faults();
  EXPECT_EQ(
      faults,
      (Lines{"link.csv:4:17: unknown node 'ng'; did you mean 'na'?",
             "link.csv:6:14: unknown node 'ng'; did you mean 'na'?",
             "node.csv:4:1: node_id 'nb' is there twice; another id; the first is in line 3",
             "region.csv:4:18: unknown node 'ng'; did you mean 'na'?",
             "value_added.csv:6:1: the row beta/farming is there twice; remove one; the first is in line "
             "5"}));
}

TEST(BadInput, ReadsAByteOrderMarkAndCarriageReturns) {
  TinyStudy study;
  std::string& text = study.file("region.csv");
  std::string with_returns = "\xEF\xBB\xBF";
  for (const char byte : text) with_returns += byte == '\n' ? std::string("\r\n") : std::string(1, byte);
  text = with_returns;
  EXPECT_EQ(study.faults(), Lines{});
  study.replace("region.csv", "gamma,Gamma,east,ng", "gamma,Gamma,east,nx");
  EXPECT_EQ(study.faults(), Lines{"region.csv:4:18: unknown node 'nx'; did you mean 'na'?"});
}

TEST(BadInput, RecognisesOtherSeparators) {
  TinyStudy study;
  for (char& byte : study.file("move.csv")) byte = byte == ',' ? ';' : byte;
  for (char& byte : study.file("payer.csv")) byte = byte == ',' ? '\t' : byte;
  EXPECT_EQ(study.faults(),
            (Lines{"move.csv:1:9: the cells are separated by semicolons; commas, and a point in decimal "
                   "numbers: save it as \"CSV UTF-8 (comma delimited)\"",
                   "payer.csv:1:9: the cells are separated by tabs; commas, and a point in decimal "
                   "numbers: save it as \"CSV UTF-8 (comma delimited)\""}));
}

TEST(BadInput, SaysThatAFileIsEmpty) {
  TinyStudy study;
  study.file("link.csv") = "";
  study.file("study.toml") = "";
  study.file("outline.geojson") = "";
  EXPECT_EQ(
      study.faults(),
      (Lines{
          "link.csv:1: the file is empty (0 bytes); a header line and one line per row; restore the file",
          "outline.geojson:1:1: this is no JSON; a GeoJSON FeatureCollection",
          "study.toml:1:1: the study has no scenario; [scenarios.base] with name, name_en, projects, trends",
          "study.toml:1:1: the table [study] is missing; [study] with name, title, base_year, years, …"}));
}

TEST(BadInput, SaysWhereTextIsNoUtf8) {
  TinyStudy study;
  study.replace("region.csv", "gamma,Gamma", "gamma,G\xE2mma");
  EXPECT_EQ(study.faults(), Lines{"region.csv:4:8: byte 0xE2 is no UTF-8 text; save the file as CSV UTF-8"});
}

TEST(BadInput, SaysWhichRowHasTooManyOrTooFewCells) {
  TinyStudy study;
  study.replace("service.csv", "\"Lines, Inc.\"", "Lines, Inc.");
  study.replace("move.csv", "move,beta,gamma,0.25,plan,assumed", "move,beta,gamma");
  EXPECT_EQ(study.faults(),
            (Lines{"move.csv:3:11: 3 cells where the header has 6; one cell per column, blank ones too",
                   study.at("service.csv", "assumed") +
                       ": 13 cells where the header has 12; quote a text that contains a "
                       "comma"}));
}

TEST(BadInput, SaysWhichEditChangesNothingThatThereIs) {
  TinyStudy study;
  study.file("edit.csv") =
      "project_id,table,row,column,operation,value,source,quality\n"
      "wharf,terminals,PA,handling_h,set,1,plan,assumed\n"
      "wharf,terminal,PB,handling_h,set,1,plan,assumed\n"
      "wharf,terminal,PA,handling,set,1,plan,assumed\n"
      "wharf,service_leg,ferry/3,time_h,set,1,plan,assumed\n"
      "wharf,terminal,PA,handling_h,set,-1,plan,assumed\n"
      "warf,terminal,PA,handling_h,set,1,plan,assumed\n"
      "wharf,terminal,PG,capacity_mt_per_year,add,1,plan,assumed\n";
  EXPECT_EQ(
      study.faults(),
      (Lines{"edit.csv:2:7: table is 'terminals'; did you mean 'terminal'?",
             "edit.csv:3:16: unknown row 'PB' of table terminal; did you mean 'PA'?",
             "edit.csv:4:19: unknown column 'handling' of table terminal; did you mean 'handling_h'?",
             "edit.csv:5:19: unknown row 'ferry/3' of table service_leg; did you mean 'ferry/1'?",
             "edit.csv:6:34: handling_h of PA becomes -1; a number of at least 0",
             "edit.csv:7:1: unknown project 'warf'; did you mean 'wharf'?",
             "edit.csv:8:40: capacity_mt_per_year of PG is blank, so that nothing can be added; set it, or "
             "give it "
             "a value in its table"}));
}

TEST(BadInput, FindsCircularNeeds) {
  TinyStudy study;
  study.replace("project.csv", "200,10,alpha,,,", "200,10,alpha,bridge,,");
  EXPECT_EQ(study.faults(),
            Lines{study.at("project.csv", "bridge,,") +
                  ": needs run in a circle: wharf → bridge → wharf; remove one of these needs"});
}

TEST(BadInput, SaysWhichScenarioLacksAProject) {
  TinyStudy study;
  study.replace("project.csv", "committed,2028", "proposed,2028");
  EXPECT_EQ(study.faults(),
            Lines{"study.toml:16:12: scenario 'bridge' in 2030: project bridge needs wharf, which is not "
                  "in force; take wharf too, in force no later"});
}

TEST(BadInput, SaysWhichLegsDoNotConnect) {
  TinyStudy study;
  study.replace("service_leg.csv", "liner,2,PW,PA", "liner,2,PG,PA");
  EXPECT_EQ(study.faults(),
            Lines{"service_leg.csv:5:9: leg 2 of service 'liner' begins at 'PG', but leg 1 ends at 'PW'; "
                  "from_terminal_id 'PW'"});
}

TEST(BadInput, WantsLegsNumberedWithoutGaps) {
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

TEST(BadInput, WantsLegsForEveryService) {
  TinyStudy study;
  study.file("service.csv") += "plane,Plane,air,Airline,general,7,20,1,alpha,,none,assumed\n";
  EXPECT_EQ(study.faults(),
            Lines{"service.csv:4:1: service 'plane' has no legs; at least one row in service_leg.csv"});
}

TEST(BadInput, SaysWhichCallHandlesNothing) {
  TinyStudy study;
  study.replace("terminal.csv", "gamma,gamma,bulk general", "gamma,gamma,bulk");
  study.replace("service.csv", "ASDP,general bulk", "ASDP,general");
  EXPECT_EQ(study.faults(),
            (Lines{"service_leg.csv:2:12: service 'ferry' carries nothing that terminal 'PG' takes; a "
                   "freight class in the freight_class_ids of both",
                   "service_leg.csv:3:9: service 'ferry' carries nothing that terminal 'PG' takes; a "
                   "freight class in the freight_class_ids of both"}));
}

TEST(BadInput, KeepsValuesWithinTheirRange) {
  TinyStudy study;
  study.replace("trend.csv", "1.05,1.02,1.08", "1.05,1.06,1.04");
  study.replace("parameter.csv", "4,,,1", "4,x,,1");
  EXPECT_EQ(
      study.faults(),
      (Lines{"parameter.csv:3:14: low is 'x'; a number such as 12.5",
             study.at("trend.csv", "1.06") + ": value_low 1.06 is above value 1.05; low ≤ value ≤ high",
             study.at("trend.csv", "1.04") + ": value_high 1.04 is below value 1.05; low ≤ value ≤ high"}));
}

TEST(BadInput, SaysWhichTrendsMeanNothing) {
  TinyStudy study;
  study.replace("trend.csv", "growth,population,,,2030,multiply,1.05,1.02,1.08",
                "growth,population,,,2020,add,1.05,1.02,1.08");
  study.replace("trend.csv", "move,government,gamma,,2030", "move,government,gamma,making,2030");
  EXPECT_EQ(study.faults(),
            (Lines{"trend.csv:2:19: an amount is added to no region; the region that it is added to",
                   "trend.csv:2:21: year 2020 is not after the base year 2024; a later year: trends "
                   "start from the base year",
                   "trend.csv:5:23: a sector for government; a blank cell: only productivity goes by "
                   "sector"}));
}

TEST(BadInput, SaysWhichTollNobodyEarns) {
  TinyStudy study;
  study.replace("link.csv", "5000,1,alpha,", "5000,1,,");
  EXPECT_EQ(study.faults(), Lines{study.at("link.csv", ",,map,derived\nl3") +
                                  ": a toll that nobody earns; the region that earns it"});
}

TEST(BadInput, SaysWhichOutlinesAndRoutesAreMalformed) {
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

TEST(BadInput, ReportsFaultsOfAllKindsInOnePassByFileAndLine) {
  TinyStudy study;
  study.remove("payer.csv");  // may be absent
  study.file("observed_flow.csv") = "";
  study.replace("link.csv", "8,30,1800", "8,30,-1800");
  study.replace("link.csv", "arterial,100,40", "arterial,far,40");
  study.replace("project.csv", "200,10,alpha,,,", "200,10,alpha,bridge,,");
  study.replace("final_demand.csv", "households,making,0.4", "households,making,0.35");
  study.replace("edit.csv", "terminal,PA", "terminal,PX");
  study.replace("study.toml", "title_en", "tittle_en");
  study.replace("terminal.csv", "Gamma port,pg", "Gamma port,pq");
  study.replace("value_added.csv", "gamma,making", "gama,making");
  const Lines faults = study.faults();
  EXPECT_EQ(
      faults,
      (Lines{
          "edit.csv:2:16: unknown row 'PX' of table terminal; did you mean 'PA'?",
          "final_demand.csv:2:20: the shares of households add to 0.95; 1",
          study.at("link.csv", "far,40") + ": length_km is 'far'; a number such as 12.5",
          study.at("link.csv", "-1800") + ": capacity_pcu_h is -1800; a number above 0",
          "observed_flow.csv:1: the file is empty (0 bytes); a header line and one line per row; restore the "
          "file",
          study.at("project.csv", "bridge,,") +
              ": needs run in a circle: wharf → bridge → wharf; remove one of these needs",
          "study.toml:1:1: key 'title_en' is missing in [study]; title_en = …",
          "study.toml:4:1: unknown key 'tittle_en' in [study]; did you mean 'title_en'?",
          "terminal.csv:3:15: unknown node 'pq'; did you mean 'pa'?",
          "value_added.csv:8:1: unknown region 'gama'; did you mean 'gamma'?"}));
}

// Bytes changed at random never crash the reader, and every fault says something.
TEST(BadInput, SurvivesAnyChangeOfBytes) {
  std::mt19937 random(7);
  for (int round = 0; round < 400; ++round) {
    TinyStudy study;
    auto file = tiny_study_files().begin();
    std::advance(file, static_cast<long>(random() % tiny_study_files().size()));
    std::string& text = study.file(file->first);
    for (int change = 0; change < 3; ++change) {
      const std::size_t at = random() % text.size();
      const std::string junk[] = {
          ",", "\"", "\n", "", "-", "9e999", std::string(1, static_cast<char>(random() % 256))};
      text.replace(at, random() % 4, junk[random() % 7]);
    }
    for (const std::string& fault : study.faults()) EXPECT_GT(fault.size(), 10u);
  }
}

}  // namespace
}  // namespace gerbang::test
