// SQLite's C interface with scopes: a database and a statement that close themselves. Whatever SQLite refuses
// throws std::runtime_error with its own words and the statement.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace gerbang::io {

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
