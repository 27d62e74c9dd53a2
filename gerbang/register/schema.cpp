#include "gerbang/register/schema.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "gerbang/register/date.h"

namespace gerbang::registry {
namespace {

using io::Database;
using io::Statement;

int pragma(Database& database, const std::string& name) {
  Statement statement = database.prepare("PRAGMA " + name);
  return statement.step() ? static_cast<int>(statement.integer(0)) : 0;
}

// Step 1: what is recorded. Every change is a row of `revision`, whole and final.
void make_revisions(Database& database) {
  database.execute(R"(
    CREATE TABLE record (
      number INTEGER PRIMARY KEY,
      record_id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL);
    CREATE TABLE revision (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      number INTEGER NOT NULL REFERENCES record,
      revision INTEGER NOT NULL,
      changed_at TEXT NOT NULL,
      changed_by TEXT NOT NULL,
      is_withdrawn INTEGER NOT NULL,
      fields TEXT NOT NULL,
      UNIQUE (number, revision));
    CREATE TRIGGER record_is_final BEFORE UPDATE ON record
      BEGIN SELECT RAISE(ABORT, 'the register keeps what was recorded'); END;
    CREATE TRIGGER record_stays BEFORE DELETE ON record
      BEGIN SELECT RAISE(ABORT, 'the register keeps what was recorded'); END;
    CREATE TRIGGER revision_is_final BEFORE UPDATE ON revision
      BEGIN SELECT RAISE(ABORT, 'the register keeps what was recorded'); END;
    CREATE TRIGGER revision_stays BEFORE DELETE ON revision
      BEGIN SELECT RAISE(ABORT, 'the register keeps what was recorded'); END;)");
}

// Calls use(row, fields) with the latest revision of every record.
template <class Use>
void for_each_latest(Database& database, const Use& use) {
  Statement latest = database.prepare(
      "SELECT r.number, r.kind, v.revision, v.is_withdrawn, v.fields FROM record r JOIN revision v USING "
      "(number) "
      "WHERE v.revision = (SELECT max(revision) FROM revision WHERE number = r.number) ORDER BY r.number");
  while (latest.step())
    use(CurrentRow{.number = latest.integer(0),
                   .kind = kind_of(latest.text(1)).value_or(Kind::kParty),
                   .revision = latest.integer(2),
                   .is_withdrawn = latest.integer(3) != 0},
        fields_from_json(latest.text(4)));
}

// Step 2: how the records stand now, ordered by date, and a view of each kind for whoever opens the file.
void make_current(Database& database) {
  database.execute(R"(
    CREATE TABLE current (
      number INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,
      revision INTEGER NOT NULL,
      is_withdrawn INTEGER NOT NULL,
      date TEXT,
      state TEXT,
      fields TEXT NOT NULL);
    CREATE INDEX current_by_date ON current (kind, is_withdrawn, date);
    CREATE INDEX current_by_number ON current (number, is_withdrawn, kind, date);
    CREATE INDEX current_by_day ON current (is_withdrawn, date);)");
  for (const KindSpec& spec : kinds()) {
    std::string columns;
    for (const FieldSpec& field_spec : spec.fields)
      columns += fmt::format(", json_extract(c.fields, '$.{0}') AS {1}", field_spec.name,
                             io::sql_name(field_spec.name));
    database.execute(
        fmt::format("CREATE VIEW {0} AS SELECT r.record_id{1} FROM current c JOIN record r USING (number) "
                    "WHERE c.kind = '{2}' AND c.is_withdrawn = 0",
                    io::sql_name(fmt::format("{}_now", spec.id)), columns, spec.id));
  }
  for_each_latest(database,
                  [&](const CurrentRow& row, const Fields& fields) { set_current(database, row, fields); });
}

// Step 3: full-text search.
void make_search(Database& database) {
  database.execute(
      "CREATE VIRTUAL TABLE search USING fts5(body, tokenize = 'unicode61 remove_diacritics 2')");
  for_each_latest(database,
                  [&](const CurrentRow& row, const Fields& fields) { set_search(database, row, fields); });
}

constexpr void (*kSteps[])(Database&) = {make_revisions, make_current, make_search};
static_assert(std::size(kSteps) == kSchemaVersion);

// Dates as text sort by themselves, by the calendar of where they are.
std::string sortable_date(std::string_view date) {
  const auto moment = parse_moment(date);
  return moment ? moment_id(*moment) : "";
}

}  // namespace

FileState file_state(Database& database) {
  // While this statement is open all is read of one moment: another process may be making the file just now.
  Statement tables = database.prepare("SELECT count(*) FROM sqlite_master");
  const bool has_tables = tables.step() && tables.integer(0) > 0;
  return {.application_id = pragma(database, "application_id"),
          .version = pragma(database, "user_version"),
          .has_tables = has_tables};
}

void migrate(Database& database, int up_to) {
  for (int version = file_state(database).version; version < up_to; ++version) {
    kSteps[version](database);
    database.execute(fmt::format("PRAGMA user_version = {}", version + 1));
  }
  database.execute(fmt::format("PRAGMA application_id = {}", kApplicationId));
}

std::string search_text(const KindSpec& spec, const Fields& fields) {
  std::string text;
  for (const FieldSpec& field_spec : spec.fields) {
    const std::string_view value = field(fields, field_spec.name);
    if (field_spec.is_private || value.empty() || field_spec.type == FieldType::kSha256) continue;
    if (!text.empty()) text += '\n';
    text += value;
  }
  return text;
}

std::string fields_json(const Fields& fields) {
  return nlohmann::json(fields).dump();
}

Fields fields_from_json(std::string_view json) {
  Fields fields;
  const auto object = nlohmann::json::parse(json);
  for (const auto& [name, value] : object.items()) fields.emplace(name, value.get<std::string>());
  return fields;
}

void set_current(Database& database, const CurrentRow& row, const Fields& fields) {
  const KindSpec& spec = spec_of(row.kind);
  const std::string date = sortable_date(field(fields, spec.date)), json = fields_json(fields);
  const std::string_view state = field(fields, "state");
  Statement statement = database.prepare(
      "INSERT OR REPLACE INTO current (number, kind, revision, is_withdrawn, date, state, fields) "
      "VALUES (?, ?, ?, ?, ?, ?, ?)");
  statement.bind(1, row.number);
  statement.bind(2, spec.id);
  statement.bind(3, row.revision);
  statement.bind(4, std::int64_t{row.is_withdrawn});
  if (date.empty()) {
    statement.bind_null(5);
  } else {
    statement.bind(5, std::string_view(date));
  }
  statement.bind(6, state);
  statement.bind(7, std::string_view(json));
  statement.run();
}

void set_search(Database& database, const CurrentRow& row, const Fields& fields) {
  Statement old = database.prepare("DELETE FROM search WHERE rowid = ?");
  old.bind(1, row.number);
  old.run();
  if (row.is_withdrawn) return;
  const std::string text = search_text(spec_of(row.kind), fields);
  Statement statement = database.prepare("INSERT INTO search (rowid, body) VALUES (?, ?)");
  statement.bind(1, row.number);
  statement.bind(2, std::string_view(text));
  statement.run();
}

}  // namespace gerbang::registry
