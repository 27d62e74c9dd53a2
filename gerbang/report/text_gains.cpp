// Who gains, in words: a verdict per scenario, a line per group of regions, inequality, other years,
// closures.
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "gerbang/base/units.h"
#include "gerbang/report/summary.h"
#include "gerbang/report/text.h"

namespace gerbang::report {
namespace {

// "Kota Balikpapan +12.3 (+0.02 %)", in IDR bn a year.
std::string named_gains(const Page& page, const World& world,
                        const std::vector<evaluate::RegionGain>& gains) {
  std::vector<std::string> words;
  for (const evaluate::RegionGain& gain : gains)
    words.push_back(fmt::format("{} {} ({})", page.name(world.regions[gain.region]),
                                page.change(gain.ev_idr_bn), page.percent_change(gain.ev_percent)));
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string verdict_sentence(const Page& page, const World& world, const Headline& headline) {
  const std::string regions = page.whole(headline.regions), gainers = page.whole(headline.gainers),
                    losers = page.whole(headline.losers),
                    others = page.whole(headline.regions - headline.gainers - headline.losers),
                    gained = page.change(headline.gained_idr_bn), lost = page.change(headline.lost_idr_bn);
  switch (headline.finding) {
    case Finding::kNoMaterialChange:
      return page.say({"TIDAK ADA PERUBAHAN BERARTI: di semua {} wilayah kurang dari {} % pendapatan.",
                       "NO MATERIAL CHANGE: in all {} regions less than {} % of income."},
                      regions, page.figure(world.parameters.material_change_percent));
    case Finding::kAllGain:
      return page.say(
          {"SEMUA UNTUNG: {} wilayah, {} miliar rupiah setahun.", "ALL GAIN: {} regions, IDR {} bn a year."},
          regions, gained);
    case Finding::kNobodyLoses:
      return page.say({"TIDAK ADA YANG RUGI: {} dari {} wilayah untung ({} miliar rupiah setahun), {} tidak "
                       "berubah berarti.",
                       "NOBODY LOSES: {} of {} regions gain (IDR {} bn a year), {} see no material change."},
                      gainers, regions, gained, others);
    case Finding::kSomeLose:
      return page.say(
          {"ADA YANG RUGI: {} dari {} wilayah rugi ({} miliar rupiah setahun), {} untung ({}), {} "
           "tidak berubah berarti.",
           "SOME LOSE: {} of {} regions lose (IDR {} bn a year), {} gain ({}), {} see no material "
           "change."},
          losers, regions, lost, gainers, gained, others);
  }
  return "";
}

// One comparison of one outcome under the fixed closure.
struct Shown {
  std::size_t outcome = 0;  // into RunResult::outcomes
  Against against = Against::kPredecessor;
  const ComparedOutcome* compared = nullptr;
  const Comparison* comparison = nullptr;
};

std::vector<Shown> against_predecessors(const RunResult& run, int year) {
  std::vector<Shown> shown;
  for (const std::size_t outcome : fixed_outcomes(run, year)) {
    const ComparedOutcome& compared = run.outcomes[outcome];
    if (compared.predecessor)
      shown.push_back({outcome, Against::kPredecessor, &compared, &*compared.predecessor});
  }
  return shown;
}

// What is shown of the last year: each scenario against its predecessor, then the last against the base
// unless that is the same.
std::vector<Shown> shown_comparisons(const RunResult& run) {
  std::vector<Shown> shown = against_predecessors(run, run.options.years.back());
  if (const std::optional<std::size_t> last = closest_look(run)) {
    const ComparedOutcome& compared = run.outcomes[*last];
    if (!compared.predecessor || compared.predecessor->reference != compared.base->reference)
      shown.push_back({*last, Against::kBase, &compared, &*compared.base});
  }
  return shown;
}

// The verdicts of a comparison that turn out otherwise under a national budget.
std::vector<const VerdictChange*> changes_of(const RunResult& run, const Shown& shown) {
  std::vector<const VerdictChange*> changes;
  for (const VerdictChange& change : run.verdict_changes)
    if (change.fixed == shown.outcome && change.against == shown.against) changes.push_back(&change);
  return changes;
}

void say_headline(Page& page, const RunResult& run, const Shown& shown) {
  const Headline found = headline(shown.comparison->gains);
  page.line({" {} terhadap {}: {}", " {} against {}: {}"}, shown.compared->outcome->scenario,
            shown.comparison->reference->scenario, verdict_sentence(page, *run.world, found));
  if (!found.most_gained.empty())
    page.line({"     terbesar: {}", "     most gained: {}"},
              named_gains(page, *run.world, found.most_gained));
  if (!found.most_lost.empty())
    page.line({"     paling rugi: {}", "     most lost: {}"}, named_gains(page, *run.world, found.most_lost));
  constexpr double kLeastSpendingIdrBn = 1.0;
  const double spending = added_public_demand(*shown.compared->outcome, *shown.comparison->reference);
  if (std::abs(spending) >= kLeastSpendingIdrBn)
    page.line({"     Termasuk belanja dan investasi publik {} miliar rupiah setahun, yang dibayar rumah "
               "tangga; yang dibeli "
               "pemerintah tidak dihitung sebagai keuntungan mereka.",
               "     This includes IDR {} bn a year of public spending and investment, which households pay "
               "for; what "
               "government buys is not counted as their gain."},
              page.change(spending));
  if (const std::size_t changes = changes_of(run, shown).size(); changes > 0)
    page.line({"     Pada penutupan anggaran nasional {} dari {} putusan berbeda (*).",
               "     Under the closure national budget {} of {} verdicts differ (*)."},
              page.whole(changes), page.whole(found.regions));
  if (!shown.compared->outcome->is_converged || !shown.comparison->reference->is_converged)
    page.line({"     TIDAK KONVERGEN: angka ini bukan temuan.",
               "     NOT CONVERGED: these figures are no finding."});
}

std::vector<std::vector<std::string>> table_head(const Page& page, const std::vector<Shown>& shown) {
  std::vector<std::string> scenarios = {""}, references = {""},
                           units = {page.say({"kelompok wilayah", "region group"})};
  for (const Shown& column : shown) {
    scenarios.insert(scenarios.end(), {column.compared->outcome->scenario, ""});
    references.insert(references.end(),
                      {page.say({"thd {}", "vs {}"}, column.comparison->reference->scenario), ""});
    units.insert(units.end(), {page.say({"Rp miliar", "IDR bn"}), page.say({"per orang", "per head"})});
  }

  units.insert(units.end(), {page.say({"untung/rugi", "gain/lose"}), page.say({"pencairan", "dilution"}),
                             page.say({"\tputusan", "\tverdict"})});
  return {scenarios, references, units};
}

// Gainers, losers, dilution and verdict of the last comparison shown.
void append_last(std::vector<std::string>& row, const Page& page, const GroupGain& group) {
  row.insert(row.end(),
             {fmt::format("{}/{}", group.gainers, group.losers), page.percent_change(group.dilution_percent),
              "\t" + verdict_name(group.verdict, page.language())});
}

void say_groups(Page& page, const RunResult& run, const std::vector<Shown>& shown) {
  std::vector<std::vector<GroupGain>> columns;
  for (const Shown& column : shown) columns.push_back(group_gains(run, column.outcome, column.against));
  std::vector<std::vector<std::string>> rows = table_head(page, shown);
  for (std::size_t g = 0; g < columns.front().size(); ++g) {
    std::vector<std::string>& row = rows.emplace_back();
    row.push_back(page.name(columns.front()[g]));
    for (const std::vector<GroupGain>& column : columns) {
      row.push_back(page.change(column[g].ev_idr_bn) + (column[g].changes_with_closure ? "*" : ""));
      row.push_back(page.percent_change(column[g].ev_percent));
    }
    append_last(row, page, columns.back()[g]);
  }
  std::vector<std::string>& movers = rows.emplace_back();
  movers.push_back(page.say({"mereka yang pindah", "those who move"}));
  std::vector<std::string>& all = rows.emplace_back();
  all.push_back(page.say({"semua", "all"}));
  for (const Shown& column : shown) {
    const std::optional<MoversGain> moved = movers_gain(*column.comparison);
    rows[rows.size() - 2].push_back(moved ? page.change(moved->ev_idr_bn) : "");
    rows[rows.size() - 2].push_back(moved ? page.percent_change(moved->ev_percent) : "");
    rows.back().push_back(page.change(column.comparison->gains.ev_idr_bn));
    rows.back().emplace_back("");
  }
  page.table(rows);
}

void say_sharing(Page& page, const std::vector<Shown>& shown) {
  page.blank();
  for (const Shown& column : shown) {
    const evaluate::Gains& gains = column.comparison->gains;
    const std::optional<MoversGain> moved = movers_gain(*column.comparison);
    page.line(
        {" {} thd {}: {} % wilayah dan {} % penduduk untung; perubahan terkecil {}; Theil {} → {}, Gini {} "
         "→ {}{}",
         " {} vs {}: {} % of regions and {} % of people gain; smallest change {}; Theil {} → {}, Gini {} → "
         "{}{}"},
        gains.scenario, gains.reference, page.number(kPercent * gains.share_of_regions_that_gain, 0),
        page.number(kPercent * gains.share_of_people_that_gain, 0),
        page.percent_change(gains.smallest_gain_percent), page.number(gains.theil_before, 4),
        page.number(gains.theil_after, 4), page.number(gains.gini_before, 4),
        page.number(gains.gini_after, 4),
        moved ? page.say({"; {} orang pindah", "; {} people move"}, page.number(moved->people, 0)) : "");
  }
}

// "Kota Parepare gains → loses (+0.083 % → -0.021 %)", at most six.
std::string changed_verdicts(const Page& page, const World& world,
                             const std::vector<const VerdictChange*>& changes) {
  constexpr std::size_t kNamed = 6;
  if (changes.empty()) return page.say({"tidak ada putusan yang berubah", "no verdict changes"});
  std::vector<std::string> words;
  for (std::size_t i = 0; i < std::min(kNamed, changes.size()); ++i) {
    const evaluate::RegionGain &fixed = changes[i]->under_fixed, &budget = changes[i]->under_national_budget;
    words.push_back(fmt::format(
        "{} {} → {} ({} → {})", page.name(world.regions[fixed.region]),
        verdict_name(fixed.verdict, page.language()), verdict_name(budget.verdict, page.language()),
        page.percent_change(fixed.ev_percent), page.percent_change(budget.ev_percent)));
  }
  if (changes.size() > kNamed)
    words.push_back(page.say({"dan {} lagi", "and {} more"}, page.whole(changes.size() - kNamed)));
  return fmt::format("{}", fmt::join(words, "; "));
}

// The same comparisons under the other closure: the sum, and the verdicts that turn out otherwise.
void say_closures(Page& page, const RunResult& run, const std::vector<Shown>& shown) {
  page.heading(page.say({"BILA DEFISIT DITUTUP LEWAT ANGGARAN NASIONAL, bukan tetap (miliar rupiah setahun)",
                         "IF DEFICITS ARE CLOSED BY A NATIONAL BUDGET, not fixed (IDR bn a year)"}));
  for (const Shown& column : shown) {
    const evaluate::Gains& fixed = column.comparison->gains;
    const evaluate::Gains& budget =
        under_national_budget(run, column.outcome).comparison(column.against)->gains;
    page.line({" {} terhadap {}: semua {} → {}; {}", " {} against {}: all {} → {}; {}"}, fixed.scenario,
              fixed.reference, page.change(fixed.ev_idr_bn), page.change(budget.ev_idr_bn),
              changed_verdicts(page, *run.world, changes_of(run, column)));
  }
}

void say_other_years(Page& page, const RunResult& run) {
  for (const int year : run.options.years) {
    if (year == run.options.years.back()) continue;
    page.heading(page.say({"TAHUN {}", "THE YEAR {}"}, year));
    for (const Shown& shown : against_predecessors(run, year)) say_headline(page, run, shown);
  }
}

}  // namespace

void say_who_gains(Page& page, const RunResult& run) {
  const std::vector<Shown> shown = shown_comparisons(run);
  const int year = run.options.years.back();
  if (shown.empty()) {
    page.line({"\nTidak ada yang dibandingkan: skenario pertama adalah acuan bagi yang lain.",
               "\nNothing is compared: the first scenario is the reference of the others."});
    return;
  }
  page.heading(
      page.say({"SIAPA YANG UNTUNG, {} (nilai bagi rumah tangga dalam miliar rupiah setahun; penutupan: {})",
                "WHO GAINS, {} (what it is worth to households, IDR bn a year; closure: {})"},
               year, closure_name(trade::DeficitClosure::kFixed, page.language())));
  for (const Shown& column : against_predecessors(run, year)) say_headline(page, run, column);
  page.blank();
  say_groups(page, run, shown);
  page.line(
      {" Variasi ekuivalen mereka yang menetap, miliar rupiah setahun, dan % pendapatan per orang; "
       "untung/rugi: jumlah wilayah; pencairan: bagian\n persentase yang hanya akibat perubahan penduduk; "
       "tiga "
       "kolom terakhir untuk perbandingan terakhir. *: putusan bergantung pada penutupan defisit.",
       " Equivalent variation of those who stay, IDR bn a year, and % of income per head; gain/lose: "
       "regions; "
       "dilution: part of the percentage\n that a change of population alone makes; the last three columns "
       "are of "
       "the last comparison. *: a verdict depends on the closure."});
  say_sharing(page, shown);
  say_closures(page, run, shown);

  say_other_years(page, run);
}

}  // namespace gerbang::report
