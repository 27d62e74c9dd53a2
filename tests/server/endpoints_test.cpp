// The endpoints, called as the server calls them, without a socket.
#include "apps/server/endpoints.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>
#include <vector>

#include "apps/server/listener.h"
#include "gerbang/io/study.h"
#include "tests/report/tiny_run.h"

namespace gerbang::server::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// What a study's rows must hold and the tiny world leaves blank.
void fill_blanks(World& world) {
  const auto name = [](auto&... rows) {
    const auto each = [](auto& table) {
      for (auto& row : table) row.provenance.source = "test";
    };
    (each(rows), ...);
  };
  name(world.parameter_rows, world.regions, world.sectors, world.freight_classes, world.nodes, world.links,
       world.terminals, world.services, world.projects, world.value_added, world.input_output,
       world.final_demand, world.foreign_trade, world.observed_flows, world.edits, world.trends, world.moves,
       world.payers);
  for (gerbang::Service& service : world.services) {
    name(service.legs);
    service.carrier = "carrier";
  }
  for (Link& link : world.links) link.facility = "road";
  for (Project& project : world.projects) {
    name(project.owners);
    project.name = project.name_en = project.id;
  }
}

// A server of the tiny study, which lies in a folder of its own.
class Endpoints : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = fs::temp_directory_path() / ("gerbang-endpoints-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    World world = report::test::named_world();
    world.regions[RegionId(0)].name = "<img src=x onerror=alert(1)>";
    fill_blanks(world);
    io::write_study(world, folder_ / "study");
    evaluator_ = new evaluate::Evaluator(
        world, {.study_hash = "tiny", .fingerprint = "test", .observer = [](const Progress& progress) {
                  if (jobs_ != nullptr) jobs_->on_progress(progress);
                }});
    jobs_ = new Jobs;
    service_ = new Service(*evaluator_, report::test::tiny_sources(), *jobs_,
                           {.study = folder_ / "study", .saves = folder_ / "saves", .page = "<html></html>"});
  }
  static void TearDownTestSuite() {
    jobs_->close();
    delete service_;
    Jobs* jobs = jobs_;
    jobs_ = nullptr;
    delete jobs;
    delete evaluator_;
    fs::remove_all(folder_);
  }

  static Response get(const std::string& path) { return route(*service_, {.path = path}); }
  static Response post(const std::string& path, const Json& body,
                       const std::string& type = "application/json") {
    return route(*service_, {.method = "POST", .path = path, .content_type = type, .body = body.dump()});
  }
  // Waits until the evaluation is over.
  static Json result_of(const std::string& id) {
    for (int i = 0; i < 12'000; ++i) {  // ten minutes: sanitizers are slow, and so may the machine be
      const Json state = Json::parse(get("/api/evaluations/" + id).text());
      if (state["status"] != "waiting" && state["status"] != "solving") return state;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return {};
  }
  static Json closing_the_service() {
    const World& world = evaluator_->world();
    return {{"scenario", "ship"},
            {"year", 2030},
            {"edits",
             {{{"table", "terminal"},
               {"row", world.terminals[TerminalId(0)].id},
               {"column", "handling_h"},
               {"operation", "multiply"},
               {"value", 2}}}}};
  }

  static inline fs::path folder_;
  static inline evaluate::Evaluator* evaluator_ = nullptr;
  static inline Jobs* jobs_ = nullptr;
  static inline Service* service_ = nullptr;
};

TEST_F(Endpoints, ServeTheDocumentsOfTheContract) {
  EXPECT_EQ(get("/").content_type, "text/html; charset=utf-8");
  const Json study = Json::parse(get("/api/study").text());
  EXPECT_EQ(study["name"], "tiny");
  EXPECT_EQ(Json::parse(get("/api/scenarios").text()), study["scenarios"]);
  EXPECT_EQ(Json::parse(get("/api/outcomes").text()), study["outcomes"]);
  EXPECT_EQ(Json::parse(get("/api/outcomes/ship-2030").text())["year"], 2030);
  for (const Json& table : Json::parse(get("/api/tables").text())) {
    const Response csv = get("/api/tables/" + table["name"].get<std::string>() + ".csv");
    EXPECT_EQ(csv.status, 200);
    EXPECT_TRUE(csv.text().starts_with(table["columns"][0]["name"].get<std::string>()));
  }
}

