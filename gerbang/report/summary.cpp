#include "gerbang/report/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gerbang/base/units.h"
#include "gerbang/world/names.h"

namespace gerbang::report {
namespace {

using evaluate::RegionGain;
using evaluate::Verdict;

constexpr std::size_t kMostNamed = 3;

std::vector<RegionGain> first_of(std::vector<RegionGain> gains, Verdict verdict) {
  std::erase_if(gains, [&](const RegionGain& gain) { return gain.verdict != verdict; });
  std::stable_sort(gains.begin(), gains.end(), [](const RegionGain& a, const RegionGain& b) {
    return std::abs(a.ev_idr_bn) > std::abs(b.ev_idr_bn);
  });
  if (gains.size() > kMostNamed) gains.resize(kMostNamed);
  return gains;
}

Finding finding_of(const Headline& headline) {
  if (headline.losers > 0) return Finding::kSomeLose;
  if (headline.gainers == 0) return Finding::kNoMaterialChange;
  return headline.gainers == headline.regions ? Finding::kAllGain : Finding::kNobodyLoses;
}

// Income in the reference of those who live in the region in both.
double stayers_income(const Comparison& comparison, const evaluate::Outcome& outcome, RegionId region) {
  const std::size_t r = region.value();
  const double before = comparison.reference->trends.population[r];
  const double staying = std::min(before, outcome.trends.population[r]);
  return before > 0.0 ? comparison.reference->equilibrium.income[r] * staying / before : 0.0;
}

// One row a group; single regions first.
std::vector<GroupGain> groups_of(const World& world) {
  std::vector<GroupGain> groups;
  for (const Region& region : world.regions) {
    if (region.is_foreign) continue;
    auto known = std::find_if(groups.begin(), groups.end(),
                              [&](const GroupGain& group) { return group.name == region.group; });
    if (known == groups.end())
      known = groups.insert(groups.end(), GroupGain{.name = region.group, .name_en = region.group_en});
    ++known->regions;
  }
  std::stable_partition(groups.begin(), groups.end(),
                        [](const GroupGain& group) { return group.regions == 1; });
  return groups;
}

// The fullest first, as many as are shown.
void keep_fullest(std::vector<Loaded>& loaded) {
  std::stable_sort(loaded.begin(), loaded.end(),
                   [](const Loaded& a, const Loaded& b) { return a.use > b.use; });
  if (loaded.size() > kMostLoaded) loaded.resize(kMostLoaded);
}

// Before and after, each with its network.
struct Stage {
  const evaluate::Outcome& outcome;
  evaluate::Network network;
};

std::vector<Loaded> loaded_links(const Stage& before, const Stage& after) {
  const World& world = *after.outcome.world;
  Table<LinkId, std::optional<double>> earlier(world.links.size());
  for (const LinkUse& use : link_uses(before.outcome, before.network)) earlier[use.link] = use.use();
  std::vector<Loaded> loaded;
  for (const LinkUse& use : link_uses(after.outcome, after.network)) {
    const Link& link = world.links[use.link];
    if (link.vdf_alpha == 0.0) continue;  // a connector, which traffic does not slow down
    loaded.push_back({.name = link.name,
                      .name_en = link.name_en,
                      .use = use.use(),
                      .use_before = earlier[use.link],
                      .kt = use.freight_kt(),
                      .is_assumed = link.provenance.quality == Quality::kAssumed});
  }
  keep_fullest(loaded);
  return loaded;
}

bool is_assumed(std::string_view basis) {
  return basis == "base use" || basis == name_of(Quality::kAssumed);
}

std::vector<Loaded> loaded_terminals(const evaluate::BaseYear& base_year, const Stage& before,
                                     const Stage& after) {
  const World& world = *after.outcome.world;
  Table<TerminalId, std::optional<double>> earlier(world.terminals.size());
  for (const TerminalUse& use : terminal_uses(before.outcome, before.network))
    earlier[use.terminal] = use.use;
  std::vector<Loaded> loaded;
  for (const TerminalUse& use : terminal_uses(after.outcome, after.network))
    if (use.use)
      loaded.push_back({.name = world.terminals[use.terminal].name,
                        .name_en = world.terminals[use.terminal].name_en,
                        .use = *use.use,
                        .use_before = earlier[use.terminal],
                        .kt = use.kt,
                        .is_assumed = is_assumed(capacity_basis(base_year, world, use))});
  keep_fullest(loaded);
  return loaded;
}

// A service is as full as its fullest leg.
std::vector<LegUse> fullest_legs(const Stage& stage) {
  std::vector<LegUse> fullest;
  for (const LegUse& leg : leg_uses(stage.outcome, stage.network)) {
    if (!leg.use) continue;
    if (fullest.empty() || fullest.back().service != leg.service) {
      fullest.push_back(leg);
    } else if (*leg.use > *fullest.back().use) {
      fullest.back() = leg;
    }
  }
  return fullest;
}

std::vector<Loaded> loaded_services(const evaluate::BaseYear& base_year, const Stage& before,
                                    const Stage& after) {
  const World& world = *after.outcome.world;
  Table<ServiceId, std::optional<double>> earlier(world.services.size());
  for (const LegUse& use : fullest_legs(before)) earlier[use.service] = use.use;
  std::vector<Loaded> loaded;
  for (const LegUse& use : fullest_legs(after))
    loaded.push_back({.name = world.services[use.service].name,
                      .name_en = world.services[use.service].name_en,
                      .use = *use.use,
                      .use_before = earlier[use.service],
                      .kt = use.kt,
                      .is_assumed = is_assumed(capacity_basis(base_year, world, use))});
  keep_fullest(loaded);
  return loaded;
}

}  // namespace

Headline headline(const evaluate::Gains& gains) {
  Headline result{.regions = gains.regions.size(),
                  .most_gained = first_of(gains.regions, Verdict::kGains),
                  .most_lost = first_of(gains.regions, Verdict::kLoses)};
  for (const RegionGain& gain : gains.regions) {
    if (gain.verdict == Verdict::kGains) {
      ++result.gainers;
      result.gained_idr_bn += gain.ev_idr_bn;
    } else if (gain.verdict == Verdict::kLoses) {
      ++result.losers;
      result.lost_idr_bn += gain.ev_idr_bn;
    }
  }
  result.finding = finding_of(result);
  return result;
}

std::vector<GroupGain> group_gains(const RunResult& run, std::size_t outcome, Against against) {
  const ComparedOutcome& compared = run.outcomes[outcome];
  const Comparison& comparison = *compared.comparison(against);

  std::vector<GroupGain> groups = groups_of(*run.world);
  std::vector<double> income(groups.size());
  for (const RegionGain& gain : comparison.gains.regions) {
    const std::string& name = run.world->regions[gain.region].group;
    const auto group = std::find_if(groups.begin(), groups.end(),
                                    [&](const GroupGain& candidate) { return candidate.name == name; });
    const double weight = stayers_income(comparison, *compared.outcome, gain.region);
    income[static_cast<std::size_t>(group - groups.begin())] += weight;
    group->ev_idr_bn += gain.ev_idr_bn;
    group->dilution_percent += weight * gain.dilution_percent;
    group->gainers += gain.verdict == Verdict::kGains ? 1 : 0;
    group->losers += gain.verdict == Verdict::kLoses ? 1 : 0;
    group->changes_with_closure |= run.verdict_changes_with_closure(outcome, against, gain.region);
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (income[g] <= 0.0) continue;
    groups[g].ev_percent = kPercent * groups[g].ev_idr_bn / income[g];
    groups[g].dilution_percent /= income[g];
    if (std::abs(groups[g].ev_percent) >= run.world->parameters.material_change_percent)
      groups[g].verdict = groups[g].ev_percent > 0.0 ? Verdict::kGains : Verdict::kLoses;
  }
  return groups;
}

std::optional<MoversGain> movers_gain(const Comparison& comparison) {
  if (comparison.gains.movers.empty()) return std::nullopt;
  MoversGain all;
  double income = 0.0;
  for (const trade::MoverGain& mover : comparison.gains.movers) {
    const double living = comparison.reference->trends.population[mover.origin];
    all.people += mover.people;
    all.ev_idr_bn += mover.ev;
    if (living > 0.0)
      income += comparison.reference->equilibrium.income[mover.origin] * mover.people / living;
  }
  if (income > 0.0) all.ev_percent = kPercent * all.ev_idr_bn / income;
  return all;
}

double added_public_demand(const evaluate::Outcome& outcome, const evaluate::Outcome& reference) {
  const auto total = [](const evaluate::TrendEffects& trends) {
    return std::accumulate(trends.government.begin(), trends.government.end(), 0.0) +
           std::accumulate(trends.investment.begin(), trends.investment.end(), 0.0);
  };
  return total(outcome.trends) - total(reference.trends);
}

bool has_first_order_warning(const evaluate::Gains& gains) {
  constexpr double kFarApart = 0.25;
  constexpr double kNothingIdrBn = 1.0;
  if (!gains.is_transport_only) return false;
  const double apart = std::abs(gains.first_order_idr_bn - gains.ev_idr_bn);
  return apart > kNothingIdrBn && apart > kFarApart * std::abs(gains.ev_idr_bn);
}

MostLoaded most_loaded(const RunResult& run, const evaluate::Outcome& before,
                       const evaluate::Outcome& after) {
  const Stage earlier{before, evaluate::build_network(*before.world)};
  const Stage later{after, evaluate::build_network(*after.world)};
  return {loaded_links(earlier, later), loaded_terminals(*run.base_year, earlier, later),
          loaded_services(*run.base_year, earlier, later)};
}

std::vector<std::size_t> unconnected_pairs(const evaluate::Outcome& outcome) {
  const World& world = *outcome.world;
  std::vector<std::size_t> count;
  for (const Matrix& cost : outcome.cost) {
    count.push_back(0);
    for (const RegionId origin : world.regions.ids())
      for (const RegionId destination : world.regions.ids())
        if (origin != destination && !world.regions[origin].is_foreign &&
            !world.regions[destination].is_foreign &&
            !std::isfinite(cost(destination.value(), origin.value())))
          ++count.back();
  }
  return count;
}

std::optional<std::size_t> closest_look(const RunResult& run) {
  std::optional<std::size_t> last;
  for (const std::size_t outcome : fixed_outcomes(run, run.options.years.back()))
    if (run.outcomes[outcome].base) last = outcome;
  return last;
}

std::vector<std::size_t> fixed_outcomes(const RunResult& run, int year) {
  std::vector<std::size_t> outcomes;
  for (std::size_t i = 0; i < run.outcomes.size(); ++i) {
    const evaluate::Outcome& outcome = *run.outcomes[i].outcome;
    if (outcome.year == year && outcome.closure == trade::DeficitClosure::kFixed) outcomes.push_back(i);
  }
  return outcomes;
}

const ComparedOutcome& under_national_budget(const RunResult& run, std::size_t fixed_outcome) {
  const evaluate::Outcome& fixed = *run.outcomes[fixed_outcome].outcome;
  return *std::find_if(run.outcomes.begin(), run.outcomes.end(), [&](const ComparedOutcome& other) {
    return other.outcome->scenario == fixed.scenario && other.outcome->year == fixed.year &&
           other.outcome->closure == trade::DeficitClosure::kNationalBudget;
  });
}

}  // namespace gerbang::report
