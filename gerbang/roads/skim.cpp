#include "gerbang/roads/skim.h"

#include <algorithm>

#include "gerbang/base/line.h"
#include "gerbang/base/parallel.h"
#include "gerbang/roads/bush.h"
#include "gerbang/roads/shortest_paths.h"

namespace gerbang::roads {
namespace {

constexpr std::size_t kOriginsPerTask = 32;

void check_request(const Problem& problem, const SkimRequest& request) {
  require(request.vehicle_class < problem.classes.size(), {"kelas tidak dikenal", "unknown class"},
          {"salah satu kelas soal ini", "a class of the problem"});
  for (const auto* attributes : {&request.attributes, &request.rare}) {
    for (const std::span<const double> attribute : *attributes)
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

// How many doubles hold all attributes of a request, in whole lines.
std::size_t width_of(const SkimRequest& request) {
  return whole_lines(request.attributes.size() + request.rare.size());
}

// The attributes of a request, the rare ones last, side by side for every arc of the network.
std::vector<double> by_arc(const Network& network, const SkimRequest& request) {
  const std::size_t width = width_of(request);
  std::vector<double> values(network.arc_count() * width);
  std::size_t k = 0;
  for (const auto* attributes : {&request.attributes, &request.rare})
    for (const std::span<const double> attribute : *attributes) {
      for (std::size_t arc = 0; arc < network.arc_count(); ++arc)
        values[arc * width + k] = attribute[network.problem_arc[arc]];
      ++k;
    }
  return values;
}

// Skims one origin at a time; its workspace is used again.
class OriginSkimmer {
 public:
  OriginSkimmer(const Network& network, const SkimRequest& request, const std::vector<double>& cost,
                const std::vector<double>& attributes)
      : network_(network),
        request_(request),
        cost_(cost),
        attributes_(attributes),
        width_(width_of(request)),
        paths_(network),
        loader_(network),
        value_(network.node_count * width_) {}

  // What is rare is added to the list.
  void run(std::size_t row, const Bush* bush, Skims& skims, std::vector<Skims::Met>& rare) {
    const std::uint32_t origin = request_.origins[row];
    const NodeIndex root = network_.source[origin];
    if (bush != nullptr) {
      paths_.run(root, cost_, bush->order);
    } else {
      paths_.run(root, cost_);
    }
    if (width_ > 0) walk(root, bush);
    for (std::size_t d = 0; d < request_.destinations.size(); ++d) {
      const std::uint32_t node = request_.destinations[d];
      const NodeIndex sink = network_.sink[node];
      const double label = node == origin ? 0.0 : paths_.labels()[sink];
      if (label == kInfinity) continue;  // as everything is to begin with
      skims.cost(row, d) = label;
      const std::size_t attributes = request_.attributes.size();
      if (node == origin) {
        for (std::size_t k = 0; k < attributes; ++k) skims.attributes[k](row, d) = 0.0;
        continue;
      }
      const double* value = value_at(sink);
      for (std::size_t k = 0; k < attributes; ++k) skims.attributes[k](row, d) = value[k];
      const std::size_t pair = row * request_.destinations.size() + d;
      const std::size_t end = attributes + request_.rare.size();
      for (std::size_t k = attributes; (k = find_other(0.0, value, k, end)) < end; ++k)
        rare.push_back({pair, k - attributes, value[k]});
    }
  }

 private:
  // The means over the used arcs into every node with flow; then along the least-cost tree everywhere else.
  void walk(NodeIndex root, const Bush* bush) {
    std::fill_n(value_at(root), width_, 0.0);
    if (bush != nullptr) walk_used(*bush);
    for (const NodeIndex node : paths_.settled())
      if (node != root && (bush == nullptr || !has_flow(node))) follow(paths_.arcs_in()[node]);
  }

  void walk_used(const Bush& bush) {
    loader_.load_again(bush);
    for (std::size_t p = 1; p < bush.order.size(); ++p) {
      const NodeIndex node = bush.order[p];
      if (!has_flow(node)) continue;
      const std::uint32_t in = bush.in[p];
      if ((in & kMergeBit) == 0)
        follow(in);
      else
        merge(bush, node, in & ~kMergeBit);
    }
  }

  [[nodiscard]] bool has_flow(NodeIndex node) const { return loader_.flow()[node] > 0.0; }
  [[nodiscard]] double* value_at(NodeIndex node) { return value_.data() + node * width_; }

  void follow(ArcIndex arc) {
    const double* from = value_at(network_.tail[arc]);
    const double* on_arc = attributes_.data() + arc * width_;
    double* to = value_at(network_.head[arc]);
    for (std::size_t k = 0; k < width_; k += kLine)
      store_line(load_line(from + k) + load_line(on_arc + k), to + k);
  }

  void merge(const Bush& bush, NodeIndex node, std::uint32_t merge) {
    double* to = value_at(node);
    std::fill_n(to, width_, 0.0);
    double flow = 0.0;
    for (std::size_t e = bush.first[merge]; e < bush.first[merge + 1]; ++e) {
      if (bush.entry_flow[e] <= 0.0) continue;
      const ArcIndex arc = bush.entry_arc[e];
      const double* from = value_at(network_.tail[arc]);
      const double* on_arc = attributes_.data() + arc * width_;
      for (std::size_t k = 0; k < width_; k += kLine)
        store_line(load_line(to + k) + bush.entry_flow[e] * (load_line(from + k) + load_line(on_arc + k)),
                   to + k);
      flow += bush.entry_flow[e];
    }
    for (std::size_t k = 0; k < width_; ++k) to[k] /= flow;
  }

  const Network& network_;
  const SkimRequest& request_;
  const std::vector<double>& cost_;
  const std::vector<double>& attributes_;
  std::size_t width_;
  ShortestPaths paths_;
  BushLoader loader_;
  std::vector<double> value_;  // node × width
};

}  // namespace

Skimmer::Skimmer(const Problem& problem, const Assignment& assignment)
    : problem_(problem), assignment_(assignment), network_(compile_network(problem, false)) {
  require(assignment.time.size() == problem.arcs.size(),
          {"pembebanan dari soal lain", "the assignment of another problem"},
          {"milik soal ini", "this problem's"});
}

Skims Skimmer::skim(const SkimRequest& request) const {
  Skims skims;
  skim(request, skims);
  return skims;
}

void Skimmer::skim(const SkimRequest& request, Skims& skims) const {
  check_request(problem_, request);
  std::vector<double> cost = network_.fixed[request.vehicle_class];
  for (std::size_t a = 0; a < cost.size(); ++a) cost[a] += assignment_.time[network_.problem_arc[a]];
  const std::vector<double> attributes = by_arc(network_, request);
  const std::size_t rows = request.origins.size();
  const auto empty = [&](Matrix& values) {
    values.resize(rows, request.destinations.size());
    std::ranges::fill(values.values(), kInfinity);
  };
  empty(skims.cost);
  skims.attributes.resize(request.attributes.size());
  std::ranges::for_each(skims.attributes, empty);
  skims.rare.clear();
  std::vector<std::vector<Skims::Met>> rare((rows + kOriginsPerTask - 1) / kOriginsPerTask);
  parallel_for(rare.size(), [&](std::size_t task) {
    OriginSkimmer skimmer(network_, request, cost, attributes);
    for (std::size_t row = task * kOriginsPerTask; row < std::min(rows, (task + 1) * kOriginsPerTask);
         ++row) {
      skimmer.run(row, assignment_.bushes->find(request.vehicle_class, request.origins[row]), skims,
                  rare[task]);
    }
  });
  for (const std::vector<Skims::Met>& of_task : rare)
    skims.rare.insert(skims.rare.end(), of_task.begin(), of_task.end());
}

Skims skim(const Problem& problem, const Assignment& assignment, const SkimRequest& request) {
  return Skimmer(problem, assignment).skim(request);
}

}  // namespace gerbang::roads
