// How many of one unit are in another. What carries a number says its unit in its name or beside it.
#pragma once

namespace gerbang {

inline constexpr double kPercent = 100.0;  // of one
inline constexpr double kIdrPerMnIdr = 1e6;
inline constexpr double kMnPerBn = 1e3;
inline constexpr double kBnPerTn = 1e3;
inline constexpr double kTonnesPerKt = 1e3;
inline constexpr double kKtPerMt = 1e3;
inline constexpr double kMinutesPerHour = 60.0;
inline constexpr double kHoursPerDay = 24.0;
inline constexpr double kHoursPerWeek = 168.0;
inline constexpr double kWeeksPerYear = 52.0;

}  // namespace gerbang
