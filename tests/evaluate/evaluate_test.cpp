#include "gerbang/evaluate/evaluate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <span>

#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"
#include "gerbang/evaluate/archive.h"
#include "gerbang/evaluate/gains.h"
#include "tests/evaluate/congested_world.h"
#include "tests/evaluate/memory_cache.h"
#include "tests/evaluate/request.h"
#include "tests/evaluate/tiny_world.h"

namespace gerbang::evaluate {
namespace {

using gerbang::testing::MemoryCache;
using gerbang::testing::tiny_world;

double largest_deviation(std::span<const double> values, double from) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::abs(value - from));
  return largest;
}

TEST(Evaluate, TheBaseYearWithoutEditsReturnsEveryHatOneAndTheCalibratedTonnes) {
  Evaluator evaluator(tiny_world(), {});
  ASSERT_TRUE(evaluator.base_year().is_converged);
  const auto outcome = evaluator.evaluate(request(0, 2024));
  EXPECT_TRUE(outcome->is_converged);
  EXPECT_LT(largest_deviation(outcome->equilibrium.wage_hat, 1.0), 1e-9);
  EXPECT_LT(largest_deviation(outcome->equilibrium.price_hat.values(), 1.0), 1e-9);
  const trade::Equilibrium calibrated = trade::solve(evaluator.base_year().economy, {});
  for (std::size_t m = 0; m < calibrated.tonnes.size(); ++m)
    for (std::size_t pair = 0; pair < calibrated.tonnes[m].values().size(); ++pair)
      EXPECT_NEAR(outcome->equilibrium.tonnes[m].values()[pair], calibrated.tonnes[m].values()[pair],
                  1e-9 * std::max(1.0, calibrated.tonnes[m].values()[pair]));
}

TEST(Evaluate, FindsTheEquilibriumOfANetworkThatHoldsSeveralTimesItsCapacity) {
  for (std::uint64_t seed = 1; seed <= 7; ++seed) {
    SCOPED_TRACE(seed);
    const World study = gerbang::testing::CongestedWorld(seed).world();
    Evaluator evaluator(gerbang::testing::with_less_capacity(
                            Evaluator(study, {}).world(), {.links = 0.3, .terminals = 0.1, .services = 0.1}),
                        {});
    const auto outcome = evaluator.evaluate(request(1, 2030));
    EXPECT_TRUE(outcome->is_converged);
    EXPECT_LT(outcome->residuals.use, kTolerances.use);
    const std::vector<double>& use = outcome->state.utilisation.terminal;
    EXPECT_GT(*std::max_element(use.begin(), use.end()), 2.0);
  }
}

TEST(Evaluate, ResidualsAreBelowWhatIsPromised) {
  Evaluator evaluator(tiny_world(), {});
  for (std::size_t scenario = 0; scenario < 3; ++scenario)
    for (const int year : {2024, 2030}) {
      const auto outcome = evaluator.evaluate(request(scenario, year));
      EXPECT_TRUE(outcome->is_converged);
      EXPECT_LE(outcome->residuals.road_gap, 1e-6);
      EXPECT_LE(outcome->residuals.use, 1e-6);
      EXPECT_LE(outcome->residuals.market, 1e-9);
    }
}

TEST(Evaluate, TonnesThatEnterATerminalLeaveIt) {
  Evaluator evaluator(tiny_world(), {});
  const auto outcome = evaluator.evaluate(request(2, 2030));
  // By terminal: what roads and services bring, against what they take. Loading and unloading both count as
  // use.
  const std::size_t regions = 4, terminals = 3;
  std::vector<double> balance(terminals), handled(terminals);
  const RoadTonnes& road = outcome->loads.road;
  for (std::size_t p = 0; p < road.kt.size(); ++p) {
    const RoadPair& pair = (*road.pairs)[p];
    if (pair.to >= regions) balance[pair.to - regions] += road.kt[p];
    if (pair.from >= regions) balance[pair.from - regions] -= road.kt[p];
  }
  const Network network = build_network(*outcome->world);
  for (std::size_t leg = 0; leg < network.legs.size(); ++leg) {
    const ServiceLeg& of = outcome->world->services[network.legs[leg].service].legs[network.legs[leg].index];
    balance[of.from.value()] -= outcome->loads.leg[leg];
    balance[of.to.value()] += outcome->loads.leg[leg];
    handled[of.from.value()] += outcome->loads.leg[leg];
    handled[of.to.value()] += outcome->loads.leg[leg];
  }
  for (std::size_t t = 0; t < terminals; ++t) {
    EXPECT_NEAR(balance[t], 0.0, 1e-9 * handled[t]);
    EXPECT_NEAR(outcome->loads.terminal[t], handled[t], 1e-9 * handled[t]);
  }
}

