// gerbang assign NET TRIPS: road assignment alone, from a TNTP network and trip table.
#include "gerbang/roads/assign.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "apps/gerbang/road_network.h"
#include "apps/gerbang/verb.h"
#include "apps/gerbang/verbs.h"
#include "gerbang/base/error.h"
#include "gerbang/io/csv.h"
#include "gerbang/io/file.h"

namespace gerbang::app {
namespace {

using Clock = std::chrono::steady_clock;

struct AssignOptions {
  std::string network;
  std::string trips;
  double gap = 1e-8;
  std::size_t max_iterations = 1000;
  RoadCostFactors factors;
  bool is_system_optimum = false;
  std::string flows;
};

double seconds_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

// The gap of every iteration, on standard error, once the work takes more than a second.
class GapLog {
 public:
  void operator()(const Progress& progress) {
    constexpr double kQuiet = 1.0;
    lines_ += fmt::format("{:6.1f} s {:4d} {:.3e}\n", seconds_between(start_, Clock::now()), progress.done,
                          progress.residual);
    if (seconds_between(start_, Clock::now()) < kQuiet) return;
    fmt::print(stderr, "{}", lines_);
    std::fflush(stderr);
    lines_.clear();
  }

 private:
  Clock::time_point start_ = Clock::now();
  std::string lines_;
};

// By link, in the order of the file: what it carries and what it costs there.
std::string flows_csv(const RoadNetwork& network, const roads::Assignment& result) {
  std::string text = "from_node,to_node,class,flow,cost\n";
  const roads::Problem& problem = network.problem;
  const std::vector<double>& fixed = problem.classes.front().fixed_cost;
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
    const roads::Arc& arc = problem.arcs[a];
    text += fmt::format("{},{},0,{},{}\n", network.node_number[arc.from], network.node_number[arc.to],
                        io::shortest(result.class_volume(0, a)), io::shortest(result.time[a] + fixed[a]));
  }
  return text;
}

nlohmann::ordered_json not_connected_json(const RoadNetwork& network, const roads::Assignment& result) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const std::size_t i : result.not_connected) {
    const roads::Demand& row = network.problem.demand[i];
    rows.push_back({{"origin", network.node_number[row.origin]},
                    {"destination", network.node_number[row.destination]},
                    {"trips", row.volume}});
  }
  return rows;
}

double trip_total(const roads::Problem& problem) {
  double sum = 0.0;
  for (const roads::Demand& row : problem.demand) sum += row.volume;
  return sum;
}

struct Timing {
  double read_s = 0.0;
  double solve_s = 0.0;
};

nlohmann::ordered_json result_json(const RoadNetwork& network, const roads::Assignment& result,
                                   const Timing& timing) {
  nlohmann::ordered_json classes = nlohmann::ordered_json::array();
  classes.push_back({{"class", 0}, {"trips", trip_total(network.problem)}});
  return {{"relative_gap", result.relative_gap},
          {"beckmann", result.beckmann},
          {"total_travel_time", result.total_travel_time},
          {"iterations", result.iterations},
          {"is_converged", result.is_converged},
          {"classes", classes},
          {"not_connected", not_connected_json(network, result)},
          {"timing", {{"read_s", timing.read_s}, {"solve_s", timing.solve_s}}}};
}

// What an eye should not miss: pairs without a way, links without flow.
std::string remarks(const RoadNetwork& network, const roads::Assignment& result, Language language) {
  constexpr std::size_t kShown = 10;
  const auto in = [&](const Text& text) { return text.in(language); };
  std::string text;
  if (!result.not_connected.empty()) {
    text += fmt::format("{}: {}\n", in({"pasangan tanpa jalan", "pairs without a way"}),
                        result.not_connected.size());
    for (std::size_t k = 0; k < std::min(kShown, result.not_connected.size()); ++k) {
      const roads::Demand& row = network.problem.demand[result.not_connected[k]];
      text += fmt::format("  {} → {}: {} {}\n", network.node_number[row.origin],
                          network.node_number[row.destination], row.volume,
                          in({"perjalanan tidak dibebankan", "trips left out"}));
    }
    if (result.not_connected.size() > kShown) text += "  …\n";
  }
  std::size_t unused = 0;
  for (const double flow : result.class_volume.row(0)) unused += flow == 0.0 ? 1 : 0;
  if (unused > 0) {
    text += fmt::format("{}: {} / {}\n", in({"ruas tanpa arus", "links without flow"}), unused,
                        network.problem.arcs.size());
  }
  return text;
}

