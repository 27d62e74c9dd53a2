#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "gerbang/report/document.h"

namespace gerbang::report {
namespace {

using Kind = Block::Kind;

// Two A4 pages; on the screen a sheet of the same width. Colours also hold in grey. DejaVu Sans, all that a
// bare Debian has, is wider than the others: narrowed.
constexpr std::string_view kStyle = R"CSS(
@page { size: A4; margin: 10mm 12mm 9mm 12mm; }
@font-face { font-family: "Narrowed"; src: local("DejaVu Sans"), local("DejaVuSans"); size-adjust: 90%; }
@font-face { font-family: "Narrowed"; font-weight: 600 900; src: local("DejaVu Sans Bold"), local("DejaVuSans-Bold"); size-adjust: 90%; }
* { box-sizing: border-box; }
body { font: 9pt/1.3 "Helvetica Neue", Arial, "Liberation Sans", "Noto Sans", "DejaVu Sans Condensed", "Narrowed", sans-serif; color: #1b2430; margin: 0; background: #e9ecef; }
main { width: 210mm; margin: 6mm auto; padding: 11mm 13mm; background: #fff; }
@media print { body { background: none; } main { width: auto; margin: 0; padding: 0; } }
h1 { font-size: 16pt; line-height: 1.15; margin: 0; color: #0b3a53; }
.subtitle { color: #566573; margin: 1mm 0 2.5mm; font-size: 8.2pt; border-bottom: 1.2pt solid #0b3a53; padding-bottom: 1.6mm; }
h2 { font-size: 10.6pt; margin: 2.4mm 0 .8mm; color: #0b3a53; break-after: avoid; } h2 + .note { break-after: avoid; }
p { margin: 0 0 1.4mm; }
.lead { font-size: 9.6pt; line-height: 1.35; background: #eef5f8; border-left: 2.4pt solid #0b6e8f; padding: 1.6mm 2.6mm; margin: 0 0 1.6mm; }
.note { font-size: 7.4pt; line-height: 1.26; color: #566573; margin: .6mm 0 1.2mm; }
ul { margin: 0 0 1.4mm; padding-left: 4mm; }
li { margin: 0 0 .3mm; }
table { border-collapse: collapse; width: 100%; margin: .5mm 0 1.1mm; font-size: 8pt; break-inside: avoid; }
th, td { text-align: right; padding: .4mm 1.1mm; border-bottom: .3pt solid #d5dbe0; vertical-align: top; }
th { font-weight: 600; color: #34495e; border-bottom: .8pt solid #7f8c8d; vertical-align: bottom; }
th:first-child, td:first-child { text-align: left; padding-left: 0; }
td { white-space: nowrap; } td:first-child { min-width: 24mm; } td:first-child, td.words { white-space: normal; } .words { text-align: left; }
figure { margin: 0; break-inside: avoid; }
figure svg { display: block; width: 100%; height: auto; }
figcaption { font-size: 8pt; font-weight: 600; color: #34495e; margin-bottom: .6mm; }
.side { display: flex; gap: 6mm; align-items: flex-start; margin: 1mm 0; break-inside: avoid; }
.side > * { flex: 1 1 0; min-width: 0; }
b { font-weight: 650; } .good { color: #11703c; font-weight: 650; } .bad { color: #a8321f; font-weight: 650; } .faint { color: #7b8790; }
[title] { cursor: help; }
@media screen { span[title] { text-decoration: underline dotted #b5bec6; text-underline-offset: 2px; } }
)CSS";

std::string class_of(Tone tone) {
  switch (tone) {
    case Tone::kGood:
      return "good";
    case Tone::kBad:
      return "bad";
    case Tone::kFaint:
      return "faint";
    case Tone::kStrong:
    case Tone::kPlain:
      break;
  }
  return "";
}

// No line ends between a figure and its per cent sign.
std::string with_whole_figures(std::string text) {
  for (std::size_t at = text.find(" %"); at != std::string::npos; at = text.find(" %", at + 1))
    if (at > 0 && std::isdigit(static_cast<unsigned char>(text[at - 1])) != 0) text.replace(at, 1, "&nbsp;");
  return text;
}

class HtmlWriter {
 public:
  explicit HtmlWriter(const Document& document) : document_(document) {}

  std::string page() {
    html_ = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>{}</style>\n"
        "</head>\n<body>\n<main>\n",
        document_.language == Language::kIndonesian ? "id" : "en", escaped_html(document_.title), kStyle);
    for (const Block& block : document_.blocks) write(block);
    return html_ + "</main>\n</body>\n</html>\n";
  }

 private:
  std::string span(const Span& piece) const {
    std::string text = with_whole_figures(escaped_html(with_minus_signs(piece.text)));
    if (piece.tone == Tone::kStrong) text = "<b>" + text + "</b>";
    const std::string style = class_of(piece.tone);
    if (!style.empty() || piece.trace)
      text = fmt::format("<span{}{}>{}</span>", style.empty() ? "" : fmt::format(" class=\"{}\"", style),
                         piece.trace ? fmt::format(" title=\"{}\"",
                                                   escaped_html(trace_text(*piece.trace, document_.language)))
                                     : "",
                         text);
    return text;
  }

  std::string line(const Line& spans) const {
    std::string text;
    for (const Span& piece : spans) text += span(piece);
    return text;
  }

  void element(std::string_view tag, std::string_view name, const Line& content) {
    html_ += fmt::format("<{}{}>{}</{}>\n", tag, name.empty() ? "" : fmt::format(" class=\"{}\"", name),
                         line(content), tag);
  }

  // Columns that mostly begin with words are aligned to the left, figures to the right.
  static bool is_words(const Line& cell) {
    if (cell.empty() || cell.front().trace) return false;
    return std::any_of(cell.front().text.begin(), cell.front().text.end(),
                       [](unsigned char c) { return std::isalpha(c) != 0; });
  }
  static bool holds_words(const Block& block, std::size_t column) {
    std::size_t words = 0;
    for (std::size_t r = 1; r < block.cells.size(); ++r)
      words += column < block.cells[r].size() && is_words(block.cells[r][column]) ? 1 : 0;
    return 2 * words >= block.cells.size();
  }

  void table(const Block& block) {
    html_ += "<table>\n";
    for (std::size_t r = 0; r < block.cells.size(); ++r) {
      html_ += "<tr>";
      for (std::size_t c = 0; c < block.cells[r].size(); ++c)
        html_ += fmt::format("<{0}{1}>{2}</{0}>", r == 0 ? "th" : "td",
                             holds_words(block, c) ? " class=\"words\"" : "", line(block.cells[r][c]));
      html_ += "</tr>\n";
    }
    html_ += "</table>\n";
  }

  void write(const Block& block) {
    const Line first = block.lines.empty() ? Line{} : block.lines.front();
    switch (block.kind) {
      case Kind::kTitle:
        return element("h1", "", first);
      case Kind::kSubtitle:
        return element("p", "subtitle", first);
      case Kind::kHeading:
        return element("h2", "", first);
      case Kind::kParagraph:
        return element("p", "", first);
      case Kind::kLead:
        return element("p", "lead", first);
      case Kind::kNote:
        return element("p", "note", first);
      case Kind::kList:
        html_ += "<ul>\n";
        for (const Line& item : block.lines) element("li", "", item);
        html_ += "</ul>\n";
        return;
      case Kind::kTable:
        return table(block);
      case Kind::kDrawing:
        html_ += "<figure>" + (first.empty() ? "" : "<figcaption>" + line(first) + "</figcaption>") +
                 block.svg + "</figure>\n";
        return;
      case Kind::kSideBySide:
        html_ += "<div class=\"side\">\n";
        for (const Block& child : block.children) {
          html_ += "<div>";
          write(child);
          html_ += "</div>\n";
        }
        html_ += "</div>\n";
        return;
      case Kind::kGroup:
        for (const Block& child : block.children) write(child);
        return;
    }
  }

  const Document& document_;
  std::string html_;
};

}  // namespace

std::string to_html(const Document& document) {
  return HtmlWriter(document).page();
}

}  // namespace gerbang::report
