// From the body of a request to what is solved: scenario, year, edits, and projects switched on or off.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "gerbang/evaluate/outcome.h"

namespace gerbang::server {

// What is tried, in the words of the request. Throws InputError for what the study does not have.
struct Trial {
  ScenarioId scenario;
  int year = 0;
  evaluate::Run run = evaluate::Run::kLong;
  std::vector<Edit> edits;
  std::vector<ProjectId> switch_on;
  std::vector<ProjectId> switch_off;
};
[[nodiscard]] Trial read_trial(const nlohmann::json& json, const World& world);

// What a project makes of the world as edits without it: its links, terminals and services open or closed,
// its own edits done or undone. Throws InputError where an edit cannot be undone (multiplied by zero).
[[nodiscard]] std::vector<Edit> switched_on(const World& world, ProjectId project);
[[nodiscard]] std::vector<Edit> switched_off(const World& world, ProjectId project);

// The whole trial as one request.
[[nodiscard]] evaluate::Request request_of(const Trial& trial, const World& world);

// The JSON object in the body. Throws InputError.
[[nodiscard]] nlohmann::json read_json(const std::string& body);

}  // namespace gerbang::server
