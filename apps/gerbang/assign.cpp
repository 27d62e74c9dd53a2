// gerbang assign NET TRIPS: road assignment alone, from TNTP files, or a GMNS folder with OMX or CSV trips.
#include "gerbang/roads/assign.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "apps/gerbang/assign_outputs.h"
#include "apps/gerbang/road_network.h"
#include "apps/gerbang/verbs.h"
#include "gerbang/base/error.h"

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
  bool is_proportional = false;
  std::string classes;
  std::string turns;
  io::GmnsUnits units;
  AssignOutputs outputs;
};

double seconds_between(Clock::time_point from, Clock::time_point to) {
  return std::chrono::duration<double>(to - from).count();
}

// The gap of every iteration, then how the division of flows changes with every sweep: on standard error,
// once the work takes more than a second.
class SolverLog {
 public:
  explicit SolverLog(Language language) : language_(language) {}

  void operator()(const Progress& progress) {
    constexpr double kQuiet = 1.0;
    lines_ += progress.done == 0
                  ? Text{"membagi arus; perubahan proporsi terbesar per putaran:\n",
                         "dividing flows; largest change of a proportion by sweep:\n"}
                        .in(language_)
                  : fmt::format("{:6.1f} s {:4d} {:.3e}\n", seconds_between(start_, Clock::now()),
                                progress.done, progress.residual);
    if (seconds_between(start_, Clock::now()) < kQuiet) return;
    fmt::print(stderr, "{}", lines_);
    std::fflush(stderr);
    lines_.clear();
  }

 private:
  Clock::time_point start_ = Clock::now();
  Language language_;
  std::string lines_;
};

// Numbers where the files have numbers.
nlohmann::ordered_json node_json(const RoadNetwork& network, std::uint32_t node) {
  if (network.node_id.empty()) return network.node_number[node];
  return network.node_id[node];
}

nlohmann::ordered_json not_connected_json(const RoadNetwork& network, const roads::Assignment& result) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const std::size_t i : result.not_connected) {
    const roads::Demand& row = network.problem.demand[i];
    rows.push_back({{"origin", node_json(network, row.origin)},
                    {"destination", node_json(network, row.destination)},
                    {"trips", row.volume}});
  }
  return rows;
}

double trip_total(const roads::Problem& problem, std::size_t vehicle_class) {
  double sum = 0.0;
  for (const roads::Demand& row : problem.demand)
    sum += row.vehicle_class == vehicle_class ? row.volume : 0.0;
  return sum;
}

struct Timing {
  double read_s = 0.0;
  double solve_s = 0.0;
};

nlohmann::ordered_json result_json(const RoadNetwork& network, const roads::Assignment& result,
                                   const Timing& timing) {
  nlohmann::ordered_json classes = nlohmann::ordered_json::array();
  for (std::size_t m = 0; m < network.class_name.size(); ++m) {
    const bool is_unnamed = network.class_name[m] == "0";
    classes.push_back(
        {{"class", is_unnamed ? nlohmann::ordered_json(0) : nlohmann::ordered_json(network.class_name[m])},
         {"trips", trip_total(network.problem, m)}});
  }
  return {{"relative_gap", result.relative_gap},
          {"beckmann", result.beckmann},
          {"total_travel_time", result.total_travel_time},
          {"iterations", result.iterations},
          {"disproportion", result.disproportion},
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
      text +=
          fmt::format("  {} → {}: {} {}\n", network.node_name(row.origin), network.node_name(row.destination),
                      row.volume, in({"perjalanan tidak dibebankan", "trips left out"}));
    }
    if (result.not_connected.size() > kShown) text += "  …\n";
  }
  std::size_t unused = 0;
  for (std::size_t a = 0; a < network.problem.arcs.size(); ++a) {
    bool is_used = false;
    for (std::size_t m = 0; m < network.class_name.size(); ++m) is_used |= result.class_volume(m, a) > 0.0;
    unused += is_used ? 0 : 1;
  }
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
  if (result.disproportion > 0.0) {
    text += fmt::format("{}: {:.1e}\n",
                        in({"perubahan proporsi terakhir di antara ruas berbiaya sama",
                            "last change of a proportion between segments that cost the same"}),
                        result.disproportion);
  }
  text +=
      fmt::format("{}: {:.15g}\n", in({"total waktu tempuh", "total travel time"}), result.total_travel_time);
  text += fmt::format("{}: {:.15g}\n", in({"objektif Beckmann", "Beckmann objective"}), result.beckmann);
  text += fmt::format("{}: {:.3e} ({} {})\n", in({"celah relatif", "relative gap"}), result.relative_gap,
                      result.iterations, in({"iterasi", "iterations"}));
  return text;
}

