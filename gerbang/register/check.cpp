#include "gerbang/register/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "gerbang/base/hash.h"
#include "gerbang/io/faults.h"
#include "gerbang/io/file.h"
#include "gerbang/io/utf8.h"
#include "gerbang/register/date.h"
#include "gerbang/world/rows.h"

namespace gerbang::registry {
namespace {

using io::shown;
using io::suggestion;

constexpr Text kDateRemedy = {"tanggal kalender, misalnya 2026-01-23",
                              "a date of the calendar as 2026-01-23"};
constexpr Text kMomentRemedy = {
    "tanggal kalender, misalnya 2026-01-23, atau dengan jam dan zona waktu: 2026-01-23T09:00+08:00 atau "
    "\"2026-01-23 09:00 WITA\"",
    "a date of the calendar as 2026-01-23, or with time and zone as 2026-01-23T09:00+08:00 or \"2026-01-23 "
    "09:00 WITA\""};

template <class Rows>
std::vector<std::string> ids_of(const Rows& rows) {
  std::vector<std::string> ids;
  for (const auto& row : rows) ids.push_back(row.id);
  return ids;
}

bool contains(const std::vector<std::string>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_plain_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t size = io::utf8_size(text, at);
    if (size == 0 || text[at] == '\0') return false;
    at += size;
  }
  return true;
}

bool is_address(std::string_view file) {
  return file.find("://") != std::string_view::npos;
}

// Checks one record; collects what it finds.
class Checker {
 public:
  Checker(const KindSpec& spec, const Fields& fields, const CheckContext& context)
      : spec_(spec), fields_(fields), context_(context) {}

  std::vector<FieldFault> faults() {
    check_names();
    for (const FieldSpec& field_spec : spec_.fields) {
      const std::string_view value = field(fields_, field_spec.name);
      if (value.empty()) {
        if (field_spec.is_required)
          add(field_spec, {"belum diisi", "is missing"}, remedy_when_missing(field_spec));
      } else {
        check_value(field_spec, value);
      }
    }
    check_order();
    check_council();
    check_link();
    return std::move(faults_);
  }

 private:
  void add(const FieldSpec& at, Message found, Message expected) {
    faults_.push_back({std::string(at.name), std::move(found), std::move(expected)});
  }

  void check_names() {
    std::vector<std::string> known;
    for (const FieldSpec& field_spec : spec_.fields) known.emplace_back(field_spec.name);
    for (const auto& [name, value] : fields_)
      if (field_of(spec_, name) == nullptr)
        faults_.push_back(
            {name,
             said({"catatan jenis {} tidak punya isian demikian", "a record of kind {} has no such field"},
                  spec_.id),
             suggestion(name, known)});
  }

  static std::vector<std::string> words_of(const FieldSpec& field_spec) {
    std::vector<std::string> words;
    for (const Word& word : field_spec.words) words.emplace_back(word.id);
    return words;
  }

  Message remedy_when_missing(const FieldSpec& field_spec) const {
    if (field_spec.type == FieldType::kWord) return suggestion("", words_of(field_spec));
    if (field_spec.type == FieldType::kMoment) return kMomentRemedy;
    return said({"{}=… ({})", "{}=… ({})"}, field_spec.name, Message(field_spec.label));
  }

  void check_value(const FieldSpec& at, std::string_view value) {
    if (!is_plain_utf8(value))
      return add(at, {"bukan teks UTF-8", "is no UTF-8 text"}, {"teks dalam UTF-8", "text in UTF-8"});
    switch (at.type) {
      case FieldType::kText:
        return;
      case FieldType::kDate:
        if (!parse_date(value))
          add(at, said({"'{}' bukan tanggal", "'{}' is no date"}, shown(value)), kDateRemedy);
        return;
      case FieldType::kMoment:
        if (!parse_moment(value))
          add(at, said({"'{}' bukan tanggal atau waktu", "'{}' is no date or time"}, shown(value)),
              kMomentRemedy);
        return;
      case FieldType::kWord:
        return check_known(at, value, {"kata", "word"}, words_of(at));
      case FieldType::kParty:
        return check_record(at, value, Kind::kParty);
      case FieldType::kParties:
        for (const std::string& id : split_words(value)) check_record(at, id, Kind::kParty);
        return;
      case FieldType::kEvent:
        return check_record(at, value, Kind::kEvent);
      case FieldType::kDocument:
        return check_record(at, value, Kind::kDocument);
      case FieldType::kRegion:
        return check_known(at, value, {"wilayah", "region"}, context_.study.regions);
      case FieldType::kProject:
        return check_known(at, value, {"proyek", "project"}, context_.study.projects);
      case FieldType::kEdit:
        return check_known(at, value, {"perubahan", "edit"}, context_.study.edits);
      case FieldType::kStage:
        return check_stage(at, value);
      case FieldType::kFile:
        return check_file(at, value);
      case FieldType::kSha256:
        if (value.size() != 64 || value.find_first_not_of("0123456789abcdef") != std::string_view::npos)
          add(at, said({"'{}' bukan SHA-256", "'{}' is no SHA-256"}, shown(value)),
              {"64 angka 0-9 a-f, seperti keluaran sha256sum",
               "64 digits 0-9 a-f, as sha256sum prints them"});
        return;
    }
  }

  void check_known(const FieldSpec& at, std::string_view value, const Message& what,
                   const std::vector<std::string>& known) {
    if (!contains(known, value))
      add(at, said({"{} '{}' tidak dikenal", "unknown {} '{}'"}, what, shown(value)),
          suggestion(value, known));
  }

