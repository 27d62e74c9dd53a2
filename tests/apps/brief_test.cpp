// `gerbang brief` from outside: on the example in both languages, and on the tiny study.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>

#include "gerbang/base/text.h"
#include "tests/apps/run_study.h"
#include "tests/sanitized.h"

namespace gerbang::test {
namespace {

constexpr const char* kTooSlowSanitized =
    "solves the whole example several times: sanitizers look at the same code on small studies";

const std::string kExample = GERBANG_SOURCE_DIR "/examples/nusantara";

// A folder for the whole program, so that the example is solved once.
const TemporaryFolder& shared_folder() {
  static const TemporaryFolder folder;
  return folder;
}

Said brief_of_example(const std::string& arguments) {
  const bool has_today = arguments.find("--today") != std::string::npos;
  return run_command("brief '" + kExample + "' " + arguments + (has_today ? "" : " --today 2026-02-02") +
                     " --cache " + quoted(shared_folder().path() / "cache"));
}

bool is_there(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

// What a reader sees of a page.
std::string visible_text(std::string html) {
  html = std::regex_replace(html.substr(html.find("<body>")), std::regex("<title>[^<]*</title>"), " ");
  return std::regex_replace(html, std::regex("<[^>]*>"), " ");
}

TEST(Brief, ShowsTheSameFiguresAsRun) {
  if (kIsSanitized) GTEST_SKIP() << kTooSlowSanitized;
  const Said brief = brief_of_example("balikpapan parepare --json -");
  ASSERT_EQ(brief.exit_code, 0) << brief.err;
  const std::filesystem::path results = shared_folder().path() / "run";
  const Said run = run_command(
      "run '" + kExample + "' --scenario partners --year 2034 --pair balikpapan:parepare --json - --out " +
      quoted(results / "a.gpkg") + " --cache " + quoted(shared_folder().path() / "cache"));
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const auto outcomes = nlohmann::json::parse(run.out)["outcomes"];
  const auto outcome = *std::find_if(outcomes.begin(), outcomes.end(),
                                     [](const auto& row) { return row["closure"] == "fixed"; });
  const std::map<std::string, std::string> kLists = {
      {"pairs", "pairs"}, {"terminals", "terminals"}, {"services", "services"}};
  std::map<std::string, int> checked;
  const auto page = nlohmann::json::parse(brief.out);
  for (const auto& figure : page["figures"]) {
    const std::string table = figure["table"], keys = figure["row"], column = figure["column"];
    const bool is_elsewhere = keys.find("against=base") != std::string::npos ||
                              keys.find("scenario=partners year=2034 closure=fixed") == std::string::npos;
    if (column.find(' ') != std::string::npos || is_elsewhere) continue;
    const auto list = table == "who_gains"     ? outcome.find("regions")
                      : kLists.contains(table) ? outcome.find(table)
                                               : outcome.end();
    if (list == outcome.end()) continue;
    double value = 0.0;
    int rows = 0;
    for (const auto& row : *list) {
      bool is_it = true;
      for (const std::string& key : split_words(keys)) {
        const std::string name = key.substr(0, key.find('=')), word = key.substr(key.find('=') + 1);
        if (!row.contains(name)) continue;  // scenario, year, closure: of the outcome
        is_it = is_it && (row[name].is_string() ? row[name] == word : row[name].dump() == word);
      }
      if (!is_it || !row[column].is_number()) continue;
      value += row[column].get<double>();
      ++rows;
    }
    ASSERT_GE(rows, 1) << figure;
    EXPECT_NEAR(value, figure["value"], 1e-9 * std::abs(value)) << figure;
    ++checked[table];
  }
  EXPECT_GE(checked["who_gains"], 6);
  EXPECT_GE(checked["pairs"], 10);
  EXPECT_GE(checked["terminals"], 6);
  EXPECT_GE(checked["services"], 4);
}

TEST(Brief, LeavesNoEnglishInIndonesian) {
  if (kIsSanitized) GTEST_SKIP() << kTooSlowSanitized;
  for (const std::string& sides :
       {std::string("balikpapan parepare"), std::string("balikpapan --partners")}) {
    const std::filesystem::path page = shared_folder().path() / "id.html";
    ASSERT_EQ(brief_of_example(sides + " --lang id --out " + quoted(page)).exit_code, 0);
    const std::string text = visible_text(io::read_file(page));
    // Words that English cannot do without, and those of this page.
    const std::regex english(
        R"(\b(the|of|and|with|from|is|are|was|were|by|for|not|no|this|that|their|what|who|each|year|years|cost|costs|gain|gains|loses|port|ports|ship|ferry|sailing|sailings|week|share|shares|others|other|goods|food|fuel|fuels|containers|bulk|general|hours|hour|thousand|million|billion|between|region|regions|project|projects|owner|owners|benefit|discount|official|derived|assumed|source|table|row|column|version|study|results|scenario|January|March|May|October|December|city|government|visit|meeting|agreed|open|due|overdue|none|record|next|last)\b)");
    std::string found;
    for (auto word = std::sregex_iterator(text.begin(), text.end(), english); word != std::sregex_iterator();
         ++word)
      found += word->str() + " … " +
               text.substr(static_cast<std::size_t>(std::max<long>(0, word->position() - 40)), 90) + "\n";
    EXPECT_EQ(found, "") << sides;
  }
}

TEST(Brief, PrintsOnTwoPagesOfA4InBothLanguages) {
  if (kIsSanitized) GTEST_SKIP() << kTooSlowSanitized;
  if (!is_there("chromium") && !is_there("google-chrome")) GTEST_SKIP() << "no Chromium is installed";
  if (!is_there("pdfinfo")) GTEST_SKIP() << "pdfinfo (poppler-utils) is not installed";
  for (const std::string language : {"id", "en"}) {
    const std::filesystem::path pdf = shared_folder().path() / (language + ".pdf"),
                                said = shared_folder().path() / "pdfinfo";
    const Said brief = brief_of_example("balikpapan parepare --lang " + language + " --out " + quoted(pdf));
    ASSERT_EQ(brief.exit_code, 0) << brief.err;
    ASSERT_EQ(std::system(("pdfinfo " + quoted(pdf) + " >" + quoted(said)).c_str()), 0);
    const std::string text = io::read_file(said);
    EXPECT_TRUE(std::regex_search(text, std::regex("Pages: +2\n"))) << text;
    EXPECT_NE(text.find("(A4)"), std::string::npos) << text;
  }
}

TEST(Brief, IsTheSameBytesFromItsCache) {
  if (kIsSanitized) GTEST_SKIP() << kTooSlowSanitized;
  const RunStudy study;
  const std::string brief = "brief " + quoted(study.study()) + " gate capital --today 2026-02-02 --cache ";
  const Said first = run_command(brief + quoted(study.place("cache")));
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(run_command(brief + quoted(study.place("cache"))).out, first.out);
  EXPECT_EQ(run_command(brief + "none --threads 1").out, first.out);
}

std::size_t files_in(const std::filesystem::path& folder) {
  const auto entries = std::filesystem::recursive_directory_iterator(folder);
  return static_cast<std::size_t>(
      std::count_if(begin(entries), end(entries), [](const auto& entry) { return entry.is_regular_file(); }));
}

TEST(Brief, HasNothingLeftToSolveAfterARunThatPreparedIt) {
  const RunStudy study;
  const std::string brief = "brief " + quoted(study.study()) + " gate capital --today 2026-02-02 --cache ";
  const Said run = study.run("--briefs");
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_NE(run.out.find("1 project worked out"), std::string::npos) << run.out;
  const std::size_t kept = files_in(study.place("cache"));
  const Said prepared = run_command(brief + quoted(study.place("cache")));
  ASSERT_EQ(prepared.exit_code, 0) << prepared.err;
  EXPECT_EQ(files_in(study.place("cache")), kept);
  EXPECT_EQ(run_command(brief + "none").out, prepared.out);
  const Said refused = study.run("--briefs --cache none");
  EXPECT_EQ(refused.exit_code, 2);
  EXPECT_NE(refused.err.find("--cache with a folder"), std::string::npos) << refused.err;
}

TEST(Brief, RefusesBadInputWithItsRemedy) {
  if (kIsSanitized) GTEST_SKIP() << kTooSlowSanitized;
  const auto refusal = [&](const std::string& arguments) {
    const Said said = brief_of_example(arguments);
    EXPECT_EQ(said.exit_code, 2) << arguments;
    return said.err;
  };
  EXPECT_NE(refusal("balikpapan parpare").find("did you mean 'parepare'?"), std::string::npos);
  EXPECT_NE(refusal("balikpapan").find("--partners"), std::string::npos);
  EXPECT_NE(refusal("balikpapan parepare --partners").find("two regions are named"), std::string::npos);
  EXPECT_NE(refusal("balikpapan balikpapan").find("named twice"), std::string::npos);
  EXPECT_NE(refusal("balikpapan row").find("no region 'row'"), std::string::npos);
  EXPECT_NE(refusal("balikpapan parepare --scenario partner").find("did you mean 'partners'?"),
            std::string::npos);
  EXPECT_NE(refusal("balikpapan parepare --year 2050").find("2050"), std::string::npos);
  EXPECT_NE(refusal("balikpapan parepare --today 2026-02-30").find("is no date"), std::string::npos);
  EXPECT_NE(refusal("balikpapan parepare --discount -3").find("--discount"), std::string::npos);
  EXPECT_NE(refusal("balikpapan parepare --out page.txt").find(".html, .pdf or .md"), std::string::npos);
}

TEST(RunAndRegister, TellWhatTheDelayOfALinkedProjectCosts) {
  if (kIsSanitized) GTEST_SKIP() << kTooSlowSanitized;
  const RunStudy study;
  const auto record = [&](const std::string& arguments) {
    EXPECT_EQ(run_command("register " + quoted(study.study()) + " add " + arguments + " --by ani").exit_code,
              0);
  };
  EXPECT_EQ(study.run().out.find("OPEN COMMITMENTS"), std::string::npos);
  record("party name=Gate category=government region_id=gate --id gate_city");
  record("commitment what='Order the ship' owner=gate_city due=2026-02-01 state=open project_id=ship");
  EXPECT_NE(study.run().out.find("OPEN COMMITMENTS LINKED TO A PROJECT"), std::string::npos);
  const auto json = nlohmann::json::parse(study.run("--json -").out);
  ASSERT_EQ(json["commitments"].size(), 1u);
  const auto& delay = json["commitments"][0]["delay"];
  EXPECT_EQ(delay["first_year"], 2026);
  EXPECT_GT(delay["lost_idr_bn"], 0.0);
  EXPECT_EQ(delay["regions"].size(), 2u);  // where it stands, and who owns it
}

}  // namespace
}  // namespace gerbang::test
