#include "apps/gerbang/road_network.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "gerbang/base/error.h"
#include "gerbang/io/csv.h"

namespace gerbang::app {
namespace {

constexpr std::uint32_t kPage = 4096;

// The place of every named number among the named numbers. Looked up by page, so that numbers with wide gaps
// cost memory for the pages they fall into only.
class NodeNumbers {
 public:
  NodeNumbers(const io::TntpNetwork& network, const std::vector<io::TntpTrips>& trips) {
    for (const io::TntpLink& link : network.links) {
      name(link.from);
      name(link.to);
    }
    for (const io::TntpTrips& row : trips) {
      name(row.origin);
      name(row.destination);
    }
    for (std::uint32_t page = 0; page < pages_.size(); ++page) {
      for (std::uint32_t i = 0; i < pages_[page].size(); ++i) {
        if (pages_[page][i] == 0) continue;
        pages_[page][i] = static_cast<std::uint32_t>(numbers_.size());
        numbers_.push_back(page * kPage + i);
      }
    }
  }

  [[nodiscard]] std::uint32_t place(std::uint32_t number) const {
    return pages_[number / kPage][number % kPage];
  }
  [[nodiscard]] const std::vector<std::uint32_t>& numbers() const { return numbers_; }

 private:
  void name(std::uint32_t number) {
    const std::size_t page = number / kPage;
    if (page >= pages_.size()) pages_.resize(page + 1);
    if (pages_[page].empty()) pages_[page].assign(kPage, 0);
    pages_[page][number % kPage] = 1;
  }

  std::vector<std::vector<std::uint32_t>> pages_;
  std::vector<std::uint32_t> numbers_;
};

}  // namespace

RoadNetwork road_network(const io::TntpNetwork& network, const std::vector<io::TntpTrips>& trips,
                         const RoadCostFactors& factors) {
  RoadNetwork result;
  const NodeNumbers nodes(network, trips);
  const auto node = [&](std::uint32_t number) { return nodes.place(number); };
  result.node_number = nodes.numbers();
  roads::Problem& problem = result.problem;
  problem.node_count = result.node_number.size();
  problem.first_through_node = static_cast<std::size_t>(
      std::ranges::lower_bound(result.node_number, network.first_through_node) - result.node_number.begin());
  roads::VehicleClass& vehicles = problem.classes.front();
  for (const io::TntpLink& link : network.links) {
    problem.arcs.push_back({.from = node(link.from),
                            .to = node(link.to),
                            .free_time = link.free_flow_time,
                            .capacity = link.capacity,
                            .alpha = link.b,
                            .beta = link.power});
    vehicles.fixed_cost.push_back(factors.toll * link.toll + factors.distance * link.length);
  }
  for (const io::TntpLink& link : network.links) {
    result.length.push_back(link.length);
    result.toll.push_back(link.toll);
  }
  for (std::uint32_t i = 0; i < result.node_number.size() && result.node_number[i] <= network.zone_count;
       ++i) {
    result.zone_node.push_back(i);
    result.zone_number.push_back(result.node_number[i]);
  }
  problem.demand.reserve(trips.size());
  for (const io::TntpTrips& row : trips) {
    problem.demand.push_back({.origin = node(row.origin),
                              .destination = node(row.destination),
                              .vehicle_class = 0,
                              .volume = row.volume});
  }
  return result;
}

RoadNetwork road_network(const io::GmnsNetwork& network) {
  RoadNetwork result;
  std::vector<std::uint32_t> order(network.nodes.size());  // nodes without through traffic come first
  std::iota(order.begin(), order.end(), 0U);
  const auto middle =
      std::ranges::stable_partition(order, [&](std::uint32_t i) { return network.nodes[i].is_centroid; });
  roads::Problem& problem = result.problem;
  problem.node_count = order.size();
  problem.first_through_node = static_cast<std::size_t>(middle.begin() - order.begin());
  std::vector<std::uint32_t> place(order.size());
  std::map<std::int64_t, std::uint32_t> zones;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    const io::GmnsNode& node = network.nodes[order[i]];
    place[order[i]] = i;
    result.node_id.push_back(node.id);
    result.coordinates.emplace_back(node.x, node.y);
    if (node.zone) zones[*node.zone] = i;
  }
  for (const auto& [number, node] : zones) {
    result.zone_number.push_back(number);
    result.zone_node.push_back(node);
  }
  for (const io::GmnsLink& link : network.links) {
    roads::Arc arc{.from = place[link.from],
                   .to = place[link.to],
                   .free_time = link.length_km > 0.0 ? link.length_km / link.free_speed_kmh : 0.0,
                   .capacity = link.capacity_pcu_h,
                   .alpha = link.alpha,
                   .beta = link.beta,
                   .background = link.background_pcu_h};
    for (int way = 0; way < (link.is_directed ? 1 : 2); ++way) {
      problem.arcs.push_back(arc);
      result.length.push_back(link.length_km);
      result.toll.push_back(link.toll);
      result.allowed_uses.push_back(link.allowed_uses);
      std::swap(arc.from, arc.to);
    }
  }
  return result;
}