TEST_F(Endpoints, AnswerWhatIsWrongWithAReasonAndA4xx) {
  EXPECT_EQ(get("/nothing").status, 404);
  EXPECT_EQ(get("/../study.toml").status, 404);
  EXPECT_EQ(get("/api/outcomes/../../study").status, 404);
  EXPECT_EQ(get("/api/tables/regions").status, 404);
  EXPECT_EQ(get("/api/evaluations/999").status, 404);
  EXPECT_EQ(route(*service_, {.method = "DELETE", .path = "/api/study"}).status, 405);
  EXPECT_EQ(post("/api/evaluations", closing_the_service(), "text/plain").status, 415);
  for (const char* body :
       {"", "[]", "null", "{", "{\"scenario\":1}", "{\"scenario\":\"none\",\"year\":2030}",
        "{\"scenario\":\"ship\",\"year\":1e400}", "{\"scenario\":\"ship\",\"year\":2030,\"edits\":[7]}"}) {
    const Response refused = route(
        *service_,
        {.method = "POST", .path = "/api/evaluations", .content_type = "application/json", .body = body});
    EXPECT_EQ(refused.status, 422) << body;
    EXPECT_FALSE(Json::parse(refused.body)["error"].get<std::string>().empty());
  }
}

TEST_F(Endpoints, SuggestWhatWasMeant) {
  Json body = closing_the_service();
  body["scenario"] = "shop";
  EXPECT_NE(post("/api/evaluations", body).body.find("did you mean 'ship'?"), std::string::npos);
}

TEST_F(Endpoints, SolveAnEditAsTheEngineDoes) {
  const Json started = Json::parse(post("/api/evaluations", closing_the_service()).body);
  const Json state = result_of(started["id"]);
  ASSERT_EQ(state["status"], "done") << state.dump();
  evaluate::Request request{.scenario = ScenarioId(2), .year = 2030};
  ASSERT_EQ(evaluator_->world().scenarios[request.scenario].id, "ship");
  const auto reference = evaluator_->evaluate(request);
  request.edits = {{.project = {},
                    .table = "terminal",
                    .row = evaluator_->world().terminals[TerminalId(0)].id,
                    .column = "handling_h",
                    .operation = EditOperation::kMultiply,
                    .value = 2.0,
                    .provenance = {}}};
  const evaluate::Gains gains =
      evaluate::gains(evaluator_->base_year().economy, *reference, *evaluator_->evaluate(request));
  EXPECT_EQ(state["result"]["summary"]["comparisons"][0]["ev_idr_bn"].get<double>(), gains.ev_idr_bn);
  EXPECT_NE(gains.ev_idr_bn, 0.0);
}

TEST_F(Endpoints, KeepNoOutcomeOfWhatWasTried) {
  const Json started = Json::parse(post("/api/evaluations", closing_the_service()).body);
  ASSERT_EQ(result_of(started["id"])["status"], "done");
  evaluate::Request request{.scenario = ScenarioId(2), .year = 2030};
  EXPECT_NE(evaluator_->known(request), nullptr);
  request.edits = {{.project = {},
                    .table = "terminal",
                    .row = evaluator_->world().terminals[TerminalId(0)].id,
                    .column = "handling_h",
                    .operation = EditOperation::kMultiply,
                    .value = 2.0,
                    .provenance = {}}};
  EXPECT_EQ(evaluator_->known(request), nullptr);
}

