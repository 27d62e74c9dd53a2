// SQLite's C interface with scopes: a database and a statement that close themselves. Whatever SQLite refuses
// throws SqliteError with its own words and the statement.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace gerbang::io {

class SqliteError : public std::runtime_error {
 public:
  SqliteError(int code, const std::string& message) : std::runtime_error(message), code_(code) {}
  // SQLite's result code, its primary part.
  [[nodiscard]] int code() const { return code_; }

 private:
  int code_;
};

// A prepared statement; parameters count from 1. What is bound must live until run().
class Statement {
 public:
  void bind(int parameter, double value);
  void bind(int parameter, std::int64_t value);
  void bind(int parameter, std::string_view text);
  void bind_blob(int parameter, std::string_view bytes);
  void bind_null(int parameter);

  // Runs it to its end; it can then be bound and run again.
  void run();

  // The next row, when there is one; its columns count from 0. After the last row it can be bound and run
  // again.
  [[nodiscard]] bool step();
  [[nodiscard]] std::int64_t integer(int column) const;
  // Valid until the next step.
  [[nodiscard]] std::string_view text(int column) const;

 private:
  friend class Database;
  Statement(sqlite3& database, std::string_view sql);
  void check(int status) const;

  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };
  sqlite3& database_;
  std::unique_ptr<sqlite3_stmt, Finalizer> statement_;
};

class Database {
 public:
  // In memory, in one piece; bytes() is what its file would be.
  Database();
  // A file that several processes may write: made when absent, each waits for the others up to busy_ms.
  Database(const std::filesystem::path& file, int busy_ms);

  // One or more statements without parameters.
  void execute(const std::string& sql);
  [[nodiscard]] Statement prepare(std::string_view sql);
  // Valid until the next statement.
  [[nodiscard]] std::string_view bytes();

 private:
  struct Closer {
    void operator()(sqlite3* database) const;
  };
  std::unique_ptr<sqlite3, Closer> database_;
};

// A name or a text inside SQL: "a" and 'a', with inner quotes doubled.
[[nodiscard]] std::string sql_name(std::string_view name);
[[nodiscard]] std::string sql_text(std::string_view text);

}  // namespace gerbang::io
