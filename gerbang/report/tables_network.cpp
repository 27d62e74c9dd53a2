// The network: layers of roads, terminals and legs of services with their use, and the same by freight class.
#include "gerbang/base/units.h"
#include "gerbang/report/columns.h"
#include "gerbang/report/styles.h"
#include "gerbang/report/tables.h"
#include "gerbang/report/use.h"
#include "gerbang/world/names.h"

namespace gerbang::report {
namespace {

using io::Value;

io::Point place(const World& world, NodeId node) {
  return {world.nodes[node].lon, world.nodes[node].lat};
}

Value optional_value(const std::optional<double>& value) {
  return value ? Value{*value} : Value{};
}

// ── roads ──

io::TableDescription describe_links(const RunResult& run, const ResultSources&) {
  return {.name = "links",
          .description = both_languages({"Ruas jalan: lalu lintas, pemakaian dan waktu, kedua arah",
                                         "Roads: traffic, use and time, both directions"}),
          .columns = with_outcome_columns(
              {text_column("link_id", {"ruas", "link"}), text_column("name", {"nama", "name"}),
               text_column("name_en", {"nama Inggris", "English name"}),
               text_column("quality", {"mutu baris data, kapasitas dan lalu lintas dasar termasuk",
                                       "quality of the row, capacity and background traffic included"}),
               real_column("capacity_pcu_h", "pcu/h", {"kapasitas tiap arah", "capacity, each direction"}),
               real_column("use", "1",
                           {"lalu lintas terhadap kapasitas, arah tersibuk",
                            "traffic over capacity, the busier direction"}),
               real_column("freight_kt", "kt/year", {"muatan kedua arah", "freight, both directions"}),
               real_column("background_pcu_h", "pcu/h",
                           {"lalu lintas dasar tiap arah", "background traffic, each direction"}),
               real_column("forward_pcu_h", "pcu/h", {"lalu lintas, searah ruas", "traffic, along the link"}),
               real_column("forward_kt", "kt/year", {"muatan, searah ruas", "freight, along the link"}),
               real_column("forward_use", "1", {"pemakaian, searah ruas", "use, along the link"}),
               real_column("forward_minutes", "min", {"waktu, searah ruas", "time, along the link"}),
               real_column(
                   "reverse_pcu_h", "pcu/h",
                   {"lalu lintas, arah balik; kosong bila satu arah", "traffic back; blank when one-way"}),
               real_column("reverse_kt", "kt/year", {"muatan, arah balik", "freight back"}),
               real_column("reverse_use", "1", {"pemakaian, arah balik", "use back"}),
               real_column("reverse_minutes", "min", {"waktu, arah balik", "time back"})}),
          .geometry = io::GeometryType::kLineString,
          .styles = link_styles(run)};
}

void append_direction(std::vector<Value>& values, const std::optional<DirectionUse>& direction) {
  if (!direction) {
    append_values(values, {Value{}, Value{}, Value{}, Value{}});
    return;
  }
  append_values(
      values, {direction->pcu_h, direction->freight_kt, direction->use, direction->time_h * kMinutesPerHour});
}

void add_links(io::DescribedTable& table, const Sheet& sheet) {
  const World& world = *sheet.outcome().world;
  for (const LinkUse& use : link_uses(sheet.outcome(), sheet.network)) {
    const Link& link = world.links[use.link];
    std::vector<Value> values = outcome_values(
        sheet, {link.id, link.name, english_name(link), std::string(name_of(link.provenance.quality)),
                link.capacity_pcu_h, use.use(), use.freight_kt(), link.background_pcu_h});
    append_direction(values, use.directions[0]);
    append_direction(values, use.directions[1]);
    table.add_row(values, io::LineString{place(world, link.from), place(world, link.to)});
  }
}

io::TableDescription describe_links_use(const RunResult&, const ResultSources&) {
  return {.name = "links_use",
          .description = both_languages({"Muatan tiap ruas menurut kelas", "Freight on every road by class"}),
          .columns = with_outcome_columns(
              {text_column("link_id", {"ruas", "link"}),
               text_column("direction", {"forward (searah ruas) atau reverse (arah balik)",
                                         "forward (along the link) or reverse"}),
               text_column("freight_class_id", {"kelas muatan", "freight class"}),
               real_column("kt", "kt/year", {"muatan", "freight"})})};
}

void add_links_use(io::DescribedTable& table, const Sheet& sheet) {
  const World& world = *sheet.outcome().world;
  constexpr const char* kDirections[] = {"forward", "reverse"};
  for (const LinkUse& use : link_uses(sheet.outcome(), sheet.network))
    for (std::size_t d = 0; d < use.directions.size(); ++d)
      for (const FreightClassId m : world.freight_classes.ids()) {
        if (!use.directions[d] || use.directions[d]->kt_by_class[m.value()] <= 0.0) continue;
        table.add_row(
            outcome_values(sheet, {world.links[use.link].id, kDirections[d], world.freight_classes[m].id,
                                   use.directions[d]->kt_by_class[m.value()]}));
      }
}

// ── terminals ──

io::TableDescription describe_terminals(const RunResult& run, const ResultSources&) {
  return {
      .name = "terminals",
      .description =
          both_languages({"Pelabuhan dan terminal: muatan dan pemakaian", "Ports and yards: tonnes and use"}),
      .columns = with_outcome_columns(
          {text_column("terminal_id", {"terminal", "terminal"}), text_column("name", {"nama", "name"}),
           text_column("name_en", {"nama Inggris", "English name"}),
           text_column("region_id", {"wilayah", "region"}),
           text_column("quality", {"mutu baris data", "quality of the row"}),
           real_column("kt", "kt/year", {"bongkar dan muat", "loaded and unloaded"}),
           real_column("capacity_kt", "kt/year",
                       {"kapasitas bongkar dan muat; kosong bila tidak diketahui",
                        "capacity of loading and unloading; blank: not known"}),
           real_column("use", "1", {"muatan terhadap kapasitas", "tonnes over capacity"}),
           text_column("capacity_basis",
                       {"asal kapasitas: mutu baris, base use (dianggap dari pemakaian tahun dasar), unknown",
                        "where the capacity is from: the row's quality, base use (assumed from the base "
                        "year's use), unknown"})}),
      .geometry = io::GeometryType::kPoint,
      .styles = terminal_styles(run)};
}

void add_terminals(io::DescribedTable& table, const Sheet& sheet) {
  const World& world = *sheet.outcome().world;
  for (const TerminalUse& use : terminal_uses(sheet.outcome(), sheet.network)) {
    const Terminal& terminal = world.terminals[use.terminal];
    table.add_row(outcome_values(sheet, {terminal.id, terminal.name, english_name(terminal),
                                         world.regions[terminal.region].id,
                                         std::string(name_of(terminal.provenance.quality)), use.kt,
                                         optional_value(use.capacity_kt), optional_value(use.use),
                                         std::string(capacity_basis(*sheet.run.base_year, world, use))}),
                  place(world, terminal.node));
  }
}

io::TableDescription describe_terminals_use(const RunResult&, const ResultSources&) {
  return {.name = "terminals_use",
          .description = both_languages(
              {"Bongkar muat tiap terminal menurut kelas", "Tonnes through every terminal by class"}),
          .columns = with_outcome_columns(
              {text_column("terminal_id", {"terminal", "terminal"}),
               text_column("freight_class_id", {"kelas muatan", "freight class"}),
               real_column("kt", "kt/year", {"bongkar dan muat", "loaded and unloaded"})})};
}

void add_terminals_use(io::DescribedTable& table, const Sheet& sheet) {
  const World& world = *sheet.outcome().world;
  for (const TerminalId terminal : world.terminals.ids())
    for (const FreightClassId m : world.freight_classes.ids()) {
      const double kt = sheet.outcome().loads.terminal_by_class(m.value(), terminal.value());
      if (kt > 0.0)
        table.add_row(outcome_values(sheet, {world.terminals[terminal].id, world.freight_classes[m].id, kt}));
    }
}

// ── services ──

io::TableDescription describe_services(const RunResult& run, const ResultSources&) {
  return {
      .name = "services",
      .description = both_languages(
          {"Layanan, leg demi leg, sepanjang rute lautnya", "Services leg by leg, along their sea routes"}),
      .columns = with_outcome_columns(
          {text_column("service_id", {"layanan", "service"}),
           integer_column("sequence", "", {"urutan leg", "which leg"}), text_column("name", {"nama", "name"}),
           text_column("name_en", {"nama Inggris", "English name"}), text_column("mode", {"moda", "mode"}),
           text_column("from_terminal_id", {"dari terminal", "from terminal"}),
           text_column("to_terminal_id", {"ke terminal", "to terminal"}),
           text_column("quality", {"mutu baris data", "quality of the row"}),
           real_column("departures_per_week", "1/week", {"keberangkatan", "departures"}),
           real_column("kt", "kt/year", {"muatan di leg ini", "tonnes on this leg"}),
           real_column("capacity_kt", "kt/year",
                       {"kapasitas; kosong bila tidak diketahui", "capacity; blank: not known"}),
           real_column("use", "1", {"muatan terhadap kapasitas", "tonnes over capacity"}),
           text_column(
               "capacity_basis",
               {"asal kapasitas: mutu baris, base use (dianggap dari pemakaian tahun dasar), unknown",
                "where the capacity is from: the row's quality, base use (assumed from the base year's "
                "use), unknown"})}),
      .geometry = io::GeometryType::kLineString,
      .styles = service_styles(run)};
}

io::LineString route(const World& world, const ServiceLeg& leg) {
  if (leg.route.size() >= 2) return leg.route;
  return {place(world, world.terminals[leg.from].node), place(world, world.terminals[leg.to].node)};
}

void add_services(io::DescribedTable& table, const Sheet& sheet) {
  const World& world = *sheet.outcome().world;
  for (const LegUse& use : leg_uses(sheet.outcome(), sheet.network)) {
    const Service& service = world.services[use.service];
    const ServiceLeg& leg = service.legs[use.leg];
    table.add_row(
        outcome_values(
            sheet, {service.id, static_cast<std::int64_t>(use.leg + 1), service.name, english_name(service),
                    service.mode, world.terminals[leg.from].id, world.terminals[leg.to].id,
                    std::string(name_of(service.provenance.quality)), service.departures_per_week, use.kt,
                    optional_value(use.capacity_kt), optional_value(use.use),
                    std::string(capacity_basis(*sheet.run.base_year, world, use))}),
        route(world, leg));
  }
}

io::TableDescription describe_services_use(const RunResult&, const ResultSources&) {
  return {.name = "services_use",
          .description = both_languages(
              {"Muatan tiap leg layanan menurut kelas", "Tonnes on every service leg by class"}),
          .columns = with_outcome_columns({text_column("service_id", {"layanan", "service"}),
                                           integer_column("sequence", "", {"urutan leg", "which leg"}),
                                           text_column("freight_class_id", {"kelas muatan", "freight class"}),
                                           real_column("kt", "kt/year", {"muatan", "tonnes"})})};
}

void add_services_use(io::DescribedTable& table, const Sheet& sheet) {
  const World& world = *sheet.outcome().world;
  for (const LegUse& use : leg_uses(sheet.outcome(), sheet.network))
    for (const FreightClassId m : world.freight_classes.ids()) {
      const double kt = sheet.outcome().loads.leg_by_class(m.value(), use.index);
      if (kt > 0.0)
        table.add_row(
            outcome_values(sheet, {world.services[use.service].id, static_cast<std::int64_t>(use.leg + 1),
                                   world.freight_classes[m].id, kt}));
    }
}

}  // namespace

const OutcomeTable kLinks = {describe_links, add_links};
const OutcomeTable kLinksUse = {describe_links_use, add_links_use};
const OutcomeTable kTerminals = {describe_terminals, add_terminals};
const OutcomeTable kTerminalsUse = {describe_terminals_use, add_terminals_use};
const OutcomeTable kServices = {describe_services, add_services};
const OutcomeTable kServicesUse = {describe_services_use, add_services_use};

}  // namespace gerbang::report
