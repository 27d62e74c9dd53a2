#include "gerbang/roads/skim.h"

#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"
#include "gerbang/roads/bush.h"
#include "gerbang/roads/shortest_paths.h"

namespace gerbang::roads {
namespace {

constexpr std::size_t kOriginsPerTask = 16;

void check_request(const Problem& problem, const Assignment& assignment, const SkimRequest& request) {
  const auto require = [](bool holds, const Message& found, const Message& expected) {
    if (!holds) throw InputError(Fault{.file = "assign", .found = found, .expected = expected});
  };
  require(request.vehicle_class < problem.classes.size(), {"kelas tidak dikenal", "unknown class"},
          {"salah satu kelas soal ini", "a class of the problem"});
  require(assignment.time.size() == problem.arcs.size(),
          {"pembebanan dari soal lain", "the assignment of another problem"},
          {"milik soal ini", "this problem's"});
  for (const std::span<const double> attribute : request.attributes) {
    require(attribute.size() == problem.arcs.size(),
            {"atribut dengan panjang lain", "an attribute of another length"},
            {"satu nilai untuk tiap busur", "one value for each arc"});
  }
  for (const auto* nodes : {&request.origins, &request.destinations}) {
    for (const std::uint32_t node : *nodes)
      require(node < problem.node_count, {"simpul tidak dikenal", "unknown node"},
              {"salah satu simpul soal ini", "a node of the problem"});
  }
}

// Skims one origin at a time; its workspace is used again.
class OriginSkimmer {
 public:
  OriginSkimmer(const Network& network, const SkimRequest& request, const std::vector<double>& cost)
      : network_(network),
        request_(request),
        cost_(cost),
        paths_(network),
        loader_(network),
        value_(network.node_count),
        has_flow_(network.node_count, false) {}

  void run(std::size_t row, const Bush* bush, Skims& skims) {
    const std::uint32_t origin = request_.origins[row];
    paths_.run(network_.source[origin], cost_);
    for (std::size_t d = 0; d < request_.destinations.size(); ++d) {
      const std::uint32_t node = request_.destinations[d];
      skims.cost(row, d) = node == origin ? 0.0 : paths_.labels()[network_.sink[node]];
    }
    used_ = bush == nullptr ? Bush{} : *bush;
    loader_.load(used_);
    for (const NodeIndex node : used_.order) has_flow_[node] = loader_.flow()[node] > 0.0;
    for (std::size_t k = 0; k < request_.attributes.size(); ++k) {
      walk(network_.source[origin], request_.attributes[k]);
      for (std::size_t d = 0; d < request_.destinations.size(); ++d) {
        const std::uint32_t node = request_.destinations[d];
        const NodeIndex sink = network_.sink[node];
        const bool is_reached = paths_.labels()[sink] < kInfinity;
        skims.attributes[k](row, d) = node == origin ? 0.0 : is_reached ? value_[sink] : kInfinity;
      }
    }
    for (const NodeIndex node : used_.order) has_flow_[node] = false;
  }

 private:
  // The mean over the used arcs into every node with flow; then along the least-cost tree everywhere else.
  void walk(NodeIndex root, std::span<const double> attribute) {
    const auto through = [&](ArcIndex arc) {
      return value_[network_.tail[arc]] + attribute[network_.problem_arc[arc]];
    };
    value_[root] = 0.0;
    for (std::size_t p = 1; p < used_.order.size(); ++p) {
      const NodeIndex node = used_.order[p];
      if (!has_flow_[node]) continue;
      const std::uint32_t in = used_.in[p];
      if ((in & kMergeBit) == 0) {
        value_[node] = through(in);
        continue;
      }
      const std::uint32_t merge = in & ~kMergeBit;
      double sum = 0.0;
      double flow = 0.0;
      for (std::size_t e = used_.first[merge]; e < used_.first[merge + 1]; ++e) {
        if (used_.entry_flow[e] <= 0.0) continue;
        sum += used_.entry_flow[e] * through(used_.entry_arc[e]);
        flow += used_.entry_flow[e];
      }
      value_[node] = sum / flow;
    }
    for (const NodeIndex node : paths_.settled()) {
      if (node != root && !has_flow_[node]) value_[node] = through(paths_.arcs_in()[node]);
    }
  }

  const Network& network_;
  const SkimRequest& request_;
  const std::vector<double>& cost_;
  ShortestPaths paths_;
  BushLoader loader_;
  Bush used_;
  std::vector<double> value_;
  std::vector<bool> has_flow_;
};

}  // namespace

Skims skim(const Problem& problem, const Assignment& assignment, const SkimRequest& request) {
  check_request(problem, assignment, request);
  const Network network = compile_network(problem, false);
  std::vector<double> cost = network.fixed[request.vehicle_class];
  for (std::size_t a = 0; a < cost.size(); ++a) cost[a] += assignment.time[network.problem_arc[a]];
  const std::size_t rows = request.origins.size();
  const Matrix blank(rows, request.destinations.size());
  Skims skims{.cost = blank, .attributes = std::vector<Matrix>(request.attributes.size(), blank)};
  parallel_for((rows + kOriginsPerTask - 1) / kOriginsPerTask, [&](std::size_t task) {
    OriginSkimmer skimmer(network, request, cost);
    for (std::size_t row = task * kOriginsPerTask; row < std::min(rows, (task + 1) * kOriginsPerTask);
         ++row) {
      skimmer.run(row, assignment.bushes->find(request.vehicle_class, request.origins[row]), skims);
    }
  });
  return skims;
}

}  // namespace gerbang::roads
