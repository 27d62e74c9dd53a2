#include "gerbang/io/gmns.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "gerbang/io/csv.h"
#include "gerbang/io/file.h"

namespace gerbang::io {
namespace {

struct Unit {
  std::string_view name;
  double size;  // in km, or in km/h
};
constexpr std::array kLengthUnits = {Unit{"km", 1.0},      Unit{"kilometer", 1.0}, Unit{"kilometers", 1.0},
                                     Unit{"mi", 1.609344}, Unit{"mile", 1.609344}, Unit{"miles", 1.609344},
                                     Unit{"m", 1e-3},      Unit{"meter", 1e-3},    Unit{"meters", 1e-3},
                                     Unit{"ft", 3.048e-4}, Unit{"feet", 3.048e-4}};
constexpr std::array kSpeedUnits = {Unit{"kph", 1.0},  Unit{"km/h", 1.0},     Unit{"kmh", 1.0},
                                    Unit{"kmph", 1.0}, Unit{"mph", 1.609344}, Unit{"m/s", 3.6}};

template <std::size_t N>
std::vector<std::string> names(const std::array<Unit, N>& units) {
  std::vector<std::string> all;
  for (const Unit& unit : units) all.emplace_back(unit.name);
  return all;
}

// What a quantity is measured in: the option when it is given, else the cell of config.csv.
template <std::size_t N>
std::optional<double> unit_size(const std::array<Unit, N>& units, const Cell& cell, const std::string& option,
                                Faults& faults) {
  const std::string unit_name = option.empty() ? std::string(cell.text) : option;
  for (const Unit& unit : units) {
    if (unit.name == unit_name) return unit.size;
  }
  if (unit_name.empty()) {
    faults.add(cell.fault(said({"satuan {} tidak disebut", "the unit of {} is not said"}, cell.header),
                          said({"config.csv dengan kolom '{}', atau satuannya sebagai pilihan",
                                "a config.csv with the column '{}', or the unit as an option"},
                               cell.header)));
  } else {
    faults.add(cell.fault(said({"satuan '{}' tidak dikenal", "unknown unit '{}'"}, shown(unit_name)),
                          suggestion(unit_name, names(units))));
  }
  return std::nullopt;
}

// A table of which only some columns matter; faults where one of them is missing.
class Columns {
 public:
  Columns(const CsvTable& table, Faults& faults) : table_(table), faults_(faults) {}

  void require(std::string_view name) {
    if (table_.is_table() && !table_.column(name))
      faults_.add({.file = table_.file(),
                   .line = 1,
                   .column = 1,
                   .found = said({"kolom '{}' tidak ada", "column '{}' is missing"}, name),
                   .expected = {"tabel GMNS", "a GMNS table"}});
  }
  [[nodiscard]] bool has(std::string_view name) const { return table_.column(name).has_value(); }
  [[nodiscard]] Cell cell(std::size_t row, std::string_view name) const { return table_.cell(row, name); }

  // A number ≥ 0, or the default where the cell is blank or its column missing.
  double amount(std::size_t row, std::string_view name, std::optional<double> otherwise = std::nullopt) {
    const Cell at = cell(row, name);
    if (at.is_blank() && otherwise) return *otherwise;
    const std::optional<double> value = read_number(at, faults_);
    if (value && *value < 0.0)
      faults_.add(at.fault(said({"{} {}", "{} {}"}, name, *value), {"nol atau lebih", "zero or more"}));
    return std::max(0.0, value.value_or(0.0));
  }

