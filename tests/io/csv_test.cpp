#include "gerbang/io/csv.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "gerbang/base/random.h"

namespace gerbang::io {
namespace {

std::vector<std::string> texts(const Faults& faults) {
  std::vector<std::string> lines;
  for (const Fault& fault : faults.sorted()) lines.push_back(fault.text());
  return lines;
}

// The cells of every row, joined: what a reader of the table sees.
std::vector<std::vector<std::string>> rows_of(const CsvTable& table) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    std::vector<std::string>& cells = rows.emplace_back();
    for (std::size_t column = 0; column < table.header().size(); ++column) {
      cells.emplace_back(table.cell(row, column).text);
    }
  }
  return rows;
}

using Rows = std::vector<std::vector<std::string>>;
using Lines = std::vector<std::string>;

// The rules of RFC 4180, section 2, with its own examples.
TEST(Csv, ReadsTheExamplesOfTheStandard) {
  Faults faults;
  const CsvTable table("t.csv",
                       "field_name,field_name2,field_name3\r\naaa,bbb,ccc\r\n\"zzz\",\"y\"\"y\",\"x,x\"\r\n"
                       "\"aaa\",\"b \r\nbb\",\"ccc\"",
                       faults);
  EXPECT_EQ(texts(faults), Lines{});
  EXPECT_EQ(table.header(), (Lines{"field_name", "field_name2", "field_name3"}));
  EXPECT_EQ(rows_of(table),
            (Rows{{"aaa", "bbb", "ccc"}, {"zzz", "y\"y", "x,x"}, {"aaa", "b \r\nbb", "ccc"}}));
}

TEST(Csv, KnowsTheLineAndColumnOfEveryCell) {
  Faults faults;
  const CsvTable table("t.csv", "a,b,c\n\n1,\"é\"\"é\",  3\n\"x\ny\",5,6\n", faults);
  const auto place = [&](std::size_t row, const char* column) {
    const Cell cell = table.cell(row, column);
    return std::pair(cell.line, cell.column);
  };
  EXPECT_EQ(place(0, "a"), std::pair(std::size_t{3}, std::size_t{1}));
  EXPECT_EQ(place(0, "b"), std::pair(std::size_t{3}, std::size_t{3}));
  EXPECT_EQ(place(0, "c"), std::pair(std::size_t{3}, std::size_t{12}));  // characters, not bytes
  EXPECT_EQ(place(1, "a"), std::pair(std::size_t{4}, std::size_t{1}));
  EXPECT_EQ(place(1, "b"), std::pair(std::size_t{5}, std::size_t{4}));  // after the line break in quotes
  EXPECT_EQ(table.cell(0, "no such").text, "");
  EXPECT_EQ(table.cell(1, "no such").line, 4u);
}

TEST(Csv, SkipsBlankLinesAndRowsThatSpreadsheetsLeave) {
  Faults faults;
  const CsvTable table("t.csv", "\n\na,b\n1,2\n,\n\n,,,\n3,4\n\n", faults);
  EXPECT_EQ(texts(faults), Lines{});
  EXPECT_EQ(rows_of(table), (Rows{{"1", "2"}, {"3", "4"}}));
}

TEST(Csv, AcceptsOldMacintoshLineEnds) {
  Faults faults;
  const CsvTable table("t.csv", "a,b\r1,2\r3,4", faults);
  EXPECT_EQ(rows_of(table), (Rows{{"1", "2"}, {"3", "4"}}));
  EXPECT_EQ(table.cell(1, "a").line, 3u);
}

TEST(Csv, SaysWhichQuoteStaysOpen) {
  Faults faults;
  const CsvTable table("t.csv", "a,b\n1,\"2\n3,4\n", faults);
  EXPECT_EQ(texts(faults),
            Lines{"t.csv:2:3: the quote that opens here is never closed; a closing quote; a quote inside "
                  "the text is written twice"});
}

TEST(Csv, SaysWhatFollowsAClosingQuote) {
  Faults faults;
  const CsvTable table("t.csv", "a,b\n\"1\"x,2\n\"3\" ,4\n", faults);
  EXPECT_EQ(
      texts(faults),
      Lines{"t.csv:2:4: text after a closing quote; a comma; a quote inside the text is written twice"});
}

TEST(Csv, RefusesUtf16) {
  Faults faults;
  const CsvTable table("t.csv",
                       std::string("\xFF\xFE"
                                   "a\0,\0",
                                   6),
                       faults);
  EXPECT_FALSE(table.is_table());
  EXPECT_EQ(texts(faults), Lines{"t.csv:1:1: the file is in UTF-16; save it as CSV UTF-8"});
}

