#include "gerbang/io/geopackage.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>

#include "gerbang/io/file.h"
#include "tests/io_geopackage/example_tables.h"

namespace gerbang::io {
namespace {

namespace fs = std::filesystem;

// Each test has a folder of its own, whose name has a space and a quote.
class GeoPackage : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / fmt::format("gerbang it's {} {}", test->name(), ::getpid());
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
};

// The first column of all rows of a query, one a line.
std::string queried(const fs::path& path, const std::string& sql) {
  sqlite3* database = nullptr;
  sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY, nullptr);
  std::string rows;
  const auto collect = [](void* out, int, char** values, char**) {
    *static_cast<std::string*>(out) += std::string(values[0] == nullptr ? "NULL" : values[0]) + "\n";
    return 0;
  };
  char* error = nullptr;
  sqlite3_exec(database, sql.c_str(), collect, &rows, &error);
  if (error != nullptr) rows += error;
  sqlite3_free(error);
  sqlite3_close(database);
  return rows;
}

// What a shell command prints on both of its outputs.
std::string printed(const std::string& command) {
  std::string text;
  FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe))
    text.append(buffer.data(), size);
  ::pclose(pipe);
  return text;
}

void expect_holds(const std::string& text, const std::string& piece) {
  EXPECT_NE(text.find(piece), std::string::npos) << "no '" << piece << "' in:\n" << text;
}

TEST_F(GeoPackage, OpensInGdalWithItsLayersTypesAndExtents) {
  if (printed("ogrinfo --version").find("GDAL") != 0) GTEST_SKIP() << "ogrinfo (gdal-bin) is not installed";
  const fs::path path = folder_ / "results.gpkg";
  write_geopackage(path, example_tables());
  const std::string all = printed(fmt::format("ogrinfo -ro -al \"{}\"", path.string()));
  EXPECT_EQ(all.find("Warning"), std::string::npos) << all;
  EXPECT_EQ(all.find("ERROR"), std::string::npos) << all;
  const auto layer = [&](const std::string& name) {
    const std::size_t begin = all.find("Layer name: " + name + "\n");
    return begin == std::string::npos ? "" : all.substr(begin, all.find("Layer name: ", begin + 1) - begin);
  };
  expect_holds(layer("region"), "Geometry: Multi Polygon");
  expect_holds(layer("region"), "Extent: (116.000000, -2.000000) - (119.500000, 0.000000)");
  expect_holds(layer("region"), "ID[\"EPSG\",4326]");
  expect_holds(
      layer("region"),
      "MULTIPOLYGON (((116 -2,118 -2,118 0,116 0,116 -2),"
      "(116.5 -1.5,116.5 -0.5,117.5 -0.5,117.5 -1.5,116.5 -1.5)),((119 -1,119.5 -1,119.5 -0.5,119 -1)))");
  expect_holds(layer("service"), "Geometry: Line String");
  expect_holds(layer("service"), "LINESTRING (116.775 -1.205,118.0 -2.5,119.622 -4.013)");
  expect_holds(layer("service"), "Feature Count: 2");
  expect_holds(layer("terminal"), "Geometry: Point");
  expect_holds(layer("terminal"), "POINT (119.622 -4.013)");
  expect_holds(layer("terminal"), "load_mt (Real) = 2.5");
  expect_holds(layer("terminal"), "calls (Integer64) = (null)");
  expect_holds(layer("manifest"), "Geometry: None");
  expect_holds(layer("manifest"), "it's \"quoted\", with a comma");
}

TEST_F(GeoPackage, IsAWholeSqliteFileOfVersion13) {
  const fs::path path = folder_ / "results.gpkg";
  write_geopackage(path, example_tables());
  EXPECT_EQ(queried(path, "PRAGMA integrity_check"), "ok\n");
  EXPECT_EQ(queried(path, "PRAGMA foreign_key_check"), "");
  EXPECT_EQ(queried(path, "PRAGMA application_id"), fmt::format("{}\n", 0x47504B47));
  EXPECT_EQ(queried(path, "PRAGMA user_version"), "10300\n");
}

TEST_F(GeoPackage, CarriesUnitsMeaningsAndStyles) {
  const fs::path path = folder_ / "results.gpkg";
  write_geopackage(path, example_tables());
  EXPECT_EQ(
      queried(path, "SELECT title || ': ' || description FROM gpkg_data_columns WHERE table_name = 'region'"),
      "region_id: Region\nev_percent [%]: Equivalent variation over income\n");
  EXPECT_EQ(queried(path, "SELECT description FROM gpkg_contents WHERE table_name = 'terminal'"),
            "Ports and their use\n");
  // The query by which QGIS finds the style of a layer.
  EXPECT_EQ(
      queried(path,
              "SELECT styleQML FROM layer_styles WHERE f_table_schema = '' AND f_table_name = 'terminal' "
              "AND f_geometry_column = 'geom' ORDER BY useAsDefault DESC, update_time DESC LIMIT 1"),
      "<qgis version=\"3.22\"/>\n");
}

TEST_F(GeoPackage, HasTheSameBytesWhenWrittenTwice) {
  write_geopackage(folder_ / "first.gpkg", example_tables());
  std::this_thread::sleep_for(std::chrono::milliseconds(1100));  // a clock would show
  write_geopackage(folder_ / "second.gpkg", example_tables());
  EXPECT_EQ(read_file(folder_ / "first.gpkg"), read_file(folder_ / "second.gpkg"));
}

TEST_F(GeoPackage, HoldsMoreThanOnePageAndOddNames) {
  DescribedTable table(
      {.name = "a \"table\" it's", .columns = {{"select", "", ""}, {"b\"c", "", "", ColumnType::kText}}});
  for (int i = 0; i < 5000; ++i) table.add_row({static_cast<double>(i), std::string(40, 'x')});
  write_geopackage(folder_ / "results.gpkg", std::span(&table, 1));
  EXPECT_EQ(queried(folder_ / "results.gpkg",
                    "SELECT count(*) || ' ' || sum(\"select\") FROM \"a \"\"table\"\" it's\""),
            "5000 12497500.0\n");
}

TEST_F(GeoPackage, SaysWhereItCouldNotWrite) {
  write_file_atomically(folder_ / "file", "no folder");
  EXPECT_THROW(write_geopackage(folder_ / "file" / "results.gpkg", example_tables()), std::system_error);
}

// A child writes in a loop and is killed at 20 moments: under its name there is only ever the whole file.
TEST_F(GeoPackage, IsWholeOrAbsentWhenKilled) {
  DescribedTable table({.name = "big", .columns = {{"x", "", ""}, {"text", "", "", ColumnType::kText}}});
  for (int i = 0; i < 2000; ++i) table.add_row({static_cast<double>(i), std::string(200, 'x')});
  const auto tables = std::span(&table, 1);
  write_geopackage(folder_ / "whole.gpkg", tables);
  const std::string whole = read_file(folder_ / "whole.gpkg");
  const fs::path path = folder_ / "results.gpkg";
  for (int round = 0; round < 20; ++round) {
    fs::remove(path);
    const pid_t child = ::fork();
    if (child == 0) {
      for (;;) write_geopackage(path, tables);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(1000 + 1700 * round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    if (fs::exists(path)) {
      EXPECT_EQ(read_file(path), whole);
    }
  }
}

}  // namespace
}  // namespace gerbang::io
