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

// What follows from the header is said there, not again in every row.
TEST(BadInput, SaysOnceThatARangeHasNoValue) {
  TinyStudy study;
  study.replace("freight_class.csv", "value_mn_idr_per_tonne,value", "value_mn_idr_per_tone,value");
  EXPECT_EQ(study.faults(),
            Lines{study.at("freight_class.csv", "value_mn_idr_per_tone,") +
                  ": unknown column 'value_mn_idr_per_tone'; did you mean 'value_mn_idr_per_tonne'?"});
  TinyStudy without_column;
  without_column.replace("region.csv", "intra_km", "intra_km_high");
  EXPECT_EQ(without_column.faults(), Lines{without_column.at("region.csv", "intra_km_high") +
                                           ": a range without intra_km; add the column 'intra_km'"});
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
