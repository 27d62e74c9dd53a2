// Tonnes that go by road. Of all pairs of places only those that land connects are kept, and only the
// terminals that a class calls at: in the example a twentieth of what matrices over places would hold.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace gerbang::evaluate {

struct Network;

// Two places, regions before terminals, that roads connect as one class may use them.
struct RoadPair {
  std::uint32_t freight_class = 0;
  std::uint32_t node = 0;  // of the place that it comes from, so that trips of an origin follow each other
  std::uint32_t from = 0;
  std::uint32_t to = 0;

  friend auto operator<=>(const RoadPair&, const RoadPair&) = default;
};
using RoadPairs = std::vector<RoadPair>;

// The pairs of a network, sorted. Nothing goes by road from a place to itself or between two terminals.
[[nodiscard]] RoadPairs road_pairs(const Network& network);

struct RoadTonnes {
  std::shared_ptr<const RoadPairs> pairs;  // sorted; none: nothing goes
  std::vector<double> kt;                  // a year, by pair

  [[nodiscard]] std::span<const RoadPair> all_pairs() const {
    return pairs ? std::span<const RoadPair>(*pairs) : std::span<const RoadPair>();
  }
};

// The same on the pairs of another network of the study; what is not among them is left out.
[[nodiscard]] RoadTonnes on_pairs(const std::shared_ptr<const RoadPairs>& pairs, const RoadTonnes& tonnes);

}  // namespace gerbang::evaluate
