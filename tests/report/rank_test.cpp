// The ranking of levers and projects on the tiny world.
#include "gerbang/report/rank.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "gerbang/base/error.h"
#include "tests/report/tiny_run.h"

namespace gerbang::report {
namespace {

using test::tiny_evaluator;

Ranking tiny_ranking(std::size_t scenario, std::vector<RegionId> regions = {}) {
  return rank(tiny_evaluator(),
              {.scenario = ScenarioId(scenario), .year = 2030, .regions = std::move(regions)},
              {.cache = nullptr, .fingerprint = "test", .observer = {}});
}

const Improvement& improvement_of(const Ranking& ranking, std::string_view row, std::string_view column) {
  for (const Improvement& improvement : ranking.improvements)
    if (improvement.lever.row == row && improvement.lever.column == column) return improvement;
  throw std::logic_error("no such lever");
}

double exact_gain(const Edit& edit) {
  evaluate::Evaluator& evaluator = tiny_evaluator();
  const evaluate::Request now{.scenario = ScenarioId(1), .year = 2030};
  evaluate::Request then = now;
  then.edits = {edit};
  return evaluate::gains(evaluator.base_year().economy, *evaluator.evaluate(now), *evaluator.evaluate(then))
      .ev_idr_bn;
}

TEST(Rank, OnePerCentOfALeverIsWorthWhatItSays) {
  const Ranking ranking = tiny_ranking(1);
  ASSERT_TRUE(ranking.is_converged);
  const std::pair<const char*, const char*> service_cells[] = {{"departures_per_week", "ferry"},
                                                               {"tariff_factor", "ferry"}};
  for (const auto& [column, row] : service_cells) {
    const evaluate::Lever& lever = improvement_of(ranking, row, column).lever;
    const double better = lever.quantity == evaluate::Quantity::kDepartures ? 1.01 : 0.99;
    const double exact = exact_gain({.project = {},
                                     .table = "service",
                                     .row = row,
                                     .column = column,
                                     .operation = EditOperation::kMultiply,
                                     .value = better,
                                     .provenance = {}});
    EXPECT_NEAR(lever.per_percent / exact, 1.0, 0.05) << column;
  }
}

TEST(Rank, TheMostValuableComesFirstAndRegionsAddUp) {
  const Ranking ranking = tiny_ranking(1);
  for (std::size_t k = 0; k + 1 < ranking.improvements.size(); ++k)
    EXPECT_GE(ranking.improvements[k].lever.per_percent, ranking.improvements[k + 1].lever.per_percent);
  const double scale = ranking.improvements.front().lever.per_percent;
  for (const Improvement& improvement : ranking.improvements) {
    double sum = 0.0;
    for (const double of_region : improvement.by_region) sum += of_region;
    EXPECT_NEAR(sum, improvement.lever.per_percent, 1e-3 * scale);
  }
}

TEST(Rank, ForOneRegionCountsItsGainAlone) {
  const Ranking all = tiny_ranking(1), one = tiny_ranking(1, {RegionId(testing::kCapital)});
  const auto capital_of = [](const Improvement& improvement) {
    return improvement.by_region[testing::kCapital];
  };
  const double mine = improvement_of(one, "ferry", "tariff_factor").lever.per_percent;
  EXPECT_NEAR(mine, capital_of(improvement_of(all, "ferry", "tariff_factor")), 1e-3 * std::abs(mine));
  EXPECT_THROW((void)choose_region(tiny_evaluator().world(), "nowhere"), InputError);
  EXPECT_THROW((void)choose_region(tiny_evaluator().world(), "abroad"), InputError);
}

TEST(Rank, ProjectsAreSolvedExactlyWhetherTheyStandOrNot) {
  for (const std::size_t scenario : {1, 2}) {
    const RankedProject project = tiny_ranking(scenario).projects.front();
    EXPECT_EQ(project.is_in_force, scenario == 2);
    ASSERT_TRUE(project.exact && project.predicted);
    EXPECT_GT(*project.exact, 0.0);
    EXPECT_GT(*project.predicted, 0.0);
  }
  // With and without are the same two worlds from either side.
  EXPECT_NEAR(*tiny_ranking(1).projects.front().exact, *tiny_ranking(2).projects.front().exact, 1e-3);
}

TEST(Rank, KeepsItsGradientsBetweenRuns) {
  struct Memory : evaluate::Cache {
    [[nodiscard]] std::optional<std::string> get(std::string_view hash) const override {
      const auto known = kept.find(std::string(hash));
      return known == kept.end() ? std::nullopt : std::optional(known->second);
    }
    void put(std::string_view hash, std::string_view bytes) override { kept[std::string(hash)] = bytes; }
    std::map<std::string, std::string> kept;
  } memory;
  const RankQuestion question{.scenario = ScenarioId(1), .year = 2030, .regions = {}};
  const auto text = [&] {
    return to_json(tiny_evaluator().world(), rank(tiny_evaluator(), question, {&memory, "test", {}}), 100)
        .dump();
  };
  const std::string first = text();
  ASSERT_EQ(memory.kept.size(), 2U);
  EXPECT_EQ(text(), first);
  for (auto& [key, bytes] : memory.kept) bytes = "torn";
  EXPECT_EQ(text(), first);
}

TEST(Rank, SpeaksBothLanguagesAndNamesTheWorstOff) {
  const Ranking ranking = tiny_ranking(1);
  const World& world = tiny_evaluator().world();
  EXPECT_NE(to_text(world, ranking, 5, Language::kEnglish).find("MOST WORTH IMPROVING"), std::string::npos);
  EXPECT_NE(to_text(world, ranking, 5, Language::kIndonesian).find("YANG PALING BERHARGA"),
            std::string::npos);
  EXPECT_TRUE(worst_off(tiny_evaluator(), ScenarioId(1), 2030));
  EXPECT_FALSE(worst_off(tiny_evaluator(), ScenarioId(0), 2030));
  const auto tables = rank_tables(world, ranking);
  EXPECT_EQ(tables[1].row_count(), ranking.improvements.size());
  EXPECT_EQ(tables[1].description().columns.size(), 5U + 3U);  // the cell, then three domestic regions
}

}  // namespace
}  // namespace gerbang::report
