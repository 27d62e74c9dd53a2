#include "gerbang/report/page.h"

#include <gtest/gtest.h>

namespace gerbang::report {
namespace {

TEST(Page, ShowsThreeDigitsInTheNotationOfTheLanguage) {
  const Page english(Language::kEnglish), indonesian(Language::kIndonesian);
  EXPECT_EQ(english.figure(12345.6), "12,346");
  EXPECT_EQ(indonesian.figure(12345.6), "12.346");
  EXPECT_EQ(english.figure(56.78), "56.8");
  EXPECT_EQ(indonesian.figure(56.78), "56,8");
  EXPECT_EQ(english.figure(0.1234), "0.12");
  EXPECT_EQ(english.figure(99.96), "100");
  EXPECT_EQ(english.figure(9.996), "10.0");
}

TEST(Page, SignsWhatChangesAndNothingElse) {
  const Page page(Language::kEnglish);
  EXPECT_EQ(page.change(289.4), "+289");
  EXPECT_EQ(page.change(-1234.0), "-1,234");
  EXPECT_EQ(page.change(0.0), "0");
  EXPECT_EQ(page.change(-0.001), "0");
  EXPECT_EQ(page.percent_change(0.0123), "+0.012 %");
  EXPECT_EQ(page.percent_change(-12.34), "-12.3 %");
  EXPECT_EQ(Page(Language::kIndonesian).percent_change(0.5), "+0,50 %");
}

TEST(Page, AlignsColumnsByWhatAReaderSees) {
  Page page(Language::kEnglish);
  page.table({{"a", "1 → 2", "\tnote"}, {"bcd – e", "10", "\tx"}});
  EXPECT_EQ(page.text(), " a        1 → 2  note\n bcd – e     10  x\n");
}

TEST(Page, BreaksLongProseBetweenWords) {
  Page page(Language::kEnglish);
  std::string words = " begin";
  for (int i = 0; i < 40; ++i) words += " word→";
  page.paragraph(words);
  const std::size_t end = page.text().find('\n');
  EXPECT_LE(display_width(page.text().substr(0, end)), 132U);
  EXPECT_GT(display_width(page.text().substr(0, end)), 120U);
  EXPECT_EQ(page.text().substr(end, 8), "\n   word");
}

TEST(Page, FillsPatternsOfItsLanguage) {
  Page page(Language::kIndonesian);
  page.line({"{} dari {}", "{} of {}"}, 2, 3);
  EXPECT_EQ(page.text(), "2 dari 3\n");
}

}  // namespace
}  // namespace gerbang::report
