#include "gerbang/io/study_tables.h"

#include <algorithm>
#include <stdexcept>

#include "gerbang/world/rows.h"
#include "gerbang/world/visit.h"

namespace gerbang::io {
namespace {

constexpr Need kRequired = Need::kRequired;
constexpr Need kOptional = Need::kOptional;

std::vector<StudyColumn> numbers_of(std::string_view table) {
  if (table == "parameter") return {{"value"}};
  const World nothing;
  std::vector<StudyColumn> columns;
  detail::with_row(nothing, table, "", [&](const auto* row) {
    for (const auto& field : fields_of(row)) {
      columns.push_back({std::string(field.column), field.is_required ? kRequired : kOptional});
    }
  });
  return columns;
}

std::vector<TableSpec> make_specs() {
  std::vector<TableSpec> specs = {
      {.name = "parameter", .before = {{"parameter"}}, .after = {{"unit"}}},
      {.name = "region",
       .before = {{"region_id"},
                  {"name"},
                  {"name_en", kOptional},
                  {"group"},
                  {"group_en", kOptional},
                  {"node_id"},
                  {"kind"}}},
      {.name = "sector",
       .before = {{"sector_id"}, {"name"}, {"name_en"}, {"group"}, {"freight_class_id", kOptional}}},
      {.name = "freight_class", .before = {{"freight_class_id"}, {"name"}, {"name_en"}}},
      {.name = "value_added", .before = {{"region_id"}, {"sector_id"}}},
      {.name = "input_output", .before = {{"input_sector_id"}, {"using_sector_id"}}},
      {.name = "final_demand", .before = {{"user"}, {"sector_id"}}},
      {.name = "foreign_trade", .before = {{"direction"}, {"region_id", kOptional}, {"sector_id"}}},
      {.name = "observed_flow",
       .table = kOptional,
       .provenance = kOptional,
       .before = {{"origin_region_id"}, {"destination_region_id"}, {"sector_id"}}},
      {.name = "node",
       .provenance = kOptional,
       .before = {{"node_id"}, {"name"}, {"name_en", kOptional}, {"node_type"}}},
      {.name = "link",
       .before = {{"link_id"},
                  {"name"},
                  {"name_en", kOptional},
                  {"from_node_id"},
                  {"to_node_id"},
                  {"directed", kOptional},
                  {"facility_type"}},
       .after = {{"earner_region_id", kOptional}, {"project_id", kOptional}}},
      {.name = "terminal",
       .before = {{"terminal_id"},
                  {"name"},
                  {"name_en", kOptional},
                  {"node_id"},
                  {"region_id"},
                  {"cluster"},
                  {"freight_class_ids"}},
       .after = {{"earner_region_id"}, {"project_id", kOptional}}},
      {.name = "service",
       .before = {{"service_id"},
                  {"name"},
                  {"name_en", kOptional},
                  {"mode"},
                  {"carrier"},
                  {"carrier_en", kOptional},
                  {"freight_class_ids"}},
       .after = {{"earner_region_id"}, {"project_id", kOptional}}},
      {.name = "service_leg",
       .before = {{"service_id"}, {"sequence"}, {"from_terminal_id"}, {"to_terminal_id"}}},
      {.name = "project",
       .before = {{"project_id"}, {"name"}, {"name_en"}, {"status"}, {"year", kOptional}},
       .after = {{"region_id", kOptional}, {"needs", kOptional}, {"excludes", kOptional}}},
      {.name = "project_owner",
       .before = {{"project_id"}, {"party"}, {"party_en", kOptional}, {"region_id", kOptional}}},
      {.name = "edit", .before = {{"project_id", kOptional}, {"table"}, {"row"}, {"column"}, {"operation"}}},
      {.name = "trend",
       .before = {{"trend_id"},
                  {"variable"},
                  {"region_id", kOptional},
                  {"sector_id", kOptional},
                  {"year"},
                  {"operation"}},
       .after = {{"project_id", kOptional}}},
      {.name = "move", .before = {{"trend_id"}, {"origin_region_id"}, {"destination_region_id"}}},
      {.name = "payer", .table = kOptional, .before = {{"trend_id"}, {"region_id"}}},
      {.name = "observation",
       .table = kOptional,
       .before = {{"observation_id"}, {"name"}, {"name_en"}, {"table"}, {"row"}, {"kt_per_year"}}},
      {.name = "cooperation_stage",
       .table = kOptional,
       .before = {{"stage_id"}, {"name"}, {"name_en"}, {"asks_council", kOptional}}},
  };
  for (TableSpec& spec : specs) spec.numbers = numbers_of(spec.name);
  return specs;
}

}  // namespace

Header TableSpec::header() const {
  Header header;
  const auto add = [&](const std::string& column, Need need) {
    (need == kRequired ? header.required : header.optional).push_back(column);
  };
  for (const StudyColumn& column : before) add(column.name, column.need);
  for (const StudyColumn& column : numbers) {
    add(column.name, column.need);
    const RangeColumns range = range_columns(*this, column.name);
    for (const std::string& end : {range.low, range.high}) {
      add(end, kOptional);
      header.value_of_range[end] = column.name;
    }
  }
  for (const StudyColumn& column : after) add(column.name, column.need);
  add("source", provenance);
  add("quality", provenance);
  add("note", kOptional);
  return header;
}

bool TableSpec::is_required(std::string_view column) const {
  for (const std::vector<StudyColumn>* columns : {&before, &numbers, &after}) {
    for (const StudyColumn& candidate : *columns) {
      if (candidate.name == column) return candidate.need == kRequired;
    }
  }
  return provenance == kRequired && (column == "source" || column == "quality");
}

const std::vector<TableSpec>& table_specs() {
  static const std::vector<TableSpec> kSpecs = make_specs();
  return kSpecs;
}

const TableSpec& table_spec(std::string_view name) {
  const auto& specs = table_specs();
  const auto found =
      std::find_if(specs.begin(), specs.end(), [&](const auto& spec) { return spec.name == name; });
  if (found == specs.end()) throw std::logic_error("a study has no table " + std::string(name));
  return *found;
}

RangeColumns range_columns(const TableSpec& table, std::string_view column) {
  if (table.name == "parameter") return {"low", "high"};
  return {std::string(column) + "_low", std::string(column) + "_high"};
}

bool is_id(std::string_view text) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_allowed);
}

std::vector<std::string> study_files() {
  std::vector<std::string> files = {std::string(kStudyFile), std::string(kOutlineFile),
                                    std::string(kSeaRouteFile)};
  for (const TableSpec& spec : table_specs()) files.push_back(spec.file());
  std::sort(files.begin(), files.end());
  return files;
}

std::string_view parameter_unit(std::string_view parameter) {
  constexpr std::pair<std::string_view, std::string_view> kUnits[] = {{"chain_dispersion", "1"},
                                                                      {"road_operating_h_per_year", "h"},
                                                                      {"assumed_use", "1"},
                                                                      {"delay_alpha", "1"},
                                                                      {"delay_beta", "1"},
                                                                      {"intra_region_km_cap", "km"},
                                                                      {"material_change_percent", "%"},
                                                                      {"foreign_size", "1"},
                                                                      {"project_discount_percent", "%"},
                                                                      {"project_life_years", "year"}};
  for (const auto& [name, unit] : kUnits) {
    if (name == parameter) return unit;
  }
  return "";
}

}  // namespace gerbang::io
