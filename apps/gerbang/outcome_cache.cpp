#include "apps/gerbang/outcome_cache.h"

#include <cstdlib>

namespace gerbang::app {

std::optional<std::filesystem::path> cache_folder(const std::string& option) {
  if (option == "none") return std::nullopt;
  if (!option.empty()) return option;
  const auto environment = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value == nullptr ? "" : value);
  };
  if (const std::string cache = environment("XDG_CACHE_HOME"); !cache.empty())
    return std::filesystem::path(cache) / "gerbang";
  if (const std::string home = environment("HOME"); !home.empty())
    return std::filesystem::path(home) / ".cache" / "gerbang";
  return std::nullopt;
}

void add_cache(const Verb& verb, std::string& option) {
  verb.option("--cache", option,
              {"folder simpanan hasil antara, atau none (bawaan: ~/.cache/gerbang)",
               "folder of solved outcomes, or none (default: ~/.cache/gerbang)"},
              "DIR|none");
}

OutcomeCache::OutcomeCache(const std::string& option) {
  if (const std::optional<std::filesystem::path> folder = cache_folder(option)) {
    disk_.emplace(io::ContentStore(*folder));
    gate_.disk = &*disk_;
  }
}

}  // namespace gerbang::app
