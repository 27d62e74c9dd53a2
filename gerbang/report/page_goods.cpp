#include "gerbang/report/page_goods.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "gerbang/base/parallel.h"
#include "gerbang/report/page_numbers.h"
#include "gerbang/roads/select.h"

namespace gerbang::report {
namespace {

template <class TripsType>
auto key_of(const TripsType& trips) {
  return std::tuple(trips.vehicle_class, trips.origin, trips.destination);
}

// The largest flows that are kept of every road, terminal and service.
constexpr std::size_t kOwnersKept = 3;

// A flow between two regions that a thing carries.
struct Owned {
  std::size_t pair = 0;  // origin · regions + destination
  double kt = 0.0;
};
std::vector<Owned> largest_owners(const Matrix& goods) {
  std::vector<Owned> owners;
  for (std::size_t pair = 0; pair < goods.values().size(); ++pair)
    if (goods.values()[pair] > 0.0) owners.push_back({pair, goods.values()[pair]});
  const auto kept = static_cast<std::ptrdiff_t>(std::min(kOwnersKept, owners.size()));
  std::partial_sort(owners.begin(), owners.begin() + kept, owners.end(), [](const Owned& a, const Owned& b) {
    return a.kt != b.kt ? a.kt > b.kt : a.pair < b.pair;
  });
  owners.resize(static_cast<std::size_t>(kept));
  return owners;
}

// Whose goods each thing carries; goods_of(k): those of the k-th, origin × destination.
template <class GoodsOf>
PageJson owners_json(const std::vector<std::size_t>& things, const GoodsOf& goods_of) {
  struct Row {
    double total = 0.0;
    std::vector<Owned> owners;
  };
  std::vector<Row> rows(things.size());
  parallel_for(things.size(), [&](std::size_t k) {
    const Matrix goods = goods_of(k);
    rows[k] = {std::accumulate(goods.values().begin(), goods.values().end(), 0.0), largest_owners(goods)};
  });
  PageJson columns = empty_columns({"of", "total_kt", "pairs", "pair", "kt"});
  for (std::size_t k = 0; k < things.size(); ++k) {
    if (rows[k].owners.empty()) continue;
    columns["of"].push_back(things[k]);
    columns["total_kt"].push_back(page_figure(rows[k].total));
    columns["pairs"].push_back(rows[k].owners.size());
    for (const Owned& owned : rows[k].owners) {
      columns["pair"].push_back(owned.pair);
      columns["kt"].push_back(rounded_number(owned.kt, 3));
    }
  }
  return columns;
}

}  // namespace

GoodsFinder::GoodsFinder(const evaluate::BaseYear& base_year, const evaluate::Outcome& outcome,
                         const evaluate::Network& network)
    : outcome_(outcome),
      network_(network),
      regions_at_(network.roads.node_count),
      terminals_at_(network.roads.node_count) {
  const evaluate::TransportModel model(*outcome.world, network, base_year.dispersion);
  problem_ = model.road_problem(outcome.state.road);
  roads_ = roads::assign(problem_, {.is_proportional = true});
  for (std::size_t m = 0; m < network.classes.size(); ++m)
    chains_.emplace_back(model.chain_problem(m, outcome.state.utilisation, roads_));
  for (std::size_t place = 0; place < network.places.size(); ++place) {
    const bool is_region = place < network.regions;
    auto& at = (is_region ? regions_at_ : terminals_at_)[network.places[place]];
    at.push_back(is_region ? place : place - network.regions);
  }
  std::vector<roads::Demand> demand = problem_.demand;
  std::stable_sort(demand.begin(), demand.end(),
                   [](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
  for (const roads::Demand& row : demand)
    if (!trips_.empty() && key_of(trips_.back()) == key_of(row))
      trips_.back().volume += row.volume;
    else
      trips_.push_back({row.vehicle_class, row.origin, row.destination, row.volume});
}

double GoodsFinder::trips_between(const roads::Demand& like) const {
  const auto found = std::lower_bound(trips_.begin(), trips_.end(), like,
                                      [](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
  return found->volume;
}

void GoodsFinder::set_legs(chains::LegValues& values, const roads::Demand& trips, double share) const {
  const std::vector<std::size_t>& index_of = network_.classes[trips.vehicle_class].index_of;
  const std::size_t served = values.handling.size();
  for (const std::size_t i : regions_at_[trips.origin]) {
    for (const std::size_t n : regions_at_[trips.destination])
      if (i != n) values.road(i, n) = share;
    for (const std::size_t t : terminals_at_[trips.destination])
      if (index_of[t] < served) values.access(i, index_of[t]) = share;
  }
  for (const std::size_t t : terminals_at_[trips.origin])
    if (index_of[t] < served)
      for (const std::size_t n : regions_at_[trips.destination]) values.egress(index_of[t], n) = share;
}

void GoodsFinder::add(Matrix& goods, std::size_t m, const chains::LegValues& values) const {
  const Matrix share = chains_[m].expected(values);  // destination × origin, as are tonnes
  const Matrix& tonnes = outcome_.equilibrium.tonnes[m];
  for (std::size_t i = 0; i < network_.regions; ++i)
    for (std::size_t n = 0; n < network_.regions; ++n)
      if (i != n) goods(i, n) += share(n, i) * tonnes(n, i);
}

Matrix GoodsFinder::on_arcs(const std::vector<std::uint32_t>& arcs) const {
  const roads::SelectedTrips selected =
      roads::select_trips(problem_, roads_, {.arcs = arcs, .origins = {}, .destinations = {}});
  Matrix goods(network_.regions, network_.regions);
  for (std::size_t m = 0; m < chains_.size(); ++m) {
    chains::LegValues values = evaluate::no_values(network_, m);
    bool is_any = false;
    for (const roads::Demand& trips : selected.trips)
      if (trips.vehicle_class == m) {
        set_legs(values, trips, trips.volume / trips_between(trips));
        is_any = true;
      }
    if (is_any) add(goods, m, values);
  }
  return goods;
}

Matrix GoodsFinder::at_terminal(TerminalId terminal) const {
  Matrix goods(network_.regions, network_.regions);
  for (std::size_t m = 0; m < chains_.size(); ++m) {
    const std::vector<std::size_t>& served = network_.classes[m].terminals;
    const auto place = std::find(served.begin(), served.end(), terminal.value());
    if (place == served.end()) continue;
    chains::LegValues values;
    values.handling.assign(served.size(), 0.0);
    values.handling[static_cast<std::size_t>(place - served.begin())] = 1.0;
    add(goods, m, values);
  }
  return goods;
}

Matrix GoodsFinder::on_service(ServiceId service) const {
  Matrix goods(network_.regions, network_.regions);
  for (std::size_t m = 0; m < chains_.size(); ++m) {
    const std::vector<evaluate::Ride>& rides = network_.classes[m].rides;
    chains::LegValues values;
    for (const evaluate::Ride& ride : rides) values.departure.push_back(ride.service == service ? 1.0 : 0.0);
    if (std::find(values.departure.begin(), values.departure.end(), 1.0) != values.departure.end())
      add(goods, m, values);
  }
  return goods;
}

nlohmann::ordered_json goods_json(const Sheet& sheet) {
  const evaluate::Outcome& outcome = sheet.outcome();
  const GoodsFinder finder(*sheet.run.base_year, outcome, sheet.network);
  std::vector<std::size_t> links, terminals, services;
  std::vector<std::vector<std::uint32_t>> arcs;  // of each link
  for (std::uint32_t arc = 0; arc < sheet.network.arcs.size(); ++arc) {
    const std::size_t link = sheet.network.arcs[arc].link.value();
    if (!outcome.world->links[LinkId(link)].is_present) continue;
    if (links.empty() || links.back() != link) {
      links.push_back(link);
      arcs.emplace_back();
    }
    arcs.back().push_back(arc);
  }
  for (const TerminalId terminal : outcome.world->terminals.ids())
    if (outcome.world->terminals[terminal].is_present) terminals.push_back(terminal.value());
  for (const ServiceId service : outcome.world->services.ids())
    if (outcome.world->services[service].is_present) services.push_back(service.value());
  return {
      {"links", owners_json(links, [&](std::size_t k) { return finder.on_arcs(arcs[k]); })},
      {"terminals",
       owners_json(terminals, [&](std::size_t k) { return finder.at_terminal(TerminalId(terminals[k])); })},
      {"services",
       owners_json(services, [&](std::size_t k) { return finder.on_service(ServiceId(services[k])); })}};
}

}  // namespace gerbang::report
