#include "gerbang/evaluate/gains.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "gerbang/base/units.h"

namespace gerbang::evaluate {
namespace {

// People who live elsewhere than in the reference: the difference of both outcomes' movers.
std::vector<trade::Movers> movers_between(const Outcome& reference, const Outcome& outcome) {
  std::map<std::pair<std::size_t, std::size_t>, double> people;
  for (const trade::Movers& mover : outcome.trends.movers)
    people[{mover.origin, mover.destination}] += mover.people;
  for (const trade::Movers& mover : reference.trends.movers)
    people[{mover.origin, mover.destination}] -= mover.people;
  std::vector<trade::Movers> movers;
  constexpr double kNobody = 1e-6;
  for (const auto& [pair, count] : people)
    if (count > kNobody) movers.push_back({pair.first, pair.second, count});
  return movers;
}

Verdict verdict_of(double percent, double material_percent) {
  if (std::abs(percent) < material_percent) return Verdict::kNoMaterialChange;
  return percent > 0.0 ? Verdict::kGains : Verdict::kLoses;
}

// Real household income per head at base prices, by domestic region, with its people.
struct Group {
  double income_per_head = 0.0;
  double people = 0.0;
};
std::vector<Group> real_incomes(const trade::Economy& economy, const Outcome& outcome) {
  std::vector<Group> groups;
  for (std::size_t r = 0; r < economy.regions; ++r) {
    if (outcome.world->regions[RegionId(r)].is_foreign) continue;
    double log_price = 0.0;
    for (std::size_t s = 0; s < economy.sectors; ++s)
      log_price += economy.household_share(r, s) * std::log(outcome.equilibrium.price_hat(r, s));
    const double people = outcome.trends.population[r];
    if (people > 0.0)
      groups.push_back({outcome.equilibrium.income[r] / std::exp(log_price) / people, people});
  }
  return groups;
}

// Theil's T between groups.
double theil(const std::vector<Group>& groups) {
  double people = 0.0, income = 0.0;
  for (const Group& group : groups) {
    people += group.people;
    income += group.people * group.income_per_head;
  }
  double sum = 0.0;
  for (const Group& group : groups) {
    const double relative = group.income_per_head * people / income;
    if (relative > 0.0) sum += group.people / people * relative * std::log(relative);
  }
  return sum;
}

// Gini's coefficient between groups: one less twice the area under the Lorenz curve.
double gini(std::vector<Group> groups) {
  std::sort(groups.begin(), groups.end(),
            [](const Group& a, const Group& b) { return a.income_per_head < b.income_per_head; });
  double people = 0.0, income = 0.0;
  for (const Group& group : groups) {
    people += group.people;
    income += group.people * group.income_per_head;
  }
  double below = 0.0, area = 0.0;
  for (const Group& group : groups) {
    const double own = group.people * group.income_per_head / income;
    area += group.people / people * (below + 0.5 * own);
    below += own;
  }
  return 1.0 - 2.0 * area;
}

bool same_trends(const Outcome& a, const Outcome& b) {
  return a.trends.population == b.trends.population && a.trends.productivity == b.trends.productivity &&
         a.trends.government == b.trends.government && a.trends.investment == b.trends.investment;
}

trade::Transport transport_of(const Outcome& outcome) {
  trade::Transport transport;
  for (std::size_t m = 0; m < outcome.cost.size(); ++m)
    transport.classes.push_back({outcome.cost[m], outcome.money[m], {}});
  return transport;
}

double domestic_first_order(const Outcome& reference, const Outcome& outcome) {
  const std::vector<double> by_buyer =
      trade::first_order_value(reference.equilibrium, transport_of(reference), transport_of(outcome));
  double sum = 0.0;
  for (std::size_t r = 0; r < by_buyer.size(); ++r)
    if (!outcome.world->regions[RegionId(r)].is_foreign) sum += by_buyer[r];
  return sum;
}

// The totals over regions and people of what is known region by region.
void summarise(Gains& result, const Outcome& reference) {
  double people = 0.0, gaining_people = 0.0, gaining_regions = 0.0;
  result.smallest_gain_percent = result.regions.empty() ? 0.0 : result.regions.front().ev_percent;
  for (const RegionGain& gain : result.regions) {
    result.ev_idr_bn += gain.ev_idr_bn;
    const double living = reference.trends.population[gain.region.value()];
    people += living;
    if (gain.verdict == Verdict::kGains) {
      gaining_people += living;
      gaining_regions += 1.0;
    }
    result.smallest_gain_percent = std::min(result.smallest_gain_percent, gain.ev_percent);
  }
  for (const trade::MoverGain& mover : result.movers) result.movers_ev_idr_bn += mover.ev;
  result.ev_idr_bn += result.movers_ev_idr_bn;
  result.share_of_regions_that_gain =
      result.regions.empty() ? 0.0 : gaining_regions / static_cast<double>(result.regions.size());
  result.share_of_people_that_gain = people > 0.0 ? gaining_people / people : 0.0;
}

}  // namespace

Gains gains(const trade::Economy& economy, const Outcome& reference, const Outcome& outcome) {
  const World& world = *outcome.world;
  std::vector<double> population;
  for (const Region& region : world.regions) population.push_back(region.population);
  const trade::Comparison comparison = trade::compare(economy, reference.equilibrium, outcome.equilibrium,
                                                      population, movers_between(reference, outcome));
  Gains result;
  result.scenario = outcome.scenario;
  result.reference = reference.scenario;
  result.year = outcome.year;
  result.movers = comparison.movers;
  for (const RegionId region : world.regions.ids()) {
    const std::size_t r = region.value();
    const double people = std::min(reference.trends.population[r], outcome.trends.population[r]);
    RegionGain gain{.region = region,
                    .ev_idr_bn = comparison.ev[r],
                    .ev_percent = 100.0 * (comparison.welfare_hat[r] - 1.0),
                    .ev_mn_idr_per_head = people > 0.0 ? comparison.ev[r] * kMnPerBn / people : 0.0,
                    .dilution_percent = 100.0 * std::expm1(comparison.dilution[r])};
    gain.verdict = verdict_of(gain.ev_percent, world.parameters.material_change_percent);
    if (world.regions[region].is_foreign) {
      gain.ev_idr_bn += result.foreign.ev_idr_bn;
      result.foreign = gain;
    } else {
      result.regions.push_back(gain);
    }
  }
  summarise(result, reference);
  result.is_transport_only = same_trends(reference, outcome);
  result.first_order_idr_bn = domestic_first_order(reference, outcome);
  const std::vector<Group> before = real_incomes(economy, reference), after = real_incomes(economy, outcome);
  result.theil_before = theil(before);
  result.theil_after = theil(after);
  result.gini_before = gini(before);
  result.gini_after = gini(after);
  return result;
}

}  // namespace gerbang::evaluate
