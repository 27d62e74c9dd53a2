#include "gerbang/io/omx.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include "gerbang/base/error.h"
#include "gerbang/io/file.h"

namespace gerbang::io {
namespace {

OmxFile three_zones() {
  OmxFile file;
  for (const char* name : {"car", "truck"}) {
    OmxMatrix& matrix = file.matrices.emplace_back(OmxMatrix{name, Matrix(3, 3)});
    for (std::size_t i = 0; i < 9; ++i)
      matrix.values.values()[i] = 0.1 * static_cast<double>(i) + static_cast<double>(file.matrices.size());
  }
  file.zones = {7, 11, 400};
  return file;
}

void expect_refused(std::string_view bytes, const OmxSelection& selection, const std::string& part) {
  try {
    (void)parse_omx(bytes, "trips.omx", selection);
    ADD_FAILURE() << "not refused: " << part;
  } catch (const InputError& error) {
    EXPECT_NE(std::string(error.what()).find(part), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("trips.omx"), std::string::npos);
  }
}

TEST(Omx, ReadsWhatItWrote) {
  const OmxFile written = three_zones();
  const OmxFile read = parse_omx(omx_bytes(written), "trips.omx");
  ASSERT_EQ(read.matrices.size(), 2U);
  EXPECT_EQ(read.matrices[0].name, "car");
  EXPECT_EQ(read.matrices[0].values, written.matrices[0].values);
  EXPECT_EQ(read.matrices[1].values, written.matrices[1].values);
  EXPECT_EQ(read.zones, written.zones);
}

TEST(Omx, GivesTheSameBytesForTheSameMatrices) {
  EXPECT_EQ(omx_bytes(three_zones()), omx_bytes(three_zones()));
}

TEST(Omx, KeepsInfinityAndNotANumber) {
  OmxFile file = three_zones();
  file.matrices[0].values(0, 1) = std::numeric_limits<double>::infinity();
  file.matrices[0].values(1, 0) = std::numeric_limits<double>::quiet_NaN();
  const OmxFile read = parse_omx(omx_bytes(file), "skims.omx");
  EXPECT_EQ(read.matrices[0].values(0, 1), std::numeric_limits<double>::infinity());
  EXPECT_TRUE(std::isnan(read.matrices[0].values(1, 0)));
}

TEST(Omx, ReadsTheChosenMatrixAlone) {
  const OmxFile read = parse_omx(omx_bytes(three_zones()), "trips.omx", {.matrices = {"truck"}});
  ASSERT_EQ(read.matrices.size(), 1U);
  EXPECT_EQ(read.matrices[0].name, "truck");
}

TEST(Omx, SaysWhatIsNotThere) {
  const std::string bytes = omx_bytes(three_zones());
  expect_refused(bytes, {.matrices = {"trucks"}}, "did you mean 'truck'?");
  expect_refused(bytes, {.lookup = "zone numbr"}, "did you mean 'zone number'?");
}

TEST(Omx, RefusesWhatIsNoHdf5AndWhatIsCutShort) {
  expect_refused("", {}, "HDF5");
  expect_refused("o_zone_id,d_zone_id\n", {}, "HDF5");
  const std::string bytes = omx_bytes(three_zones());
  for (std::size_t size = 1; size < bytes.size(); size += 97) {
    try {
      (void)parse_omx(std::string_view(bytes).substr(0, size), "trips.omx");
    } catch (const InputError&) {
      SUCCEED();
    }
  }
}

// What the format's own Python library writes, and what it makes of our file: an outsider's word on both.
TEST(Omx, AgreesWithTheFormatsOwnToolsOnShapeAndValues) {
  if (std::system("h5dump --version >/dev/null 2>&1") != 0)
    GTEST_SKIP() << "h5dump (hdf5-tools) is not installed";
  const auto folder = std::filesystem::temp_directory_path() / "gerbang_omx_test";
  std::filesystem::create_directories(folder);
  const std::string file = (folder / "trips.omx").string();
  write_omx(file, three_zones());
  const std::string dump = (folder / "dump").string();
  ASSERT_EQ(std::system(("h5dump -d /data/truck '" + file + "' >'" + dump + "'").c_str()), 0);
  const std::string text = read_file(dump);
  EXPECT_NE(text.find("( 3, 3 ) / ( 3, 3 )"), std::string::npos) << text;
  EXPECT_NE(text.find("2, 2.1, 2.2"), std::string::npos) << text;
  ASSERT_EQ(std::system(("h5dump -a /OMX_VERSION -a /SHAPE '" + file + "' >'" + dump + "'").c_str()), 0);
  EXPECT_NE(read_file(dump).find("\"0.2\""), std::string::npos);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace gerbang::io
