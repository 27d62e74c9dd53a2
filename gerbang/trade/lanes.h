// Eight regions side by side: vectors and small matrices over sectors, each entry holding one value of every
// region, so that what is done to each region by itself runs on all lanes of a vector register at once.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "gerbang/base/line.h"
#include "gerbang/base/matrix.h"
#include "gerbang/base/parallel.h"

namespace gerbang::trade {

using Lanes = Line;
inline constexpr std::size_t kLanes = kLine;

using LaneVector = std::vector<Lanes>;

class LaneMatrix {
 public:
  LaneMatrix() = default;
  explicit LaneMatrix(std::size_t size) : size_(size), values_(size * size) {}

  [[nodiscard]] std::size_t size() const { return size_; }
  Lanes& operator()(std::size_t row, std::size_t column) { return values_[row * size_ + column]; }
  const Lanes& operator()(std::size_t row, std::size_t column) const { return values_[row * size_ + column]; }

 private:
  std::size_t size_ = 0;
  LaneVector values_;
};

// Small matrices of every region, batch by batch. A batch like the one before it lies with it in memory, as
// where a nation's or a province's table holds for all its regions.
class LaneMatrices {
 public:
  LaneMatrices() = default;
  LaneMatrices(std::span<const Matrix> by_region, std::size_t size) {
    for (std::size_t first = 0; first < by_region.size(); first += kLanes) {
      const auto batch = by_region.subspan(first, std::min(kLanes, by_region.size() - first));
      const bool is_as_before =
          first > 0 && std::equal(batch.begin(), batch.end(), by_region.begin() + (first - kLanes));
      if (!is_as_before) kept_.push_back(side_by_side(batch, size));
      place_.push_back(kept_.size() - 1);
    }
  }

  [[nodiscard]] std::size_t size() const { return place_.size(); }  // batches
  [[nodiscard]] const LaneMatrix& operator[](std::size_t batch) const { return kept_[place_[batch]]; }

 private:
  static LaneMatrix side_by_side(std::span<const Matrix> batch, std::size_t size) {
    LaneMatrix result(size);
    for (std::size_t lane = 0; lane < batch.size(); ++lane)
      for (std::size_t row = 0; row < size; ++row)
        for (std::size_t column = 0; column < size; ++column)
          result(row, column)[lane] = batch[lane](row, column);
    return result;
  }

  std::vector<LaneMatrix> kept_;
  std::vector<std::size_t> place_;  // of each batch among those kept
};

// Of a row over all regions, the batch that starts at region `first`; lanes beyond the last region are zero.
inline Lanes load(const double* row, std::size_t first, std::size_t regions) {
  if (first + kLanes <= regions) return load_line(row + first);
  double lanes[kLanes] = {};
  std::copy(row + first, row + regions, lanes);
  return load_line(lanes);
}
inline void store(const Lanes& lanes, double* row, std::size_t first, std::size_t regions) {
  if (first + kLanes <= regions) {
    store_line(lanes, row + first);
  } else {
    for (std::size_t lane = 0; first + lane < regions; ++lane) row[first + lane] = lanes[lane];
  }
}

// Sums four at a time stay in registers, and none waits for each of its terms.

// result += matrix · vector.
inline void add_product(const LaneMatrix& matrix, const LaneVector& vector, LaneVector& result) {
  const std::size_t size = matrix.size();
  for (std::size_t row = 0; row < size; ++row) {
    Lanes sum0 = 0.0, sum1 = 0.0, sum2 = 0.0, sum3 = 0.0;
    std::size_t k = 0;
    for (; k + 4 <= size; k += 4) {
      sum0 += matrix(row, k) * vector[k];
      sum1 += matrix(row, k + 1) * vector[k + 1];
      sum2 += matrix(row, k + 2) * vector[k + 2];
      sum3 += matrix(row, k + 3) * vector[k + 3];
    }
    for (; k < size; ++k) sum0 += matrix(row, k) * vector[k];
    result[row] += (sum0 + sum1) + (sum2 + sum3);
  }
}

// to[c] += Σ_k factor(k) · matrix(k, c).
template <class Factor>
void add_rows(const LaneMatrix& matrix, const Factor& factor, Lanes* to) {
  const std::size_t size = matrix.size();
  std::size_t c = 0;
  for (; c + 4 <= size; c += 4) {
    Lanes sum0 = 0.0, sum1 = 0.0, sum2 = 0.0, sum3 = 0.0;
    const Lanes* row = &matrix(0, c);
    for (std::size_t k = 0; k < size; ++k, row += size) {
      const Lanes& by = factor(k);
      sum0 += by * row[0];
      sum1 += by * row[1];
      sum2 += by * row[2];
      sum3 += by * row[3];
    }
    to[c] += sum0;
    to[c + 1] += sum1;
    to[c + 2] += sum2;
    to[c + 3] += sum3;
  }
  for (; c < size; ++c)
    for (std::size_t k = 0; k < size; ++k) to[c] += factor(k) * matrix(k, c);
}

// result += matrix' · vector.
inline void add_transposed_product(const LaneMatrix& matrix, const LaneVector& vector, LaneVector& result) {
  add_rows(
      matrix, [&](std::size_t k) -> const Lanes& { return vector[k]; }, result.data());
}

inline LaneMatrix product(const LaneMatrix& a, const LaneMatrix& b) {
  LaneMatrix result(a.size());
  for (std::size_t row = 0; row < a.size(); ++row)
    add_rows(
        b, [&](std::size_t k) -> const Lanes& { return a(row, k); }, &result(row, 0));
  return result;
}

inline LaneMatrix transposed(const LaneMatrix& matrix) {
  LaneMatrix result(matrix.size());
  for (std::size_t row = 0; row < matrix.size(); ++row)
    for (std::size_t column = 0; column < matrix.size(); ++column) result(column, row) = matrix(row, column);
  return result;
}

// Σ a_k b_k.
inline Lanes dot(const LaneVector& a, const LaneVector& b) {
  Lanes sum = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

// Calls task(0, room) … task(batches − 1, room), several to a thread: one alone takes less than starting it.
// Tasks find their room, which make_room() makes for each thread, as the one before them left it.
template <class MakeRoom, class Task>
void for_batches(std::size_t batches, const MakeRoom& make_room, const Task& task) {
  constexpr std::size_t kPerThread = 8;
  parallel_for((batches + kPerThread - 1) / kPerThread, [&](std::size_t part) {
    auto room = make_room();
    for (std::size_t b = part * kPerThread; b < std::min(batches, (part + 1) * kPerThread); ++b)
      task(b, room);
  });
}

// Makes room for two.
inline auto two_lane_vectors(std::size_t size) {
  return [size] { return std::array{LaneVector(size), LaneVector(size)}; };
}

}  // namespace gerbang::trade
