// Where a verb keeps what it has solved between runs: a folder of content-hashed entries.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "apps/gerbang/command_line.h"
#include "gerbang/report/disk_cache.h"

namespace gerbang::app {

// Adds the option --cache.
void add_cache(const Verb& verb, std::string& option);

// The folder that the option --cache names ("": the user's cache folder); none for "none", or where there is
// no such place.
[[nodiscard]] std::optional<std::filesystem::path> cache_folder(const std::string& option);

// The cache of outcomes, which can stop taking new ones, and of what is derived from them.
class OutcomeCache {
 public:
  explicit OutcomeCache(const std::string& option);

  // nullptr where nothing is kept.
  [[nodiscard]] evaluate::Cache* outcomes() { return disk_ ? &gate_ : nullptr; }
  [[nodiscard]] evaluate::Cache* derived() { return disk_ ? &*disk_ : nullptr; }
  void stop_keeping_outcomes() { gate_.is_open = false; }

 private:
  struct Gate : evaluate::Cache {
    [[nodiscard]] std::optional<std::string> get(std::string_view hash) const override {
      return disk->get(hash);
    }
    void put(std::string_view hash, std::string_view bytes) override {
      if (is_open) disk->put(hash, bytes);
    }
    report::DiskCache* disk = nullptr;
    bool is_open = true;
  };
  std::optional<report::DiskCache> disk_;
  Gate gate_;
};

}  // namespace gerbang::app
