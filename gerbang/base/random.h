// Seeded random numbers by index: the stream of draw 17 is the same whichever thread asks for it, and when.
// splitmix64 (Steele, Lea & Flood 2014) on (seed, stream), then its sequence.
#pragma once

#include <cstdint>

namespace gerbang {

class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t stream);

  std::uint64_t next();
  // Uniform in the open interval (0, 1).
  double uniform();
  // Standard normal, by inversion (Acklam 2003; absolute error below 1.2e-9).
  double normal();

 private:
  std::uint64_t state_;
};

}  // namespace gerbang
