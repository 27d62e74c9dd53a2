#include "gerbang/io/described_table.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace gerbang::io {
namespace {

constexpr double kBlank = std::numeric_limits<double>::quiet_NaN();

double real_of(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) return std::isfinite(*real) ? *real : kBlank;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return static_cast<double>(*integer);
  return kBlank;
}

std::optional<std::int64_t> integer_of(const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return *integer;
  return std::nullopt;
}

std::string text_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  return "";
}

bool fits(const Value& value, ColumnType type) {
  if (std::holds_alternative<std::monostate>(value)) return true;
  switch (type) {
    case ColumnType::kReal:
      return !std::holds_alternative<std::string>(value);
    case ColumnType::kInteger:
      return std::holds_alternative<std::int64_t>(value);
    case ColumnType::kText:
      return std::holds_alternative<std::string>(value);
  }
  return false;
}

bool fits(const Geometry& geometry, GeometryType type) {
  return std::holds_alternative<std::monostate>(geometry) ||
         geometry.index() == static_cast<std::size_t>(type);
}

}  // namespace

DescribedTable::DescribedTable(TableDescription description) : description_(std::move(description)) {
  for (const Column& column : description_.columns) {
    switch (column.type) {
      case ColumnType::kReal:
        columns_.emplace_back(std::vector<double>{});
        break;
      case ColumnType::kInteger:
        columns_.emplace_back(std::vector<std::optional<std::int64_t>>{});
        break;
      case ColumnType::kText:
        columns_.emplace_back(std::vector<std::string>{});
        break;
    }
  }
}

void DescribedTable::add_row(std::span<const Value> values, Geometry geometry) {
  const std::vector<Column>& columns = description_.columns;
  if (values.size() != columns.size())
    throw std::logic_error(fmt::format("table {}: a row of {} values for {} columns", description_.name,
                                       values.size(), columns.size()));
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (!fits(values[i], columns[i].type))
      throw std::logic_error(
          fmt::format("table {}: a value of another type in column {}", description_.name, columns[i].name));
  if (!fits(geometry, description_.geometry))
    throw std::logic_error(fmt::format("table {}: a geometry of another type", description_.name));

  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (auto* reals = std::get_if<std::vector<double>>(&columns_[i])) {
      reals->push_back(real_of(values[i]));
    } else if (auto* texts = std::get_if<std::vector<std::string>>(&columns_[i])) {
      texts->push_back(text_of(values[i]));
    } else {
      std::get<std::vector<std::optional<std::int64_t>>>(columns_[i]).push_back(integer_of(values[i]));
    }
  }
  if (description_.geometry != GeometryType::kNone) geometries_.push_back(std::move(geometry));
  ++row_count_;
}

Value DescribedTable::value(std::size_t row, std::size_t column) const {
  if (const auto* reals = std::get_if<std::vector<double>>(&columns_.at(column))) {
    const double real = reals->at(row);
    return std::isnan(real) ? Value{} : Value{real};
  }
  if (const auto* texts = std::get_if<std::vector<std::string>>(&columns_[column])) {
    const std::string& text = texts->at(row);
    return text.empty() ? Value{} : Value{text};
  }
  const auto& integer = std::get<std::vector<std::optional<std::int64_t>>>(columns_[column]).at(row);
  return integer ? Value{*integer} : Value{};
}

}  // namespace gerbang::io
