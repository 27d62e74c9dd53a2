// The document of one outcome: every road, terminal and service leg by class, the largest flows of every
// region, all flows between groups of regions.
#include <algorithm>
#include <compare>
#include <set>

#include "gerbang/base/units.h"
#include "gerbang/report/page_data.h"
#include "gerbang/report/page_goods.h"
#include "gerbang/report/page_numbers.h"
#include "gerbang/report/use.h"

namespace gerbang::report {
namespace {

using evaluate::Outcome;

// The largest flows that are kept of every region in either direction; and of each class at least.
constexpr std::size_t kFlowsKept = 10;
constexpr std::size_t kFlowsKeptOfClass = 4;

// One column a class.
PageJson class_columns(std::size_t classes) {
  return PageJson(classes, PageJson::array());
}

PageJson regions_json(const Outcome& outcome) {
  const trade::Equilibrium& equilibrium = outcome.equilibrium;
  std::vector<double> output(outcome.world->regions.size());
  for (std::size_t n = 0; n < output.size(); ++n)
    for (std::size_t s = 0; s < equilibrium.output.columns(); ++s) output[n] += equilibrium.output(n, s);
  return {{"population", page_numbers(outcome.trends.population)},
          {"income_idr_bn", page_numbers(equilibrium.income)},
          {"value_added_idr_bn", page_numbers(equilibrium.value_added)},
          {"output_idr_bn", page_numbers(output)},
          {"freight_revenue_idr_bn", page_numbers(equilibrium.freight_revenue)}};
}

void add_direction(PageJson& columns, const std::string& name, const std::optional<DirectionUse>& direction,
                   std::size_t classes) {
  columns[name + "_pcu_h"].push_back(direction ? page_number(direction->pcu_h) : nullptr);
  columns[name + "_minutes"].push_back(direction ? page_number(kMinutesPerHour * direction->time_h)
                                                 : nullptr);
  for (std::size_t m = 0; m < classes; ++m)
    columns[name + "_kt"][m].push_back(direction ? page_number(direction->kt_by_class[m]) : PageJson(0));
}

PageJson links_json(const Sheet& sheet) {
  const World& world = *sheet.outcome().world;
  const std::size_t classes = world.freight_classes.size();
  PageJson columns = empty_columns({"link", "capacity_pcu_h", "background_pcu_h", "forward_pcu_h",
                                    "forward_minutes", "reverse_pcu_h", "reverse_minutes"});
  columns["forward_kt"] = class_columns(classes);
  columns["reverse_kt"] = class_columns(classes);
  for (const LinkUse& use : link_uses(sheet.outcome(), sheet.network)) {
    const Link& link = world.links[use.link];
    columns["link"].push_back(use.link.value());
    columns["capacity_pcu_h"].push_back(page_number(link.capacity_pcu_h));
    columns["background_pcu_h"].push_back(page_number(link.background_pcu_h));
    add_direction(columns, "forward", use.directions[0], classes);
    add_direction(columns, "reverse", use.directions[1], classes);
  }
  return columns;
}

PageJson terminals_json(const Sheet& sheet) {
  const Outcome& outcome = sheet.outcome();
  const std::size_t classes = outcome.world->freight_classes.size();
  PageJson columns = empty_columns({"terminal", "capacity_kt", "use", "capacity_basis"});
  columns["kt"] = class_columns(classes);
  for (const TerminalUse& use : terminal_uses(outcome, sheet.network)) {
    columns["terminal"].push_back(use.terminal.value());
    columns["capacity_kt"].push_back(page_number(use.capacity_kt));
    columns["use"].push_back(page_figure(use.use));
    columns["capacity_basis"].push_back(capacity_basis(*sheet.run.base_year, *outcome.world, use));
    for (std::size_t m = 0; m < classes; ++m)
      columns["kt"][m].push_back(page_number(outcome.loads.terminal_by_class(m, use.terminal.value())));
  }
  return columns;
}

PageJson legs_json(const Sheet& sheet) {
  const Outcome& outcome = sheet.outcome();
  const std::size_t classes = outcome.world->freight_classes.size();
  PageJson columns =
      empty_columns({"service", "leg", "departures_per_week", "capacity_kt", "use", "capacity_basis"});
  columns["kt"] = class_columns(classes);
  for (const LegUse& use : leg_uses(outcome, sheet.network)) {
    columns["service"].push_back(use.service.value());
    columns["leg"].push_back(use.leg);
    columns["departures_per_week"].push_back(
        page_number(outcome.world->services[use.service].departures_per_week));
    columns["capacity_kt"].push_back(page_number(use.capacity_kt));
    columns["use"].push_back(page_figure(use.use));
    columns["capacity_basis"].push_back(capacity_basis(*sheet.run.base_year, *outcome.world, use));
    for (std::size_t m = 0; m < classes; ++m)
      columns["kt"][m].push_back(page_number(outcome.loads.leg_by_class(m, use.index)));
  }
  return columns;
}

// A flow of goods of one class between two regions.
struct GoodsFlow {
  std::size_t freight_class = 0;
  std::size_t destination = 0;
  std::size_t origin = 0;
  double kt = 0.0;

