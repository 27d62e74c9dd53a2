#include "gerbang/io/study.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "gerbang/base/text.h"
#include "gerbang/io/csv.h"
#include "gerbang/io/outline.h"
#include "gerbang/io/study_tables.h"
#include "gerbang/world/apply.h"
#include "gerbang/world/rows.h"
#include "tests/io/tiny_study.h"

namespace gerbang::test {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRoute =
    R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"from_node_id":"pa","to_node_id":"pg"},"geometry":{"type":"LineString","coordinates":[[116.79,-1.3],[118,-2.25],[119.62,-4.01]]}}
]})";

// All files of a folder, by name.
std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    files[entry.path().filename().string()] = io::read_file(entry.path());
  }
  return files;
}

// A table as the set of its filled-in cells "row id column=value", whatever the order of columns.
std::multiset<std::string> filled_cells(const std::string& name, const std::string& text) {
  io::Faults faults;
  const io::CsvTable table(name, text, faults);
  std::multiset<std::string> cells;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    for (std::size_t column = 0; column < table.header().size(); ++column) {
      const io::Cell cell = table.cell(row, column);
      if (!cell.is_blank())
        cells.insert(std::to_string(row) + " " + table.header()[column] + "=" + std::string(cell.text));
    }
  }
  return cells;
}

TEST(Study, FillsTheNouns) {
  TinyStudy study;
  study.file("sea_route.geojson") = kRoute;
  const World world = study.read();
  EXPECT_EQ(world.name, "tiny");
  EXPECT_EQ(world.base_year, 2024);
  EXPECT_EQ(world.years, (std::vector{2024, 2030}));
  EXPECT_EQ(world.sectors[world.transport_sector].id, "transport");
  EXPECT_EQ(world.parameters.chain_dispersion, 8.0);
  EXPECT_EQ(world.parameters.assumed_use, Parameters().assumed_use);

  ASSERT_EQ(world.regions.size(), 4u);
  const Region& gamma = world.regions[RegionId(2)];
  EXPECT_EQ(world.nodes[gamma.node].id, "ng");
  EXPECT_EQ(gamma.provenance.quality, Quality::kDerived);
  EXPECT_EQ(gamma.provenance.note, "a quoted, noted row");
  EXPECT_EQ(gamma.intra_km, std::nullopt);
  EXPECT_TRUE(world.regions[RegionId(3)].is_foreign);
  EXPECT_EQ(world.sectors[SectorId(2)].freight_class, std::nullopt);

  const Link& port_road = world.links[LinkId(1)];
  EXPECT_EQ(port_road.toll_idr_per_vehicle, 5000.0);
  EXPECT_EQ(port_road.earner, RegionId(0));
  EXPECT_TRUE(world.links[LinkId(3)].is_directed);
  EXPECT_EQ(world.links[LinkId(4)].project, ProjectId(1));

  const Service& ferry = world.services[ServiceId(0)];
  EXPECT_EQ(ferry.classes, (std::vector{FreightClassId(1), FreightClassId(0)}));
  EXPECT_EQ(world.services[ServiceId(1)].carrier, "Lines, Inc.");
  ASSERT_EQ(ferry.legs.size(), 2u);
  EXPECT_EQ(ferry.legs[1].tariff_idr_per_tonne, 300000.0);
  ASSERT_EQ(ferry.legs[0].route.size(), 3u);
  EXPECT_EQ(ferry.legs[0].route.front(), (std::pair{116.79, -1.3}));
  EXPECT_EQ(ferry.legs[1].route.front(), (std::pair{119.62, -4.01}));  // the way back is the same way

  EXPECT_EQ(world.projects[ProjectId(1)].needs, std::vector{ProjectId(0)});
  EXPECT_EQ(world.projects[ProjectId(1)].owners[1].region, RegionId(2));
  ASSERT_EQ(world.scenarios.size(), 2u);
  EXPECT_EQ(world.scenarios[ScenarioId(1)].id, "bridge");
  EXPECT_EQ(world.scenarios[ScenarioId(1)].predecessor, ScenarioId(0));
  EXPECT_EQ(decided_projects(world, ScenarioId(1)), std::vector{ProjectId(1)});
  EXPECT_EQ(running_trends(world, ScenarioId(1)), (std::vector<std::string>{"growth", "move"}));
}

