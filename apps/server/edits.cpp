#include "apps/server/edits.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "gerbang/base/error.h"
#include "gerbang/world/apply.h"
#include "gerbang/world/names.h"
#include "gerbang/world/rows.h"

namespace gerbang::server {
namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostEdits = 1000;

[[noreturn]] void refuse(Message found, Message expected) {
  throw InputError(Fault{"request", 0, 0, std::move(found), std::move(expected)});
}

std::string text_of(const Json& json, const char* key) {
  if (!json.contains(key) || !json[key].is_string())
    refuse(said({"tidak ada teks '{}'", "no text '{}'"}, key), {"sebuah teks", "a string"});
  return json[key].get<std::string>();
}

std::vector<std::string> texts_of(const Json& json, const char* key) {
  std::vector<std::string> texts;
  if (!json.contains(key)) return texts;
  if (!json[key].is_array() || json[key].size() > kMostEdits)
    refuse(said({"'{}' bukan daftar", "'{}' is no list"}, key), {"daftar id", "a list of ids"});
  for (const Json& text : json[key]) {
    if (!text.is_string())
      refuse(said({"'{}' memuat yang bukan teks", "'{}' holds what is no text"}, key),
             {"daftar id", "a list of ids"});
    texts.push_back(text.get<std::string>());
  }
  return texts;
}

// The row with this id. Rows: a table whose rows have an id.
template <class IdType, class Rows>
IdType find_row(const Rows& rows, const std::string& id, const char* what) {
  std::vector<std::string> ids;
  for (const IdType row : rows.ids()) {
    if (rows[row].id == id) return row;
    ids.push_back(rows[row].id);
  }
  const std::string near = nearest(id, ids);
  refuse(said({"tidak ada {} '{}'", "no {} '{}'"}, what, id),
         near.empty() ? Text{"salah satu dari studi", "one of the study"}
                      : said({"maksudnya '{}'?", "did you mean '{}'?"}, near));
}

Edit read_edit(const Json& json, const World& world) {
  if (!json.is_object())
    refuse({"perubahan yang bukan objek", "an edit that is no object"},
           {"table, row, column, operation, value", "table, row, column, operation, value"});
  Edit edit;
  edit.table = text_of(json, "table");
  edit.row = text_of(json, "row");
  edit.column = text_of(json, "column");
  const std::string operation = text_of(json, "operation");
  const auto known = std::find_if(std::begin(kEditOperationNames), std::end(kEditOperationNames),
                                  [&](const auto& name) { return name.name == operation; });
  if (known == std::end(kEditOperationNames))
    refuse(said({"operasi '{}'", "operation '{}'"}, operation),
           {"set, add atau multiply", "set, add or multiply"});
  edit.operation = known->value;
  if (!json.contains("value") || !json["value"].is_number())
    refuse({"perubahan tanpa nilai", "an edit without value"}, {"sebuah angka", "a number"});
  edit.value = json["value"].get<double>();
  if (!std::isfinite(edit.value))
    refuse({"perubahan yang nilainya tidak berhingga", "an edit whose value is not finite"},
           {"sebuah angka", "a number"});
  if (const std::optional<EditFault> fault = find_fault(world, edit)) refuse(fault->found, fault->expected);
  return edit;
}

// is_present of everything that names the project.
std::vector<Edit> presence(const World& world, ProjectId project, double value) {
  std::vector<Edit> edits;
  const auto add = [&](const char* table, const auto& rows) {
    for (const auto& row : rows)
      if (row.project == project)
        edits.push_back({.project = {},
                         .table = table,
                         .row = row.id,
                         .column = "is_present",
                         .operation = EditOperation::kSet,
                         .value = value,
                         .provenance = {}});
  };
  add("link", world.links);
  add("terminal", world.terminals);
  add("service", world.services);
  for (const TrendPoint& point : world.trends)
    if (point.project == project)
      edits.push_back({.project = {},
                       .table = "trend",
                       .row = row_id(world, point),
                       .column = "is_present",
                       .operation = EditOperation::kSet,
                       .value = value,
                       .provenance = {}});
  return edits;
}

Edit undone(const Edit& edit) {
  Edit back = edit;
  back.project.reset();
  if (edit.operation == EditOperation::kAdd) {
    back.value = -edit.value;
  } else if (edit.operation == EditOperation::kMultiply && edit.value != 0.0) {
    back.value = 1.0 / edit.value;
  } else {
    refuse(said({"perubahan {} {} {} tidak dapat dibatalkan", "the edit of {} {} {} cannot be undone"},
                edit.table, edit.row, edit.column),
           {"matikan proyek lain, atau ubah selnya sendiri",
            "switch off another project, or edit the cell itself"});
  }
  return back;
}

}  // namespace

