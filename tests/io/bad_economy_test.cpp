// What is said of economies that do not add up, of trends and scenarios that mean nothing, and of projects
// that cannot be taken.
#include <gtest/gtest.h>

#include "tests/io/tiny_study.h"

namespace gerbang::test {
namespace {

using Lines = std::vector<std::string>;

TEST(BadEconomy, SaysWhichOutputsDoNotBalance) {
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

TEST(BadEconomy, SaysWhenTheNationSpendsWhatItNeitherMakesNorImports) {
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

TEST(BadEconomy, SaysWhichSectorNobodyMakes) {
  TinyStudy study;
  study.replace("value_added.csv", "alpha,making,60", "alpha,making,0");
  study.replace("value_added.csv", "gamma,making,20", "gamma,making,0");
  EXPECT_EQ(study.faults(),
            Lines{"sector.csv:3:1: no region makes 'making': value added is 0 everywhere; a row with a "
                  "value above 0 in value_added.csv, or no such sector"});
}

TEST(BadEconomy, LeavesSomethingToHouseholds) {
  TinyStudy study;
  study.replace("region.csv", "0.9,10,20", "0.9,50,60");
  EXPECT_EQ(study.faults(),
            Lines{study.at("region.csv", "0.9,50") +
                  ": government and investment of 'alpha' (110) leave nothing of its final "
                  "demand (90) to households; final_demand_ratio × value added above government_idr_bn + "
                  "investment_idr_bn"});
}

TEST(BadEconomy, AddsSharesOfOwnersMoversAndPayersToOne) {
  TinyStudy study;
  study.replace("project_owner.csv", "gamma,0.5", "gamma,0.6");
  study.replace("move.csv", "0.75", "0.5");
  study.replace("payer.csv", "alpha,1", "alpha,0.9");
  EXPECT_EQ(study.faults(),
            (Lines{"move.csv:2:18: the shares of the origins of 'gamma' in trend 'move' add to 0.75; 1",
                   "payer.csv:2:12: the shares of the payers of 'move' add to 0.9; 1",
                   "project_owner.csv:3:32: the cost shares of 'bridge' add to 1.1; 1"}));
}

TEST(BadEconomy, KeepsTheNationsTradeAboveItsRegions) {
  TinyStudy study;
  study.replace("foreign_trade.csv", "export,alpha,farming,3", "export,alpha,farming,9");
  EXPECT_EQ(study.faults(),
            Lines{"foreign_trade.csv:2:17: exports of 'farming' by region add to 9, more than the "
                  "nation's 8; a total that holds its regions"});
}

TEST(BadEconomy, KeepsValuesWithinTheirRange) {
  TinyStudy study;
  study.replace("trend.csv", "1.05,1.02,1.08", "1.05,1.06,1.04");
  study.replace("parameter.csv", "4,,,1", "4,x,,1");
  EXPECT_EQ(
      study.faults(),
      (Lines{"parameter.csv:3:14: low is 'x'; a number such as 12.5",
             study.at("trend.csv", "1.06") + ": value_low 1.06 is above value 1.05; low ≤ value ≤ high",
             study.at("trend.csv", "1.04") + ": value_high 1.04 is below value 1.05; low ≤ value ≤ high"}));
}

TEST(BadEconomy, SaysWhichTrendsMeanNothing) {
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

TEST(BadEconomy, SuggestsTheNameOfAnUnknownKey) {
  TinyStudy study;
  study.replace("study.toml", "base_year", "baseyear");
  study.replace("study.toml", "predecessor", "predecesor");
  EXPECT_EQ(study.faults(),
            (Lines{"study.toml:1:1: key 'base_year' is missing in [study]; base_year = …",
                   "study.toml:6:1: unknown key 'baseyear' in [study]; did you mean 'base_year'?",
                   "study.toml:19:1: unknown key 'predecesor' in [scenarios.bridge]; did you mean "
                   "'predecessor'?"}));
}

TEST(BadEconomy, SaysWhereStudyTomlIsNoToml) {
  TinyStudy study;
  study.replace("study.toml", "base_year = 2024", "base_year = = 2024");
  const Lines faults = study.faults();
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_TRUE(faults[0].starts_with("study.toml:6:13: ")) << faults[0];
  EXPECT_TRUE(faults[0].ends_with("; TOML 1.0 in UTF-8")) << faults[0];
}

TEST(BadEconomy, SaysWhatScenariosDoNotKnow) {
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

TEST(BadEconomy, WantsYearsInOrderFromTheBaseYearOn) {
  TinyStudy study;
  study.replace("study.toml", "[2024, 2030]", "[2030, 2020]");
  EXPECT_EQ(study.faults(),
            (Lines{"study.toml:7:9: a year before the base year 2024; years from 2024 on",
                   "study.toml:7:9: the years are not in order; each once, the first one first"}));
}

TEST(BadEconomy, SaysWhichEditChangesNothingThatThereIs) {
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

TEST(BadEconomy, FindsCircularNeeds) {
  TinyStudy study;
  study.replace("project.csv", "200,10,alpha,,,", "200,10,alpha,bridge,,");
  EXPECT_EQ(study.faults(),
            Lines{study.at("project.csv", "bridge,,") +
                  ": needs run in a circle: wharf → bridge → wharf; remove one of these needs"});
}

TEST(BadEconomy, SaysWhichScenarioLacksAProject) {
  TinyStudy study;
  study.replace("project.csv", "committed,2028", "proposed,2028");
  EXPECT_EQ(study.faults(),
            Lines{"study.toml:16:12: scenario 'bridge' in 2030: project bridge needs wharf, which is not "
                  "in force; take wharf too, in force no later"});
}

}  // namespace
}  // namespace gerbang::test
