#include "gerbang/io/trade_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include "gerbang/io/csv.h"

namespace gerbang::io {
namespace {

constexpr const char* kOnlySector = "goods";  // of a folder whose tables have no sector column
constexpr double kDefaultElasticity = 5.0;
constexpr double kOnePercent = 0.01;
constexpr double kLargest = 1e15;  // beyond that, sums of doubles lose the unit

// Names in order of first appearance.
class Names {
 public:
  std::size_t add(std::string_view name) {
    const auto [known, is_new] = index_.try_emplace(std::string(name), names_.size());
    if (is_new) names_.emplace_back(name);
    return known->second;
  }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const {
    const auto known = index_.find(std::string(name));
    return known == index_.end() ? std::nullopt : std::optional(known->second);
  }
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  [[nodiscard]] const std::vector<std::string>& all() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::map<std::string, std::size_t> index_;
};

struct Range {
  double low = 0.0;
  bool is_open = false;  // low itself is not allowed
  double high = kLargest;
};
constexpr Range kNotNegative{};
constexpr Range kShare{.high = 1.0};

const Message kRegion = {"wilayah", "region"};
const Message kSector = {"sektor", "sector"};

// Where something is first spoken of; what is wrong only in total is said there.
struct Place {
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
};

Place place_of(const Cell& cell) {
  return {std::string(cell.file), cell.line, cell.column};
}

// Rows whose cell is blank speak of all and come first, so that rows that name one prevail in any order.
std::vector<std::size_t> general_first(const CsvTable& rows, const char* column) {
  std::vector<std::size_t> order(rows.row_count());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_partition(order.begin(), order.end(),
                        [&](std::size_t r) { return rows.cell(r, column).is_blank(); });
  return order;
}

class Reader {
 public:
  explicit Reader(std::filesystem::path folder) : folder_(std::move(folder)) {}

  TradeFolder read() {
    check_files();
    read_regions();
    read_sectors();
    read_flows();
    faults_.throw_if_any();  // every other table is checked against their names
    read_inputs();
    read_value_added();
    check_economy();
    read_tariffs();
    check_households();
    read_cost_changes();
    read_shocks();
    faults_.throw_if_any();
    result_.regions = regions_.all();
    result_.sectors = sectors_.all();
    return std::move(result_);
  }

 private:
  using SectorSpan = std::pair<std::size_t, std::size_t>;  // first and one past the last

  void check_files();
  void read_regions();
  void read_sectors();
  void read_flows();
  void read_inputs();
  void read_value_added();
  void check_economy();
  void check_households();
  void read_tariffs();
  void read_cost_changes();
  void read_shocks();

  [[nodiscard]] bool has(const char* name) const { return std::filesystem::exists(folder_ / name); }
  CsvTable table(const char* name, const Header& header) {
    CsvTable rows = read_csv(folder_ / name, name, faults_);
    if (rows.is_table()) rows.check_header(header, faults_);
    return rows;
  }
  void fault(const Place& place, Message found, Message expected) {
    faults_.add({place.file, place.line, place.column, std::move(found), std::move(expected)});
  }
  void fault(const Cell& cell, Message found, Message expected) {
    faults_.add(cell.fault(std::move(found), std::move(expected)));
  }

  std::optional<double> number(const Cell& cell, const Range& range);
  std::optional<std::size_t> known(const Cell& cell, const Names& names, const Message& kind);
  // The sectors that a row concerns: the one named, or all where the cell is blank or the table has no such
  // column.
  std::optional<SectorSpan> sectors_of(const Cell& cell);
  // A row that says again what an earlier one said is a fault.
  void check_repeated(std::set<std::vector<std::size_t>>& seen, std::vector<std::size_t> key,
                      const Cell& cell) {
    if (!seen.insert(std::move(key)).second)
      fault(cell, {"baris ini mengulang baris sebelumnya", "this row repeats an earlier one"},
            {"satu baris untuk masing-masing", "one row for each"});
  }
  [[nodiscard]] double output_of(std::size_t region, std::size_t sector) const;
  [[nodiscard]] std::vector<Matrix> pair_matrices(double value) const {
    return std::vector<Matrix>(sectors_.size(), Matrix(regions_.size(), regions_.size(), value));
  }

