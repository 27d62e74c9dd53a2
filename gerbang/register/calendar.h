// Events, due commitments, follow-ups with a date and documents that end, as iCalendar (RFC 5545): a calendar
// that others can subscribe to or open, with reminders 90, 60, 30, 7 and 0 days before.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "gerbang/register/register.h"

namespace gerbang::registry {

inline constexpr int kReminderDays[] = {90, 60, 30, 7, 0};

struct CalendarOptions {
  std::string study;  // its name, which makes ids unique in the world
  Language language = Language::kEnglish;
};

// The text of an .ics file. Records without a date are left out.
[[nodiscard]] std::string calendar_text(std::span<const Record> records, const CalendarOptions& options);

// A record's title in the reader's language, the study's own language where it has no other.
[[nodiscard]] std::string title_of(const Record& record, Language language);

}  // namespace gerbang::registry
