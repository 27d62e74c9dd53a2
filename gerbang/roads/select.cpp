#include "gerbang/roads/select.h"

#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"
#include "gerbang/roads/bush.h"

namespace gerbang::roads {
namespace {

void require_all_below(const std::vector<std::uint32_t>& indices, std::size_t count, const Text& kind) {
  for (const std::uint32_t index : indices) {
    if (index >= count)
      throw InputError(Fault{.file = "assign",
                             .found = said({"{} {} tidak dikenal", "unknown {} {}"}, Message(kind), index),
                             .expected = said({"nomor di bawah {}", "a number below {}"}, count)});
  }
}

std::vector<std::uint8_t> marks(const std::vector<std::uint32_t>& indices, std::size_t count) {
  std::vector<std::uint8_t> is_marked(count, indices.empty() ? 1 : 0);
  for (const std::uint32_t index : indices) is_marked[index] = 1;
  return is_marked;
}

// The selection in the network's own arcs and nodes.
struct Marks {
  Marks(const Problem& problem, const Network& network, const Selection& selection)
      : is_any_arc(selection.arcs.empty()),
        is_origin(marks(selection.origins, problem.node_count)),
        is_arc(network.arc_count()),
        is_destination(network.node_count),
        node_of_sink(network.node_count, kNone) {
    const std::vector<std::uint8_t> arcs = marks(selection.arcs, problem.arcs.size());
    const std::vector<std::uint8_t> nodes = marks(selection.destinations, problem.node_count);
    for (std::size_t a = 0; a < is_arc.size(); ++a) is_arc[a] = arcs[network.problem_arc[a]];
    for (std::uint32_t i = 0; i < problem.node_count; ++i) {
      is_destination[network.sink[i]] = nodes[i];
      node_of_sink[network.sink[i]] = i;
    }
  }

  bool is_any_arc;
  std::vector<std::uint8_t> is_origin;  // by node of the problem
  std::vector<std::uint8_t> is_arc;     // by arc of the network
  std::vector<std::uint8_t> is_destination;
  std::vector<std::uint32_t> node_of_sink;
};

// Selects from one bush at a time; its workspace is used again.
class BushSelector {
 public:
  BushSelector(const Network& network, const Marks& marks)
      : network_(network),
        marks_(marks),
        before_(network.node_count),
        flow_(network.node_count),
        later_(network.node_count) {}

  // Adds the selected pcu to `volume` by arc, and the trips.
  void run(const Bush& bush, std::span<double> volume, std::vector<Demand>& trips) {
    share_before(bush);
    for (const NodeIndex node : bush.order) flow_[node] = later_[node] = 0.0;
    for (std::size_t i = 0; i < bush.destination.size(); ++i) {
      const NodeIndex sink = bush.destination[i];
      if (marks_.is_destination[sink] == 0) continue;
      flow_[sink] += bush.demand[i];
      const double selected = bush.demand[i] * before_[sink];
      if (selected > 0.0)
        trips.push_back({bush.origin, marks_.node_of_sink[sink], bush.vehicle_class, selected});
    }
    for (std::size_t p = bush.order.size(); p-- > 1;) {
      const NodeIndex node = bush.order[p];
      if (flow_[node] <= 0.0) continue;
      const double later = later_[node] / flow_[node];
      visit(bush, p, [&](ArcIndex arc, double share) { load(arc, share * flow_[node], later, volume); });
    }
  }

 private:
  // Calls visit(arc, share) for the arcs into a place by which its flow comes.
  template <class Visit>
  static void visit(const Bush& bush, std::size_t place, Visit visit) {
    const std::uint32_t in = bush.in[place];
    if ((in & kMergeBit) == 0) {
      visit(in, 1.0);
      return;
    }
    const std::uint32_t merge = in & ~kMergeBit;
    double sum = 0.0;
    for (std::size_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) sum += bush.entry_flow[e];
    for (std::size_t e = bush.first[merge]; e < bush.first[merge + 1] && sum > 0.0; ++e)
      visit(bush.entry_arc[e], bush.entry_flow[e] / sum);
  }

  void share_before(const Bush& bush) {
    before_[bush.root] = marks_.is_any_arc ? 1.0 : 0.0;
    for (std::size_t p = 1; p < bush.order.size(); ++p) {
      double share = 0.0;
      visit(bush, p, [&](ArcIndex arc, double part) {
        share += part * (marks_.is_arc[arc] != 0 ? 1.0 : before_[network_.tail[arc]]);
      });
      before_[bush.order[p]] = share;
    }
  }

  void load(ArcIndex arc, double flow, double later, std::span<double> volume) {
    const NodeIndex tail = network_.tail[arc];
    const bool is_selected = marks_.is_arc[arc] != 0;
    volume[arc] += is_selected ? flow : flow * (before_[tail] + (1.0 - before_[tail]) * later);
    flow_[tail] += flow;
    later_[tail] += is_selected ? flow : flow * later;
  }

  const Network& network_;
  const Marks& marks_;
  std::vector<double> before_;  // by node: share that has met a selected arc
  std::vector<double> flow_;    // of trips to selected destinations
  std::vector<double> later_;   // flow that meets a selected arc later
};

constexpr std::size_t kTasks = 8;

}  // namespace

SelectedTrips select_trips(const Problem& problem, const Assignment& assignment, const Selection& selection) {
  require_all_below(selection.arcs, problem.arcs.size(), {"busur", "arc"});
  require_all_below(selection.origins, problem.node_count, {"simpul", "node"});
  require_all_below(selection.destinations, problem.node_count, {"simpul", "node"});
  const Network network = compile_network(problem, false);
  const Marks marks(problem, network, selection);
  const std::vector<Bush>& bushes = assignment.bushes->bushes;
  std::vector<Matrix> volumes(kTasks);
  std::vector<std::vector<Demand>> trips(kTasks);
  parallel_for(kTasks, [&](std::size_t task) {
    volumes[task] = Matrix(problem.classes.size(), network.arc_count());
    BushSelector selector(network, marks);
    for (std::size_t b = bushes.size() * task / kTasks; b < bushes.size() * (task + 1) / kTasks; ++b) {
      if (marks.is_origin[bushes[b].origin] == 0) continue;
      selector.run(bushes[b], volumes[task].row(bushes[b].vehicle_class), trips[task]);
    }
  });
  SelectedTrips result{.class_volume = Matrix(problem.classes.size(), problem.arcs.size())};
  for (std::size_t task = 0; task < kTasks; ++task) {
    for (std::size_t m = 0; m < problem.classes.size(); ++m)
      for (std::size_t a = 0; a < network.arc_count(); ++a)
        result.class_volume(m, network.problem_arc[a]) += volumes[task](m, a) / problem.classes[m].pcu;
    for (Demand& row : trips[task]) {
      row.volume /= problem.classes[row.vehicle_class].pcu;
      result.trips.push_back(row);
    }
  }
  return result;
}

}  // namespace gerbang::roads
