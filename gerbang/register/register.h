// The thread between regions: parties, events, documents, commitments and follow-ups in one SQLite file.
// Every change is kept with who made it and when; nothing is overwritten or deleted, only superseded. What
// add() and edit() have returned from is on the disk; two processes may write at once.
//
// All functions throw InputError: a record with faults, a file that is no register or is newer than this
// program, a disk that is full. What threw has changed nothing.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gerbang/register/check.h"
#include "gerbang/register/date.h"
#include "gerbang/register/kinds.h"

namespace gerbang::registry {

// A record as it stands in one of its revisions.
struct Record {
  Kind kind = Kind::kParty;
  std::string id;
  Fields fields;
  std::size_t revision = 1;
  std::string changed_at;  // UTC
  std::string changed_by;
  bool is_withdrawn = false;
};

struct Author {
  std::string name;
  std::string at = now_utc();
};

enum class Withdrawal : std::uint8_t { kNo, kYes };

// Which records are listed, the latest date first and those without a date last.
struct Filter {
  std::optional<Kind> kind;
  std::string words;  // all of them occur, the last may be the beginning of a word
  std::optional<Date> from;
  std::optional<Date> to;
  Withdrawal withdrawn = Withdrawal::kNo;  // kYes: withdrawn ones only
  std::size_t limit = 0;                   // 0: all
};

// Something to be done by a day.
struct DueRecord {
  Record record;
  std::optional<Date> due;
  bool is_overdue = false;
};

class Store;  // store.h

class Register {
 public:
  // In memory, empty: what is recorded lives as long as this.
  explicit Register(StudyNames study);
  // The file, made when absent; an older one is brought up to date.
  Register(const std::filesystem::path& file, StudyNames study);
  ~Register();
  Register(Register&&) noexcept;
  Register& operator=(Register&&) noexcept;

  // Adds a record and returns its id: the one given, or one made of the kind's name and a number.
  std::string add(Kind kind, const Fields& fields, const Author& author, const std::string& id = "");
  // Changes fields; blank ones are emptied. Recorded only when something changes.
  void edit(const std::string& id, const Fields& changes, const Author& author,
            Withdrawal withdrawal = Withdrawal::kNo);
  // Runs work that adds and edits as one change: all of it is kept, or none.
  void in_one_piece(const std::function<void()>& work);

  [[nodiscard]] std::optional<Record> find(const std::string& id) const;
  // Throws InputError with a suggestion where there is no such record.
  [[nodiscard]] Record get(const std::string& id) const;
  [[nodiscard]] std::vector<Record> list(const Filter& filter) const;
  // All revisions of a record, the first one first.
  [[nodiscard]] std::vector<Record> history(const std::string& id) const;
  // Open commitments and follow-ups, and documents that end: overdue first, then by date, undated last.
  // Until: the last day that is looked at; none: no end, and undated ones too.
  [[nodiscard]] std::vector<DueRecord> due(Date today, std::optional<Date> until) const;
  [[nodiscard]] bool is_empty() const;

  // What would be wrong with such a record.
  [[nodiscard]] std::vector<FieldFault> faults_of(Kind kind, const Fields& fields) const;
  [[nodiscard]] const StudyNames& study() const;

 private:
  std::unique_ptr<Store> store_;
};

}  // namespace gerbang::registry
