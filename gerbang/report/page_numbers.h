// Numbers as the page's documents hold them.
#pragma once

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace gerbang::report {

using PageJson = nlohmann::ordered_json;

// null: not finite.
[[nodiscard]] inline PageJson rounded_number(double value, int significant_digits) {
  if (!std::isfinite(value)) return nullptr;
  const double rounded = std::strtod(fmt::format("{:.{}g}", value, significant_digits).c_str(), nullptr);
  constexpr double kLargestWhole = 1e15;
  if (rounded == std::trunc(rounded) && std::abs(rounded) < kLargestWhole)
    return static_cast<std::int64_t>(rounded);
  return rounded;
}

// Seven significant digits, what a single-precision number holds: half the size of a double, and more than a
// page shows.
[[nodiscard]] inline PageJson page_number(double value) {
  constexpr int kSinglePrecision = 7;
  return rounded_number(value, kSinglePrecision);
}
[[nodiscard]] inline PageJson page_number(const std::optional<double>& value) {
  return value ? page_number(*value) : PageJson(nullptr);
}
// Four significant digits, for the many numbers that are only read, never computed with.
[[nodiscard]] inline PageJson page_figure(double value) {
  constexpr int kRead = 4;
  return rounded_number(value, kRead);
}

[[nodiscard]] inline PageJson page_figure(const std::optional<double>& value) {
  return value ? page_figure(*value) : PageJson(nullptr);
}

// Whole columns.
template <class Values>
[[nodiscard]] PageJson page_numbers(const Values& values) {
  PageJson column = PageJson::array();
  for (const double value : values) column.push_back(page_number(value));
  return column;
}
template <class Values>
[[nodiscard]] PageJson page_figures(const Values& values) {
  PageJson column = PageJson::array();
  for (const double value : values) column.push_back(page_figure(value));
  return column;
}

// Columns to be filled.
[[nodiscard]] inline PageJson empty_columns(std::initializer_list<std::string_view> names) {
  PageJson columns = PageJson::object();
  for (const std::string_view name : names) columns[std::string(name)] = PageJson::array();
  return columns;
}

}  // namespace gerbang::report
