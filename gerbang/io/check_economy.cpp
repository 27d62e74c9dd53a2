// What only several rows together show to be wrong with the economies: sums, and outputs that nothing makes.
#include <algorithm>
#include <cmath>

#include "gerbang/io/study_reading.h"
#include "gerbang/world/rows.h"

namespace gerbang::io {
namespace {

// A sum over rows, and the first of them, to point at.
struct Sum {
  double value = 0.0;
  std::size_t first_row = 0;
};

template <class Key>
void add_to(std::map<Key, Sum>& sums, const Key& key, double value, std::size_t row) {
  sums.try_emplace(key, Sum{.value = 0.0, .first_row = row}).first->second.value += value;
}

// Faults for sums of shares that are not 1; text(key) says of what.
template <class Key, class Text>
void require_one(Reading& reading, std::string_view table, const std::map<Key, Sum>& sums, const Text& text) {
  const std::string& column = table_spec(table).numbers.front().name;
  for (const auto& [key, sum] : sums) {
    if (is_one(sum.value)) continue;
    reading.faults.add(reading.cell(table, sum.first_row, column)
                           .fault(said({"jumlah bagian {} adalah {:.10g}", "the shares of {} add to {:.10g}"},
                                       text(key), sum.value),
                                  verbatim("1")));
  }
}

void check_foreign_regions(Reading& reading) {
  std::optional<RegionId> first;
  for (const RegionId id : reading.world.regions.ids()) {
    if (!reading.world.regions[id].is_foreign) continue;
    if (first) {
      reading.faults.add(
          reading.cell("region", id.value(), "kind")
              .fault(said({"'{}' adalah wilayah luar negeri kedua", "'{}' is a second foreign region"},
                          reading.world.regions[id].id),
                     said({"satu wilayah luar negeri saja; '{}' sudah menjadi itu",
                           "one rest of the world; '{}' is it already"},
                          reading.world.regions[*first].id)));
    } else {
      first = id;
    }
  }
  if (first || reading.world.foreign_trade.empty() || !reading.is_whole({"region"})) return;
  reading.faults.add(reading.cell("foreign_trade", 0, "direction")
                         .fault({"ada perdagangan luar negeri, tetapi tidak ada wilayah luar negeri",
                                 "trade with abroad, but no region is foreign"},
                                {"satu baris di region.csv dengan kind foreign, atau tabel ini tanpa baris",
                                 "a row in region.csv of kind foreign, or no rows here"}));
}

// Every domestic region makes something, every sector is made somewhere; abroad follows from foreign_size.
void check_value_added(Reading& reading) {
  const World& world = reading.world;
  if (!reading.is_sound("value_added") || !reading.is_whole({"region", "sector"})) return;
  std::vector<double> by_region(world.regions.size());
  std::vector<double> by_sector(world.sectors.size());
  for (std::size_t i = 0; i < world.value_added.size(); ++i) {
    const ValueAdded& row = world.value_added[i];
    by_region[row.region.value()] += row.value_added_idr_bn;
    by_sector[row.sector.value()] += row.value_added_idr_bn;
    if (!world.regions[row.region].is_foreign) continue;
    reading.faults.add(
        reading.cell("value_added", i, "region_id")
            .fault(said({"nilai tambah wilayah luar negeri '{}'", "value added of the foreign region '{}'"},
                        world.regions[row.region].id),
                   {"tanpa baris: nilainya mengikuti parameter foreign_size",
                    "no row: it follows from the parameter foreign_size"}));
  }
  for (const RegionId id : world.regions.ids()) {
    if (by_region[id.value()] > 0.0 || world.regions[id].is_foreign) continue;
    reading.faults.add(
        reading.cell("region", id.value(), "region_id")
            .fault(said({"wilayah '{}' tidak menghasilkan apa pun: nilai tambahnya 0 di setiap sektor",
                         "region '{}' makes nothing: value added is 0 in every sector"},
                        world.regions[id].id),
                   {"baris dengan nilai di atas 0 di value_added.csv",
                    "rows with a value above 0 in value_added.csv"}));
  }
  for (const SectorId id : world.sectors.ids()) {
    if (by_sector[id.value()] > 0.0) continue;
    reading.faults.add(
        reading.cell("sector", id.value(), "sector_id")
            .fault(said({"tidak ada wilayah yang menghasilkan '{}': nilai tambahnya 0 di mana-mana",
                         "no region makes '{}': value added is 0 everywhere"},
                        world.sectors[id].id),
                   {"satu baris dengan nilai di atas 0 di value_added.csv, atau hapus sektor itu",
                    "a row with a value above 0 in value_added.csv, or no such sector"}));
  }
}

// What a sector buys leaves something of its output for value added.
void check_input_output(Reading& reading) {
  const World& world = reading.world;
  if (!reading.is_sound("input_output")) return;
  std::map<SectorId, Sum> sums;
  for (std::size_t i = 0; i < world.input_output.size(); ++i) {
    add_to(sums, world.input_output[i].user, world.input_output[i].coefficient, i);
  }
  for (const auto& [user, sum] : sums) {
    if (sum.value < 1.0) continue;
    reading.faults.add(
        reading.cell("input_output", sum.first_row, "coefficient")
            .fault(said({"jumlah masukan sektor '{}' adalah {:.10g} dari keluarannya",
                         "the inputs of sector '{}' add to {:.10g} of its output"},
                        world.sectors[user].id, sum.value),
                   {"jumlah di bawah 1: sisanya nilai tambah", "a sum below 1: the rest is value added"}));
  }
}

void check_final_demand(Reading& reading) {
  const World& world = reading.world;
  if (!reading.is_sound("final_demand")) return;
  std::map<FinalUser, Sum> sums;
  for (std::size_t i = 0; i < world.final_demand.size(); ++i) {
    add_to(sums, world.final_demand[i].user, world.final_demand[i].share, i);
  }
  require_one(reading, "final_demand", sums, [](FinalUser user) { return name_of(user); });
  for (const auto& [user, name] : kFinalUserNames) {
    if (sums.contains(user)) continue;
    reading.faults.add(
        {.file = "final_demand.csv",
         .line = 1,
         .column = 1,
         .found = said({"tidak ada bagian untuk {}", "no shares of {}"}, name),
         .expected =
             said({"baris dengan user {} yang berjumlah 1", "rows with user {} that add to 1"}, name)});
  }
}

// Government and investment are part of a region's final demand; households have the rest.
void check_households(Reading& reading) {
  const World& world = reading.world;
  if (!reading.is_sound("value_added") || !reading.is_sound("region")) return;
  std::vector<double> value_added(world.regions.size());
  for (const ValueAdded& row : world.value_added) value_added[row.region.value()] += row.value_added_idr_bn;
  for (const RegionId id : world.regions.ids()) {
    const Region& region = world.regions[id];
    const double all = region.final_demand_ratio * value_added[id.value()];
    const double without_households = region.government_idr_bn + region.investment_idr_bn;
    if (region.is_foreign || all == 0.0 || without_households < all) continue;
    reading.faults.add(
        reading.cell("region", id.value(), "final_demand_ratio")
            .fault(said({"belanja pemerintah dan investasi '{}' ({:.10g}) tidak menyisakan permintaan "
                         "akhirnya ({:.10g}) bagi rumah tangga",
                         "government and investment of '{}' ({:.10g}) leave nothing of its final demand "
                         "({:.10g}) to households"},
                        region.id, without_households, all),
                   {"final_demand_ratio × nilai tambah di atas government_idr_bn + investment_idr_bn",
                    "final_demand_ratio × value added above government_idr_bn + investment_idr_bn"}));
  }
}

// The rows of regions are part of the nation's row, where there is one.
void check_foreign_trade(Reading& reading) {
  const World& world = reading.world;
  if (!reading.is_sound("foreign_trade")) return;
  std::map<std::pair<TradeDirection, SectorId>, double> regional;
  for (const ForeignTrade& row : world.foreign_trade) {
    if (row.region) regional[{row.direction, row.sector}] += row.value_idr_bn;
  }
  for (std::size_t i = 0; i < world.foreign_trade.size(); ++i) {
    const ForeignTrade& row = world.foreign_trade[i];
    const double known = regional[{row.direction, row.sector}];
    constexpr double kRounding = 1.0 + 1e-9;
    if (row.region || known <= row.value_idr_bn * kRounding) continue;
    reading.faults.add(
        reading.cell("foreign_trade", i, "value_idr_bn")
            .fault(said({"{} '{}' menurut wilayah berjumlah {:.10g}, lebih dari angka nasional {}",
                         "{}s of '{}' by region add to {:.10g}, more than the nation's {}"},
                        name_of(row.direction), world.sectors[row.sector].id, known, row.value_idr_bn),
                   {"jumlah nasional yang memuat semua wilayahnya", "a total that holds its regions"}));
  }
}

// Exports or imports of the nation: a sector's national row, or what its regions' rows add to where that is
// more.
double national_total(const World& world, TradeDirection direction) {
  std::map<SectorId, double> nation, regions;
  for (const ForeignTrade& row : world.foreign_trade)
    if (row.direction == direction) (row.region ? regions : nation)[row.sector] += row.value_idr_bn;
  for (const auto& [sector, value] : regions) nation[sector] = std::max(nation[sector], value);
  double total = 0.0;
  for (const auto& [sector, value] : nation) total += value;
  return total;
}

// What the nation makes and imports is what it spends and exports. Calibration scales imports to close a gap;
// one that would halve or double them is no gap but a mistake.
void check_balance(Reading& reading) {
  constexpr double kLeast = 0.5, kMost = 2.0;
  const World& world = reading.world;
  if (!reading.faults.empty()) return;  // they may be why
  const double imports = national_total(world, TradeDirection::kImport);
  if (imports <= 0.0) return;
  double made = 0.0, spent = 0.0;
  for (const ValueAdded& row : world.value_added) {
    made += row.value_added_idr_bn;
    spent += world.regions[row.region].final_demand_ratio * row.value_added_idr_bn;
  }
  const double exports = national_total(world, TradeDirection::kExport);
  const double balancing = spent + exports - made;
  if (balancing >= kLeast * imports && balancing <= kMost * imports) return;
  reading.faults.add(
      {.file = "value_added.csv",
       .line = 1,
       .column = 1,
       .found = said({"neraca tidak seimbang: wilayah menghasilkan {:.6g}, membelanjakan {:.6g} dan "
                      "mengekspor {:.6g} (miliar rupiah setahun), yang akan seimbang dengan impor {:.6g}, "
                      "bukan {:.6g} dari foreign_trade.csv",
                      "outputs do not balance: regions make {:.6g}, spend {:.6g} and export {:.6g} (IDR bn a "
                      "year), which imports of {:.6g} would balance, not the {:.6g} of foreign_trade.csv"},
                     made, spent, exports, balancing, imports),
       .expected = {
           "value_added.csv, final_demand_ratio di region.csv dan foreign_trade.csv dari tahun dan satuan "
           "yang sama, sehingga hasil + impor = belanja + ekspor dalam batas setengah sampai dua kali impor",
           "value_added.csv, final_demand_ratio in region.csv and foreign_trade.csv of one year and unit, so "
           "that made + imports = spent + exports within a factor of two of imports"}});
}

void check_trends(Reading& reading) {
  const World& world = reading.world;
  for (std::size_t i = 0; i < world.trends.size(); ++i) {
    const TrendPoint& point = world.trends[i];
    const auto fault = [&](std::string_view column, Message found, Message expected) {
      reading.faults.add(reading.cell("trend", i, column).fault(std::move(found), std::move(expected)));
    };
    const bool is_factor = point.operation == EditOperation::kMultiply;
    if (is_factor && point.value < 0.0) {
      fault("value", said({"value adalah {}", "value is {}"}, point.value),
            {"faktor sedikitnya 0", "a factor of at least 0"});
    }
    if (!is_factor && !point.region) {
      fault("region_id", {"jumlah ditambahkan tanpa menyebut wilayah", "an amount is added to no region"},
            {"wilayah yang mendapat tambahan itu", "the region that it is added to"});
    }
    if (!is_factor && point.variable == TrendVariable::kProductivity) {
      fault("operation", {"jumlah ditambahkan pada produktivitas", "an amount is added to productivity"},
            verbatim("multiply"));
    }
    const double neutral = is_factor ? 1.0 : 0.0;
    const bool is_base = point.year == world.base_year && point.value == neutral;
    if (world.base_year != 0 && point.year <= world.base_year && !is_base) {
      fault("year",
            said({"tahun {} tidak sesudah tahun dasar {}", "year {} is not after the base year {}"},
                 point.year, world.base_year),
            {"tahun yang lebih kemudian: tren mulai dari tahun dasar",
             "a later year: trends start from the base year"});
    }
  }
}

void check_moves_and_payers(Reading& reading) {
  const World& world = reading.world;
  if (reading.is_sound("move")) {
    std::map<std::pair<std::string, RegionId>, Sum> sums;
    for (std::size_t i = 0; i < world.moves.size(); ++i) {
      const Move& move = world.moves[i];
      add_to(sums, std::pair(move.trend, move.destination), move.share, i);
      if (move.origin != move.destination) continue;
      reading.faults.add(reading.cell("move", i, "origin_region_id")
                             .fault({"penduduk pindah ke tempatnya sendiri", "people move to where they are"},
                                    {"origin_region_id yang lain", "another origin_region_id"}));
    }
    require_one(reading, "move", sums, [&](const auto& key) {
      return said({"daerah asal '{}' dalam tren '{}'", "the origins of '{}' in trend '{}'"},
                  world.regions[key.second].id, key.first);
    });
  }
  if (reading.is_sound("payer")) {
    std::map<std::string, Sum> sums;
    for (std::size_t i = 0; i < world.payers.size(); ++i)
      add_to(sums, world.payers[i].trend, world.payers[i].share, i);
    require_one(reading, "payer", sums, [](const auto& trend) {
      return said({"pembayar '{}'", "the payers of '{}'"}, trend);
    });
  }
}

}  // namespace

void check_economy(Reading& reading) {
  check_foreign_regions(reading);
  check_value_added(reading);
  check_input_output(reading);
  check_final_demand(reading);
  check_households(reading);
  check_foreign_trade(reading);
  check_trends(reading);
  check_moves_and_payers(reading);
  check_balance(reading);
}

}  // namespace gerbang::io