TEST(RoadTonnes, KeepTheirPairsOnTheNetworkOfAnotherYear) {
  const RoadPair first{0, 3, 1, 2}, second{0, 3, 1, 5}, third{1, 0, 0, 1}, fourth{1, 2, 5, 0};
  const auto pairs = std::make_shared<const RoadPairs>(RoadPairs{first, third, fourth});
  const auto others = std::make_shared<const RoadPairs>(RoadPairs{first, second, fourth});
  const RoadTonnes tonnes{pairs, {1.0, 2.0, 3.0}};
  EXPECT_EQ(on_pairs(pairs, tonnes).kt, tonnes.kt);
  EXPECT_EQ(on_pairs(others, tonnes).kt, (std::vector<double>{1.0, 0.0, 3.0}));
  EXPECT_EQ(on_pairs(others, RoadTonnes{}).kt, std::vector<double>(3));
}

TEST(RoadTonnes, ArePairsThatLandConnects) {
  const Network network = build_network(tiny_world());
  ASSERT_FALSE(network.road_pairs->empty());
  EXPECT_TRUE(std::is_sorted(network.road_pairs->begin(), network.road_pairs->end()));
  for (const RoadPair& pair : *network.road_pairs) {
    EXPECT_NE(pair.from, pair.to);
    EXPECT_TRUE(pair.from < network.regions || pair.to < network.regions);
    EXPECT_EQ(pair.node, network.places[pair.from]);
  }
}

TEST(Evaluate, TonnesShippedAreTonnesOnTheNetwork) {
  Evaluator evaluator(tiny_world(), {});
  const auto outcome = evaluator.evaluate(request(0, 2024));
  for (std::size_t m = 0; m < outcome->equilibrium.tonnes.size(); ++m)
    for (std::size_t origin = 0; origin < 4; ++origin) {
      double shipped = 0.0, moved = 0.0;
      for (std::size_t n = 0; n < 4; ++n)
        if (n != origin) shipped += outcome->equilibrium.tonnes[m](n, origin);
      const RoadTonnes& road = outcome->loads.road;
      for (std::size_t p = 0; p < road.kt.size(); ++p)
        if (const RoadPair& pair = (*road.pairs)[p]; pair.freight_class == m && pair.from == origin)
          moved += road.kt[p];
      EXPECT_NEAR(moved, shipped, 1e-9 * std::max(1.0, shipped));
    }
}

TEST(Evaluate, MoreSailingsLowerTheCostAcrossTheStraitAndNobodyElsewhereSuffersMuch) {
  Evaluator evaluator(tiny_world(), {});
  const auto before = evaluator.evaluate(request(1, 2030));
  const auto after = evaluator.evaluate(request(2, 2030));
  using namespace gerbang::testing;
  for (std::size_t m = 0; m < 2; ++m)
    EXPECT_LT(after->cost[m](kCapital, kGate), before->cost[m](kCapital, kGate));
  const Gains result = gains(evaluator.base_year().economy, *before, *after);
  EXPECT_TRUE(result.is_transport_only);
  EXPECT_GT(result.ev_idr_bn, 0.0);
  EXPECT_NEAR(result.ev_idr_bn, result.first_order_idr_bn, 0.5 * std::abs(result.first_order_idr_bn));
}

TEST(Evaluate, AScenarioInWhichNothingDiffersYetHasItsPredecessorsOutcomeToTheBit) {
  Evaluator evaluator(tiny_world(), {});
  const auto before = evaluator.evaluate(request(0, 2024)), same = evaluator.evaluate(request(1, 2024)),
             later = evaluator.evaluate(request(0, 2030)), other = evaluator.evaluate(request(1, 2030));
  EXPECT_EQ(same->scenario, evaluator.world().scenarios[ScenarioId(1)].id);
  EXPECT_EQ(same->parent_hash, before->hash);
  EXPECT_NE(same->hash, before->hash);
  EXPECT_EQ(same->equilibrium.wage_hat, before->equilibrium.wage_hat);
  EXPECT_EQ(same->loads.terminal, before->loads.terminal);
  EXPECT_NE(other->equilibrium.wage_hat, later->equilibrium.wage_hat);
  EXPECT_EQ(gains(evaluator.base_year().economy, *before, *same).ev_idr_bn, 0.0);
}

TEST(Evaluate, MoversAreToldApartFromThoseWhoStay) {
  Evaluator evaluator(tiny_world(), {});
  const auto before = evaluator.evaluate(request(0, 2030));
  const auto after = evaluator.evaluate(request(1, 2030));
  const Gains result = gains(evaluator.base_year().economy, *before, *after);
  ASSERT_EQ(result.movers.size(), 1U);
  EXPECT_NEAR(result.movers[0].people, 100e3, 1e-6);
  EXPECT_NE(result.regions[gerbang::testing::kFarm].dilution_percent, 0.0);
}

