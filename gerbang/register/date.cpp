#include "gerbang/register/date.h"

#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <ctime>

namespace gerbang::registry {
namespace {

namespace chrono = std::chrono;

constexpr int kMinutesPerHour = 60;

// The number that stands in exactly these digits.
std::optional<int> digits(std::string_view text) {
  int value = 0;
  if (text.empty()) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = 10 * value + (c - '0');
  }
  return value;
}

// Minutes of "09:00" or "0900".
std::optional<int> clock_minutes(std::string_view text, int most_hours) {
  if (text.size() == 5 && (text[2] == ':' || text[2] == '.')) {
    const auto hour = digits(text.substr(0, 2)), minute = digits(text.substr(3));
    if (hour && minute && *hour <= most_hours && *minute < kMinutesPerHour)
      return *hour * kMinutesPerHour + *minute;
  }
  return std::nullopt;
}

struct Zone {
  std::string_view name;
  int offset_minute;
};
constexpr std::array kZones = {Zone{"WIB", 7 * kMinutesPerHour}, Zone{"WITA", 8 * kMinutesPerHour},
                               Zone{"WIT", 9 * kMinutesPerHour}, Zone{"Z", 0}, Zone{"UTC", 0}};

std::optional<int> zone_offset(std::string_view text) {
  for (const Zone& zone : kZones)
    if (zone.name == text) return zone.offset_minute;
  if (text.empty() || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  constexpr int kMostHours = 14;
  const auto minutes = clock_minutes(text.substr(1), kMostHours);
  if (!minutes) return std::nullopt;
  return text[0] == '-' ? -*minutes : *minutes;
}

std::string offset_id(int minutes) {
  return fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / kMinutesPerHour,
                     std::abs(minutes) % kMinutesPerHour);
}

std::string zone_text(int offset_minute) {
  for (const Zone& zone : kZones)
    if (zone.offset_minute == offset_minute && zone.name.starts_with('W')) return std::string(zone.name);
  return "UTC" + offset_id(offset_minute);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto year = digits(text.substr(0, 4)), month = digits(text.substr(5, 2)),
             day = digits(text.substr(8));
  if (!year || !month || !day) return std::nullopt;
  const chrono::year_month_day date{chrono::year(*year), chrono::month(static_cast<unsigned>(*month)),
                                    chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year == 0) return std::nullopt;
  return Date(date);
}

std::string date_id(Date date) {
  const chrono::year_month_day parts(date);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(parts.year()),
                     static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
}

std::string date_text(Date date, Language language) {
  constexpr std::array<Text, 12> kMonths = {
      Text{"Januari", "January"}, {"Februari", "February"}, {"Maret", "March"},
      {"April", "April"},         {"Mei", "May"},           {"Juni", "June"},
      {"Juli", "July"},           {"Agustus", "August"},    {"September", "September"},
      {"Oktober", "October"},     {"November", "November"}, {"Desember", "December"}};
  const chrono::year_month_day parts(date);
  return fmt::format("{} {} {}", static_cast<unsigned>(parts.day()),
                     kMonths[static_cast<unsigned>(parts.month()) - 1].in(language),
                     static_cast<int>(parts.year()));
}

chrono::sys_time<chrono::minutes> Moment::utc() const {
  const chrono::sys_time<chrono::minutes> midnight = date;
  return time ? midnight + chrono::minutes(time->minute - time->offset_minute) : midnight;
}

std::optional<Moment> parse_moment(std::string_view text) {
  constexpr std::size_t kDate = 10, kClock = 5;
  const auto date = parse_date(text.substr(0, kDate));
  if (!date) return std::nullopt;
  if (text.size() == kDate) return Moment{*date, {}};
  if (text[kDate] != 'T' && text[kDate] != ' ') return std::nullopt;
  const auto minute = clock_minutes(text.substr(kDate + 1, kClock), 23);
  std::string_view zone = text.substr(std::min(text.size(), kDate + 1 + kClock));
  if (zone.starts_with(' ')) zone.remove_prefix(1);
  const auto offset = zone_offset(zone);
  if (!minute || !offset) return std::nullopt;
  return Moment{*date, TimeOfDay{*minute, *offset}};
}

std::string moment_id(const Moment& moment) {
  if (!moment.time) return date_id(moment.date);
  return fmt::format("{}T{:02}:{:02}{}", date_id(moment.date), moment.time->minute / kMinutesPerHour,
                     moment.time->minute % kMinutesPerHour, offset_id(moment.time->offset_minute));
}

std::string moment_text(const Moment& moment, Language language) {
  const std::string day = date_text(moment.date, language);
  if (!moment.time) return day;
  return fmt::format("{}, {:02}{}{:02} {}", day, moment.time->minute / kMinutesPerHour,
                     language == Language::kIndonesian ? '.' : ':', moment.time->minute % kMinutesPerHour,
                     zone_text(moment.time->offset_minute));
}

Date today() {
  constexpr int kYearZero = 1900;
  const std::time_t now = chrono::system_clock::to_time_t(chrono::system_clock::now());
  std::tm local{};
  ::localtime_r(&now, &local);
  return Date(chrono::year_month_day{chrono::year(local.tm_year + kYearZero),
                                     chrono::month(static_cast<unsigned>(local.tm_mon) + 1),
                                     chrono::day(static_cast<unsigned>(local.tm_mday))});
}

std::string utc_id(chrono::sys_seconds time) {
  const Date date = chrono::floor<chrono::days>(time);
  const chrono::hh_mm_ss clock(time - date);
  return fmt::format("{}T{:02}:{:02}:{:02}Z", date_id(date), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

std::string now_utc() {
  return utc_id(chrono::floor<chrono::seconds>(chrono::system_clock::now()));
}

}  // namespace gerbang::registry
