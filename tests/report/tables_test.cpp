#include "gerbang/report/tables.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <regex>
#include <set>

#include "gerbang/io/csv_writer.h"
#include "gerbang/io/file.h"
#include "gerbang/io/geopackage.h"
#include "gerbang/report/columns.h"
#include "gerbang/report/use.h"
#include "tests/report/tiny_run.h"

namespace gerbang::report::test {
namespace {

namespace fs = std::filesystem;

const io::DescribedTable& named(const std::vector<io::DescribedTable>& tables, std::string_view name) {
  for (const io::DescribedTable& table : tables)
    if (table.description().name == name) return table;
  throw std::out_of_range(std::string(name));
}

std::size_t column(const io::DescribedTable& table, std::string_view name) {
  const auto& columns = table.description().columns;
  for (std::size_t c = 0; c < columns.size(); ++c)
    if (columns[c].name == name) return c;
  throw std::out_of_range(std::string(name));
}

double real(const io::DescribedTable& table, std::size_t row, std::string_view name) {
  return std::get<double>(table.value(row, column(table, name)));
}
std::string text(const io::DescribedTable& table, std::size_t row, std::string_view name) {
  return std::get<std::string>(table.value(row, column(table, name)));
}

TEST(Tables, WhoGainsHoldsEveryComparisonOfEveryRegion) {
  const RunResult& run = tiny_run();
  const auto tables = result_tables(run, tiny_sources());
  const io::DescribedTable& gains = named(tables, "who_gains");
  std::size_t row = 0;
  for (const ComparedOutcome& compared : run.outcomes)
    for (const auto* comparison : {&compared.predecessor, &compared.base}) {
      if (!*comparison) continue;
      for (const evaluate::RegionGain& gain : (*comparison)->gains.regions) {
        EXPECT_EQ(text(gains, row, "scenario"), compared.outcome->scenario);
        EXPECT_EQ(text(gains, row, "closure"), closure_id(compared.outcome->closure));
        EXPECT_EQ(text(gains, row, "reference"), (*comparison)->reference->scenario);
        EXPECT_EQ(text(gains, row, "region_id"), run.world->regions[gain.region].id);
        EXPECT_EQ(real(gains, row, "ev_idr_bn"), gain.ev_idr_bn);
        EXPECT_EQ(real(gains, row, "ev_percent"), gain.ev_percent);
        EXPECT_EQ(text(gains, row, "verdict"), verdict_id(gain.verdict));
        ++row;
      }
    }
  EXPECT_EQ(gains.row_count(), row);
}

TEST(Tables, LayersHoldWhatTheOutcomeHolds) {
  const RunResult& run = tiny_run();
  const auto tables = result_tables(run, tiny_sources());
  const io::DescribedTable& links = named(tables, "links");
  const io::DescribedTable& terminals = named(tables, "terminals");
  ASSERT_EQ(links.row_count(), 6U);  // one road, three scenarios, two years
  ASSERT_EQ(terminals.row_count(), 3U * 6U);
  const evaluate::Outcome& first = *run.outcomes.front().outcome;
  EXPECT_EQ(real(links, 0, "forward_pcu_h"), first.arc_volume[0]);
  EXPECT_EQ(real(links, 0, "reverse_minutes"), first.arc_time_h[1] * 60.0);
  EXPECT_EQ(real(links, 0, "use"), std::max(first.arc_volume[0], first.arc_volume[1]) / 900.0);
  EXPECT_EQ(real(terminals, 0, "kt"), first.loads.terminal[0]);
  EXPECT_EQ(real(terminals, 0, "use"), first.loads.terminal[0] / 2000.0);
  EXPECT_EQ(text(terminals, 0, "capacity_basis"), "official");
  EXPECT_EQ(text(terminals, 1, "capacity_basis"), "base use");
  EXPECT_NEAR(real(terminals, 1, "use"), 0.6, 1e-6);
}

TEST(Tables, FreightOnARoadIsThatOfTheRegionsItJoins) {
  // The road between farm and gate is farm's only way out: what it carries is what farm sells elsewhere and
  // buys.
  const evaluate::Outcome& outcome = *tiny_run().outcomes.front().outcome;
  const evaluate::Network network = evaluate::build_network(*outcome.world);
  double sold = 0.0, bought = 0.0;
  for (const Matrix& tonnes : outcome.equilibrium.tonnes)
    for (std::size_t other : {testing::kGate, testing::kCapital, testing::kAbroad}) {
      sold += tonnes(other, testing::kFarm);
      bought += tonnes(testing::kFarm, other);
    }
  const LinkUse use = link_uses(outcome, network).front();
  EXPECT_NEAR(use.directions[0]->freight_kt, sold, 1e-6 * sold);
  EXPECT_NEAR(use.directions[1]->freight_kt, bought, 1e-6 * bought);
}

TEST(Tables, ModesCountEveryTonneThatBoards) {
  const evaluate::Outcome& outcome = *tiny_run().outcomes.front().outcome;
  double sea = 0.0, handled = 0.0, shipped = 0.0, moved = 0.0;
  for (const ModeTonnes& mode : tonnes_by_mode(outcome)) {
    if (mode.mode == "sea") sea = mode.kt;
    if (mode.mode != "sea") moved += mode.kt;
  }
  for (const double kt : outcome.loads.terminal) handled += kt;
  for (const Matrix& tonnes : outcome.equilibrium.tonnes) {
    for (const double kt : tonnes.values()) shipped += kt;
    shipped -= tonnes(testing::kAbroad, testing::kAbroad);  // no business of the study
  }
  EXPECT_NEAR(sea, handled / 2.0, 1e-6 * sea);   // whatever boards is loaded once and unloaded once
  EXPECT_GT(sea + moved, shipped * (1 - 1e-9));  // a transhipped tonne counts on each ship
}

TEST(Tables, DescribeEveryColumnInBothLanguages) {
  for (const io::DescribedTable& table : result_tables(tiny_run(), tiny_sources())) {
    EXPECT_NE(table.description().description.find(" · "), std::string::npos) << table.description().name;
    for (const io::Column& described : table.description().columns)
      EXPECT_NE(described.description.find(" · "), std::string::npos)
          << table.description().name << "." << described.name;
  }
}

TEST(Tables, DocsListEveryTableAndColumnWithItsUnit) {
  const std::string page = io::read_file(fs::path(GERBANG_SOURCE_DIR) / "docs" / "results.md");
  auto tables = result_tables(tiny_run(), tiny_sources());
  tables.push_back(sector_flows(tiny_run()));
  for (const io::DescribedTable& table : tables) {
    const io::TableDescription& description = table.description();
    const std::size_t start = page.find("\n### " + description.name + "\n");
    ASSERT_NE(start, std::string::npos)
        << "docs/results.md lacks the section '### " << description.name << "'";
    const std::string section = page.substr(start + 1, page.find("\n### ", start + 2) - start);
    for (const io::Column& described : description.columns)
      EXPECT_NE(section.find("| `" + described.name + "` | " + described.unit), std::string::npos)
          << "docs/results.md, " << description.name << ": lacks `" << described.name << "` in '"
          << described.unit << "'";
  }
}

class ResultFile : public ::testing::Test {
 protected:
  void SetUp() override {
    path_ = fs::temp_directory_path() /
            ("gerbang_report_" +
             std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".gpkg");
    io::write_geopackage(path_, result_tables(tiny_run(), tiny_sources()));
  }
  void TearDown() override { fs::remove(path_); }