  std::filesystem::path folder_;
  Faults faults_;
  Names regions_;
  Names sectors_;
  TradeFolder result_;
  std::map<std::size_t, double> elasticity_;
  std::map<std::size_t, Place> region_at_, sector_at_;
  std::map<std::pair<std::size_t, std::size_t>, Place> inputs_at_;  // by region and using sector
  std::map<std::size_t, std::pair<double, double>> people_;         // population, labour share
};

std::optional<double> Reader::number(const Cell& cell, const Range& range) {
  const std::optional<double> value = read_number(cell, faults_);
  if (!value) return std::nullopt;
  const bool is_within = *value <= range.high && (range.is_open ? *value > range.low : *value >= range.low);
  if (is_within) return value;
  fault(cell, said({"{} berisi {}", "{} is {}"}, cell.header, shortest(*value)),
        said({"{} {} dan paling besar {}", "{} {} and at most {}"},
             range.is_open ? Message{"lebih dari", "more than"} : Message{"sedikitnya", "at least"},
             shortest(range.low), shortest(range.high)));
  return std::nullopt;
}

std::optional<std::size_t> Reader::known(const Cell& cell, const Names& names, const Message& kind) {
  if (const auto index = names.find(cell.text)) return index;
  fault(cell, said({"{0} '{1}' tidak dikenal", "unknown {0} '{1}'"}, kind, cell.text),
        suggestion(cell.text, names.all()));
  return std::nullopt;
}

std::optional<Reader::SectorSpan> Reader::sectors_of(const Cell& cell) {
  if (cell.is_blank()) return SectorSpan{0, sectors_.size()};
  const auto sector = known(cell, sectors_, kSector);
  if (!sector) return std::nullopt;
  return SectorSpan{*sector, *sector + 1};
}

// A misspelt table would be ignored without a word.
void Reader::check_files() {
  const std::vector<std::string> tables = {"flow.csv",        "sector.csv", "input_output.csv",
                                           "value_added.csv", "tariff.csv", "cost_change.csv",
                                           "shock.csv",       "region.csv"};
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(folder_, failure)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".csv" || std::find(tables.begin(), tables.end(), name) != tables.end())
      continue;
    faults_.add({name, 0, 0, {"tabel tidak dikenal", "unknown table"}, suggestion(name, tables)});
  }
  if (failure)
    faults_.add({folder_.string(),
                 0,
                 0,
                 {"ini bukan folder yang dapat dibaca", "this is not a folder that can be read"},
                 {"folder dengan flow.csv", "a folder with flow.csv"}});
}

void Reader::read_regions() {
  if (!has("region.csv")) return;
  const CsvTable rows =
      table("region.csv",
            {.required = {"region"}, .optional = {"population", "labour_share", "is_numeraire", "source"}});
  for (std::size_t r = 0; r < rows.row_count(); ++r) {
    const Cell name = rows.cell(r, "region");
    if (regions_.find(name.text))
      fault(name, said({"wilayah '{}' lagi", "region '{}' again"}, name.text),
            {"satu baris untuk masing-masing", "one row for each"});
    const std::size_t region = regions_.add(name.text);
    region_at_.try_emplace(region, place_of(name));
    people_[region] = {0.0, 1.0};
    if (const Cell cell = rows.cell(r, "population"); !cell.is_blank())
      people_[region].first = number(cell, kNotNegative).value_or(0.0);
    if (const Cell cell = rows.cell(r, "labour_share"); !cell.is_blank())
      people_[region].second = number(cell, kShare).value_or(1.0);
    if (const Cell cell = rows.cell(r, "is_numeraire");
        !cell.is_blank() && number(cell, kShare).value_or(0.0) == 1.0) {
      if (result_.numeraire)
        fault(cell, {"numeraire kedua", "a second numeraire"}, {"paling banyak satu", "one at most"});
      result_.numeraire = region;
    }
  }
}

void Reader::read_sectors() {
  if (!has("sector.csv")) return;
  const CsvTable rows =
      table("sector.csv", {.required = {"sector", "trade_elasticity"}, .optional = {"name", "source"}});
  for (std::size_t r = 0; r < rows.row_count(); ++r) {
    const Cell name = rows.cell(r, "sector");
    if (sectors_.find(name.text))
      fault(name, said({"sektor '{}' lagi", "sector '{}' again"}, name.text),
            {"satu baris untuk masing-masing", "one row for each"});
    const std::size_t sector = sectors_.add(name.text);
    sector_at_.try_emplace(sector, place_of(name));
    elasticity_[sector] = number(rows.cell(r, "trade_elasticity"), {.is_open = true, .high = 1000.0})
                              .value_or(kDefaultElasticity);
  }
}

