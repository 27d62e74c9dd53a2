#include "gerbang/roads/response.h"

#include <Eigen/Core>
#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <map>

#include "gerbang/roads/ways.h"

namespace gerbang::roads {
namespace {

// What a unit of flow changes that shifts from the mean of the ways into a node to one of them.
struct Shift {
  std::size_t trips;  // whose: into State::ways
  std::size_t place;  // in the order of their ways
  std::size_t entry;
  double flow;                                    // what comes by this entry, pcu per hour
  std::vector<std::pair<ArcIndex, double>> arcs;  // the column of Z
};

// A shift whose answer, but for what others answer alike, is a smaller part of the largest is none of its
// own.
constexpr double kSingular = 1e-10;

}  // namespace

struct Response::State {
  // The ways of what one class ships from one node, to where it ships and to the places that matter.
  struct Trips {
    std::size_t vehicle_class = 0;
    std::uint32_t origin = 0;
    Ways ways;
  };

  Network network;
  std::size_t problem_arcs = 0;
  std::vector<ClassPlaces> places;
  std::vector<Trips> trips;
  std::vector<std::vector<std::size_t>> trips_from;  // by class and row of its places: into trips
  std::vector<double> slope;                         // T′, by arc of the network
  std::vector<Shift> shifts;                         // in the order of trips
  // W^½ Q T^−⊤, shifts × rank, of the orthogonal decomposition (T′^½ Z W^½)' = Q T P.
  Eigen::MatrixXd root;

  void find_slopes(const Assignment& assignment);
  void find_ways(const Problem& problem, const Assignment& assignment);
  void add_shifts(std::size_t trips);
  void factorise();
  // (Z'T'Z)⁺ of values on shifts.
  [[nodiscard]] std::vector<double> settle(const std::vector<double>& by_shift) const;
  [[nodiscard]] std::vector<double> on_arcs(std::span<const double> by_problem_arc) const;
  [[nodiscard]] const Ways& ways_of(std::size_t vehicle_class, std::size_t row) const {
    return trips[trips_from[vehicle_class][row]].ways;
  }
  void spread_trips(std::size_t vehicle_class, const Matrix& weight, std::span<double> by_arc) const;
  void add_met(std::size_t vehicle_class, const ClassSlopes::Met& met, std::vector<double>& by_shift) const;
};

void Response::State::find_slopes(const Assignment& assignment) {
  for (std::size_t a = 0; a < network.arc_count(); ++a)
    slope.push_back(network.delay[a](assignment.volume[network.problem_arc[a]]).slope);
}

void Response::State::find_ways(const Problem& problem, const Assignment& assignment) {
  for (std::uint32_t m = 0; m < problem.classes.size(); ++m) {
    std::vector<double> cost = network.fixed[m];
    for (std::size_t a = 0; a < cost.size(); ++a) cost[a] += assignment.time[network.problem_arc[a]];
    WayFinder finder(network, cost);
    std::vector<NodeIndex> sinks;
    for (const std::uint32_t node : places[m].nodes) sinks.push_back(network.sink[node]);
    std::map<std::uint32_t, std::size_t> known;
    const auto add = [&](std::uint32_t origin, const Bush* bush) {
      std::vector<NodeIndex> ends = sinks;
      if (bush != nullptr) ends.insert(ends.end(), bush->destination.begin(), bush->destination.end());
      known[origin] = trips.size();
      trips.push_back({m, origin, finder.find(network.source[origin], bush, ends)});
    };
    for (const Bush& bush : assignment.bushes->bushes)
      if (bush.vehicle_class == m) add(bush.origin, &bush);
    std::vector<std::size_t>& of_rows = trips_from.emplace_back();
    for (const std::uint32_t node : places[m].nodes) {
      if (!known.contains(node)) add(node, nullptr);
      of_rows.push_back(known[node]);
    }
  }
}

void Response::State::add_shifts(std::size_t of) {
  const Ways& ways = trips[of].ways;
  std::vector<double> passing(network.node_count), column(network.arc_count());
  for (std::size_t p = 0; p < ways.order.size(); ++p) {
    const auto into = ways.into(p);
    if (into.size() < 2) continue;
    for (std::size_t chosen = 0; chosen < into.size(); ++chosen) {
      std::fill(passing.begin(), passing.end(), 0.0);
      std::fill(column.begin(), column.end(), 0.0);
      for (std::size_t e = 0; e < into.size(); ++e) {
        const double moved = (e == chosen ? 1.0 : 0.0) - into[e].share;
        column[into[e].arc] += moved;
        passing[network.tail[into[e].arc]] += moved;
      }
      spread(network, ways, passing, column);
      Shift shift{of, p, chosen, ways.flow[p] * into[chosen].share, {}};
      constexpr double kRounding = 1e-14;
      for (std::size_t a = 0; a < column.size(); ++a)
        if (std::abs(column[a]) > kRounding) shift.arcs.emplace_back(static_cast<ArcIndex>(a), column[a]);
      shifts.push_back(std::move(shift));
    }
  }
}

void Response::State::factorise() {
  if (shifts.empty()) return;
  std::vector<std::size_t> row_of(network.arc_count(), network.arc_count());
  std::size_t rows = 0;
  for (const Shift& shift : shifts)
    for (const auto& [arc, change] : shift.arcs)
      if (slope[arc] > 0.0 && row_of[arc] == network.arc_count()) row_of[arc] = rows++;
  Eigen::MatrixXd scaled =
      Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(shifts.size()), static_cast<Eigen::Index>(rows));
  for (std::size_t k = 0; k < shifts.size(); ++k)
    for (const auto& [arc, change] : shifts[k].arcs)
      if (slope[arc] > 0.0)
        scaled(static_cast<Eigen::Index>(k), static_cast<Eigen::Index>(row_of[arc])) =
            change * std::sqrt(slope[arc] * shifts[k].flow);
  Eigen::CompleteOrthogonalDecomposition<Eigen::MatrixXd> decomposition;
  decomposition.setThreshold(kSingular);
  decomposition.compute(scaled);
  const Eigen::Index rank = decomposition.rank();
  root = Eigen::MatrixXd::Identity(scaled.rows(), rank);
  root.applyOnTheLeft(decomposition.householderQ());
  decomposition.matrixT()
      .topLeftCorner(rank, rank)
      .transpose()
      .triangularView<Eigen::Lower>()
      .solveInPlace<Eigen::OnTheRight>(root);
  for (std::size_t k = 0; k < shifts.size(); ++k)
    root.row(static_cast<Eigen::Index>(k)) *= std::sqrt(shifts[k].flow);
}

