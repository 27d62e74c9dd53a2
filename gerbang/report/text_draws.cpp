// How sure the verdicts are, in words, from draws of the estimated values.
#include <algorithm>
#include <cmath>

#include "gerbang/base/units.h"
#include "gerbang/report/draws.h"
#include "gerbang/report/summary.h"
#include "gerbang/report/text.h"

namespace gerbang::report {
namespace {

constexpr std::size_t kNamed = 8;  // regions

std::string share(const Page& page, double part) {
  return page.number(kPercent * part, 0) + " %";
}

std::string range(const Page& page, const Range& of) {
  return page.say({"{} … {}", "{} … {}"}, page.change(of.low), page.change(of.high));
}

void say_comparisons(Page& page, const RunResult& run, const DrawResult& draws) {
  std::vector<std::vector<std::string>> rows = {
      {page.say({"seluruh negeri, miliar rupiah setahun", "the nation, IDR bn a year"}),
       page.say({"nilai pusat", "central"}), "5 … 95 %", page.say({"untung", "gains"}),
       page.say({"tak ada yang rugi", "nobody loses"})}};
  for (const DrawnComparison& drawn : draws.comparisons) {
    const evaluate::Gains& central = run.outcomes[drawn.outcome].comparison(drawn.against)->gains;
    if (central.year != run.options.years.back()) continue;
    rows.push_back(
        {page.say({"{} {} thd {}", "{} {} vs {}"}, central.scenario, central.year, central.reference),
         page.change(central.ev_idr_bn), range(page, drawn.ev_idr_bn), share(page, drawn.probability_of_gain),
         share(page, drawn.nobody_loses)});
  }
  page.table(rows);
}

// The regions with the most at stake in the comparison that is looked at closely.
void say_regions(Page& page, const RunResult& run, const DrawnComparison& drawn) {
  const evaluate::Gains& central = run.outcomes[drawn.outcome].comparison(drawn.against)->gains;
  std::vector<std::size_t> order;
  for (std::size_t r = 0; r < central.regions.size(); ++r) order.push_back(r);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(central.regions[a].ev_idr_bn) > std::abs(central.regions[b].ev_idr_bn);
  });
  order.resize(std::min(order.size(), kNamed));
  for (const RegionPair& pair : run.options.pairs)  // and those that the study is about
    for (std::size_t r = 0; r < central.regions.size(); ++r)
      if (central.regions[r].region == pair.origin && std::find(order.begin(), order.end(), r) == order.end())
        order.push_back(r);
  page.blank();
  std::vector<std::vector<std::string>> rows = {{page.say({"{} terhadap {}, {}", "{} against {}, {}"},
                                                          central.scenario, central.reference, central.year),
                                                 page.say({"nilai pusat", "central"}), "5 … 95 %",
                                                 page.say({"untung", "gains"}), page.say({"rugi", "loses"}),
                                                 page.say({"putusan tetap", "verdict stands"})}};
  for (const std::size_t r : order)
    rows.push_back(
        {page.name(run.world->regions[central.regions[r].region]), page.change(central.regions[r].ev_idr_bn),
         range(page, drawn.regions[r].ev_idr_bn), share(page, drawn.regions[r].probability_of_gain),
         share(page, drawn.regions[r].probability_of_loss), share(page, drawn.regions[r].verdict_stands)});
  page.table(rows);
}

std::string assumption_name(const Page& page, const evaluate::Assumption& assumption) {
  if (!assumption.row.empty())
    return page.say({"{}.csv, {}", "{}.csv, {}"}, assumption.table, assumption.row);
  return page.say({"{}.csv, {} ({} nilai)", "{}.csv, {} ({} values)"}, assumption.table, assumption.column,
                  page.whole(assumption.cells.size()));
}

void say_assumptions(Page& page, const DrawResult& draws) {
  page.blank();
  page.line({" Anggapan yang paling menggesernya (dihitung ulang satu per satu, miliar rupiah setahun):",
             " The assumptions that move it most (each solved again alone, IDR bn a year):"});
  std::vector<std::vector<std::string>> rows = {{"", page.say({"pada 5 %", "at its 5 %"}),
                                                 page.say({"pada 95 %", "at its 95 %"}),
                                                 page.say({"korelasi", "correlation"})}};
  const auto figure = [&](double ev) {
    return std::isnan(ev) ? page.say({"tak ada keseimbangan", "no equilibrium"}) : page.change(ev);
  };
  for (const MovingAssumption& moving : draws.assumptions)
    rows.push_back({assumption_name(page, moving.assumption), figure(moving.ev_idr_bn.low),
                    figure(moving.ev_idr_bn.high), page.number(moving.correlation, 2)});
  page.table(rows);
}

}  // namespace

void say_how_sure(Page& page, const RunResult& run, const DrawResult& draws) {
  page.heading(page.say({"SEBERAPA YAKIN: {} undian dari {} nilai taksiran (benih {}; defisit wilayah tetap)",
                         "HOW SURE: {} draws of {} estimated values (seed {}; regional deficits fixed)"},
                        page.whole(draws.count), page.whole(draws.estimated_cells), draws.seed));
  if (draws.failed > 0)
    page.line({" {} undian tanpa keseimbangan tidak dihitung; yang pertama: {}.",
               " {} draws have no equilibrium and are left out; the first: {}."},
              page.whole(draws.failed), draws.first_failure.in(page.language()));
  if (draws.comparisons.empty()) {
    page.line({" Tidak ada yang dapat dibandingkan.", " There is nothing to compare."});
    return;
  }
  say_comparisons(page, run, draws);
  if (const std::optional<std::size_t> closest = closest_look(run))
    if (const DrawnComparison* drawn = draws.comparison(*closest, Against::kPredecessor)) {
      say_regions(page, run, *drawn);
      say_assumptions(page, draws);
    }
}

}  // namespace gerbang::report
