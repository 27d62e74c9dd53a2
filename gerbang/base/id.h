// Strong indices: an Id<Region> cannot be used where an Id<Sector> is meant, and costs what an int costs.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace gerbang {

template <class Thing>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t value) : value_(static_cast<std::uint32_t>(value)) {}

  [[nodiscard]] constexpr std::size_t value() const { return value_; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  std::uint32_t value_ = 0;
};

}  // namespace gerbang

template <class Thing>
struct std::hash<gerbang::Id<Thing>> {
  std::size_t operator()(gerbang::Id<Thing> id) const noexcept { return id.value(); }
};
