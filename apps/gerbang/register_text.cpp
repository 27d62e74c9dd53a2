#include "apps/gerbang/register_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "gerbang/register/calendar.h"
#include "gerbang/report/page.h"

namespace gerbang::app {
namespace {

using registry::field;
using registry::FieldSpec;
using registry::Record;
using report::Page;

std::string date_of(const Record& record, Language language) {
  const std::string_view date = field(record.fields, registry::spec_of(record.kind).date);
  const auto moment = registry::parse_moment(date);
  return moment ? registry::moment_text(*moment, language) : std::string(date);
}

std::string state_of(const Record& record, Language language) {
  const registry::KindSpec& spec = registry::spec_of(record.kind);
  for (const char* name : {"state", "stage"})
    if (const FieldSpec* known = registry::field_of(spec, name))
      return registry::shown_value(*known, field(record.fields, name), language);
  return "";
}

// Fields in the kind's order, with their old and new values where they differ.
struct ChangedField {
  const FieldSpec* spec;
  std::string_view before;
  std::string_view after;
};
std::vector<ChangedField> changed_fields(const Record* before, const Record& after) {
  std::vector<ChangedField> changed;
  for (const FieldSpec& spec : registry::spec_of(after.kind).fields) {
    const std::string_view old = before == nullptr ? std::string_view() : field(before->fields, spec.name);
    const std::string_view now = field(after.fields, spec.name);
    if (old != now) changed.push_back({&spec, old, now});
  }
  return changed;
}

void say_change(Page& page, const Record* before, const Record& after) {
  page.line({" {}  {} oleh {}", " {}  {} by {}"}, after.revision, after.changed_at, after.changed_by);
  if (before == nullptr) return;
  for (const ChangedField& change : changed_fields(before, after))
    page.line(
        {"    {}: {} → {}", "    {}: {} → {}"}, change.spec->label.in(page.language()),
        change.before.empty() ? "–" : registry::shown_value(*change.spec, change.before, page.language()),
        change.after.empty() ? "–" : registry::shown_value(*change.spec, change.after, page.language()));
  if (after.is_withdrawn && !before->is_withdrawn) page.line({"    ditarik", "    withdrawn"});
  if (!after.is_withdrawn && before->is_withdrawn) page.line({"    dipulihkan", "    restored"});
}

nlohmann::ordered_json fields_json(const registry::KindSpec& spec, const registry::Fields& fields) {
  auto json = nlohmann::ordered_json::object();
  for (const FieldSpec& field_spec : spec.fields)
    if (const std::string_view value = field(fields, field_spec.name); !value.empty())
      json[std::string(field_spec.name)] = std::string(value);
  return json;
}

}  // namespace

std::string records_text(std::span<const Record> records, Language language) {
  Page page(language);
  std::vector<std::vector<std::string>> rows;
  for (const Record& record : records)
    rows.push_back({record.id, "\t" + date_of(record, language),
                    "\t" + std::string(registry::spec_of(record.kind).name.in(language)),
                    "\t" + state_of(record, language), "\t" + registry::title_of(record, language)});
  page.table(rows);
  return page.text();
}

std::string history_text(const std::vector<Record>& revisions, Language language) {
  Page page(language);
  const Record& now = revisions.back();
  page.raw_line(fmt::format("{} ({}){}", now.id, registry::spec_of(now.kind).name.in(language),
                            now.is_withdrawn ? page.say({", ditarik", ", withdrawn"}) : ""));
  for (const FieldSpec& spec : registry::spec_of(now.kind).fields)
    if (const std::string_view value = field(now.fields, spec.name); !value.empty())
      page.paragraph(
          fmt::format(" {}: {}", spec.label.in(language), registry::shown_value(spec, value, language)));
  page.heading(page.say({"RIWAYAT", "HISTORY"}));
  for (std::size_t i = 0; i < revisions.size(); ++i)
    say_change(page, i == 0 ? nullptr : &revisions[i - 1], revisions[i]);
  return page.text();
}

std::string due_text(std::span<const registry::DueRecord> due, Language language) {
  Page page(language);
  std::vector<std::vector<std::string>> rows;
  for (const registry::DueRecord& row : due)
    rows.push_back(
        {row.due ? registry::date_text(*row.due, language) : page.say({"belum bertanggal", "no date yet"}),
         "\t" + (row.is_overdue ? page.say({"TERLAMBAT", "OVERDUE"}) : ""),
         "\t" + std::string(registry::spec_of(row.record.kind).name.in(language)), "\t" + row.record.id,
         "\t" + std::string(field(row.record.fields, "owner")),
         "\t" + registry::title_of(row.record, language)});
  page.table(rows);
  return page.text();
}

nlohmann::ordered_json record_json(const Record& record) {
  const registry::KindSpec& spec = registry::spec_of(record.kind);
  return {{"id", record.id},
          {"kind", spec.id},
          {"revision", record.revision},
          {"changed_at", record.changed_at},
          {"changed_by", record.changed_by},
          {"is_withdrawn", record.is_withdrawn},
          {"fields", fields_json(spec, record.fields)}};
}

nlohmann::ordered_json records_json(std::span<const Record> records) {
  auto list = nlohmann::ordered_json::array();
  for (const Record& record : records) list.push_back(record_json(record));
  return {{"records", std::move(list)}};
}

nlohmann::ordered_json history_json(const std::vector<Record>& revisions) {
  nlohmann::ordered_json json = record_json(revisions.back());
  auto& history = json["history"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    auto changes = nlohmann::ordered_json::array();
    for (const ChangedField& change : changed_fields(i == 0 ? nullptr : &revisions[i - 1], revisions[i]))
      changes.push_back({{"field", change.spec->name}, {"old", change.before}, {"new", change.after}});
    history.push_back({{"revision", revisions[i].revision},
                       {"changed_at", revisions[i].changed_at},
                       {"changed_by", revisions[i].changed_by},
                       {"is_withdrawn", revisions[i].is_withdrawn},
                       {"changes", std::move(changes)}});
  }
  return json;
}

nlohmann::ordered_json due_json(std::span<const registry::DueRecord> due) {
  auto list = nlohmann::ordered_json::array();
  for (const registry::DueRecord& row : due) {
    nlohmann::ordered_json json = record_json(row.record);
    json["due"] = row.due ? nlohmann::ordered_json(registry::date_id(*row.due)) : nullptr;
    json["is_overdue"] = row.is_overdue;
    list.push_back(std::move(json));
  }
  return {{"due", std::move(list)}};
}

}  // namespace gerbang::app