TEST(Evaluate, AnOutcomeIsTheSameBytesForAnyNumberOfThreadsAndOrderAndWithACache) {
  const auto bytes_of = [](std::size_t threads, std::vector<Request> requests, Cache* cache) {
    set_thread_count(threads);
    Evaluator evaluator(tiny_world(),
                        {.study_hash = "tiny", .fingerprint = "", .cache = cache, .observer = {}});
    std::map<std::string, std::string> bytes;
    for (const auto& outcome : evaluator.evaluate(requests))
      bytes[outcome->scenario + std::to_string(outcome->year)] = to_bytes(*outcome);
    set_thread_count(0);
    return bytes;
  };
  const std::vector<Request> all = {request(0, 2024), request(1, 2024), request(2, 2024),
                                    request(0, 2030), request(1, 2030), request(2, 2030)};
  std::vector<Request> reversed(all.rbegin(), all.rend());
  MemoryCache cache;
  const auto one = bytes_of(1, all, nullptr);
  EXPECT_EQ(one, bytes_of(2, reversed, nullptr));
  EXPECT_EQ(one, bytes_of(3, {all[2], all[5], all[0], all[1], all[3], all[4]}, &cache));
  EXPECT_EQ(one, bytes_of(1, reversed, &cache));
  MemoryCache begun;  // knows the base year and one outcome
  (void)bytes_of(1, {all[0]}, &begun);
  EXPECT_EQ(one, bytes_of(2, all, &begun));
}

// GCC once made two versions of a loop, one for arrays that lie close together, which rounded differently.
TEST(Evaluate, AnOutcomeDoesNotDependOnWhereTheHeapPutsIt) {
  std::string first;
  for (std::size_t round = 0; round < 100; ++round) {
    std::vector<std::vector<char>> in_the_way;
    for (std::size_t k = 0; k < round % 13; ++k) in_the_way.emplace_back(8 + 16 * (37 * (k + round) % 200));
    Evaluator evaluator(tiny_world(), {});
    std::string bytes;
    for (const std::size_t scenario : {0U, 1U, 2U})
      bytes += to_bytes(*evaluator.evaluate(request(scenario, 2030)));
    if (round == 0) first = bytes;
    ASSERT_EQ(bytes, first) << round;
  }
}

TEST(Evaluate, ABaseYearFromTheCacheIsTheSame) {
  MemoryCache cache;
  const EvaluatorOptions options{.study_hash = "tiny", .fingerprint = "", .cache = &cache, .observer = {}};
  const Evaluator solved(tiny_world(), options), known(tiny_world(), options);
  const BaseYear &a = solved.base_year(), &b = known.base_year();
  EXPECT_NE(a.search, nullptr);
  EXPECT_EQ(b.search, nullptr);  // nothing was searched
  EXPECT_EQ(a.economy.expenditure.values(), b.economy.expenditure.values());
  EXPECT_EQ(a.economy.transport.classes[0].cost.values(), b.economy.transport.classes[0].cost.values());
  EXPECT_EQ(a.state.utilisation.terminal, b.state.utilisation.terminal);
  EXPECT_EQ(a.roads.volume, b.roads.volume);
  EXPECT_EQ(a.rounds, b.rounds);
  EXPECT_EQ(a.assumed_terminals, b.assumed_terminals);
}

TEST(Evaluate, ClosingTheFerryInTheShortRunLeavesTheOtherIslandUnserved) {
  Evaluator evaluator(tiny_world(), {});
  Request closed = request(0, 2024);
  closed.run = Run::kShort;
  closed.edits.push_back({.project = std::nullopt,
                          .table = "service",
                          .row = "ferry",
                          .column = "departures_per_week",
                          .operation = EditOperation::kSet,
                          .value = 0.0,
                          .provenance = {}});
  const auto outcome = evaluator.evaluate(closed);
  const auto before = evaluator.evaluate(request(0, 2024));
  using namespace gerbang::testing;
  double expected = 0.0;
  for (const Matrix& tonnes : before->equilibrium.tonnes)
    for (std::size_t r = 0; r < 4; ++r)
      if (r != kCapital) expected += tonnes(r, kCapital) + tonnes(kCapital, r);
  EXPECT_NEAR(outcome->unserved_kt, expected, 1e-6 * expected);
}

