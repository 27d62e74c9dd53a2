#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "gerbang/report/document.h"

namespace gerbang::report {
namespace {

using Kind = Block::Kind;

// Markdown for editing: figures carry footnotes that say where they are from; of drawings there is what they
// show, where that does not stand beside them.
class MarkdownWriter {
 public:
  explicit MarkdownWriter(const Document& document) : document_(document) {}

  std::string text() {
    for (const Block& block : document_.blocks) write(block);
    if (!notes_.empty())
      text_ +=
          fmt::format("## {}\n\n", Text{"Asal angka", "Where the figures are from"}.in(document_.language));
    for (const std::string& note : notes_) text_ += note + "\n";
    return text_;
  }

 private:
  static constexpr std::string_view kStrong = "**";

  static std::string escaped(std::string_view plain) {
    const std::string text = with_minus_signs(plain);
    std::string result;
    for (const char c : text) {
      if (c == '|' || c == '*' || c == '_' || c == '[' || c == '<') result += '\\';
      result += c;
    }
    return result;
  }

  // One number for each cell that figures are read from.
  std::size_t note_number(const Trace& trace) {
    const std::string words = trace_text(trace, document_.language);
    const auto [known, is_new] = numbers_.emplace(words, numbers_.size() + 1);
    if (is_new) notes_.push_back(fmt::format("[^{}]: {}", known->second, escaped(words)));
    return known->second;
  }

  // Strong text begins and ends with what is no space, or its marks would stand as they are; what follows on
  // strong text is one with it.
  static void add_strong(std::string& text, std::string_view piece) {
    const std::size_t begin = std::min(piece.find_first_not_of(' '), piece.size());
    const std::size_t end = piece.find_last_not_of(' ') + 1;
    if (begin == piece.size()) {
      text += piece;
      return;
    }
    const bool goes_on = begin == 0 && text.ends_with(kStrong);
    if (goes_on) text.resize(text.size() - kStrong.size());
    text += piece.substr(0, begin);
    if (!goes_on) text += kStrong;
    text += escaped(piece.substr(begin, end - begin));
    text += kStrong;
    text += piece.substr(end);
  }

  std::string line(const Line& spans) {
    std::string text;
    for (const Span& piece : spans) {
      if (piece.tone == Tone::kStrong || piece.tone == Tone::kGood || piece.tone == Tone::kBad)
        add_strong(text, piece.text);
      else
        text += escaped(piece.text);
      if (piece.trace) text += fmt::format("[^{}]", note_number(*piece.trace));
    }
    return text;
  }

  void table(const Block& block) {
    for (std::size_t r = 0; r < block.cells.size(); ++r) {
      text_ += "|";
      for (const Line& cell : block.cells[r]) text_ += " " + line(cell) + " |";
      text_ += "\n";
      if (r > 0) continue;
      text_ += "|---|";
      for (std::size_t c = 1; c < block.cells[r].size(); ++c) text_ += "---:|";
      text_ += "\n";
    }
    text_ += "\n";
  }

  void write(const Block& block) {
    const Line first = block.lines.empty() ? Line{} : block.lines.front();
    switch (block.kind) {
      case Kind::kTitle:
        text_ += "# " + line(first) + "\n\n";
        return;
      case Kind::kHeading:
        text_ += "## " + line(first) + "\n\n";
        return;
      case Kind::kSubtitle:
      case Kind::kParagraph:
      case Kind::kLead:
      case Kind::kNote:
        text_ += line(first) + "\n\n";
        return;
      case Kind::kList:
        for (const Line& item : block.lines) text_ += "- " + line(item) + "\n";
        text_ += "\n";
        return;
      case Kind::kTable:
        return table(block);
      case Kind::kSideBySide:
      case Kind::kGroup:
        for (const Block& child : block.children) write(child);
        return;
      case Kind::kDrawing:
        if (block.lines.size() > 1 && !block.lines[1].empty())
          text_ += "**" + line(first) + ":** " + line(block.lines[1]) + "\n\n";
        return;
    }
  }

  const Document& document_;
  std::string text_;
  std::vector<std::string> notes_;
  std::map<std::string, std::size_t> numbers_;
};

}  // namespace

std::string to_markdown(const Document& document) {
  return MarkdownWriter(document).text();
}

}  // namespace gerbang::report
