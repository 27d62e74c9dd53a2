// The tiny world of the evaluate tests as a study folder that `gerbang run` can solve in an instant.
#pragma once

#include <filesystem>

#include "gerbang/io/study.h"
#include "tests/apps/command.h"
#include "tests/evaluate/tiny_world.h"

namespace gerbang::test {

inline void name_sources(World& world) {
  const auto name = [](auto& rows) {
    for (auto& row : rows) row.provenance = {.source = "made up for tests", .quality = Quality::kAssumed};
  };
  name(world.regions);
  name(world.sectors);
  name(world.freight_classes);
  name(world.nodes);
  name(world.links);
  name(world.terminals);
  name(world.services);
  for (Service& service : world.services) name(service.legs);
  name(world.projects);
  name(world.value_added);
  name(world.input_output);
  name(world.final_demand);
  name(world.foreign_trade);
  name(world.edits);
  name(world.trends);
  name(world.moves);
}

class RunStudy {
 public:
  RunStudy() : world_(testing::tiny_world()) {
    world_.title = "Dunia kecil";
    world_.title_en = "A tiny world";
    for (Link& link : world_.links) {
      link.name = link.id;
      link.facility = "arterial";
    }
    for (Service& service : world_.services) service.carrier = "a company";
    for (Project& project : world_.projects) {
      project.name = project.name_en = project.id;
      project.region = RegionId(testing::kGate);
      project.owners = {{.party = "city",
                         .region = RegionId(testing::kCapital),
                         .cost_share = 1.0,
                         .provenance = {"made up for tests"}}};
    }
    name_sources(world_);
    io::write_study(world_, study());
  }

  [[nodiscard]] World& world() { return world_; }
  void write() const { io::write_study(world_, study()); }
  [[nodiscard]] std::filesystem::path study() const { return folder_.path() / "study"; }
  // Where a test may leave its results.
  [[nodiscard]] std::filesystem::path place(const std::string& name) const { return folder_.path() / name; }

  // "gerbang run STUDY ARGUMENTS", in this study's folder, which also holds its cache and its results.
  [[nodiscard]] Said run(const std::string& arguments = "") const {
    std::string line = "run '" + study().string() + "' " + arguments;
    for (const auto& [option, name] : {std::pair("--cache", "cache"), std::pair("--out", "results.gpkg")})
      if (arguments.find(option) == std::string::npos)
        line += std::string(" ") + option + " '" + place(name).string() + "'";
    return run_command(line);
  }

 private:
  TemporaryFolder folder_;
  World world_;
};

}  // namespace gerbang::test