// A way of its own beside the ferry, so dear that hardly anything takes it.
World with_a_dear_ferry(double tariff_idr_per_tonne) {
  World world = tiny_world();
  Service dear = world.services[ServiceId(0)];
  dear.id = dear.name = "dear";
  for (ServiceLeg& leg : dear.legs) leg.tariff_idr_per_tonne = tariff_idr_per_tonne;
  for (const std::size_t at : {0, 1}) {
    Terminal quay = world.terminals[TerminalId(at)];
    quay.id = quay.name = quay.cluster = at == 0 ? "QGA" : "QCA";
    const TerminalId id = world.terminals.push_back(quay);
    (at == 0 ? dear.legs[0].from : dear.legs[0].to) = id;
    (at == 0 ? dear.legs[1].to : dear.legs[1].from) = id;
  }
  world.services.push_back(dear);
  return world;
}

TEST(Evaluate, TheBaseYearSettlesHoweverLittleAServiceCarries) {
  const auto is_used = [](double tariff) {
    const BaseYear base = calibrate_base_year(with_a_dear_ferry(tariff));
    EXPECT_TRUE(base.is_converged) << "at " << tariff << " IDR per tonne";
    return std::find(base.assumed_services.begin(), base.assumed_services.end(), ServiceId(2)) !=
           base.assumed_services.end();
  };
  double used = 1e6, unused = 1e8;  // IDR per tonne
  ASSERT_TRUE(is_used(used));
  ASSERT_FALSE(is_used(unused));
  // Towards the tariff at which its delay decides whether anything takes it at all.
  for (int halving = 0; halving < 30; ++halving) {
    const double middle = 0.5 * (used + unused);
    (is_used(middle) ? used : unused) = middle;
  }
}

TEST(Evaluate, EightTimesTheTonnesStillConverge) {
  World world = tiny_world();
  world.parameters.assumed_use = 0.9;
  for (ValueAdded& row : world.value_added) row.value_added_idr_bn *= 8.0;
  for (ForeignTrade& row : world.foreign_trade) row.value_idr_bn *= 8.0;
  for (Region& region : world.regions) {
    region.government_idr_bn *= 8.0;
    region.investment_idr_bn *= 8.0;
  }
  world.terminals[TerminalId(0)].capacity_mt_per_year = 6.0;  // too small on purpose
  Evaluator evaluator(world, {});
  EXPECT_TRUE(evaluator.base_year().is_converged);
  const auto outcome = evaluator.evaluate(request(2, 2030));
  EXPECT_TRUE(outcome->is_converged);
  EXPECT_GT(outcome->state.utilisation.terminal[0], 1.0);
}

// Six more quays at gate, each with a ferry of its own: a logit over them costs less than the least of them.
World with_many_quays(double dispersion) {
  World world = tiny_world();
  world.parameters.chain_dispersion = dispersion;
  for (std::size_t copy = 0; copy < 6; ++copy) {
    Terminal twin = world.terminals[TerminalId(0)];
    twin.id = "T" + std::to_string(copy);
    twin.cluster = twin.id;
    const TerminalId id = world.terminals.push_back(twin);
    Service service = world.services[ServiceId(0)];
    service.id = "S" + std::to_string(copy);
    for (ServiceLeg& leg : service.legs) (leg.from == TerminalId(0) ? leg.from : leg.to) = id;
    world.services.push_back(service);
  }
  return world;
}

TEST(Evaluate, AStudyWhoseChainsCostNothingIsRejectedWithTheTerminalsNamed) {
  try {
    Evaluator evaluator(with_many_quays(0.01), {});
    FAIL() << "a study with costs below zero was accepted";
  } catch (const InputError& error) {
    const std::string& found = error.faults().front().found.in(Language::kEnglish);
    EXPECT_TRUE(found.starts_with("base year: ")) << found;
    EXPECT_NE(found.find("terminals PGA"), std::string::npos) << found;
  }
}

TEST(Evaluate, AnEditThatMakesChainsCostNothingIsRejectedWithTheTerminalsNamed) {
  const World world = with_many_quays(6.0);
  Request free = request(0, 2024);
  for (const TerminalId id : world.terminals.ids())
    for (const char* column : {"handling_idr_per_tonne", "handling_h"})
      free.edits.push_back({.table = "terminal",
                            .row = world.terminals[id].id,
                            .column = column,
                            .operation = EditOperation::kSet,
                            .value = 0.0});
  Evaluator evaluator(world, {});
  try {
    const auto outcome = evaluator.evaluate(free);
    FAIL() << "an outcome with costs below zero was found";
  } catch (const InputError& error) {
    const std::string& found = error.faults().front().found.in(Language::kEnglish);
    EXPECT_TRUE(found.starts_with("scenario 'base', year 2024: ")) << found;
    EXPECT_NE(found.find("by terminals"), std::string::npos) << found;
  }
}

}  // namespace
}  // namespace gerbang::evaluate