std::string summary(const RoadNetwork& network, const roads::Assignment& result, Language language) {
  const auto in = [&](const Text& text) { return text.in(language); };
  std::string text = remarks(network, result, language);
  if (!result.is_converged) {
    text += fmt::format("{}\n", in({"belum konvergen", "not converged"}));
  }
  text +=
      fmt::format("{}: {:.15g}\n", in({"total waktu tempuh", "total travel time"}), result.total_travel_time);
  text += fmt::format("{}: {:.15g}\n", in({"objektif Beckmann", "Beckmann objective"}), result.beckmann);
  text += fmt::format("{}: {:.3e} ({} {})\n", in({"celah relatif", "relative gap"}), result.relative_gap,
                      result.iterations, in({"iterasi", "iterations"}));
  return text;
}

ExitCode run(const AssignOptions& options, const Common& common) {
  const Clock::time_point start = Clock::now();
  const RoadNetwork network = road_network(io::read_tntp_network(options.network),
                                           io::read_tntp_trips(options.trips), options.factors);
  const Clock::time_point read = Clock::now();
  const roads::Assignment result = roads::assign(
      network.problem, {.gap = options.gap,
                        .max_iterations = options.max_iterations,
                        .objective = options.is_system_optimum ? roads::Objective::kSystemOptimum
                                                               : roads::Objective::kUserEquilibrium,
                        .observer = GapLog()});
  const Timing timing{.read_s = seconds_between(start, read), .solve_s = seconds_between(read, Clock::now())};
  if (!options.flows.empty()) io::write_file_atomically(options.flows, flows_csv(network, result));
  common.write_json(result_json(network, result, timing));
  common.print(summary(network, result, common.language));
  return result.is_converged ? ExitCode::kOk : ExitCode::kNotConverged;
}

}  // namespace

void add_assign(CLI::App& app, Command& command) {
  auto options = std::make_shared<AssignOptions>();
  CLI::App* verb =
      app.add_subcommand("assign", command.text({"pembebanan jalan: keseimbangan pengguna pada jaringan TNTP",
                                                 "road assignment: user equilibrium on a TNTP network"}));
  verb->add_option("network", options->network,
                   command.text({"jaringan (*_net.tntp)", "network (*_net.tntp)"}))
      ->required();
  verb->add_option("trips", options->trips,
                   command.text({"matriks perjalanan (*_trips.tntp)", "trip table (*_trips.tntp)"}))
      ->required();
  verb->add_option("--gap", options->gap,
                   command.text({"celah relatif yang dituju", "relative gap to reach"}))
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  verb->add_option("--max-iterations", options->max_iterations,
                   command.text({"iterasi paling banyak", "most iterations"}))
      ->capture_default_str();
  verb->add_option("--toll-factor", options->factors.toll,
                   command.text({"satuan waktu per satuan tol", "units of time per unit of toll"}))
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  verb->add_option("--distance-factor", options->factors.distance,
                   command.text({"satuan waktu per satuan panjang", "units of time per unit of length"}))
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  verb->add_flag("--system-optimum", options->is_system_optimum,
                 command.text({"minimumkan waktu total, bukan keseimbangan pengguna",
                               "minimise total time instead of finding the user equilibrium"}));
  verb->add_option("--flows", options->flows,
                   command.text({"tulis arus ruas sebagai CSV ke berkas ini",
                                 "write the links' flows as CSV to this file"}))
      ->type_name("FILE");
  verb->callback([options, &command] {
    command.action = [options](const Common& common) { return run(*options, common); };
  });
}

}  // namespace gerbang::app
