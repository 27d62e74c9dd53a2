#include "gerbang/register/kinds.h"

#include <algorithm>
#include <array>

#include "gerbang/register/date.h"

namespace gerbang::registry {
namespace {

constexpr Word kPartyCategories[] = {{"government", {"pemerintah", "government"}},
                                     {"agency", {"instansi", "agency"}},
                                     {"company", {"perusahaan", "company"}},
                                     {"other", {"lainnya", "other"}}};
constexpr Word kEventCategories[] = {{"visit", {"kunjungan", "visit"}},
                                     {"meeting", {"pertemuan", "meeting"}},
                                     {"signing", {"penandatanganan", "signing"}},
                                     {"informal", {"kegiatan informal", "informal activity"}}};
constexpr Word kDocumentCategories[] = {
    {"letter_of_intent", {"surat pernyataan minat", "letter of intent"}},
    {"kesepakatan_bersama", {"Kesepakatan Bersama", "joint agreement (Kesepakatan Bersama)"}},
    {"perjanjian_kerja_sama", {"Perjanjian Kerja Sama", "cooperation agreement (Perjanjian Kerja Sama)"}},
    {"nota_kesepakatan", {"Nota Kesepakatan", "note of agreement (Nota Kesepakatan)"}},
    {"other", {"lainnya", "other"}}};
constexpr Word kAnswers[] = {
    {"yes", {"ya", "yes"}}, {"no", {"tidak", "no"}}, {"unknown", {"belum diketahui", "not known"}}};
constexpr Word kApprovals[] = {{"not_asked", {"belum ditanyakan", "not asked"}},
                               {"not_needed", {"tidak diperlukan", "not needed"}},
                               {"needed", {"diperlukan", "needed"}},
                               {"given", {"diberikan", "given"}},
                               {"refused", {"ditolak", "refused"}}};
constexpr Word kStates[] = {
    {"open", {"terbuka", "open"}}, {"done", {"selesai", "done"}}, {"dropped", {"dibatalkan", "dropped"}}};
constexpr Word kFollowUpCategories[] = {{"return_visit", {"kunjungan balasan", "return visit"}},
                                        {"next_meeting", {"pertemuan berikutnya", "next meeting"}},
                                        {"other", {"lainnya", "other"}}};

constexpr FieldSpec kSource{.name = "source", .label = {"sumber", "source"}};

constexpr FieldSpec kPartyFields[] = {
    {.name = "name", .label = {"nama", "name"}, .is_required = true},
    {.name = "category",
     .type = FieldType::kWord,
     .label = {"jenis", "category"},
     .is_required = true,
     .words = kPartyCategories},
    {.name = "region_id", .type = FieldType::kRegion, .label = {"wilayah", "region"}},
    {.name = "contacts", .label = {"kontak", "contacts"}, .is_private = true},
    kSource};
constexpr FieldSpec kEventFields[] = {
    {.name = "title", .label = {"judul", "title"}, .is_required = true},
    {.name = "title_en", .label = {"judul (Inggris)", "title (English)"}},
    {.name = "category",
     .type = FieldType::kWord,
     .label = {"jenis", "category"},
     .is_required = true,
     .words = kEventCategories},
    {.name = "start", .type = FieldType::kMoment, .label = {"mulai", "start"}, .is_required = true},
    {.name = "end", .type = FieldType::kMoment, .label = {"selesai", "end"}},
    {.name = "place", .label = {"tempat", "place"}},
    {.name = "hosts", .type = FieldType::kParties, .label = {"tuan rumah", "hosts"}},
    {.name = "delegation", .type = FieldType::kParties, .label = {"delegasi", "delegation"}},
    {.name = "participants", .label = {"peserta", "participants"}},
    {.name = "agenda", .label = {"agenda", "agenda"}},
    {.name = "minutes", .label = {"risalah", "minutes"}},
    kSource};
constexpr FieldSpec kDocumentFields[] = {
    {.name = "subject", .label = {"perihal", "subject"}, .is_required = true},
    {.name = "subject_en", .label = {"perihal (Inggris)", "subject (English)"}},
    {.name = "category",
     .type = FieldType::kWord,
     .label = {"jenis", "category"},
     .is_required = true,
     .words = kDocumentCategories},
    {.name = "number", .label = {"nomor", "number"}},
    {.name = "scope", .label = {"ruang lingkup", "scope"}},
    {.name = "parties", .type = FieldType::kParties, .label = {"para pihak", "parties"}, .is_required = true},
    {.name = "signatories", .label = {"penanda tangan", "signatories"}},
    {.name = "start", .type = FieldType::kDate, .label = {"berlaku sejak", "in force from"}},
    {.name = "end", .type = FieldType::kDate, .label = {"berlaku sampai", "in force until"}},
    {.name = "financing", .label = {"pembiayaan", "financing"}},
    {.name = "burdens_public",
     .type = FieldType::kWord,
     .label = {"membebani masyarakat atau daerah", "burdens the public or the region"},
     .words = kAnswers},
    {.name = "outside_budget",
     .type = FieldType::kWord,
     .label = {"belum teranggarkan dalam APBD berjalan", "outside the running budget"},
     .words = kAnswers},
    {.name = "council_approval",
     .type = FieldType::kWord,
     .label = {"persetujuan DPRD", "approval of the councils"},
     .words = kApprovals},
    {.name = "stage", .type = FieldType::kStage, .label = {"tahap", "stage"}},
    {.name = "event", .type = FieldType::kEvent, .label = {"peristiwa", "event"}},
    {.name = "file", .type = FieldType::kFile, .label = {"berkas", "file"}},
    {.name = "file_sha256", .type = FieldType::kSha256, .label = {"SHA-256 berkas", "SHA-256 of the file"}},
    kSource};
constexpr FieldSpec kCommitmentFields[] = {
    {.name = "what", .label = {"isi", "what"}, .is_required = true},
    {.name = "what_en", .label = {"isi (Inggris)", "what (English)"}},
    {.name = "owner", .type = FieldType::kParty, .label = {"penanggung jawab", "owner"}, .is_required = true},
    {.name = "due", .type = FieldType::kDate, .label = {"tenggat", "due"}},
    {.name = "state",
     .type = FieldType::kWord,
     .label = {"keadaan", "state"},
     .is_required = true,
     .words = kStates},
    {.name = "evidence", .label = {"bukti", "evidence"}},
    {.name = "event", .type = FieldType::kEvent, .label = {"peristiwa", "event"}},
    {.name = "document", .type = FieldType::kDocument, .label = {"dokumen", "document"}},
    {.name = "project_id", .type = FieldType::kProject, .label = {"proyek", "project"}},
    {.name = "edit", .type = FieldType::kEdit, .label = {"suntingan", "edit"}},
    kSource};
constexpr FieldSpec kFollowUpFields[] = {
    {.name = "what", .label = {"isi", "what"}, .is_required = true},
    {.name = "what_en", .label = {"isi (Inggris)", "what (English)"}},
    {.name = "category",
     .type = FieldType::kWord,
     .label = {"jenis", "category"},
     .is_required = true,
     .words = kFollowUpCategories},
    {.name = "date", .type = FieldType::kMoment, .label = {"tanggal", "date"}},
    {.name = "place", .label = {"tempat", "place"}},
    {.name = "parties", .type = FieldType::kParties, .label = {"para pihak", "parties"}, .is_required = true},
    {.name = "state",
     .type = FieldType::kWord,
     .label = {"keadaan", "state"},
     .is_required = true,
     .words = kStates},
    {.name = "event", .type = FieldType::kEvent, .label = {"setelah peristiwa", "after the event"}},
    kSource};

constexpr KindSpec kKinds[] = {
    {Kind::kParty, "party", {"pihak", "party"}, kPartyFields, "name", ""},
    {Kind::kEvent, "event", {"peristiwa", "event"}, kEventFields, "title", "start"},
    {Kind::kDocument, "document", {"dokumen", "document"}, kDocumentFields, "subject", "end"},
    {Kind::kCommitment, "commitment", {"komitmen", "commitment"}, kCommitmentFields, "what", "due"},
    {Kind::kFollowUp, "follow_up", {"tindak lanjut", "follow-up"}, kFollowUpFields, "what", "date"}};

}  // namespace

std::span<const KindSpec> kinds() {
  return kKinds;
}

const KindSpec& spec_of(Kind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}

std::optional<Kind> kind_of(std::string_view id) {
  for (const KindSpec& spec : kKinds)
    if (spec.id == id) return spec.kind;
  return std::nullopt;
}

const FieldSpec* field_of(const KindSpec& spec, std::string_view name) {
  const auto found = std::find_if(spec.fields.begin(), spec.fields.end(),
                                  [&](const FieldSpec& candidate) { return candidate.name == name; });
  return found == spec.fields.end() ? nullptr : &*found;
}

std::string_view field(const Fields& fields, std::string_view name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::string_view linked_project(const Fields& fields) {
  const std::string_view project = field(fields, "project_id"), edit = field(fields, "edit");
  return project.empty() ? edit.substr(0, edit.find('/')) : project;
}

std::string shown_value(const FieldSpec& spec, std::string_view value, Language language) {
  if (spec.type == FieldType::kDate || spec.type == FieldType::kMoment)
    if (const auto moment = parse_moment(value)) return moment_text(*moment, language);
  for (const Word& word : spec.words)
    if (word.id == value) return std::string(word.name.in(language));
  return std::string(value);
}

Fields without_private(const KindSpec& spec, Fields fields, std::span<const std::string> asked_for) {
  std::erase_if(fields, [&](const auto& entry) {
    const FieldSpec* known = field_of(spec, entry.first);
    const bool is_private = known != nullptr && known->is_private;
    return is_private && std::find(asked_for.begin(), asked_for.end(), entry.first) == asked_for.end();
  });
  return fields;
}

}  // namespace gerbang::registry
