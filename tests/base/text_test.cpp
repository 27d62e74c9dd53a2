#include <gtest/gtest.h>

#include <limits>

#include "gerbang/base/text.h"

namespace gerbang {
namespace {

TEST(Base, NumbersFollowTheLanguage) {
  EXPECT_EQ(number_text(1234567.891, 2, Language::kIndonesian), "1.234.567,89");
  EXPECT_EQ(number_text(1234567.891, 2, Language::kEnglish), "1,234,567.89");
  EXPECT_EQ(number_text(999.0, 0, Language::kIndonesian), "999");
  EXPECT_EQ(number_text(1000.0, 0, Language::kEnglish), "1,000");
  EXPECT_EQ(number_text(-1234.5, 1, Language::kIndonesian), "-1.234,5");
}

TEST(Base, ARoundedZeroHasNoSign) {
  EXPECT_EQ(number_text(-0.001, 2, Language::kEnglish), "0.00");
  EXPECT_EQ(number_text(-0.0, 0, Language::kEnglish), "0");
  EXPECT_EQ(number_text(-0.006, 2, Language::kIndonesian), "-0,01");
}

TEST(Base, NumbersThatAreNoneSayShowAsSuch) {
  EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN(), 2, Language::kEnglish), "–");
  EXPECT_EQ(number_text(std::numeric_limits<double>::infinity(), 2, Language::kEnglish), "∞");
  EXPECT_EQ(number_text(-std::numeric_limits<double>::infinity(), 2, Language::kEnglish), "−∞");
}

TEST(Base, TheLocaleNamesTheLanguage) {
  EXPECT_EQ(language_of_locale("id_ID.UTF-8"), Language::kIndonesian);
  EXPECT_EQ(language_of_locale("id"), Language::kIndonesian);
  EXPECT_EQ(language_of_locale("en_GB.UTF-8"), Language::kEnglish);
  EXPECT_EQ(language_of_locale("C"), Language::kEnglish);
  EXPECT_EQ(language_of_locale(""), Language::kEnglish);
}

TEST(Base, ATextIsPickedByLanguage) {
  constexpr Text kGains{.id = "untung", .en = "gains"};
  EXPECT_EQ(kGains.in(Language::kIndonesian), "untung");
  EXPECT_EQ(kGains.in(Language::kEnglish), "gains");
}

TEST(Base, WordsAreSplitTrimmedAndNeverEmpty) {
  EXPECT_EQ(split_words("  bulk  container "), (std::vector<std::string>{"bulk", "container"}));
  EXPECT_EQ(split_words("a, b ,,c", ','), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_TRUE(split_words(" \t ").empty());
  EXPECT_TRUE(split_words("").empty());
}

}  // namespace
}  // namespace gerbang
