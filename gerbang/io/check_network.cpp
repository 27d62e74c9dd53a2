// What only several tables together show to be wrong with the network, and with the scenarios that change it.
#include <numeric>

#include "gerbang/io/study_reading.h"
#include "gerbang/world/apply.h"

namespace gerbang::io {
namespace {

// Which nodes hang together (disjoint sets, path halving).
class Components {
 public:
  explicit Components(std::size_t nodes) : parent_(nodes) {
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
  }

  [[nodiscard]] std::size_t root(NodeId node) {
    std::size_t at = node.value();
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  void join(NodeId a, NodeId b) { parent_[root(a)] = root(b); }

 private:
  std::vector<std::size_t> parent_;
};

Components components_of(const World& world) {
  Components components(world.nodes.size());
  for (const Link& link : world.links) {
    if (link.is_present) components.join(link.from, link.to);
  }
  for (const Service& service : world.services) {
    if (!service.is_present) continue;
    for (const ServiceLeg& leg : service.legs) {
      const Terminal& from = world.terminals[leg.from];
      const Terminal& to = world.terminals[leg.to];
      if (from.is_present && to.is_present) components.join(from.node, to.node);
    }
  }
  return components;
}

// In the base year every region trades with some other one; else its flows could not be calibrated.
void check_connection(Reading& reading) {
  const auto network = {"region", "node", "link", "terminal", "service", "service_leg", "project"};
  for (const std::string_view table : network) {
    if (!reading.is_whole({table})) return;
  }
  if (reading.world.base_year == 0) return;  // study.toml has a fault already
  World present = reading.world;
  const auto is_absent = [&](const std::optional<ProjectId>& project) {
    return project && !is_in_force(present.projects[*project], false, present.base_year);
  };
  for (Link& link : present.links) link.is_present = !is_absent(link.project);
  for (Terminal& terminal : present.terminals) terminal.is_present = !is_absent(terminal.project);
  for (Service& service : present.services) service.is_present = !is_absent(service.project);
  Components components = components_of(present);
  std::map<std::size_t, std::size_t> regions_at;
  for (const Region& region : present.regions) ++regions_at[components.root(region.node)];
  if (present.regions.size() < 2) return;
  for (const RegionId id : present.regions.ids()) {
    const Region& region = present.regions[id];
    if (regions_at[components.root(region.node)] > 1) continue;
    reading.faults.add(reading.cell("region", id.value(), "node_id")
                           .fault(said({"wilayah '{}' terputus: dari simpul '{}' tidak ada jalan, terminal "
                                        "atau layanan yang berlaku pada {} menuju wilayah lain",
                                        "region '{}' is cut off: from node '{}' no road, terminal or service "
                                        "in force in {} leads to another region"},
                                       region.id, present.nodes[region.node].id, present.base_year),
                                  {"satu ruas ke jaringan, atau terminal yang tercapai jalannya dan layanan "
                                   "yang singgah di sana",
                                   "a link to the network, or a terminal that its roads reach and a service "
                                   "that calls there"}));
  }
}

bool shares_class(const std::vector<FreightClassId>& a, const std::vector<FreightClassId>& b) {
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
}

// A service calls where something that it carries is handled.
void check_calls(Reading& reading) {
  if (!reading.is_whole({"terminal", "service", "service_leg"})) return;
  const World& world = reading.world;
  const CsvTable& table = reading.table("service_leg");
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const Service& service =
        world.services[reading.services.ids.at(std::string(table.cell(row, "service_id").text))];
    for (const std::string_view column : {"from_terminal_id", "to_terminal_id"}) {
      const Cell cell = table.cell(row, column);
      const Terminal& terminal = world.terminals[reading.terminals.ids.at(std::string(cell.text))];
      if (service.classes.empty() || terminal.classes.empty() ||
          shares_class(service.classes, terminal.classes))
        continue;
      reading.faults.add(cell.fault(said({"layanan '{}' tidak mengangkut apa pun yang diterima terminal '{}'",
                                          "service '{}' carries nothing that terminal '{}' takes"},
                                         service.id, terminal.id),
                                    {"satu kelas barang dalam freight_class_ids keduanya",
                                     "a freight class in the freight_class_ids of both"}));
    }
  }
}

}  // namespace

void check_network(Reading& reading) {
  check_connection(reading);
  check_calls(reading);
}

void check_scenarios(Reading& reading) {
  // Only what was sound so far can be put together.
  if (!reading.faults.empty()) return;
  const World& world = reading.world;
  for (const ScenarioId id : world.scenarios.ids()) {
    const Scenario& scenario = world.scenarios[id];
    const std::vector<ProjectId> decided = decided_projects(world, id);
    const auto& [line, column] = reading.scenario_places[id.value()];
    for (const int year : world.years) {
      try {
        static_cast<void>(apply(world, decided, {}, year));
      } catch (const InputError& error) {
        const Fault& first = error.faults().front();
        reading.faults.add({.file = std::string(kStudyFile),
                            .line = line,
                            .column = column,
                            .found = said({"skenario '{}' pada {}: {}", "scenario '{}' in {}: {}"},
                                          scenario.id, year, first.found),
                            .expected = first.expected});
        break;  // the years after it would say the same
      }
    }
  }
}

}  // namespace gerbang::io
