// Writes a world as a study folder: every table with all its columns in the order of study_tables.h, numbers
// with the fewest digits that read back the same.
#include <fmt/format.h>

#include <map>
#include <set>

#include "gerbang/io/file.h"
#include "gerbang/io/study.h"
#include "gerbang/io/study_tables.h"
#include "gerbang/world/fields.h"
#include "gerbang/world/names.h"
#include "gerbang/world/rows.h"

namespace gerbang::io {
namespace {

using Cells = std::vector<std::string>;

// Gathers the rows of one table. Ranges and notes get a column only where some row has one.
class TableWriter {
 public:
  TableWriter(const World& world, std::string_view name) : spec_(table_spec(name)) {
    for (const Uncertainty& range : world.uncertainties) {
      if (range.table != spec_.name) continue;
      ranges_.emplace(std::pair(range.row, range.column), std::pair(range.low, range.high));
      ranged_columns_.insert(range.column);
    }
  }

  template <class Row>
  void add(const std::string& id, Cells before, const Row& row, Cells after = {}) {
    Cells numbers;
    for (const auto& field : fields_of(&row)) {
      const std::optional<double> value = field.get(row);
      numbers.push_back(value ? shortest(*value) : "");
    }
    add_cells(id, {std::move(before), std::move(numbers), std::move(after)}, row.provenance);
  }

  struct RowCells {
    Cells before;
    Cells numbers;
    Cells after;
  };
  void add_cells(const std::string& id, RowCells cells, const Provenance& provenance) {
    has_notes_ = has_notes_ || !provenance.note.empty();
    rows_.push_back({id, std::move(cells), provenance});
  }

  void write(const std::filesystem::path& folder) const {
    std::string text = line(header());
    for (const Row& row : rows_) text += line(cells_of(row));
    write_file_atomically(folder / spec_.file(), text);
  }

 private:
  struct Row {
    std::string id;
    RowCells cells;
    Provenance provenance;
  };

  static std::string line(const Cells& cells) {
    std::string text;
    for (std::size_t i = 0; i < cells.size(); ++i) text += (i > 0 ? "," : "") + csv_cell(cells[i]);
    return text + "\n";
  }

  [[nodiscard]] Cells header() const {
    Cells cells;
    for (const StudyColumn& column : spec_.before) cells.push_back(column.name);
    for (const StudyColumn& column : spec_.numbers) {
      cells.push_back(column.name);
      if (!ranged_columns_.contains(column.name)) continue;
      const RangeColumns range = range_columns(spec_, column.name);
      cells.insert(cells.end(), {range.low, range.high});
    }
    for (const StudyColumn& column : spec_.after) cells.push_back(column.name);
    cells.insert(cells.end(), {"source", "quality"});
    if (has_notes_) cells.emplace_back("note");
    return cells;
  }

  [[nodiscard]] Cells cells_of(const Row& row) const {
    Cells cells = row.cells.before;
    for (std::size_t i = 0; i < spec_.numbers.size(); ++i) {
      const std::string& column = spec_.numbers[i].name;
      cells.push_back(row.cells.numbers[i]);
      if (!ranged_columns_.contains(column)) continue;
      const auto range = ranges_.find({row.id, column});
      const bool has_range = range != ranges_.end();
      cells.push_back(has_range ? shortest(range->second.first) : "");
      cells.push_back(has_range ? shortest(range->second.second) : "");
    }
    cells.insert(cells.end(), row.cells.after.begin(), row.cells.after.end());
    cells.insert(cells.end(), {row.provenance.source, std::string(name_of(row.provenance.quality))});
    if (has_notes_) cells.push_back(row.provenance.note);
    return cells;
  }

