#include "apps/gerbang/assign_outputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "gerbang/base/error.h"
#include "gerbang/io/csv.h"
#include "gerbang/io/csv_writer.h"
#include "gerbang/io/file.h"
#include "gerbang/io/geopackage.h"
#include "gerbang/roads/paths.h"
#include "gerbang/roads/select.h"
#include "gerbang/roads/skim.h"

namespace gerbang::app {
namespace {

using io::ColumnType;
using io::shortest;

std::uint32_t node_named(const RoadNetwork& network, std::string_view name) {
  for (std::uint32_t i = 0; i < network.problem.node_count; ++i) {
    if (network.node_name(i) == name) return i;
  }
  refuse("assign", said({"tidak ada simpul '{}'", "no node '{}'"}, io::shown(name)),
         {"salah satu simpul jaringan", "a node of the network"});
}

// All links from one node to another.
std::vector<std::uint32_t> links_between(const RoadNetwork& network, std::uint32_t from, std::uint32_t to) {
  std::vector<std::uint32_t> links;
  for (std::uint32_t a = 0; a < network.problem.arcs.size(); ++a) {
    if (network.problem.arcs[a].from == from && network.problem.arcs[a].to == to) links.push_back(a);
  }
  return links;
}

std::vector<std::uint32_t> links_named(const RoadNetwork& network, const std::string& name) {
  const std::size_t dash = name.find('-');
  if (dash == std::string::npos)
    refuse("assign", said({"ruas '{}'", "the link '{}'"}, io::shown(name)),
           {"DARI-KE, misalnya 10-15", "FROM-TO, such as 10-15"});
  const std::vector<std::uint32_t> links = links_between(network, node_named(network, name.substr(0, dash)),
                                                         node_named(network, name.substr(dash + 1)));
  if (links.empty())
    refuse("assign", said({"tidak ada ruas {}", "no link {}"}, io::shown(name)),
           {"salah satu ruas jaringan", "a link of the network"});
  return links;
}

// Flows by link and class as a table, in the order of the files; with lines where nodes have places.
io::DescribedTable flow_table(const SolvedRoads& solved, const Matrix& class_volume) {
  const RoadNetwork& network = solved.network;
  const bool has_places = !network.coordinates.empty();
  io::DescribedTable table(
      {.name = "link_flow",
       .description = "Flows of a road assignment by link and vehicle class",
       .columns = {{"from_node", "", "Node that the link leaves", ColumnType::kText},
                   {"to_node", "", "Node that it leads to", ColumnType::kText},
                   {"class", "", "Vehicle class", ColumnType::kText},
                   {"flow", "vehicles/h", "Vehicles of the class"},
                   {"cost", "", "Generalised cost for the class, in the network's unit of time"}},
       .geometry = has_places ? io::GeometryType::kLineString : io::GeometryType::kNone});
  for (std::size_t a = 0; a < network.problem.arcs.size(); ++a) {
    const roads::Arc& arc = network.problem.arcs[a];
    for (std::size_t m = 0; m < network.class_name.size(); ++m) {
      const roads::VehicleClass& vehicles = network.problem.classes[m];
      const double fixed =
          vehicles.fixed_cost.empty() ? 0.0 : vehicles.fixed_cost[a] / vehicles.value_of_time;
      io::Geometry line;
      if (has_places) line = io::LineString{network.coordinates[arc.from], network.coordinates[arc.to]};
      table.add_row({network.node_name(arc.from), network.node_name(arc.to), network.class_name[m],
                     class_volume(m, a), solved.result.time[a] + fixed},
                    std::move(line));
    }
  }
  return table;
}

void write_flows(const SolvedRoads& solved, const Matrix& class_volume, const std::string& file) {
  const io::DescribedTable table = flow_table(solved, class_volume);
  if (std::filesystem::path(file).extension() == ".gpkg") {
    io::write_geopackage(file, std::span(&table, 1));
  } else {
    io::write_csv(file, table);
  }
}

void write_selected(const SolvedRoads& solved, const AssignOutputs& outputs) {
  const RoadNetwork& network = solved.network;
  roads::Selection selection;
  for (const std::string& name : outputs.select_links) {
    for (const std::uint32_t link : links_named(network, name)) selection.arcs.push_back(link);
  }
  for (const std::string& name : outputs.select_origins)
    selection.origins.push_back(node_named(network, name));
  for (const std::string& name : outputs.select_destinations) {
    const std::uint32_t node = node_named(network, name);
    selection.destinations.push_back(solved.turns == nullptr ? node : solved.turns->destination(node));
  }
  const roads::SelectedTrips selected = select_trips(solved.problem, solved.result, selection);
  if (!outputs.selected.empty()) write_flows(solved, selected.class_volume, outputs.selected);
  if (outputs.selected_trips.empty()) return;
  std::string text = "origin,destination,class,trips\n";
  for (const roads::Demand& row : selected.trips) {
    std::uint32_t destination = row.destination;
    for (std::uint32_t i = 0; solved.turns != nullptr && i < network.problem.node_count; ++i) {
      if (solved.turns->destination(i) == row.destination) destination = i;
    }
    text += fmt::format("{},{},{},{}\n", network.node_name(row.origin), network.node_name(destination),
                        network.class_name[row.vehicle_class], shortest(row.volume));
  }
  io::write_file_atomically(outputs.selected_trips, text);
}

// By class: cost (least), time, distance and toll (means over the used routes) between zones.
void write_skims(const SolvedRoads& solved, const std::string& file) {
  const RoadNetwork& network = solved.network;
  std::vector<double> length = network.length;
  std::vector<double> toll = network.toll;
  length.resize(solved.problem.arcs.size());
  toll.resize(solved.problem.arcs.size());
  io::OmxFile skims{.zones = network.zone_number};
  for (std::uint32_t m = 0; m < network.class_name.size(); ++m) {
    roads::SkimRequest request{
        .vehicle_class = m, .origins = network.zone_node, .attributes = {solved.result.time, length, toll}};
    for (const std::uint32_t node : network.zone_node)
      request.destinations.push_back(solved.turns == nullptr ? node : solved.turns->destination(node));
    roads::Skims of_class = skim(solved.problem, solved.result, request);
    const std::string prefix = network.class_name.size() == 1 ? "" : network.class_name[m] + "_";
    skims.matrices.push_back({prefix + "cost", std::move(of_class.cost)});
    const char* names[] = {"time", "distance", "toll"};
    for (std::size_t k = 0; k < 3; ++k)
      skims.matrices.push_back({prefix + names[k], std::move(of_class.attributes[k])});
  }
  io::write_omx(file, skims);
}

void write_paths(const SolvedRoads& solved, const AssignOutputs& outputs) {
  const RoadNetwork& network = solved.network;
  const roads::Paths paths = list_paths(solved.problem, solved.result, {.least_share = outputs.least_share});
  std::string text = "origin,destination,class,trips,cost,nodes\n";
  for (const roads::Path& path : paths.paths) {
    std::string nodes = network.node_name(path.origin);
    std::uint32_t last = path.origin;
    for (std::size_t k = 0; k < path.arc_count; ++k) {
      const std::uint32_t arc = paths.arcs[path.first_arc + k];
      if (arc >= network.problem.arcs.size()) continue;  // a turn
      last = network.problem.arcs[arc].to;
      nodes += " " + network.node_name(last);
    }
    text += fmt::format("{},{},{},{},{},{}\n", network.node_name(path.origin), network.node_name(last),
                        network.class_name[path.vehicle_class], shortest(path.volume), shortest(path.cost),
                        nodes);
  }
  io::write_file_atomically(outputs.paths, text);
}

void write_turning_volumes(const SolvedRoads& solved, const std::string& file) {
  const RoadNetwork& network = solved.network;
  std::vector<std::uint32_t> nodes(network.problem.node_count);
  for (std::uint32_t i = 0; i < nodes.size(); ++i) nodes[i] = i;
  std::vector<roads::TurnVolume> volumes = turning_volumes(solved.problem, solved.result, nodes);
  if (solved.turns != nullptr) {
    // An expanded node only starts trips; what turns there is on arcs of its own.
    const std::size_t links = network.problem.arcs.size();
    std::erase_if(volumes, [&](const auto& turn) { return std::max(turn.from_arc, turn.to_arc) >= links; });
    for (const roads::TurnVolume& turn : solved.turns->volumes(solved.result)) volumes.push_back(turn);
  }
  std::string text = "from_node,via_node,to_node,volume\n";
  for (const roads::TurnVolume& turn : volumes) {
    const roads::Arc& in = network.problem.arcs[turn.from_arc];
    const roads::Arc& out = network.problem.arcs[turn.to_arc];
    text += fmt::format("{},{},{},{}\n", network.node_name(in.from), network.node_name(in.to),
                        network.node_name(out.to), shortest(turn.volume));
  }
  io::write_file_atomically(file, text);
}

}  // namespace

void write_outputs(const SolvedRoads& solved, const AssignOutputs& outputs) {
  if (!outputs.flows.empty()) write_flows(solved, solved.result.class_volume, outputs.flows);
  if (!outputs.selected.empty() || !outputs.selected_trips.empty()) write_selected(solved, outputs);
  if (!outputs.skims.empty()) write_skims(solved, outputs.skims);
  if (!outputs.paths.empty()) write_paths(solved, outputs);
  if (!outputs.turning_volumes.empty()) write_turning_volumes(solved, outputs.turning_volumes);
}

std::vector<roads::Turn> read_turns(const RoadNetwork& network, const std::string& file) {
  io::Faults faults;
  const io::CsvTable table = io::read_csv(file, file, faults);
  table.check_header({.required = {"from_node", "via_node", "to_node"}, .optional = {"penalty"}}, faults);
  faults.throw_if_any();
  std::vector<roads::Turn> turns;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto node = [&](const char* column) { return node_named(network, table.cell(row, column).text); };
    const std::uint32_t via = node("via_node");
    const std::vector<std::uint32_t> in = links_between(network, node("from_node"), via);
    const std::vector<std::uint32_t> out = links_between(network, via, node("to_node"));
    const io::Cell penalty = table.cell(row, "penalty");
    const std::optional<double> value = penalty.is_blank() ? std::nullopt : io::read_number(penalty, faults);
    if (in.empty() || out.empty())
      faults.add(table.cell(row, "via_node")
                     .fault({"tidak ada belokan demikian", "no such turn"},
                            {"ruas dari from_node ke via_node dan ke to_node",
                             "links from from_node to via_node to to_node"}));
    for (const std::uint32_t from : in)
      for (const std::uint32_t to : out) turns.push_back({.from_arc = from, .to_arc = to, .penalty = value});
  }
  faults.throw_if_any();
  return turns;
}

}  // namespace gerbang::app
