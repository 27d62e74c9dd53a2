// Dates, and moments with the offset of their time zone, as the register writes them (ISO 8601): 2026-01-23,
// 2026-01-23T09:00+08:00. WIB, WITA and WIT, Indonesia's zones, are read as +07:00, +08:00 and +09:00; they
// know no summer time.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "gerbang/base/text.h"

namespace gerbang::registry {

using Date = std::chrono::sys_days;

// None when the text is no date of the calendar.
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);
[[nodiscard]] std::string date_id(Date date);                       // "2026-01-23"
[[nodiscard]] std::string date_text(Date date, Language language);  // "23 Januari 2026", "23 January 2026"

// A day, or a time of it.
struct TimeOfDay {
  int minute = 0;         // since midnight, local
  int offset_minute = 0;  // local less UTC

  friend bool operator==(const TimeOfDay&, const TimeOfDay&) = default;
};
struct Moment {
  Date date;
  std::optional<TimeOfDay> time;

  // In UTC; a day begins at its midnight.
  [[nodiscard]] std::chrono::sys_time<std::chrono::minutes> utc() const;
  friend bool operator==(const Moment&, const Moment&) = default;
};
[[nodiscard]] std::optional<Moment> parse_moment(std::string_view text);
[[nodiscard]] std::string moment_id(const Moment& moment);
[[nodiscard]] std::string moment_text(const Moment& moment,
                                      Language language);  // "23 Januari 2026, 09.00 WITA"

// By the calendar of the place where the computer stands: what is due today is due by the office's clock.
[[nodiscard]] Date today();
// In UTC, to the second: "2026-01-23T01:00:00Z".
[[nodiscard]] std::string utc_id(std::chrono::sys_seconds time);
[[nodiscard]] std::string now_utc();

}  // namespace gerbang::registry
