// /api/evaluations: edits solved on request, watched, stopped.
#include <nlohmann/json.hpp>

#include "apps/server/edits.h"
#include "apps/server/endpoints.h"
#include "gerbang/report/page_data.h"
#include "gerbang/report/page_rank.h"

namespace gerbang::server {
namespace {

using OrderedJson = nlohmann::ordered_json;

const char* status_id(JobStatus status) {
  switch (status) {
    case JobStatus::kWaiting:
      return "waiting";
    case JobStatus::kSolving:
      return "solving";
    case JobStatus::kDone:
      return "done";
    case JobStatus::kCancelled:
      return "cancelled";
    case JobStatus::kFailed:
      return "failed";
  }
  return "";
}

std::string state_json(const JobState& state) {
  OrderedJson json = {
      {"id", state.id},
      {"status", status_id(state.status)},
      {"progress", {{"round", state.round}, {"residual", state.residual}, {"seconds", state.seconds}}}};
  if (!state.error.empty()) json["error"] = state.error;
  return json.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

// What was found is JSON already, "result" or "rank", and large: put in as it is.
std::string with_result(const JobState& state) {
  std::string json = state_json(state);
  if (state.result) json.replace(json.size() - 1, 1, "," + *state.result + "}");
  return json;
}

std::optional<report::Comparison> compare(const evaluate::Evaluator& evaluator,
                                          const std::shared_ptr<const evaluate::Outcome>& reference,
                                          const evaluate::Outcome& outcome) {
  return report::Comparison{reference, evaluate::gains(evaluator.base_year().economy, *reference, outcome)};
}

// The outcome against the same scenario without the edits ("predecessor"), and against the first scenario.
std::string solve(Service& service, const evaluate::Request& request) {
  evaluate::Evaluator& evaluator = service.evaluator();
  evaluate::Request unedited = request;
  unedited.edits.clear();
  unedited.run = evaluate::Run::kLong;
  evaluate::Request first = unedited;
  first.scenario = ScenarioId(0);
  const auto outcome = evaluator.evaluate(request);
  // What is tried may be tried without end: its document is kept for a while (Jobs), the outcome is not.
  if (!request.edits.empty()) evaluator.forget(request);
  report::RunResult run{.world = &evaluator.world(),
                        .base_year = &evaluator.base_year(),
                        .options = service.run().options,
                        .study_hash = evaluator.study_hash(),
                        .hash = outcome->hash,
                        .outcomes = {{outcome, compare(evaluator, evaluator.evaluate(unedited), *outcome),
                                      compare(evaluator, evaluator.evaluate(first), *outcome)}},
                        .verdict_changes = {}};
  const evaluate::Network network = evaluate::build_network(*outcome->world);
  const OrderedJson json = {
      {"summary", report::outcome_summary(run, 0)},
      {"outcome",
       report::outcome_document({.run = run, .index = 0, .network = network, .sources = service.sources()})}};
  return "\"result\":" + json.dump();
}

std::string rank(Service& service, const evaluate::Request& request) {
  const auto outcome = service.evaluator().evaluate(request);
  const Observer observer = [&service](const Progress& progress) { service.jobs().on_progress(progress); };
  return "\"rank\":" + report::rank_document(service.evaluator().base_year(), *outcome, observer).dump();
}

// The work begins when its turn comes.
Response start(Service& service, std::function<std::string()> work) {
  const std::optional<JobState> state = service.jobs().start(std::move(work));
  if (!state) return refusal(429, "too many evaluations wait; try again when one is done");
  return {.status = 202, .body = state_json(*state), .stream = {}};
}

Response unknown(const std::string& id) {
  return refusal(404, "no evaluation '" + id + "'; it may be forgotten, start it anew");
}

}  // namespace

Response start_evaluation(Service& service, const Request& request) {
  const World& world = service.evaluator().world();
  const evaluate::Request asked = request_of(read_trial(read_json(request.body), world), world);
  return start(service, [&service, asked] { return solve(service, asked); });
}

Response start_rank(Service& service, const Request& request) {
  const World& world = service.evaluator().world();
  const Trial trial = read_trial(read_json(request.body), world);
  const evaluate::Request asked{
      .scenario = trial.scenario, .year = trial.year, .closure = {}, .run = {}, .edits = {}};
  return start(service, [&service, asked] { return rank(service, asked); });
}

Response get_evaluation(Service& service, const std::string& id) {
  const std::optional<JobState> state = service.jobs().find(id);
  if (!state) return unknown(id);
  return {.body = with_result(*state), .stream = {}};
}

Response cancel_evaluation(Service& service, const std::string& id) {
  const std::optional<JobState> state = service.jobs().cancel(id);
  if (!state) return unknown(id);
  return {.body = state_json(*state), .stream = {}};
}

Response watch_evaluation(Service& service, const std::string& id) {
  if (!service.jobs().find(id)) return unknown(id);
  Response response{.content_type = "text/event-stream", .body = {}, .stream = {}};
  response.stream = [&jobs = service.jobs(), id]() -> Piece {
    const std::optional<JobState> state = jobs.find(id);
    if (!state) return {"", true};
    return {"data: " + state_json(*state) + "\n\n", state->is_over()};
  };
  return response;
}

}  // namespace gerbang::server
