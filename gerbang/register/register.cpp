#include "gerbang/register/register.h"

#include <fmt/format.h>

#include <chrono>

#include "gerbang/io/faults.h"
#include "gerbang/io/study_tables.h"
#include "gerbang/register/store.h"

namespace gerbang::registry {
namespace {

using io::Statement;

// The columns of a current record, in the order in which record_of() reads them.
constexpr std::string_view kCurrent =
    "SELECT r.kind, r.record_id, c.fields, c.revision, v.changed_at, v.changed_by, c.is_withdrawn FROM "
    "current c "
    "JOIN record r USING (number) JOIN revision v ON v.number = c.number AND v.revision = c.revision ";

Record record_of(const Statement& row) {
  return {.kind = kind_of(row.text(0)).value_or(Kind::kParty),
          .id = std::string(row.text(1)),
          .fields = fields_from_json(row.text(2)),
          .revision = static_cast<std::size_t>(row.integer(3)),
          .changed_at = std::string(row.text(4)),
          .changed_by = std::string(row.text(5)),
          .is_withdrawn = row.integer(6) != 0};
}

// "kunjungan balikpapan" → "kunjungan" "balikpapan"*: what FTS5 reads as words, whatever they hold.
std::string search_query(std::string_view words) {
  std::string query;
  for (const std::string& word : split_words(words)) {
    std::string quoted;
    for (const char c : word) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
    query += (query.empty() ? "\"" : " \"") + quoted + "\"";
  }
  return query + "*";
}

// What sorts after every time of that day and before the next day.
std::string end_of(Date day) {
  return date_id(day) + "~";
}

// The records that are listed are found by what stands in indices alone, then looked up: the order of CROSS
// JOIN is kept, so that a search starts from its words.
std::string list_sql(const Filter& filter, bool is_search) {
  constexpr std::string_view kOrder = " ORDER BY c.date DESC, c.number DESC";
  std::string found = "SELECT c.number FROM ";
  found += is_search ? "search s CROSS JOIN current c INDEXED BY current_by_number ON c.number = s.rowid "
                     : "current c ";
  found += "WHERE c.is_withdrawn = ?1";
  if (is_search) found += " AND s.body MATCH ?2";
  if (filter.kind) found += " AND c.kind = ?3";
  if (filter.from) found += " AND c.date >= ?4";
  if (filter.to) found += " AND c.date < ?5";
  found += kOrder;
  if (filter.limit > 0) found += fmt::format(" LIMIT {}", filter.limit);
  return fmt::format("{}WHERE c.number IN ({}){}", kCurrent, found, kOrder);
}

}  // namespace

Register::Register(StudyNames study) : store_(std::make_unique<Store>(std::move(study))) {}
Register::Register(const std::filesystem::path& file, StudyNames study)
    : store_(std::make_unique<Store>(file, std::move(study))) {}
Register::~Register() = default;
Register::Register(Register&&) noexcept = default;
Register& Register::operator=(Register&&) noexcept = default;

const StudyNames& Register::study() const {
  return store_->study();
}

std::vector<FieldFault> Register::faults_of(Kind kind, const Fields& fields) const {
  const CheckContext context{
      .study = store_->study(),
      .has_record = [&](Kind of, const std::string& id) { return store_->has_record(of, id); },
      .record_ids = [&](Kind of) { return store_->record_ids(of); }};
  return store_->guarded(
      [&] { return find_faults(spec_of(kind), canonical(spec_of(kind), fields, store_->study()), context); });
}

namespace {

void throw_if_any(const KindSpec& spec, const std::vector<FieldFault>& faults) {
  std::vector<Fault> list;
  for (const FieldFault& fault : faults)
    list.push_back({.file = fmt::format("{}: {}", spec.id, fault.field),
                    .found = fault.found,
                    .expected = fault.expected});
  if (!list.empty()) throw InputError(std::move(list));
}

void require_author(const Author& author) {
  if (author.name.empty())
    throw InputError(Fault{
        .file = "--by",
        .found = {"tidak disebut siapa yang membuat perubahan ini", "nobody is named who makes this change"},
        .expected = {"--by NAMA", "--by NAME"}});
}

void require_free_id(const std::string& id, bool is_taken) {
  if (!io::is_id(id))
    throw InputError(Fault{
        .file = "--id",
        .found = said({"'{}' bukan id", "'{}' is no id"}, io::shown(id)),
        .expected = {"hanya huruf, angka, '_', '-' dan '.'", "letters, digits, '_', '-' and '.' only"}});
  if (is_taken)
    throw InputError(Fault{
        .file = "--id",
        .found = said({"register sudah memuat catatan '{}'", "the register has a record '{}' already"}, id),
        .expected = {"id lain, atau ubah catatan itu", "another id, or edit that record"}});
}

}  // namespace

std::string Register::add(Kind kind, const Fields& fields, const Author& author, const std::string& id) {
  require_author(author);
  std::string made_id;
  store_->guarded([&] {
    store_->in_one_piece([&] {
      throw_if_any(spec_of(kind), faults_of(kind, fields));
      if (!id.empty()) require_free_id(id, store_->number_of(id).has_value());
      const auto made = store_->make_record(kind, id);
      made_id = made.id;
      store_->append({.kind = kind, .id = made.id, .fields = canonical(spec_of(kind), fields, study())},
                     made.number, author);
    });
  });
  return made_id;
}

void Register::edit(const std::string& id, const Fields& changes, const Author& author,
                    Withdrawal withdrawal) {
  require_author(author);
  store_->guarded([&] {
    store_->in_one_piece([&] {
      Record record = get(id);
      const Record before = record;
      // The hash of another file is another hash.
      if (changes.contains("file") && changes.find("file")->second != field(record.fields, "file"))
        record.fields.erase("file_sha256");
      for (const auto& [name, value] : changes) record.fields[name] = value;
      throw_if_any(spec_of(record.kind), faults_of(record.kind, record.fields));
      record.fields = canonical(spec_of(record.kind), record.fields, study());
      record.is_withdrawn = withdrawal == Withdrawal::kYes;
      if (record.fields == before.fields && record.is_withdrawn == before.is_withdrawn) return;
      ++record.revision;
      store_->append(record, *store_->number_of(id), author);
    });
  });
}

void Register::in_one_piece(const std::function<void()>& work) {
  store_->guarded([&] { store_->in_one_piece(work); });
}

std::optional<Record> Register::find(const std::string& id) const {
  return store_->guarded([&]() -> std::optional<Record> {
    Statement statement = store_->prepare(std::string(kCurrent) + "WHERE r.record_id = ?");
    statement.bind(1, std::string_view(id));
    if (!statement.step()) return std::nullopt;
    return record_of(statement);
  });
}

Record Register::get(const std::string& id) const {
  if (std::optional<Record> record = find(id)) return std::move(*record);
  std::vector<std::string> known;
  for (const KindSpec& spec : kinds())
    for (std::string& other : store_->record_ids(spec.kind)) known.push_back(std::move(other));
  const std::string near = nearest(id, known);
  throw InputError(Fault{.file = store_->file(),
                         .found = said({"tidak ada catatan '{}'", "there is no record '{}'"}, io::shown(id)),
                         .expected = near.empty()
                                         ? Message{"id yang ditampilkan `gerbang register STUDI list`",
                                                   "an id that `gerbang register STUDY list` prints"}
                                         : said({"maksudnya '{}'?", "did you mean '{}'?"}, near)});
}

std::vector<Record> Register::list(const Filter& filter) const {
  return store_->guarded([&] {
    const bool is_search = !split_words(filter.words).empty();
    const std::string sql = list_sql(filter, is_search);
    const std::string query = search_query(filter.words), from = filter.from ? date_id(*filter.from) : "",
                      to = filter.to ? end_of(*filter.to) : "";
    Statement statement = store_->prepare(sql);
    statement.bind(1, std::int64_t{filter.withdrawn == Withdrawal::kYes});
    if (is_search) statement.bind(2, std::string_view(query));
    if (filter.kind) statement.bind(3, spec_of(*filter.kind).id);
    if (filter.from) statement.bind(4, std::string_view(from));
    if (filter.to) statement.bind(5, std::string_view(to));
    std::vector<Record> records;
    while (statement.step()) records.push_back(record_of(statement));
    return records;
  });
}

std::vector<Record> Register::history(const std::string& id) const {
  return store_->guarded([&] {
    Statement statement = store_->prepare(
        "SELECT r.kind, r.record_id, v.fields, v.revision, v.changed_at, v.changed_by, v.is_withdrawn FROM "
        "record r "
        "JOIN revision v USING (number) WHERE r.record_id = ? ORDER BY v.revision");
    statement.bind(1, std::string_view(id));
    std::vector<Record> revisions;
    while (statement.step()) revisions.push_back(record_of(statement));
    return revisions;
  });
}

std::vector<DueRecord> Register::due(Date today, std::optional<Date> until) const {
  return store_->guarded([&] {
    Statement statement = store_->prepare(
        std::string(kCurrent) +
        "WHERE c.is_withdrawn = 0 AND ((c.kind IN ('commitment', 'follow_up') AND c.state = 'open') OR "
        "(c.kind = 'document' AND c.date IS NOT NULL)) AND (c.date IS NOT NULL OR ?1 IS NULL) "
        "AND (?1 IS NULL OR c.date < ?1) ORDER BY c.date IS NULL, c.date, c.number");
    const std::string end = until ? end_of(*until) : "";
    if (until) statement.bind(1, std::string_view(end));
    std::vector<DueRecord> due;
    while (statement.step()) {
      DueRecord row{.record = record_of(statement), .due = {}, .is_overdue = false};
      if (const auto moment = parse_moment(field(row.record.fields, spec_of(row.record.kind).date))) {
        row.due = moment->date;
        row.is_overdue = moment->date < today;
      }
      // A document that ended long ago is no longer to be done.
      if (row.record.kind != Kind::kDocument || !row.is_overdue) due.push_back(std::move(row));
    }
    return due;
  });
}

bool Register::is_empty() const {
  return store_->guarded([&] {
    Statement statement = store_->prepare("SELECT 1 FROM record LIMIT 1");
    return !statement.step();
  });
}

}  // namespace gerbang::registry
