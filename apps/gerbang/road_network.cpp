#include "apps/gerbang/road_network.h"

#include <algorithm>

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
  problem.demand.reserve(trips.size());
  for (const io::TntpTrips& row : trips) {
    problem.demand.push_back({.origin = node(row.origin),
                              .destination = node(row.destination),
                              .vehicle_class = 0,
                              .volume = row.volume});
  }
  return result;
}

}  // namespace gerbang::app
