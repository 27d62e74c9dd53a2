// The network of a study: nodes, links, terminals, services and their legs.
#include <cmath>

#include "gerbang/io/study_reading.h"
#include "gerbang/world/rows.h"

namespace gerbang::io {
namespace {

void read_nodes(Reading& reading) {
  for_each_row(reading, "node", [&](RowReader& row, std::size_t index) {
    Node& node = reading.world.nodes[NodeId(index)];
    node.name = row.text("name");
    node.name_en = row.text("name_en");
    node.type = row.word("node_type", {"region", "junction", "port"});
    row.numbers(node);
    if (std::abs(node.lon) > 180.0) {
      row.fault("x_coord", said({"x_coord berisi {}", "x_coord is {}"}, node.lon),
                {"derajat bujur timur, dari -180 sampai 180", "degrees east, from -180 to 180"});
    }
    if (std::abs(node.lat) > 90.0) {
      row.fault("y_coord", said({"y_coord berisi {}", "y_coord is {}"}, node.lat),
                {"derajat lintang utara, dari -90 sampai 90", "degrees north, from -90 to 90"});
    }
    node.provenance = row.provenance();
    row.keep_ranges(node.id);
  });
}

void read_links(Reading& reading) {
  for_each_row(reading, "link", [&](RowReader& row, std::size_t index) {
    Link& link = reading.world.links[LinkId(index)];
    link.name = row.text("name");
    link.name_en = row.text("name_en");
    const auto from = row.reference("from_node_id", reading.nodes);
    const auto to = row.reference("to_node_id", reading.nodes);
    if (from && from == to) {
      row.fault(
          "to_node_id",
          said({"ruas ini berakhir di tempat mulainya, di '{}'", "the link ends where it begins, in '{}'"},
               row.text("to_node_id")),
          {"simpul lain", "another node"});
    }
    link.from = from.value_or(NodeId());
    link.to = to.value_or(NodeId());
    link.is_directed = row.flag("directed");
    link.facility = row.text("facility_type");
    row.numbers(link);
    link.earner = row.reference("earner_region_id", reading.regions);
    if (link.toll_idr_per_vehicle > 0.0 && row.cell("earner_region_id").is_blank()) {
      row.fault("earner_region_id", {"tol yang tidak diterima siapa pun", "a toll that nobody earns"},
                {"wilayah yang menerimanya", "the region that earns it"});
    }
    link.project = row.reference("project_id", reading.projects);
    link.provenance = row.provenance();
    row.keep_ranges(link.id);
  });
}

void read_terminals(Reading& reading) {
  for_each_row(reading, "terminal", [&](RowReader& row, std::size_t index) {
    Terminal& terminal = reading.world.terminals[TerminalId(index)];
    terminal.name = row.text("name");
    terminal.name_en = row.text("name_en");
    terminal.node = row.reference("node_id", reading.nodes).value_or(NodeId());
    terminal.region = row.reference("region_id", reading.regions).value_or(RegionId());
    terminal.cluster = row.text("cluster");
    terminal.classes = row.references("freight_class_ids", reading.freight_classes);
    row.numbers(terminal);
    terminal.earner = row.reference("earner_region_id", reading.regions).value_or(RegionId());
    terminal.project = row.reference("project_id", reading.projects);
    terminal.provenance = row.provenance();
    row.keep_ranges(terminal.id);
  });
}

void read_services(Reading& reading) {
  for_each_row(reading, "service", [&](RowReader& row, std::size_t index) {
    Service& service = reading.world.services[ServiceId(index)];
    service.name = row.text("name");
    service.name_en = row.text("name_en");
    service.mode = row.word("mode", {"sea", "ferry", "rail", "air", "pipeline"});
    service.carrier = row.text("carrier");
    service.carrier_en = row.text("carrier_en");
    service.classes = row.references("freight_class_ids", reading.freight_classes);
    row.numbers(service);
    service.earner = row.reference("earner_region_id", reading.regions).value_or(RegionId());
    service.project = row.reference("project_id", reading.projects);
    service.provenance = row.provenance();
    row.keep_ranges(service.id);
  });
}

// A leg and where it stands, before the legs of a service are in order.
struct ReadLeg {
  int sequence = 0;
  std::size_t row = 0;
  ServiceLeg leg;
};
using LegsByService = std::map<ServiceId, std::vector<ReadLeg>>;

LegsByService read_legs(Reading& reading) {
  LegsByService legs;
  for_each_row(reading, "service_leg", [&](RowReader& row, std::size_t index) {
    ReadLeg read{.sequence = 0, .row = index, .leg = {}};
    const auto service = row.reference("service_id", reading.services);
    const auto sequence = row.integer("sequence");
    const auto from = row.reference("from_terminal_id", reading.terminals);
    const auto to = row.reference("to_terminal_id", reading.terminals);
    if (from && from == to) {
      row.fault(
          "to_terminal_id",
          said({"etape ini berakhir di tempat mulainya, di '{}'", "the leg ends where it begins, at '{}'"},
               row.text("to_terminal_id")),
          {"terminal lain", "another terminal"});
    }
    row.numbers(read.leg);
    read.leg.provenance = row.provenance();
    if (!sequence || !row.has_all_references()) {
      reading.broken.insert("service_leg");
      return;
    }
    read.sequence = *sequence;
    read.leg.from = *from;
    read.leg.to = *to;
    row.keep_ranges(fmt::format("{}/{}", reading.world.services[*service].id, *sequence));
    legs[*service].push_back(std::move(read));
  });
  return legs;
}

// Legs are numbered 1, 2, … and each begins where the one before it ended.
void check_legs(Reading& reading, const Service& service, const std::vector<ReadLeg>& legs) {
  const CsvTable& table = reading.table("service_leg");
  const auto fault = [&](std::size_t row, std::string_view column, Message found, Message expected) {
    reading.faults.add(table.cell(row, column).fault(std::move(found), std::move(expected)));
    reading.broken.insert("service_leg");
  };
  for (std::size_t i = 0; i < legs.size(); ++i) {
    const int expected = static_cast<int>(i) + 1;
    if (legs[i].sequence != expected) {
      const bool is_twice = i > 0 && legs[i].sequence == legs[i - 1].sequence;
      fault(legs[i].row, "sequence",
            said({"etape {} layanan '{}' {}", "leg {} of service '{}' {}"}, legs[i].sequence, service.id,
                 is_twice ? Text{"ada dua kali", "is there twice"}
                          : said({"tanpa etape {}", "without a leg {}"}, expected)),
            said({"etape {}: etape bernomor 1, 2, … tanpa sela", "leg {}: legs count 1, 2, … without gaps"},
                 expected));
      return;
    }
  }
  for (std::size_t i = 1; i < legs.size(); ++i) {
    if (legs[i].leg.from == legs[i - 1].leg.to) continue;
    fault(legs[i].row, "from_terminal_id",
          said({"etape {} layanan '{}' mulai di '{}', tetapi etape {} berakhir di '{}'",
                "leg {} of service '{}' begins at '{}', but leg {} ends at '{}'"},
               i + 1, service.id, reading.world.terminals[legs[i].leg.from].id, i,
               reading.world.terminals[legs[i - 1].leg.to].id),
          said({"from_terminal_id '{}'", "from_terminal_id '{}'"},
               reading.world.terminals[legs[i - 1].leg.to].id));
  }
}

void attach_legs(Reading& reading, LegsByService& legs_by_service) {
  for (auto& [service_id, legs] : legs_by_service) {
    std::stable_sort(legs.begin(), legs.end(),
                     [](const ReadLeg& a, const ReadLeg& b) { return a.sequence < b.sequence; });
    Service& service = reading.world.services[service_id];
    check_legs(reading, service, legs);
    for (ReadLeg& read : legs) service.legs.push_back(std::move(read.leg));
  }
  if (!reading.is_whole({"service", "service_leg"})) return;
  for (const ServiceId id : reading.world.services.ids()) {
    const Service& service = reading.world.services[id];
    if (!service.legs.empty()) continue;
    reading.faults.add(
        reading.cell("service", id.value(), "service_id")
            .fault(said({"layanan '{}' tidak punya etape", "service '{}' has no legs"}, service.id),
                   {"sedikitnya satu baris di service_leg.csv", "at least one row in service_leg.csv"}));
  }
}

}  // namespace

void read_network(Reading& reading) {
  read_nodes(reading);
  read_links(reading);
  read_terminals(reading);
  read_services(reading);
  LegsByService legs = read_legs(reading);
  attach_legs(reading, legs);
}

}  // namespace gerbang::io
