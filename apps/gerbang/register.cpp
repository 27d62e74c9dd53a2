// gerbang register STUDY …: the thread between regions. Visits, documents, commitments and what follows, kept
// in one file in the study's folder.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "apps/gerbang/register_text.h"
#include "apps/gerbang/verbs.h"
#include "gerbang/base/error.h"
#include "gerbang/io/faults.h"
#include "gerbang/io/file.h"
#include "gerbang/io/study.h"
#include "gerbang/register/calendar.h"
#include "gerbang/register/exchange.h"
#include "gerbang/register/study_register.h"

namespace gerbang::app {
namespace {

using registry::Date;
using registry::Fields;
using registry::Record;
using registry::Register;

struct RegisterOptions {
  std::string study;
  std::string kind;
  std::string id;
  std::vector<std::string> assignments;  // FIELD=VALUE
  std::string by;
  std::vector<std::string> with;  // private fields asked for by name
  std::string words, from, to;
  std::size_t limit = 100;
  bool withdrawn = false;
  std::string within, today;
  std::string ics, csv;
};

std::string author_name(const std::string& by) {
  if (!by.empty()) return by;
  for (const char* variable : {"USER", "LOGNAME"}) {
    const char* name = std::getenv(variable);
    if (name != nullptr && *name != '\0') return name;
  }
  return "";
}

Fields fields_of(const std::vector<std::string>& assignments) {
  Fields fields;
  for (const std::string& assignment : assignments) {
    const std::size_t equals = assignment.find('=');
    if (equals == 0 || equals == std::string::npos)
      refuse(io::shown(assignment), {"ini bukan ISIAN=NILAI", "this is no FIELD=VALUE"},
             {"misalnya start=2026-01-23", "for example start=2026-01-23"});
    if (!fields.emplace(assignment.substr(0, equals), assignment.substr(equals + 1)).second)
      refuse(assignment.substr(0, equals), {"isian itu diberikan dua kali", "the field is given twice"},
             {"masing-masing satu kali", "each once"});
  }
  return fields;
}

registry::Kind kind_named(const std::string& name) {
  if (const auto kind = registry::kind_of(name)) return *kind;
  std::vector<std::string> known;
  for (const registry::KindSpec& spec : registry::kinds()) known.emplace_back(spec.id);
  refuse("KIND", said({"tidak ada jenis '{}'", "there is no kind '{}'"}, io::shown(name)),
         io::suggestion(name, known));
}

std::optional<Date> date_option(const char* option, const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (const auto date = registry::parse_date(text)) return date;
  refuse(option, said({"'{}' bukan tanggal", "'{}' is no date"}, io::shown(text)),
         {"tanggal kalender, misalnya 2026-01-23", "a date of the calendar as 2026-01-23"});
}

// "30d" or "30": days.
std::optional<int> days_option(const std::string& text) {
  if (text.empty()) return std::nullopt;
  std::string digits = text;
  if (digits.back() == 'd' || digits.back() == 'h') digits.pop_back();
  if (digits.empty() || digits.size() > 5 || digits.find_first_not_of("0123456789") != std::string::npos)
    refuse("--within", said({"'{}' bukan jumlah hari", "'{}' is no number of days"}, io::shown(text)),
           {"misalnya 30d", "for example 30d"});
  return std::stoi(digits);
}

void require_known_private(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const registry::KindSpec& spec : registry::kinds())
    for (const registry::FieldSpec& field : spec.fields)
      if (field.is_private) known.emplace_back(field.name);
  for (const std::string& name : names)
    if (std::find(known.begin(), known.end(), name) == known.end())
      refuse("--with", said({"'{}' bukan isian pribadi", "'{}' is no private field"}, io::shown(name)),
             io::suggestion(name, known));
}

// The records as far as they may be shown.
std::vector<Record> shareable(std::vector<Record> records, const std::vector<std::string>& asked_for) {
  for (Record& record : records)
    record.fields =
        registry::without_private(registry::spec_of(record.kind), std::move(record.fields), asked_for);
  return records;
}

Register to_read(const RegisterOptions& options, const World& world) {
  return registry::open_for_reading(options.study, registry::names_of(world, options.study));
}
Register to_write(const RegisterOptions& options, const World& world) {
  return registry::open_for_writing(options.study, registry::names_of(world, options.study));
}

ExitCode add(const RegisterOptions& options, const Common& common) {
  const registry::Kind kind = kind_named(options.kind);
  const Fields fields = fields_of(options.assignments);
  const World world = io::read_study(options.study);
  Register into = to_write(options, world);
  const std::string id = into.add(kind, fields, {.name = author_name(options.by)}, options.id);
  common.print(fmt::format(fmt::runtime(Text{"Dicatat: {}\n", "Recorded: {}\n"}.in(common.language)), id));
  common.write_json(record_json(shareable({into.get(id)}, {}).front()));
  return ExitCode::kOk;
}

ExitCode edit(const RegisterOptions& options, const Common& common) {
  const Fields changes = fields_of(options.assignments);
  const World world = io::read_study(options.study);
  Register into = to_write(options, world);
  const std::size_t before = into.get(options.id).revision;
  into.edit(options.id, changes, {.name = author_name(options.by)},
            options.withdrawn ? registry::Withdrawal::kYes : registry::Withdrawal::kNo);
  const Record after = into.get(options.id);
  const Text text = after.revision > before
                        ? Text{"Dicatat: {}, revisi {}\n", "Recorded: {}, revision {}\n"}
                        : Text{"{} tidak berubah, tetap revisi {}\n", "{} is unchanged, revision {} still\n"};
  common.print(fmt::format(fmt::runtime(text.in(common.language)), options.id, after.revision));
  common.write_json(record_json(shareable({after}, {}).front()));
  return ExitCode::kOk;
}

ExitCode list(const RegisterOptions& options, const Common& common) {
  registry::Filter filter{
      .kind = {},
      .words = options.words,
      .from = date_option("--from", options.from),
      .to = date_option("--to", options.to),
      .withdrawn = options.withdrawn ? registry::Withdrawal::kYes : registry::Withdrawal::kNo,
      .limit = options.limit == 0 ? 0 : options.limit + 1};
  if (!options.kind.empty()) filter.kind = kind_named(options.kind);
  const World world = io::read_study(options.study);
  std::vector<Record> records = shareable(to_read(options, world).list(filter), {});
  const bool is_cut = options.limit > 0 && records.size() > options.limit;
  if (is_cut) records.pop_back();
  common.print(records_text(records, common.language));
  if (records.empty())
    common.print(Text{"Tidak ada catatan demikian.\n", "There are no such records.\n"}.in(common.language));
  if (is_cut)
    common.print(
        Text{"… masih ada lagi: --limit 0 menampilkan semua.\n", "… there are more: --limit 0 shows all.\n"}
            .in(common.language));
  common.write_json(records_json(records));
  return ExitCode::kOk;
}

ExitCode show(const RegisterOptions& options, const Common& common) {
  require_known_private(options.with);
  const World world = io::read_study(options.study);
  const Register from = to_read(options, world);
  (void)from.get(options.id);  // says which one was meant
  const std::vector<Record> revisions = shareable(from.history(options.id), options.with);
  common.print(history_text(revisions, common.language));
  common.write_json(history_json(revisions));
  return ExitCode::kOk;
}

ExitCode due(const RegisterOptions& options, const Common& common) {
  const Date today = date_option("--today", options.today).value_or(registry::today());
  const std::optional<int> within = days_option(options.within);
  const World world = io::read_study(options.study);
  const std::vector<registry::DueRecord> rows =
      to_read(options, world)
          .due(today, within ? std::optional(today + std::chrono::days(*within)) : std::nullopt);
  common.print(due_text(rows, common.language));
  if (rows.empty())
    common.print(Text{"Tidak ada yang jatuh tempo.\n", "Nothing is due.\n"}.in(common.language));
  common.write_json(due_json(rows));
  return ExitCode::kOk;
}

std::vector<Record> sorted_by_id(std::vector<Record> records) {
  std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.id < b.id; });
  return records;
}

