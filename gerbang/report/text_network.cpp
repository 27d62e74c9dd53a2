// What moves, in words: the fullest roads, terminals and services, tonnes by mode, cost and time between
// pairs of regions, what is not served.
#include <cmath>

#include "gerbang/base/units.h"
#include "gerbang/report/summary.h"
#include "gerbang/report/text.h"

namespace gerbang::report {
namespace {

constexpr double kThousandIdrPerMnIdr = 1e3;
constexpr double kLeastKtShown = 0.05;

void say_loaded(Page& page, const Text& title, const std::vector<Loaded>& loaded) {
  if (loaded.empty()) return;
  std::vector<std::vector<std::string>> rows = {{page.say(title), page.say({"pemakaian", "use"}),
                                                 page.say({"acuan", "before"}),
                                                 page.say({"kt setahun", "kt a year"})}};
  for (const Loaded& item : loaded)
    rows.push_back({page.name(item), page.number(item.use, 2),
                    item.use_before ? page.number(*item.use_before, 2) : "–", page.figure(item.kt),
                    item.is_assumed ? page.say({"\tdianggap", "\tassumed"}) : ""});
  page.table(rows);
}

std::string mode_name(const Page& page, const std::string& mode) {
  const std::pair<std::string_view, Text> names[] = {
      {"within_region", {"di dalam wilayah", "within regions"}},
      {"road", {"jalan, pintu ke pintu", "road, door to door"}},
      {"sea", {"laut", "sea"}},
      {"ferry", {"penyeberangan", "ferry"}},
      {"rail", {"kereta api", "rail"}},
      {"air", {"udara", "air"}},
      {"pipeline", {"pipa", "pipeline"}}};
  for (const auto& [id, name] : names)
    if (id == mode) return page.say(name);
  return mode;
}

void say_modes(Page& page, const evaluate::Outcome& before, const evaluate::Outcome& after) {
  page.heading(page.say({"MUATAN MENURUT MODA, juta ton setahun", "TONNES BY MODE, million tonnes a year"}));
  std::vector<std::vector<std::string>> rows = {{"", before.scenario, after.scenario}};
  const std::vector<ModeTonnes> earlier = tonnes_by_mode(before), later = tonnes_by_mode(after);
  for (std::size_t i = 0; i < later.size(); ++i)
    rows.push_back({mode_name(page, later[i].mode), page.figure(earlier[i].kt / kKtPerMt),
                    page.figure(later[i].kt / kKtPerMt)});
  page.table(rows);
}

// "1,234 → 1,200", or one figure where nothing shows.
std::string before_after(const std::string& before, const std::string& after) {
  return before == after ? after : before + " → " + after;
}

void say_pair(Page& page, const RegionPair& pair, const evaluate::Outcome& before,
              const evaluate::Outcome& after) {
  const World& world = *after.world;
  const std::size_t n = pair.destination.value(), i = pair.origin.value();
  std::vector<std::vector<std::string>> rows = {{fmt::format("{} – {}", page.name(world.regions[pair.origin]),
                                                             page.name(world.regions[pair.destination])),
                                                 page.say({"kt setahun", "kt a year"}),
                                                 page.say({"ribu rupiah/t", "thousand IDR/t"}),
                                                 page.say({"jam", "hours"})}};
  for (const FreightClassId id : world.freight_classes.ids()) {
    const std::size_t m = id.value();
    const FreightClass& freight = world.freight_classes[id];
    const double kt_before = before.equilibrium.tonnes[m](n, i), kt_after = after.equilibrium.tonnes[m](n, i);
    if (kt_before < kLeastKtShown && kt_after < kLeastKtShown) continue;
    const auto cost = [&](const evaluate::Outcome& outcome) {
      return page.figure(outcome.cost[m](n, i) * kThousandIdrPerMnIdr);
    };
    rows.push_back({"  " + page.name(freight), before_after(page.figure(kt_before), page.figure(kt_after)),
                    before_after(cost(before), cost(after)),
                    before_after(page.figure(before.hours[m](n, i)), page.figure(after.hours[m](n, i)))});
  }
  if (rows.size() == 1) rows.push_back({page.say({"  tidak ada muatan", "  nothing is shipped"})});
  page.table(rows);
}

void say_unserved(Page& page, const evaluate::Outcome& outcome) {
  const World& world = *outcome.world;
  page.heading(page.say({"TAK TERLAYANI", "NOT SERVED"}));
  page.line({" {} kt setahun tidak dikirim karena tidak ada rantai angkutan dengan harga terjangkau.",
             " {} kt a year are not shipped for want of a chain at a bearable price."},
            page.figure(outcome.unserved_kt));
  std::vector<std::string> words;
  const std::vector<std::size_t> pairs = unconnected_pairs(outcome);
  for (const FreightClassId m : world.freight_classes.ids()) {
    const FreightClass& freight = world.freight_classes[m];
    if (pairs[m.value()] > 0)
      words.push_back(fmt::format("{} {}", page.name(freight), page.whole(pairs[m.value()])));
  }
  if (words.empty()) {
    page.line({" Semua pasangan wilayah terhubung untuk setiap kelas muatan.",
               " Every pair of regions is connected for every freight class."});
  } else {
    page.line({" Pasangan wilayah tanpa rantai angkutan: {}.", " Pairs of regions without a chain: {}."},
              fmt::format("{}", fmt::join(words, ", ")));
  }
  const trade::Equilibrium& equilibrium = outcome.equilibrium;
  if (!equilibrium.newly_connected.empty())
    page.line(
        {" {} arus (sektor dan pasangan) kini terhubung tetapi tidak pada tahun dasar: tanpa pangsa dasar "
         "tidak ada perdagangan.",
         " {} flows (sector and pair) are connected now but were not in the base year: without a base share "
         "nothing is traded."},
        page.whole(equilibrium.newly_connected.size()));
  if (!equilibrium.cut.empty())
    page.line({" {} arus (sektor dan pasangan) kehilangan rantai angkutan tahun dasar.",
               " {} flows (sector and pair) have lost the base year's chain."},
              page.whole(equilibrium.cut.size()));
}

}  // namespace

void say_what_moves(Page& page, const RunResult& run) {
  const ComparedOutcome& compared = run.outcomes[closest_look(run).value_or(run.outcomes.size() - 1)];
  const evaluate::Outcome& after = *compared.outcome;
  const evaluate::Outcome& before = compared.base ? *compared.base->reference : after;
  page.heading(page.say({"YANG PALING PENUH, {} {} (pemakaian: muatan terhadap kapasitas; acuan: {})",
                         "MOST LOADED, {} {} (use: load over capacity; before: {})"},
                        after.scenario, after.year, before.scenario));
  const MostLoaded loaded = most_loaded(run, before, after);
  say_loaded(page, {"Jalan", "Roads"}, loaded.links);
  say_loaded(page, {"Terminal", "Terminals"}, loaded.terminals);
  say_loaded(page, {"Layanan (bagian terpenuh)", "Services (fullest leg)"}, loaded.services);
  page.line(
      {" dianggap: kapasitas atau lalu lintas dasarnya tidak dipublikasikan dan dianggap oleh studi atau "
       "dari "
       "pemakaian tahun dasar.",
       " assumed: its capacity or background traffic is not published; assumed by the study or from the base "
       "year's use."});
  say_modes(page, before, after);
  page.heading(page.say({"BIAYA DAN WAKTU SATU TON, pintu ke pintu, {} ({} → {})",
                         "COST AND TIME OF A TONNE, door to door, {} ({} → {})"},
                        after.year, before.scenario, after.scenario));
  for (const RegionPair& pair : run.options.pairs) say_pair(page, pair, before, after);
  say_unserved(page, after);
}

}  // namespace gerbang::report
