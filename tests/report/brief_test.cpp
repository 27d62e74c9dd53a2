#include "gerbang/report/brief.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "gerbang/report/observed.h"
#include "gerbang/report/pair_routes.h"
#include "gerbang/report/project_assessment.h"
#include "tests/report/tiny_brief.h"

namespace gerbang::report::test {
namespace {

std::string cell_text(const io::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return std::to_string(*whole);
  return "";
}

// The values of a column in the rows that have these keys.
std::vector<double> lookup(const io::DescribedTable& table, const std::string& keys,
                           const std::string& column) {
  const std::vector<io::Column>& columns = table.description().columns;
  const auto place = [&](const std::string& name) {
    std::size_t c = 0;
    while (c < columns.size() && columns[c].name != name) ++c;
    return c;
  };
  std::vector<double> values;
  if (place(column) == columns.size()) return values;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    bool is_it = true;
    for (const std::string& key : split_words(keys)) {
      const std::string name = key.substr(0, key.find('='));
      is_it = is_it && place(name) < columns.size() &&
              cell_text(table.value(row, place(name))) == key.substr(key.find('=') + 1);
    }
    const io::Value value = table.value(row, place(column));
    if (is_it && std::holds_alternative<double>(value)) values.push_back(std::get<double>(value));
  }
  return values;
}

TEST(Brief, ShowsTheFiguresOfTheRunAndNoOthers) {
  const registry::Register of = thread();
  const BriefQuestion asked = question(kTwoCities);
  const Document document = make(asked, of);
  RunOptions options = run_options(asked);
  options.scenarios = choose_scenarios(world(), {});  // what is compared with is shown too
  const RunResult result = run(tiny_evaluator(), options);
  const std::vector<io::DescribedTable> tables = result_tables(result, tiny_sources());
  std::map<std::string, int> checked;
  for (const auto& figure : figures_json(document))
    for (const io::DescribedTable& table : tables) {
      if (table.description().name != figure["table"]) continue;
      const std::string column = figure["column"];
      if (column.find(' ') != std::string::npos || column == "use")
        continue;  // a sum or a remainder, in words
      const std::vector<double> values = lookup(table, figure["row"], column);
      const bool is_sum = std::string(figure["row"]).find("terminal_id") == std::string::npos &&
                          figure["table"] == "terminals";
      double value = 0.0;
      for (const double one : values) value += one;
      ASSERT_TRUE(values.size() == 1 || is_sum) << figure << " " << values.size();
      EXPECT_NEAR(value, figure["value"], 1e-9 * std::abs(value)) << figure;
      ++checked[table.description().name];
    }
  EXPECT_GE(checked["who_gains"], 6);
  EXPECT_GE(checked["pairs"], 6);
  EXPECT_GE(checked["flows"], 2);
  EXPECT_GE(checked["terminals"], 2);
  EXPECT_GE(checked["services"], 1);
}

TEST(Brief, SwapsColumnsAndNothingElseWhenTheSidesAreSwapped) {
  const registry::Register of = thread();
  const auto figures = [&](const std::vector<RegionId>& sides) {
    std::multiset<std::string> set;
    for (auto figure : figures_json(make(question(sides), of))) {
      figure["source"] = "";  // names the run, whose hash knows in which order the pairs were asked for
      set.insert(figure.dump());
    }
    return set;
  };
  EXPECT_EQ(figures({RegionId(kGate), RegionId(kCapital)}), figures({RegionId(kCapital), RegionId(kGate)}));
}

TEST(Brief, SaysPlainlyWhenThereIsNothingToSay) {
  const registry::Register of = thread();
  const std::string unlinked = to_markdown(make(question({RegionId(kFarm), RegionId(kCapital)}), of));
  EXPECT_NE(unlinked.find("No service joins farm and capital directly."), std::string::npos);
  EXPECT_NE(unlinked.find("no undecided project of the two"), std::string::npos);
  EXPECT_NE(unlinked.find("Meetings: none on record."), std::string::npos);
  const std::string first = to_markdown(make(question(kTwoCities, "base"), of));
  EXPECT_NE(first.find("nothing is compared, so nobody gains or loses"), std::string::npos);
}

TEST(Brief, TellsOfOneRegionAndAllItsPartners) {
  const registry::Register of = thread();
  const std::string text = to_markdown(make(question({RegionId(kGate)}), of));
  for (const char* words :
       {"gate and its partners", "Its partners, 2030", "| farm |", "| capital |", "| abroad |"})
    EXPECT_NE(text.find(words), std::string::npos) << words;
}

TEST(Brief, NeverShowsContacts) {
  const registry::Register of = thread();
  for (const Language language : {Language::kIndonesian, Language::kEnglish}) {
    const Document document = make(question(kTwoCities), of, language);
    EXPECT_EQ(to_html(document).find("0812"), std::string::npos);
    EXPECT_EQ(to_markdown(document).find("0812"), std::string::npos);
  }
}

TEST(Brief, TellsTheThreadInTheReadersLanguageOverdueFirst) {
  registry::Register of = thread();
  const registry::Author author{.name = "test"};
  const auto commit = [&](const char* what, const char* due, const char* project) {
    of.add(registry::Kind::kCommitment,
           {{"what", what}, {"owner", "gate_city"}, {"due", due}, {"state", "open"}, {"project_id", project}},
           author);
  };
  commit("Later", "2026-12-01", "");
  commit("Order the ship", "2026-01-31", "ship");
  const std::string text = to_markdown(make(question(kTwoCities), of));
  const std::size_t late = text.find("**OVERDUE** **31 January 2026:** Order the ship"),
                    later = text.find("**1 December 2026:** Later");
  ASSERT_NE(late, std::string::npos) << text;
  ASSERT_NE(later, std::string::npos);
  EXPECT_LT(late, later);
  EXPECT_NE(text.find("Project ship a year later (than 2026): gate −IDR"), std::string::npos) << text;
  EXPECT_NE(text.find("A visit"), std::string::npos);
  const std::string indonesian = to_markdown(make(question(kTwoCities), of, Language::kIndonesian));
  EXPECT_NE(indonesian.find("**TERLAMBAT** **31 Januari 2026:**"), std::string::npos);
  EXPECT_NE(indonesian.find("Kunjungan"), std::string::npos);
}

TEST(ProjectEffects, UndoAProjectExactly) {
  // The scenario ship is grow and the project ship: without it, it is grow.
  evaluate::Evaluator& evaluator = tiny_evaluator();
  const ProjectQuestion asked{.scenario = scenario("ship"), .year = 2030, .project = ProjectId(0)};
  const auto effects = project_effects(evaluator, std::span(&asked, 1));
  ASSERT_TRUE(effects.front());
  const auto with = evaluator.evaluate(evaluate::Request{.scenario = scenario("ship"), .year = 2030});
  const auto without = evaluator.evaluate(evaluate::Request{.scenario = scenario("grow"), .year = 2030});
  const evaluate::Gains expected = evaluate::gains(evaluator.base_year().economy, *without, *with);
  EXPECT_GT(expected.ev_idr_bn, 0.0);
  EXPECT_NEAR(effects.front()->gains.ev_idr_bn, expected.ev_idr_bn, 1e-4 * expected.ev_idr_bn);
  for (std::size_t r = 0; r < expected.regions.size(); ++r)
    EXPECT_NEAR(effects.front()->gains.regions[r].ev_idr_bn, expected.regions[r].ev_idr_bn,
                1e-4 * expected.ev_idr_bn);
}

TEST(ProjectEffects, AreNoneWhereTheProjectIsNotDecided) {
  const ProjectQuestion asked[] = {{.scenario = scenario("grow"), .year = 2030, .project = ProjectId(0)},
                                   {.scenario = scenario("ship"), .year = 2024, .project = ProjectId(0)}};
  for (const auto& effect : project_effects(tiny_evaluator(), asked)) EXPECT_FALSE(effect);
}

TEST(ProjectEffects, CostOfADelayIsTheGainOfTheFirstYear) {
  const DelayQuestion asked{.project = ProjectId(0)};
  const auto delays = delays_by_a_year(tiny_evaluator(), std::span(&asked, 1));
  ASSERT_TRUE(delays.front());
  EXPECT_EQ(delays.front()->first_year, 2026);
  const ProjectQuestion first_year{.scenario = scenario("ship"), .year = 2026, .project = ProjectId(0)};
  const auto effect = project_effects(tiny_evaluator(), std::span(&first_year, 1));
  EXPECT_EQ(delays.front()->lost.ev_idr_bn, effect.front()->gains.ev_idr_bn);
  EXPECT_GT(delays.front()->lost.ev_idr_bn, 0.0);
}

TEST(Observations, StandBesideTheLoadsOfTheBaseYear) {
  World counted = world();
  counted.observations.resize(2);
  counted.observations[0].terminal = TerminalId(0);
  counted.observations[1].service = ServiceId(0);
  for (Observation& observation : counted.observations) observation.kt_per_year = 50.0;
  const auto base_year =
      tiny_evaluator().evaluate(evaluate::Request{.scenario = ScenarioId(0), .year = counted.base_year});
  const std::vector<ComparedObservation> compared = compare_observations(counted, *base_year);
  ASSERT_EQ(compared.size(), 2u);
  EXPECT_EQ(compared[0].modelled_kt, base_year->loads.terminal[0]);
  EXPECT_EQ(compared[1].modelled_kt, base_year->loads.leg[0] + base_year->loads.leg[1]);  // there and back
  EXPECT_DOUBLE_EQ(compared[1].ratio(), compared[1].modelled_kt / 50.0);
  EXPECT_GT(compared[0].modelled_kt, 0.0);
}

TEST(PairRoutes, CarryWhatThePairShips) {
  const auto outcome =
      tiny_evaluator().evaluate(evaluate::Request{.scenario = scenario("ship"), .year = 2030});
  const RegionPair over_sea{RegionId(kGate), RegionId(kCapital)}, by_road{RegionId(kFarm), RegionId(kGate)};
  const std::vector<PairRoutes> routes =
      pair_routes(tiny_evaluator().base_year(), *outcome, {over_sea, by_road});
  double shipped = 0.0;
  for (const Matrix& tonnes : outcome->equilibrium.tonnes) shipped += tonnes(kCapital, kGate);
  EXPECT_DOUBLE_EQ(routes[0].kt, shipped);
  // The ferry is the only way over the strait; farm and gate share a road and no ship. A logit leaves a trace
  // of ways round about.
  EXPECT_NEAR(routes[0].direct_kt, shipped, 1e-3 * shipped);
  ASSERT_EQ(routes[0].on_service.size(), 1u);
  EXPECT_EQ(world().services[routes[0].on_service.front().first].id, "ferry");
  EXPECT_NEAR(routes[1].road_kt, routes[1].kt, 1e-3 * routes[1].kt);
  const std::vector<DirectRide> rides = direct_rides(*outcome->world, over_sea);
  ASSERT_EQ(rides.size(), 1u);
  EXPECT_EQ(rides.front().distance_nm, 240.0);
  EXPECT_TRUE(direct_rides(*outcome->world, by_road).empty());
}

TEST(ProjectAssessment, DiscountsYearsAsTheTextbookDoes) {
  EXPECT_NEAR(annuity(10.0, 20), 8.513563719, 1e-8);  // any annuity table
  EXPECT_NEAR(annuity(5.0, 1), 1.0 / 1.05, 1e-12);
  EXPECT_EQ(annuity(0.0, 7), 7.0);
}

TEST(ProjectAssessment, KeepsWhatItWorkedOut) {
  struct Memory : evaluate::Cache {
    [[nodiscard]] std::optional<std::string> get(std::string_view hash) const override {
      const auto known = entries.find(std::string(hash));
      return known == entries.end() ? std::nullopt : std::optional(known->second);
    }
    void put(std::string_view hash, std::string_view bytes) override { entries[std::string(hash)] = bytes; }
    std::map<std::string, std::string> entries;
  };
  Memory memory;
  const AssessmentQuestion asked{.scenario = scenario("ship"), .year = 2030};
  const auto first = assess_projects(tiny_evaluator(), {ProjectId(0)}, asked, &memory, "engine");
  ASSERT_EQ(memory.entries.size(), 1u);
  const auto second = assess_projects(tiny_evaluator(), {ProjectId(0)}, asked, &memory, "engine");
  EXPECT_TRUE(first.front().is_separable && second.front().is_separable);
  EXPECT_EQ(first.front().ev_idr_bn, second.front().ev_idr_bn);
  EXPECT_EQ(first.front().gain_idr_bn, second.front().gain_idr_bn);
  memory.entries.begin()->second = "torn";
  EXPECT_EQ(assess_projects(tiny_evaluator(), {ProjectId(0)}, asked, &memory, "engine").front().gain_idr_bn,
            first.front().gain_idr_bn);
}

TEST(Document, MarksStrongTextInMarkdownWhereItsLettersAre) {
  const Document document{
      .title = "strong",
      .blocks = {
          {.kind = Block::Kind::kParagraph,
           .lines = {{Span{"Most."}, Span{" Take care (", Tone::kStrong}, Span{"ports: ", Tone::kStrong},
                      Span{"29.3", Tone::kBad, Trace{}}, Span{" times", Tone::kStrong}, Span{")."}}}}}};
  const std::string markdown = to_markdown(document);
  EXPECT_TRUE(markdown.starts_with("Most. **Take care (ports:** **29.3**[^1] **times**).\n")) << markdown;
}

TEST(Document, EscapesWhatHtmlAndMarkdownWouldRead) {
  const Document document{
      .language = Language::kEnglish,
      .title = "a < b & \"c\"",
      .blocks = {{.kind = Block::Kind::kParagraph,
                  .lines = {{Span{"x<y & *z*"},
                             Span{"1", Tone::kPlain,
                                  Trace{.value = 1.0, .table = "t", .row = "r=\"q\"", .column = "c"}}}}}}};
  const std::string html = to_html(document);
  EXPECT_NE(html.find("<title>a &lt; b &amp; &quot;c&quot;</title>"), std::string::npos);
  EXPECT_NE(html.find("x&lt;y &amp; *z*<span title=\"table t, row r=&quot;q&quot;, column c\">1</span>"),
            std::string::npos)
      << html;
  const std::string markdown = to_markdown(document);
  EXPECT_NE(markdown.find("x\\<y & \\*z\\*1[^1]"), std::string::npos) << markdown;
  EXPECT_NE(markdown.find("[^1]: table t, row r=\"q\", column c"), std::string::npos);
}

}  // namespace
}  // namespace gerbang::report::test