  const TableSpec& spec_;
  std::map<std::pair<std::string, std::string>, std::pair<double, double>> ranges_;
  std::set<std::string, std::less<>> ranged_columns_;
  bool has_notes_ = false;
  std::vector<Row> rows_;
};

template <class Thing>
std::string id_of(const Table<Id<Thing>, Thing>& rows, const std::optional<Id<Thing>>& id) {
  return id ? rows[*id].id : "";
}

template <class Thing>
std::string ids_of(const Table<Id<Thing>, Thing>& rows, const std::vector<Id<Thing>>& ids) {
  std::string text;
  for (const Id<Thing> id : ids) text += (text.empty() ? "" : " ") + rows[id].id;
  return text;
}

template <class Enum>
std::string word(Enum value) {
  return std::string(name_of(value));
}

std::string year_text(const std::optional<int>& year) {
  return year ? std::to_string(*year) : "";
}

void write_parameters(const World& world, const std::filesystem::path& folder) {
  TableWriter table(world, "parameter");
  const Parameters defaults;
  std::set<std::string> written;
  const auto add = [&](const Field<Parameters>& field, const Provenance& provenance) {
    const std::string name(field.column);
    table.add_cells(name,
                    {{name}, {shortest(*field.get(world.parameters))}, {std::string(parameter_unit(name))}},
                    provenance);
    written.insert(name);
  };
  for (const ParameterRow& row : world.parameter_rows) {
    for (const auto& field : kParameterFields) {
      if (field.column == row.parameter) add(field, row.provenance);
    }
  }
  for (const auto& field : kParameterFields) {  // changed by a program, which left no row
    if (written.contains(std::string(field.column)) || field.get(world.parameters) == field.get(defaults))
      continue;
    add(field, {.source = "unknown", .quality = Quality::kAssumed, .note = {}});
  }
  table.write(folder);
}

void write_regions_and_sectors(const World& world, const std::filesystem::path& folder) {
  TableWriter regions(world, "region");
  for (const Region& row : world.regions) {
    regions.add(
        row.id,
        {row.id, row.name, row.group, world.nodes[row.node].id, row.is_foreign ? "foreign" : "domestic"},
        row);
  }
  regions.write(folder);
  TableWriter sectors(world, "sector");
  for (const Sector& row : world.sectors) {
    sectors.add(row.id,
                {row.id, row.name, row.name_en, row.group, id_of(world.freight_classes, row.freight_class)},
                row);
  }
  sectors.write(folder);
  TableWriter classes(world, "freight_class");
  for (const FreightClass& row : world.freight_classes)
    classes.add(row.id, {row.id, row.name, row.name_en}, row);
  classes.write(folder);
}

// Writes rows without an id of their own; key(row) gives their columns before the number.
template <class Row, class Key>
void write_keyed(const World& world, std::string_view name, const std::vector<Row>& rows,
                 const std::filesystem::path& folder, const Key& key) {
  TableWriter table(world, name);
  for (const Row& row : rows) table.add(row_id(world, row), key(row), row);
  table.write(folder);
}

void write_economy(const World& world, const std::filesystem::path& folder) {
  const auto region = [&](RegionId id) { return world.regions[id].id; };
  const auto sector = [&](SectorId id) { return world.sectors[id].id; };
  write_keyed(world, "value_added", world.value_added, folder, [&](const ValueAdded& row) {
    return Cells{region(row.region), sector(row.sector)};
  });
  write_keyed(world, "input_output", world.input_output, folder, [&](const InputCoefficient& row) {
    return Cells{sector(row.input), sector(row.user)};
  });
  write_keyed(world, "final_demand", world.final_demand, folder, [&](const FinalDemandShare& row) {
    return Cells{word(row.user), sector(row.sector)};
  });
  write_keyed(world, "foreign_trade", world.foreign_trade, folder, [&](const ForeignTrade& row) {
    return Cells{word(row.direction), id_of(world.regions, row.region), sector(row.sector)};
  });
  write_keyed(world, "observed_flow", world.observed_flows, folder, [&](const ObservedFlow& row) {
    return Cells{region(row.origin), region(row.destination), sector(row.sector)};
  });
  write_keyed(world, "trend", world.trends, folder, [&](const TrendPoint& row) {
    return Cells{row.trend,
                 word(row.variable),
                 id_of(world.regions, row.region),
                 id_of(world.sectors, row.sector),
                 std::to_string(row.year),
                 word(row.operation)};
  });
  write_keyed(world, "move", world.moves, folder, [&](const Move& row) {
    return Cells{row.trend, region(row.origin), region(row.destination)};
  });
  write_keyed(world, "payer", world.payers, folder, [&](const Payer& row) {
    return Cells{row.trend, region(row.region)};
  });
}

void write_network(const World& world, const std::filesystem::path& folder) {
  TableWriter nodes(world, "node");
  for (const Node& row : world.nodes) nodes.add(row.id, {row.id, row.name, row.type}, row);
  nodes.write(folder);
  TableWriter links(world, "link");
  for (const Link& row : world.links) {
    links.add(row.id,
              {row.id, row.name, world.nodes[row.from].id, world.nodes[row.to].id,
               row.is_directed ? "1" : "0", row.facility},
              row, {id_of(world.regions, row.earner), id_of(world.projects, row.project)});
  }
  links.write(folder);
  TableWriter terminals(world, "terminal");
  for (const Terminal& row : world.terminals) {
    terminals.add(row.id,
                  {row.id, row.name, world.nodes[row.node].id, world.regions[row.region].id, row.cluster,
                   ids_of(world.freight_classes, row.classes)},
                  row, {world.regions[row.earner].id, id_of(world.projects, row.project)});
  }
  terminals.write(folder);
}

void write_services(const World& world, const std::filesystem::path& folder) {
  TableWriter services(world, "service");
  TableWriter legs(world, "service_leg");
  for (const Service& row : world.services) {
    services.add(row.id,
                 {row.id, row.name, row.mode, row.carrier, ids_of(world.freight_classes, row.classes)}, row,
                 {world.regions[row.earner].id, id_of(world.projects, row.project)});
    for (std::size_t i = 0; i < row.legs.size(); ++i) {
      legs.add(row_id(row, i),
               {row.id, std::to_string(i + 1), world.terminals[row.legs[i].from].id,
                world.terminals[row.legs[i].to].id},
               row.legs[i]);
    }
  }
  services.write(folder);
  legs.write(folder);
}

void write_projects(const World& world, const std::filesystem::path& folder) {
  TableWriter projects(world, "project");
  TableWriter owners(world, "project_owner");
  for (const Project& row : world.projects) {
    projects.add(row.id, {row.id, row.name, row.name_en, word(row.status), year_text(row.year)}, row,
                 {id_of(world.regions, row.region), ids_of(world.projects, row.needs),
                  ids_of(world.projects, row.excludes)});
    for (const ProjectOwner& owner : row.owners) {
      owners.add(row_id(row, owner), {row.id, owner.party, id_of(world.regions, owner.region)}, owner);
    }
  }
  projects.write(folder);
  owners.write(folder);
  write_keyed(world, "edit", world.edits, folder, [&](const Edit& row) {
    return Cells{id_of(world.projects, row.project), row.table, row.row, row.column, word(row.operation)};
  });
}

std::string toml_text(std::string_view text) {
  std::string quoted = "\"";
  for (const char byte : text) {
    if (byte == '"' || byte == '\\') quoted += '\\';
    if (static_cast<unsigned char>(byte) < 0x20) {
      quoted += fmt::format("\\u{:04X}", static_cast<unsigned>(byte));
    } else {
      quoted += byte;
    }
  }
  return quoted + "\"";
}

template <class Values, class ToText>
std::string toml_list(const Values& values, const ToText& to_text) {
  std::string list;
  for (const auto& value : values) list += (list.empty() ? "" : ", ") + to_text(value);
  return "[" + list + "]";
}

void write_study_file(const World& world, const std::filesystem::path& folder) {
  std::string text = "[study]\n";
  const auto line = [&](std::string_view key, const std::string& value) {
    text += fmt::format("{} = {}\n", key, value);
  };
  line("name", toml_text(world.name));
  line("title", toml_text(world.title));
  line("title_en", toml_text(world.title_en));
  line("currency", toml_text(world.currency));
  line("base_year", std::to_string(world.base_year));
  line("years", toml_list(world.years, [](int year) { return std::to_string(year); }));
  line("transport_sector", toml_text(world.sectors[world.transport_sector].id));
  for (const Scenario& scenario : world.scenarios) {
    text += fmt::format("\n[scenarios.{}]\n", toml_text(scenario.id));
    line("name", toml_text(scenario.name));
    line("name_en", toml_text(scenario.name_en));
    if (scenario.predecessor) line("predecessor", toml_text(world.scenarios[*scenario.predecessor].id));
    line("projects",
         toml_list(scenario.projects, [&](ProjectId id) { return toml_text(world.projects[id].id); }));
    line("trends", toml_list(scenario.trends, [](const std::string& trend) { return toml_text(trend); }));
  }
  write_file_atomically(folder / kStudyFile, text);
}

// One line a route, so that it diffs in git.
void write_sea_routes(const World& world, const std::filesystem::path& folder) {
  std::map<std::pair<NodeId, NodeId>, std::string> features;
  for (const Service& service : world.services) {
    for (const ServiceLeg& leg : service.legs) {
      if (leg.route.empty()) continue;
      const std::pair nodes(world.terminals[leg.from].node, world.terminals[leg.to].node);
      std::string points;
      for (const auto& [lon, lat] : leg.route) {
        points += fmt::format("{}[{},{}]", points.empty() ? "" : ",", shortest(lon), shortest(lat));
      }
      features.emplace(
          nodes, fmt::format(R"({{"type":"Feature","properties":{{"from_node_id":"{}","to_node_id":"{}"}},)"
                             R"("geometry":{{"type":"LineString","coordinates":[{}]}}}})",
                             world.nodes[nodes.first].id, world.nodes[nodes.second].id, points));
    }
  }
  if (features.empty()) return;
  std::string text;
  for (const auto& [nodes, feature] : features) text += (text.empty() ? "" : ",\n") + feature;
  write_file_atomically(folder / kSeaRouteFile,
                        "{\"type\":\"FeatureCollection\",\"features\":[\n" + text + "\n]}\n");
}

}  // namespace

void write_study(const World& world, const std::filesystem::path& folder) {
  write_study_file(world, folder);
  write_parameters(world, folder);
  write_regions_and_sectors(world, folder);
  write_economy(world, folder);
  write_network(world, folder);
  write_services(world, folder);
  write_projects(world, folder);
  write_sea_routes(world, folder);
}

}  // namespace gerbang::io
