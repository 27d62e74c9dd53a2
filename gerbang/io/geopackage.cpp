#include "gerbang/io/geopackage.h"

#include <fmt/format.h>

#include "gerbang/io/file.h"
#include "gerbang/io/geopackage_geometry.h"
#include "gerbang/io/sqlite.h"

namespace gerbang::io {
namespace {

constexpr const char* kFixedTime = "2000-01-01T00:00:00.000Z";
constexpr const char* kGeometryColumn = "geom";

// 0x47504B47 is "GPKG", 10300 version 1.3.0. Deleted and unused bytes of a page are zero.
constexpr const char* kSettings = R"(
PRAGMA page_size = 4096;
PRAGMA encoding = 'UTF-8';
PRAGMA auto_vacuum = NONE;
PRAGMA journal_mode = OFF;
PRAGMA secure_delete = ON;
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
)";

// Annex C and F.9 of the standard.
constexpr const char* kSystemTables = R"(
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')), min_x DOUBLE, min_y DOUBLE,
  max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT,
  CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (
  constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT, min NUMERIC, min_is_inclusive BOOLEAN,
  max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system'),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326,
   'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
   || 'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
   || 'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],'
   || 'AUTHORITY["EPSG","4326"]]',
   'longitude and latitude in degrees on the WGS 84 spheroid');
INSERT INTO gpkg_extensions VALUES
  ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec130/#extension_schema', 'read-write'),
  ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec130/#extension_schema',
   'read-write');
)";

// As QGIS makes it, and looks for it.
constexpr const char* kStyleTable = R"(
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
  f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
)";

const char* sql_type(ColumnType type) {
  switch (type) {
    case ColumnType::kReal:
      return "DOUBLE";
    case ColumnType::kInteger:
      return "INTEGER";
    case ColumnType::kText:
      return "TEXT";
  }
  return "";
}

const char* sql_type(GeometryType type) {
  switch (type) {
    case GeometryType::kNone:
      return "";
    case GeometryType::kPoint:
      return "POINT";
    case GeometryType::kLineString:
      return "LINESTRING";
    case GeometryType::kMultiPolygon:
      return "MULTIPOLYGON";
  }
  return "";
}

bool has_geometry(const TableDescription& table) {
  return table.geometry != GeometryType::kNone;
}

void create_table(Database& database, const TableDescription& table) {
  std::string columns = "fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL";
  if (has_geometry(table)) columns += fmt::format(", {} {}", kGeometryColumn, sql_type(table.geometry));
  for (const Column& column : table.columns)
    columns += fmt::format(", {} {}", sql_name(column.name), sql_type(column.type));
  database.execute(fmt::format("CREATE TABLE {} ({})", sql_name(table.name), columns));
}

void bind_value(Statement& statement, int parameter, const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) {
    statement.bind(parameter, *real == 0.0 ? 0.0 : *real);  // no negative zero
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    statement.bind(parameter, *integer);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    statement.bind(parameter, std::string_view(*text));
  } else {
    statement.bind_null(parameter);
  }
}

// Writes the rows and says where they lie.
Extent insert_rows(Database& database, const DescribedTable& table) {
  const TableDescription& description = table.description();
  std::string parameters = "NULL";  // fid counts by itself
  if (has_geometry(description)) parameters += ", ?";
  for (std::size_t i = 0; i < description.columns.size(); ++i) parameters += ", ?";
  Statement insert =
      database.prepare(fmt::format("INSERT INTO {} VALUES ({})", sql_name(description.name), parameters));

  Extent extent;
  std::vector<Value> values(description.columns.size());
  for (std::size_t row = 0; row < table.row_count(); ++row) {
    int parameter = 0;
    std::string blob;
    if (has_geometry(description) && !std::holds_alternative<std::monostate>(table.geometry(row))) {
      blob = geometry_blob(table.geometry(row));
      add_geometry(extent, table.geometry(row));
      insert.bind_blob(++parameter, blob);
    } else if (has_geometry(description)) {
      insert.bind_null(++parameter);
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      values[i] = table.value(row, i);
      bind_value(insert, ++parameter, values[i]);
    }
    insert.run();
  }
  return extent;
}

void insert_contents(Database& database, const TableDescription& table, const Extent& extent) {
  Statement insert =
      database.prepare("INSERT INTO gpkg_contents VALUES (?1, ?2, ?1, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  insert.bind(1, std::string_view(table.name));
  insert.bind(2, std::string_view(has_geometry(table) ? "features" : "attributes"));
  insert.bind(3, std::string_view(table.description));
  insert.bind(4, std::string_view(kFixedTime));
  if (!extent.is_empty()) {
    insert.bind(5, extent.min_lon);
    insert.bind(6, extent.min_lat);
    insert.bind(7, extent.max_lon);
    insert.bind(8, extent.max_lat);
  }
  insert.bind(9, std::int64_t{has_geometry(table) ? kWgs84 : 0});
  insert.run();
}

void insert_geometry_column(Database& database, const TableDescription& table) {
  database.execute(fmt::format("INSERT INTO gpkg_geometry_columns VALUES ({}, '{}', '{}', {}, 0, 0)",
                               sql_text(table.name), kGeometryColumn, sql_type(table.geometry), kWgs84));
}

void insert_column_descriptions(Database& database, const TableDescription& table) {
  Statement insert =
      database.prepare("INSERT INTO gpkg_data_columns VALUES (?1, ?2, NULL, ?3, ?4, NULL, NULL)");
  for (const Column& column : table.columns) {
    const std::string title =
        column.unit.empty() ? column.name : fmt::format("{} [{}]", column.name, column.unit);
    insert.bind(1, std::string_view(table.name));
    insert.bind(2, std::string_view(column.name));
    insert.bind(3, std::string_view(title));
    insert.bind(4, std::string_view(column.description));
    insert.run();
  }
}

void insert_table(Database& database, const DescribedTable& table) {
  const TableDescription& description = table.description();
  create_table(database, description);
  const Extent extent = insert_rows(database, table);
  insert_contents(database, description, extent);
  if (has_geometry(description)) insert_geometry_column(database, description);
  insert_column_descriptions(database, description);
}

void insert_styles(Database& database, std::span<const DescribedTable> tables) {
  database.execute(kStyleTable);
  insert_contents(database, {.name = "layer_styles", .description = "How QGIS draws the layers"}, {});
  Statement insert = database.prepare(
      "INSERT INTO layer_styles VALUES (NULL, '', '', ?1, ?2, ?3, ?4, '', ?5, ?6, '', NULL, ?7)");
  for (const DescribedTable& table : tables) {
    std::int64_t is_default = 1;
    for (const MapStyle& style : table.description().styles) {
      insert.bind(1, std::string_view(table.description().name));
      insert.bind(2, std::string_view(has_geometry(table.description()) ? kGeometryColumn : ""));
      insert.bind(3, std::string_view(style.name));
      insert.bind(4, std::string_view(style.qml));
      insert.bind(5, is_default);
      insert.bind(6, std::string_view(style.description));
      insert.bind(7, std::string_view(kFixedTime));
      insert.run();
      is_default = 0;
    }
  }
}

}  // namespace

void write_geopackage(const std::filesystem::path& path, std::span<const DescribedTable> tables) {
  Database database;
  database.execute(kSettings);
  database.execute("BEGIN");
  database.execute(kSystemTables);
  for (const DescribedTable& table : tables) insert_table(database, table);
  insert_styles(database, tables);
  database.execute("COMMIT");
  write_file_atomically(path, database.bytes());
}

}  // namespace gerbang::io