TEST(Csv, FindsEveryKindOfByteThatIsNoUtf8) {
  const std::string overlong = "\xC0\xAF";
  const std::string surrogate = "\xED\xA0\x80";
  const std::string beyond = "\xF4\x90\x80\x80";
  const std::string cut = "\xE2\x82";
  for (const std::string& bad :
       {overlong, surrogate, beyond, cut, std::string(1, '\0'), std::string("\x80")}) {
    Faults faults;
    const CsvTable table("t.csv", "a,b\nok,x" + bad + "\n", faults);
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_TRUE(texts(faults)[0].starts_with("t.csv:2:5: byte 0x")) << texts(faults)[0];
  }
}

TEST(Csv, TellsColumnsThatAreUnknownMissingOrThereTwice) {
  Faults faults;
  const CsvTable table("t.csv", "id,lenght_km,id,,extra\n", faults);
  table.check_header({.required = {"id", "length_km", "name"}, .optional = {"note"}}, faults);
  EXPECT_EQ(texts(faults), (Lines{"t.csv:1:1: column 'name' is missing; add the column 'name'",
                                  "t.csv:1:4: unknown column 'lenght_km'; did you mean 'length_km'?",
                                  "t.csv:1:14: column 'id' is there twice; remove one",
                                  "t.csv:1:17: a column without a name; one of: id, length_km, name, note",
                                  "t.csv:1:18: unknown column 'extra'; one of: id, length_km, name, note"}));
}

TEST(Csv, ReadsNumbersAsTheyAreWrittenEverywhere) {
  Faults faults;
  const CsvTable table("t.csv", "x\n12.5\n-0\n+3\n1e-300\n 7 \n", faults);
  const double expected[] = {12.5, 0.0, 3.0, 1e-300, 7.0};
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    EXPECT_EQ(read_number(table.cell(row, "x"), faults), expected[row]);
  }
  EXPECT_TRUE(faults.empty());
}

TEST(Csv, RefusesWhatIsNoNumber) {
  Faults faults;
  const CsvTable table("t.csv", "x\nnan\ninf\n1e999\n0x10\n12 km\n\"1,234.5\"\n\"1.234,5\"\n\"3,5\"\n1_000\n",
                       faults);
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    EXPECT_EQ(read_number(table.cell(row, "x"), faults), std::nullopt);
  }
  EXPECT_EQ(texts(faults), (Lines{"t.csv:2:1: x is 'nan'; a number such as 12.5",
                                  "t.csv:3:1: x is 'inf'; a number such as 12.5",
                                  "t.csv:4:1: x is '1e999'; a number such as 12.5",
                                  "t.csv:5:1: x is '0x10'; a number such as 12.5",
                                  "t.csv:6:1: x is '12 km'; a number such as 12.5",
                                  "t.csv:7:1: x is '1,234.5'; a number with a decimal point: 1234.5",
                                  "t.csv:8:1: x is '1.234,5'; a number with a decimal point: 1234.5",
                                  "t.csv:9:1: x is '3,5'; a number with a decimal point: 3.5",
                                  "t.csv:10:1: x is '1_000'; a number such as 12.5"}));
}

TEST(Csv, WritesNumbersThatReadBackTheSame) {
  Faults faults;
  Random random(1, 2);
  for (int i = 0; i < 2000; ++i) {
    const double value = random.normal() * std::pow(10.0, 40.0 * random.uniform() - 20.0);
    const CsvTable table("t.csv", "x\n" + shortest(value) + "\n", faults);
    EXPECT_EQ(read_number(table.cell(0, "x"), faults), value);
  }
  EXPECT_EQ(shortest(0.1), "0.1");
  EXPECT_EQ(shortest(1e6), "1000000");
  EXPECT_EQ(shortest(1e300), "1e+300");
  EXPECT_EQ(shortest(1800.0), "1800");
}

TEST(Csv, QuotesCellsThatNeedItAndReadsThemBack) {
  Faults faults;
  for (const std::string text : {"plain", "a,b", "say \"hi\"", " padded ", "two\nlines", "é;ü", "\"", ""}) {
    const CsvTable table("t.csv", "x,y\n" + csv_cell(text) + ",1\n", faults);
    EXPECT_EQ(table.cell(0, "x").text, text);
  }
  EXPECT_TRUE(faults.empty());
  EXPECT_EQ(csv_cell("plain text"), "plain text");
}

}  // namespace
}  // namespace gerbang::io
