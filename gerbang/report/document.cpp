#include "gerbang/report/document.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

namespace gerbang::report {
namespace {

// Calls use(span) for every span, in reading order.
template <class Use>
void for_each_span(const std::vector<Block>& blocks, const Use& use) {
  for (const Block& block : blocks) {
    for (const Line& line : block.lines)
      for (const Span& span : line) use(span);
    for (const std::vector<Line>& row : block.cells)
      for (const Line& cell : row)
        for (const Span& span : cell) use(span);
    for_each_span(block.children, use);
  }
}

}  // namespace

std::string escaped_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string with_minus_signs(std::string_view text) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::string printed;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = i == 0 || text[i - 1] == ' ' || text[i - 1] == '(';
    const bool is_minus = text[i] == '-' && begins && i + 1 < text.size() && is_digit(text[i + 1]);
    printed += is_minus ? "−" : std::string(1, text[i]);
  }
  return printed;
}

std::string trace_text(const Trace& trace, Language language) {
  const Text pattern{"tabel {}, baris {}, kolom {}", "table {}, row {}, column {}"};
  std::string text = fmt::format(fmt::runtime(pattern.in(language)), trace.table, trace.row, trace.column);
  if (!trace.source.empty())
    text += fmt::format("; {}: {}", Text{"sumber", "source"}.in(language), trace.source);
  return text;
}

nlohmann::ordered_json figures_json(const Document& document) {
  auto figures = nlohmann::ordered_json::array();
  std::set<std::string> seen;
  for_each_span(document.blocks, [&](const Span& span) {
    if (!span.trace || !seen.insert(span.text + "\n" + trace_text(*span.trace, document.language)).second)
      return;
    figures.push_back({{"text", span.text},
                       {"value", span.trace->value},
                       {"table", span.trace->table},
                       {"row", span.trace->row},
                       {"column", span.trace->column},
                       {"source", span.trace->source}});
  });
  return figures;
}

}  // namespace gerbang::report
