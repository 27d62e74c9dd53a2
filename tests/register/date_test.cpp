#include "gerbang/register/date.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

namespace gerbang::registry {
namespace {

TEST(Date, KnowsWhichDaysExist) {
  for (const char* text : {"2026-01-23", "2024-02-29", "2000-02-29", "1999-12-31"}) {
    const auto date = parse_date(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(date_id(*date), text);
  }
  for (const char* text : {"2026-02-30", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-5",
                           "23-01-2026", "2026/01/23", "2026-01-23x", "", "0000-01-01"})
    EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Date, IsWrittenInBothLanguages) {
  EXPECT_EQ(date_text(*parse_date("2026-08-05"), Language::kIndonesian), "5 Agustus 2026");
  EXPECT_EQ(date_text(*parse_date("2026-08-05"), Language::kEnglish), "5 August 2026");
}

TEST(Moment, ReadsOffsetsAndIndonesianZones) {
  for (const char* text : {"2026-01-23T09:00+08:00", "2026-01-23 09:00 WITA", "2026-01-23T09.00 WITA"}) {
    const auto moment = parse_moment(text);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(moment_id(*moment), "2026-01-23T09:00+08:00") << text;
  }
  const auto morning = parse_moment("2026-01-23 06:30 WITA");
  EXPECT_EQ(moment_text(*morning, Language::kIndonesian), "23 Januari 2026, 06.30 WITA");
  EXPECT_EQ(moment_text(*morning, Language::kEnglish), "23 January 2026, 06:30 WITA");
  // An hour before Jakarta's eight o'clock; the day before in UTC.
  EXPECT_EQ(parse_moment("2026-01-23 07:30 WIB")->utc(), parse_moment("2026-01-23 08:30 WITA")->utc());
  EXPECT_LT(morning->utc(), std::chrono::sys_time<std::chrono::minutes>(*parse_date("2026-01-23")));
  EXPECT_EQ(moment_text(*parse_moment("2026-01-23T09:00-03:30"), Language::kEnglish),
            "23 January 2026, 09:00 UTC-03:30");
}

TEST(Moment, NeedsAZoneWhereItHasATime) {
  for (const char* text : {"2026-01-23T09:00", "2026-01-23 25:00 WITA", "2026-01-23 09:60 WITA",
                           "2026-01-23 09:00 CET", "2026-02-30 09:00 WITA", "tomorrow"})
    EXPECT_FALSE(parse_moment(text)) << text;
}

TEST(Date, IsTodayByTheClockOfThePlace) {
  const auto today_in = [](const char* zone) {
    ::setenv("TZ", zone, 1);
    ::tzset();
    return today();
  };
  // POSIX zones count westwards: the first place is 26 hours ahead of the second.
  const Date ahead = today_in("EAST-14"), behind = today_in("WEST+12");
  ::unsetenv("TZ");
  ::tzset();
  EXPECT_GT(ahead, behind);
}

}  // namespace
}  // namespace gerbang::registry
