#include "tests/trade/shared_table.h"

#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace gerbang::trade::test {
namespace {

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == ',' && !is_quoted) {
      cells.emplace_back();
    } else if (c != '\r') {
      cells.back() += c;
    }
  }
  return cells;
}

}  // namespace

// gzopen reads files that are not packed as they are.
std::string read_text(const std::filesystem::path& path) {
  gzFile file = gzopen(path.c_str(), "rb");
  if (file == nullptr) throw std::runtime_error("cannot read " + path.string());
  std::string text;
  std::vector<char> buffer(1 << 16);
  int count = 0;
  while ((count = gzread(file, buffer.data(), static_cast<unsigned>(buffer.size()))) > 0)
    text.append(buffer.data(), static_cast<std::size_t>(count));
  gzclose(file);
  return text;
}

std::vector<double> read_numbers(const std::filesystem::path& path) {
  std::istringstream words(read_text(path));
  std::vector<double> numbers;
  for (std::string word; words >> word;) numbers.push_back(std::stod(word));
  return numbers;
}

SharedTable::SharedTable(const std::filesystem::path& path) {
  std::istringstream lines(read_text(path));
  std::string line;
  std::getline(lines, line);
  header_ = cells_of(line);
  while (std::getline(lines, line))
    if (!line.empty()) rows_.push_back(cells_of(line));
}

std::size_t SharedTable::column_of(const std::string& column) const {
  const auto found = std::find(header_.begin(), header_.end(), column);
  if (found == header_.end()) throw std::runtime_error("no column " + column);
  return static_cast<std::size_t>(found - header_.begin());
}

const std::string& SharedTable::text(std::size_t row, const std::string& column) const {
  return rows_.at(row).at(column_of(column));
}

double SharedTable::number(std::size_t row, const std::string& column) const {
  return std::stod(text(row, column));
}

std::vector<double> SharedTable::numbers(const std::string& column) const {
  std::vector<double> values;
  for (std::size_t row = 0; row < size(); ++row) values.push_back(number(row, column));
  return values;
}

}  // namespace gerbang::trade::test
