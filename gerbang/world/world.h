// The nouns of a study: regions with economies, a multimodal network, projects, trends. A World is plain
// values, read by io, changed only by apply() (apply.h). Numeric columns are described once, in fields.h,
// which the reader, the edits and the draws share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gerbang/base/id.h"
#include "gerbang/base/matrix.h"
#include "gerbang/base/table.h"

namespace gerbang {

// Where a row comes from; travels into the results.
enum class Quality { kOfficial, kDerived, kAssumed };
struct Provenance {
  std::string source;
  Quality quality = Quality::kAssumed;
  std::string note{};
};

struct Region;
struct Sector;
struct FreightClass;
struct Node;
struct Link;
struct Terminal;
struct Service;
struct Project;
struct Scenario;
using RegionId = Id<Region>;
using SectorId = Id<Sector>;
using FreightClassId = Id<FreightClass>;
using NodeId = Id<Node>;
using LinkId = Id<Link>;
using TerminalId = Id<Terminal>;
using ServiceId = Id<Service>;
using ProjectId = Id<Project>;
using ScenarioId = Id<Scenario>;

// A place that makes, buys and lives. Money in IDR bn a year.
struct Region {
  std::string id;
  std::string name;
  std::string name_en;  // blank where it is the same, as below
  std::string group;    // regions of one group are printed as one line
  std::string group_en;
  NodeId node;              // where its trucks start and end
  bool is_foreign = false;  // the rest of the world
  double population = 0.0;  // persons
  double area_km2 = 0.0;
  std::optional<double> intra_km;   // haul within the region; default ½ √(area/π), capped by a parameter
  double final_demand_ratio = 1.0;  // local final demand over value added; the rest is the region's surplus
  double government_idr_bn = 0.0;   // public consumption by place
  double investment_idr_bn = 0.0;   // gross fixed capital formation by place
  Provenance provenance;
};

struct Sector {
  std::string id;
  std::string name;  // Indonesian
  std::string name_en;
  std::string group;                            // what validation compares
  std::optional<FreightClassId> freight_class;  // none: it does not travel as freight
  double value_mn_idr_per_tonne = 0.0;
  double trade_elasticity = 5.0;     // θ
  double distance_elasticity = 0.0;  // decay with great-circle distance beyond what freight cost explains
  double own_region_log = 0.0;       // ln of the extra weight of the region's own supply
  double labour_share = 1.0;         // λ_s: share of value added that moves with people
  Provenance provenance;
};

struct FreightClass {
  std::string id;
  std::string name;
  std::string name_en;
  double payload_t = 10.0;
  double empty_share = 0.0;  // empty trips per loaded trip
  double pcu_per_vehicle = 2.5;
  double value_mn_idr_per_tonne = 1.0;
  double time_value_percent_per_day = 1.0;  // of the value, for a day in transit
  double road_idr_per_tonne_km = 1000.0;
  double not_served_mn_idr_per_tonne = 50.0;  // price above which, in the short run, nothing is shipped
  Provenance provenance;
};

struct Node {
  std::string id;
  std::string name;
  std::string name_en;
  std::string type;  // region, junction, port
  double lon = 0.0;  // degrees east, EPSG:4326
  double lat = 0.0;  // degrees north
  Provenance provenance;
};

// A road (or a short ferry that trucks board like a road); both directions unless is_directed.
struct Link {
  std::string id;
  std::string name;
  std::string name_en;
  NodeId from;
  NodeId to;
  bool is_directed = false;
  std::string facility;
  double length_km = 0.0;
  double free_speed_kmh = 40.0;
  double capacity_pcu_h = 0.0;  // each direction
  double vdf_alpha = 0.15;
  double vdf_beta = 4.0;
  double background_pcu_h = 0.0;  // each direction, not modelled here
  double toll_idr_per_vehicle = 0.0;
  double cost_factor = 1.0;          // multiplies the class's cost per tonne-km
  std::optional<RegionId> earner;    // of the toll
  std::optional<ProjectId> project;  // absent until that project is in force
  bool is_present = true;            // apply() clears it; ids stay the same in every scenario and year
  Provenance provenance;
};

struct Terminal {
  std::string id;
  std::string name;
  std::string name_en;
  NodeId node;
  RegionId region;
  std::string cluster;  // terminals of one port: their weight in a first or last leg is shared
  std::vector<FreightClassId> classes;
  std::optional<double>
      capacity_mt_per_year;  // loading and unloading, million tonnes; none: by the base-year use
  double handling_idr_per_tonne = 0.0;
  double handling_h = 0.0;  // handling and dwell when empty
  RegionId earner;
  std::optional<ProjectId> project;
  bool is_present = true;
  Provenance provenance;
};

// A scheduled way between terminals: legs in calling order. When the last leg ends where the first began, it
// is a loop.
struct ServiceLeg {
  TerminalId from;
  TerminalId to;
  double distance_nm = 0.0;
  double time_h = 0.0;
  double tariff_idr_per_tonne = 0.0;
  std::vector<std::pair<double, double>> route;  // lon, lat; empty: a straight line
  Provenance provenance;
};
struct Service {
  std::string id;
  std::string name;
  std::string name_en;
  std::string mode;  // sea, ferry, rail, air, pipeline
  std::string carrier;
  std::string carrier_en;
  std::vector<FreightClassId> classes;
  double departures_per_week = 0.0;
  std::optional<double> capacity_t_per_departure;  // none: by the base-year use
  double tariff_factor = 1.0;                      // multiplies the tariffs of all legs
  RegionId earner;
  std::optional<ProjectId> project;
  bool is_present = true;
  std::vector<ServiceLeg> legs;
  Provenance provenance;
};

enum class ProjectStatus { kOperating, kCommitted, kProposed };
struct ProjectOwner {
  std::string party;
  std::string party_en;
  std::optional<RegionId> region;  // the regional government that owns; none: the state or a company
  double cost_share = 0.0;
  Provenance provenance;
};
struct Project {
  std::string id;
  std::string name;
  std::string name_en;
  ProjectStatus status = ProjectStatus::kProposed;
  std::optional<int> year;            // in force from; none: not dated
  std::optional<double> cost_idr_bn;  // none: unknown
  std::optional<double> land_ha;
  std::optional<RegionId> region;
  std::vector<ProjectId> needs;
  std::vector<ProjectId> excludes;
  std::vector<ProjectOwner> owners;  // all must take part
  Provenance provenance;
};

// A change of one cell: of the table, the row with this id, the column.
enum class EditOperation { kSet, kAdd, kMultiply };
struct Edit {
  std::optional<ProjectId> project;  // in force with that project; none: always
  std::string table;
  std::string row;
  std::string column;
  EditOperation operation = EditOperation::kSet;
  double value = 0.0;
  Provenance provenance;
};

enum class TrendVariable { kPopulation, kProductivity, kGovernment, kInvestment };
// The value of a variable in a year, relative to (multiply) or on top of (add) the base year; linear between
// the years given, constant after the last, neutral (1 or 0) in the base year.
struct TrendPoint {
  std::string trend;
  TrendVariable variable = TrendVariable::kPopulation;
  std::optional<RegionId> region;  // none: every domestic region
  std::optional<SectorId> sector;  // productivity only; none: every sector
  int year = 0;
  EditOperation operation = EditOperation::kMultiply;  // kMultiply or kAdd
  double value = 1.0;
  std::optional<ProjectId> project;  // runs while this project is in force, whatever trends a scenario runs
  bool is_present = true;
  Provenance provenance;
};
// People that a trend adds at the destination leave these origins, by share.
struct Move {
  std::string trend;
  RegionId origin;
  RegionId destination;
  double share = 0.0;
  Provenance provenance;
};
// Who pays for the public demand that a trend adds beyond what it shifts; no row: every domestic region by
// income.
struct Payer {
  std::string trend;
  RegionId region;
  double share = 0.0;
  Provenance provenance;
};

// Value added of a region's sector, IDR bn in the base year.
struct ValueAdded {
  RegionId region;
  SectorId sector;
  double value_added_idr_bn = 0.0;
  Provenance provenance;
};
// Cost share of input k in using sector s, of the value of output.
struct InputCoefficient {
  SectorId input;
  SectorId user;
  double coefficient = 0.0;
  Provenance provenance;
};
enum class FinalUser { kHouseholds, kGovernment, kInvestment };
struct FinalDemandShare {
  FinalUser user = FinalUser::kHouseholds;
  SectorId sector;
  double share = 0.0;
  Provenance provenance;
};
// Exports or imports by sector; without region the nation's total, which known regional rows are part of.
enum class TradeDirection { kExport, kImport };
struct ForeignTrade {
  TradeDirection direction = TradeDirection::kExport;
  std::optional<RegionId> region;
  SectorId sector;
  double value_idr_bn = 0.0;
  Provenance provenance;
};
// An observed flow that overrides the gravity prior: value at the buyer's price.
struct ObservedFlow {
  RegionId origin;
  RegionId destination;
  SectorId sector;
  double value_idr_bn = 0.0;
  Provenance provenance;
};

// A stage that an agreement between regions goes through: what the register's documents name. No part of the
// model.
struct CooperationStage {
  std::string id;
  std::string name;  // Indonesian
  std::string name_en;
  bool asks_council = false;  // here the register asks whether the councils have to approve
  Provenance provenance;
};

// Tonnes that somebody counted in the base year, held out of the study: what results are compared with.
struct Observation {
  std::string id;
  std::string name;  // Indonesian
  std::string name_en;
  std::optional<TerminalId> terminal;  // loaded and unloaded there
  std::optional<ServiceId> service;    // or carried by it, all legs together
  double kt_per_year = 0.0;
  Provenance provenance;
};

// Figures of the model as a whole, rows of parameter.csv; every default is a row of docs/study.md.
struct Parameters {
  double chain_dispersion = 8.0;  // μ_m · median cost of a one-service chain
  double road_operating_h_per_year = 6000.0;
  double assumed_use = 0.6;   // base-year use over capacity where capacity is not known
  double delay_alpha = 0.15;  // delay h₀ (1 + α (use/capacity)^β)
  double delay_beta = 4.0;
  double intra_region_km_cap = 150.0;
  double material_change_percent = 0.01;   // EV below this share of income is no material change
  double project_discount_percent = 10.0;  // a year, of a project's benefit over its cost
  double project_life_years = 20.0;        // for which its yearly benefit is counted
  double foreign_size = 20.0;              // the rest of the world's value added over the nation's
};

// A parameter that the study sets, and from where; the others keep their default.
struct ParameterRow {
  std::string parameter;
  Provenance provenance;
};

struct Scenario {
  std::string id;
  std::string name;
  std::string name_en;
  std::optional<ScenarioId> predecessor;
  std::vector<ProjectId> projects;
  std::vector<std::string> trends;
};

// A cell whose value is estimated: what a draw may change, as a set-edit.
struct Uncertainty {
  std::string table;
  std::string row;
  std::string column;
  double low = 0.0;
  double value = 0.0;
  double high = 0.0;
};

struct World {
  std::string name;   // of the study
  std::string title;  // Indonesian
  std::string title_en;
  std::string currency = "IDR";
  int base_year = 0;
  std::vector<int> years;
  SectorId transport_sector;  // what freight money is demand for

  Parameters parameters;
  std::vector<ParameterRow> parameter_rows;
  Table<RegionId, Region> regions;
  Table<SectorId, Sector> sectors;
  Table<FreightClassId, FreightClass> freight_classes;
  Table<NodeId, Node> nodes;
  Table<LinkId, Link> links;
  Table<TerminalId, Terminal> terminals;
  Table<ServiceId, Service> services;
  Table<ProjectId, Project> projects;
  Table<ScenarioId, Scenario> scenarios;

  std::vector<ValueAdded> value_added;
  std::vector<InputCoefficient> input_output;
  std::vector<FinalDemandShare> final_demand;
  std::vector<ForeignTrade> foreign_trade;
  std::vector<ObservedFlow> observed_flows;
  std::vector<Edit> edits;
  std::vector<TrendPoint> trends;
  std::vector<Move> moves;
  std::vector<Payer> payers;
  std::vector<Observation> observations;
  std::vector<CooperationStage> cooperation_stages;  // in the order in which they are gone through
  std::vector<Uncertainty> uncertainties;
};

}  // namespace gerbang
