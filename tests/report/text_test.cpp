#include "gerbang/report/text.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "tests/report/tiny_run.h"

namespace gerbang::report::test {
namespace {

std::set<std::string> words(const std::string& text) {
  std::set<std::string> found;
  const std::regex word("[A-Za-z]{3,}");
  for (std::sregex_iterator it(text.begin(), text.end(), word), end; it != end; ++it) found.insert(it->str());
  return found;
}

TEST(Text, LeavesNothingUntranslated) {
  const std::set<std::string> english = words(to_text(tiny_run(), Language::kEnglish));
  const std::set<std::string> indonesian = words(to_text(tiny_run(), Language::kIndonesian));
  // Names of the study and of authors, and what both languages write alike.
  const std::set<std::string> shared = {"base",     "grow",        "ship",  "farm",  "gate",      "capital",
                                        "Trans",    "ferry",       "line",  "food",  "container", "PGA",
                                        "PCA",      "PAB",         "Theil", "goods", "per",       "Gini",
                                        "terminal", "calibration", "fixed", "Lim",   "Venables"};
  for (const std::string& word : english)
    EXPECT_TRUE(!indonesian.contains(word) || shared.contains(word)) << word;
}

TEST(Text, SaysWhoGainsWithClosureAndReferenceFirst) {
  const std::string text = to_text(tiny_run(), Language::kEnglish);
  const std::size_t verdict = text.find("WHO GAINS, 2030");
  ASSERT_NE(verdict, std::string::npos) << text;
  EXPECT_NE(text.find("closure: regional deficits fixed", verdict), std::string::npos);
  EXPECT_NE(text.find("ship against grow: "), std::string::npos) << text;
  EXPECT_LT(verdict, text.find("MOST LOADED"));
  EXPECT_NE(text.find("gate – capital"), std::string::npos) << text;
  EXPECT_NE(text.find("assumed"), std::string::npos);
}

TEST(Text, SaysSoWhenAnOutcomeHasNotConverged) {
  RunResult run = tiny_run();
  EXPECT_EQ(to_text(run, Language::kEnglish).find("NOT CONVERGED"), std::string::npos);
  const std::size_t index = index_of(run, "grow", 2030);
  evaluate::Outcome broken = *run.outcomes[index].outcome;
  broken.is_converged = false;
  broken.residuals.use = 0.03;
  run.outcomes[index].outcome = std::make_shared<const evaluate::Outcome>(broken);
  EXPECT_FALSE(run.is_converged());
  const std::string text = to_text(run, Language::kEnglish);
  EXPECT_NE(text.find("NOT CONVERGED: grow 2030 (regional deficits fixed; 3.0e-02)"), std::string::npos)
      << text;
  EXPECT_EQ(text.find("Every outcome has converged"), std::string::npos);
  EXPECT_NE(to_text(run, Language::kIndonesian).find("TIDAK KONVERGEN: grow 2030"), std::string::npos);
}

TEST(Text, SaysThatNothingIsComparedWhenOnlyTheFirstScenarioIsChosen) {
  RunOptions options = all_of(tiny_evaluator().world());
  options.scenarios = {ScenarioId(0)};
  const std::string text = to_text(run(tiny_evaluator(), options), Language::kEnglish);
  EXPECT_NE(text.find("Nothing is compared"), std::string::npos) << text;
}

TEST(Text, SaysThatNothingGrowsWithoutTrendRows) {
  const std::string text = to_text(tiny_run(), Language::kEnglish);
  EXPECT_NE(text.find("later years are as large as the base year"), std::string::npos) << text;
}

}  // namespace
}  // namespace gerbang::report::test
