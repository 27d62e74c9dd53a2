// Where what was solved is kept between runs; storage on disk lives in io.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gerbang::evaluate {

class Cache {
 public:
  virtual ~Cache() = default;
  [[nodiscard]] virtual std::optional<std::string> get(std::string_view hash) const = 0;
  virtual void put(std::string_view hash, std::string_view bytes) = 0;
};

}  // namespace gerbang::evaluate