std::vector<double> Response::State::settle(const std::vector<double>& by_shift) const {
  std::vector<double> settled(by_shift.size());
  if (shifts.empty()) return settled;
  const auto size = static_cast<Eigen::Index>(by_shift.size());
  Eigen::Map<Eigen::VectorXd>(settled.data(), size) =
      root * (root.transpose() * Eigen::Map<const Eigen::VectorXd>(by_shift.data(), size));
  return settled;
}

std::vector<double> Response::State::on_arcs(std::span<const double> by_problem_arc) const {
  std::vector<double> by_arc(network.arc_count());
  for (std::size_t a = 0; a < by_arc.size(); ++a) by_arc[a] = by_problem_arc[network.problem_arc[a]];
  return by_arc;
}

void Response::State::spread_trips(std::size_t vehicle_class, const Matrix& weight,
                                   std::span<double> by_arc) const {
  const std::vector<std::uint32_t>& nodes = places[vehicle_class].nodes;
  std::vector<double> by_node(network.node_count);
  for (std::size_t row = 0; row < nodes.size(); ++row) {
    std::fill(by_node.begin(), by_node.end(), 0.0);
    for (std::size_t column = 0; column < nodes.size(); ++column)
      if (nodes[column] != nodes[row]) by_node[network.sink[nodes[column]]] += weight(row, column);
    spread(network, ways_of(vehicle_class, row), by_node, by_arc);
  }
}