// One per cent less handling time, by the adjoint and by a solve.
TEST_F(Endpoints, RankWhatASmallEditIsWorth) {
  const Json started = Json::parse(post("/api/ranks", {{"scenario", "ship"}, {"year", 2030}}).body);
  const Json state = result_of(started["id"]);
  ASSERT_EQ(state["status"], "done") << state.dump();
  const Json& rank = state["rank"];
  ASSERT_TRUE(rank["is_converged"].get<bool>());
  ASSERT_EQ(rank["terminals"]["of"][0], 0);
  const double per_hour = rank["terminals"]["worth"]["handling_h"][0];
  const double worth = 0.01 * evaluator_->world().terminals[TerminalId(0)].handling_h * per_hour;
  Json body = closing_the_service();
  body["edits"][0]["value"] = 0.99;
  const Json edited = result_of(Json::parse(post("/api/evaluations", body).body)["id"]);
  const double solved = edited["result"]["summary"]["comparisons"][0]["ev_idr_bn"];
  EXPECT_NE(worth, 0.0);
  EXPECT_NEAR(worth, solved, 0.02 * std::abs(solved));
}

TEST_F(Endpoints, WatchAnEvaluationToItsEnd) {
  const Json started = Json::parse(post("/api/evaluations", closing_the_service()).body);
  const Response events = get("/api/evaluations/" + started["id"].get<std::string>() + "/events");
  ASSERT_TRUE(events.stream);
  Piece piece;
  for (int i = 0; i < 30'000 && !piece.is_last; ++i) {
    piece = events.stream();
    EXPECT_TRUE(piece.text.starts_with("data: {"));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_TRUE(piece.is_last);
}

TEST_F(Endpoints, SaveAScenarioIntoACopyThatReadsBack) {
  const std::string before = io::study_hash(folder_ / "study");
  const Json body = {
      {"scenario_id", "slow"}, {"name", "Slow <b> \"port\""}, {"evaluation", closing_the_service()}};
  const Response saved = post("/api/scenarios", body);
  ASSERT_EQ(saved.status, 201) << saved.body;
  const World world = io::read_study(Json::parse(saved.body)["folder"].get<std::string>());
  EXPECT_EQ(world.scenarios.rows().back().id, "slow");
  EXPECT_EQ(world.scenarios.rows().back().name, "Slow <b> \"port\"");
  EXPECT_EQ(world.edits.back().column, "handling_h");
  EXPECT_EQ(io::study_hash(folder_ / "study"), before);
  EXPECT_EQ(post("/api/scenarios", body).status, 409);
}

// What JSON escapes otherwise than TOML: planes beyond the first, DEL, control characters.
TEST_F(Endpoints, NamesOfSavedScenariosMayHoldAnyCharacter) {
  const std::string name = "Kapal \xF0\x9F\x9A\xA2 \x7f \t \\ é";
  const Response saved =
      post("/api/scenarios",
           {{"scenario_id", "ship-name"}, {"name", name}, {"evaluation", closing_the_service()}});
  ASSERT_EQ(saved.status, 201) << saved.body;
  const World world = io::read_study(Json::parse(saved.body)["folder"].get<std::string>());
  EXPECT_EQ(world.scenarios.rows().back().name, name);
}

// What is saved is what was tried: solved as a scenario of its own it gives the same, to the last digit.
TEST_F(Endpoints, ASavedScenarioSolvesToWhatWasTried) {
  const Json state = result_of(Json::parse(post("/api/evaluations", closing_the_service()).body)["id"]);
  ASSERT_EQ(state["status"], "done") << state.dump();
  const Response saved = post(
      "/api/scenarios", {{"scenario_id", "tried"}, {"name", "tried"}, {"evaluation", closing_the_service()}});
  ASSERT_EQ(saved.status, 201) << saved.body;
  evaluate::Evaluator evaluator(io::read_study(Json::parse(saved.body)["folder"].get<std::string>()),
                                {.study_hash = "saved", .fingerprint = "test", .observer = {}});
  const auto reference = evaluator.evaluate({.scenario = ScenarioId(2), .year = 2030});
  const auto outcome =
      evaluator.evaluate({.scenario = ScenarioId(evaluator.world().scenarios.size() - 1), .year = 2030});
  const evaluate::Gains gains = evaluate::gains(evaluator.base_year().economy, *reference, *outcome);
  EXPECT_EQ(state["result"]["summary"]["comparisons"][0]["ev_idr_bn"].get<double>(), gains.ev_idr_bn);
}

TEST_F(Endpoints, OfTwoWhoSaveUnderOneNameAtOnceOneDoes) {
  const Json body = {{"scenario_id", "race"}, {"name", "race"}, {"evaluation", closing_the_service()}};
  std::array<int, 4> statuses{};
  {
    std::vector<std::jthread> threads;
    for (int& status : statuses) threads.emplace_back([&] { status = post("/api/scenarios", body).status; });
  }
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 201), 1);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 409), 3);
  EXPECT_NO_THROW((void)io::read_study(folder_ / "saves" / "tiny-race"));
}

