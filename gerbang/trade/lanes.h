// Eight regions side by side: vectors and small matrices over sectors, each entry holding one value of every
// region, so that what is done to each region by itself runs on all lanes of a vector register at once.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/base/parallel.h"

namespace gerbang::trade {

constexpr std::size_t kLanes = 8;

struct Lanes {
  double of[kLanes] = {};

  double& operator[](std::size_t lane) { return of[lane]; }
  double operator[](std::size_t lane) const { return of[lane]; }
  // this += a · b.
  void add(const Lanes& a, const Lanes& b) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) of[lane] += a.of[lane] * b.of[lane];
  }
  Lanes& operator+=(const Lanes& other) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) of[lane] += other.of[lane];
    return *this;
  }
  Lanes& operator*=(const Lanes& factor) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) of[lane] *= factor.of[lane];
    return *this;
  }
};

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
  Lanes lanes;
  if (first + kLanes <= regions) {
    std::copy_n(row + first, kLanes, lanes.of);
  } else {
    std::copy(row + first, row + regions, lanes.of);
  }
  return lanes;
}
inline void store(const Lanes& lanes, double* row, std::size_t first, std::size_t regions) {
  if (first + kLanes <= regions) {
    std::copy_n(lanes.of, kLanes, row + first);
  } else {
    std::copy_n(lanes.of, regions - first, row + first);
  }
}

// Calls work(integral_constant width, first) for runs of `width` of 0 … count − 1, the last ones one by one:
// as many sums stay in registers while what they share is read once.
template <class Work>
void in_fours(std::size_t count, Work work) {
  constexpr std::size_t kAtOnce = 4;
  std::size_t first = 0;
  for (; first + kAtOnce <= count; first += kAtOnce)
    work(std::integral_constant<std::size_t, kAtOnce>(), first);
  for (; first < count; ++first) work(std::integral_constant<std::size_t, 1>(), first);
}

// result += matrix · vector.
inline void add_product(const LaneMatrix& matrix, const LaneVector& vector, LaneVector& result) {
  constexpr std::size_t kSums = 4;  // one alone would wait for each of its terms
  for (std::size_t row = 0; row < matrix.size(); ++row) {
    Lanes sums[kSums];
    std::size_t k = 0;
    for (; k + kSums <= matrix.size(); k += kSums)
      for (std::size_t c = 0; c < kSums; ++c) sums[c].add(matrix(row, k + c), vector[k + c]);
    for (; k < matrix.size(); ++k) sums[0].add(matrix(row, k), vector[k]);
    sums[0] += sums[1];
    sums[2] += sums[3];
    result[row] += sums[0];
    result[row] += sums[2];
  }
}

// result += matrix' · vector.
inline void add_transposed_product(const LaneMatrix& matrix, const LaneVector& vector, LaneVector& result) {
  in_fours(matrix.size(),
           [&]<std::size_t width>(std::integral_constant<std::size_t, width>, std::size_t column) {
             Lanes sums[width];
             for (std::size_t k = 0; k < matrix.size(); ++k)
               for (std::size_t c = 0; c < width; ++c) sums[c].add(matrix(k, column + c), vector[k]);
             for (std::size_t c = 0; c < width; ++c) result[column + c] += sums[c];
           });
}

inline LaneMatrix product(const LaneMatrix& a, const LaneMatrix& b) {
  LaneMatrix result(a.size());
  for (std::size_t row = 0; row < a.size(); ++row)
    in_fours(a.size(),
             [&]<std::size_t width>(std::integral_constant<std::size_t, width>, std::size_t column) {
               Lanes sums[width];
               for (std::size_t k = 0; k < a.size(); ++k)
                 for (std::size_t c = 0; c < width; ++c) sums[c].add(a(row, k), b(k, column + c));
               for (std::size_t c = 0; c < width; ++c) result(row, column + c) = sums[c];
             });
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
  Lanes sum;
  for (std::size_t k = 0; k < a.size(); ++k) sum.add(a[k], b[k]);
  return sum;
}

// Calls task(0) … task(batches − 1), several to a thread: one alone takes less than starting it.
template <class Task>
void for_batches(std::size_t batches, const Task& task) {
  constexpr std::size_t kPerThread = 8;
  parallel_for((batches + kPerThread - 1) / kPerThread, [&](std::size_t part) {
    for (std::size_t b = part * kPerThread; b < std::min(batches, (part + 1) * kPerThread); ++b) task(b);
  });
}

}  // namespace gerbang::trade
