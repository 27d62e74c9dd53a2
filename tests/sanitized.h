// Whether the tests were built with sanitizers, which make some of them ten to fifty times as slow.
#pragma once

namespace gerbang::test {

#ifdef GERBANG_SANITIZED
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif

}  // namespace gerbang::test