  void check_record(const FieldSpec& at, std::string_view id, Kind kind) {
    if (context_.has_record(kind, std::string(id))) return;
    const std::vector<std::string> known = context_.record_ids(kind);
    add(at,
        said({"register tidak memuat {} '{}'", "the register has no {} '{}'"}, Message(spec_of(kind).name),
             shown(id)),
        known.empty() ? said({"tambahkan {} itu dahulu", "add that {} first"}, Message(spec_of(kind).name))
                      : suggestion(id, known));
  }

  void check_stage(const FieldSpec& at, std::string_view value) {
    if (context_.study.stages.empty())
      return add(at, said({"tahap '{}' tidak dikenal", "unknown stage '{}'"}, shown(value)),
                 {"studi ini tidak punya cooperation_stage.csv; tambahkan dahulu",
                  "the study has no cooperation_stage.csv; add it first"});
    check_known(at, value, {"tahap", "stage"}, context_.study.stages);
  }

  void check_file(const FieldSpec& at, std::string_view value) {
    if (is_address(value) || !field(fields_, "file_sha256").empty()) return;
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(context_.study.folder / value, ignored))
      add(at,
          said({"tidak ada berkas '{}' di folder studi", "there is no file '{}' in the study's folder"},
               shown(value)),
          {"jalur dari folder itu, alamat (https://…), atau sertakan file_sha256-nya",
           "a path from that folder, an address (https://…), or also its file_sha256"});
  }

  void check_order() {
    const auto start = parse_moment(field(fields_, "start")), end = parse_moment(field(fields_, "end"));
    if (!start || !end || field_of(spec_, "end") == nullptr) return;
    const bool is_before = start->time && end->time ? end->utc() < start->utc() : end->date < start->date;
    if (is_before)
      faults_.push_back({"end",
                         said({"berakhir ({}) sebelum mulai ({})", "it ends ({}) before it starts ({})"},
                              field(fields_, "end"), field(fields_, "start")),
                         {"akhir yang tidak mendahului awal", "an end that is not before the start"}});
  }

  // Whether councils must approve is asked and recorded, never decided here: at a stage that asks, and at
  // every later one, so that leaving that stage out does not leave the question out.
  void check_council() {
    const std::vector<std::string>& stages = context_.study.stages;
    const auto at = std::find(stages.begin(), stages.end(), field(fields_, "stage"));
    if (at == stages.end()) return;
    const auto asks = std::find_if(stages.begin(), at + 1, [&](const std::string& stage) {
      return contains(context_.study.stages_that_ask_council, stage);
    });
    if (asks == at + 1) return;
    for (const char* name : {"burdens_public", "outside_budget", "council_approval"})
      if (field(fields_, name).empty())
        add(*field_of(spec_, name),
            said({"ditanyakan sejak tahap {}", "is asked from the stage {} on"}, *asks),
            suggestion("", words_of(*field_of(spec_, name))));
  }

  void check_link() {
    const std::string_view project = field(fields_, "project_id"), edit = field(fields_, "edit");
    if (project.empty() || edit.empty() || edit.substr(0, edit.find('/')) == project) return;
    faults_.push_back({"edit",
                       said({"'{}' bukan suntingan proyek {}", "'{}' is no edit of the project {}"},
                            shown(edit), shown(project)),
                       {"suntingan proyek itu, atau salah satu saja dari keduanya",
                        "an edit of that project, or one of the two alone"}});
  }

  const KindSpec& spec_;
  const Fields& fields_;
  const CheckContext& context_;
  std::vector<FieldFault> faults_;
};

std::string trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(kSpace) - first + 1));
}

}  // namespace

StudyNames names_of(const World& world, std::filesystem::path folder) {
  StudyNames names{.regions = ids_of(world.regions),
                   .projects = ids_of(world.projects),
                   .edits = row_ids(world, "edit"),
                   .stages = ids_of(world.cooperation_stages),
                   .stages_that_ask_council = {},
                   .folder = std::move(folder)};
  for (const CooperationStage& stage : world.cooperation_stages)
    if (stage.asks_council) names.stages_that_ask_council.push_back(stage.id);
  return names;
}

std::vector<FieldFault> find_faults(const KindSpec& spec, const Fields& fields, const CheckContext& context) {
  return Checker(spec, fields, context).faults();
}

Fields canonical(const KindSpec& spec, const Fields& fields, const StudyNames& study) {
  Fields written;
  for (const auto& [name, value] : fields) {
    std::string text = trimmed(value);
    if (text.empty()) continue;
    const FieldSpec* known = field_of(spec, name);
    if (known != nullptr && known->type == FieldType::kMoment)
      if (const auto moment = parse_moment(text)) text = moment_id(*moment);
    if (known != nullptr && known->type == FieldType::kParties) {
      std::string ids;
      for (const std::string& id : split_words(text)) ids += (ids.empty() ? "" : " ") + id;
      text = ids;
    }
    written.emplace(name, std::move(text));
  }
  const std::string file(field(written, "file"));
  std::error_code ignored;
  if (!file.empty() && !is_address(file) && field(written, "file_sha256").empty() &&
      std::filesystem::is_regular_file(study.folder / file, ignored))
    written["file_sha256"] = sha256_hex(io::read_file(study.folder / file));
  return written;
}

}  // namespace gerbang::registry
