// study.toml: what the study is called, its years, its scenarios.
#include <toml++/toml.h>

#include "gerbang/io/study_reading.h"

namespace gerbang::io {
namespace {

// Reads the keys of one table of the file; every getter adds the faults it meets.
class KeyReader {
 public:
  KeyReader(Reading& reading, const toml::table& table, std::string path)
      : reading_(reading), table_(table), path_(std::move(path)) {}

  void fault(const toml::source_position& place, Message found, Message expected) {
    reading_.faults.add({.file = std::string(kStudyFile),
                         .line = place.line,
                         .column = place.column,
                         .found = std::move(found),
                         .expected = std::move(expected)});
  }
  void fault(const std::string& key, Message found, Message expected) {
    fault(place_of(key), std::move(found), std::move(expected));
  }

  void allow(const std::vector<std::string>& keys) {
    for (const auto& [key, value] : table_) {
      const std::string name(key.str());
      if (std::find(keys.begin(), keys.end(), name) != keys.end()) continue;
      fault(key.source().begin,
            said({"kunci '{}' di [{}] tidak dikenal", "unknown key '{}' in [{}]"}, shown(name), path_),
            suggestion(name, keys));
    }
  }

  std::string text(const std::string& key, Need need) {
    const toml::node* node = find(key, need);
    if (node == nullptr) return "";
    const auto value = node->value_exact<std::string>();
    if (!value)
      fault(key, said({"{} bukan teks", "{} is no text"}, key), {"teks dalam tanda kutip", "text in quotes"});
    if (value && value->empty())
      fault(key, said({"{} kosong", "{} is blank"}, key), {"sebuah teks", "a text"});
    return value.value_or("");
  }

  std::optional<int> integer(const std::string& key) {
    const toml::node* node = find(key, Need::kRequired);
    return node == nullptr ? std::nullopt : integer(key, *node);
  }

  std::vector<int> integers(const std::string& key) {
    std::vector<int> values;
    each(key, Need::kRequired, [&](const toml::node& node) {
      if (const auto value = integer(key, node)) values.push_back(*value);
    });
    return values;
  }

  // Calls use(word, place) for every text of a list.
  template <class Use>
  void words(const std::string& key, const Use& use) {
    each(key, Need::kOptional, [&](const toml::node& node) {
      if (const auto word = node.value_exact<std::string>()) {
        use(*word, node.source().begin);
      } else {
        fault(node.source().begin,
              said({"{} memuat sesuatu yang bukan teks", "{} holds something that is no text"}, key),
              {"teks-teks dalam tanda kutip", "texts in quotes"});
      }
    });
  }

  [[nodiscard]] toml::source_position place_of(const std::string& key) const {
    const toml::node* node = table_.get(key);
    return node == nullptr ? table_.source().begin : node->source().begin;
  }

 private:
  const toml::node* find(const std::string& key, Need need) {
    const toml::node* node = table_.get(key);
    if (node == nullptr && need == Need::kRequired) {
      fault(key, said({"kunci '{}' di [{}] tidak ada", "key '{}' is missing in [{}]"}, key, path_),
            said({"{} = …", "{} = …"}, key));
    }
    return node;
  }

  std::optional<int> integer(const std::string& key, const toml::node& node) {
    const auto value = node.value_exact<std::int64_t>();
    if (value && *value >= std::numeric_limits<int>::min() && *value <= std::numeric_limits<int>::max()) {
      return static_cast<int>(*value);
    }
    fault(node.source().begin, said({"{} bukan bilangan bulat", "{} is no whole number"}, key),
          {"tahun, misalnya 2024", "a year such as 2024"});
    return std::nullopt;
  }

  template <class Use>
  void each(const std::string& key, Need need, const Use& use) {
    const toml::node* node = find(key, need);
    if (node == nullptr) return;
    const toml::array* list = node->as_array();
    if (list == nullptr) {
      fault(key, said({"{} bukan daftar", "{} is no list"}, key), said({"{} = [ … ]", "{} = [ … ]"}, key));
      return;
    }
    for (const toml::node& element : *list) use(element);
  }