// With what was withdrawn, as cancelled, so that calendars that have it already let it go.
void write_calendar(const RegisterOptions& options, const Register& from, const World& world,
                    Language language) {
  std::vector<Record> records = from.list({});
  for (Record& record : from.list({.withdrawn = registry::Withdrawal::kYes}))
    records.push_back(std::move(record));
  io::write_file_atomically(options.ics,
                            registry::calendar_text(sorted_by_id(shareable(std::move(records), options.with)),
                                                    {.study = world.name, .language = language}));
}

ExitCode export_records(const RegisterOptions& options, const Common& common) {
  require_known_private(options.with);
  if (options.ics.empty() && options.csv.empty() && !common.has_json())
    refuse("export", {"tidak disebut sebagai apa", "nothing says as what"},
           {"--ics BERKAS, --csv FOLDER atau --json BERKAS", "--ics FILE, --csv FOLDER or --json FILE"});
  const World world = io::read_study(options.study);
  const Register from = to_read(options, world);
  const std::vector<Record> records = sorted_by_id(shareable(from.list({}), options.with));
  if (!options.ics.empty()) write_calendar(options, from, world, common.language);
  if (!options.csv.empty()) registry::write_csv(from, options.csv, options.with);
  common.print(
      fmt::format(fmt::runtime(Text{"{} catatan diekspor\n", "{} records exported\n"}.in(common.language)),
                  records.size()));
  common.write_json(records_json(records));
  return ExitCode::kOk;
}

ExitCode import_records(const RegisterOptions& options, const Common& common) {
  const World world = io::read_study(options.study);
  Register into = to_write(options, world);
  const registry::ImportCounts counts =
      registry::import_csv(into, options.csv, {.name = author_name(options.by)});
  common.print(fmt::format(
      fmt::runtime(Text{"{} ditambahkan, {} diubah, {} sama\n", "{} added, {} changed, {} the same\n"}.in(
          common.language)),
      counts.added, counts.changed, counts.same));
  common.write_json({{"added", counts.added}, {"changed", counts.changed}, {"same", counts.same}});
  return ExitCode::kOk;
}

