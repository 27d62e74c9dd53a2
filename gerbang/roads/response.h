// How a user equilibrium answers, the used routes as they are: the derivatives of anything that depends on
// what trips cost and meet, by the cost of every arc and the demand of every pair. With the shares of routes
// held, a trip of pair w costs A'c and demand d loads A d. Routes then shift, v = A d + Z z, until they cost
// the same again, Z'(c + T'(v)) = 0, where the columns of Z move a unit of flow from the mean of the ways
// into a node to one of them:
//     z = −(Z'T'Z)⁺ Z'(T' A δd + δc)      (a quadratic program over the used routes; Patriksson 2004)
// Where several origins share a choice, arc flows are unique and the origins' shifts are not: each shifts in
// proportion to its flow, the pseudo-inverse being weighted so. Where the set of used routes switches, these
// are the derivatives of one side.
#pragma once

#include <memory>

#include "gerbang/base/matrix.h"
#include "gerbang/roads/assign.h"

namespace gerbang::roads {

// Trips between these nodes matter.
struct ClassPlaces {
  std::vector<std::uint32_t> nodes;  // rows (origins) and columns (destinations)
};

// What an objective J makes of one class's trips. Matrices are origins × destinations.
struct ClassSlopes {
  Matrix cost;  // ∂J/∂cost of a trip, in units of time
  struct Met {
    std::span<const double> by_arc;  // an attribute of arcs
    Matrix weight;                   // ∂J/∂ its mean over the trip's ways
  };
  std::vector<Met> met;
};

class Response {
 public:
  // The problem and assignment are read once; the assignment should be solved to a gap of 1e-12 or better.
  Response(const Problem& problem, const Assignment& assignment, const std::vector<ClassPlaces>& places);
  ~Response();
  Response(Response&&) noexcept;
  Response& operator=(Response&&) noexcept;

  // What a trip meets of an attribute in the mean: origins × destinations.
  [[nodiscard]] Matrix means(std::size_t vehicle_class, std::span<const double> by_arc) const;
  // Its transpose, the shares of routes held: trips, by arc.
  [[nodiscard]] std::vector<double> loads(std::size_t vehicle_class, const Matrix& trips) const;

  struct Slopes {
    Matrix cost;                 // class × arc: ∂J/∂cost of the arc to the class, in units of time
    std::vector<double> volume;  // by arc: ∂J per pcu per hour that is put there before routes answer;
                                 // ∂J/∂demand of a pair is its pcu times means(volume)
  };
  [[nodiscard]] Slopes slopes(const std::vector<ClassSlopes>& objective) const;

  // Choices of routes at equal cost: the columns of Z.
  [[nodiscard]] std::size_t choices() const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

}  // namespace gerbang::roads
