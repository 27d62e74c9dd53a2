// Skims: what a trip from every origin to every destination meets on its way at an equilibrium.
#pragma once

#include <span>

#include "gerbang/roads/assign.h"
#include "gerbang/roads/network.h"

namespace gerbang::roads {

struct SkimRequest {
  std::uint32_t vehicle_class = 0;
  std::vector<std::uint32_t> origins;               // nodes
  std::vector<std::uint32_t> destinations;          // nodes
  std::vector<std::span<const double>> attributes;  // each by arc: length, toll, Assignment::time, …
  std::vector<std::span<const double>> rare;        // the same, of what most trips do not meet
};

struct Skims {
  Matrix cost;                     // least generalised cost in units of time, origins × destinations
  std::vector<Matrix> attributes;  // in the order asked for, origins × destinations

  // One of the rare attributes where a trip meets it.
  struct Met {
    std::size_t pair = 0;  // into the values of cost
    std::size_t attribute = 0;
    double value = 0.0;  // neither zero nor infinite
  };
  std::vector<Met> rare;  // by pair, then attribute
};

// Skims of one assignment, the network compiled once for all requests.
class Skimmer {
 public:
  // Keeps references: problem and assignment must outlive it. Throws InputError for the assignment of another
  // problem.
  Skimmer(const Problem& problem, const Assignment& assignment);

  // Attributes are means over the used routes, each weighted with the share of the origin's flow that
  // takes it at every merge: continuous in the demand. Where the class has no flow from the origin they
  // follow the least-cost route. No way to drive: infinity. From a node to itself: 0. Throws InputError for a
  // request that does not fit the problem.
  [[nodiscard]] Skims skim(const SkimRequest& request) const;
  // The same into memory that is there.
  void skim(const SkimRequest& request, Skims& skims) const;

 private:
  const Problem& problem_;
  const Assignment& assignment_;
  Network network_;
};

// The skims of one request.
[[nodiscard]] Skims skim(const Problem& problem, const Assignment& assignment, const SkimRequest& request);

}  // namespace gerbang::roads
