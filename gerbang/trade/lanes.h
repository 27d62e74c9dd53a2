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

// Matrices of a batch's regions (at most kLanes of them, each size × size); lanes beyond the last are zero.
inline LaneMatrix side_by_side(std::span<const Matrix> batch, std::size_t size) {
  LaneMatrix result(size);
  for (std::size_t lane = 0; lane < batch.size(); ++lane)
    for (std::size_t row = 0; row < size; ++row)
      for (std::size_t column = 0; column < size; ++column)
        result(row, column)[lane] = batch[lane](row, column);
  return result;
}

// Four sums at a time stay in registers, and none waits for each of its terms.

// Σ_k term(k).
template <class Term>
Lanes sum_of(std::size_t size, const Term& term) {
  Lanes sum0 = 0.0, sum1 = 0.0, sum2 = 0.0, sum3 = 0.0;
  std::size_t k = 0;
  for (; k + 4 <= size; k += 4) {
    sum0 += term(k);
    sum1 += term(k + 1);
    sum2 += term(k + 2);
    sum3 += term(k + 3);
  }
  for (; k < size; ++k) sum0 += term(k);
  return (sum0 + sum1) + (sum2 + sum3);
}

// Products with a matrix of lanes, or with one that holds for all of them.

// result += matrix · vector.
template <class AnyMatrix>
void add_product(const AnyMatrix& matrix, const LaneVector& vector, LaneVector& result) {
  const std::size_t size = vector.size();
  std::size_t row = 0;
  for (; row + 4 <= size; row += 4) {
    Lanes sum0 = 0.0, sum1 = 0.0, sum2 = 0.0, sum3 = 0.0;
    for (std::size_t k = 0; k < size; ++k) {
      const Lanes& by = vector[k];
      sum0 += matrix(row, k) * by;
      sum1 += matrix(row + 1, k) * by;
      sum2 += matrix(row + 2, k) * by;
      sum3 += matrix(row + 3, k) * by;
    }
    result[row] += sum0;
    result[row + 1] += sum1;
    result[row + 2] += sum2;
    result[row + 3] += sum3;
  }
  for (; row < size; ++row)
    result[row] += sum_of(size, [&](std::size_t k) -> Lanes { return matrix(row, k) * vector[k]; });
}

// to[c] += Σ_k factor(k) · matrix(k, c), for as many k and c.
template <class AnyMatrix, class Factor>
void add_rows(const AnyMatrix& matrix, std::size_t size, const Factor& factor, Lanes* to) {
  std::size_t c = 0;
  for (; c + 4 <= size; c += 4) {
    Lanes sum0 = 0.0, sum1 = 0.0, sum2 = 0.0, sum3 = 0.0;
    for (std::size_t k = 0; k < size; ++k) {
      const Lanes& by = factor(k);
      sum0 += matrix(k, c) * by;
      sum1 += matrix(k, c + 1) * by;
      sum2 += matrix(k, c + 2) * by;
      sum3 += matrix(k, c + 3) * by;
    }
    to[c] += sum0;
    to[c + 1] += sum1;
    to[c + 2] += sum2;
    to[c + 3] += sum3;
  }
  for (; c < size; ++c)
    to[c] += sum_of(size, [&](std::size_t k) -> Lanes { return matrix(k, c) * factor(k); });
}

// result += matrix' · vector.
template <class AnyMatrix>
void add_transposed_product(const AnyMatrix& matrix, const LaneVector& vector, LaneVector& result) {
  add_rows(
      matrix, vector.size(), [&](std::size_t k) -> const Lanes& { return vector[k]; }, result.data());
}

inline LaneMatrix product(const LaneMatrix& a, const LaneMatrix& b) {
  LaneMatrix result(a.size());
  for (std::size_t row = 0; row < a.size(); ++row)
    add_rows(
        b, a.size(), [&](std::size_t k) -> const Lanes& { return a(row, k); }, &result(row, 0));
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
  return sum_of(a.size(), [&](std::size_t k) -> Lanes { return a[k] * b[k]; });
}

// Small matrices of every region, batch by batch: side by side, or but one where it holds for all regions of
// the batch, as a nation's or a province's table does. A batch like the one before it shares its matrices.
class RegionMatrices {
 public:
  RegionMatrices() = default;
  RegionMatrices(std::span<const Matrix> by_region, std::size_t size) {
    for (std::size_t first = 0; first < by_region.size(); first += kLanes) {
      const auto batch = by_region.subspan(first, std::min(kLanes, by_region.size() - first));
      const bool is_one = std::equal(batch.begin() + 1, batch.end(), batch.begin());
      const bool is_as_before = is_one && !kept_.empty() && kept_.back().common == batch.front();
      if (!is_as_before) {
        Kept& kept = kept_.emplace_back();
        if (is_one)
          kept.common = batch.front();
        else
          kept.of_lanes = side_by_side(batch, size);
      }
      place_.push_back(kept_.size() - 1);
    }
  }

  [[nodiscard]] std::size_t batches() const { return place_.size(); }

  // As those of one matrix, with the batch's.
  void add_product(std::size_t batch, const LaneVector& vector, LaneVector& result) const {
    with(batch, [&](const auto& matrix) { trade::add_product(matrix, vector, result); });
  }
  void add_transposed_product(std::size_t batch, const LaneVector& vector, LaneVector& result) const {
    with(batch, [&](const auto& matrix) { trade::add_transposed_product(matrix, vector, result); });
  }

 private:
  struct Kept {
    Matrix common;        // empty: each region has its own
    LaneMatrix of_lanes;  // those
  };

  template <class Use>
  void with(std::size_t batch, const Use& use) const {
    const Kept& kept = kept_[place_[batch]];
    if (kept.common.values().empty())
      use(kept.of_lanes);
    else
      use(kept.common);
  }

  std::vector<Kept> kept_;
  std::vector<std::size_t> place_;  // of each batch among those kept
};

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
