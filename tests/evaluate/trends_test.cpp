#include "gerbang/evaluate/trends.h"

#include <gtest/gtest.h>

#include <numeric>

#include "gerbang/world/apply.h"
#include "tests/evaluate/tiny_world.h"

namespace gerbang::evaluate {
namespace {

using namespace gerbang::testing;

TrendPoint point(TrendVariable variable, std::optional<RegionId> region, int year, EditOperation operation,
                 double value) {
  return {.trend = "t",
          .variable = variable,
          .region = region,
          .sector = std::nullopt,
          .year = year,
          .operation = operation,
          .value = value,
          .provenance = {}};
}

const std::vector<std::string> kT = {"t"};

TEST(Trends, AreNeutralInTheBaseYearLinearBetweenYearsAndConstantAfterTheLast) {
  World world = tiny_world();
  world.trends.push_back(
      point(TrendVariable::kPopulation, RegionId(kGate), 2030, EditOperation::kMultiply, 1.3));
  world.trends.push_back(
      point(TrendVariable::kPopulation, RegionId(kGate), 2034, EditOperation::kMultiply, 1.5));
  const double before = world.regions[RegionId(kGate)].population;
  const auto people = [&](int year) { return trend_effects(world, kT, year).population[kGate] / before; };
  EXPECT_NEAR(people(2024), 1.0, 1e-15);
  EXPECT_NEAR(people(2027), 1.15, 1e-12);
  EXPECT_NEAR(people(2030), 1.3, 1e-15);
  EXPECT_NEAR(people(2032), 1.4, 1e-12);
  EXPECT_NEAR(people(2050), 1.5, 1e-15);
}

TEST(Trends, WithoutRegionConcernDomesticRegionsOnly) {
  World world = tiny_world();
  world.trends.push_back(
      point(TrendVariable::kProductivity, std::nullopt, 2030, EditOperation::kMultiply, 1.2));
  const TrendEffects effects = trend_effects(world, kT, 2030);
  EXPECT_NEAR(effects.productivity(kFarm, kFood), 1.2, 1e-15);
  EXPECT_EQ(effects.productivity(kAbroad, kFood), 1.0);
}

TEST(Trends, PeopleWhoArriveLeaveSomewhere) {
  const World world = tiny_world();
  const TrendEffects effects = trend_effects(world, std::vector<std::string>{"grow"}, 2030);
  double before = 0.0;
  for (const Region& region : world.regions) before += region.population;
  EXPECT_NEAR(std::accumulate(effects.population.begin(), effects.population.end(), 0.0), before, 1e-6);
  EXPECT_NEAR(effects.population[kCapital], 700e3, 1e-9);
  EXPECT_NEAR(effects.population[kFarm], 300e3, 1e-9);
  EXPECT_EQ(effects.arrivals_from_nowhere, 0.0);
}

TEST(Trends, ArrivalsWithoutOriginAreCounted) {
  World world = tiny_world();
  world.trends.push_back(
      point(TrendVariable::kPopulation, RegionId(kGate), 2030, EditOperation::kAdd, 500.0));
  EXPECT_NEAR(trend_effects(world, kT, 2030).arrivals_from_nowhere, 500.0, 1e-12);
}

TEST(Trends, PublicDemandMovesByItsUsersSharesAndNeverBelowZero) {
  World world = tiny_world();
  world.trends.push_back(
      point(TrendVariable::kGovernment, RegionId(kCapital), 2030, EditOperation::kAdd, 900.0));
  world.trends.push_back(point(TrendVariable::kGovernment, RegionId(kGate), 2030, EditOperation::kAdd, -1e9));
  trade::Economy economy;
  economy.regions = 4;
  economy.sectors = 4;
  economy.public_demand = Matrix(4, 4, 100.0);
  economy.deficit = {10.0, -20.0, 5.0, 5.0};
  economy.income = {100.0, 300.0, 100.0, 1e6};
  const trade::Change change = trade_change(world, economy, trend_effects(world, kT, 2030), 1.1);
  EXPECT_NEAR(change.public_demand(kCapital, kServices) - change.local_public_demand(kCapital, kServices),
              810.0, 1e-9);
  EXPECT_NEAR(change.local_public_demand(kCapital, kServices), 110.0, 1e-12);
  EXPECT_EQ(change.public_demand(kGate, kServices), 0.0);
  EXPECT_NEAR(change.deficit[1], -22.0, 1e-12);
  EXPECT_NEAR(change.payer_share[kGate], 0.6, 1e-12);
  EXPECT_EQ(change.payer_share[kAbroad], 0.0);
}

TEST(Trends, OfAProjectCountWhileItIsInForceWhateverTheScenarioRuns) {
  World world = tiny_world();
  const ProjectId estate =
      world.projects.push_back({.id = "estate", .status = ProjectStatus::kProposed, .year = 2028});
  world.trends.push_back(
      point(TrendVariable::kProductivity, RegionId(kGate), 2030, EditOperation::kMultiply, 1.2));
  world.trends.back().project = estate;
  const std::vector decided = {estate};
  const auto productivity = [&](std::span<const ProjectId> projects, int year) {
    return trend_effects(apply(world, projects, {}, year), {}, year).productivity(kGate, kFood);
  };
  EXPECT_NEAR(productivity(decided, 2030), 1.2, 1e-15);
  EXPECT_EQ(productivity(decided, 2027), 1.0);
  EXPECT_EQ(productivity({}, 2030), 1.0);
}

}  // namespace
}  // namespace gerbang::evaluate
