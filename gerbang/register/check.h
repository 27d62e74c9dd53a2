// What is wrong with a record: fields that are missing, unknown or not what they should be, dates that do not
// exist or end before they start, names that neither study nor register has.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "gerbang/base/message.h"
#include "gerbang/register/kinds.h"
#include "gerbang/world/world.h"

namespace gerbang::registry {

// The names of a study that records may refer to.
struct StudyNames {
  std::vector<std::string> regions;
  std::vector<std::string> projects;
  std::vector<std::string> edits;  // as rows.h names them
  std::vector<std::string> stages;
  std::vector<std::string> stages_that_ask_council;
  std::filesystem::path folder;  // where paths of files start
};
[[nodiscard]] StudyNames names_of(const World& world, std::filesystem::path folder);

struct FieldFault {
  std::string field;
  Message found;
  Message expected;
};

// The ids of the register's own records of a kind, not counting withdrawn ones.
using RecordIds = std::function<std::vector<std::string>(Kind kind)>;
// Whether there is such a record of that kind; quick, unlike the list of all of them.
using HasRecord = std::function<bool(Kind kind, const std::string& id)>;

struct CheckContext {
  const StudyNames& study;
  HasRecord has_record;
  RecordIds record_ids;  // only to suggest the one that was meant
};

// Faults of the fields, in the order in which the kind lists them; unknown fields first.
[[nodiscard]] std::vector<FieldFault> find_faults(const KindSpec& spec, const Fields& fields,
                                                  const CheckContext& context);

// The fields in their one way of being written: moments with offset, blank ones left out, the hash of a file
// that lies in the study's folder filled in. What cannot be read stays as it is.
[[nodiscard]] Fields canonical(const KindSpec& spec, const Fields& fields, const StudyNames& study);

}  // namespace gerbang::registry
