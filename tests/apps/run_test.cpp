#include <gtest/gtest.h>
#include <sys/types.h>

#include <chrono>
#include <csignal>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/apps/run_study.h"

namespace gerbang::test {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

// Without what may differ from run to run.
Json read_json(const std::string& text) {
  Json json = Json::parse(text);
  EXPECT_TRUE(json.contains("timing"));
  json.erase("timing");
  return json;
}

TEST(Run, SolvesAStudyAndSaysWhereTheResultsAre) {
  const RunStudy study;
  const Said said = study.run();
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_EQ(said.err, "");
  EXPECT_TRUE(said.out.starts_with("A tiny world\n")) << said.out;
  EXPECT_NE(said.out.find("WHO GAINS, 2030"), std::string::npos) << said.out;
  EXPECT_NE(said.out.find("Results: " + study.place("results.gpkg").string()), std::string::npos) << said.out;
  EXPECT_TRUE(fs::exists(study.place("results.gpkg")));
}

TEST(Run, SpeaksIndonesian) {
  const RunStudy study;
  const Said said = study.run("--lang id");
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_TRUE(said.out.starts_with("Dunia kecil\n")) << said.out;
  EXPECT_NE(said.out.find("SIAPA YANG UNTUNG, 2030"), std::string::npos) << said.out;
}

TEST(Run, WritesToAFileNamedByItsContentUnlessToldOtherwise) {
  const RunStudy study;
  const std::string enter = "cd " + quoted(study.place(".")) + " && ";
  const std::string command =
      enter + "'" GERBANG_BINARY "' run study --cache none --year 2024 --scenario base >out 2>err";
  ASSERT_EQ(std::system(command.c_str()), 0);
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(study.place("results")))
    names.push_back(entry.path().filename());
  ASSERT_EQ(names.size(), 1U);
  EXPECT_EQ(names[0].size(), 16 + std::string(".gpkg").size());
}

TEST(Run, GivesTheSameBytesForAnyThreadsAndAnyCache) {
  const RunStudy study;
  const auto json_and_file = [&](const std::string& arguments) {
    const Said said = study.run("--json - " + arguments);
    EXPECT_EQ(said.exit_code, 0) << said.err;
    return std::pair(read_json(said.out).dump(), io::read_file(study.place("results.gpkg")));
  };
  const auto first = json_and_file("--threads 1");
  EXPECT_EQ(first, json_and_file("--threads 2"));  // from the cache
  fs::remove_all(study.place("cache"));
  EXPECT_EQ(first, json_and_file("--threads 2"));
  EXPECT_EQ(first, json_and_file("--threads 2 --cache none"));
}

TEST(Run, ChosenScenariosAndYearsHaveTheFiguresTheyHaveAmongAll) {
  const RunStudy study;
  const Json all = read_json(study.run("--json -").out);
  const Json one = read_json(study.run("--json - --scenario ship --year 2030").out);
  ASSERT_EQ(one["outcomes"].size(), 2U);
  for (const Json& outcome : one["outcomes"]) {
    std::size_t found = 0;
    for (const Json& other : all["outcomes"])
      if (other["hash"] == outcome["hash"]) {
        EXPECT_EQ(other["regions"], outcome["regions"]);
        EXPECT_EQ(other["against_base"], outcome["against_base"]);
        ++found;
      }
    EXPECT_EQ(found, 1U);
  }
}

TEST(Run, FiguresMoveWhenATariffMoves) {
  RunStudy study;
  const Json before = read_json(study.run("--json - --year 2030").out);
  for (ServiceLeg& leg : study.world().services[ServiceId(0)].legs) leg.tariff_idr_per_tonne *= 1.01;
  study.write();
  const Json after = read_json(study.run("--json - --year 2030").out);
  EXPECT_NE(before["outcomes"].back()["regions"], after["outcomes"].back()["regions"]);
}

TEST(Run, WritesFlowsAndTablesAsCsv) {
  const RunStudy study;
  const Said said =
      study.run("--flows " + quoted(study.place("flows.csv")) + " --csv " + quoted(study.place("tables")));
  EXPECT_EQ(said.exit_code, 0) << said.err;
  EXPECT_TRUE(
      io::read_file(study.place("flows.csv"))
          .starts_with(
              "scenario,year,closure,origin_region_id,destination_region_id,sector_id,value_idr_bn\n"));
  for (const char* table : {"who_gains", "links", "manifest"})
    EXPECT_TRUE(fs::exists(study.place("tables") / (std::string(table) + ".csv"))) << table;
}

TEST(Run, RefusesWhatTheStudyDoesNotHaveBeforeItSolves) {
  const RunStudy study;
  const Said said = study.run("--scenario shp");
  EXPECT_EQ(said.exit_code, 2);
  EXPECT_EQ(said.err, "--scenario: the study has no 'shp'; did you mean 'ship'?\n");
  EXPECT_FALSE(fs::exists(study.place("results.gpkg")));
  EXPECT_EQ(study.run("--year 1999").exit_code, 2);
  EXPECT_EQ(study.run("--pair farm:gat").exit_code, 2);
}

TEST(Run, LeavesTheStudyUntouched) {
  const RunStudy study;
  const std::string before = io::study_hash(study.study());
  EXPECT_EQ(study.run().exit_code, 0);
  EXPECT_EQ(io::study_hash(study.study()), before);
  for (const auto& entry : fs::directory_iterator(study.study())) {
    const std::string extension = entry.path().extension();
    EXPECT_TRUE(extension == ".csv" || extension == ".toml" || extension == ".geojson") << entry.path();
  }
}

// Starts the run in a process of its own, which can be killed.
pid_t start_run(const RunStudy& study) {
  const std::string folder = study.study().string(), cache = study.place("cache").string(),
                    out = study.place("killed.gpkg").string(), json = study.place("killed.json").string();
  const pid_t child = fork();
  if (child == 0) {
    if (std::freopen("/dev/null", "w", stdout) == nullptr) _exit(127);
    execl(GERBANG_BINARY, "gerbang", "run", folder.c_str(), "--cache", cache.c_str(), "--out", out.c_str(),
          "--json", json.c_str(), nullptr);
    _exit(127);
  }
  return child;
}

TEST(Run, KilledAtAnyMomentItLeavesNoHalfResultAndTheNextOneIsTheSame) {
  const RunStudy study;
  const Json whole = read_json(study.run("--json -").out);
  const std::string file = io::read_file(study.place("results.gpkg"));
  for (int milliseconds = 1; milliseconds <= 256; milliseconds *= 2) {
    fs::remove_all(study.place("cache"));
    fs::remove(study.place("killed.gpkg"));
    fs::remove(study.place("killed.json"));
    const pid_t child = start_run(study);
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    if (fs::exists(study.place("killed.gpkg"))) {
      EXPECT_EQ(io::read_file(study.place("killed.gpkg")), file);
    }
    if (fs::exists(study.place("killed.json"))) {
      EXPECT_EQ(read_json(io::read_file(study.place("killed.json"))), whole);
    }
    EXPECT_EQ(read_json(study.run("--json -").out), whole) << "killed after " << milliseconds << " ms";
  }
}

}  // namespace
}  // namespace gerbang::test
