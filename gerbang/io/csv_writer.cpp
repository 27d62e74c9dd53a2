#include "gerbang/io/csv_writer.h"

#include "gerbang/io/csv.h"
#include "gerbang/io/file.h"

namespace gerbang::io {
namespace {

std::string cell_text(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) return shortest(*real);
  if (const auto* integer = std::get_if<std::int64_t>(&value)) return std::to_string(*integer);
  if (const auto* text = std::get_if<std::string>(&value)) return csv_cell(*text);
  return "";
}

}  // namespace

std::string csv_text(const DescribedTable& table) {
  const std::vector<Column>& columns = table.description().columns;
  std::string text;
  for (std::size_t i = 0; i < columns.size(); ++i) text += (i > 0 ? "," : "") + csv_cell(columns[i].name);
  text += '\n';
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    for (std::size_t i = 0; i < columns.size(); ++i)
      text += (i > 0 ? "," : "") + cell_text(table.value(row, i));
    text += '\n';
  }
  return text;
}

void write_csv(const std::filesystem::path& path, const DescribedTable& table) {
  write_file_atomically(path, csv_text(table));
}

}  // namespace gerbang::io