TEST(Study, NamesEveryUncertainCellAsADrawWouldEditIt) {
  const World world = TinyStudy().read();
  ASSERT_EQ(world.uncertainties.size(), 4u);
  for (const Uncertainty& range : world.uncertainties) {
    const Edit draw{.project = {},
                    .table = range.table,
                    .row = range.row,
                    .column = range.column,
                    .operation = EditOperation::kSet,
                    .value = range.high,
                    .provenance = {}};
    EXPECT_EQ(find_fault(world, draw), std::nullopt) << range.table << " " << range.row;
  }
  EXPECT_EQ(world.uncertainties[0].table, "freight_class");
  EXPECT_EQ(world.uncertainties[1].row, "chain_dispersion");
  EXPECT_EQ(world.uncertainties[2].row, "growth/population///2030");
  EXPECT_EQ(world.uncertainties[3].low, 5000.0);
}

TEST(Study, WritesEveryCellThatItRead) {
  TinyStudy study;
  const World world = study.read();
  TinyStudy copy;
  io::write_study(world, copy.write());
  for (const auto& [name, text] : tiny_study_files()) {
    if (name == "study.toml") continue;
    const auto original = filled_cells(name, text);
    const auto written = filled_cells(name, io::read_file(copy.folder() / name));
    for (const std::string& cell : original) EXPECT_TRUE(written.contains(cell)) << name << " " << cell;
  }
}

TEST(Study, ReadsBackWhatItWrote) {
  TinyStudy study;
  study.file("sea_route.geojson") = kRoute;
  study.replace("node.csv", "116.8,-1.27", "116.80000000000001,-1.2700000000000005");
  const World world = study.read();
  TinyStudy first;
  io::write_study(world, first.write());
  const World again = io::read_study(first.folder());
  TinyStudy second;
  io::write_study(again, second.write());
  EXPECT_EQ(contents(first.folder()), contents(second.folder()));
  EXPECT_EQ(again.nodes[NodeId(0)].lon, world.nodes[NodeId(0)].lon);
  EXPECT_EQ(again.services[ServiceId(0)].legs[1].route, world.services[ServiceId(0)].legs[1].route);
  EXPECT_EQ(again.title_en, world.title_en);
}

// The table with a column more, filled in the row of this id.
void add_column(TinyStudy& study, const std::string& table, const std::string& column, const std::string& id,
                const std::string& cell) {
  std::istringstream lines(study.file(table));
  std::string text;
  for (std::string line; std::getline(lines, line);)
    text += line + "," + (text.empty() ? column : line.starts_with(id + ",") ? cell : "") + "\n";
  study.file(table) = text;
}

TEST(Study, KeepsNamesInBothLanguages) {
  TinyStudy study;
  add_column(study, "region.csv", "name_en", "gamma", "Gamma City");
  add_column(study, "region.csv", "group_en", "gamma", "the east");
  add_column(study, "node.csv", "name_en", "pa", "Port of Alpha");
  add_column(study, "link.csv", "name_en", "l1", "The coast road");
  add_column(study, "terminal.csv", "name_en", "PA", "Port of Alpha");
  add_column(study, "service.csv", "name_en", "ferry", "Ferry");
  add_column(study, "service.csv", "carrier_en", "ferry", "The ferry company");
  add_column(study, "project_owner.csv", "party_en", "wharf", "The port company");
  TinyStudy copy;
  io::write_study(study.read(), copy.write());
  const World world = io::read_study(copy.folder());
  EXPECT_EQ(world.regions[RegionId(2)].name, "Gamma");
  EXPECT_EQ(world.regions[RegionId(2)].name_en, "Gamma City");
  EXPECT_EQ(world.regions[RegionId(2)].group_en, "the east");
  EXPECT_EQ(world.regions[RegionId(0)].name_en, "");
  EXPECT_EQ(world.nodes[NodeId(4)].name_en, "Port of Alpha");
  EXPECT_EQ(world.links[LinkId(0)].name_en, "The coast road");
  EXPECT_EQ(world.terminals[TerminalId(0)].name_en, "Port of Alpha");
  EXPECT_EQ(world.services[ServiceId(0)].name_en, "Ferry");
  EXPECT_EQ(world.services[ServiceId(0)].carrier_en, "The ferry company");
  EXPECT_EQ(world.projects[ProjectId(0)].owners[0].party_en, "The port company");
}