void Reader::read_flows() {
  struct Flow {
    std::size_t sector, destination, origin;
    double value;
  };
  const CsvTable rows =
      table("flow.csv", {.required = {"origin", "destination", "value"}, .optional = {"sector", "source"}});
  const bool has_sectors = has("sector.csv");
  std::vector<Flow> flows;
  std::set<std::vector<std::size_t>> seen;
  for (std::size_t r = 0; r < rows.row_count(); ++r) {
    for (const char* column : {"origin", "destination"})
      if (rows.cell(r, column).is_blank())
        fault(rows.cell(r, column), {"wilayah kosong", "a blank region"}, {"namanya", "its name"});
    const Cell cell = rows.cell(r, "sector");
    std::optional<std::size_t> sector;
    if (cell.is_blank() && rows.column("sector")) {
      fault(cell, {"sektor kosong", "a blank sector"}, {"namanya", "its name"});
    } else if (has_sectors && !cell.is_blank()) {
      sector = known(cell, sectors_, kSector);
    } else {
      sector = sectors_.add(cell.is_blank() ? kOnlySector : cell.text);
    }
    const std::size_t origin = regions_.add(rows.cell(r, "origin").text);
    const std::size_t destination = regions_.add(rows.cell(r, "destination").text);
    region_at_.try_emplace(origin, place_of(rows.cell(r, "origin")));
    region_at_.try_emplace(destination, place_of(rows.cell(r, "destination")));
    if (sector) sector_at_.try_emplace(*sector, place_of(cell));
    const auto value = number(rows.cell(r, "value"), kNotNegative);
    if (!sector || !value) continue;
    check_repeated(seen, {*sector, destination, origin}, rows.cell(r, "origin"));
    flows.push_back({*sector, destination, origin, *value});
  }
  if (flows.empty())
    faults_.add({"flow.csv",
                 0,
                 0,
                 {"tidak ada arus", "no flow"},
                 {"satu baris untuk tiap pasangan yang berdagang, termasuk arus ke diri sendiri",
                  "a row for every pair that trades, own flows included"}});
  result_.flow = pair_matrices(0.0);
  for (const Flow& flow : flows) result_.flow[flow.sector](flow.destination, flow.origin) = flow.value;
  result_.trade_elasticity.assign(sectors_.size(), kDefaultElasticity);
  for (const auto& [sector, value] : elasticity_) result_.trade_elasticity[sector] = value;
  result_.population.assign(regions_.size(), 0.0);
  result_.labour_share.assign(regions_.size(), 1.0);
  for (const auto& [region, people] : people_)
    std::tie(result_.population[region], result_.labour_share[region]) = people;
}

void Reader::read_inputs() {
  const std::size_t n = regions_.size();
  result_.input_share.assign(n, Matrix(sectors_.size(), sectors_.size()));
  if (!has("input_output.csv")) return;
  const CsvTable rows = table("input_output.csv", {.required = {"input_sector", "using_sector", "share"},
                                                   .optional = {"region", "source"}});
  std::set<std::vector<std::size_t>> seen;
  for (const std::size_t r : general_first(rows, "region")) {
    const Cell region_cell = rows.cell(r, "region");
    const auto input = known(rows.cell(r, "input_sector"), sectors_, kSector);
    const auto user = known(rows.cell(r, "using_sector"), sectors_, kSector);
    const auto share = number(rows.cell(r, "share"), kShare);
    const auto region =
        region_cell.is_blank() ? std::optional<std::size_t>(n) : known(region_cell, regions_, kRegion);
    if (!input || !user || !share || !region) continue;
    check_repeated(seen, {*region, *input, *user}, rows.cell(r, "input_sector"));
    for (std::size_t i = *region == n ? 0 : *region; i < (*region == n ? n : *region + 1); ++i) {
      result_.input_share[i](*input, *user) = *share;
      inputs_at_.insert_or_assign({i, *user}, place_of(rows.cell(r, "share")));
    }
  }
}

