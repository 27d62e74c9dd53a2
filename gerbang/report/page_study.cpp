// The study document: regions, network, projects, scenarios as the page needs to draw and name them.
#include <map>

#include "gerbang/report/columns.h"
#include "gerbang/report/page_data.h"
#include "gerbang/report/page_numbers.h"
#include "gerbang/report/summary.h"
#include "gerbang/world/names.h"

namespace gerbang::report {
namespace {

constexpr int kFormat = 1;

PageJson place_json(const World& world, NodeId node) {
  return {page_number(world.nodes[node].lon), page_number(world.nodes[node].lat)};
}

template <class IdType>
PageJson optional_index(const std::optional<IdType>& id) {
  return id ? PageJson(id->value()) : PageJson(nullptr);
}

template <class IdType>
PageJson indices(const std::vector<IdType>& ids) {
  PageJson list = PageJson::array();
  for (const IdType id : ids) list.push_back(id.value());
  return list;
}

void add_provenance(PageJson& json, const Provenance& provenance) {
  json["quality"] = name_of(provenance.quality);
  json["source"] = provenance.source;
}

// Groups in the order in which their first region stands in the study.
class Groups {
 public:
  std::size_t index_of(const Region& region) {
    const auto [known, is_new] = index_.try_emplace(region.group, names_.size());
    if (is_new) {
      names_.push_back(region.group);
      names_en_.emplace_back(both_names(region.group, region.group_en).en);
    }
    return known->second;
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] const std::vector<std::string>& names_en() const { return names_en_; }

 private:
  std::map<std::string, std::size_t> index_;
  std::vector<std::string> names_, names_en_;
};

void add_regions(PageJson& json, const World& world) {
  Groups groups;
  json["regions"] = PageJson::array();
  for (const Region& region : world.regions) {
    PageJson row = {{"region_id", region.id},
                    {"name", region.name},
                    {"name_en", english_name(region)},
                    {"group", groups.index_of(region)},
                    {"place", place_json(world, region.node)},
                    {"is_foreign", region.is_foreign}};
    add_provenance(row, region.provenance);
    json["regions"].push_back(std::move(row));
  }
  json["groups"] = groups.names();
  json["groups_en"] = groups.names_en();
}

PageJson outlines_json(const ResultSources& sources) {
  PageJson outlines = PageJson::array();
  for (const io::Outline& outline : sources.outlines) {
    PageJson polygons = PageJson::array();
    for (const io::Polygon& polygon : outline) {
      PageJson rings = PageJson::array();
      for (const io::Ring& ring : polygon) {
        PageJson points = PageJson::array();
        for (const auto& [lon, lat] : ring) points.push_back({page_number(lon), page_number(lat)});
        rings.push_back(std::move(points));
      }
      polygons.push_back(std::move(rings));
    }
    outlines.push_back(std::move(polygons));
  }
  return outlines;
}

void add_goods(PageJson& json, const World& world) {
  json["freight_classes"] = PageJson::array();
  for (const FreightClass& freight : world.freight_classes)
    json["freight_classes"].push_back(
        {{"freight_class_id", freight.id}, {"name", freight.name}, {"name_en", freight.name_en}});
  json["sectors"] = PageJson::array();
  for (const Sector& sector : world.sectors)
    json["sectors"].push_back({{"sector_id", sector.id},
                               {"name", sector.name},
                               {"name_en", sector.name_en},
                               {"freight_class", optional_index(sector.freight_class)}});
}

PageJson links_json(const World& world) {
  PageJson links = PageJson::array();
  for (const Link& link : world.links) {
    PageJson row = {{"link_id", link.id},
                    {"name", link.name},
                    {"name_en", english_name(link)},
                    {"from_name", world.nodes[link.from].name},
                    {"from_name_en", english_name(world.nodes[link.from])},
                    {"to_name", world.nodes[link.to].name},
                    {"to_name_en", english_name(world.nodes[link.to])},
                    {"from", place_json(world, link.from)},
                    {"to", place_json(world, link.to)},
                    {"is_directed", link.is_directed},
                    {"is_connector", link.vdf_alpha == 0.0},
                    {"facility_type", link.facility},
                    {"length_km", page_number(link.length_km)},
                    {"free_speed_kmh", page_number(link.free_speed_kmh)},
                    {"capacity_pcu_h", page_number(link.capacity_pcu_h)},
                    {"toll_idr_per_vehicle", page_number(link.toll_idr_per_vehicle)},
                    {"project", optional_index(link.project)}};
    add_provenance(row, link.provenance);
    links.push_back(std::move(row));
  }
  return links;
}

PageJson terminals_json(const World& world) {
  PageJson terminals = PageJson::array();
  for (const Terminal& terminal : world.terminals) {
    PageJson row = {{"terminal_id", terminal.id},
                    {"name", terminal.name},
                    {"name_en", english_name(terminal)},
                    {"place", place_json(world, terminal.node)},
                    {"region", terminal.region.value()},
                    {"cluster", terminal.cluster},
                    {"freight_classes", indices(terminal.classes)},
                    {"capacity_mt_per_year", page_number(terminal.capacity_mt_per_year)},
                    {"handling_idr_per_tonne", page_number(terminal.handling_idr_per_tonne)},
                    {"handling_h", page_number(terminal.handling_h)},
                    {"earner", terminal.earner.value()},
                    {"project", optional_index(terminal.project)}};
    add_provenance(row, terminal.provenance);
    terminals.push_back(std::move(row));
  }
  return terminals;
}

// Sea routes, each once: several services sail the same way.
class Routes {
 public:
  std::size_t index_of(const std::vector<std::pair<double, double>>& route) {
    const auto [known, is_new] = index_.try_emplace(route, json_.size());
    if (is_new) {
      PageJson points = PageJson::array();
      for (const auto& [lon, lat] : route) points.push_back({page_number(lon), page_number(lat)});
      json_.push_back(std::move(points));
    }
    return known->second;
  }
  [[nodiscard]] PageJson take() { return std::move(json_); }

