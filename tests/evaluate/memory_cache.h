// A cache for tests: it lives as long as the test.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "gerbang/evaluate/cache.h"

namespace gerbang::testing {

class MemoryCache : public evaluate::Cache {
 public:
  std::optional<std::string> get(std::string_view hash) const override {
    const std::scoped_lock lock(mutex_);
    const auto known = kept_.find(std::string(hash));
    return known == kept_.end() ? std::nullopt : std::optional(known->second);
  }
  void put(std::string_view hash, std::string_view bytes) override {
    const std::scoped_lock lock(mutex_);
    kept_[std::string(hash)] = bytes;
  }
  void forget_half() {
    std::size_t i = 0;
    std::erase_if(kept_, [&](const auto&) { return i++ % 2 == 0; });
  }
  [[nodiscard]] std::size_t size() const { return kept_.size(); }

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::string> kept_;
};

}  // namespace gerbang::testing
