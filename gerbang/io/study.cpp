#include "gerbang/io/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <tuple>

#include "gerbang/base/hash.h"
#include "gerbang/io/file.h"
#include "gerbang/io/study_reading.h"

namespace gerbang::io {
namespace {

// Files in the folder that look as if they belonged to the study, but do not. Notes and licences may lie
// there.
void check_files(Reading& reading, const std::filesystem::path& folder) {
  const std::vector<std::string> known = study_files();
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    std::string extension = entry.path().extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const bool is_like_ours = extension == ".csv" || extension == ".toml" || extension == ".geojson";
    const bool is_hidden = name.starts_with('.') || name.starts_with('~');
    if (!is_like_ours || is_hidden) continue;
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    reading.faults.add({.file = name,
                        .found = {"berkas tidak dikenal", "unknown file"},
                        .expected = suggestion(name, known)});
  }
}

// The text of a file of the study; none when it is not there, which is a fault where it is needed.
std::optional<std::string> read_text(Reading& reading, const std::filesystem::path& folder,
                                     const std::string& name, Need need) {
  const std::filesystem::path path = folder / name;
  if (!std::filesystem::exists(path)) {
    if (need == Need::kRequired) {
      reading.faults.add(
          {.file = name,
           .found = {"berkas ini tidak ada", "the file is missing"},
           .expected = {"tambahkan; docs/study.md memuat daftar kolomnya, dan tabel boleh tanpa baris",
                        "add it; docs/study.md lists its columns, and a table may have no rows"}});
    }
    return std::nullopt;
  }
  try {
    return read_file(path);
  } catch (const std::system_error& error) {
    reading.faults.add(
        {.file = name,
         .found = said({"tidak dapat dibaca: {}", "cannot be read: {}"}, reason_of(error.code())),
         .expected = {"berkas yang boleh dibaca", "a file that you may read"}});
  }
  return std::nullopt;
}

void read_tables(Reading& reading, const std::filesystem::path& folder) {
  for (const TableSpec& spec : table_specs()) {
    std::optional<std::string> text = read_text(reading, folder, spec.file(), spec.table);
    const auto [entry, is_new] = reading.tables.emplace(
        spec.name, text ? CsvTable(spec.file(), std::move(*text), reading.faults) : CsvTable(spec.file()));
    const CsvTable& table = entry->second;
    table.check_header(spec.header(), reading.faults);
    const bool has_key = std::all_of(spec.before.begin(), spec.before.end(), [&](const StudyColumn& column) {
      return column.need == Need::kOptional || table.column(column.name);
    });
    bool is_sound = table.is_table() ? has_key : spec.table == Need::kOptional && !text;
    for (std::size_t row = 0; row < table.row_count(); ++row) is_sound = is_sound && table.is_whole(row);
    if (!is_sound) reading.broken.insert(spec.name);
  }
}

// Makes the rows of a table with ids, so that every other table can refer to them.
template <class Thing>
void name_rows(Reading& reading, std::string_view name, Table<Id<Thing>, Thing>& rows, Names<Thing>& names) {
  const TableSpec& spec = table_spec(name);
  const CsvTable& table = reading.table(name);
  const std::string& column = spec.before.front().name;
  names.is_read = table.is_table() && table.column(column).has_value();
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    const Cell cell = table.cell(row, column);
    Thing thing;
    thing.id = cell.text;
    const Id<Thing> id = rows.push_back(thing);
    if (!names.is_read) continue;
    if (cell.is_blank()) {
      reading.faults.add(cell.fault(said({"{} kosong", "{} is blank"}, column), {"sebuah id", "an id"}));
      reading.broken.insert(spec.name);
    } else if (!is_id(cell.text)) {
      reading.faults.add(
          cell.fault(said({"{} berisi '{}'", "{} is '{}'"}, column, shown(cell.text)),
                     {"hanya huruf, angka, '_', '-' dan '.'", "letters, digits, '_', '-' and '.' only"}));
    }
    const auto [first, is_new] = names.ids.emplace(thing.id, id);
    if (is_new) {
      names.list.push_back(thing.id);
    } else if (!cell.is_blank()) {
      reading.faults.add(
          cell.fault(said({"{} '{}' ada dua kali", "{} '{}' is there twice"}, column, shown(cell.text)),
                     said({"id lain; yang pertama ada di baris {}", "another id; the first is in line {}"},
                          table.line(first->second.value()))));
      reading.broken.insert(spec.name);
    }
  }
}

void name_all_rows(Reading& reading) {
  World& world = reading.world;
  name_rows(reading, "region", world.regions, reading.regions);
  name_rows(reading, "sector", world.sectors, reading.sectors);
  name_rows(reading, "freight_class", world.freight_classes, reading.freight_classes);
  name_rows(reading, "node", world.nodes, reading.nodes);
  name_rows(reading, "link", world.links, reading.links);
  name_rows(reading, "terminal", world.terminals, reading.terminals);
  name_rows(reading, "service", world.services, reading.services);
  name_rows(reading, "project", world.projects, reading.projects);
}

void read_geojson(Reading& reading, const std::filesystem::path& folder) {
  if (const auto text = read_text(reading, folder, std::string(kSeaRouteFile), Need::kOptional)) {
    read_sea_routes(reading, *text);
  }
  if (const auto text = read_text(reading, folder, std::string(kOutlineFile), Need::kOptional)) {
    check_outlines(reading, *text);
  }
}

void require_folder(const std::filesystem::path& folder) {
  if (std::filesystem::is_directory(folder)) return;
  throw InputError(Fault{.file = folder.string(),
                         .found = std::filesystem::exists(folder)
                                      ? Text{"ini bukan folder", "this is no folder"}
                                      : Text{"tidak ada folder demikian", "there is no such folder"},
                         .expected = {"folder sebuah studi, dengan study.toml dan tabel-tabelnya",
                                      "the folder of a study, with study.toml and its tables"}});
}

// The order of draws depends on the cells, not on the order of rows.
void sort_ranges(std::vector<Uncertainty>& ranges) {
  std::sort(ranges.begin(), ranges.end(), [](const Uncertainty& a, const Uncertainty& b) {
    return std::tie(a.table, a.row, a.column) < std::tie(b.table, b.row, b.column);
  });
}

}  // namespace

World read_study(const std::filesystem::path& folder) {
  require_folder(folder);
  Reading reading;
  check_files(reading, folder);
  read_tables(reading, folder);
  name_all_rows(reading);
  read_network(reading);
  read_economy(reading);
  read_projects(reading);
  read_observations(reading);
  read_cooperation_stages(reading);
  if (const auto text = read_text(reading, folder, std::string(kStudyFile), Need::kRequired)) {
    read_study_file(reading, *text);
  }
  read_geojson(reading, folder);
  check_economy(reading);
  check_network(reading);
  check_scenarios(reading);
  reading.faults.throw_if_any();
  sort_ranges(reading.world.uncertainties);
  return std::move(reading.world);
}

std::string study_hash(const std::filesystem::path& folder) {
  require_folder(folder);
  Hasher hasher;
  for (const std::string& name : study_files()) {
    const std::filesystem::path path = folder / name;
    if (std::filesystem::is_regular_file(path)) hasher.add(name).add(read_file(path));
  }
  return hasher.hex();
}

}  // namespace gerbang::io