// What a shift changes in the means of an attribute: the trips that pass the node, by their weights, times
// how its ways differ.
void Response::State::add_met(std::size_t vehicle_class, const ClassSlopes::Met& met,
                              std::vector<double>& by_shift) const {
  const std::vector<std::uint32_t>& nodes = places[vehicle_class].nodes;
  const std::vector<double> attribute = on_arcs(met.by_arc);
  std::vector<double> value(network.node_count), passing(network.node_count), unused(network.arc_count());
  for (std::size_t begin = 0, end = 0; begin < shifts.size(); begin = end) {
    const Trips& of = trips[shifts[begin].trips];
    while (end < shifts.size() && shifts[end].trips == shifts[begin].trips) ++end;
    if (of.vehicle_class != vehicle_class) continue;
    std::fill(passing.begin(), passing.end(), 0.0);
    for (std::size_t row = 0; row < nodes.size(); ++row) {  // several places may share the node
      if (nodes[row] != of.origin) continue;
      for (std::size_t column = 0; column < nodes.size(); ++column)
        if (nodes[column] != of.origin) passing[network.sink[nodes[column]]] += met.weight(row, column);
    }
    spread(network, of.ways, passing, unused);
    meet(network, of.ways, attribute, value);
    for (std::size_t k = begin; k < end; ++k) {
      const NodeIndex node = of.ways.order[shifts[k].place];
      const Ways::Entry& entry = of.ways.into(shifts[k].place)[shifts[k].entry];
      by_shift[k] += passing[node] / of.ways.flow[shifts[k].place] *
                     (value[network.tail[entry.arc]] + attribute[entry.arc] - value[node]);
    }
  }
}

Response::Response(const Problem& problem, const Assignment& assignment,
                   const std::vector<ClassPlaces>& places) {
  auto state = std::make_unique<State>();
  state->network = compile_network(problem, false);
  state->problem_arcs = problem.arcs.size();
  state->places = places;
  state->find_slopes(assignment);
  state->find_ways(problem, assignment);
  for (std::size_t of = 0; of < state->trips.size(); ++of) state->add_shifts(of);
  state->factorise();
  state_ = std::move(state);
}
Response::~Response() = default;
Response::Response(Response&&) noexcept = default;
Response& Response::operator=(Response&&) noexcept = default;

std::size_t Response::choices() const {
  return state_->shifts.size();
}

Matrix Response::means(std::size_t vehicle_class, std::span<const double> by_arc) const {
  const State& state = *state_;
  const std::vector<std::uint32_t>& nodes = state.places[vehicle_class].nodes;
  const std::vector<double> values = state.on_arcs(by_arc);
  std::vector<double> met(state.network.node_count);
  Matrix means(nodes.size(), nodes.size());
  for (std::size_t row = 0; row < nodes.size(); ++row) {
    std::fill(met.begin(), met.end(), 0.0);
    meet(state.network, state.ways_of(vehicle_class, row), values, met);
    for (std::size_t column = 0; column < nodes.size(); ++column)
      if (nodes[column] != nodes[row]) means(row, column) = met[state.network.sink[nodes[column]]];
  }
  return means;
}

std::vector<double> Response::loads(std::size_t vehicle_class, const Matrix& trips) const {
  const State& state = *state_;
  std::vector<double> by_arc(state.network.arc_count());
  state.spread_trips(vehicle_class, trips, by_arc);
  std::vector<double> loads(state.problem_arcs);
  for (std::size_t a = 0; a < by_arc.size(); ++a) loads[state.network.problem_arc[a]] += by_arc[a];
  return loads;
}

Response::Slopes Response::slopes(const std::vector<ClassSlopes>& objective) const {
  const State& state = *state_;
  const std::size_t arcs = state.network.arc_count();
  Matrix cost(objective.size(), arcs);
  std::vector<double> all(arcs), by_shift(state.shifts.size());
  for (std::size_t m = 0; m < objective.size(); ++m) {
    state.spread_trips(m, objective[m].cost, cost.row(m));
    for (std::size_t a = 0; a < arcs; ++a) all[a] += cost(m, a);
    for (const ClassSlopes::Met& met : objective[m].met) state.add_met(m, met, by_shift);
  }
  for (std::size_t k = 0; k < by_shift.size(); ++k)
    for (const auto& [arc, change] : state.shifts[k].arcs)
      by_shift[k] += change * state.slope[arc] * all[arc];
  const std::vector<double> settled = state.settle(by_shift);
  for (std::size_t k = 0; k < settled.size(); ++k)
    for (const auto& [arc, change] : state.shifts[k].arcs) {
      cost(state.trips[state.shifts[k].trips].vehicle_class, arc) -= change * settled[k];
      all[arc] -= change * settled[k];
    }
  Slopes slopes{Matrix(objective.size(), state.problem_arcs), std::vector<double>(state.problem_arcs)};
  for (std::size_t a = 0; a < arcs; ++a) {
    for (std::size_t m = 0; m < objective.size(); ++m)
      slopes.cost(m, state.network.problem_arc[a]) = cost(m, a);
    slopes.volume[state.network.problem_arc[a]] = state.slope[a] * all[a];
  }
  return slopes;
}

}  // namespace gerbang::roads