// Value added in money: the inputs of input_output.csv then are a composition, scaled to what it leaves of
// output.
void Reader::read_value_added() {
  if (!has("value_added.csv")) return;
  const CsvTable rows =
      table("value_added.csv", {.required = {"region", "value"}, .optional = {"sector", "source"}});
  std::set<std::vector<std::size_t>> seen;
  for (std::size_t r = 0; r < rows.row_count(); ++r) {
    const auto region = known(rows.cell(r, "region"), regions_, kRegion);
    const auto sector = rows.column("sector") ? known(rows.cell(r, "sector"), sectors_, kSector)
                                              : std::optional<std::size_t>(0);
    const Cell cell = rows.cell(r, "value");
    const auto value = number(cell, kNotNegative);
    if (!region || !sector || !value) continue;
    check_repeated(seen, {*region, *sector}, rows.cell(r, "region"));
    const double output = output_of(*region, *sector);
    double inputs = 0.0;
    Matrix& shares = result_.input_share[*region];
    for (std::size_t k = 0; k < sectors_.size(); ++k) inputs += shares(k, *sector);
    if (*value > output * (1.0 + 1e-9)) {
      fault(cell,
            said({"nilai tambah melebihi keluaran {} yang ditunjukkan arusnya",
                  "value added exceeds the output of {} that the flows show"},
                 shortest(output)),
            {"nilai tambah paling besar sebesar keluaran", "value added of at most the output"});
    } else if (output > 0.0 && inputs == 0.0 && *value < output * (1.0 - 1e-9)) {
      fault(cell,
            {"nilai tambah di bawah keluaran, tanpa masukan yang mengambil sisanya",
             "value added below output, and no inputs that take the rest"},
            {"masukan sektor ini di input_output.csv", "inputs of this sector in input_output.csv"});
    } else if (inputs > 0.0 && output > 0.0) {
      const double left = std::max(0.0, 1.0 - *value / output);
      for (std::size_t k = 0; k < sectors_.size(); ++k) shares(k, *sector) *= left / inputs;
    }
  }
}

// What the equations need: inputs below output, a maker of every sector that is used, a region that earns
// something.
void Reader::check_economy() {
  for (std::size_t s = 0; s < sectors_.size(); ++s) {
    double output = 0.0;
    for (std::size_t i = 0; i < regions_.size(); ++i) output += output_of(i, s);
    if (output <= 0.0)
      fault(sector_at_[s],
            said({"tidak ada yang menghasilkan sektor '{}'", "nobody makes sector '{}'"}, sectors_.all()[s]),
            {"arus sektor itu di flow.csv, atau hapus barisnya di sector.csv",
             "flows of that sector in flow.csv, or no row of it in sector.csv"});
  }
  for (std::size_t i = 0; i < regions_.size(); ++i) {
    double value_added = 0.0;
    for (std::size_t s = 0; s < sectors_.size(); ++s) {
      double inputs = 0.0;
      for (std::size_t k = 0; k < sectors_.size(); ++k) inputs += result_.input_share[i](k, s);
      if (inputs > 1.0 + 1e-9)
        fault(inputs_at_[{i, s}],
              said({"masukan sektor '{}' di wilayah '{}' berjumlah {:.6g} dari keluarannya",
                    "inputs of sector '{}' in region '{}' add to {:.6g} of its output"},
                   sectors_.all()[s], regions_.all()[i], inputs),
              {"paling besar 1: sisanya nilai tambah", "at most 1: what is left is value added"});
      value_added += std::max(0.0, 1.0 - inputs) * output_of(i, s);
    }
    if (value_added <= 0.0)
      fault(region_at_[i],
            said({"wilayah '{}' tidak menghasilkan apa pun, atau semua hasilnya masukan",
                  "region '{}' makes nothing, or all it makes is inputs"},
                 regions_.all()[i]),
            {"keluaran yang bernilai tambah, sedikitnya arus ke diri sendiri",
             "some output with value added, its own flow at least"});
  }
}

// What a region buys, duty included, beyond its inputs is what its households spend.
void Reader::check_households() {
  for (std::size_t n = 0; n < regions_.size(); ++n) {
    double left = 0.0;
    for (std::size_t k = 0; k < sectors_.size(); ++k) {
      for (std::size_t i = 0; i < regions_.size(); ++i)
        left += result_.flow[k](n, i) * (result_.duty_base.empty() ? 1.0 : 1.0 + result_.duty_base[k](n, i));
      for (std::size_t s = 0; s < sectors_.size(); ++s)
        left -= result_.input_share[n](k, s) * output_of(n, s);
    }
    if (left > 0.0) continue;
    fault(region_at_[n],
          said({"pembelian wilayah '{}' menyisakan {:.6g} bagi rumah tangganya setelah masukan sektornya",
                "what region '{}' buys leaves its households {:.6g} after the inputs of its sectors"},
               regions_.all()[n], left),
          {"arus masuk yang lebih besar, atau bagian masukan yang lebih kecil",
           "larger flows to it, or smaller shares of inputs"});
  }
}