  friend auto operator<=>(const GoodsFlow&, const GoodsFlow&) = default;
};

// Keeps the largest of the flows, the largest first; ties in the order of class, destination and origin.
std::vector<GoodsFlow> largest(std::vector<GoodsFlow> flows, std::size_t count) {
  std::erase_if(flows, [](const GoodsFlow& flow) { return flow.kt <= 0.0; });
  const std::size_t kept = std::min(count, flows.size());
  std::partial_sort(
      flows.begin(), flows.begin() + static_cast<std::ptrdiff_t>(kept), flows.end(),
      [](const GoodsFlow& a, const GoodsFlow& b) { return a.kt != b.kt ? a.kt > b.kt : a < b; });
  flows.resize(kept);
  return flows;
}

// The largest flows out of and into every region: of all classes together, and a few of each.
std::set<GoodsFlow> largest_flows(const Outcome& outcome) {
  const std::vector<Matrix>& tonnes = outcome.equilibrium.tonnes;
  const std::size_t regions = outcome.world->regions.size();
  std::set<GoodsFlow> kept;
  const auto keep = [&](const std::vector<GoodsFlow>& flows) { kept.insert(flows.begin(), flows.end()); };
  for (std::size_t region = 0; region < regions; ++region) {
    std::vector<GoodsFlow> out, in;
    for (std::size_t m = 0; m < tonnes.size(); ++m) {
      std::vector<GoodsFlow> out_of_class, into_class;
      for (std::size_t other = 0; other < regions; ++other) {
        if (other == region) continue;
        out_of_class.push_back({m, other, region, tonnes[m](other, region)});
        into_class.push_back({m, region, other, tonnes[m](region, other)});
      }
      keep(largest(out_of_class, kFlowsKeptOfClass));
      keep(largest(into_class, kFlowsKeptOfClass));
      out.insert(out.end(), out_of_class.begin(), out_of_class.end());
      in.insert(in.end(), into_class.begin(), into_class.end());
    }
    keep(largest(std::move(out), kFlowsKept));
    keep(largest(std::move(in), kFlowsKept));
  }
  return kept;
}

PageJson flows_json(const Outcome& outcome) {
  PageJson columns =
      empty_columns({"freight_class", "origin", "destination", "kt", "cost_idr_per_tonne", "hours"});
  for (const GoodsFlow& flow : largest_flows(outcome)) {
    const std::size_t m = flow.freight_class, n = flow.destination, i = flow.origin;
    columns["freight_class"].push_back(m);
    columns["origin"].push_back(i);
    columns["destination"].push_back(n);
    columns["kt"].push_back(page_figure(flow.kt));
    columns["cost_idr_per_tonne"].push_back(page_figure(kIdrPerMnIdr * outcome.cost[m](n, i)));
    columns["hours"].push_back(page_figure(outcome.hours[m](n, i)));
  }
  return columns;
}

// By class, then origin group × destination group, row after row; flows within a region are left out.
PageJson group_flows(const World& world, const std::vector<Matrix>& by_class) {
  std::vector<std::string> names;
  std::vector<std::size_t> group;
  for (const Region& region : world.regions) {
    const auto known = std::find(names.begin(), names.end(), region.group);
    group.push_back(static_cast<std::size_t>(known - names.begin()));
    if (known == names.end()) names.push_back(region.group);
  }
  PageJson json = PageJson::array();
  for (const Matrix& flow : by_class) {
    std::vector<double> sums(names.size() * names.size());
    for (std::size_t n = 0; n < group.size(); ++n)
      for (std::size_t i = 0; i < group.size(); ++i)
        if (i != n) sums[group[i] * names.size() + group[n]] += flow(n, i);
    json.push_back(page_figures(sums));
  }
  return json;
}

}  // namespace

nlohmann::ordered_json outcome_document(const Sheet& sheet) {
  const Outcome& outcome = sheet.outcome();
  return {{"scenario", outcome.scenario},
          {"year", outcome.year},
          {"hash", outcome.hash},
          {"regions", regions_json(outcome)},
          {"links", links_json(sheet)},
          {"terminals", terminals_json(sheet)},
          {"legs", legs_json(sheet)},
          {"flows", flows_json(outcome)},
          {"goods", goods_json(sheet)},
          {"group_flows", {{"kt", group_flows(*outcome.world, outcome.equilibrium.tonnes)}}}};
}

}  // namespace gerbang::report