TEST(Study, HashesItsOwnFilesOnly) {
  TinyStudy study;
  const std::string hash = io::study_hash(study.write());
  EXPECT_EQ(hash.size(), 64u);
  study.file("README.md") = "notes";
  EXPECT_EQ(io::study_hash(study.write()), hash);
  study.replace("service_leg.csv", "PA,PG,240,22,400000", "PA,PG,240,22,404000");
  const std::string changed = io::study_hash(study.write());
  EXPECT_NE(changed, hash);
  study.remove("payer.csv");
  EXPECT_NE(io::study_hash(study.write()), changed);
}

TEST(Study, GivesTheOutlineOfEachRegion) {
  TinyStudy study;
  const World world = study.read();
  EXPECT_TRUE(io::read_outlines(study.folder(), world)[RegionId(0)].empty());
  study.file("outline.geojson") = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"region_id":"gamma"},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,0],[4,0],[4,4],[0,0]],[[1,1],[2,1],[2,2],[1,1]]],[[[9,9],[8,9],[8,8],[9,9]]]]}}
]})";
  const auto outlines = io::read_outlines(study.write(), study.read());
  EXPECT_TRUE(outlines[RegionId(0)].empty());
  ASSERT_EQ(outlines[RegionId(2)].size(), 2u);
  EXPECT_EQ(outlines[RegionId(2)][0].size(), 2u);  // an island with a lake
  EXPECT_EQ(outlines[RegionId(2)][1][0][1], (std::pair{8.0, 9.0}));
}

// docs/study.md promises columns; the reader takes these and no others.
TEST(Study, IsWhatTheDocumentationSays) {
  std::ifstream file(GERBANG_SOURCE_DIR "/docs/study.md");
  struct Promise {
    std::set<std::string> all;
    std::set<std::string> required;
    bool has_provenance = false;
  };
  std::map<std::string, Promise> promised;
  const std::regex row(R"(^\| (\w+)(\*?)[^|]* \| (.*) \|$)");
  for (std::string line; std::getline(file, line);) {
    std::smatch match;
    if (!std::regex_match(line, match, row)) continue;
    const std::string name = match[1];
    std::string columns = std::regex_replace(match[3].str(), std::regex(R"(\([^)]*\))"), "");
    if (columns.find("**") == std::string::npos) continue;
    promised[name].has_provenance = match[2] == "*";
    for (const std::string& column : split_words(columns, ',')) {
      const bool is_required = column.starts_with("**");
      const std::string plain = std::regex_replace(column, std::regex(R"(\*\*)"), "");
      promised[name].all.insert(plain);
      if (is_required) promised[name].required.insert(plain);
    }
  }
  ASSERT_EQ(promised.size(), io::table_specs().size());
  for (const io::TableSpec& spec : io::table_specs()) {
    std::set<std::string> all;
    std::set<std::string> required;
    for (const auto* columns : {&spec.before, &spec.numbers, &spec.after}) {
      for (const io::StudyColumn& column : *columns) {
        all.insert(column.name);
        if (column.need == io::Need::kRequired) required.insert(column.name);
      }
    }
    if (spec.name == "parameter") all.insert({"low", "high"});
    EXPECT_EQ(promised[spec.name].all, all) << spec.name;
    EXPECT_EQ(promised[spec.name].required, required) << spec.name;
    EXPECT_EQ(promised[spec.name].has_provenance, spec.provenance == io::Need::kRequired) << spec.name;
  }
}

TEST(Study, KnowsTheUnitOfEveryParameter) {
  for (const std::string& name : row_ids(World(), "parameter"))
    EXPECT_NE(io::parameter_unit(name), "") << name;
}

}  // namespace
}  // namespace gerbang::test
