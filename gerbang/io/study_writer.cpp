// Writes a world as a study folder: every table with all its columns in the order of study_tables.h, numbers
// with the fewest digits that read back the same.
#include "gerbang/io/study.h"
#include "gerbang/io/study_table_writer.h"
#include "gerbang/world/rows.h"

namespace gerbang::io {
namespace {

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
  StudyTableWriter table(world, "parameter");
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
  StudyTableWriter regions(world, "region");
  for (const Region& row : world.regions) {
    regions.add(row.id,
                {row.id, row.name, row.name_en, row.group, row.group_en, world.nodes[row.node].id,
                 row.is_foreign ? "foreign" : "domestic"},
                row);
  }
  regions.write(folder);
  StudyTableWriter sectors(world, "sector");
  for (const Sector& row : world.sectors) {
    sectors.add(row.id,
                {row.id, row.name, row.name_en, row.group, id_of(world.freight_classes, row.freight_class)},
                row);
  }
  sectors.write(folder);
  StudyTableWriter classes(world, "freight_class");
  for (const FreightClass& row : world.freight_classes)
    classes.add(row.id, {row.id, row.name, row.name_en}, row);
  classes.write(folder);
}

// Writes rows without an id of their own; key(row) gives their columns before the number, after(row) those
// behind it.
template <class Row, class Key, class After>
void write_keyed(const World& world, std::string_view name, const std::vector<Row>& rows,
                 const std::filesystem::path& folder, const Key& key, const After& after) {
  StudyTableWriter table(world, name);
  for (const Row& row : rows) table.add(row_id(world, row), key(row), row, after(row));
  table.write(folder);
}
template <class Row, class Key>
void write_keyed(const World& world, std::string_view name, const std::vector<Row>& rows,
                 const std::filesystem::path& folder, const Key& key) {
  write_keyed(world, name, rows, folder, key, [](const Row&) { return Cells{}; });
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
  write_keyed(
      world, "trend", world.trends, folder,
      [&](const TrendPoint& row) {
        return Cells{row.trend,
                     word(row.variable),
                     id_of(world.regions, row.region),
                     id_of(world.sectors, row.sector),
                     std::to_string(row.year),
                     word(row.operation)};
      },
      [&](const TrendPoint& row) { return Cells{id_of(world.projects, row.project)}; });
  write_keyed(world, "move", world.moves, folder, [&](const Move& row) {
    return Cells{row.trend, region(row.origin), region(row.destination)};
  });
  write_keyed(world, "payer", world.payers, folder, [&](const Payer& row) {
    return Cells{row.trend, region(row.region)};
  });
}

void write_network(const World& world, const std::filesystem::path& folder) {
  StudyTableWriter nodes(world, "node");
  for (const Node& row : world.nodes) nodes.add(row.id, {row.id, row.name, row.name_en, row.type}, row);
  nodes.write(folder);
  StudyTableWriter links(world, "link");
  for (const Link& row : world.links) {
    links.add(row.id,
              {row.id, row.name, row.name_en, world.nodes[row.from].id, world.nodes[row.to].id,
               row.is_directed ? "1" : "0", row.facility},
              row, {id_of(world.regions, row.earner), id_of(world.projects, row.project)});
  }
  links.write(folder);
  StudyTableWriter terminals(world, "terminal");
  for (const Terminal& row : world.terminals) {
    terminals.add(row.id,
                  {row.id, row.name, row.name_en, world.nodes[row.node].id, world.regions[row.region].id,
                   row.cluster, ids_of(world.freight_classes, row.classes)},
                  row, {world.regions[row.earner].id, id_of(world.projects, row.project)});
  }
  terminals.write(folder);
}

void write_services(const World& world, const std::filesystem::path& folder) {
  StudyTableWriter services(world, "service");
  StudyTableWriter legs(world, "service_leg");
  for (const Service& row : world.services) {
    services.add(row.id,
                 {row.id, row.name, row.name_en, row.mode, row.carrier, row.carrier_en,
                  ids_of(world.freight_classes, row.classes)},
                 row, {world.regions[row.earner].id, id_of(world.projects, row.project)});
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
  StudyTableWriter projects(world, "project");
  StudyTableWriter owners(world, "project_owner");
  for (const Project& row : world.projects) {
    projects.add(row.id, {row.id, row.name, row.name_en, word(row.status), year_text(row.year)}, row,
                 {id_of(world.regions, row.region), ids_of(world.projects, row.needs),
                  ids_of(world.projects, row.excludes)});
    for (const ProjectOwner& owner : row.owners) {
      owners.add(row_id(row, owner),
                 {row.id, owner.party, owner.party_en, id_of(world.regions, owner.region)}, owner);
    }
  }
  projects.write(folder);
  owners.write(folder);
  write_keyed(world, "edit", world.edits, folder, [&](const Edit& row) {
    return Cells{id_of(world.projects, row.project), row.table, row.row, row.column, word(row.operation)};
  });
}

void write_observations(const World& world, const std::filesystem::path& folder) {
  if (world.observations.empty()) return;
  StudyTableWriter observations(world, "observation");
  for (const Observation& row : world.observations)
    observations.add_cells(
        row.id,
        {{row.id, row.name, row.name_en, row.terminal ? "terminal" : "service",
          row.terminal ? world.terminals[*row.terminal].id : world.services[*row.service].id,
          shortest(row.kt_per_year)},
         {},
         {}},
        row.provenance);
  observations.write(folder);
}

void write_cooperation_stages(const World& world, const std::filesystem::path& folder) {
  if (world.cooperation_stages.empty()) return;
  StudyTableWriter stages(world, "cooperation_stage");
  for (const CooperationStage& row : world.cooperation_stages)
    stages.add_cells(row.id, {{row.id, row.name, row.name_en, row.asks_council ? "1" : "0"}, {}, {}},
                     row.provenance);
  stages.write(folder);
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
  write_observations(world, folder);
  write_cooperation_stages(world, folder);
  write_sea_routes(world, folder);
}

}  // namespace gerbang::io
