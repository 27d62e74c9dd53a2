// gerbang trade FOLDER: the trade counterfactual alone, from tables of flows, shares, elasticities and
// shocks.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "apps/gerbang/trade_case.h"
#include "apps/gerbang/verbs.h"
#include "gerbang/io/csv.h"
#include "gerbang/io/file.h"

namespace gerbang::app {
namespace {

struct TradeOptions {
  std::string folder;
  std::string deficits = "fixed";
  TradeCase model;
  std::string flows;
  std::string sectors;
};

const std::map<std::string, trade::DeficitClosure> kClosures = {
    {"fixed", trade::DeficitClosure::kFixed},
    {"zero", trade::DeficitClosure::kZero},
    {"share", trade::DeficitClosure::kIncomeShare}};

Text closure_in_words(const std::string& deficits) {
  if (deficits == "zero") return {"tidak ada", "none"};
  if (deficits == "share")
    return {"bagian pendapatan seperti tahun dasar", "the base year's share of income"};
  return {"tetap seperti tahun dasar", "fixed as in the base year"};
}

double percent(double factor) {
  return 100.0 * (factor - 1.0);
}

double real_wage_change(const TradeRun& run, std::size_t n) {
  return percent(run.now.wage_hat[n] / run.reference.wage_hat[n] / run.comparison.price_index_hat[n]);
}

double first_order(const TradeRun& run, std::size_t n) {
  return 100.0 * (run.decomposition.terms_of_trade[n] + run.decomposition.volume_of_trade[n]);
}

// Why an equilibrium was not found; empty when both were.
Message obstacle(const io::TradeFolder& folder, const TradeRun& run) {
  return trade::explain(run.now.obstacle ? run.now : run.reference, folder.regions, folder.sectors);
}

nlohmann::ordered_json result_json(const io::TradeFolder& folder, const TradeOptions& options,
                                   const TradeRun& run, double seconds, Language language) {
  auto regions = nlohmann::ordered_json::array();
  for (std::size_t n = 0; n < folder.regions.size(); ++n) {
    regions.push_back(
        {{"region", folder.regions[n]},
         {"welfare_change", percent(run.comparison.welfare_hat[n])},
         {"equivalent_variation", run.comparison.ev[n]},
         {"real_wage_change", real_wage_change(run, n)},
         {"wage_change", percent(run.now.wage_hat[n] / run.reference.wage_hat[n])},
         {"price_index_change", percent(run.comparison.price_index_hat[n])},
         {"population_change", percent(run.now.population_hat[n] / run.reference.population_hat[n])},
         {"terms_of_trade", 100.0 * run.decomposition.terms_of_trade[n]},
         {"volume_of_trade", 100.0 * run.decomposition.volume_of_trade[n]},
         {"welfare_first_order", first_order(run, n)}});
  }
  return {{"residual", std::max(run.reference.residual, run.now.residual)},
          {"sweeps", run.now.sweeps},
          {"is_converged", run.is_converged()},
          {"message", obstacle(folder, run).in(language)},
          {"deficits", options.deficits},
          {"negative_final_demand", run.negative_final_demand},
          {"regions", regions},
          {"timing", {{"solve_s", seconds}}}};
}

// By pair and sector that trades: at the seller's price, without the change and with it.
std::string flows_csv(const io::TradeFolder& folder, const TradeRun& run) {
  std::string text = "origin,destination,sector,base,value\n";
  for (std::size_t s = 0; s < folder.sectors.size(); ++s) {
    const Matrix base = run.reference_flow(s);
    const Matrix now = run.new_flow(s);
    for (std::size_t n = 0; n < folder.regions.size(); ++n)
      for (std::size_t i = 0; i < folder.regions.size(); ++i)
        if (base(n, i) != 0.0)
          text += fmt::format("{},{},{},{},{}\n", io::csv_cell(folder.regions[i]),
                              io::csv_cell(folder.regions[n]), io::csv_cell(folder.sectors[s]),
                              io::shortest(base(n, i)), io::shortest(now(n, i)));
  }
  return text;
}

std::string sectors_csv(const io::TradeFolder& folder, const TradeRun& run) {
  std::string text = "region,sector,price_change_percent,output_base,output\n";
  for (std::size_t n = 0; n < folder.regions.size(); ++n)
    for (std::size_t s = 0; s < folder.sectors.size(); ++s)
      text +=
          fmt::format("{},{},{},{},{}\n", io::csv_cell(folder.regions[n]), io::csv_cell(folder.sectors[s]),
                      io::shortest(percent(run.now.price_hat(n, s) / run.reference.price_hat(n, s))),
                      io::shortest(run.reference.output(n, s)), io::shortest(run.now.output(n, s)));
  return text;
}

void print_table(const io::TradeFolder& folder, const TradeOptions& options, const TradeRun& run,
                 const Common& common) {
  const auto in = [&](const Text& text) { return std::string(text.in(common.language)); };
  const auto number = [&](double value) { return number_text(value, 4, common.language); };
  if (run.negative_final_demand > 0.0)
    common.print(fmt::format(
        "{} {}\n", in({"permintaan akhir negatif yang dijadikan nol:", "negative final demand set to zero:"}),
        number(run.negative_final_demand)));
  common.print(fmt::format("{:<24}{:>14}{:>14}{:>16}{:>16}{:>16}\n", in({"perubahan, %", "change, %"}),
                           in({"kesejahteraan", "welfare"}), in({"upah riil", "real wage"}),
                           in({"nilai tukar", "terms of trade"}), in({"volume dagang", "trade volume"}),
                           in({"orde pertama", "first order"})));
  for (std::size_t n = 0; n < folder.regions.size(); ++n)
    common.print(fmt::format("{:<24}{:>14}{:>14}{:>16}{:>16}{:>16}\n", folder.regions[n],
                             number(percent(run.comparison.welfare_hat[n])), number(real_wage_change(run, n)),
                             number(100.0 * run.decomposition.terms_of_trade[n]),
                             number(100.0 * run.decomposition.volume_of_trade[n]),
                             number(first_order(run, n))));
  common.print(fmt::format("{}: {}; {}: {}; {}: {:.1e}\n", in({"defisit", "deficits"}),
                           in(closure_in_words(options.deficits)), in({"sapuan", "sweeps"}), run.now.sweeps,
                           in({"sisa", "residual"}), std::max(run.reference.residual, run.now.residual)));
  if (const Message why = obstacle(folder, run); !why.empty()) common.print(why.in(common.language) + "\n");
}

// For standard error: what goes to standard output is the same on every run.
std::string time_taken(double seconds, Language language) {
  return fmt::format("{} {} ms", std::string(Text{"waktu menghitung:", "time of solving:"}.in(language)),
                     number_text(1e3 * seconds, 1, language));
}

ExitCode run_trade(const TradeOptions& options, const Common& common) {
  const io::TradeFolder folder = io::read_trade_folder(options.folder);
  TradeCase model = options.model;
  model.closure = kClosures.at(options.deficits);
  const auto start = std::chrono::steady_clock::now();
  const TradeRun run = run_trade_case(folder, model, common.progress());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  print_table(folder, options, run, common);
  std::fprintf(stderr, "%s\n", time_taken(seconds, common.language).c_str());
  if (!options.flows.empty()) io::write_file_atomically(options.flows, flows_csv(folder, run));
  if (!options.sectors.empty()) io::write_file_atomically(options.sectors, sectors_csv(folder, run));
  common.write_json(result_json(folder, options, run, seconds, common.language));
  return run.is_converged() ? ExitCode::kOk : ExitCode::kNotConverged;
}

}  // namespace

void add_trade(const Verb& gerbang) {
  const Verb verb = gerbang.add("trade", {"andai-andai perdagangan saja, dari tabel (docs/trade.md)",
                                          "a trade counterfactual alone, from tables (docs/trade.md)"});
  TradeOptions& options = verb.runs(run_trade);
  verb.option("folder", options.folder, {"folder tabel", "folder of tables"}, "FOLDER").required();
  verb.option("--deficits", options.deficits,
              {"defisit: tetap, nol, atau bagian pendapatan yang tetap",
               "deficits: fixed, zero, or a fixed share of income"})
      .one_of({"fixed", "zero", "share"})
      .shows_default();
  verb.option("--mobility", options.model.mobility,
              {"orang pindah: sebaran selera ε (0: tidak pindah)",
               "people move: dispersion of tastes ε (0: they stay)"})
      .not_negative();
  verb.option("--congestion", options.model.congestion,
              {"kesesakan δ bila orang pindah", "congestion δ where people move"})
      .not_negative();
  verb.option("--tolerance", options.model.tolerance, {"sisa yang dituju", "residual to reach"})
      .positive()
      .shows_default();
  verb.option("--flows", options.flows, {"tulis arus ke berkas CSV ini", "write the flows to this CSV file"},
              "FILE");
  verb.option("--sectors", options.sectors,
              {"tulis harga dan keluaran ke berkas CSV ini", "write prices and outputs to this CSV file"},
              "FILE");
}

}  // namespace gerbang::app