 private:
  const CsvTable& table_;
  Faults& faults_;
};

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> all;
  std::string word;
  for (const char c : text) {
    if (c == ',' || c == ';' || c == '|' || c == ' ') {
      if (!word.empty()) all.push_back(std::exchange(word, {}));
    } else {
      word += c;
    }
  }
  if (!word.empty()) all.push_back(word);
  return all;
}

std::optional<std::int64_t> read_zone(const Cell& cell, Faults& faults) {
  const std::optional<double> value = read_number(cell, faults);
  if (!value) return std::nullopt;
  constexpr double kGreatest = 9e15;
  if (std::abs(*value) <= kGreatest && *value == std::floor(*value)) return static_cast<std::int64_t>(*value);
  faults.add(cell.fault(said({"zona {}", "zone {}"}, *value), {"bilangan bulat", "a whole number"}));
  return std::nullopt;
}

using NodePlaces = std::map<std::string, std::size_t, std::less<>>;

NodePlaces read_nodes(const CsvTable& table, GmnsNetwork& network, Faults& faults) {
  Columns columns(table, faults);
  for (const char* name : {"node_id", "x_coord", "y_coord"}) columns.require(name);
  NodePlaces places;
  std::set<std::int64_t> zones;
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    GmnsNode node;
    const Cell id = columns.cell(row, "node_id");
    node.id = id.text;
    if (!places.try_emplace(node.id, network.nodes.size()).second)
      faults.add(id.fault(said({"simpul '{}' ada dua kali", "node '{}' is there twice"}, shown(node.id)),
                          {"tiap simpul satu kali", "every node once"}));
    node.x = read_number(columns.cell(row, "x_coord"), faults).value_or(0.0);
    node.y = read_number(columns.cell(row, "y_coord"), faults).value_or(0.0);
    node.is_centroid = columns.cell(row, "node_type").text == "centroid";
    const Cell zone = columns.cell(row, "zone_id");
    if (!zone.is_blank()) node.zone = read_zone(zone, faults);
    if (node.zone && !zones.insert(*node.zone).second)
      faults.add(zone.fault(said({"zona {} sudah punya simpul", "zone {} has a node already"}, *node.zone),
                            {"satu simpul tiap zona", "one node a zone"}));
    network.nodes.push_back(std::move(node));
  }
  return places;
}

struct Scale {
  double km = 1.0;
  double kmh = 1.0;
};

Scale read_scale(const CsvTable& links, const CsvTable& config, const GmnsUnits& units, Faults& faults) {
  Scale scale;
  const auto cell = [&](std::string_view name) {
    Cell at{.text = "", .file = config.file(), .header = name, .line = 1, .column = 1};
    if (config.row_count() > 0 && config.column(name)) at = config.cell(0, name);
    return at;
  };
  if (!links.column("length_km"))
    scale.km = unit_size(kLengthUnits, cell("long_length"), units.length, faults).value_or(1.0);
  if (!links.column("free_speed_kmh"))
    scale.kmh = unit_size(kSpeedUnits, cell("speed"), units.speed, faults).value_or(1.0);
  return scale;
}

class LinkReader {
 public:
  LinkReader(const CsvTable& table, const Scale& scale, const NodePlaces& places, Faults& faults)
      : columns_(table, faults), scale_(scale), places_(places), faults_(faults) {
    length_ = columns_.has("length_km") ? "length_km" : "length";
    speed_ = columns_.has("free_speed_kmh") ? "free_speed_kmh" : "free_speed";
    capacity_ = columns_.has("capacity_pcu_h") ? "capacity_pcu_h" : "capacity";
    for (const char* name : {"link_id", "from_node_id", "to_node_id", length_, speed_, capacity_})
      columns_.require(name);
  }

  GmnsLink read(std::size_t row) {
    GmnsLink link;
    link.id = columns_.cell(row, "link_id").text;
    link.from = node(columns_.cell(row, "from_node_id"));
    link.to = node(columns_.cell(row, "to_node_id"));
    const Cell directed = columns_.cell(row, "directed");
    link.is_directed = !(directed.text == "0" || directed.text == "false" || directed.text == "False");
    link.length_km = columns_.amount(row, length_) * scale_.km;
    link.free_speed_kmh = columns_.amount(row, speed_) * scale_.kmh;
    const double lanes = columns_.has("capacity_pcu_h") ? 1.0 : columns_.amount(row, "lanes", 1.0);
    link.capacity_pcu_h = columns_.amount(row, capacity_) * lanes;
    link.alpha = columns_.amount(row, "vdf_alpha", link.alpha);
    link.beta = columns_.amount(row, "vdf_beta", link.beta);
    link.toll = columns_.amount(row, "toll", 0.0);
    link.background_pcu_h = columns_.amount(row, "background_pcu_h", 0.0);
    link.allowed_uses = words(columns_.cell(row, "allowed_uses").text);
    check(row, link);
    return link;
  }