// A copy that exists, or a scenario that does: the study's own is not written over.
TEST_F(Endpoints, AScenarioThatTheStudyHasIsNotSavedAgain) {
  const Response refused =
      post("/api/scenarios", {{"scenario_id", "ship"}, {"name", "x"}, {"evaluation", closing_the_service()}});
  EXPECT_EQ(refused.status, 422) << refused.body;
  EXPECT_FALSE(fs::exists(folder_ / "saves" / "tiny-ship"));
}

// Bodies that are JSON, and no requests: each is refused with a reason, or solved.
TEST_F(Endpoints, RandomEditsAreRefusedOrSolvedAndNeverCrash) {
  std::mt19937 random(11);
  const auto one_of = [&](const std::vector<Json>& values) { return values[random() % values.size()]; };
  const std::vector<Json> odd = {nullptr, true, -1,    1e300,         1e-300,         "",
                                 "0",     "x",  "../", Json::array(), Json::object(), "terminal"};
  const World& world = evaluator_->world();
  const std::vector<Json> tables = {"link",   "terminal",  "service", "service_leg",
                                    "region", "parameter", "none"};
  const std::vector<Json> columns = {"is_present",
                                     "handling_h",
                                     "capacity_mt_per_year",
                                     "departures_per_week",
                                     "capacity_pcu_h",
                                     "free_speed_kmh",
                                     "name",
                                     "none"};
  const std::vector<Json> rows = {world.terminals[TerminalId(0)].id, world.links[LinkId(0)].id,
                                  world.services[ServiceId(0)].id, world.regions[RegionId(0)].id, "none"};
  const std::vector<Json> values = {0, 1, -1, 0.5, 1e-9, 1e9, 1e300};
  for (int i = 0; i < 400; ++i) {
    Json edit = {{"table", one_of(tables)},
                 {"row", one_of(rows)},
                 {"column", one_of(columns)},
                 {"operation", one_of({"set", "add", "multiply", "none"})},
                 {"value", one_of(values)}};
    Json body = {{"scenario", one_of({"ship", "base", "none"})},
                 {"year", one_of({2030, 2024, 1, 2030.5})},
                 {"edits", Json::array({edit})}};
    if (random() % 3 == 0) body[one_of({"scenario", "year", "edits", "run", "switch_on"})] = one_of(odd);
    if (random() % 3 == 0) body["edits"] = Json::array({edit, one_of(odd)});
    const Response response = post("/api/evaluations", body);
    ASSERT_TRUE(response.status == 202 || response.status == 422) << response.status << ' ' << body.dump();
    if (response.status == 422) {
      EXPECT_FALSE(Json::parse(response.body)["error"].get<std::string>().empty()) << body.dump();
      continue;
    }
    const Json state = result_of(Json::parse(response.body)["id"]);
    ASSERT_TRUE(state["status"] == "done" || state["status"] == "failed") << body.dump() << state.dump();
  }
}

