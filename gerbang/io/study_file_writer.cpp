// study.toml and sea_route.geojson, in lines that diff well.
#include <fmt/format.h>

#include "gerbang/io/study_table_writer.h"

namespace gerbang::io {
namespace {

std::string toml_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') quoted += '\\';
    if (static_cast<unsigned char>(byte) < 0x20) {
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(byte));
    } else {
      quoted += byte;
    }
  }
  return quoted + "\"";
}

template <class Values, class ToText>
std::string toml_list(const Values& values, const ToText& to_text) {
  std::string list;
  for (const auto& value : values) list += (list.empty() ? "" : ", ") + to_text(value);
  return "[" + list + "]";
}

}  // namespace

void write_study_file(const World& world, const std::filesystem::path& folder) {
  std::string text = "[study]\n";
  const auto line = [&](std::string_view key, const std::string& value) {
    text += fmt::format("{} = {}\n", key, value);
  };
  line("name", toml_text(world.name));
  line("title", toml_text(world.title));
  line("title_en", toml_text(world.title_en));
  line("currency", toml_text(world.currency));
  line("base_year", std::to_string(world.base_year));
  line("years", toml_list(world.years, [](int year) { return std::to_string(year); }));
  line("transport_sector", toml_text(world.sectors[world.transport_sector].id));
  for (const Scenario& scenario : world.scenarios) {
    text += fmt::format("\n[scenarios.{}]\n", toml_text(scenario.id));
    line("name", toml_text(scenario.name));
    line("name_en", toml_text(scenario.name_en));
    if (scenario.predecessor) line("predecessor", toml_text(world.scenarios[*scenario.predecessor].id));
    line("projects",
         toml_list(scenario.projects, [&](ProjectId id) { return toml_text(world.projects[id].id); }));
    line("trends", toml_list(scenario.trends, [](const std::string& trend) { return toml_text(trend); }));
  }
  write_file_atomically(folder / kStudyFile, text);
}

void write_sea_routes(const World& world, const std::filesystem::path& folder) {
  std::map<std::pair<NodeId, NodeId>, std::string> features;
  for (const Service& service : world.services) {
    for (const ServiceLeg& leg : service.legs) {
      if (leg.route.empty()) continue;
      const std::pair nodes(world.terminals[leg.from].node, world.terminals[leg.to].node);
      std::string points;
      for (const auto& [lon, lat] : leg.route) {
        points += fmt::format("{}[{},{}]", points.empty() ? "" : ",", shortest(lon), shortest(lat));
      }
      features.emplace(
          nodes, fmt::format(R"({{"type":"Feature","properties":{{"from_node_id":"{}","to_node_id":"{}"}},)"
                             R"("geometry":{{"type":"LineString","coordinates":[{}]}}}})",
                             world.nodes[nodes.first].id, world.nodes[nodes.second].id, points));
    }
  }
  if (features.empty()) return;
  std::string text;
  for (const auto& [nodes, feature] : features) text += (text.empty() ? "" : ",\n") + feature;
  write_file_atomically(folder / kSeaRouteFile,
                        "{\"type\":\"FeatureCollection\",\"features\":[\n" + text + "\n]}\n");
}

}  // namespace gerbang::io
