#include "gerbang/report/run.h"

#include <gtest/gtest.h>

#include "gerbang/base/error.h"
#include "gerbang/report/summary.h"
#include "tests/report/tiny_run.h"

namespace gerbang::report::test {
namespace {

TEST(Run, HoldsEveryScenarioYearAndClosureOnce) {
  const RunResult& run = tiny_run();
  EXPECT_EQ(run.outcomes.size(), 3U * 2U * 2U);
  EXPECT_TRUE(run.is_converged());
  for (const auto closure : kClosures)
    for (const char* scenario : {"base", "grow", "ship"})
      for (const int year : {2024, 2030})
        EXPECT_LT(index_of(run, scenario, year, closure), run.outcomes.size());
}

TEST(Run, ComparesWithThePredecessorAndWithTheFirstScenarioOfTheSameYearAndClosure) {
  const RunResult& run = tiny_run();
  for (const ComparedOutcome& compared : run.outcomes)
    for (const auto* comparison : {&compared.predecessor, &compared.base})
      if (*comparison) {
        EXPECT_EQ((*comparison)->reference->year, compared.outcome->year);
        EXPECT_EQ((*comparison)->reference->closure, compared.outcome->closure);
        EXPECT_EQ((*comparison)->gains.reference, (*comparison)->reference->scenario);
      }
  const ComparedOutcome& base = run.outcomes[index_of(run, "base", 2030)];
  EXPECT_FALSE(base.predecessor || base.base);
  const ComparedOutcome& ship = run.outcomes[index_of(run, "ship", 2030)];
  EXPECT_EQ(ship.predecessor->reference->scenario, "grow");
  EXPECT_EQ(ship.base->reference->scenario, "base");
}

TEST(Run, SolvesReferencesThatWereNotAskedFor) {
  RunOptions options = all_of(tiny_evaluator().world());
  options.scenarios = {ScenarioId(2)};
  options.years = {2030};
  const RunResult alone = run(tiny_evaluator(), options);
  ASSERT_EQ(alone.outcomes.size(), 2U);
  EXPECT_EQ(alone.outcomes[0].predecessor->reference->scenario, "grow");
  const ComparedOutcome& among_all = tiny_run().outcomes[index_of(tiny_run(), "ship", 2030)];
  EXPECT_EQ(alone.outcomes[0].base->gains.ev_idr_bn, among_all.base->gains.ev_idr_bn);
  EXPECT_NE(alone.hash, tiny_run().hash);
}

TEST(Run, MarksVerdictsThatDependOnTheClosure) {
  const RunResult& run = tiny_run();
  std::size_t different = 0;
  for (std::size_t i = 0; i < run.outcomes.size(); i += 2)
    for (const Against against : kReferences) {
      if (!run.outcomes[i].comparison(against)) continue;
      const auto& fixed = run.outcomes[i].comparison(against)->gains.regions;
      const auto& budget = run.outcomes[i + 1].comparison(against)->gains.regions;
      for (std::size_t r = 0; r < fixed.size(); ++r)
        different += fixed[r].verdict != budget[r].verdict ? 1 : 0;
    }
  EXPECT_EQ(run.verdict_changes.size(), different);
  for (const VerdictChange& change : run.verdict_changes)
    EXPECT_NE(change.under_fixed.verdict, change.under_national_budget.verdict);
}

TEST(Choice, NamesWhatTheStudyDoesNotHave) {
  const World world = named_world();
  const auto text_of = [](const auto& action) {
    try {
      action();
    } catch (const InputError& error) {
      return error.faults().front().text();
    }
    return std::string("no error");
  };
  const std::vector<std::string> scenarios = {"shp"}, pairs = {"farm:gat"}, no_pairs = {"farm"};
  const std::vector<int> years = {2040};
  EXPECT_EQ(text_of([&] { (void)choose_scenarios(world, scenarios); }),
            "--scenario: the study has no 'shp'; did you mean 'ship'?");
  EXPECT_EQ(text_of([&] { (void)choose_years(world, years); }),
            "--year: the study does not know the year 2040; a year from 2024 to 2030");
  EXPECT_EQ(text_of([&] { (void)choose_pairs(world, pairs); }),
            "--pair: the study has no 'gat'; did you mean 'gate'?");
  EXPECT_EQ(text_of([&] { (void)choose_pairs(world, no_pairs); }),
            "--pair: 'farm' is no pair of regions; two region ids with a colon between them");
}

TEST(Choice, PairsOfInterestAreThoseThatTheProjectsConcern) {
  const World world = named_world();
  const RegionId gate(testing::kGate), capital(testing::kCapital);
  EXPECT_EQ(pairs_of_interest(world), (std::vector<RegionPair>{{gate, capital}, {capital, gate}}));
  World without_projects = world;
  for (Scenario& scenario : without_projects.scenarios) scenario.projects.clear();
  EXPECT_TRUE(pairs_of_interest(without_projects).empty());
}

TEST(Choice, WithoutProjectsTheMostTradedPairsAreShown) {
  RunOptions options = all_of(tiny_evaluator().world());
  options.pairs.clear();
  options.years = {2024};
  options.scenarios = {ScenarioId(0)};
  EXPECT_EQ(run(tiny_evaluator(), options).options.pairs.size(), 2U);
}

evaluate::RegionGain gain(std::size_t region, double ev, evaluate::Verdict verdict) {
  return {.region = RegionId(region), .ev_idr_bn = ev, .ev_percent = ev / 10.0, .verdict = verdict};
}

TEST(Headline, SaysWhetherAllGainSomeLoseOrNothingChanges) {
  using enum evaluate::Verdict;
  evaluate::Gains gains;
  gains.regions = {gain(0, 3.0, kGains), gain(1, 5.0, kGains)};
  EXPECT_EQ(headline(gains).finding, Finding::kAllGain);
  EXPECT_EQ(headline(gains).most_gained.front().region, RegionId(1));
  gains.regions.push_back(gain(2, 0.001, kNoMaterialChange));
  EXPECT_EQ(headline(gains).finding, Finding::kNobodyLoses);
  gains.regions.push_back(gain(3, -2.0, kLoses));
  EXPECT_EQ(headline(gains).finding, Finding::kSomeLose);
  EXPECT_DOUBLE_EQ(headline(gains).gained_idr_bn, 8.0);
  EXPECT_DOUBLE_EQ(headline(gains).lost_idr_bn, -2.0);
  gains.regions = {gain(2, 0.001, kNoMaterialChange)};
  EXPECT_EQ(headline(gains).finding, Finding::kNoMaterialChange);
}

TEST(Groups, AddUpToTheRegionsTheyHold) {
  const RunResult& run = tiny_run();
  const ComparedOutcome& ship = run.outcomes[index_of(run, "ship", 2030)];
  double regions = 0.0, groups = 0.0;
  for (const evaluate::RegionGain& region : ship.base->gains.regions) regions += region.ev_idr_bn;
  for (const GroupGain& group : group_gains(run, index_of(run, "ship", 2030), Against::kBase))
    groups += group.ev_idr_bn;
  EXPECT_NEAR(groups, regions, 1e-9 * std::abs(regions));
  // Each region is its own group here: the group's percentage is the region's.
  const std::vector<GroupGain> lines = group_gains(run, index_of(run, "ship", 2030), Against::kBase);
  for (std::size_t g = 0; g < lines.size(); ++g)
    EXPECT_NEAR(lines[g].ev_percent, ship.base->gains.regions[g].ev_percent,
                1e-9 * std::abs(lines[g].ev_percent));
}

TEST(PublicDemand, CountsWhatTrendsAddAndNotWhatTheyShift) {
  evaluate::Outcome outcome, reference;
  reference.trends.government = {1.0, 2.0};
  outcome.trends.government = {-4.0, 7.0};
  outcome.trends.investment = {0.0, 5.0};
  EXPECT_DOUBLE_EQ(added_public_demand(outcome, reference), 5.0);
}

TEST(FirstOrder, WarnsAboveAQuarterWhereOnlyTransportDiffers) {
  evaluate::Gains gains;
  gains.is_transport_only = true;
  gains.ev_idr_bn = 100.0;
  gains.first_order_idr_bn = 120.0;
  EXPECT_FALSE(has_first_order_warning(gains));
  gains.first_order_idr_bn = 130.0;
  EXPECT_TRUE(has_first_order_warning(gains));
  gains.is_transport_only = false;
  EXPECT_FALSE(has_first_order_warning(gains));
}

}  // namespace
}  // namespace gerbang::report::test