double Reader::output_of(std::size_t region, std::size_t sector) const {
  double output = 0.0;
  for (std::size_t d = 0; d < regions_.size(); ++d) output += result_.flow[sector](d, region);
  return output;
}

void Reader::read_tariffs() {
  if (!has("tariff.csv")) return;
  const CsvTable rows =
      table("tariff.csv", {.required = {"origin", "destination", "base_percent", "new_percent"},
                           .optional = {"sector", "source"}});
  constexpr Range kTariff{.low = -99.0, .high = 1e6};
  result_.duty_base = result_.duty_new = pair_matrices(0.0);
  std::set<std::vector<std::size_t>> seen;
  for (const std::size_t r : general_first(rows, "sector")) {
    const auto origin = known(rows.cell(r, "origin"), regions_, kRegion);
    const auto destination = known(rows.cell(r, "destination"), regions_, kRegion);
    const auto span = sectors_of(rows.cell(r, "sector"));
    const auto base = number(rows.cell(r, "base_percent"), kTariff);
    const auto now = number(rows.cell(r, "new_percent"), kTariff);
    if (!origin || !destination || !span || !base || !now) continue;
    check_repeated(seen, {rows.cell(r, "sector").is_blank(), span->first, *destination, *origin},
                   rows.cell(r, "origin"));
    for (std::size_t s = span->first; s < span->second; ++s) {
      result_.duty_base[s](*destination, *origin) = kOnePercent * *base;
      result_.duty_new[s](*destination, *origin) = kOnePercent * *now;
    }
  }
}

void Reader::read_cost_changes() {
  if (!has("cost_change.csv")) return;
  const CsvTable rows = table(
      "cost_change.csv", {.required = {"origin", "destination", "factor"}, .optional = {"sector", "source"}});
  result_.cost_factor = pair_matrices(1.0);
  std::set<std::vector<std::size_t>> seen;
  for (const std::size_t r : general_first(rows, "sector")) {
    const auto origin = known(rows.cell(r, "origin"), regions_, kRegion);
    const auto destination = known(rows.cell(r, "destination"), regions_, kRegion);
    const auto span = sectors_of(rows.cell(r, "sector"));
    const auto factor = number(rows.cell(r, "factor"), {.low = 1e-6, .high = 1e12});
    if (!origin || !destination || !span || !factor) continue;
    check_repeated(seen, {rows.cell(r, "sector").is_blank(), span->first, *destination, *origin},
                   rows.cell(r, "origin"));
    for (std::size_t s = span->first; s < span->second; ++s)
      result_.cost_factor[s](*destination, *origin) = *factor;
  }
}

void Reader::read_shocks() {
  if (!has("shock.csv")) return;
  const CsvTable rows =
      table("shock.csv", {.required = {"variable", "region", "factor"}, .optional = {"sector", "source"}});
  result_.productivity = Matrix(regions_.size(), sectors_.size(), 1.0);
  result_.population_factor.assign(regions_.size(), 1.0);
  for (std::size_t r = 0; r < rows.row_count(); ++r) {
    const Cell variable = rows.cell(r, "variable");
    const auto region = known(rows.cell(r, "region"), regions_, kRegion);
    const auto span = sectors_of(rows.cell(r, "sector"));
    const auto factor = number(rows.cell(r, "factor"), {.low = 1e-6, .high = 1e6});
    if (!region || !span || !factor) continue;
    if (variable.text == "productivity") {
      for (std::size_t s = span->first; s < span->second; ++s) result_.productivity(*region, s) *= *factor;
    } else if (variable.text == "population") {
      result_.population_factor[*region] *= *factor;
    } else {
      fault(variable, said({"variabel '{}' tidak dikenal", "unknown variable '{}'"}, variable.text),
            suggestion(variable.text, {"productivity", "population"}));
    }
  }
}

}  // namespace

TradeFolder read_trade_folder(const std::filesystem::path& folder) {
  return Reader(folder).read();
}

}  // namespace gerbang::io