  fs::path path_;
};

TEST_F(ResultFile, IsTheSameBytesEveryTime) {
  const std::string first = io::read_file(path_);
  io::write_geopackage(path_, result_tables(tiny_run(), tiny_sources()));
  EXPECT_EQ(first, io::read_file(path_));
}

TEST_F(ResultFile, OpensInGdalWithItsLayers) {
  if (std::system("command -v ogrinfo >/dev/null") != 0)
    GTEST_SKIP() << "ogrinfo (gdal-bin) is not installed";
  const fs::path said = path_.string() + ".txt";
  ASSERT_EQ(std::system(("ogrinfo -so -al '" + path_.string() + "' >'" + said.string() + "' 2>&1").c_str()),
            0);
  const std::string listing = io::read_file(said);
  fs::remove(said);
  for (const char* layer :
       {"regions", "links", "terminals", "services", "who_gains", "flows", "convergence", "manifest"})
    EXPECT_NE(listing.find("Layer name: " + std::string(layer) + "\n"), std::string::npos) << listing;
  EXPECT_EQ(listing.find("ERROR"), std::string::npos) << listing;
  EXPECT_EQ(listing.find("Warning"), std::string::npos) << listing;
}

// The elements of an XML text close in the order in which they opened.
bool is_well_formed(const std::string& xml) {
  std::vector<std::string> open;
  const std::regex tag(R"(<(/?)([A-Za-z_][\w.-]*)((?:\s+[\w.:-]+="[^"<]*")*)\s*(/?)>)");
  std::string rest = std::regex_replace(xml, std::regex("<!DOCTYPE[^>]*>"), "");
  std::size_t covered = 0;
  for (std::sregex_iterator it(rest.begin(), rest.end(), tag), end; it != end; ++it) {
    if (static_cast<std::size_t>(it->position()) != covered) return false;  // something that is no tag
    covered = static_cast<std::size_t>(it->position() + it->length());
    if ((*it)[1].length() > 0) {
      if (open.empty() || open.back() != (*it)[2]) return false;
      open.pop_back();
    } else if ((*it)[4].length() == 0) {
      open.push_back((*it)[2]);
    }
  }
  return open.empty() && covered == rest.size();
}

TEST(Styles, DrawOneOutcomeEachAndAreWellFormed) {
  std::set<std::string> names;
  for (const io::DescribedTable& table : result_tables(tiny_run(), tiny_sources()))
    for (const io::MapStyle& style : table.description().styles) {
      EXPECT_TRUE(is_well_formed(style.qml)) << style.qml;
      EXPECT_LE(style.name.size(), 60U);
      names.insert(table.description().name + " " + style.name);
    }
  EXPECT_TRUE(names.contains("regions ship 2030 / base"));
  EXPECT_TRUE(names.contains("regions ship 2030 / grow"));
  EXPECT_TRUE(names.contains("links base 2024"));
}

TEST(Styles, TheFirstShowsTheLastScenarioOfTheLastYearAgainstTheBase) {
  const auto tables = result_tables(tiny_run(), tiny_sources());
  EXPECT_EQ(named(tables, "regions").description().styles.front().name, "ship 2030 / base");
  EXPECT_EQ(named(tables, "links").description().styles.front().name, "ship 2030");
}

}  // namespace
}  // namespace gerbang::report::test
