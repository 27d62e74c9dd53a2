#include "gerbang/register/exchange.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "gerbang/base/error.h"
#include "gerbang/io/csv.h"
#include "gerbang/io/file.h"
#include "gerbang/io/study_tables.h"

namespace gerbang::registry {
namespace {

namespace fs = std::filesystem;

constexpr const char* kIdColumn = "id";

io::Header header_of(const KindSpec& spec) {
  io::Header header{.required = {}, .optional = {kIdColumn}};
  for (const FieldSpec& field_spec : spec.fields)
    (field_spec.is_required ? header.required : header.optional).emplace_back(field_spec.name);
  return header;
}

struct Source {
  const KindSpec* spec = nullptr;
  io::CsvTable table;
};

std::vector<Source> read_sources(const fs::path& folder_or_file, io::Faults& faults) {
  std::vector<Source> sources;
  const bool is_folder = fs::is_directory(folder_or_file);
  for (const KindSpec& spec : kinds()) {
    const std::string name = fmt::format("{}.csv", spec.id);
    const fs::path path = is_folder ? folder_or_file / name : folder_or_file;
    if (path.filename() != name || !fs::is_regular_file(path)) continue;
    Source& source =
        sources.emplace_back(Source{&spec, io::CsvTable(path.string(), io::read_file(path), faults)});
    source.table.check_header(header_of(spec), faults);
  }
  if (sources.empty())
    faults.add(
        {.file = folder_or_file.string(),
         .found = fs::exists(folder_or_file)
                      ? Text{"tidak ada yang dapat diimpor", "there is nothing to import"}
                      : Text{"tidak ada berkas atau folder demikian", "there is no such file or folder"},
         .expected = {
             "party.csv, event.csv, document.csv, commitment.csv atau follow_up.csv, atau folder yang "
             "memuatnya",
             "party.csv, event.csv, document.csv, commitment.csv or follow_up.csv, or a folder of them"}});
  return sources;
}

// One row on its way into the register.
class RowImport {
 public:
  RowImport(Register& into, const Source& source, std::size_t row, io::Faults& faults)
      : into_(into), spec_(*source.spec), table_(source.table), row_(row), faults_(faults) {
    for (const FieldSpec& field_spec : spec_.fields) {
      const io::Cell cell = table_.cell(row, field_spec.name);
      if (!cell.is_blank()) fields_.emplace(field_spec.name, cell.text);
    }
  }

  void run(const Author& author, ImportCounts& counts) {
    const io::Cell id_cell = table_.cell(row_, kIdColumn);
    const std::string id(id_cell.text);
    if (!id.empty() && !io::is_id(id))
      return faults_.add(
          id_cell.fault(said({"id berisi '{}'", "id is '{}'"}, io::shown(id)),
                        {"hanya huruf, angka, '_', '-' dan '.'", "letters, digits, '_', '-' and '.' only"}));
    const std::optional<Record> known = id.empty() ? std::nullopt : into_.find(id);
    if (known && known->kind != spec_.kind)
      return faults_.add(id_cell.fault(said({"'{}' adalah {} dalam register", "'{}' is a {} in the register"},
                                            id, Message(spec_of(known->kind).name)),
                                       {"id lain", "another id"}));
    Fields whole = known ? known->fields : Fields{};
    for (const auto& [name, value] : fields_) whole[name] = value;
    if (add_faults(whole)) return;
    if (!known) {
      into_.add(spec_.kind, fields_, author, id);
      ++counts.added;
      return;
    }
    into_.edit(id, fields_, author);
    ++(into_.find(id)->revision > known->revision ? counts.changed : counts.same);
  }

 private:
  bool add_faults(const Fields& whole) {
    const std::vector<FieldFault> found = into_.faults_of(spec_.kind, whole);
    for (const FieldFault& fault : found)
      faults_.add(table_.cell(row_, fault.field)
                      .fault(said({"{}: {}", "{}: {}"}, fault.field, fault.found), fault.expected));
    return !found.empty();
  }

  Register& into_;
  const KindSpec& spec_;
  const io::CsvTable& table_;
  std::size_t row_;
  io::Faults& faults_;
  Fields fields_;
};

std::string line_of(const std::vector<std::string>& cells) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) line += (i > 0 ? "," : "") + io::csv_cell(cells[i]);
  return line + "\n";
}

std::string csv_of(const Register& from, const KindSpec& spec, std::span<const std::string> private_fields) {
  std::vector<const FieldSpec*> columns;
  for (const FieldSpec& field_spec : spec.fields) {
    const bool is_asked_for =
        std::find(private_fields.begin(), private_fields.end(), field_spec.name) != private_fields.end();
    if (!field_spec.is_private || is_asked_for) columns.push_back(&field_spec);
  }
  std::vector<std::string> cells = {kIdColumn};
  for (const FieldSpec* column : columns) cells.emplace_back(column->name);
  std::string text = line_of(cells);
  std::vector<Record> records = from.list({.kind = spec.kind});
  std::sort(records.begin(), records.end(), [](const Record& a, const Record& b) { return a.id < b.id; });
  for (const Record& record : records) {
    cells = {record.id};
    for (const FieldSpec* column : columns) cells.emplace_back(field(record.fields, column->name));
    text += line_of(cells);
  }
  return text;
}

}  // namespace

void write_csv(const Register& from, const fs::path& folder, std::span<const std::string> private_fields) {
  for (const KindSpec& spec : kinds())
    io::write_file_atomically(folder / fmt::format("{}.csv", spec.id), csv_of(from, spec, private_fields));
}

ImportCounts import_csv(Register& into, const fs::path& folder_or_file, const Author& author) {
  io::Faults faults;
  const std::vector<Source> sources = read_sources(folder_or_file, faults);
  faults.throw_if_any();
  ImportCounts counts;
  into.in_one_piece([&] {
    for (const Source& source : sources)
      for (std::size_t row = 0; row < source.table.row_count(); ++row)
        RowImport(into, source, row, faults).run(author, counts);
    faults.throw_if_any();  // undoes what the sound rows did
  });
  return counts;
}

}  // namespace gerbang::registry
