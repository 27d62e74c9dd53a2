// The register's database and its transactions: what register.h is made of. What SQLite refuses becomes a
// fault of the file.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gerbang/base/error.h"
#include "gerbang/io/sqlite.h"
#include "gerbang/register/register.h"
#include "gerbang/register/schema.h"

namespace gerbang::registry {

[[nodiscard]] Fault sqlite_fault(const std::string& file, const io::SqliteError& error);

class Store {
 public:
  explicit Store(StudyNames study);
  // Refuses what is no register or a newer one; brings an older one up to date.
  Store(const std::filesystem::path& file, StudyNames study);

  template <class Work>
  auto guarded(const Work& work) const {
    try {
      return work();
    } catch (const io::SqliteError& error) {
      throw InputError(sqlite_fault(file_, error));
    }
  }

  // All of the work or nothing; inside another one it becomes part of that.
  void in_one_piece(const std::function<void()>& work);

  [[nodiscard]] io::Statement prepare(std::string_view sql) const { return database_.prepare(sql); }

  // Appends a revision and puts it where records are looked up.
  void append(const Record& record, std::int64_t number, const Author& author);

  // Makes a record of that id, or of the next number of its kind.
  struct NewRecord {
    std::int64_t number = 0;
    std::string id;
  };
  NewRecord make_record(Kind kind, const std::string& wanted_id);

  [[nodiscard]] std::optional<std::int64_t> number_of(const std::string& id) const;
  // Withdrawn ones do not count.
  [[nodiscard]] bool has_record(Kind kind, const std::string& id) const;
  [[nodiscard]] std::vector<std::string> record_ids(Kind kind) const;

  [[nodiscard]] const StudyNames& study() const { return study_; }
  [[nodiscard]] const std::string& file() const { return file_; }

 private:
  static io::Database open(const std::filesystem::path& file);
  void refuse_strangers(const FileState& state) const;
  void use_write_ahead_log();
  void roll_back();
  [[nodiscard]] std::string free_id(Kind kind, std::int64_t number) const;

  StudyNames study_;
  std::string file_;
  mutable io::Database database_;
  bool is_in_transaction_ = false;
};

}  // namespace gerbang::registry
