// A short printed document: headings, paragraphs, lists, tables and drawings, made once and written as HTML
// (with a print style for A4) or as Markdown. A figure in it knows the cell that it was read from: the reader
// of the HTML sees it on hovering, the reader of the Markdown as a footnote, a program in the JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "gerbang/base/text.h"

namespace gerbang::report {

// Where a figure is from: a table of the results or of the study, its row as "key=value …", its column.
struct Trace {
  double value = 0.0;  // before it was rounded
  std::string table;
  std::string row;
  std::string column;
  std::string source;  // what the row says of its own source; of results: how they came about
};

enum class Tone : std::uint8_t { kPlain, kStrong, kGood, kBad, kFaint };

// Words, or a figure.
struct Span {
  std::string text;
  Tone tone = Tone::kPlain;
  std::optional<Trace> trace{};
};
using Line = std::vector<Span>;

struct Block {
  enum class Kind : std::uint8_t {
    kTitle,
    kSubtitle,
    kHeading,
    kParagraph,
    kLead,  // the paragraph that is read first
    kNote,  // in small type
    kList,
    kTable,  // the first line of cells is its head; columns of words are aligned to the left
    kDrawing,
    kSideBySide,
    kGroup  // one below the other, in one column
  };
  Kind kind = Kind::kParagraph;
  std::vector<Line> lines{};               // a paragraph has one, a list one an item
  std::vector<std::vector<Line>> cells{};  // of a table
  std::string svg{};                       // of a drawing; its lines are its caption
  std::vector<Block> children{};           // side by side, or of a group
};

struct Document {
  Language language = Language::kEnglish;
  std::string title;
  std::vector<Block> blocks;
};

[[nodiscard]] std::string to_html(const Document& document);
[[nodiscard]] std::string to_markdown(const Document& document);

// The figures in reading order, each once: {"text","value","table","row","column","source"}.
[[nodiscard]] nlohmann::ordered_json figures_json(const Document& document);

// "table who_gains, row …, column …; source: …", in the document's language.
[[nodiscard]] std::string trace_text(const Trace& trace, Language language);

// Negative figures with a minus sign in place of the hyphen.
[[nodiscard]] std::string with_minus_signs(std::string_view text);

// A text inside HTML or SVG.
[[nodiscard]] std::string escaped_html(std::string_view text);

}  // namespace gerbang::report
