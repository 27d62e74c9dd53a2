// Matrices and their rows as Eigen sees them, so that sums over chains run as matrix products.
#pragma once

#include <Eigen/Core>
#include <span>

#include "gerbang/base/matrix.h"

namespace gerbang::chains {

using Dense = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline Eigen::Map<const Dense> dense(const Matrix& m) {
  return {m.values().data(), static_cast<Eigen::Index>(m.rows()), static_cast<Eigen::Index>(m.columns())};
}
inline Eigen::Map<Dense> dense(Matrix& m) {
  return {m.values().data(), static_cast<Eigen::Index>(m.rows()), static_cast<Eigen::Index>(m.columns())};
}
// The first columns, or rows and columns, of a table whose last ones fill its lines.
template <class AnyMatrix>
auto first_columns(AnyMatrix& m, std::size_t columns) {
  return dense(m).leftCols(static_cast<Eigen::Index>(columns));
}
template <class AnyMatrix>
auto corner(AnyMatrix& m, std::size_t size) {
  return dense(m).topLeftCorner(static_cast<Eigen::Index>(size), static_cast<Eigen::Index>(size));
}
inline Eigen::Map<const Eigen::ArrayXd> array(std::span<const double> row) {
  return {row.data(), static_cast<Eigen::Index>(row.size())};
}
inline Eigen::Map<Eigen::ArrayXd> array(std::span<double> row) {
  return {row.data(), static_cast<Eigen::Index>(row.size())};
}

// 0 where there are no values.
inline double at(std::span<const double> values, std::size_t i) {
  return values.empty() ? 0.0 : values[i];
}

}  // namespace gerbang::chains