void set_classes(RoadNetwork& network, const std::vector<RoadClass>& classes) {
  network.class_name.clear();
  network.problem.classes.clear();
  for (const RoadClass& row : classes) {
    network.class_name.push_back(row.name);
    roads::VehicleClass vehicles{.pcu = row.pcu, .value_of_time = row.value_of_time};
    for (std::size_t a = 0; a < network.problem.arcs.size(); ++a) {
      vehicles.fixed_cost.push_back(row.toll_factor * network.toll[a] +
                                    row.cost_per_length * network.length[a]);
      if (network.allowed_uses.empty()) continue;
      const std::vector<std::string>& allowed = network.allowed_uses[a];
      vehicles.is_banned.push_back(!allowed.empty() && std::ranges::find(allowed, row.name) == allowed.end());
    }
    network.problem.classes.push_back(std::move(vehicles));
  }
}

namespace {

std::uint32_t node_of_zone(const RoadNetwork& network, std::int64_t zone, const std::string& file) {
  const auto found = std::ranges::lower_bound(network.zone_number, zone);
  if (found == network.zone_number.end() || *found != zone)
    throw InputError(Fault{.file = file,
                           .found = said({"permintaan zona {}", "demand of zone {}"}, zone),
                           .expected = {"salah satu zona jaringan", "a zone of the network"}});
  return network.zone_node[static_cast<std::size_t>(found - network.zone_number.begin())];
}

void add_matrix(RoadNetwork& network, const io::OmxFile& trips, const io::OmxMatrix& matrix, std::uint32_t m,
                const std::string& file) {
  const std::size_t count = trips.zones.size();
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      const double volume = matrix.values(i, j);
      if (!(volume >= 0.0 && std::isfinite(volume)))
        throw InputError(Fault{.file = file,
                               .found = said({"{} perjalanan dari zona {} ke zona {} dalam matriks '{}'",
                                              "{} trips from zone {} to zone {} in matrix '{}'"},
                                             volume, trips.zones[i], trips.zones[j], matrix.name),
                               .expected = {"nol atau lebih", "zero or more"}});
      if (volume == 0.0) continue;
      network.problem.demand.push_back({.origin = node_of_zone(network, trips.zones[i], file),
                                        .destination = node_of_zone(network, trips.zones[j], file),
                                        .vehicle_class = m,
                                        .volume = volume});
    }
  }
}

}  // namespace

void add_demand(RoadNetwork& network, const io::OmxFile& trips, const std::string& file) {
  std::vector<std::string> names;
  for (const io::OmxMatrix& matrix : trips.matrices) names.push_back(matrix.name);
  for (std::uint32_t m = 0; m < network.class_name.size(); ++m) {
    // A single unnamed class takes the only matrix.
    const bool is_only = network.class_name.size() == 1 && names.size() == 1;
    const auto found = is_only ? names.begin() : std::ranges::find(names, network.class_name[m]);
    if (found == names.end())
      throw InputError(
          Fault{.file = file,
                .found = said({"tidak ada matriks '{}'", "no matrix '{}'"}, network.class_name[m]),
                .expected = io::suggestion(network.class_name[m], names)});
    add_matrix(network, trips, trips.matrices[static_cast<std::size_t>(found - names.begin())], m, file);
  }
}

void add_demand(RoadNetwork& network, const std::vector<io::ZoneTrips>& trips, const std::string& file) {
  for (const io::ZoneTrips& row : trips) {
    network.problem.demand.push_back({.origin = node_of_zone(network, row.origin, file),
                                      .destination = node_of_zone(network, row.destination, file),
                                      .vehicle_class = 0,
                                      .volume = row.volume});
  }
}

std::vector<RoadClass> read_classes(const std::string& file) {
  io::Faults faults;
  const io::CsvTable table = io::read_csv(file, file, faults);
  table.check_header(
      {.required = {"class"}, .optional = {"pcu", "value_of_time", "toll_factor", "cost_per_length"}},
      faults);
  std::vector<RoadClass> classes;
  const auto amount = [&](std::size_t row, const char* column, double otherwise) {
    const io::Cell cell = table.cell(row, column);
    return cell.is_blank() ? otherwise : io::read_number(cell, faults).value_or(otherwise);
  };
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const RoadClass plain;
    classes.push_back({.name = std::string(table.cell(row, "class").text),
                       .pcu = amount(row, "pcu", plain.pcu),
                       .value_of_time = amount(row, "value_of_time", plain.value_of_time),
                       .toll_factor = amount(row, "toll_factor", plain.toll_factor),
                       .cost_per_length = amount(row, "cost_per_length", plain.cost_per_length)});
  }
  if (classes.empty() && faults.empty())
    faults.add({.file = file,
                .found = {"tidak ada kelas", "no class"},
                .expected = {"satu baris untuk tiap kelas kendaraan", "a row for every vehicle class"}});
  faults.throw_if_any();
  return classes;
}

}  // namespace gerbang::app
