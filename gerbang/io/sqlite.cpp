#include "gerbang/io/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

namespace gerbang::io {
namespace {

[[noreturn]] void fail(sqlite3* database, std::string_view sql) {
  throw SqliteError(sqlite3_errcode(database),
                    fmt::format("SQLite: {} in: {}", sqlite3_errmsg(database), sql));
}

std::string quoted(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char c : text) {
    if (c == quote) result += quote;
    result += c;
  }
  return result + quote;
}

}  // namespace

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
  sqlite3_finalize(statement);
}

Statement::Statement(sqlite3& database, std::string_view sql) : database_(database) {
  sqlite3_stmt* statement = nullptr;
  const int status =
      sqlite3_prepare_v2(&database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr);
  statement_.reset(statement);
  if (status != SQLITE_OK) fail(&database, sql);
}

void Statement::check(int status) const {
  if (status != SQLITE_OK && status != SQLITE_DONE) fail(&database_, sqlite3_sql(statement_.get()));
}

void Statement::bind(int parameter, double value) {
  check(sqlite3_bind_double(statement_.get(), parameter, value));
}

void Statement::bind(int parameter, std::int64_t value) {
  check(sqlite3_bind_int64(statement_.get(), parameter, value));
}

void Statement::bind(int parameter, std::string_view text) {
  // A null pointer would be bound as NULL; the empty text is a text.
  const char* characters = text.empty() ? "" : text.data();
  check(
      sqlite3_bind_text64(statement_.get(), parameter, characters, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Statement::bind_blob(int parameter, std::string_view bytes) {
  check(sqlite3_bind_blob64(statement_.get(), parameter, bytes.data(), bytes.size(), SQLITE_STATIC));
}

void Statement::bind_null(int parameter) {
  check(sqlite3_bind_null(statement_.get(), parameter));
}

void Statement::run() {
  while (step()) {
  }
}

bool Statement::step() {
  const int status = sqlite3_step(statement_.get());
  if (status == SQLITE_ROW) return true;
  check(status);
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  return false;
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return bytes == nullptr ? std::string_view() : std::string_view(bytes, static_cast<std::size_t>(size));
}

void Database::Closer::operator()(sqlite3* database) const {
  sqlite3_close(database);
}

Database::Database() {
  sqlite3* database = nullptr;
  const int status =
      sqlite3_open_v2("results", &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "memdb");
  database_.reset(database);
  if (status != SQLITE_OK) fail(database, "opening a database in memory");
  sqlite3_int64 limit = std::int64_t{1} << 40;  // bytes; SQLite's default is 1 GiB
  sqlite3_file_control(database, "main", SQLITE_FCNTL_SIZE_LIMIT, &limit);
}

Database::Database(const std::filesystem::path& file, int busy_ms) {
  sqlite3* database = nullptr;
  const int status =
      sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  database_.reset(database);
  if (status != SQLITE_OK) fail(database, "opening " + file.string());
  sqlite3_busy_timeout(database, busy_ms);
}

void Database::execute(const std::string& sql) {
  if (sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    fail(database_.get(), sql);
}

Statement Database::prepare(std::string_view sql) {
  return {*database_, sql};
}

std::string_view Database::bytes() {
  sqlite3_int64 size = 0;
  const unsigned char* bytes = sqlite3_serialize(database_.get(), "main", &size, SQLITE_SERIALIZE_NOCOPY);
  if (bytes == nullptr) fail(database_.get(), "serialising the database");
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)};
}

std::string sql_name(std::string_view name) {
  return quoted(name, '"');
}

std::string sql_text(std::string_view text) {
  return quoted(text, '\'');
}

}  // namespace gerbang::io