// Its verbs, which share one set of options.
using SharedOptions = std::shared_ptr<RegisterOptions>;

constexpr Text kStated = {"isian, misalnya start=2026-01-23", "fields, for example start=2026-01-23"};

void add_author(const Verb& verb, RegisterOptions& options) {
  verb.option("--by", options.by,
              {"siapa yang mengubah (bawaan: pengguna komputer)",
               "who makes the change (default: the computer's user)"},
              "NAME");
}

void add_private_field(const Verb& verb, RegisterOptions& options) {
  verb.option("--with", options.with,
              {"tampilkan juga isian pribadi ini, misalnya contacts",
               "also show this private field, for example contacts"},
              "FIELD");
}

void add_writing_verbs(const Verb& above, const SharedOptions& shared) {
  RegisterOptions& options = *shared;
  const Verb adding = above.add("add", {"catat yang baru", "record something new"});
  adding.runs(add, shared);
  adding
      .option("kind", options.kind,
              {"party, event, document, commitment atau follow_up",
               "party, event, document, commitment or follow_up"},
              "KIND")
      .required();
  adding.option("fields", options.assignments, kStated, "FIELD=VALUE");
  adding.option("--id", options.id,
                {"id catatan (bawaan: dibuatkan)", "id of the record (default: one is made)"}, "ID");
  add_author(adding, options);

  const Verb editing = above.add(
      "edit", {"ubah sebuah catatan; yang lama tetap tersimpan", "change a record; what it was is kept"});
  editing.runs(edit, shared);
  editing.option("id", options.id, {"id catatan", "id of the record"}, "ID").required();
  editing.option("fields", options.assignments, kStated, "FIELD=VALUE");
  editing.flag("--withdraw", options.withdrawn,
               {"tarik catatan ini: tidak lagi ditampilkan", "withdraw it: it is no longer shown"});
  add_author(editing, options);

  const Verb importing = above.add("import", {"baca catatan dari CSV; semua baris atau tidak sama sekali",
                                              "read records from CSV; all rows or none"});
  importing.runs(import_records, shared);
  importing
      .option("--csv", options.csv, {"berkas atau folder CSV", "a CSV file or a folder of them"},
              "FILE|FOLDER")
      .required();
  add_author(importing, options);
}

void add_reading_verbs(const Verb& above, const SharedOptions& shared) {
  RegisterOptions& options = *shared;
  const Verb listing =
      above.add("list", {"daftar catatan, yang terbaru dahulu", "list records, the latest first"});
  listing.runs(list, shared);
  listing.option("kind", options.kind, {"hanya jenis ini", "this kind only"}, "KIND");
  listing.option("--search", options.words, {"yang memuat kata-kata ini", "those that hold these words"},
                 "WORDS");
  listing.option("--from", options.from, {"sejak tanggal ini", "from this date on"}, "DATE");
  listing.option("--to", options.to, {"sampai tanggal ini", "until this date"}, "DATE");
  listing.option("--limit", options.limit, {"paling banyak sekian (0: semua)", "at most that many (0: all)"},
                 "N");
  listing.flag("--withdrawn", options.withdrawn, {"yang sudah ditarik", "those that were withdrawn"});

  const Verb showing = above.add("show", {"satu catatan dan riwayatnya", "one record and its history"});
  showing.runs(show, shared);
  showing.option("id", options.id, {"id catatan", "id of the record"}, "ID").required();
  add_private_field(showing, options);

  const Verb reminding =
      above.add("due", {"yang harus dikerjakan, yang terlambat dahulu", "what is to be done, overdue first"});
  reminding.runs(due, shared);
  reminding.option("--within", options.within,
                   {"dalam sekian hari, misalnya 30d", "within so many days, for example 30d"}, "DAYS");
  reminding.option("--today", options.today, {"anggap hari ini tanggal ini", "take this date for today"},
                   "DATE");

  const Verb exporting =
      above.add("export", {"tulis sebagai kalender, CSV atau JSON", "write as a calendar, CSV or JSON"});
  exporting.runs(export_records, shared);
  exporting.option("--ics", options.ics, {"kalender (iCalendar)", "calendar (iCalendar)"}, "FILE");
  exporting.option("--csv", options.csv, {"folder untuk berkas CSV", "folder for CSV files"}, "FOLDER");
  add_private_field(exporting, options);
}

}  // namespace

void add_register(const Verb& gerbang) {
  const auto options = std::make_shared<RegisterOptions>();
  const Verb above =
      gerbang.add("register", {"catatan kerja sama antarwilayah: kunjungan, dokumen, komitmen, tindak lanjut",
                               "the thread between regions: visits, documents, commitments, what follows"});
  above.option("study", options->study, {"folder studi", "folder of the study"}, "STUDY").required();
  above.needs_verb();
  add_writing_verbs(above, options);
  add_reading_verbs(above, options);
}

}  // namespace gerbang::app
