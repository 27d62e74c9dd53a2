#include <exception>
#include <nlohmann/json.hpp>

#include "apps/server/endpoints.h"
#include "gerbang/base/error.h"

namespace gerbang::server {
namespace {

bool is_json(const std::string& content_type) {
  return content_type == "application/json" || content_type.starts_with("application/json;");
}

// The part of the path after the prefix; the path must start with it.
std::string rest(const std::string& path, std::string_view prefix) {
  return path.substr(prefix.size());
}

Response not_allowed() {
  return refusal(405, "that method is not allowed here");
}

Response route_evaluation(Service& service, const Request& request) {
  std::string id = rest(request.path, "/api/evaluations/");
  constexpr std::string_view kEvents = "/events";
  if (id.ends_with(kEvents)) {
    id.resize(id.size() - kEvents.size());
    return request.method == "GET" ? watch_evaluation(service, id) : not_allowed();
  }
  if (request.method == "GET") return get_evaluation(service, id);
  return request.method == "DELETE" ? cancel_evaluation(service, id) : not_allowed();
}

Response route_post(Service& service, const Request& request) {
  if (!is_json(request.content_type)) return refusal(415, "the body must be application/json");
  if (request.path == "/api/evaluations") return start_evaluation(service, request);
  if (request.path == "/api/ranks") return start_rank(service, request);
  if (request.path == "/api/scenarios") return save_scenario(service, request);
  return not_allowed();
}

Response route_get(Service& service, const std::string& path) {
  const auto json = [](const std::string& text) { return Response{.body = {}, .kept = &text, .stream = {}}; };
  if (path == "/" || path == "/index.html") return get_page(service);
  if (path == "/api/study") return json(service.study());
  if (path == "/api/scenarios") return json(service.scenarios());
  if (path == "/api/outcomes") return json(service.outcomes());
  if (path == "/api/tables") return json(service.tables());
  if (path.starts_with("/api/outcomes/")) return get_outcome(service, rest(path, "/api/outcomes/"));
  if (path.starts_with("/api/tables/")) return get_table(service, rest(path, "/api/tables/"));
  return refusal(404, "nothing here; api/openapi.yaml lists what there is");
}

}  // namespace

Response refusal(int status, const std::string& reason) {
  using Json = nlohmann::json;
  return {.status = status,
          .body = Json{{"error", reason}}.dump(-1, ' ', false, Json::error_handler_t::replace),
          .stream = {}};
}

Response route(Service& service, const Request& request) {
  try {
    if (request.path.starts_with("/api/evaluations/")) return route_evaluation(service, request);
    if (request.method == "POST") return route_post(service, request);
    if (request.method == "GET") return route_get(service, request.path);
    return not_allowed();
  } catch (const InputError& error) {
    std::string reason;
    for (const Fault& fault : error.faults()) reason += (reason.empty() ? "" : "\n") + fault.text();
    return refusal(422, reason);
  } catch (const std::exception&) {
    return refusal(500, "this request could not be answered");
  }
}

}  // namespace gerbang::server