bool has_ending(const std::string& file, const char* ending) {
  return std::filesystem::path(file).extension() == ending;
}

// The classes that are asked for; else one for every matrix of the trips.
std::vector<RoadClass> classes_of(const AssignOptions& options, const io::OmxFile& trips) {
  if (!options.classes.empty()) return read_classes(options.classes);
  std::vector<RoadClass> classes;
  for (const io::OmxMatrix& matrix : trips.matrices)
    classes.push_back({.name = matrix.name,
                       .toll_factor = options.factors.toll,
                       .cost_per_length = options.factors.distance});
  return classes;
}

RoadNetwork read_roads(const AssignOptions& options) {
  const bool is_gmns = std::filesystem::is_directory(options.network);
  if (!is_gmns && !has_ending(options.trips, ".omx") && !has_ending(options.trips, ".csv")) {
    return road_network(io::read_tntp_network(options.network), io::read_tntp_trips(options.trips),
                        options.factors);
  }
  RoadNetwork network = is_gmns ? road_network(io::read_gmns(options.network, options.units))
                                : road_network(io::read_tntp_network(options.network), {}, options.factors);
  if (has_ending(options.trips, ".omx")) {
    const io::OmxFile trips = io::read_omx(options.trips);
    set_classes(network, classes_of(options, trips));
    add_demand(network, trips, options.trips);
  } else {
    set_classes(network, options.classes.empty()
                             ? std::vector<RoadClass>{{.name = "0",
                                                       .toll_factor = options.factors.toll,
                                                       .cost_per_length = options.factors.distance}}
                             : read_classes(options.classes));
    add_demand(network, io::read_zone_trips(options.trips), options.trips);
  }
  return network;
}

ExitCode run(const AssignOptions& options, const Common& common) {
  const Clock::time_point start = Clock::now();
  const RoadNetwork network = read_roads(options);
  std::optional<roads::TurnExpansion> turns;
  if (!options.turns.empty()) turns.emplace(network.problem, read_turns(network, options.turns));
  const roads::Problem& problem = turns ? turns->problem() : network.problem;
  const Clock::time_point read = Clock::now();
  const roads::Assignment result =
      roads::assign(problem, {.gap = options.gap,
                              .max_iterations = options.max_iterations,
                              .objective = options.is_system_optimum ? roads::Objective::kSystemOptimum
                                                                     : roads::Objective::kUserEquilibrium,
                              .is_proportional = options.is_proportional,
                              .observer = SolverLog(common.language)});
  const Timing timing{.read_s = seconds_between(start, read), .solve_s = seconds_between(read, Clock::now())};
  write_outputs(
      {.network = network, .problem = problem, .result = result, .turns = turns ? &*turns : nullptr},
      options.outputs);
  common.write_json(result_json(network, result, timing));
  common.print(summary(network, result, common.language));
  return result.is_converged ? ExitCode::kOk : ExitCode::kNotConverged;
}

