#include "gerbang/report/brief_bands.h"

#include <nlohmann/json.hpp>

#include "gerbang/base/hash.h"

namespace gerbang::report {
namespace {

std::string key_of(const RunResult& run, const std::string& scenario, int year,
                   const std::string& fingerprint) {
  Hasher hasher;
  hasher.add("gerbang brief bands 1").add(fingerprint).add(run.study_hash);
  return hasher.add(scenario).add(static_cast<std::uint64_t>(year)).hex();
}

DrawnBands bands_of(const RunResult& run, const DrawResult& draws, const DrawnComparison& drawn) {
  DrawnBands bands{.count = draws.count - draws.failed, .seed = draws.seed, .regions = {}};
  const std::vector<evaluate::RegionGain>& regions = run.outcomes[drawn.outcome].predecessor->gains.regions;
  for (std::size_t r = 0; r < regions.size(); ++r) {
    const Range& range = drawn.regions[r].ev_idr_bn;
    bands.regions[regions[r].region] = {.low = range.low, .high = range.high};
  }
  return bands;
}

std::string to_json(const DrawnBands& bands, const World& world) {
  auto regions = nlohmann::json::object();
  for (const auto& [region, band] : bands.regions) regions[world.regions[region].id] = {band.low, band.high};
  return nlohmann::json{{"count", bands.count}, {"seed", bands.seed}, {"regions", regions}}.dump();
}

std::optional<DrawnBands> from_json(const nlohmann::json& json, const World& world) {
  if (!json.is_object()) return std::nullopt;
  DrawnBands bands{.count = json["count"], .seed = json["seed"], .regions = {}};
  for (const RegionId region : world.regions.ids())
    if (const auto row = json["regions"].find(world.regions[region].id); row != json["regions"].end())
      bands.regions[region] = {.low = (*row)[0], .high = (*row)[1]};
  return bands;
}

}  // namespace

std::optional<DrawnBands> drawn_bands(const RunResult& run, const DrawResult& draws, ScenarioId scenario,
                                      int year) {
  for (const DrawnComparison& drawn : draws.comparisons) {
    const evaluate::Outcome& outcome = *run.outcomes[drawn.outcome].outcome;
    if (drawn.against == Against::kPredecessor && outcome.year == year &&
        outcome.scenario == run.world->scenarios[scenario].id)
      return bands_of(run, draws, drawn);
  }
  return std::nullopt;
}

void keep_bands(const RunResult& run, const DrawResult& draws, const std::string& fingerprint,
                evaluate::Cache& kept) {
  for (const DrawnComparison& drawn : draws.comparisons) {
    if (drawn.against != Against::kPredecessor) continue;
    const evaluate::Outcome& outcome = *run.outcomes[drawn.outcome].outcome;
    const std::string key = key_of(run, outcome.scenario, outcome.year, fingerprint);
    const DrawnBands bands = bands_of(run, draws, drawn);
    const auto bytes = kept.get(key);
    const auto known = bytes ? from_json(nlohmann::json::parse(*bytes, nullptr, false), *run.world)
                             : std::optional<DrawnBands>();
    if (!known || known->count <= bands.count) kept.put(key, to_json(bands, *run.world));
  }
}

std::optional<DrawnBands> kept_bands(const RunResult& run, ScenarioId scenario, int year,
                                     const std::string& fingerprint, const evaluate::Cache& kept) {
  const auto bytes = kept.get(key_of(run, run.world->scenarios[scenario].id, year, fingerprint));
  if (!bytes) return std::nullopt;
  return from_json(nlohmann::json::parse(*bytes, nullptr, false), *run.world);
}

}  // namespace gerbang::report
