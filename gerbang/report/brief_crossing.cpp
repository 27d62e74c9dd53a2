// Section 3: what crosses between the two: goods both ways by class, what a tonne costs and how long it
// takes, on which services, how much goes through ports of others.
#include <algorithm>
#include <cmath>

#include "gerbang/report/brief_context.h"
#include "gerbang/report/brief_drawings.h"
#include "gerbang/report/pair_routes.h"

namespace gerbang::report {
namespace {

constexpr double kThousandIdrPerMn = 1e3;

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

struct PairFigure {
  FreightClassId freight_class;
  RegionPair pair;
  double value = 0.0;
};
Trace pair_trace_of(const BriefContext& context, const evaluate::Outcome& outcome, const PairFigure& figure,
                    const char* table_name, const char* column) {
  const World& world = context.world();
  return context.result_of(outcome, figure.value, table_name,
                           {{"origin_region_id", world.regions[figure.pair.origin].id},
                            {"destination_region_id", world.regions[figure.pair.destination].id},
                            {"freight_class_id", world.freight_classes[figure.freight_class].id}},
                           column);
}
Trace pair_trace(const BriefContext& context, FreightClassId m, const RegionPair& pair, double value,
                 const char* table_name, const char* column) {
  return pair_trace_of(context, context.outcome(), {m, pair, value}, table_name, column);
}

std::string class_name(const BriefContext& context, FreightClassId m) {
  const FreightClass& row = context.world().freight_classes[m];
  return context.page().name(row);
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
  const evaluate::Outcome* reference =
      context.comparison() == nullptr ? nullptr : context.comparison()->reference.get();
  const auto before_and_after = [&](const std::vector<Matrix>& after, const std::vector<Matrix>* before,
                                    double factor, const char* column, int decimals) {
    const double unit = std::string_view(column) == "money_idr_per_tonne" ? 1e6 : 1.0;
    const double now = after[m.value()](n, i);
    Line cell;
    const std::string text = context.page().number(now * factor, decimals);
    if (before != nullptr) {
      const double then = (*before)[m.value()](n, i);
      const std::string was = context.page().number(then * factor, decimals);
      if (was != text) {
        cell.push_back(
            {was, Tone::kFaint, pair_trace_of(context, *reference, {m, pair, then * unit}, "pairs", column)});
        cell.push_back({" → ", Tone::kFaint});
      }
    }
    cell.push_back({text, Tone::kPlain, pair_trace(context, m, pair, now * unit, "pairs", column)});
    return cell;
  };
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
    head.push_back(
        {Span{context.say({"ke {}, ribu ton", "to {}, thousand t"}, context.short_name(pair.destination))}});
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

}  // namespace

void say_crossing(const BriefContext& context, std::vector<Block>& blocks) {
  blocks.push_back(
      heading(context.say({"3. Apa yang dipertukarkan, {}", "3. What crosses, {}"}, context.outcome().year)));
  const std::vector<FreightClassId> classes = classes_that_cross(context);
  const auto [first, second] = std::minmax(context.sides()[0], context.sides()[1]);
  if (rides_either_way(*context.outcome().world, first, second).empty())
    blocks.push_back(
        paragraph({Span{context.say({"Tidak ada layanan yang menghubungkan {} dan {} secara langsung.",
                                     "No service joins {} and {} directly."},
                                    context.short_name(first), context.short_name(second)),
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
  say_routes(context, blocks);
}

}  // namespace gerbang::report
