#include "gerbang/register/store.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <thread>

namespace gerbang::registry {

using io::Database;
using io::SqliteError;
using io::Statement;

namespace {

constexpr int kBusyMs = 60'000;

}  // namespace

Fault sqlite_fault(const std::string& file, const SqliteError& error) {
  switch (error.code()) {
    case SQLITE_NOTADB:
      return {.file = file,
              .found = {"berkas ini bukan register", "this file is no register"},
              .expected = {"berkas yang dibuat gerbang register, atau belum ada",
                           "a file that gerbang register made, or none yet"}};
    case SQLITE_CORRUPT:
      return {.file = file,
              .found = {"register ini rusak", "this register is damaged"},
              .expected = {"salinannya dari sebelum rusak", "a copy of it from before the damage"}};
    case SQLITE_FULL:
    case SQLITE_IOERR:
      return {.file = file,
              .found = {"diska penuh atau tidak dapat ditulis; perubahan ini sama sekali tidak tersimpan, "
                        "semua yang sebelumnya tetap ada",
                        "the disk is full or cannot be written; nothing of this change was kept, everything "
                        "before it was"},
              .expected = {"kosongkan ruang di diska itu, lalu ulangi perintah yang sama",
                           "free space on that disk, then the same command again"}};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {.file = file,
              .found = {"program lain sedang menulis ke dalamnya selama satu menit",
                        "another program has been writing to it for a minute"},
              .expected = {"coba lagi setelah program itu selesai", "try again when it has finished"}};
    default:
      return {.file = file,
              .found = said({"tidak dapat dibuka atau ditulis (SQLite {})",
                             "cannot be opened or written (SQLite {}: {})"},
                            error.code(), error.what()),
              .expected = {"berkas yang boleh dibaca dan ditulis", "a file that you may read and write"}};
  }
}

Store::Store(StudyNames study) : study_(std::move(study)), file_("register") {
  migrate(database_);
}

Store::Store(const std::filesystem::path& file, StudyNames study)
    : study_(std::move(study)), file_(file.string()), database_(open(file)) {
  guarded([&] {
    refuse_strangers(file_state(database_));
    use_write_ahead_log();
    // On the disk before a change is confirmed.
    database_.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
    if (file_state(database_).version == kSchemaVersion) return;
    in_one_piece([&] {
      refuse_strangers(file_state(database_));  // another process may have come first
      migrate(database_);
    });
  });
}

void Store::in_one_piece(const std::function<void()>& work) {
  if (is_in_transaction_) return work();
  database_.execute("BEGIN IMMEDIATE");
  is_in_transaction_ = true;
  try {
    work();
    database_.execute("COMMIT");
    is_in_transaction_ = false;
  } catch (...) {
    is_in_transaction_ = false;
    roll_back();
    throw;
  }
}

void Store::append(const Record& record, std::int64_t number, const Author& author) {
  const std::string json = fields_json(record.fields);
  Statement revision = prepare(
      "INSERT INTO revision (number, revision, changed_at, changed_by, is_withdrawn, fields) VALUES (?, ?, "
      "?, ?, ?, ?)");
  revision.bind(1, number);
  revision.bind(2, static_cast<std::int64_t>(record.revision));
  revision.bind(3, std::string_view(author.at));
  revision.bind(4, std::string_view(author.name));
  revision.bind(5, std::int64_t{record.is_withdrawn});
  revision.bind(6, std::string_view(json));
  revision.run();
  const CurrentRow row{.number = number,
                       .kind = record.kind,
                       .revision = static_cast<std::int64_t>(record.revision),
                       .is_withdrawn = record.is_withdrawn};
  set_current(database_, row, record.fields);
  set_search(database_, row, record.fields);
}

std::optional<std::int64_t> Store::number_of(const std::string& id) const {
  Statement statement = prepare("SELECT number FROM record WHERE record_id = ?");
  statement.bind(1, std::string_view(id));
  if (!statement.step()) return std::nullopt;
  return statement.integer(0);
}

Store::NewRecord Store::make_record(Kind kind, const std::string& wanted_id) {
  Statement last = prepare("SELECT coalesce(max(number), 0) FROM record");
  NewRecord made;
  made.number = last.step() ? last.integer(0) + 1 : 1;
  made.id = wanted_id.empty() ? free_id(kind, made.number) : wanted_id;
  Statement statement = prepare("INSERT INTO record (number, record_id, kind) VALUES (?, ?, ?)");
  statement.bind(1, made.number);
  statement.bind(2, std::string_view(made.id));
  statement.bind(3, spec_of(kind).id);
  statement.run();
  return made;
}

bool Store::has_record(Kind kind, const std::string& id) const {
  Statement statement = prepare(
      "SELECT 1 FROM record r JOIN current c USING (number) WHERE r.record_id = ? AND r.kind = ? AND "
      "c.is_withdrawn = 0");
  statement.bind(1, std::string_view(id));
  statement.bind(2, spec_of(kind).id);
  return statement.step();
}

std::vector<std::string> Store::record_ids(Kind kind) const {
  Statement statement = prepare(
      "SELECT r.record_id FROM record r JOIN current c USING (number) WHERE r.kind = ? AND c.is_withdrawn "
      "= 0 ORDER BY 1");
  statement.bind(1, spec_of(kind).id);
  std::vector<std::string> ids;
  while (statement.step()) ids.emplace_back(statement.text(0));
  return ids;
}

Database Store::open(const std::filesystem::path& file) {
  try {
    return Database(file, kBusyMs);
  } catch (const SqliteError& error) {
    throw InputError(sqlite_fault(file.string(), error));
  }
}

void Store::refuse_strangers(const FileState& state) const {
  if (state.application_id != kApplicationId && (state.has_tables || state.application_id != 0))
    throw InputError(Fault{.file = file_,
                           .found = {"berkas SQLite ini bukan register", "this SQLite file is no register"},
                           .expected = {"berkas yang dibuat gerbang register, atau belum ada",
                                        "a file that gerbang register made, or none yet"}});
  if (state.version > kSchemaVersion)
    throw InputError(Fault{
        .file = file_,
        .found = said(
            {"register ini ditulis oleh gerbang yang lebih baru (tabelnya versi {}, program ini mengenal {})",
             "this register was written by a newer gerbang (its tables are of version {}, this program knows "
             "{})"},
            state.version, kSchemaVersion),
        .expected = {"gerbang yang lebih baru itu; berkasnya dibiarkan apa adanya",
                     "that newer gerbang; the file was left as it is"}});
}

// Changing the mode of a new file is the one lock for which SQLite does not wait by itself.
void Store::use_write_ahead_log() {
  constexpr auto kPause = std::chrono::milliseconds(10);
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(kBusyMs);
  for (;;) {
    try {
      database_.execute("PRAGMA journal_mode = WAL");
      return;
    } catch (const SqliteError& error) {
      if (error.code() != SQLITE_BUSY || std::chrono::steady_clock::now() > end) throw;
    }
    std::this_thread::sleep_for(kPause);
  }
}

// After some errors SQLite has rolled back by itself, and says so when asked to.
void Store::roll_back() {
  try {
    database_.execute("ROLLBACK");
  } catch (const SqliteError&) {
  }
}

std::string Store::free_id(Kind kind, std::int64_t number) const {
  std::string id;
  do id = fmt::format("{}-{}", spec_of(kind).id, number++);
  while (number_of(id));
  return id;
}

}  // namespace gerbang::registry
