// Any bytes as a CSV table: no crash, every cell stands somewhere in the text, and a table without faults
// reads the same when it is written again.
#include <cstdint>
#include <cstdlib>

#include "gerbang/io/csv.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

using gerbang::io::Cell;
using gerbang::io::CsvTable;
using gerbang::io::Faults;

std::string written(const CsvTable& table) {
  const auto line = [&](auto cell_of) {
    std::string text;
    for (std::size_t i = 0; i < table.header().size(); ++i) {
      text += (i > 0 ? "," : "") + gerbang::io::csv_cell(cell_of(i));
    }
    return text + "\n";
  };
  std::string text = line([&](std::size_t i) { return std::string_view(table.header()[i]); });
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    text += line([&](std::size_t i) { return table.cell(row, i).text; });
  }
  return text;
}

void check_cells(const CsvTable& table, std::size_t size) {
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    for (std::size_t i = 0; i < table.header().size(); ++i) {
      Faults faults;
      const Cell cell = table.cell(row, i);
      require(cell.line >= 1 && cell.line <= size + 1 && cell.column <= size + 1 && cell.text.size() <= size);
      require(gerbang::io::read_number(cell, faults).has_value() == faults.empty());
    }
  }
}

void check_round_trip(const CsvTable& table) {
  Faults faults;
  const CsvTable again("again.csv", written(table), faults);
  require(again.header() == table.header() && again.row_count() == table.row_count());
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    for (std::size_t i = 0; i < table.header().size(); ++i) {
      require(again.cell(row, i).text == table.cell(row, i).text);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  Faults faults;
  const CsvTable table("fuzz.csv", std::string(reinterpret_cast<const char*>(bytes), size), faults);
  check_cells(table, size);
  const bool is_sound = table.is_table() && faults.empty();
  table.check_header({.required = {"id", "length_km"}, .optional = {"note"}}, faults);
  for (const gerbang::Fault& fault : faults.sorted()) require(!fault.found.empty());
  if (is_sound) check_round_trip(table);
  return 0;
}
