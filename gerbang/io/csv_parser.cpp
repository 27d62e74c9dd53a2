#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "gerbang/io/csv.h"
#include "gerbang/io/utf8.h"

namespace gerbang::io {
// Cuts the text into records; quoted cells are unquoted where they stand, since that never makes them longer.
class CsvTable::Parser {
 public:
  Parser(CsvTable& table, Faults& faults) : table_(table), text_(table.text_), faults_(faults) {}

  void run() {
    if (!is_readable()) return;
    replace_invalid_characters();
    if (text_.starts_with(kByteOrderMark)) at_ = counted_to_ = kByteOrderMark.size();
    while (at_ < text_.size()) read_record();
    if (table_.header_places_.empty() && !is_refused_) {
      fault(1, 0, {"berkas ini tidak berkepala tabel", "the file has no header"},
            {"baris pertama dengan nama-nama kolom", "a first line with the names of the columns"});
    }
    table_.is_table_ = !table_.header_.empty();
  }

 private:
  void fault(std::size_t line, std::size_t column, Message found, Message expected) {
    faults_.add({.file = table_.file_,
                 .line = line,
                 .column = column,
                 .found = std::move(found),
                 .expected = std::move(expected)});
  }

  [[nodiscard]] bool is_readable() {
    if (text_.empty()) {
      fault(1, 0, {"berkas ini kosong (0 bita)", "the file is empty (0 bytes)"},
            {"satu baris kepala dan satu baris tiap data; pulihkan berkasnya",
             "a header line and one line per row; restore the file"});
      return false;
    }
    if (text_.starts_with("\xFF\xFE") || text_.starts_with("\xFE\xFF")) {
      fault(1, 1, {"berkas ini dalam UTF-16", "the file is in UTF-16"},
            {"simpan sebagai CSV UTF-8", "save it as CSV UTF-8"});
      return false;
    }
    if (text_.size() >= std::numeric_limits<std::uint32_t>::max()) {
      fault(1, 0, {"berkas ini lebih besar dari 4 GB", "the file is larger than 4 GB"},
            {"bagi tabelnya", "split the table"});
      return false;
    }
    return true;
  }

  // Says where the first byte is that is no text, and puts '?' in the place of each.
  void replace_invalid_characters() {
    bool is_first = true;
    std::size_t line = 1;
    std::size_t column = text_.starts_with(kByteOrderMark) ? 0 : 1;
    for (std::size_t i = 0; i < text_.size();) {
      const unsigned byte = static_cast<unsigned char>(text_[i]);
      const bool is_control = byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r';
      const std::size_t size = is_control ? 0 : utf8_size(text_, i);
      if (size == 0) {
        if (std::exchange(is_first, false)) {
          fault(line, column,
                said({"bita 0x{:02X} bukan teks UTF-8", "byte 0x{:02X} is no UTF-8 text"}, byte),
                {"simpan berkasnya sebagai CSV UTF-8", "save the file as CSV UTF-8"});
        }
        text_[i] = '?';
      }
      const bool ends_line =
          byte == '\n' || (byte == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n'));
      line += ends_line ? 1 : 0;
      column = ends_line ? 1 : column + 1;
      i += std::max<std::size_t>(size, 1);
    }
  }

  [[nodiscard]] bool is_line_break() const { return text_[at_] == '\n' || text_[at_] == '\r'; }

  void skip_line_break() {
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
    ++at_;
    ++line_;
    characters_ = 0;
    counted_to_ = at_;
  }

  // The column of a place in the current line, in characters; places must be asked for in order.
  std::uint32_t column_of(std::size_t place) {
    for (; counted_to_ < place; ++counted_to_) characters_ += is_continuation(text_[counted_to_]) ? 0 : 1;
    return characters_ + 1;
  }

  void read_record() {
    record_.clear();
    const std::uint32_t line = line_;
    for (;;) {
      read_cell();
      if (at_ >= text_.size() || is_line_break()) break;
      ++at_;  // the comma
    }
    if (at_ < text_.size()) skip_line_break();
    const bool is_blank =
        std::all_of(record_.begin(), record_.end(), [](const Place& place) { return place.size == 0; });
    if (is_blank || is_refused_) return;
    if (table_.header_places_.empty()) {
      keep_header();
    } else {
      keep_row(line);
    }
  }

  void read_cell() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    if (at_ < text_.size() && text_[at_] == '"') {
      read_quoted_cell();
    } else {
      read_plain_cell();
    }
  }

  void read_plain_cell() {
    const std::size_t begin = at_;
    const std::uint32_t column = column_of(begin);
    while (at_ < text_.size() && text_[at_] != ',' && !is_line_break()) ++at_;
    std::size_t end = at_;
    while (end > begin && is_space(text_[end - 1])) --end;
    add_cell(begin, end, column, line_);
  }

