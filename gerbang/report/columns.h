// How the result tables describe their columns: unit, and meaning in both languages.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gerbang/base/text.h"
#include "gerbang/io/described_table.h"
#include "gerbang/report/tables.h"

namespace gerbang::report {

// "English · Indonesian": what a reader of either language finds in the file itself.
[[nodiscard]] inline std::string both_languages(const Text& text) {
  return std::string(text.en) + " · " + std::string(text.id);
}

[[nodiscard]] inline io::Column text_column(std::string name, const Text& meaning) {
  return {std::move(name), "", both_languages(meaning), io::ColumnType::kText};
}
[[nodiscard]] inline io::Column integer_column(std::string name, std::string unit, const Text& meaning) {
  return {std::move(name), std::move(unit), both_languages(meaning), io::ColumnType::kInteger};
}
[[nodiscard]] inline io::Column real_column(std::string name, std::string unit, const Text& meaning) {
  return {std::move(name), std::move(unit), both_languages(meaning), io::ColumnType::kReal};
}

// The columns that say which outcome a row belongs to; they come first in every table of outcomes.
inline constexpr std::size_t kOutcomeColumns = 3;
[[nodiscard]] inline std::vector<io::Column> with_outcome_columns(std::vector<io::Column> columns) {
  std::vector<io::Column> all = {
      text_column("scenario", {"skenario", "scenario"}), integer_column("year", "", {"tahun", "year"}),
      text_column("closure", {"cara defisit wilayah ditutup: fixed atau national_budget",
                              "how regional deficits are closed: fixed or national_budget"})};
  all.insert(all.end(), columns.begin(), columns.end());
  return all;
}
inline void append_values(std::vector<io::Value>& values, std::initializer_list<io::Value> more) {
  for (const io::Value& value : more) values.push_back(value);
}
// What a column name_en holds: the name itself where the study gives no other in English.
template <class Named>
[[nodiscard]] std::string english_name(const Named& thing) {
  return std::string(both_names(thing.name, thing.name_en).en);
}

// Their values, to which a row's own are appended.
[[nodiscard]] inline std::vector<io::Value> outcome_values(const Sheet& sheet,
                                                           std::initializer_list<io::Value> more) {
  const evaluate::Outcome& outcome = sheet.outcome();
  std::vector<io::Value> values = {outcome.scenario, std::int64_t{outcome.year},
                                   std::string(closure_id(outcome.closure))};
  append_values(values, more);
  return values;
}

}  // namespace gerbang::report