void add_files(const Verb& verb, AssignOptions& options) {
  AssignOutputs& outputs = options.outputs;
  const auto file = [&](const char* name, std::string& value, const Text& meaning) {
    verb.option(name, value, meaning, "FILE");
  };
  file("--classes", options.classes,
       {"kelas kendaraan: CSV class, pcu, value_of_time, toll_factor, cost_per_length",
        "vehicle classes: CSV class, pcu, value_of_time, toll_factor, cost_per_length"});
  file("--turns", options.turns,
       {"penalti belok: CSV from_node, via_node, to_node, penalty (kosong: dilarang)",
        "turn penalties: CSV from_node, via_node, to_node, penalty (blank: banned)"});
  file("--flows", outputs.flows,
       {"tulis arus ruas sebagai CSV atau GeoPackage (.gpkg)",
        "write the links' flows, as CSV or GeoPackage (.gpkg)"});
  file("--selected", outputs.selected,
       {"tulis arus perjalanan terpilih (CSV, .gpkg)", "write the flows of the selected trips (CSV, .gpkg)"});
  file("--selected-trips", outputs.selected_trips,
       {"tulis perjalanan terpilih (CSV)", "write the selected trips (CSV)"});
  file("--skims", outputs.skims,
       {"tulis biaya, waktu, jarak, tol antarzona (OMX)",
        "write cost, time, distance and toll between zones (OMX)"});
  file("--paths", outputs.paths, {"tulis lintasan (CSV)", "write the paths (CSV)"});
  file("--turning-volumes", outputs.turning_volumes,
       {"tulis arus belok (CSV)", "write the turning volumes (CSV)"});
}

void add_selection(const Verb& verb, AssignOptions& options) {
  AssignOutputs& outputs = options.outputs;
  verb.option("--select-link", outputs.select_links,
              {"pilih perjalanan yang memakai ruas ini", "select trips that use this link"}, "FROM-TO");
  verb.option("--select-origin", outputs.select_origins,
              {"pilih perjalanan dari simpul ini", "select trips from this node"}, "NODE");
  verb.option("--select-destination", outputs.select_destinations,
              {"pilih perjalanan ke simpul ini", "select trips to this node"}, "NODE");
  verb.option("--least-share", outputs.least_share,
              {"lintasan di bawah bagian ini tidak ditulis", "leave out paths of a smaller share"})
      .positive()
      .shows_default();
  verb.option("--length-unit", options.units.length,
              {"satuan panjang berkas GMNS", "unit of lengths in GMNS files"}, "UNIT");
  verb.option("--speed-unit", options.units.speed,
              {"satuan kecepatan berkas GMNS", "unit of speeds in GMNS files"}, "UNIT");
}

}  // namespace

void add_assign(const Verb& gerbang) {
  const Verb verb = gerbang.add("assign", {"pembebanan jalan: keseimbangan pengguna",
                                           "road assignment: user equilibrium on a road network"});
  AssignOptions& options = verb.runs(run);
  verb.option("network", options.network,
              {"jaringan: *_net.tntp atau folder GMNS", "network: *_net.tntp, or a GMNS folder"})
      .required();
  verb.option("trips", options.trips,
              {"perjalanan: *_trips.tntp, .omx, atau .csv", "trips: *_trips.tntp, .omx or .csv"})
      .required();
  verb.option("--gap", options.gap, {"celah relatif yang dituju", "relative gap to reach"})
      .positive()
      .shows_default();
  verb.option("--max-iterations", options.max_iterations, {"iterasi paling banyak", "most iterations"})
      .shows_default();
  verb.option("--toll-factor", options.factors.toll,
              {"satuan waktu per satuan tol", "units of time per unit of toll"})
      .not_negative()
      .shows_default();
  verb.option("--distance-factor", options.factors.distance,
              {"satuan waktu per satuan panjang", "units of time per unit of length"})
      .not_negative()
      .shows_default();
  verb.flag("--system-optimum", options.is_system_optimum,
            {"minimumkan waktu total, bukan keseimbangan pengguna",
             "minimise total time instead of finding the user equilibrium"});
  verb.flag("--proportional", options.is_proportional,
            {"kelas dan asal terbagi sama di antara ruas berbiaya sama",
             "classes and origins divide alike between segments that cost the same"});
  add_files(verb, options);
  add_selection(verb, options);
}

}  // namespace gerbang::app
