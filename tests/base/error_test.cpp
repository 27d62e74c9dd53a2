#include <gtest/gtest.h>

#include "gerbang/base/error.h"

namespace gerbang {
namespace {

TEST(Base, AFaultSaysWhereWhatAndTheRemedy) {
  const Fault fault{
      .file = "link.csv", .line = 7, .column = 3, .found = "negative capacity", .expected = "above 0"};
  EXPECT_EQ(fault.text(), "link.csv:7:3: negative capacity; above 0");
}

TEST(Base, AFaultLeavesOutWhatItDoesNotHave) {
  EXPECT_EQ((Fault{.file = "region.csv", .found = "file is missing"}.text()), "region.csv: file is missing");
  EXPECT_EQ((Fault{.file = "region.csv", .line = 2, .found = "too few cells"}.text()),
            "region.csv:2: too few cells");
  EXPECT_EQ((Fault{.found = "unknown scenario 'gatway'", .expected = "did you mean 'gateway'?"}.text()),
            "unknown scenario 'gatway'; did you mean 'gateway'?");
}

TEST(Base, AnInputErrorReportsAllFaultsOneALine) {
  const InputError error(
      {{.file = "a.csv", .line = 1, .found = "x"}, {.file = "b.csv", .line = 2, .found = "y"}});
  EXPECT_STREQ(error.what(), "a.csv:1: x\nb.csv:2: y");
  EXPECT_EQ(error.faults().size(), 2U);
}

TEST(Base, NearestFindsTheWordThatWasMeant) {
  const std::vector<std::string> columns = {"capacity_pcu_h", "length_km", "free_speed_kmh"};
  EXPECT_EQ(nearest("capcity_pcu_h", columns), "capacity_pcu_h");
  EXPECT_EQ(nearest("lenght_km", columns), "length_km");
  EXPECT_EQ(nearest("length_km", columns), "length_km");
}

TEST(Base, NearestIsSilentWhenNothingIsNear) {
  EXPECT_EQ(nearest("colour", {"capacity_pcu_h", "length_km"}), "");
  EXPECT_EQ(nearest("anything", {}), "");
}

}  // namespace
}  // namespace gerbang
