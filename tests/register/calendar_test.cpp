#include "gerbang/register/calendar.h"

#include <gtest/gtest.h>

#include <cstdlib>

#include "gerbang/io/file.h"
#include "tests/register/two_cities.h"

namespace gerbang::registry {
namespace {

using namespace test;

Register with_dates() {
  Register filled(study_names());
  add_two_cities(filled);
  Fields fields =
      visit("Kunjungan; rapat, dan \\ makan siang yang panjang sekali agar barisnya harus dilipat – ya");
  fields["start"] = "2026-01-23 09:00 WITA";
  fields["end"] = "2026-01-23 11:30 WITA";
  fields["place"] = "Balai Kota";
  fields["minutes"] = "first line\nsecond line";
  filled.add(Kind::kEvent, fields, kAni, "visit");
  filled.add(Kind::kEvent, visit("Three days", "2026-02-01"), kAni, "days");
  filled.edit("days", {{"end", "2026-02-03"}}, kBudi);
  filled.add(Kind::kCommitment,
             {{"what", "Send data"}, {"owner", "west_city"}, {"state", "open"}, {"due", "2026-03-01"}}, kAni,
             "data");
  filled.add(Kind::kFollowUp,
             {{"what", "Undated"}, {"category", "other"}, {"parties", "west_city"}, {"state", "open"}}, kAni,
             "undated");
  return filled;
}

std::string text_of(const Register& filled) {
  return calendar_text(filled.list({}), {.study = "tiny", .language = Language::kIndonesian});
}

TEST(Calendar, FoldsLinesAndEndsThemAsTheStandardSays) {
  const std::string text = text_of(with_dates());
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find("\r\n", begin);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - begin, 75u) << text.substr(begin, end - begin);
    begin = end + 2;
  }
  EXPECT_EQ(text.find("0812"), std::string::npos);
}

// Debian's python3-icalendar reads it, as an outsider would.
constexpr const char* kReader = R"PY(
import sys
try:
    import icalendar
except ImportError:
    print("no icalendar"); sys.exit(0)
from datetime import date, datetime, timedelta, timezone
calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
assert not calendar.errors, calendar.errors
events = {str(e["UID"]): e for e in calendar.walk("VEVENT")}
assert sorted(events) == ["data@tiny.gerbang", "days@tiny.gerbang", "visit@tiny.gerbang"], sorted(events)
visit = events["visit@tiny.gerbang"]
assert visit["DTSTART"].dt == datetime(2026, 1, 23, 1, 0, tzinfo=timezone.utc), visit["DTSTART"].dt
assert visit["DTEND"].dt == datetime(2026, 1, 23, 3, 30, tzinfo=timezone.utc)
assert str(visit["SUMMARY"]) == "Kunjungan; rapat, dan \\ makan siang yang panjang sekali agar barisnya harus dilipat – ya"
assert "first line\nsecond line" in str(visit["DESCRIPTION"])
assert "City of East" in str(visit["DESCRIPTION"])
assert str(visit["LOCATION"]) == "Balai Kota"
days = events["days@tiny.gerbang"]
assert (days["DTSTART"].dt, days["DTEND"].dt) == (date(2026, 2, 1), date(2026, 2, 4)), days["DTEND"].dt
assert int(days["SEQUENCE"]) == 1
for event in events.values():
    assert not event.errors, event.errors
    assert event["DTSTAMP"].dt.tzinfo is not None
    triggers = sorted((a["TRIGGER"].dt for a in event.walk("VALARM")), reverse=True)
    assert triggers == [timedelta(days=-d) for d in (0, 7, 30, 60, 90)], triggers
print("read")
)PY";

TEST(Calendar, IsReadByAnIndependentParserWithItsReminders) {
  const Folder folder;
  io::write_file_atomically(folder.path() / "a.ics", text_of(with_dates()));
  io::write_file_atomically(folder.path() / "read.py", kReader);
  const std::string script = (folder.path() / "read.py").string(), file = (folder.path() / "a.ics").string(),
                    out = (folder.path() / "out").string();
  // The interpreter of the system first: that is where its packages are.
  std::string said_by_python;
  for (const std::string python : {"/usr/bin/python3", GERBANG_PYTHON}) {
    const int status =
        std::system(("'" + python + "' '" + script + "' '" + file + "' >'" + out + "' 2>&1").c_str());
    said_by_python = io::read_file(out);
    ASSERT_EQ(status, 0) << said_by_python;
    if (said_by_python == "read\n") return;
  }
  GTEST_SKIP() << "python3-icalendar is not installed";
}

TEST(Calendar, RemindsOfNothingThatIsDoneOrOff) {
  Register filled(study_names());
  add_two_cities(filled);
  filled.add(Kind::kCommitment,
             {{"what", "Send data"}, {"owner", "west_city"}, {"state", "done"}, {"due", "2026-03-01"}}, kAni);
  const std::string done = text_of(filled);
  EXPECT_NE(done.find("STATUS:CONFIRMED"), std::string::npos);
  EXPECT_EQ(done.find("VALARM"), std::string::npos);
  filled.edit("commitment-3", {}, kAni, Withdrawal::kYes);
  const std::string withdrawn =
      calendar_text(filled.list({.withdrawn = Withdrawal::kYes}), {.study = "tiny"});
  EXPECT_NE(withdrawn.find("STATUS:CANCELLED"), std::string::npos);
  EXPECT_EQ(withdrawn.find("VALARM"), std::string::npos);
}

TEST(Calendar, IsTheSameBytesEveryTime) {
  EXPECT_EQ(text_of(with_dates()), text_of(with_dates()));
}

}  // namespace
}  // namespace gerbang::registry