TEST_F(Endpoints, DeeplyNestedBodiesAreRefused) {
  const std::string deep(400'000, '[');
  for (const std::string& body :
       {deep, "{\"scenario\":" + deep + std::string(deep.size(), ']') + "}",
        R"({"scenario":"ship","year":2030,"x":)" + deep + std::string(deep.size(), ']') + "}"}) {
    const Response response = route(
        *service_,
        {.method = "POST", .path = "/api/evaluations", .content_type = "application/json", .body = body});
    EXPECT_TRUE(response.status == 422 || response.status == 202) << response.status;
  }
}

TEST_F(Endpoints, NamesOfScenariosAreNoPaths) {
  for (const char* id : {"", "../x", "a/b", "..", "a b", "x\n[y]"})
    EXPECT_EQ(
        post("/api/scenarios", {{"scenario_id", id}, {"name", "x"}, {"evaluation", closing_the_service()}})
            .status,
        422)
        << id;
  EXPECT_FALSE(fs::exists(folder_ / "x"));
}

TEST_F(Endpoints, WhatIsWrittenInTheStudyStaysText) {
  const Json study = Json::parse(get("/api/study").text());
  EXPECT_EQ(study["regions"][0]["name"], "<img src=x onerror=alert(1)>");
  EXPECT_EQ(get("/api/study").content_type, "application/json");
}

TEST(Jobs, StopsWhatWaitsAndWhatRuns) {
  Jobs jobs;
  std::atomic<bool> is_running = false;
  const auto endless = [&] {
    is_running = true;
    for (;;) {
      jobs.on_progress({.task = "test", .done = 1, .total = 0, .residual = 0.0});
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return std::string();
  };
  const JobState running = *jobs.start(endless);
  const JobState waiting = *jobs.start(endless);
  while (!is_running) std::this_thread::yield();
  EXPECT_EQ(jobs.cancel(waiting.id)->status, JobStatus::kCancelled);
  (void)jobs.cancel(running.id);
  while (!jobs.find(running.id)->is_over()) std::this_thread::yield();
  EXPECT_EQ(jobs.find(running.id)->status, JobStatus::kCancelled);
}

TEST(Jobs, RefusesMoreThanMayWait) {
  Jobs jobs;
  std::size_t taken = 0;
  for (std::size_t i = 0; i < Jobs::kMostWaiting + 5; ++i)
    if (jobs.start([&]() -> std::string {
          for (;;) {
            jobs.on_progress({.task = "test", .done = 0, .total = 0, .residual = 0.0});
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
          }
        }))
      ++taken;
  EXPECT_LE(taken, Jobs::kMostWaiting + 1);
}

TEST(Listener, UndoesEscapesOnceAndRefusesBrokenOnes) {
  EXPECT_EQ(undo_escapes("/a%2fb%20c"), "/a/b c");
  EXPECT_EQ(undo_escapes("/%252e"), "/%2e");
  for (const char* broken : {"/%", "/%2", "/%zz"}) EXPECT_EQ(undo_escapes(broken), "") << broken;
}

TEST(Listener, ComparesSecretsWhole) {
  EXPECT_TRUE(is_same_secret("Bearer abc", "Bearer abc"));
  for (const char* wrong : {"", "Bearer ab", "Bearer abd", "Bearer abcd"})
    EXPECT_FALSE(is_same_secret(wrong, "Bearer abc")) << wrong;
}

TEST(Listener, KnowsWhichAddressesAreThisMachine) {
  EXPECT_TRUE(is_loopback("127.0.0.1"));
  EXPECT_TRUE(is_loopback("::1"));
  EXPECT_FALSE(is_loopback("0.0.0.0"));
  EXPECT_FALSE(is_loopback("10.0.0.1"));
  EXPECT_FALSE(is_loopback("no address"));
}

}  // namespace
}  // namespace gerbang::server::test
