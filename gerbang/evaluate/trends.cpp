#include "gerbang/evaluate/trends.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

namespace gerbang::evaluate {
namespace {

// One line through the years: what it concerns, and its points.
struct TrendLine {
  TrendVariable variable;
  std::optional<RegionId> region;
  std::optional<SectorId> sector;
  EditOperation operation;
  std::string trend;
  std::map<int, double> points;

  [[nodiscard]] double at(int year, int base_year) const {
    std::map<int, double> all = points;
    all.emplace(base_year, operation == EditOperation::kMultiply ? 1.0 : 0.0);
    const auto after = all.lower_bound(year);
    if (after == all.end()) return all.rbegin()->second;
    if (after == all.begin() || after->first == year) return after->second;
    const auto before = std::prev(after);
    const double part = static_cast<double>(year - before->first) / (after->first - before->first);
    return before->second + part * (after->second - before->second);
  }
};

// The lines of the rows that count.
template <class Counts>
std::vector<TrendLine> lines_of(const World& world, const Counts& counts) {
  std::vector<TrendLine> lines;
  std::map<std::tuple<std::string, TrendVariable, std::optional<RegionId>, std::optional<SectorId>,
                      EditOperation, std::optional<ProjectId>>,
           std::size_t>
      index;
  for (const TrendPoint& point : world.trends) {
    if (!counts(point)) continue;
    const auto [known, is_new] = index.try_emplace(
        {point.trend, point.variable, point.region, point.sector, point.operation, point.project},
        lines.size());
    if (is_new)
      lines.push_back({point.variable, point.region, point.sector, point.operation, point.trend, {}});
    lines[known->second].points[point.year] = point.value;
  }
  return lines;
}

bool is_listed(const TrendPoint& point, std::span<const std::string> trends) {
  return point.is_present && std::find(trends.begin(), trends.end(), point.trend) != trends.end();
}

bool concerns(const TrendLine& line, const World& world, RegionId region) {
  return line.region ? *line.region == region : !world.regions[region].is_foreign;
}

// People that a trend adds come from the origins of its move rows, by share.
void move_people(const World& world, const TrendLine& line, double added, TrendEffects& effects) {
  double from_somewhere = 0.0;
  for (const Move& move : world.moves) {
    if (move.trend != line.trend || move.destination != *line.region) continue;
    const double people = added * move.share;
    from_somewhere += people;
    effects.population[move.origin.value()] -= people;
    effects.movers.push_back({move.origin.value(), move.destination.value(), people});
  }
  effects.arrivals_from_nowhere += added - from_somewhere;
}

std::vector<double> user_shares(const World& world, FinalUser user) {
  std::vector<double> shares(world.sectors.size());
  for (const FinalDemandShare& row : world.final_demand)
    if (row.user == user) shares[row.sector.value()] += row.share;
  return shares;
}

// Every domestic region pays by the income of its households.
std::vector<double> shares_by_income(const World& world, const trade::Economy& economy) {
  std::vector<double> shares(economy.regions);
  double total = 0.0;
  for (std::size_t r = 0; r < economy.regions; ++r)
    if (!world.regions[RegionId(r)].is_foreign) total += shares[r] = economy.income[r];
  for (double& share : shares) share /= total;
  return shares;
}

}  // namespace

TrendEffects trend_effects(const World& world, std::span<const std::string> trends, int year) {
  const std::size_t regions = world.regions.size();
  TrendEffects effects{.population = {},
                       .productivity = Matrix(regions, world.sectors.size(), 1.0),
                       .government = std::vector<double>(regions),
                       .investment = std::vector<double>(regions),
                       .movers = {},
                       .payer_share = {}};
  for (const Region& region : world.regions) effects.population.push_back(region.population);

  const std::vector<TrendLine> lines = lines_of(world, [&](const TrendPoint& point) {
    return point.project ? point.is_present : is_listed(point, trends);
  });
  for (const TrendLine& line : lines) {
    if (line.operation != EditOperation::kMultiply) continue;
    const double factor = line.at(year, world.base_year);
    for (const RegionId region : world.regions.ids()) {
      if (!concerns(line, world, region)) continue;
      const std::size_t r = region.value();
      if (line.variable == TrendVariable::kPopulation) effects.population[r] *= factor;
      if (line.variable == TrendVariable::kGovernment)
        effects.government[r] += (factor - 1.0) * world.regions[region].government_idr_bn;
      if (line.variable == TrendVariable::kInvestment)
        effects.investment[r] += (factor - 1.0) * world.regions[region].investment_idr_bn;
      if (line.variable == TrendVariable::kProductivity)
        for (const SectorId sector : world.sectors.ids())
          if (!line.sector || *line.sector == sector) effects.productivity(r, sector.value()) *= factor;
    }
  }
  for (const TrendLine& line : lines) {
    if (line.operation != EditOperation::kAdd || !line.region) continue;
    const double added = line.at(year, world.base_year);
    const std::size_t r = line.region->value();
    if (line.variable == TrendVariable::kGovernment) effects.government[r] += added;
    if (line.variable == TrendVariable::kInvestment) effects.investment[r] += added;
    if (line.variable == TrendVariable::kPopulation) {
      effects.population[r] += added;
      move_people(world, line, added, effects);
    }
  }
  for (const Payer& payer : world.payers) {
    if (std::find(trends.begin(), trends.end(), payer.trend) == trends.end()) continue;
    effects.payer_share.resize(regions);
    effects.payer_share[payer.region.value()] += payer.share;
  }
  return effects;
}

double national_growth(const World& world, const trade::Economy& economy, std::span<const std::string> trends,
                       int year) {
  double before = 0.0, after = 0.0;
  const std::vector<TrendLine> lines =
      lines_of(world, [&](const TrendPoint& point) { return is_listed(point, trends); });
  for (const RegionId region : world.regions.ids()) {
    if (world.regions[region].is_foreign) continue;
    const std::size_t r = region.value();
    double people = 1.0;
    std::vector<double> productivity(economy.sectors, 1.0);
    for (const TrendLine& line : lines) {
      if (line.operation != EditOperation::kMultiply || !concerns(line, world, region)) continue;
      const double factor = line.at(year, world.base_year);
      if (line.variable == TrendVariable::kPopulation) people *= factor;
      if (line.variable == TrendVariable::kProductivity)
        for (std::size_t s = 0; s < economy.sectors; ++s)
          if (!line.sector || line.sector->value() == s) productivity[s] *= factor;
    }
    for (std::size_t s = 0; s < economy.sectors; ++s) {
      const double value_added = economy.value_added_share(r, s) * economy.output(r, s);
      before += value_added;
      after += value_added * productivity[s] * std::pow(people, economy.labour_share[r]);
    }
  }
  return before > 0.0 ? after / before : 1.0;
}

trade::Change trade_change(const World& world, const trade::Economy& economy, const TrendEffects& effects,
                           double growth) {
  trade::Change change;
  const std::vector<double> government = user_shares(world, FinalUser::kGovernment);
  const std::vector<double> investment = user_shares(world, FinalUser::kInvestment);
  change.productivity = effects.productivity;
  change.local_public_demand = Matrix(economy.regions, economy.sectors);
  change.public_demand = Matrix(economy.regions, economy.sectors);
  for (std::size_t r = 0; r < economy.regions; ++r) {
    const double before = world.regions[RegionId(r)].population;
    change.population.push_back(before > 0.0 ? effects.population[r] / before : 1.0);
    change.deficit.push_back(economy.deficit[r] * growth);
    for (std::size_t s = 0; s < economy.sectors; ++s) {
      change.local_public_demand(r, s) = economy.public_demand(r, s) * growth;
      const double added = effects.government[r] * government[s] + effects.investment[r] * investment[s];
      // A region cannot give up more public demand than it has.
      change.public_demand(r, s) = std::max(0.0, change.local_public_demand(r, s) + added);
    }
  }
  change.payer_share = effects.payer_share.empty() ? shares_by_income(world, economy) : effects.payer_share;
  return change;
}

}  // namespace gerbang::evaluate
