// Outcomes as bytes and back, for the cache. The bytes are only ever read by the binary that wrote them (the
// engine's fingerprint is part of every request's hash), so there is no format to keep.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gerbang/evaluate/outcome.h"

namespace gerbang::evaluate {

[[nodiscard]] std::string to_bytes(const Outcome& outcome);
// None when the bytes are no outcome.
[[nodiscard]] std::optional<Outcome> from_bytes(std::string_view bytes);

}  // namespace gerbang::evaluate
