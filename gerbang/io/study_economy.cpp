// The economies of a study: parameters, regions, sectors, freight classes, what they make, use, buy and sell
// abroad.
#include "gerbang/io/study_reading.h"
#include "gerbang/world/rows.h"

namespace gerbang::io {
namespace {

void read_parameters(Reading& reading) {
  std::vector<std::string> known;
  for (const auto& field : kParameterFields) known.emplace_back(field.column);
  std::map<std::string, std::size_t> first_line;
  for_each_row(reading, "parameter", [&](RowReader& row, std::size_t) {
    const std::string name = row.text("parameter");
    if (name.empty()) return;
    const auto field = std::find_if(std::begin(kParameterFields), std::end(kParameterFields),
                                    [&](const auto& candidate) { return candidate.column == name; });
    if (field == std::end(kParameterFields)) {
      row.fault("parameter", said({"parameter '{}' tidak dikenal", "unknown parameter '{}'"}, shown(name)),
                suggestion(name, known));
      return;
    }
    const auto [first, is_new] = first_line.emplace(name, row.cell("parameter").line);
    if (!is_new) {
      row.fault("parameter", said({"parameter '{}' ada dua kali", "parameter '{}' is there twice"}, name),
                said({"hapus satu; yang pertama ada di baris {}", "remove one; the first is in line {}"},
                     first->second));
    }
    const std::string unit = row.text("unit");
    if (!unit.empty() && unit != parameter_unit(name)) {
      row.fault("unit", said({"satuan {} adalah '{}'", "the unit of {} is '{}'"}, name, shown(unit)),
                said({"'{}': berikan nilainya dalam satuan itu", "'{}': give the value in it"},
                     parameter_unit(name)));
    }
    if (const auto value = row.number("value", field->range, Need::kRequired)) {
      field->set(reading.world.parameters, *value);
    }
    reading.world.parameter_rows.push_back({.parameter = name, .provenance = row.provenance()});
    row.keep_ranges(name);
  });
}

void read_regions(Reading& reading) {
  for_each_row(reading, "region", [&](RowReader& row, std::size_t index) {
    Region& region = reading.world.regions[RegionId(index)];
    region.name = row.text("name");
    region.name_en = row.text("name_en");
    region.group = row.text("group");
    region.group_en = row.text("group_en");
    region.node = row.reference("node_id", reading.nodes).value_or(NodeId());
    region.is_foreign = row.word("kind", {"domestic", "foreign"}) == "foreign";
    row.numbers(region);
    region.provenance = row.provenance();
    row.keep_ranges(region.id);
  });
}

void read_sectors(Reading& reading) {
  for_each_row(reading, "sector", [&](RowReader& row, std::size_t index) {
    Sector& sector = reading.world.sectors[SectorId(index)];
    sector.name = row.text("name");
    sector.name_en = row.text("name_en");
    sector.group = row.text("group");
    sector.freight_class = row.reference("freight_class_id", reading.freight_classes);
    row.numbers(sector);
    if (sector.freight_class && row.cell("value_mn_idr_per_tonne").is_blank()) {
      row.fault(
          "value_mn_idr_per_tonne",
          said({"sektor '{}' diangkut sebagai barang yang nilainya tidak diketahui",
                "sector '{}' is freight of unknown value"},
               sector.id),
          {"nilainya per ton, atau tanpa freight_class_id", "its value per tonne, or no freight_class_id"});
    } else if (sector.freight_class && sector.value_mn_idr_per_tonne == 0.0) {
      row.fault(
          "value_mn_idr_per_tonne",
          said({"sektor '{}' diangkut sebagai barang tanpa nilai", "sector '{}' is freight of no value"},
               sector.id),
          {"angka di atas 0, atau tanpa freight_class_id", "a number above 0, or no freight_class_id"});
    }
    sector.provenance = row.provenance();
    row.keep_ranges(sector.id);
  });
}

void read_freight_classes(Reading& reading) {
  for_each_row(reading, "freight_class", [&](RowReader& row, std::size_t index) {
    FreightClass& freight_class = reading.world.freight_classes[FreightClassId(index)];
    freight_class.name = row.text("name");
    freight_class.name_en = row.text("name_en");
    row.numbers(freight_class);
    freight_class.provenance = row.provenance();
    row.keep_ranges(freight_class.id);
  });
}

// Reads the rows of a table whose key is not one id: fill(row, thing) reads the key; rows whose key refers to
// nothing are left out, rows with the same key as another are faults.
template <class Thing, class Fill>
void read_keyed(Reading& reading, std::string_view name, std::vector<Thing>& things, const Fill& fill) {
  std::unordered_map<std::string, std::size_t> first_line;
  std::vector<std::size_t>& kept = reading.kept_rows[std::string(name)];
  for_each_row(reading, name, [&](RowReader& row, std::size_t index) {
    Thing thing;
    fill(row, thing);
    row.numbers(thing);
    thing.provenance = row.provenance();
    if (!row.has_all_references()) return;
    const std::string id = row_id(reading.world, thing);
    const std::string& first_column = table_spec(name).before.front().name;
    const auto [first, is_new] = first_line.emplace(id, row.cell(first_column).line);
    if (!is_new) {
      row.fault(first_column, said({"baris {} ada dua kali", "the row {} is there twice"}, shown(id)),
                said({"hapus satu; yang pertama ada di baris {}", "remove one; the first is in line {}"},
                     first->second));
      reading.broken.insert(std::string(name));
    }
    row.keep_ranges(id);
    things.push_back(std::move(thing));
    kept.push_back(index);
  });
}

void read_trends(Reading& reading) {
  World& world = reading.world;
  read_keyed(reading, "trend", world.trends, [&](RowReader& row, TrendPoint& thing) {
    thing.trend = row.text("trend_id");
    thing.variable = row.choice("variable", TrendVariable::kPopulation);
    thing.region = row.reference("region_id", reading.regions);
    thing.sector = row.reference("sector_id", reading.sectors);
    thing.year = row.integer("year").value_or(0);
    thing.operation = row.choice("operation", EditOperation::kMultiply);
    thing.project = row.reference("project_id", reading.projects);
    if (thing.operation == EditOperation::kSet) {
      row.fault("operation", {"operation berisi 'set'", "operation is 'set'"},
                {"multiply atau add: tren relatif terhadap tahun dasar",
                 "multiply or add: a trend is relative to the base year"});
    }
    if (thing.sector && thing.variable != TrendVariable::kProductivity) {
      row.fault("sector_id", said({"ada sektor untuk {}", "a sector for {}"}, name_of(thing.variable)),
                {"sel kosong: hanya produktivitas yang menurut sektor",
                 "a blank cell: only productivity goes by sector"});
    }
  });
  for (const TrendPoint& point : world.trends) {
    auto& names = reading.trend_names;
    if (std::find(names.begin(), names.end(), point.trend) == names.end()) names.push_back(point.trend);
  }
}

void read_moves_and_payers(Reading& reading) {
  const auto trend_of = [&](RowReader& row) {
    std::string trend = row.text("trend_id");
    const auto& names = reading.trend_names;
    const bool is_known = std::find(names.begin(), names.end(), trend) != names.end();
    if (!trend.empty() && !is_known && reading.is_whole({"trend"})) {
      row.fault("trend_id", said({"tren '{}' tidak dikenal", "unknown trend '{}'"}, shown(trend)),
                remedy_for_name(trend, "trend", names));
    }
    return trend;
  };
  read_keyed(reading, "move", reading.world.moves, [&](RowReader& row, Move& thing) {
    thing.trend = trend_of(row);
    thing.origin = row.reference("origin_region_id", reading.regions).value_or(RegionId());
    thing.destination = row.reference("destination_region_id", reading.regions).value_or(RegionId());
  });
  read_keyed(reading, "payer", reading.world.payers, [&](RowReader& row, Payer& thing) {
    thing.trend = trend_of(row);
    thing.region = row.reference("region_id", reading.regions).value_or(RegionId());
  });
}

}  // namespace

void read_economy(Reading& reading) {
  World& world = reading.world;
  read_parameters(reading);
  read_freight_classes(reading);
  read_regions(reading);
  read_sectors(reading);
  read_keyed(reading, "value_added", world.value_added, [&](RowReader& row, ValueAdded& thing) {
    thing.region = row.reference("region_id", reading.regions).value_or(RegionId());
    thing.sector = row.reference("sector_id", reading.sectors).value_or(SectorId());
  });
  read_keyed(reading, "input_output", world.input_output, [&](RowReader& row, InputCoefficient& thing) {
    thing.input = row.reference("input_sector_id", reading.sectors).value_or(SectorId());
    thing.user = row.reference("using_sector_id", reading.sectors).value_or(SectorId());
  });
  read_keyed(reading, "final_demand", world.final_demand, [&](RowReader& row, FinalDemandShare& thing) {
    thing.user = row.choice("user", FinalUser::kHouseholds);
    thing.sector = row.reference("sector_id", reading.sectors).value_or(SectorId());
  });
  read_keyed(reading, "foreign_trade", world.foreign_trade, [&](RowReader& row, ForeignTrade& thing) {
    thing.direction = row.choice("direction", TradeDirection::kExport);
    thing.region = row.reference("region_id", reading.regions);
    thing.sector = row.reference("sector_id", reading.sectors).value_or(SectorId());
  });
  read_keyed(reading, "observed_flow", world.observed_flows, [&](RowReader& row, ObservedFlow& thing) {
    thing.origin = row.reference("origin_region_id", reading.regions).value_or(RegionId());
    thing.destination = row.reference("destination_region_id", reading.regions).value_or(RegionId());
    thing.sector = row.reference("sector_id", reading.sectors).value_or(SectorId());
  });
  read_trends(reading);
  read_moves_and_payers(reading);
}

}  // namespace gerbang::io