 private:
  std::map<std::vector<std::pair<double, double>>, std::size_t> index_;
  PageJson json_ = PageJson::array();
};

std::vector<std::pair<double, double>> route_of(const World& world, const ServiceLeg& leg) {
  if (leg.route.size() >= 2) return leg.route;
  const Node& from = world.nodes[world.terminals[leg.from].node];
  const Node& to = world.nodes[world.terminals[leg.to].node];
  return {{from.lon, from.lat}, {to.lon, to.lat}};
}

void add_services(PageJson& json, const World& world) {
  Routes routes;
  json["services"] = PageJson::array();
  for (const Service& service : world.services) {
    PageJson row = {{"service_id", service.id},
                    {"name", service.name},
                    {"name_en", english_name(service)},
                    {"mode", service.mode},
                    {"carrier", service.carrier},
                    {"carrier_en", both_names(service.carrier, service.carrier_en).en},
                    {"freight_classes", indices(service.classes)},
                    {"departures_per_week", page_number(service.departures_per_week)},
                    {"tariff_factor", page_number(service.tariff_factor)},
                    {"earner", service.earner.value()},
                    {"project", optional_index(service.project)},
                    {"legs", PageJson::array()}};
    add_provenance(row, service.provenance);
    for (const ServiceLeg& leg : service.legs)
      row["legs"].push_back({{"from", leg.from.value()},
                             {"to", leg.to.value()},
                             {"distance_nm", page_number(leg.distance_nm)},
                             {"time_h", page_number(leg.time_h)},
                             {"tariff_idr_per_tonne", page_number(leg.tariff_idr_per_tonne)},
                             {"route", routes.index_of(route_of(world, leg))}});
    json["services"].push_back(std::move(row));
  }
  json["routes"] = routes.take();
}

PageJson projects_json(const World& world) {
  PageJson projects = PageJson::array();
  for (const Project& project : world.projects) {
    PageJson row = {{"project_id", project.id},
                    {"name", project.name},
                    {"name_en", project.name_en},
                    {"status", name_of(project.status)},
                    {"year", project.year ? PageJson(*project.year) : PageJson(nullptr)},
                    {"cost_idr_bn", page_number(project.cost_idr_bn)},
                    {"land_ha", page_number(project.land_ha)},
                    {"region", optional_index(project.region)},
                    {"needs", indices(project.needs)},
                    {"excludes", indices(project.excludes)},
                    {"owners", PageJson::array()}};
    for (const ProjectOwner& owner : project.owners)
      row["owners"].push_back({{"party", owner.party},
                               {"party_en", both_names(owner.party, owner.party_en).en},
                               {"cost_share", page_number(owner.cost_share)}});
    add_provenance(row, project.provenance);
    projects.push_back(std::move(row));
  }
  return projects;
}

PageJson scenarios_json(const World& world) {
  PageJson scenarios = PageJson::array();
  for (const Scenario& scenario : world.scenarios)
    scenarios.push_back({{"scenario_id", scenario.id},
                         {"name", scenario.name},
                         {"name_en", scenario.name_en},
                         {"predecessor", optional_index(scenario.predecessor)},
                         {"projects", indices(scenario.projects)},
                         {"trends", scenario.trends}});
  return scenarios;
}

}  // namespace

nlohmann::ordered_json study_document(const RunResult& run, const ResultSources& sources) {
  const World& world = *run.world;
  PageJson json = {{"format", kFormat},
                   {"name", world.name},
                   {"title", world.title},
                   {"title_en", world.title_en},
                   {"study_hash", run.study_hash},
                   {"results_hash", run.hash},
                   {"version", sources.version},
                   {"base_year", world.base_year},
                   {"years", run.options.years},
                   {"is_converged", run.is_converged()},
                   {"material_change_percent", world.parameters.material_change_percent},
                   {"tolerances",
                    {{"road_gap", evaluate::kTolerances.road_gap},
                     {"use", evaluate::kTolerances.use},
                     {"road_demand", evaluate::kTolerances.road_demand},
                     {"market", evaluate::kTolerances.market}}}};
  add_regions(json, world);
  json["outlines"] = outlines_json(sources);
  add_goods(json, world);
  json["links"] = links_json(world);
  json["terminals"] = terminals_json(world);
  add_services(json, world);
  json["projects"] = projects_json(world);
  json["scenarios"] = scenarios_json(world);
  json["outcomes"] = PageJson::array();
  for (std::size_t outcome = 0; outcome < run.outcomes.size(); ++outcome)
    json["outcomes"].push_back(outcome_summary(run, outcome));
  return json;
}

}  // namespace gerbang::report
