// Which ways the goods between the two take: services that join them, roads, ports of others.
#include <algorithm>

#include "gerbang/base/units.h"
#include "gerbang/report/brief_context.h"
#include "gerbang/report/pair_routes.h"

namespace gerbang::report {
namespace {

std::string mode_name(const BriefContext& context, const std::string& mode) {
  constexpr std::pair<std::string_view, Text> kModes[] = {{"sea", {"kapal", "ship"}},
                                                          {"ferry", {"feri", "ferry"}},
                                                          {"rail", {"kereta api", "rail"}},
                                                          {"air", {"udara", "air"}},
                                                          {"pipeline", {"pipa", "pipeline"}}};
  for (const auto& [id, name] : kModes)
    if (id == mode) return context.in(name);
  return mode;
}

std::string classes_text(const BriefContext& context, const Service& service) {
  std::string text;
  for (const FreightClassId m : service.classes) text += (text.empty() ? "" : ", ") + context.class_name(m);
  return text;
}

std::string share_text(const BriefContext& context, double kt, const PairRoutes& way) {
  if (way.kt <= 0.0 || kt <= 0.0) return "–";
  const double percent = kPercent * kt / way.kt;
  return percent < 0.5 ? "< 1 %" : context.page().number(percent, 0) + " %";
}

struct Way {
  std::size_t from = 0;  // which side
  std::string by;
};
// Per cent of the tonnes that go from that side to the other.
Span share_span(const BriefContext& context, double kt, const PairRoutes& routes, const Way& way) {
  const std::string text = share_text(context, kt, routes);
  if (routes.kt <= 0.0 || kt <= 0.0) return {text};
  const auto region = [&](std::size_t side) { return context.world().regions[context.sides()[side]].id; };
  return {text, Tone::kPlain,
          context.worked_out(kPercent * kt / routes.kt,
                             {"jalur angkutan pasangan ini", "ways of this pair's goods"},
                             {{"origin_region_id", region(way.from)},
                              {"destination_region_id", region(1 - way.from)},
                              {"way", way.by}},
                             context.in({"bagian dari kt, %", "share of kt, %"}))};
}

// A service that joins the two directly, and what of each direction's tonnes it carries.
std::vector<Line> service_row(const BriefContext& context, const DirectRide& ride,
                              const std::vector<PairRoutes>& routes) {
  const World& world = *context.outcome().world;
  const Service& service = world.services[ride.service];
  std::vector<Line> row;
  std::string what = mode_name(context, service.mode) + ", " +
                     context.in(both_names(service.carrier, service.carrier_en)) + ": " +
                     classes_text(context, service);
  if (service.project)
    what += context.say({" (proyek {})", " (project {})"}, world.projects[*service.project].id);
  row.push_back({Span{what}});
  row.push_back(
      {Span{context.short_number(service.departures_per_week), Tone::kPlain,
            context.result(service.departures_per_week, "services",
                           {{"service_id", service.id}, {"sequence", "1"}}, "departures_per_week")}});
  const ServiceLeg& leg = service.legs[ride.legs.front()];
  row.push_back({Span{context.page().number(ride.distance_nm, 0), Tone::kPlain,
                      context.study(ride.distance_nm, "service_leg", "service_id=" + service.id,
                                    "distance_nm", leg.provenance)}});
  row.push_back({Span{
      context.page().number(ride.time_h, 0), Tone::kPlain,
      context.study(ride.time_h, "service_leg", "service_id=" + service.id, "time_h", leg.provenance)}});
  for (std::size_t from = 0; from < routes.size(); ++from) {
    double kt = 0.0;
    for (const auto& [id, carried] : routes[from].on_service)
      if (id == ride.service) kt = carried;
    row.push_back({share_span(context, kt, routes[from], {from, service.id})});
  }
  return row;
}

std::vector<Line> share_row(const BriefContext& context, const Text& words,
                            const std::vector<PairRoutes>& routes, double (*part)(const PairRoutes&)) {
  std::vector<Line> row = {{Span{context.in(words)}}, {}, {}, {}};
  for (std::size_t from = 0; from < routes.size(); ++from)
    row.push_back({share_span(context, part(routes[from]), routes[from], {from, context.in(words)})});
  return row;
}

Block routes_table(const BriefContext& context, const std::vector<DirectRide>& rides,
                   const std::vector<PairRoutes>& routes) {
  std::vector<std::vector<Line>> cells = {{{Span{context.in({"Jalur yang dipakai", "Ways taken"})}},
                                           {Span{context.in({"keberangkatan/minggu", "sailings/week"})}},
                                           {Span{context.in({"mil laut", "nautical miles"})}},
                                           {Span{context.in({"jam berlayar", "hours sailing"})}}}};
  for (std::size_t from = 0; from < 2; ++from)
    cells.front().push_back(
        {Span{context.say({"dari {}", "from {}"}, context.short_name(context.sides()[from]))}});
  for (const DirectRide& ride : rides) cells.push_back(service_row(context, ride, routes));
  const auto total = [&](double (*part)(const PairRoutes&)) { return part(routes[0]) + part(routes[1]); };
  const auto by_road = [](const PairRoutes& way) { return way.road_kt; };
  if (total(by_road) > kLeastKt)
    cells.push_back(share_row(context, {"jalan saja", "road alone"}, routes, by_road));
  const auto elsewhere = [](const PairRoutes& way) { return way.elsewhere_kt(); };
  if (total(elsewhere) > kLeastKt)
    cells.push_back(share_row(context, {"lewat pelabuhan wilayah lain", "through ports of other regions"},
                              routes, elsewhere));
  return table(std::move(cells));
}

Line elsewhere_line(const BriefContext& context, const std::vector<PairRoutes>& routes) {
  std::vector<std::pair<double, std::string>> ports;
  for (const PairRoutes& way : routes)
    for (const auto& [region, kt] : way.handled_elsewhere) {
      const std::string name = context.short_name(region);
      const auto known =
          std::find_if(ports.begin(), ports.end(), [&](const auto& port) { return port.second == name; });
      if (known == ports.end()) {
        ports.emplace_back(-kt, name);
      } else {
        known->first -= kt;
      }
    }
  std::sort(ports.begin(), ports.end());
  constexpr std::size_t kNamed = 3;
  std::string names;
  for (std::size_t i = 0; i < std::min(kNamed, ports.size()); ++i)
    names += (i > 0 ? ", " : "") + ports[i].second;
  return names.empty() ? Line{}
                       : Line{Span{context.say({"Pelabuhan lain yang dilewati: terutama {}. ",
                                                "Other ports on the way: {} above all. "},
                                               names)}};
}

}  // namespace

void say_routes(const BriefContext& context, std::vector<Block>& blocks) {
  const RegionId a = context.sides()[0], b = context.sides()[1];
  const std::vector<PairRoutes> routes =
      pair_routes(*context.sources().run.base_year, context.outcome(), {{a, b}, {b, a}});
  blocks.push_back(routes_table(context, rides_either_way(*context.outcome().world, a, b), routes));
  Line notes = elsewhere_line(context, routes);
  notes.push_back({context.in(
      {"Rp/ton: uang yang dibayar dari pintu ke pintu; jam: dari pintu ke pintu, termasuk menunggu kapal. "
       "Panah: sebelum → sesudah skenario. Persen: bagian ton yang memakai jalur itu. Studi ini tidak memuat "
       "data penumpang.",
       "IDR/t: money paid from door to door; hours: from door to door, waiting for the ship included. "
       "Arrows: "
       "before → with the scenario. Per cent: share of the tonnes that take that way. The study has no data "
       "on "
       "passengers."})});
  blocks.push_back(note(std::move(notes)));
}

}  // namespace gerbang::report
