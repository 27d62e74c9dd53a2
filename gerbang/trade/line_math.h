// Exponentials and logarithms of whole lines (Eigen's, to an ulp or two): a fifth to two fifths of the C
// library's time. What does not fill a line goes through one as well, so that a value is rounded alike
// wherever it lies.
#pragma once

#include <Eigen/Core>
#include <cstddef>

#include "gerbang/trade/lanes.h"

namespace gerbang::trade {

using ArrayOfLanes = Eigen::Array<double, kLanes, 1>;

inline Lanes exp(const Lanes& x) {
  Lanes y;
  Eigen::Map<ArrayOfLanes>(y.of) = Eigen::Map<const ArrayOfLanes>(x.of).exp();
  return y;
}

// −infinity of zero.
inline Lanes log(const Lanes& x) {
  Lanes y;
  Eigen::Map<ArrayOfLanes>(y.of) = Eigen::Map<const ArrayOfLanes>(x.of).log();
  return y;
}

// to_i = function(from_i); the two may be the same.
template <class Function>
void for_each_line(const double* from, double* to, std::size_t size, Function function) {
  for (std::size_t i = 0; i < size; i += kLanes) store(function(load(from, i, size)), to, i, size);
}

}  // namespace gerbang::trade
