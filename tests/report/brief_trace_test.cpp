// What a brief's figures say of themselves: where each is from, how sure it is, what it costs to be late.
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/report/tiny_brief.h"

namespace gerbang::report::test {
namespace {

// Digits that are no figures: years, dates, clocks, names of records and rows, words like SHA and CO2.
std::string without_names(std::string text) {
  for (const char* name : {R"(\d{1,2} [A-Z][a-z]+ 20\d\d)", R"(\b20\d\d\b)", R"([Ss]ection \d)", R"(^\d\. )",
                           R"(--draws \d+)", R"(\b\d+ (draws|more)\b)", R"([a-z_]+\d+)"})
    text = std::regex_replace(text, std::regex(name), "");
  return text;
}

// The spans of text that hold figures without a trace.
void untraced(const std::vector<Block>& blocks, std::vector<std::string>& found) {
  const std::regex digit("[0-9]");
  const auto look = [&](const Line& line) {
    for (const Span& span : line)
      if (!span.trace && std::regex_search(without_names(span.text), digit)) found.push_back(span.text);
  };
  for (const Block& block : blocks) {
    const bool is_about_the_page = block.kind == Block::Kind::kTitle ||
                                   block.kind == Block::Kind::kSubtitle ||
                                   block.kind == Block::Kind::kHeading;
    if (!is_about_the_page)
      for (const Line& line : block.lines) look(line);
    for (const std::vector<Line>& row : block.cells)
      for (const Line& cell : row) look(cell);
    untraced(block.children, found);
  }
}

registry::Register thread_with_commitments() {
  registry::Register of = thread();
  const registry::Author author{.name = "test"};
  of.add(registry::Kind::kCommitment,
         {{"what", "Order the ship"},
          {"owner", "gate_city"},
          {"due", "2026-01-31"},
          {"state", "open"},
          {"project_id", "ship"}},
         author, "order");
  return of;
}

TEST(BriefTraces, NameTheCellOfEveryFigure) {
  const registry::Register of = thread_with_commitments();
  for (const std::vector<RegionId>& sides : {kTwoCities, std::vector{RegionId(kGate)}}) {
    std::vector<std::string> found;
    untraced(make(question(sides), of).blocks, found);
    // The last note says with what the page was made.
    std::erase_if(found, [](const std::string& text) { return text.starts_with("Made with gerbang"); });
    EXPECT_TRUE(found.empty()) << ::testing::PrintToString(found);
  }
}

TEST(BriefTraces, StandInMarkdownForWhatIsDrawn) {
  const std::string text = to_markdown(make(question(kTwoCities), thread()));
  EXPECT_NE(text.find("**Strengths of gate, times the national average:**"), std::string::npos) << text;
  EXPECT_NE(text.find("**Gain a head, thousand rupiah a year:**"), std::string::npos) << text;
}

// A cache in memory.
struct Memory : evaluate::Cache {
  [[nodiscard]] std::optional<std::string> get(std::string_view hash) const override {
    const auto known = entries.find(std::string(hash));
    return known == entries.end() ? std::nullopt : std::optional(known->second);
  }
  void put(std::string_view hash, std::string_view bytes) override { entries[std::string(hash)] = bytes; }
  std::map<std::string, std::string> entries;
};

// Draws of two different results.
DrawResult draws_of(const RunResult& run, std::size_t count, double width) {
  DrawResult draws{.count = count, .seed = 3};
  const std::size_t outcome = index_of(run, "ship", 2030);
  DrawnComparison& drawn = draws.comparisons.emplace_back();
  drawn.outcome = outcome;
  for (const evaluate::RegionGain& gain : run.outcomes[outcome].predecessor->gains.regions)
    drawn.regions.push_back({.ev_idr_bn = {gain.ev_idr_bn - width, gain.ev_idr_bn + width}});
  return draws;
}

TEST(BriefBands, AreThoseOfTheMostDrawsThatWereKept) {
  Memory kept;
  const RunResult& run = tiny_run();
  EXPECT_FALSE(kept_bands(run, scenario("ship"), 2030, "engine", kept));
  keep_bands(run, draws_of(run, 200, 1.0), "engine", kept);
  keep_bands(run, draws_of(run, 20, 9.0), "engine", kept);
  const auto bands = kept_bands(run, scenario("ship"), 2030, "engine", kept);
  ASSERT_TRUE(bands);
  EXPECT_EQ(bands->count, 200u);
  const Band& gate = bands->regions.at(RegionId(kGate));
  EXPECT_DOUBLE_EQ(gate.high - gate.low, 2.0);
  EXPECT_FALSE(kept_bands(run, scenario("ship"), 2024, "engine", kept));
  EXPECT_FALSE(kept_bands(run, scenario("ship"), 2030, "another engine", kept));
  kept.entries.begin()->second = "torn";
  EXPECT_FALSE(kept_bands(run, scenario("ship"), 2030, "engine", kept));
}

TEST(BriefBands, StandBesideTheGainsOrAreSaidToBeMissing) {
  const registry::Register of = thread();
  const auto bands = drawn_bands(tiny_run(), draws_of(tiny_run(), 200, 1.0), scenario("ship"), 2030);
  ASSERT_TRUE(bands);
  const Document drawn = make(question(kTwoCities), of, Language::kEnglish, bands);
  const std::string text = to_markdown(drawn);
  EXPECT_NE(text.find("(range "), std::string::npos) << text;
  EXPECT_NE(text.find("of 200 draws"), std::string::npos) << text;
  for (const auto& figure : figures_json(drawn)) {
    if (figure["column"] != "ev_low" || !figure["row"].get<std::string>().ends_with("region_id=gate"))
      continue;
    EXPECT_EQ(figure["value"], bands->regions.at(RegionId(kGate)).low);
  }
  const std::string without = to_markdown(make(question(kTwoCities), of));
  EXPECT_EQ(without.find("(range "), std::string::npos);
  EXPECT_NE(without.find("Low–high ranges are not there"), std::string::npos);
}

TEST(BriefThread, TellsOfCommitmentsThatOthersMadeWhereBothMet) {
  registry::Register of = thread();
  const registry::Author author{.name = "test"};
  of.add(registry::Kind::kParty, {{"name", "Port company"}, {"category", "company"}}, author, "port");
  const auto commit = [&](const char* what, const char* event) {
    of.add(registry::Kind::kCommitment,
           {{"what", what}, {"owner", "port"}, {"state", "open"}, {"event", event}}, author);
  };
  commit("Dredge the basin", "event-3");
  commit("Something else", "");
  const std::string text = to_markdown(make(question(kTwoCities), of));
  EXPECT_NE(text.find("Dredge the basin – Port company."), std::string::npos) << text;
  EXPECT_EQ(text.find("Something else"), std::string::npos);
}

TEST(BriefThread, CountsWhatHasNoRoomOnThePage) {
  registry::Register of = thread();
  const registry::Author author{.name = "test"};
  for (int i = 0; i < 20; ++i) {
    of.add(registry::Kind::kCommitment, {{"what", "Do it"}, {"owner", "gate_city"}, {"state", "open"}},
           author);
    of.add(registry::Kind::kDocument,
           {{"subject", "Sea link"},
            {"category", "kesepakatan_bersama"},
            {"parties", "gate_city capital_city"},
            {"council_approval", "needed"}},
           author);
  }
  const std::string text = to_markdown(make(question(kTwoCities), of));
  EXPECT_NE(text.find("… and 12 more open commitments"), std::string::npos) << text;
  EXPECT_NE(text.find("… and 16 more documents"), std::string::npos) << text;
  EXPECT_NE(text.find("Sea link, approval of the councils: needed."), std::string::npos) << text;
}

}  // namespace
}  // namespace gerbang::report::test
