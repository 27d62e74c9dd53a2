// Sections 3 of a single region's brief: all its partners, the largest first.
#include <algorithm>
#include <cmath>

#include "gerbang/report/brief_context.h"
#include "gerbang/report/pair_routes.h"

namespace gerbang::report {
namespace {

struct Partner {
  RegionId region;
  double out_kt = 0.0, in_kt = 0.0;
  double out_idr_bn = 0.0, in_idr_bn = 0.0;  // all sectors, services included
  std::size_t services = 0;                  // that join the two directly
};

std::vector<Partner> partners_of(const BriefContext& context) {
  const evaluate::Outcome& outcome = context.outcome();
  const World& world = *outcome.world;
  const RegionId own = context.sides().front();
  std::vector<Partner> partners;
  for (const RegionId other : world.regions.ids()) {
    if (other == own) continue;
    Partner partner{.region = other};
    for (const Matrix& tonnes : outcome.equilibrium.tonnes) {
      partner.out_kt += tonnes(other.value(), own.value());
      partner.in_kt += tonnes(own.value(), other.value());
    }
    for (const Matrix& flow : outcome.flow) {
      partner.out_idr_bn += flow(other.value(), own.value());
      partner.in_idr_bn += flow(own.value(), other.value());
    }
    partners.push_back(partner);
  }
  std::stable_sort(partners.begin(), partners.end(), [](const Partner& a, const Partner& b) {
    return a.out_idr_bn + a.in_idr_bn > b.out_idr_bn + b.in_idr_bn;
  });
  return partners;
}

std::string region_name(const BriefContext& context, RegionId region) {
  const Region& row = context.world().regions[region];
  return row.is_foreign ? context.in({"luar negeri", "abroad"}) : context.short_name(region);
}

Trace flow_trace(const BriefContext& context, RegionId from, RegionId to, double value, const char* column) {
  const World& world = context.world();
  return context.result(
      value, "flows",
      {{"origin_region_id", world.regions[from].id}, {"destination_region_id", world.regions[to].id}},
      context.say({"jumlah {} semua kelas", "sum of {} over classes"}, column));
}

std::vector<Line> partner_row(const BriefContext& context, const Partner& partner) {
  const RegionId own = context.sides().front();
  const Page& page = context.page();
  std::vector<Line> row = {{Span{region_name(context, partner.region)}}};
  const auto add = [&](double value, const std::string& text, RegionId from, RegionId to,
                       const char* column) {
    row.push_back({Span{text, Tone::kPlain, flow_trace(context, from, to, value, column)}});
  };
  add(partner.out_kt, page.figure(partner.out_kt), own, partner.region, "kt");
  add(partner.out_idr_bn, page.figure(partner.out_idr_bn), own, partner.region, "value_idr_bn");
  add(partner.in_kt, page.figure(partner.in_kt), partner.region, own, "kt");
  add(partner.in_idr_bn, page.figure(partner.in_idr_bn), partner.region, own, "value_idr_bn");
  const std::size_t direct = direct_rides(*context.outcome().world, {own, partner.region}).size();
  row.push_back(
      {Span{page.whole(direct), Tone::kPlain,
            context.worked_out(static_cast<double>(direct),
                               {"layanan dari satu ke yang lain", "services from one to the other"},
                               {{"region_id", context.world().regions[partner.region].id}}, "service_id")}});
  Line gain = {Span{"–"}};
  if (context.comparison() != nullptr)
    for (const evaluate::RegionGain& of : context.comparison()->gains.regions)
      if (of.region == partner.region)
        gain = {Span{
            page.change(of.ev_idr_bn),
            BriefContext::tone_of(of.verdict) == Tone::kStrong ? Tone::kPlain
                                                               : BriefContext::tone_of(of.verdict),
            context.result(of.ev_idr_bn, "who_gains",
                           {{"against", "predecessor"}, {"region_id", context.world().regions[of.region].id}},
                           "ev_idr_bn")}};
  row.push_back(std::move(gain));
  return row;
}

}  // namespace

void say_partners(const BriefContext& context, std::vector<Block>& blocks) {
  constexpr std::size_t kShown = 12;
  const std::string own = context.short_name(context.sides().front());
  blocks.push_back(
      heading(context.say({"3. Mitra-mitranya, {}", "3. Its partners, {}"}, context.outcome().year)));
  const std::vector<Partner> partners = partners_of(context);
  std::vector<std::vector<Line>> cells = {
      {{Span{context.in({"Mitra", "Partner"})}},
       {Span{context.in({"ke sana, ribu ton", "to it, thousand t"})}},
       {Span{context.in({"Rp miliar", "IDR bn"})}},
       {Span{context.in({"dari sana, ribu ton", "from it, thousand t"})}},
       {Span{context.in({"Rp miliar", "IDR bn"})}},
       {Span{context.in({"layanan langsung", "direct services"})}},
       {Span{context.in({"mitra untung/rugi, Rp miliar", "partner gains, IDR bn"})}}}};
  for (std::size_t i = 0; i < std::min(kShown, partners.size()); ++i)
    cells.push_back(partner_row(context, partners[i]));
  blocks.push_back(table(std::move(cells)));
  if (partners.size() > kShown)
    blocks.push_back(note(
        {Span{context.say({"{} mitra terbesar dari {}, menurut nilai barang dan jasa dua arah. Untuk berdua: "
                           "gerbang brief STUDI {} MITRA.",
                           "The {} largest of {} partners, by the value of goods and services both ways. For "
                           "two: gerbang brief STUDY {} PARTNER."},
                          kShown, partners.size(), context.world().regions[context.sides().front()].id)}}));
}

}  // namespace gerbang::report
