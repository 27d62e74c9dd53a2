#include "gerbang/report/page_file.h"

#include <fmt/format.h>
#include <zlib.h>

#include <nlohmann/json.hpp>
#include <stdexcept>
#include <vector>

#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"
#include "gerbang/report/page_rank.h"

namespace gerbang::report {
namespace {

// Where the documents go; the built page holds it once.
constexpr std::string_view kPlace = "<!-- gerbang: documents -->";

// Text as the value of an attribute: the name of a scenario may hold anything.
std::string attribute_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&' || c == '"' || c == '<' || c == '>')
      escaped += fmt::format("&#{};", static_cast<int>(c));
    else
      escaped += c;
  }
  return escaped;
}

std::string document_element(std::string_view name, const nlohmann::ordered_json& json) {
  return fmt::format("<script type=\"application/gzip\" id=\"document-{}\">{}</script>\n",
                     attribute_text(name), base64(gzip_bytes(json.dump())));
}

}  // namespace

std::optional<std::filesystem::path> find_page(const std::filesystem::path& program) {
  const std::filesystem::path folder = program.parent_path();
  for (const std::filesystem::path& candidate :
       {folder / "page.html", folder.parent_path() / "share" / "gerbang" / "page.html"})
    if (std::filesystem::is_regular_file(candidate)) return candidate;
  return std::nullopt;
}

std::string page_with_results(std::string page, const RunResult& run, const ResultSources& sources) {
  const std::size_t place = page.find(kPlace);
  if (place == std::string::npos)
    throw InputError(Fault{"page.html",
                           0,
                           0,
                           {"ini bukan halaman yang sudah dibangun", "this is no built page"},
                           {"bangun kembali: ./do build", "build it anew: ./do build"}});
  std::vector<std::string> elements(run.outcomes.size() + 1);
  parallel_for(elements.size(), [&](std::size_t i) {
    if (i == run.outcomes.size()) {
      elements[i] = document_element("study", study_document(run, sources));
      return;
    }
    const evaluate::Outcome& outcome = *run.outcomes[i].outcome;
    if (outcome.closure != trade::DeficitClosure::kFixed) return;
    const evaluate::Network network = evaluate::build_network(*outcome.world);
    elements[i] =
        document_element("outcome-" + document_name(outcome),
                         outcome_document({.run = run, .index = i, .network = network, .sources = sources})) +
        document_element("rank-" + document_name(outcome), rank_document(*run.base_year, outcome, {}));
  });
  std::string documents;
  for (const std::string& element : elements) documents += element;
  return page.replace(place, kPlace.size(), documents);
}

std::string gzip_bytes(std::string_view bytes) {
  constexpr int kGzip = 15 + 16;  // the largest window, with gzip's header
  constexpr int kMemory = 9;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::runtime_error("zlib does not start");
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  const int status = deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  if (status != Z_STREAM_END) throw std::runtime_error("zlib did not finish");
  return packed;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k) text += k <= count ? kDigits[group >> (18 - 6 * k) & 0x3FU] : '=';
  }
  return text;
}

}  // namespace gerbang::report
