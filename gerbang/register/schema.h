// The tables of the register's file, made step by step: a new file takes all steps, an older one those it
// lacks, a newer one is refused. What is recorded is append-only: the database itself refuses to change or
// delete it. `current` and `search` are derived from it.
#pragma once

#include "gerbang/io/sqlite.h"
#include "gerbang/register/kinds.h"

namespace gerbang::registry {

inline constexpr int kSchemaVersion = 3;
inline constexpr int kApplicationId = 0x67627267;  // "gbrg", in the header of the file

// What a file says it is.
struct FileState {
  int application_id = 0;
  int version = 0;
  bool has_tables = false;
};
[[nodiscard]] FileState file_state(io::Database& database);

// Brings the tables from their version up to this one (at most kSchemaVersion); inside a transaction.
void migrate(io::Database& database, int up_to = kSchemaVersion);

// The words by which a record is found: its public fields.
[[nodiscard]] std::string search_text(const KindSpec& spec, const Fields& fields);

[[nodiscard]] std::string fields_json(const Fields& fields);
[[nodiscard]] Fields fields_from_json(std::string_view json);

// Puts the latest revision of a record where it is looked up.
struct CurrentRow {
  std::int64_t number = 0;
  Kind kind = Kind::kParty;
  std::int64_t revision = 0;
  bool is_withdrawn = false;
};
void set_current(io::Database& database, const CurrentRow& row, const Fields& fields);
void set_search(io::Database& database, const CurrentRow& row, const Fields& fields);

}  // namespace gerbang::registry
