// The cache of outcomes on disk: evaluate's interface over io's content store. Entries are checked when read;
// an entry that is torn or altered is solved anew.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gerbang/evaluate/evaluate.h"
#include "gerbang/io/content_store.h"

namespace gerbang::report {

class DiskCache : public evaluate::Cache {
 public:
  explicit DiskCache(io::ContentStore store) : store_(std::move(store)) {}

  [[nodiscard]] std::optional<std::string> get(std::string_view hash) const override {
    return store_.get(hash);
  }
  // A disk that takes nothing costs time, not results.
  void put(std::string_view hash, std::string_view bytes) override {
    [[maybe_unused]] const bool is_kept = store_.put(hash, bytes);
  }

 private:
  io::ContentStore store_;
};

}  // namespace gerbang::report
