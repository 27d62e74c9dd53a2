// A plain reader for the CSV tables of the shared data (no quoted commas in numbers' columns), .gz or not.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace gerbang::trade::test {

class SharedTable {
 public:
  explicit SharedTable(const std::filesystem::path& path);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] const std::string& text(std::size_t row, const std::string& column) const;
  [[nodiscard]] double number(std::size_t row, const std::string& column) const;
  [[nodiscard]] std::vector<double> numbers(const std::string& column) const;

 private:
  [[nodiscard]] std::size_t column_of(const std::string& column) const;

  std::vector<std::string> header_;
  std::vector<std::vector<std::string>> rows_;
};

// The text of a file, unpacked when its name ends in .gz.
std::string read_text(const std::filesystem::path& path);
// Numbers separated by white space, as published replication data come.
std::vector<double> read_numbers(const std::filesystem::path& path);

}  // namespace gerbang::trade::test
