#include "gerbang/register/calendar.h"

#include <fmt/format.h>

#include <map>

namespace gerbang::registry {
namespace {

namespace chrono = std::chrono;

// A content line: folded after 75 bytes, never inside a character (RFC 5545, 3.1).
void add_line(std::string& text, std::string_view line) {
  constexpr std::size_t kWidest = 75;
  std::size_t width = kWidest;
  while (line.size() > width) {
    std::size_t cut = width;
    while ((static_cast<unsigned char>(line[cut]) & 0xC0U) == 0x80U) --cut;
    text.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    width = kWidest - 1;  // the space counts
  }
  text.append(line).append("\r\n");
}

std::string escaped(std::string_view value) {
  std::string text;
  for (const char c : value) {
    if (c == '\r') continue;
    if (c == '\n') {
      text += "\\n";
      continue;
    }
    if (c == '\\' || c == ';' || c == ',') text += '\\';
    text += c;
  }
  return text;
}

void add_text(std::string& text, std::string_view name, std::string_view value) {
  if (!value.empty()) add_line(text, fmt::format("{}:{}", name, escaped(value)));
}

std::string compact_date(Date date) {
  std::string id = date_id(date);
  std::erase(id, '-');
  return id;
}

std::string utc_text(chrono::sys_time<chrono::minutes> time) {
  const Date day = chrono::floor<chrono::days>(time);
  const chrono::hh_mm_ss clock(time - day);
  return fmt::format("{}T{:02}{:02}00Z", compact_date(day), clock.hours().count(), clock.minutes().count());
}

// Of "2026-01-23T01:00:00Z".
std::string stamp(std::string id) {
  std::erase_if(id, [](char c) { return c == '-' || c == ':'; });
  return id;
}

// A day is whole and ends where the next begins; a time without an end is a point.
void add_times(std::string& text, const Moment& start, const std::optional<Moment>& end) {
  if (start.time) {
    add_line(text, "DTSTART:" + utc_text(start.utc()));
    if (end && end->time && end->utc() > start.utc()) add_line(text, "DTEND:" + utc_text(end->utc()));
    return;
  }
  add_line(text, "DTSTART;VALUE=DATE:" + compact_date(start.date));
  add_line(text, "DTEND;VALUE=DATE:" +
                     compact_date((end ? std::max(end->date, start.date) : start.date) + chrono::days(1)));
}

void add_reminders(std::string& text, std::string_view summary) {
  for (const int days : kReminderDays) {
    add_line(text, "BEGIN:VALARM");
    add_line(text, "ACTION:DISPLAY");
    add_text(text, "DESCRIPTION", summary);
    add_line(text, fmt::format("TRIGGER:-P{}D", days));
    add_line(text, "END:VALARM");
  }
}

std::string summary_of(const Record& record, Language language) {
  const std::string title = title_of(record, language);
  switch (record.kind) {
    case Kind::kCommitment:
      return fmt::format("{}: {}", Text{"Tenggat", "Due"}.in(language), title);
    case Kind::kDocument:
      return fmt::format("{}: {}", Text{"Berakhir", "Ends"}.in(language), title);
    default:
      return title;
  }
}

using PartyNames = std::map<std::string, std::string, std::less<>>;

PartyNames party_names(std::span<const Record> records) {
  PartyNames names;
  for (const Record& record : records)
    if (record.kind == Kind::kParty) names.emplace(record.id, field(record.fields, "name"));
  return names;
}

// Parties by their names.
std::string value_text(const FieldSpec& field_spec, std::string_view value, const PartyNames& names,
                       Language language) {
  if (field_spec.type != FieldType::kParty && field_spec.type != FieldType::kParties)
    return shown_value(field_spec, value, language);
  std::string text;
  for (const std::string& id : split_words(value)) {
    const auto known = names.find(id);
    text += (text.empty() ? "" : ", ") + (known == names.end() ? id : known->second);
  }
  return text;
}

// The public fields that the calendar has no place of its own for, a line each.
std::string description_of(const Record& record, const PartyNames& names, Language language) {
  const KindSpec& spec = spec_of(record.kind);
  std::string text;
  for (const FieldSpec& field_spec : spec.fields) {
    const std::string_view value = field(record.fields, field_spec.name);
    const bool is_elsewhere = field_spec.name == spec.title || field_spec.name == spec.date ||
                              field_spec.name == "place" || field_spec.name == "end" ||
                              field_spec.name.ends_with("_en") || field_spec.type == FieldType::kSha256;
    if (value.empty() || field_spec.is_private || is_elsewhere) continue;
    if (!text.empty()) text += '\n';
    text +=
        fmt::format("{}: {}", field_spec.label.in(language), value_text(field_spec, value, names, language));
  }
  return text;
}

struct CalendarEntry {
  const Record& record;
  Moment start;
};

void add_event(std::string& text, const CalendarEntry& entry, const PartyNames& names,
               const CalendarOptions& options) {
  const auto& [record, start] = entry;
  const std::string summary = summary_of(record, options.language);
  add_line(text, "BEGIN:VEVENT");
  add_line(text, fmt::format("UID:{}@{}.gerbang", record.id, options.study));
  add_line(text, "DTSTAMP:" + stamp(record.changed_at));
  add_line(text, fmt::format("SEQUENCE:{}", record.revision - 1));
  add_times(text, start,
            record.kind == Kind::kEvent ? parse_moment(field(record.fields, "end")) : std::nullopt);
  add_text(text, "SUMMARY", summary);
  add_text(text, "LOCATION", field(record.fields, "place"));
  add_text(text, "DESCRIPTION", description_of(record, names, options.language));
  add_text(text, "CATEGORIES", spec_of(record.kind).name.in(options.language));
  const std::string_view state = field(record.fields, "state");
  const bool is_off = record.is_withdrawn || state == "dropped";
  add_line(text, is_off ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
  if (!is_off && state != "done") add_reminders(text, summary);
  add_line(text, "END:VEVENT");
}

}  // namespace

std::string title_of(const Record& record, Language language) {
  const std::string title(spec_of(record.kind).title);
  const std::string_view english = field(record.fields, title + "_en");
  return std::string(language == Language::kEnglish && !english.empty() ? english
                                                                        : field(record.fields, title));
}

std::string calendar_text(std::span<const Record> records, const CalendarOptions& options) {
  std::string text;
  add_line(text, "BEGIN:VCALENDAR");
  add_line(text, "VERSION:2.0");
  add_line(text, "PRODID:-//gerbang//register//EN");
  add_line(text, "CALSCALE:GREGORIAN");
  const PartyNames names = party_names(records);
  for (const Record& record : records)
    if (const auto start = parse_moment(field(record.fields, spec_of(record.kind).date)))
      add_event(text, {record, *start}, names, options);
  add_line(text, "END:VCALENDAR");
  return text;
}

}  // namespace gerbang::registry
