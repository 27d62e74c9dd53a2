// Table<Id<Thing>, T>: a vector that can be indexed by its own id only.
#pragma once

#include <cassert>
#include <ranges>
#include <utility>
#include <vector>

#include "gerbang/base/id.h"

namespace gerbang {

template <class IdType, class T>
class Table {
 public:
  using value_type = T;

  Table() = default;
  explicit Table(std::size_t size, const T& value = T{}) : rows_(size, value) {}
  explicit Table(std::vector<T> rows) : rows_(std::move(rows)) {}

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }

  decltype(auto) operator[](IdType id) {
    assert(id.value() < rows_.size());
    return rows_[id.value()];
  }
  decltype(auto) operator[](IdType id) const {
    assert(id.value() < rows_.size());
    return rows_[id.value()];
  }

  IdType push_back(T row) {
    rows_.push_back(std::move(row));
    return IdType(rows_.size() - 1);
  }

  // The ids in order: for (const RegionId region : regions.ids()).
  [[nodiscard]] auto ids() const {
    return std::views::iota(std::size_t{0}, rows_.size()) |
           std::views::transform([](std::size_t i) { return IdType(i); });
  }

  auto begin() { return rows_.begin(); }
  auto end() { return rows_.end(); }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }

  // The rows as the plain vector that numeric kernels take.
  [[nodiscard]] const std::vector<T>& rows() const { return rows_; }
  std::vector<T>& rows() { return rows_; }

  friend bool operator==(const Table&, const Table&) = default;

 private:
  std::vector<T> rows_;
};

}  // namespace gerbang
