#include "gerbang/report/choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "gerbang/base/error.h"
#include "gerbang/base/text.h"
#include "gerbang/world/apply.h"

namespace gerbang::report {
namespace {

template <class Table>
std::vector<std::string> ids_of(const Table& table) {
  std::vector<std::string> ids;
  for (const auto& row : table) ids.push_back(row.id);
  return ids;
}

Fault unknown_name(std::string option, std::string_view name, const std::vector<std::string>& known) {
  const std::string near = nearest(name, known);
  return {.file = std::move(option),
          .found = said({"studi ini tidak punya '{}'", "the study has no '{}'"}, name),
          .expected = near.empty() ? said({"salah satu dari: {}", "one of: {}"}, fmt::join(known, ", "))
                                   : said({"maksudnya '{}'?", "did you mean '{}'?"}, near)};
}

void add_pair(std::vector<RegionPair>& pairs, RegionId a, RegionId b) {
  pairs.push_back({a, b});
  pairs.push_back({b, a});
}

// How many projects that the scenarios decide concern each region, as place or owner.
std::vector<std::size_t> projects_by_region(const World& world) {
  std::set<ProjectId> decided;
  for (const Scenario& scenario : world.scenarios)
    decided.insert(scenario.projects.begin(), scenario.projects.end());
  std::vector<std::size_t> count(world.regions.size());
  for (const ProjectId id : decided)
    for (const RegionId region : concerned_by(world.projects[id])) ++count[region.value()];
  return count;
}

bool is_alone_in_group(const World& world, RegionId region) {
  return std::count_if(world.regions.begin(), world.regions.end(),
                       [&](const Region& other) { return other.group == world.regions[region].group; }) == 1;
}

}  // namespace

std::vector<ScenarioId> choose_scenarios(const World& world, std::span<const std::string> names) {
  const std::vector<std::string> known = ids_of(world.scenarios);
  std::vector<Fault> faults;
  for (const std::string& name : names)
    if (std::find(known.begin(), known.end(), name) == known.end())
      faults.push_back(unknown_name("--scenario", name, known));
  if (!faults.empty()) throw InputError(std::move(faults));
  std::vector<ScenarioId> chosen;
  for (const ScenarioId scenario : world.scenarios.ids())
    if (names.empty() || std::find(names.begin(), names.end(), known[scenario.value()]) != names.end())
      chosen.push_back(scenario);
  return chosen;
}

RegionId choose_region(const World& world, const std::string& id) {
  std::vector<std::string> known;
  for (const RegionId region : world.regions.ids()) {
    if (world.regions[region].is_foreign) continue;
    if (world.regions[region].id == id) return region;
    known.push_back(world.regions[region].id);
  }
  Fault fault = unknown_name("REGION", id, known);
  fault.found = said({"studi ini tidak punya wilayah '{}'", "the study has no region '{}'"}, id);
  throw InputError(std::move(fault));
}

ScenarioId last_compared(const World& world, std::span<const ScenarioId> scenarios) {
  ScenarioId last(0);
  for (const ScenarioId scenario : scenarios)
    if (world.scenarios[scenario].predecessor) last = scenario;
  return last;
}

std::vector<int> choose_years(const World& world, std::span<const int> years) {
  std::set<int> chosen(years.begin(), years.end());
  if (years.empty()) chosen.insert(world.years.begin(), world.years.end());
  const int last = std::max(world.base_year, *std::max_element(world.years.begin(), world.years.end()));
  std::vector<Fault> faults;
  for (const int year : chosen)
    if (year < world.base_year || year > last)
      faults.push_back(
          {.file = "--year",
           .found = said({"studi ini tidak mengenal tahun {}", "the study does not know the year {}"}, year),
           .expected = said({"tahun dari {} sampai {}", "a year from {} to {}"}, world.base_year, last)});
  if (!faults.empty()) throw InputError(std::move(faults));
  return {chosen.begin(), chosen.end()};
}

std::vector<RegionPair> choose_pairs(const World& world, std::span<const std::string> names) {
  const std::vector<std::string> known = ids_of(world.regions);
  std::vector<Fault> faults;
  std::vector<RegionPair> pairs;
  for (const std::string& name : names) {
    const std::vector<std::string> ends = split_words(name, ':');
    if (ends.size() != 2) {
      faults.push_back({.file = "--pair",
                        .found = said({"'{}' bukan pasangan wilayah", "'{}' is no pair of regions"}, name),
                        .expected = {"dua id wilayah dengan titik dua di antaranya",
                                     "two region ids with a colon between them"}});
      continue;
    }
    std::vector<RegionId> regions;
    for (const std::string& end : ends) {
      const auto at = std::find(known.begin(), known.end(), end);
      if (at == known.end()) faults.push_back(unknown_name("--pair", end, known));
      regions.emplace_back(static_cast<std::size_t>(at - known.begin()));
    }
    add_pair(pairs, regions[0], regions[1]);
  }
  if (!faults.empty()) throw InputError(std::move(faults));
  return pairs;
}

std::vector<RegionPair> pairs_of_interest(const World& world) {
  constexpr std::size_t kMostPairs = 4;
  const std::vector<std::size_t> projects = projects_by_region(world);
  const auto gateway = std::max_element(projects.begin(), projects.end());
  if (gateway == projects.end() || *gateway == 0) return {};
  const RegionId centre(static_cast<std::size_t>(gateway - projects.begin()));
  std::set<RegionId> destinations;
  for (const Move& move : world.moves) destinations.insert(move.destination);
  std::vector<RegionPair> pairs;
  for (const RegionId region : world.regions.ids()) {
    const bool is_concerned = projects[region.value()] > 0 || destinations.contains(region);
    if (region == centre || !is_concerned || !is_alone_in_group(world, region)) continue;
    if (pairs.size() < 2 * kMostPairs) add_pair(pairs, centre, region);
  }
  return pairs;
}

}  // namespace gerbang::report
