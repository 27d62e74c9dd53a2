// A CSV table with the position of every cell (RFC 4180: quotes, doubled quotes, line breaks inside quotes).
// A UTF-8 byte-order mark and CRLF are accepted; blank lines and lines of blank cells only are skipped; white
// space around an unquoted cell is removed. What cannot be a comma-separated UTF-8 table (0 bytes, UTF-16,
// semicolons or tabs, an open quote, a wrong number of cells) is a fault with its remedy.
//
//   Faults faults;
//   const CsvTable flows = read_csv(folder / "flow.csv", "flow.csv", faults);
//   flows.check_header({.required = {"origin", "value"}, .optional = {"note"}}, faults);
//   const auto value = flows.column("value");
//   for (std::size_t row = 0; row < flows.row_count(); ++row)
//     if (const auto v = read_number(flows.cell(row, value), faults)) …
//   faults.throw_if_any();
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gerbang/io/faults.h"

namespace gerbang::io {

// One cell where it stands; valid as long as its table. line and column count from 1, columns in characters.
struct Cell {
  std::string_view text;
  std::string_view file;
  std::string_view header;  // name of its column
  std::size_t line = 0;
  std::size_t column = 0;

  [[nodiscard]] bool is_blank() const { return text.empty(); }
  [[nodiscard]] Fault fault(Message found, Message expected) const;
};

// What may surround a cell.
[[nodiscard]] inline bool is_space(char byte) {
  return byte == ' ' || byte == '\t';
}

struct Header {
  std::vector<std::string> required;
  std::vector<std::string> optional;
  std::map<std::string, std::string> value_of_range{};  // by the column of a range's end: that of its value
};

class CsvTable {
 public:
  // A table that could not be read, without rows.
  explicit CsvTable(std::string file) : file_(std::move(file)) {}
  // Named by the file that its faults speak of. Never throws on bad text; adds faults.
  CsvTable(std::string file, std::string text, Faults& faults);

  [[nodiscard]] const std::string& file() const { return file_; }
  // False when the text is no table at all: 0 bytes, another encoding or separator. It then has no rows.
  [[nodiscard]] bool is_table() const { return is_table_; }
  [[nodiscard]] const std::vector<std::string>& header() const { return header_; }
  [[nodiscard]] std::size_t row_count() const { return rows_.size(); }
  // False for a row with too few or too many cells: it is kept, so that its id is known, but nothing else in
  // it can be trusted.
  [[nodiscard]] bool is_whole(std::size_t row) const { return rows_[row].is_whole; }
  [[nodiscard]] std::size_t line(std::size_t row) const { return rows_[row].line; }

  // Faults for required columns that are missing, unknown ones (with a suggestion), columns named twice and
  // ranges whose value has no column.
  void check_header(const Header& expected, Faults& faults) const;
  // Where a column stands, or none.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
  // The cell; of a column that is not there, a blank one that points at the row.
  [[nodiscard]] Cell cell(std::size_t row, std::optional<std::size_t> column) const;
  [[nodiscard]] Cell cell(std::size_t row, std::string_view name) const { return cell(row, column(name)); }

 private:
  struct Place {
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
    std::uint32_t line = 0;
    std::uint32_t column = 0;
  };
  struct Row {
    std::uint32_t line = 0;
    bool is_whole = true;
  };
  class Parser;

  std::string file_;
  std::string text_;  // unquoted in place
  bool is_table_ = false;
  std::vector<std::string> header_;
  std::vector<Place> header_places_;
  std::vector<Place> cells_;  // row by row, header_.size() each
  std::vector<Row> rows_;
};

// Reads a file as a table. A file that cannot be read is a fault and gives a table without rows.
[[nodiscard]] CsvTable read_csv(const std::filesystem::path& path, std::string name, Faults& faults);

// The number in a cell (decimal point, no separators; finite); anything else, blank too, is a fault and none.
[[nodiscard]] std::optional<double> read_number(const Cell& cell, Faults& faults);
[[nodiscard]] std::optional<int> read_integer(const Cell& cell, Faults& faults);

// A value as a CSV cell: quoted only where RFC 4180 asks for it.
[[nodiscard]] std::string csv_cell(std::string_view text);
// The shortest decimal text that reads back as the same double; with an exponent only where it is very large
// or small.
[[nodiscard]] std::string shortest(double value);

}  // namespace gerbang::io
