// What the register keeps: the kinds of its records and their fields, described once. Checks, forms, exports
// and the columns of the CSV files all come from here (docs/register.md lists them).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "gerbang/base/text.h"

// The room is called register; that word is reserved in C++, hence the name of the namespace.
namespace gerbang::registry {

// In the order in which records may refer to each other: upwards only.
enum class Kind : std::uint8_t { kParty, kEvent, kDocument, kCommitment, kFollowUp };

enum class FieldType : std::uint8_t {
  kText,
  kDate,
  kMoment,    // a day, or a time of it with its zone
  kWord,      // one of FieldSpec::words
  kParty,     // id of a party
  kParties,   // ids of parties, separated by spaces
  kEvent,     // id of an event
  kDocument,  // id of a document
  kRegion,    // id in the study
  kProject,
  kEdit,
  kStage,
  kFile,    // address, or path from the study's folder
  kSha256,  // of that file
};

struct Word {
  std::string_view id;
  Text name;
};

struct FieldSpec {
  std::string_view name;
  FieldType type = FieldType::kText;
  Text label;
  bool is_required = false;
  bool is_private = false;  // left out of every output unless asked for by name
  std::span<const Word> words{};
};

struct KindSpec {
  Kind kind;
  std::string_view id;  // "event", also the name of its CSV file
  Text name;
  std::span<const FieldSpec> fields;
  std::string_view title;  // the field that says what the record is
  std::string_view date;   // the field by which records are ordered; "" for none
};

// A record's fields that are filled in, by name.
using Fields = std::map<std::string, std::string, std::less<>>;

[[nodiscard]] std::span<const KindSpec> kinds();
[[nodiscard]] const KindSpec& spec_of(Kind kind);
// The kind of that name; none when there is none.
[[nodiscard]] std::optional<Kind> kind_of(std::string_view id);
[[nodiscard]] const FieldSpec* field_of(const KindSpec& spec, std::string_view name);

// The field, "" when it is not filled in.
[[nodiscard]] std::string_view field(const Fields& fields, std::string_view name);
// The study's project that the record is linked to, by itself or by one of its edits; "" for none.
[[nodiscard]] std::string_view linked_project(const Fields& fields);
// The field as a reader sees it: dates in words, words by their name.
[[nodiscard]] std::string shown_value(const FieldSpec& spec, std::string_view value, Language language);
// The fields without those that are private and not named.
[[nodiscard]] Fields without_private(const KindSpec& spec, Fields fields,
                                     std::span<const std::string> asked_for);

}  // namespace gerbang::registry
