// POST /api/scenarios: a trial becomes a scenario of a copy of the study, with one project that holds its
// edits. The study itself is never written; a copy that does not read back is removed.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "apps/server/edits.h"
#include "apps/server/endpoints.h"
#include "gerbang/base/error.h"
#include "gerbang/io/file.h"
#include "gerbang/io/study.h"
#include "gerbang/world/names.h"

namespace gerbang::server {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Row = std::map<std::string, std::string>;

constexpr std::size_t kLongestId = 40;
constexpr std::size_t kLongestName = 200;

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= kLongestId &&
         std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

// Appends rows by the columns that the file has; one that is absent is made with these.
void append_rows(const fs::path& file, const std::string& columns, const std::vector<Row>& rows) {
  if (rows.empty()) return;
  std::string text = fs::exists(file) ? io::read_file(file) : columns + "\n";
  if (!text.ends_with('\n')) text += '\n';
  const std::string header = text.substr(0, text.find_first_of("\r\n"));
  for (const Row& row : rows) {
    std::istringstream names(header);
    std::string line, name;
    for (bool is_first = true; std::getline(names, name, ','); is_first = false) {
      const auto cell = row.find(name);
      line += (is_first ? "" : ",") + (cell == row.end() ? "" : csv_cell(cell->second));
    }
    text += line + "\n";
  }
  io::write_file_atomically(file, text);
}

// JSON's escapes are TOML's, except that TOML takes no DEL as it is.
std::string toml_text(const std::string& text) {
  std::string quoted;
  for (const char c : Json(text).dump(-1, ' ', false, Json::error_handler_t::replace))
    quoted += c == '\x7f' ? std::string("\\u007F") : std::string(1, c);
  return quoted;
}

struct NewScenario {
  std::string id;
  std::string name;
  Trial trial;
};

void add_project(const fs::path& folder, const NewScenario& scenario, const std::vector<Edit>& edits) {
  const std::string project = "try-" + scenario.id;
  const std::string source = "tried on the page";
  append_rows(folder / "project.csv", "project_id,name,name_en,status,year,source,quality",
              {{{"project_id", project},
                {"name", scenario.name},
                {"name_en", scenario.name},
                {"status", "proposed"},
                {"source", source},
                {"quality", "assumed"}}});
  std::vector<Row> rows;
  for (const Edit& edit : edits)
    rows.push_back({{"project_id", project},
                    {"table", edit.table},
                    {"row", edit.row},
                    {"column", edit.column},
                    {"operation", std::string(name_of(edit.operation))},
                    {"value", fmt::format("{}", edit.value)},
                    {"source", source},
                    {"quality", "assumed"}});
  append_rows(folder / "edit.csv", "project_id,table,row,column,operation,value,source,quality", rows);
}

void add_scenario(const fs::path& folder, const NewScenario& scenario, const World& world) {
  std::string projects = toml_text("try-" + scenario.id);
  for (const ProjectId project : scenario.trial.switch_on)
    projects += ", " + toml_text(world.projects[project].id);
  std::string text = io::read_file(folder / "study.toml");
  text += fmt::format("\n[scenarios.{}]\npredecessor = {}\nname = {}\nname_en = {}\nprojects = [{}]\n",
                      scenario.id, toml_text(world.scenarios[scenario.trial.scenario].id),
                      toml_text(scenario.name), toml_text(scenario.name), projects);
  io::write_file_atomically(folder / "study.toml", text);
}

void write_copy(const Service& service, const fs::path& folder, const NewScenario& scenario) {
  const World& world = service.evaluator().world();
  for (const fs::directory_entry& entry : fs::directory_iterator(service.options().study))
    if (entry.is_regular_file()) fs::copy_file(entry.path(), folder / entry.path().filename());
  std::vector<Edit> edits;
  for (const ProjectId project : scenario.trial.switch_off)
    for (const Edit& edit : switched_off(world, project)) edits.push_back(edit);
  edits.insert(edits.end(), scenario.trial.edits.begin(), scenario.trial.edits.end());
  add_project(folder, scenario, edits);
  add_scenario(folder, scenario, world);
  (void)io::read_study(folder);  // throws where the study cannot hold the scenario
}

}  // namespace

Response save_scenario(Service& service, const Request& request) {
  const Json json = read_json(request.body);
  const World& world = service.evaluator().world();
  if (!json.contains("scenario_id") || !json["scenario_id"].is_string() || !is_id(json["scenario_id"]))
    return refusal(422, "scenario_id: 1 to 40 letters, digits, - and _");
  if (!json.contains("name") || !json["name"].is_string() ||
      json["name"].get<std::string>().size() > kLongestName)
    return refusal(422, "name: at most 200 characters");
  if (!json.contains("evaluation") || !json["evaluation"].is_object())
    return refusal(422, "evaluation: what was tried");
  const NewScenario scenario{json["scenario_id"], json["name"], read_trial(json["evaluation"], world)};
  const fs::path folder = service.options().saves / (world.name + "-" + scenario.id);
  fs::create_directories(service.options().saves);
  if (!fs::create_directory(folder))  // of two who ask at once, one makes it
    return refusal(409, "there is a copy with that scenario already; choose another name");
  try {
    write_copy(service, folder, scenario);
  } catch (...) {
    fs::remove_all(folder);
    throw;
  }
  return {.status = 201,
          .body = Json{{"folder", folder.string()}, {"scenario_id", scenario.id}}.dump(),
          .stream = {}};
}

}  // namespace gerbang::server
