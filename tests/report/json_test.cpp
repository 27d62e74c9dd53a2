#include "gerbang/report/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "gerbang/base/parallel.h"
#include "tests/report/tiny_run.h"

namespace gerbang::report::test {
namespace {

using Json = nlohmann::ordered_json;

TEST(Json, HasTheKeysThatAreStable) {
  const Json json = to_json(tiny_run(), tiny_sources());
  EXPECT_EQ(json["study"], "tiny");
  EXPECT_EQ(json["version"], "9.9");
  EXPECT_FALSE(json.contains("timing"));
  ASSERT_EQ(json["outcomes"].size(), tiny_run().outcomes.size());
  for (const Json& outcome : json["outcomes"]) {
    for (const char* key :
         {"scenario", "year", "reference", "closure", "residuals", "regions", "terminals", "services",
          "links", "tonnes_by_mode", "unserved_tonnes", "against_base", "is_converged"})
      EXPECT_TRUE(outcome.contains(key)) << key;
    for (const char* key : {"road_gap", "use", "market"})
      EXPECT_TRUE(outcome["residuals"][key].is_number()) << key;
    for (const Json& region : outcome["regions"])
      for (const char* key : {"region_id", "ev_idr_bn", "ev_percent", "ev_low", "ev_high", "verdict"})
        EXPECT_TRUE(region.contains(key)) << key;
  }
}

TEST(Json, HoldsTheNumbersOfTheOutcome) {
  const RunResult& run = tiny_run();
  const std::size_t index = index_of(run, "ship", 2030);
  const Json outcome = to_json(run, tiny_sources())["outcomes"][index];
  const ComparedOutcome& compared = run.outcomes[index];
  EXPECT_EQ(outcome["reference"], "grow");
  EXPECT_EQ(outcome["closure"], "fixed");
  EXPECT_EQ(outcome["against_base"]["reference"], "base");
  ASSERT_EQ(outcome["regions"].size(), 3U);
  for (std::size_t r = 0; r < 3; ++r) {
    EXPECT_EQ(outcome["regions"][r]["ev_idr_bn"].get<double>(),
              compared.predecessor->gains.regions[r].ev_idr_bn);
    EXPECT_EQ(outcome["against_base"]["regions"][r]["ev_percent"].get<double>(),
              compared.base->gains.regions[r].ev_percent);
    EXPECT_TRUE(outcome["regions"][r]["ev_low"].is_null());
  }
  EXPECT_EQ(outcome["ev_idr_bn"].get<double>(), compared.predecessor->gains.ev_idr_bn);
  EXPECT_EQ(outcome["residuals"]["use"].get<double>(), compared.outcome->residuals.use);
  EXPECT_EQ(outcome["unserved_tonnes"].get<double>(), compared.outcome->unserved_kt * 1e3);
  // The movers of "grow" are in both "ship" and its predecessor, and not in "base".
  EXPECT_TRUE(outcome["movers"].empty());
  ASSERT_EQ(outcome["against_base"]["movers"].size(), 1U);
  EXPECT_EQ(outcome["against_base"]["movers"][0]["people"].get<double>(), 100e3);
}

TEST(Json, TheFirstScenarioIsComparedWithNothing) {
  const Json outcome = to_json(tiny_run(), tiny_sources())["outcomes"][0];
  EXPECT_TRUE(outcome["reference"].is_null());
  EXPECT_TRUE(outcome["regions"].empty());
}

TEST(Json, IsTheSameBytesForAnyNumberOfThreadsAndAnyCache) {
  const std::size_t threads = thread_count();
  std::vector<std::string> texts;
  for (const std::size_t count : {std::size_t{1}, std::size_t{2}}) {
    set_thread_count(count);
    evaluate::Evaluator evaluator(named_world(), {.study_hash = "tiny", .fingerprint = "test"});
    texts.push_back(to_json(run(evaluator, all_of(evaluator.world())), tiny_sources()).dump(1));
  }
  set_thread_count(threads);
  EXPECT_EQ(texts[0], texts[1]);
  EXPECT_EQ(texts[0], to_json(tiny_run(), tiny_sources()).dump(1));
}

TEST(Json, NumbersReadBackAsTheSameDoubles) {
  const Json json = to_json(tiny_run(), tiny_sources());
  EXPECT_EQ(Json::parse(json.dump(1)), json);
}

}  // namespace
}  // namespace gerbang::report::test
