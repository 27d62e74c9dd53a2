// Matrices and their rows as Eigen sees them, so that sums over chains run as matrix products.
#pragma once

// Products of small matrices too go through the kernel that copies what it multiplies: the other one rounds
// by where its operands lie in memory, which differs from run to run.
#define EIGEN_GEMM_TO_COEFFBASED_THRESHOLD 1

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
