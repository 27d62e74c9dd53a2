// The tables of a study that no result depends on.
#include <gtest/gtest.h>

#include "tests/io/tiny_study.h"

namespace gerbang::test {
namespace {

constexpr const char* kStages =
    "stage_id,name,name_en,asks_council,source,quality\n"
    "offer,Penawaran,Offer,0,a decree,official\n"
    "council,Persetujuan DPRD,Approval,1,a decree,official\n";
constexpr const char* kObservations =
    "observation_id,name,name_en,table,row,kt_per_year,source,quality\n"
    "boxes,peti kemas,boxes,terminal,PA,64,a count,official\n"
    "trucks,truk,trucks,service,ferry,83.5,a count,official\n";

TEST(TablesBesideTheModel, AreReadInTheirOrderAndWrittenBack) {
  TinyStudy study;
  study.file("cooperation_stage.csv") = kStages;
  study.file("observation.csv") = kObservations;
  const World world = study.read();
  ASSERT_EQ(world.cooperation_stages.size(), 2u);
  EXPECT_EQ(world.cooperation_stages[0].id, "offer");
  EXPECT_TRUE(world.cooperation_stages[1].asks_council);
  ASSERT_EQ(world.observations.size(), 2u);
  EXPECT_EQ(world.terminals[*world.observations[0].terminal].id, "PA");
  EXPECT_EQ(world.observations[1].kt_per_year, 83.5);

  TinyStudy copy;
  io::write_study(world, copy.folder());
  const World again = io::read_study(copy.folder());
  EXPECT_EQ(again.cooperation_stages[1].name, "Persetujuan DPRD");
  EXPECT_EQ(again.observations[1].service, world.observations[1].service);
  EXPECT_EQ(again.observations[0].provenance.source, "a count");
}

TEST(TablesBesideTheModel, MayBeMissing) {
  const World world = TinyStudy().read();
  EXPECT_TRUE(world.cooperation_stages.empty());
  EXPECT_TRUE(world.observations.empty());
}

TEST(TablesBesideTheModel, AreCheckedLikeAllOthers) {
  TinyStudy study;
  study.file("cooperation_stage.csv") = std::string(kStages) + "offer,x,x,2,,official\n";
  study.file("observation.csv") =
      std::string(kObservations) + "more,x,x,terminal,PB,-1,s,official\nlink,x,x,link,PA,1,s,official\n";
  std::string text;
  for (const std::string& fault : study.faults()) text += fault + "\n";
  for (const char* words :
       {"cooperation_stage.csv:4:1: stage_id 'offer' is there twice",
        "asks_council is '2'; 0 (no) or 1 (yes)", "source is blank",
        "observation.csv:4:19: unknown terminal 'PB'", "kt_per_year is -1; a number above 0",
        "table is 'link'; one of: terminal, service"})
    EXPECT_NE(text.find(words), std::string::npos) << words << "\n" << text;
}

}  // namespace
}  // namespace gerbang::test