std::vector<Edit> switched_on(const World& world, ProjectId project) {
  std::vector<Edit> edits = presence(world, project, 1.0);
  for (const Edit& edit : world.edits)
    if (edit.project == project) {
      edits.push_back(edit);
      edits.back().project.reset();
    }
  return edits;
}

std::vector<Edit> switched_off(const World& world, ProjectId project) {
  std::vector<Edit> edits = presence(world, project, 0.0);
  for (const Edit& edit : world.edits)
    if (edit.project == project) edits.push_back(undone(edit));
  return edits;
}

Trial read_trial(const Json& json, const World& world) {
  Trial trial;
  trial.scenario = find_row<ScenarioId>(world.scenarios, text_of(json, "scenario"), "scenario");
  if (!json.contains("year") || !json["year"].is_number_integer())
    refuse({"tidak ada tahun", "no year"}, {"salah satu tahun studi", "a year of the study"});
  const auto year = json["year"].get<std::int64_t>();
  if (std::find(world.years.begin(), world.years.end(), year) == world.years.end())
    refuse(said({"tahun {}", "year {}"}, year), {"salah satu tahun studi", "a year of the study"});
  trial.year = static_cast<int>(year);
  const std::string run = json.contains("run") ? text_of(json, "run") : "long";
  if (run != "long" && run != "short")
    refuse(said({"run '{}'", "run '{}'"}, run), {"long atau short", "long or short"});
  trial.run = run == "short" ? evaluate::Run::kShort : evaluate::Run::kLong;
  if (json.contains("edits")) {
    if (!json["edits"].is_array() || json["edits"].size() > kMostEdits)
      refuse({"'edits' bukan daftar", "'edits' is no list"},
             {"paling banyak 1000 perubahan", "at most 1000 edits"});
    for (const Json& edit : json["edits"]) trial.edits.push_back(read_edit(edit, world));
  }
  for (const std::string& id : texts_of(json, "switch_on"))
    trial.switch_on.push_back(find_row<ProjectId>(world.projects, id, "project"));
  for (const std::string& id : texts_of(json, "switch_off"))
    trial.switch_off.push_back(find_row<ProjectId>(world.projects, id, "project"));
  return trial;
}

evaluate::Request request_of(const Trial& trial, const World& world) {
  evaluate::Request request{.scenario = trial.scenario,
                            .year = trial.year,
                            .closure = trade::DeficitClosure::kFixed,
                            .run = trial.run,
                            .edits = {}};
  const auto append = [&](const std::vector<Edit>& edits) {
    request.edits.insert(request.edits.end(), edits.begin(), edits.end());
  };
  for (const ProjectId project : trial.switch_on) append(switched_on(world, project));
  for (const ProjectId project : trial.switch_off) append(switched_off(world, project));
  append(trial.edits);
  return request;
}

Json read_json(const std::string& body) {
  Json json = Json::parse(body, nullptr, false);
  if (json.is_discarded() || !json.is_object())
    refuse({"isi permintaan bukan objek JSON", "the body is no JSON object"},
           {"lihat api/openapi.yaml", "see api/openapi.yaml"});
  return json;
}

}  // namespace gerbang::server
