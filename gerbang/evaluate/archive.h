// Outcomes and settled base years as bytes and back, for the cache. The bytes are only ever read by the
// binary that wrote them (the engine's fingerprint is part of every request's hash), so there is no format to
// keep.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gerbang/evaluate/base_year.h"
#include "gerbang/evaluate/outcome.h"

namespace gerbang::evaluate {

[[nodiscard]] std::string to_bytes(const Outcome& outcome);
// None when the bytes are no outcome.
[[nodiscard]] std::optional<Outcome> from_bytes(std::string_view bytes);

[[nodiscard]] std::string to_bytes(const SettledBaseYear& base);
// None when the bytes are no base year.
[[nodiscard]] std::optional<SettledBaseYear> base_year_from_bytes(std::string_view bytes);

}  // namespace gerbang::evaluate