  void read_quoted_cell() {
    const std::uint32_t column = column_of(at_);
    const std::uint32_t line = line_;
    const std::size_t begin = ++at_;
    std::size_t end = begin;
    for (;; column_of(at_)) {  // counts the characters before they are overwritten
      if (at_ >= text_.size()) {
        fault(line, column,
              {"tanda kutip yang dibuka di sini tidak pernah ditutup",
               "the quote that opens here is never closed"},
              {"tanda kutip penutup; tanda kutip di dalam teks ditulis dua kali",
               "a closing quote; a quote inside the text is written twice"});
        break;
      }
      if (text_[at_] == '"') {
        ++at_;
        if (at_ >= text_.size() || text_[at_] != '"') break;
      } else if (is_line_break()) {
        copy_line_break(end);
        continue;
      }
      text_[end++] = text_[at_++];
    }
    add_cell(begin, end, column, line);
    skip_after_quote();
  }

  void copy_line_break(std::size_t& end) {
    const std::size_t from = at_;
    skip_line_break();
    for (std::size_t i = from; i < at_; ++i) text_[end++] = text_[i];
  }

  void skip_after_quote() {
    const std::size_t after = at_;
    while (at_ < text_.size() && text_[at_] != ',' && !is_line_break()) ++at_;
    if (std::string_view(text_).substr(after, at_ - after).find_first_not_of(" \t") == std::string_view::npos)
      return;
    fault(line_, column_of(after), {"ada teks sesudah tanda kutip penutup", "text after a closing quote"},
          {"koma; tanda kutip di dalam teks ditulis dua kali",
           "a comma; a quote inside the text is written twice"});
  }

  void add_cell(std::size_t begin, std::size_t end, std::uint32_t column, std::uint32_t line) {
    record_.push_back({.begin = static_cast<std::uint32_t>(begin),
                       .size = static_cast<std::uint32_t>(end - begin),
                       .line = line,
                       .column = column});
  }

  [[nodiscard]] std::string_view text_of(const Place& place) const {
    return std::string_view(text_).substr(place.begin, place.size);
  }

  void keep_header() {
    // A header of one cell that other separators divide is a table with another separator.
    const std::string_view only = text_of(record_.front());
    for (const auto& [separator, name] :
         {std::pair(';', Message{"titik koma", "semicolons"}), std::pair('\t', Message{"tab", "tabs"})}) {
      const bool is_divided = std::count(only.begin(), only.end(), separator) >=
                              static_cast<std::ptrdiff_t>(std::max<std::size_t>(record_.size() - 1, 1));
      if (!is_divided) continue;
      const std::size_t column = record_.front().column + only.find(separator);
      fault(record_.front().line, column,
            said({"sel-selnya dipisahkan oleh {}", "the cells are separated by {}"}, name),
            {"koma, dan titik pada angka desimal: simpan sebagai \"CSV UTF-8 (comma delimited)\"",
             "commas, and a point in decimal numbers: save it as \"CSV UTF-8 (comma delimited)\""});
      is_refused_ = true;
      return;
    }
    table_.header_places_ = record_;
    for (const Place& place : record_) table_.header_.emplace_back(text_of(place));
  }

  void keep_row(std::uint32_t line) {
    const std::size_t width = table_.header_.size();
    const bool is_whole = record_.size() == width;
    if (!is_whole) {
      const Place& place = record_.size() > width ? record_[width] : record_.back();
      fault(place.line, place.column,
            said({"{} sel, sedangkan kepala tabel punya {}", "{} cells where the header has {}"},
                 record_.size(), width),
            record_.size() > width
                ? Text{"apit dengan tanda kutip teks yang memuat koma", "quote a text that contains a comma"}
                : Text{"satu sel tiap kolom, juga yang kosong", "one cell per column, blank ones too"});
    }
    record_.resize(width, {.begin = 0, .size = 0, .line = line, .column = 0});
    table_.cells_.insert(table_.cells_.end(), record_.begin(), record_.end());
    table_.rows_.push_back({.line = line, .is_whole = is_whole});
  }

  CsvTable& table_;
  std::string& text_;
  Faults& faults_;
  std::vector<Place> record_;
  bool is_refused_ = false;
  std::size_t at_ = 0;
  std::uint32_t line_ = 1;
  std::size_t counted_to_ = 0;
  std::uint32_t characters_ = 0;
};

CsvTable::CsvTable(std::string file, std::string text, Faults& faults)
    : file_(std::move(file)), text_(std::move(text)) {
  Parser(*this, faults).run();
}

}  // namespace gerbang::io
