// How the verb register shows records: on paper and as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "gerbang/register/register.h"

namespace gerbang::app {

// A line a record: id, date, kind, title.
[[nodiscard]] std::string records_text(std::span<const registry::Record> records, Language language);
// All fields of the latest revision, then who changed what when.
[[nodiscard]] std::string history_text(const std::vector<registry::Record>& revisions, Language language);
[[nodiscard]] std::string due_text(std::span<const registry::DueRecord> due, Language language);

[[nodiscard]] nlohmann::ordered_json record_json(const registry::Record& record);
[[nodiscard]] nlohmann::ordered_json records_json(std::span<const registry::Record> records);
[[nodiscard]] nlohmann::ordered_json history_json(const std::vector<registry::Record>& revisions);
[[nodiscard]] nlohmann::ordered_json due_json(std::span<const registry::DueRecord> due);

}  // namespace gerbang::app
