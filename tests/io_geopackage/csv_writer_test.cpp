#include "gerbang/io/csv_writer.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <sstream>
#include <string>

#include "gerbang/io/file.h"
#include "tests/io_geopackage/example_tables.h"

namespace gerbang::io {
namespace {

TEST(CsvWriter, WritesNamesThenRowsAndNothingForBlank) {
  EXPECT_EQ(csv_text(example_terminals()), "terminal_id,load_mt,calls\nkariangau,2.5,412\nparepare,,\n");
}

TEST(CsvWriter, QuotesWhereRfc4180Asks) {
  EXPECT_EQ(csv_text(example_manifest()),
            "key,value\nstudy,nusantara\nnote,\"it's \"\"quoted\"\", with a comma\"\n");
}

TEST(CsvWriter, WritesNumbersThatReadBackAsTheSameDouble) {
  DescribedTable table({.name = "t", .columns = {{"x", "", ""}}});
  const std::vector<double> numbers = {0.1, 1.0 / 3.0, 1e300, 5e-324, 123456789.125};
  for (const double number : numbers) table.add_row({number});
  std::istringstream lines(csv_text(table));
  std::string line;
  std::getline(lines, line);
  for (const double number : numbers) {
    std::getline(lines, line);
    EXPECT_EQ(std::strtod(line.c_str(), nullptr), number) << line;
  }
}

TEST(CsvWriter, PutsTheTextIntoTheFile) {
  const auto path = std::filesystem::temp_directory_path() / "gerbang_csv_writer_test" / "terminal.csv";
  write_csv(path, example_terminals());
  EXPECT_EQ(read_file(path), csv_text(example_terminals()));
  std::filesystem::remove_all(path.parent_path());
}

}  // namespace
}  // namespace gerbang::io
