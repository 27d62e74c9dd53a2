// gerbang check STUDY: every fault of a study, or "ok" and what the study holds.
#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>

#include "apps/gerbang/verbs.h"
#include "gerbang/base/error.h"
#include "gerbang/io/study.h"
#include "gerbang/world/names.h"

namespace gerbang::app {
namespace {

struct CheckOptions {
  std::string study;
};

// How many rows are official, derived and assumed.
using Shares = std::array<std::size_t, 3>;

Shares count_qualities(const World& world) {
  Shares counts{};
  const auto count = [&](const auto& rows) {
    for (const auto& row : rows) ++counts[static_cast<std::size_t>(row.provenance.quality)];
  };
  count(world.parameter_rows);
  count(world.regions);
  count(world.sectors);
  count(world.freight_classes);
  count(world.links);
  count(world.terminals);
  count(world.services);
  for (const Service& service : world.services) count(service.legs);
  count(world.projects);
  for (const Project& project : world.projects) count(project.owners);
  count(world.value_added);
  count(world.input_output);
  count(world.final_demand);
  count(world.foreign_trade);
  count(world.edits);
  count(world.trends);
  count(world.moves);
  return counts;
}

std::string percent(std::size_t part, const Shares& all, Language language) {
  const std::size_t sum = all[0] + all[1] + all[2];
  return number_text(sum == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(sum), 0,
                     language);
}

std::string summary(const World& world, Language language) {
  const auto whole = [&](std::size_t count) { return number_text(static_cast<double>(count), 0, language); };
  const Shares shares = count_qualities(world);
  std::size_t legs = 0;
  for (const Service& service : world.services) legs += service.legs.size();
  const Text text{
      "ok: {}\n"
      "Tahun dasar {}; {} wilayah, {} sektor, {} kelas barang; {} simpul, {} ruas jalan, {} terminal, {} "
      "layanan "
      "dengan {} etape; {} proyek, {} perubahan, {} skenario untuk {} tahun. Baris data: {} % resmi, {} % "
      "turunan, "
      "{} % asumsi; {} nilai dengan rentang.\n",
      "ok: {}\n"
      "Base year {}; {} regions, {} sectors, {} freight classes; {} nodes, {} roads, {} terminals, {} "
      "services with "
      "{} legs; {} projects, {} edits, {} scenarios for {} years. Rows of data: {} % official, {} % derived, "
      "{} % "
      "assumed; {} values with a range.\n"};
  return fmt::format(
      fmt::runtime(text.in(language)), language == Language::kIndonesian ? world.title : world.title_en,
      world.base_year, whole(world.regions.size()), whole(world.sectors.size()),
      whole(world.freight_classes.size()), whole(world.nodes.size()), whole(world.links.size()),
      whole(world.terminals.size()), whole(world.services.size()), whole(legs), whole(world.projects.size()),
      whole(world.edits.size()), whole(world.scenarios.size()), whole(world.years.size()),
      percent(shares[0], shares, language), percent(shares[1], shares, language),
      percent(shares[2], shares, language), whole(world.uncertainties.size()));
}

nlohmann::ordered_json faults_json(const std::vector<Fault>& faults, Language language) {
  auto list = nlohmann::ordered_json::array();
  for (const Fault& fault : faults) {
    list.push_back({{"file", fault.file},
                    {"line", fault.line},
                    {"column", fault.column},
                    {"found", fault.found.in(language)},
                    {"expected", fault.expected.in(language)}});
  }
  return list;
}

void print_faults(const std::vector<Fault>& faults, const Common& common) {
  for (const Fault& fault : faults) common.print(fault.text(common.language) + "\n");
  const Text text{"{} kesalahan\n", "{} fault(s)\n"};
  common.print(fmt::format(fmt::runtime(text.in(common.language)), faults.size()));
}

ExitCode check(const CheckOptions& options, const Common& common) {
  try {
    const World world = io::read_study(options.study);
    common.print(summary(world, common.language));
    common.write_json({{"study", world.name},
                       {"hash", io::study_hash(options.study)},
                       {"faults", nlohmann::ordered_json::array()}});
    return ExitCode::kOk;
  } catch (const InputError& error) {  // here faults are the result, and go where results go
    print_faults(error.faults(), common);
    common.write_json({{"study", options.study}, {"faults", faults_json(error.faults(), common.language)}});
    return ExitCode::kBadInput;
  }
}

}  // namespace

void add_check(const Verb& gerbang) {
  const Verb verb = gerbang.add("check", {"periksa sebuah studi: semua kesalahan, atau \"ok\"",
                                          "check a study: every fault, or \"ok\""});
  CheckOptions& options = verb.runs(check);
  verb.option("study", options.study, {"folder studi", "folder of the study"}, "STUDY").required();
}

}  // namespace gerbang::app
