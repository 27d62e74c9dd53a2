#include "gerbang/report/page_data.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <nlohmann/json.hpp>

#include "gerbang/base/error.h"
#include "gerbang/report/page_file.h"
#include "tests/report/tiny_run.h"

namespace gerbang::report::test {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kBuiltPage = "<html><body><!-- gerbang: documents --></body></html>";

Json document_of(std::size_t index) {
  const evaluate::Outcome& outcome = *tiny_run().outcomes[index].outcome;
  const evaluate::Network network = evaluate::build_network(*outcome.world);
  return outcome_document({.run = tiny_run(), .index = index, .network = network, .sources = tiny_sources()});
}

std::string gunzip(const std::string& packed) {
  constexpr int kGzip = 15 + 16;
  z_stream stream{};
  inflateInit2(&stream, kGzip);
  std::string text(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

TEST(PageData, HoldsWhoGainsToTheLastDigit) {
  const std::size_t index = index_of(tiny_run(), "ship", 2030);
  const Json study = study_document(tiny_run(), tiny_sources());
  const Json& comparison = study["outcomes"][index]["comparisons"][0];
  const evaluate::Gains& gains = tiny_run().outcomes[index].predecessor->gains;
  EXPECT_EQ(comparison["reference"], "grow");
  EXPECT_EQ(comparison["ev_idr_bn"].get<double>(), gains.ev_idr_bn);
  ASSERT_EQ(comparison["regions"]["ev_idr_bn"].size(), gains.regions.size());
  for (std::size_t r = 0; r < gains.regions.size(); ++r) {
    EXPECT_EQ(comparison["regions"]["ev_idr_bn"][r].get<double>(), gains.regions[r].ev_idr_bn);
    EXPECT_EQ(comparison["regions"]["ev_percent"][r].get<double>(), gains.regions[r].ev_percent);
  }
}

TEST(PageData, WhatAGainHangsOnAddsUpToTheLogOfWelfare) {
  const Json study = study_document(tiny_run(), tiny_sources());
  for (const Json& outcome : study["outcomes"])
    for (const Json& comparison : outcome["comparisons"]) {
      const Json& regions = comparison["regions"];
      for (std::size_t r = 0; r < regions["region"].size(); ++r) {
        const double sum = regions["income_percent"][r].get<double>() +
                           regions["people_percent"][r].get<double>() +
                           regions["prices_percent"][r].get<double>();
        EXPECT_NEAR(sum, 100.0 * std::log1p(regions["ev_percent"][r].get<double>() / 100.0), 1e-4);
      }
    }
}

TEST(PageData, TheLoadsOfAnOutcomeAreThoseOfTheResultTables) {
  const std::size_t index = index_of(tiny_run(), "ship", 2030);
  const Json document = document_of(index);
  const evaluate::Outcome& outcome = *tiny_run().outcomes[index].outcome;
  const Json& terminals = document["terminals"];
  ASSERT_GT(terminals["terminal"].size(), 0U);
  for (std::size_t row = 0; row < terminals["terminal"].size(); ++row) {
    double kt = 0.0;
    for (const Json& of_class : terminals["kt"]) kt += of_class[row].get<double>();
    const double load = outcome.loads.terminal[terminals["terminal"][row].get<std::size_t>()];
    EXPECT_NEAR(kt, load, 1e-6 * load);
  }
}

TEST(PageData, FlowsBetweenGroupsLeaveNothingOutButWhatStaysInARegion) {
  const std::size_t index = index_of(tiny_run(), "base", 2030);
  const Json document = document_of(index);
  const std::vector<Matrix>& tonnes = tiny_run().outcomes[index].outcome->equilibrium.tonnes;
  for (std::size_t m = 0; m < tonnes.size(); ++m) {
    double all = 0.0, shown = 0.0;
    for (std::size_t n = 0; n < tonnes[m].rows(); ++n)
      for (std::size_t i = 0; i < tonnes[m].columns(); ++i)
        if (i != n) all += tonnes[m](n, i);
    for (const Json& kt : document["group_flows"]["kt"][m]) shown += kt.get<double>();
    EXPECT_NEAR(shown, all, 1e-3 * all);
  }
}

// RFC 4648, section 10.
TEST(PageFile, WritesBase64AsItsStandardSays) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
}

TEST(PageFile, WhatIsPackedUnpacksToTheSameText) {
  for (const std::string& text : {std::string(), std::string("gerbang"), std::string(200'000, 'x')})
    EXPECT_EQ(gunzip(gzip_bytes(text)), text);
}

TEST(PageFile, HoldsTheStudyAndEveryOutcomeUnderTheFixedClosure) {
  const std::string page = page_with_results(std::string(kBuiltPage), tiny_run(), tiny_sources());
  EXPECT_NE(page.find("id=\"document-study\""), std::string::npos);
  for (const ComparedOutcome& compared : tiny_run().outcomes)
    EXPECT_NE(page.find("id=\"document-outcome-" + document_name(*compared.outcome) + "\""),
              std::string::npos);
  EXPECT_EQ(page, page_with_results(std::string(kBuiltPage), tiny_run(), tiny_sources()));
}

// The name of a scenario stands in an attribute of the file.
TEST(PageFile, KeepsNamesOfScenariosInsideTheirQuotes) {
  World world = named_world();
  world.scenarios[ScenarioId(2)].id = "x\"><img src=y onerror=z>&";
  evaluate::Evaluator evaluator(world, {.study_hash = "tiny", .fingerprint = "test", .observer = {}});
  const std::string page =
      page_with_results(std::string(kBuiltPage), run(evaluator, all_of(world)), tiny_sources());
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_NE(page.find("document-outcome-x&#34;&#62;&#60;img src=y onerror=z&#62;&#38;-2030\""),
            std::string::npos);
}

TEST(PageFile, RefusesWhatIsNoBuiltPage) {
  EXPECT_THROW((void)page_with_results("<html></html>", tiny_run(), tiny_sources()), InputError);
}

}  // namespace
}  // namespace gerbang::report::test