  Reading& reading_;
  const toml::table& table_;
  std::string path_;
};

void read_years(Reading& reading, KeyReader& keys) {
  World& world = reading.world;
  const auto base_year = keys.integer("base_year");
  world.base_year = base_year.value_or(0);
  world.years = keys.integers("years");
  if (world.years.empty()) {
    keys.fault("years", {"studi ini tidak punya tahun untuk dihitung", "the study has no year to solve"},
               {"years = [2024, …]", "years = [2024, …]"});
    return;
  }
  if (std::adjacent_find(world.years.begin(), world.years.end(), std::greater_equal<>()) !=
      world.years.end()) {
    keys.fault("years", {"tahun-tahunnya tidak berurutan", "the years are not in order"},
               {"masing-masing satu kali, yang pertama di depan", "each once, the first one first"});
  }
  if (base_year && *std::min_element(world.years.begin(), world.years.end()) < *base_year) {
    keys.fault("years",
               said({"ada tahun sebelum tahun dasar {}", "a year before the base year {}"}, *base_year),
               said({"tahun mulai {}", "years from {} on"}, *base_year));
  }
}

void read_study_table(Reading& reading, const toml::table& table) {
  KeyReader keys(reading, table, "study");
  keys.allow({"name", "title", "title_en", "currency", "base_year", "years", "transport_sector"});
  World& world = reading.world;
  world.name = keys.text("name", Need::kRequired);
  world.title = keys.text("title", Need::kRequired);
  world.title_en = keys.text("title_en", Need::kRequired);
  const std::string currency = keys.text("currency", Need::kOptional);
  if (!currency.empty() && currency != "IDR") {
    keys.fault("currency", said({"mata uang '{}'", "currency '{}'"}, shown(currency)),
               {"\"IDR\", satuan kolom-kolomnya", "\"IDR\", which the columns are in"});
  }
  read_years(reading, keys);
  const std::string transport = keys.text("transport_sector", Need::kRequired);
  const auto sector = reading.sectors.ids.find(transport);
  if (sector != reading.sectors.ids.end()) {
    world.transport_sector = sector->second;
  } else if (!transport.empty() && reading.sectors.is_read) {
    keys.fault("transport_sector",
               said({"sektor '{}' tidak dikenal", "unknown sector '{}'"}, shown(transport)),
               remedy_for_name(transport, "sector", reading.sectors.list));
  }
}

// A scenario's table and name, as they stand in the file: toml++ sorts them by name.
struct NamedTable {
  std::string name;
  toml::source_position place;
  const toml::table* table = nullptr;
};

std::vector<NamedTable> in_file_order(Reading& reading, const toml::table& scenarios) {
  std::vector<NamedTable> tables;
  for (const auto& [key, node] : scenarios) {
    const toml::table* table = node.as_table();
    if (table == nullptr) {
      reading.faults.add({.file = std::string(kStudyFile),
                          .line = key.source().begin.line,
                          .column = key.source().begin.column,
                          .found = said({"'{}' bukan skenario", "'{}' is no scenario"}, shown(key.str())),
                          .expected = {"[scenarios.NAMA] dan kuncinya", "[scenarios.NAME] and its keys"}});
      continue;
    }
    tables.push_back({std::string(key.str()), key.source().begin, table});
  }
  std::stable_sort(tables.begin(), tables.end(),
                   [](const NamedTable& a, const NamedTable& b) { return a.place < b.place; });
  return tables;
}

Scenario read_scenario(Reading& reading, const NamedTable& named) {
  KeyReader keys(reading, *named.table, "scenarios." + named.name);
  keys.allow({"name", "name_en", "predecessor", "projects", "trends"});
  Scenario scenario;
  scenario.id = named.name;
  scenario.name = keys.text("name", Need::kRequired);
  scenario.name_en = keys.text("name_en", Need::kRequired);
  const std::string predecessor = keys.text("predecessor", Need::kOptional);
  std::vector<std::string> earlier;
  for (const Scenario& other : reading.world.scenarios) earlier.push_back(other.id);
  const auto found = std::find(earlier.begin(), earlier.end(), predecessor);
  if (found != earlier.end()) {
    scenario.predecessor = ScenarioId(static_cast<std::size_t>(found - earlier.begin()));
  } else if (!predecessor.empty()) {
    keys.fault("predecessor",
               said({"predecessor '{}' bukan skenario di atas skenario ini",
                     "predecessor '{}' is no scenario above this one"},
                    shown(predecessor)),
               earlier.empty()
                   ? Text{"skenario pertama tidak punya pendahulu", "the first scenario has no predecessor"}
                   : suggestion(predecessor, earlier));
  }
  keys.words("projects", [&](const std::string& word, const toml::source_position& place) {
    const auto project = reading.projects.ids.find(word);
    if (project != reading.projects.ids.end()) {
      scenario.projects.push_back(project->second);
    } else if (reading.projects.is_read) {
      keys.fault(place, said({"proyek '{}' tidak dikenal", "unknown project '{}'"}, shown(word)),
                 remedy_for_name(word, "project", reading.projects.list));
    }
  });
  keys.words("trends", [&](const std::string& word, const toml::source_position& place) {
    const auto& names = reading.trend_names;
    scenario.trends.push_back(word);
    if (std::find(names.begin(), names.end(), word) != names.end() || !reading.is_whole({"trend"})) return;
    keys.fault(place, said({"tren '{}' tidak dikenal", "unknown trend '{}'"}, shown(word)),
               remedy_for_name(word, "trend", names));
  });
  reading.scenario_places.push_back({named.place.line, named.place.column});
  return scenario;
}

void read_tables_of_file(Reading& reading, const toml::table& file) {
  KeyReader keys(reading, file, "the file");
  keys.allow({"study", "scenarios"});
  const toml::table* study = file["study"].as_table();
  const toml::table* scenarios = file["scenarios"].as_table();
  if (study != nullptr) {
    read_study_table(reading, *study);
  } else {
    keys.fault(
        "study", {"tabel [study] tidak ada", "the table [study] is missing"},
        {"[study] dengan name, title, base_year, years, …", "[study] with name, title, base_year, years, …"});
  }
  if (scenarios == nullptr || scenarios->empty()) {
    keys.fault("scenarios", {"studi ini tidak punya skenario", "the study has no scenario"},
               {"[scenarios.base] dengan name, name_en, projects, trends",
                "[scenarios.base] with name, name_en, projects, trends"});
    return;
  }
  for (const NamedTable& named : in_file_order(reading, *scenarios)) {
    reading.world.scenarios.push_back(read_scenario(reading, named));
  }
}

}  // namespace

void read_study_file(Reading& reading, const std::string& text) {
  toml::table file;
  try {
    file = toml::parse(text, std::string(kStudyFile));
  } catch (const toml::parse_error& error) {
    reading.faults.add({.file = std::string(kStudyFile),
                        .line = error.source().begin.line,
                        .column = error.source().begin.column,
                        .found = {"di sini berkas ini bukan TOML yang benar", shown(error.description())},
                        .expected = {"TOML 1.0 dalam UTF-8", "TOML 1.0 in UTF-8"}});
    return;
  }
  read_tables_of_file(reading, file);
}

}  // namespace gerbang::io
