// Section 3: what crosses between the two: goods both ways by class, what a tonne costs and how long it
// takes, on which services, how much goes through ports of others.
#include <algorithm>
#include <cmath>

#include "gerbang/report/brief_context.h"
#include "gerbang/report/brief_drawings.h"
#include "gerbang/report/pair_routes.h"

namespace gerbang::report {
namespace {

constexpr double kPercent = 100.0;
constexpr double kThousandIdrPerMn = 1e3;
constexpr double kLeastKt = 0.05;  // less is not worth a row

RegionPair direction(const BriefContext& context, std::size_t from) {
  return {context.sides()[from], context.sides()[1 - from]};
}

double kt_of(const evaluate::Outcome& outcome, FreightClassId m, const RegionPair& pair) {
  return outcome.equilibrium.tonnes[m.value()](pair.destination.value(), pair.origin.value());
}

double value_of(const evaluate::Outcome& outcome, FreightClassId m, const RegionPair& pair) {
  double value = 0.0;
  for (const SectorId sector : outcome.world->sectors.ids())
    if (outcome.world->sectors[sector].freight_class == m)
      value += outcome.flow[sector.value()](pair.destination.value(), pair.origin.value());
  return value;
}

bool is_connected(const evaluate::Outcome& outcome, FreightClassId m, const RegionPair& pair) {
  return std::isfinite(outcome.cost[m.value()](pair.destination.value(), pair.origin.value()));
}

Trace pair_trace(const BriefContext& context, FreightClassId m, const RegionPair& pair, double value,
                 const char* table_name, const char* column) {
  const World& world = context.world();
  return context.result(value, table_name,
                        {{"origin_region_id", world.regions[pair.origin].id},
                         {"destination_region_id", world.regions[pair.destination].id},
                         {"freight_class_id", world.freight_classes[m].id}},
                        column);
}

std::string class_name(const BriefContext& context, FreightClassId m) {
  const FreightClass& row = context.world().freight_classes[m];
  return context.in({row.name, row.name_en});
}

std::vector<FreightClassId> classes_that_cross(const BriefContext& context) {
  std::vector<FreightClassId> classes;
  for (const FreightClassId m : context.world().freight_classes.ids())
    if (kt_of(context.outcome(), m, direction(context, 0)) >= kLeastKt ||
        kt_of(context.outcome(), m, direction(context, 1)) >= kLeastKt)
      classes.push_back(m);
  return classes;
}

// Tonnes, value, money and hours a tonne of one class one way. Where the scenario changes cost or time, what
// it was before comes first.
void add_cells(const BriefContext& context, FreightClassId m, const RegionPair& pair,
               std::vector<Line>& row) {
  const evaluate::Outcome& outcome = context.outcome();
  const double kt = kt_of(outcome, m, pair);
  if (kt < kLeastKt || !is_connected(outcome, m, pair)) {
    row.insert(row.end(), 4, Line{Span{"–", Tone::kFaint}});
    return;
  }
  const std::size_t n = pair.destination.value(), i = pair.origin.value();
  const double value = value_of(outcome, m, pair);
  const auto before_and_after = [&](const std::vector<Matrix>& after, const std::vector<Matrix>* before,
                                    double factor, const char* column, int decimals) {
    const double now = after[m.value()](n, i);
    Line cell;
    const std::string text = context.page().number(now * factor, decimals);
    if (before != nullptr) {
      const std::string was = context.page().number((*before)[m.value()](n, i) * factor, decimals);
      if (was != text) cell.push_back({was + " → ", Tone::kFaint});
    }
    const bool is_money = std::string_view(column) == "money_idr_per_tonne";
    cell.push_back(
        {text, Tone::kPlain, pair_trace(context, m, pair, is_money ? now * 1e6 : now, "pairs", column)});
    return cell;
  };
  const evaluate::Outcome* reference =
      context.comparison() == nullptr ? nullptr : context.comparison()->reference.get();
  row.push_back(
      {Span{context.page().figure(kt), Tone::kPlain, pair_trace(context, m, pair, kt, "pairs", "kt")}});
  row.push_back({Span{context.page().figure(value), Tone::kPlain,
                      pair_trace(context, m, pair, value, "flows", "value_idr_bn")}});
  row.push_back(before_and_after(outcome.money, reference ? &reference->money : nullptr, kThousandIdrPerMn,
                                 "money_idr_per_tonne", 0));
  row.push_back(before_and_after(outcome.hours, reference ? &reference->hours : nullptr, 1.0, "hours", 0));
}

Block goods_table(const BriefContext& context, const std::vector<FreightClassId>& classes) {
  std::vector<Line> head = {{Span{context.in({"Barang", "Goods"})}}};
  for (std::size_t from = 0; from < 2; ++from) {
    const RegionPair pair = direction(context, from);
    const std::string way = context.short_name(pair.origin) + " → " + context.short_name(pair.destination);
    head.push_back({Span{context.say({"{}, ribu ton", "{}, thousand t"}, way)}});
    head.push_back({Span{context.in({"Rp miliar", "IDR bn"})}});
    head.push_back({Span{context.in({"ribu Rp/ton", "thousand IDR/t"})}});
    head.push_back({Span{context.in({"jam", "hours"})}});
  }
  std::vector<std::vector<Line>> cells = {std::move(head)};
  for (const FreightClassId m : classes) {
    std::vector<Line>& row = cells.emplace_back();
    row.push_back({Span{class_name(context, m)}});
    for (std::size_t from = 0; from < 2; ++from) add_cells(context, m, direction(context, from), row);
  }
  return table(std::move(cells));
}

Block flow_chart(const BriefContext& context, const std::vector<FreightClassId>& classes, std::size_t from,
                 double largest) {
  const RegionPair pair = direction(context, from);
  std::vector<Bar> bars;
  for (const FreightClassId m : classes) {
    const double kt = kt_of(context.outcome(), m, pair);
    bars.push_back({.label = class_name(context, m),
                    .value = kt,
                    .text = context.tonnes(kt),
                    .colour = side_colour(from),
                    .trace = pair_trace(context, m, pair, kt, "pairs", "kt")});
  }
  return drawing(context.say({"Dari {} ke {}, setahun", "From {} to {}, a year"},
                             context.short_name(pair.origin), context.short_name(pair.destination)),
                 bar_chart(bars, context.language(), largest));
}

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

// The carrier where it is a name; the study's words for none are English.
std::string carrier_name(const BriefContext& context, const std::string& carrier) {
  if (carrier == "lines not named") return context.in({"perusahaan tidak disebut", "carrier not named"});
  if (carrier == "to be tendered") return context.in({"akan dilelang", "to be tendered"});
  return carrier;
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

// A service that joins the two directly, and what of each direction's tonnes it carries.
std::vector<Line> service_row(const BriefContext& context, const DirectRide& ride,
                              const std::vector<PairRoutes>& routes) {
  const World& world = *context.outcome().world;
  const Service& service = world.services[ride.service];
  std::vector<Line> row;
  std::string what = mode_name(context, service.mode) + ", " + carrier_name(context, service.carrier) + ": " +
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
  for (const PairRoutes& way : routes) {
    double kt = 0.0;
    for (const auto& [id, carried] : way.on_service)
      if (id == ride.service) kt = carried;
    row.push_back({Span{share_text(context, kt, way)}});
  }
  return row;
}

std::vector<Line> share_row(const BriefContext& context, const Text& words,
                            const std::vector<PairRoutes>& routes, double (*part)(const PairRoutes&)) {
  std::vector<Line> row = {{Span{context.in(words)}}, {}, {}, {}};
  for (const PairRoutes& way : routes) row.push_back({Span{share_text(context, part(way), way)}});
  return row;
}

std::vector<DirectRide> rides_either_way(const BriefContext& context) {
  // In the study's own order, whichever side is named first.
  const auto [first, second] = std::minmax(context.sides()[0], context.sides()[1]);
  std::vector<DirectRide> rides = direct_rides(*context.outcome().world, {first, second});
  for (DirectRide& back : direct_rides(*context.outcome().world, {second, first}))
    if (std::none_of(rides.begin(), rides.end(),
                     [&](const DirectRide& ride) { return ride.service == back.service; }))
      rides.push_back(std::move(back));
  return rides;
}

Block routes_table(const BriefContext& context, const std::vector<DirectRide>& rides,
                   const std::vector<PairRoutes>& routes) {
  std::vector<std::vector<Line>> cells = {{{Span{context.in({"Jalur yang dipakai", "Ways taken"})}},
                                           {Span{context.in({"berangkat/minggu", "sailings/week"})}},
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

void say_crossing(const BriefContext& context, std::vector<Block>& blocks) {
  blocks.push_back(
      heading(context.say({"3. Apa yang menyeberang, {}", "3. What crosses, {}"}, context.outcome().year)));
  const std::vector<FreightClassId> classes = classes_that_cross(context);
  const std::vector<DirectRide> rides = rides_either_way(context);
  const std::vector<PairRoutes> routes = pair_routes(*context.sources().run.base_year, context.outcome(),
                                                     {direction(context, 0), direction(context, 1)});
  if (rides.empty())
    blocks.push_back(
        paragraph({Span{context.say({"Tidak ada layanan yang menghubungkan {} dan {} secara langsung.",
                                     "No service joins {} and {} directly."},
                                    context.short_name(std::min(context.sides()[0], context.sides()[1])),
                                    context.short_name(std::max(context.sides()[0], context.sides()[1]))),
                        Tone::kStrong}}));
  if (classes.empty()) {
    blocks.push_back(paragraph(context.plain(
        {"Hampir tidak ada barang yang bergerak di antara keduanya: kurang dari 50 ton setahun untuk setiap "
         "kelas.",
         "Hardly any goods move between the two: less than 50 tonnes a year of every class."})));
    return;
  }
  double largest = 0.0;
  for (const FreightClassId m : classes)
    for (std::size_t from = 0; from < 2; ++from)
      largest = std::max(largest, kt_of(context.outcome(), m, direction(context, from)));
  blocks.push_back(
      side_by_side({flow_chart(context, classes, 0, largest), flow_chart(context, classes, 1, largest)}));
  blocks.push_back(goods_table(context, classes));
  blocks.push_back(routes_table(context, rides, routes));
  Line notes = elsewhere_line(context, routes);
  notes.push_back({context.in(
      {"Rp/ton: uang yang dibayar dari pintu ke pintu; jam: dari pintu ke pintu, termasuk menunggu kapal. "
       "Panah: sebelum → "
       "sesudah skenario. Persen: bagian ton yang memakai jalur itu. Studi ini tidak memuat data penumpang.",
       "IDR/t: money paid from door to door; hours: from door to door, waiting for the ship included. "
       "Arrows: before → with the "
       "scenario. Per cent: share of the tonnes that take that way. The study has no data on passengers."})});
  blocks.push_back(note(std::move(notes)));
}

}  // namespace gerbang::report
