#include "gerbang/roads/paths.h"

#include <algorithm>

#include "gerbang/base/error.h"
#include "gerbang/roads/bush.h"

namespace gerbang::roads {
namespace {

std::vector<std::uint8_t> wanted(const std::vector<std::uint32_t>& nodes, std::size_t count) {
  std::vector<std::uint8_t> is_wanted(count, nodes.empty() ? 1 : 0);
  for (const std::uint32_t node : nodes) {
    if (node >= count)
      throw InputError(Fault{.file = "assign",
                             .found = {"simpul tidak dikenal", "unknown node"},
                             .expected = {"simpul-simpul soal ini", "nodes of the problem"}});
    is_wanted[node] = 1;
  }
  return is_wanted;
}

// Walks one bush back from its destinations, depth first.
class PathLister {
 public:
  PathLister(const Problem& problem, const Network& network, const Assignment& assignment, double least_share)
      : problem_(problem),
        network_(network),
        assignment_(assignment),
        least_share_(least_share),
        place_(network.node_count) {}

  void run(const Bush& bush, const std::vector<std::uint8_t>& is_destination, Paths& result) {
    bush_ = &bush;
    result_ = &result;
    for (std::size_t p = 0; p < bush.order.size(); ++p) place_[bush.order[p]] = static_cast<std::uint32_t>(p);
    for (std::size_t i = 0; i < bush.destination.size(); ++i) {
      const NodeIndex sink = bush.destination[i];
      // A sink beyond the problem's nodes is that of a node without through traffic, in their order.
      destination_ =
          sink < problem_.node_count ? sink : static_cast<std::uint32_t>(sink - problem_.node_count);
      if (is_destination[destination_] == 0) continue;
      trips_ = bush.demand[i] / problem_.classes[bush.vehicle_class].pcu;
      walk(sink, 1.0);
    }
  }

 private:
  void walk(NodeIndex node, double share) {
    if (share < least_share_) {
      result_->rest += share * trips_;
      return;
    }
    if (node == bush_->root) {
      emit(share);
      return;
    }
    const std::uint32_t in = bush_->in[place_[node]];
    if ((in & kMergeBit) == 0) {
      follow(in, share);
      return;
    }
    const std::uint32_t merge = in & ~kMergeBit;
    double sum = 0.0;
    for (std::size_t e = bush_->first[merge]; e < bush_->first[merge + 1]; ++e) sum += bush_->entry_flow[e];
    for (std::size_t e = bush_->first[merge]; e < bush_->first[merge + 1]; ++e) {
      if (bush_->entry_flow[e] > 0.0) follow(bush_->entry_arc[e], share * bush_->entry_flow[e] / sum);
    }
  }

  void follow(ArcIndex arc, double share) {
    stack_.push_back(arc);
    walk(network_.tail[arc], share);
    stack_.pop_back();
  }

  void emit(double share) {
    Path path{.origin = bush_->origin,
              .destination = destination_,
              .vehicle_class = bush_->vehicle_class,
              .volume = share * trips_,
              .first_arc = result_->arcs.size(),
              .arc_count = stack_.size()};
    for (std::size_t k = stack_.size(); k-- > 0;) {
      const std::uint32_t arc = network_.problem_arc[stack_[k]];
      path.cost += assignment_.time[arc] + network_.fixed[bush_->vehicle_class][stack_[k]];
      result_->arcs.push_back(arc);
    }
    result_->paths.push_back(path);
  }

  const Problem& problem_;
  const Network& network_;
  const Assignment& assignment_;
  double least_share_;
  std::vector<std::uint32_t> place_;
  std::vector<ArcIndex> stack_;
  const Bush* bush_ = nullptr;
  Paths* result_ = nullptr;
  std::uint32_t destination_ = 0;
  double trips_ = 0.0;
};

}  // namespace

Paths list_paths(const Problem& problem, const Assignment& assignment, const PathRequest& request) {
  if (!(request.least_share > 0.0))
    throw InputError(Fault{.file = "assign",
                           .found = {"bagian terkecil", "the least share"},
                           .expected = {"di atas nol", "above zero"}});
  const std::vector<std::uint8_t> is_origin = wanted(request.origins, problem.node_count);
  const std::vector<std::uint8_t> is_destination = wanted(request.destinations, problem.node_count);
  const Network network = compile_network(problem, false);
  PathLister lister(problem, network, assignment, request.least_share);
  Paths result;
  for (const Bush& bush : assignment.bushes->bushes) {
    if (is_origin[bush.origin] != 0) lister.run(bush, is_destination, result);
  }
  return result;
}

}  // namespace gerbang::roads
