// How far the figures can be trusted, in words: the first-order guard, convergence, and what calibrating the
// base year assumed and adjusted.
#include <fmt/ranges.h>

#include <algorithm>

#include "gerbang/base/units.h"
#include "gerbang/report/summary.h"
#include "gerbang/report/text.h"

namespace gerbang::report {
namespace {

constexpr double kIdrBnPerTn = 1e3;

void say_guard(Page& page, const RunResult& run) {
  std::vector<std::vector<std::string>> rows;
  for (const ComparedOutcome& compared : run.outcomes) {
    if (compared.outcome->closure != trade::DeficitClosure::kFixed || !compared.predecessor) continue;
    const evaluate::Gains& gains = compared.predecessor->gains;
    if (!gains.is_transport_only) continue;
    rows.push_back({page.say({"{} {} thd {}", "{} {} vs {}"}, gains.scenario, gains.year, gains.reference),
                    page.change(gains.ev_idr_bn), page.change(gains.first_order_idr_bn),
                    has_first_order_warning(gains) ? page.say({"\tPERINGATAN: lebih dari 25 % berbeda",
                                                               "\tWARNING: more than 25 % apart"})
                                                   : ""});
  }
  if (rows.empty()) return;
  page.heading(page.say(
      {"PEMBANDING: bila hanya angkutan yang berbeda, variasi ekuivalen di samping nilai orde pertama",
       "GUARD: where only transport differs, equivalent variation beside its first-order value"}));
  rows.insert(rows.begin(), {page.say({"miliar rupiah setahun", "IDR bn a year"}), "EV",
                             page.say({"orde pertama", "first order"})});
  page.table(rows);
}

void say_convergence(Page& page, const RunResult& run) {
  evaluate::Residuals worst;
  std::vector<std::string> missed;
  for (const ComparedOutcome& compared : run.outcomes) {
    const evaluate::Outcome& outcome = *compared.outcome;
    worst.road_gap = std::max(worst.road_gap, outcome.residuals.road_gap);
    worst.use = std::max(worst.use, outcome.residuals.use);
    worst.market = std::max(worst.market, outcome.residuals.market);
    if (!outcome.is_converged)
      missed.push_back(fmt::format("{} {} ({}; {:.1e})", outcome.scenario, outcome.year,
                                   closure_name(outcome.closure, page.language()),
                                   std::max({outcome.residuals.use, outcome.residuals.road_demand,
                                             outcome.residuals.road_gap, outcome.residuals.market})));
  }
  page.heading(page.say({"KETEPATAN", "HOW EXACT"}));
  page.line(
      {" {} hasil ({} skenario, {} tahun, {} penutupan); sisa terburuk: celah jalan {:.1e}, pemakaian "
       "{:.1e}, "
       "pasar {:.1e}.",
       " {} outcomes ({} scenarios, {} years, {} closures); worst residuals: road gap {:.1e}, use {:.1e}, "
       "market {:.1e}."},
      run.outcomes.size(), run.options.scenarios.size(), run.options.years.size(), std::size(kClosures),
      worst.road_gap, worst.use, worst.market);
  if (!run.base_year->is_converged)
    page.line({" TIDAK KONVERGEN: tahun dasar. Angka-angka di atas hanya perkiraan kasar.",
               " NOT CONVERGED: the base year. The figures above are rough."});
  if (!missed.empty())
    page.line({" TIDAK KONVERGEN: {}. Angka hasil itu belum seimbang: jangan dipakai sebagai temuan.",
               " NOT CONVERGED: {}. Their figures are not in equilibrium: do not take them as findings."},
              fmt::format("{}", fmt::join(missed, ", ")));
  if (run.is_converged()) page.line({" Semua hasil konvergen.", " Every outcome has converged."});
}

// "a, b, c and 12 more".
template <class Ids, class Rows>
std::string some_ids(const Page& page, const Ids& ids, const Rows& rows) {
  constexpr std::size_t kNamed = 6;
  std::vector<std::string> names;
  for (const auto id : ids)
    if (names.size() < kNamed) names.push_back(rows[id].id);
  const std::string list = fmt::format("{}", fmt::join(names, ", "));
  if (ids.size() <= kNamed) return list;
  return page.say({"{} dan {} lagi", "{} and {} more"}, list, page.whole(ids.size() - kNamed));
}

void say_capacities(Page& page, const evaluate::BaseYear& base) {
  const World& world = base.world;
  page.line(
      {" Kapasitas {} dari {} terminal dan {} dari {} layanan dianggap dari pemakaian tahun dasar ({} dari "
       "kapasitas).",
       " Capacities of {} of {} terminals and {} of {} services are assumed from the base year's use ({} of "
       "capacity)."},
      page.whole(base.assumed_terminals.size()), page.whole(world.terminals.size()),
      page.whole(base.assumed_services.size()), page.whole(world.services.size()),
      page.number(world.parameters.assumed_use, 2));
  if (!base.unused_terminals.empty())
    page.line({" Terminal yang tidak terpakai pada tahun dasar dan tanpa kapasitas (tidak menimbulkan "
               "tundaan): {}.",
               " Terminals without use in the base year and without capacity (they cause no delay): {}."},
              some_ids(page, base.unused_terminals, world.terminals));
  if (!base.unused_services.empty())
    page.line({" Layanan demikian: {}.", " Services of that kind: {}."},
              some_ids(page, base.unused_services, world.services));
}

// How the calibrated trade hangs on distance and freight cost, for the sectors that travel as freight.
void say_fit(Page& page, const evaluate::BaseYear& base) {
  const trade::CalibrationReport& report = base.report;
  std::vector<std::vector<std::string>> rows = {
      {page.say({"sektor", "sector"}), page.say({"dari wilayah sendiri", "from own region"}),
       page.say({"peluruhan oleh ongkos angkut", "decay by freight cost"}),
       page.say({"elastisitas arus", "elasticity of flows"})}};
  for (const SectorId id : base.world.sectors.ids()) {
    const Sector& sector = base.world.sectors[id];
    const std::size_t s = id.value();
    if (!sector.freight_class || s >= report.own_share.size() || s >= report.freight_share_of_decay.size() ||
        s >= report.flow_elasticity.size())
      continue;
    rows.push_back({page.name(sector), page.number(kPercent * report.own_share[s], 0) + " %",
                    page.number(kPercent * report.freight_share_of_decay[s], 0) + " %",
                    page.number(report.flow_elasticity[s], 2)});
  }
  page.table(rows);
  page.line(
      {" dari wilayah sendiri: bagian belanja; peluruhan: bagian menurunnya arus dengan jarak yang "
       "dijelaskan ongkos "
       "angkut; elastisitas: % arus per % ongkos angkut tergeneralisasi.",
       " from own region: share of spending; decay: part of the fall of flows with distance that freight "
       "cost "
       "explains; elasticity: % of flow per % of generalised freight cost."});
  page.line(
      {" Pembanding antarnegara (Limão & Venables 2001: biaya angkut separuh, perdagangan lima kali): −2,3.",
       " Between countries (Limão & Venables 2001: half the transport cost, five times the trade): −2.3."});
}

void say_base_year(Page& page, const RunResult& run) {
  const evaluate::BaseYear& base = *run.base_year;
  const trade::CalibrationReport& report = base.report;
  page.heading(page.say({"TAHUN DASAR {}", "BASE YEAR {}"}, base.world.base_year));
  page.line(
      {" Keluaran setiap sektor setiap wilayah terpenuhi sampai {:.1e}, belanja sampai {:.1e}, pendapatan "
       "sampai "
       "{:.1e}.",
       " Every sector's output in every region is met within {:.1e}, spending within {:.1e}, income within "
       "{:.1e}."},
      report.output_error, report.spending_error, report.income_error);
  page.line(
      {" Ongkos angkut seluruhnya {} triliun rupiah setahun.", " The freight bill is IDR {} tn a year."},
      page.figure(report.freight_bill / kIdrBnPerTn));
  page.line(
      {" Koefisien masukan nasional berubah paling banyak {} poin persen agar seimbang dengan permintaan "
       "akhir.",
       " National input coefficients change by at most {} percentage points to balance with final demand."},
      page.figure(kPercent * report.largest_coefficient_change));
  say_fit(page, base);
  if (!report.margins_exceed_output.empty()) {
    std::vector<RegionId> regions;
    for (const std::size_t region : report.margins_exceed_output) regions.emplace_back(region);
    page.line({" Wilayah yang ongkos angkutnya melebihi keluaran sektor angkutannya: {}.",
               " Regions that earn more freight money than their transport sector's output: {}."},
              some_ids(page, regions, base.world.regions));
  }
  say_capacities(page, base);
  if (!report.notes.empty())
    page.line({" {} penyesuaian lain dicatat di tabel calibration.",
               " {} further adjustments stand in the table calibration."},
              page.whole(report.notes.size()));
}

// Without rows of growth the years differ by projects and the scenarios' own trends only.
void say_growth(Page& page, const RunResult& run) {
  const bool is_growing =
      std::any_of(run.outcomes.begin(), run.outcomes.end(),
                  [](const ComparedOutcome& compared) { return compared.outcome->growth != 1.0; });
  const bool is_later = run.options.years.back() > run.world->base_year;
  if (is_later && !is_growing)
    page.line(
        {" Skenario pertama tidak memuat pertumbuhan: tanpa baris tren, tahun-tahun kemudian sama besar "
         "dengan "
         "tahun dasar.",
         " The first scenario has no growth: without trend rows later years are as large as the base year."});
}

}  // namespace

void say_how_exact(Page& page, const RunResult& run) {
  say_guard(page, run);
  say_convergence(page, run);
  say_base_year(page, run);
  say_growth(page, run);
}

}  // namespace gerbang::report