 private:
  std::size_t node(const Cell& cell) {
    const auto found = places_.find(cell.text);
    if (found != places_.end()) return found->second;
    faults_.add(cell.fault(said({"simpul '{}' tidak dikenal", "unknown node '{}'"}, shown(cell.text)),
                           {"node_id dari node.csv", "a node_id of node.csv"}));
    return 0;
  }
  void check(std::size_t row, const GmnsLink& link) {
    if (link.length_km > 0.0 && link.free_speed_kmh == 0.0)
      faults_.add(
          columns_.cell(row, speed_)
              .fault({"kecepatan bebas 0", "a free speed of 0"}, {"kecepatan di atas 0", "a speed above 0"}));
    if (link.length_km > 0.0 && link.capacity_pcu_h == 0.0 && link.alpha * link.beta > 0.0)
      faults_.add(columns_.cell(row, capacity_)
                      .fault({"kapasitas 0", "a capacity of 0"},
                             {"suatu kapasitas, sebab waktunya bergantung pada volume",
                              "a capacity, for the time depends on the volume"}));
  }

  Columns columns_;
  Scale scale_;
  const NodePlaces& places_;
  Faults& faults_;
  const char* length_ = nullptr;
  const char* speed_ = nullptr;
  const char* capacity_ = nullptr;
};

GmnsNetwork read_tables(const CsvTable& nodes, const CsvTable& links, const CsvTable& config,
                        const GmnsUnits& units, Faults& faults) {
  GmnsNetwork network;
  const NodePlaces places = read_nodes(nodes, network, faults);
  const Scale scale = read_scale(links, config, units, faults);
  LinkReader reader(links, scale, places, faults);
  if (links.column("from_node_id") && links.column("to_node_id") && nodes.column("node_id")) {
    for (std::size_t row = 0; row < links.row_count(); ++row) network.links.push_back(reader.read(row));
  }
  faults.throw_if_any();
  return network;
}

std::vector<ZoneTrips> trips_of(const CsvTable& table, Faults& faults) {
  Columns columns(table, faults);
  for (const char* name : {"o_zone_id", "d_zone_id", "volume"}) columns.require(name);
  std::vector<ZoneTrips> trips;
  if (!faults.empty()) faults.throw_if_any();
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const auto origin = read_zone(columns.cell(row, "o_zone_id"), faults);
    const auto destination = read_zone(columns.cell(row, "d_zone_id"), faults);
    trips.push_back({origin.value_or(0), destination.value_or(0), columns.amount(row, "volume")});
  }
  faults.throw_if_any();
  return trips;
}

}  // namespace

GmnsNetwork read_gmns(const std::filesystem::path& folder, const GmnsUnits& units) {
  Faults faults;
  const auto table = [&](const char* name) {
    return read_csv(folder / name, (folder / name).string(), faults);
  };
  const CsvTable nodes = table("node.csv");
  const CsvTable links = table("link.csv");
  const CsvTable config = std::filesystem::exists(folder / "config.csv")
                              ? table("config.csv")
                              : CsvTable((folder / "config.csv").string());
  return read_tables(nodes, links, config, units, faults);
}

GmnsNetwork parse_gmns(const GmnsTexts& texts, const GmnsUnits& units) {
  Faults faults;
  const CsvTable nodes("node.csv", texts.node, faults);
  const CsvTable links("link.csv", texts.link, faults);
  const CsvTable config =
      texts.config.empty() ? CsvTable("config.csv") : CsvTable("config.csv", texts.config, faults);
  return read_tables(nodes, links, config, units, faults);
}

std::vector<ZoneTrips> read_zone_trips(const std::filesystem::path& path) {
  Faults faults;
  return trips_of(read_csv(path, path.string(), faults), faults);
}

std::vector<ZoneTrips> parse_zone_trips(std::string text, const std::string& file) {
  Faults faults;
  return trips_of(CsvTable(file, std::move(text), faults), faults);
}

}  // namespace gerbang::io
