// The calibrated base year: the economy fitted at the congested costs that its own freight causes, and the
// capacities that nobody published set by the assumed use. Everything else is a change from it.
#pragma once

#include <string>
#include <vector>

#include "gerbang/base/progress.h"
#include "gerbang/evaluate/cache.h"
#include "gerbang/evaluate/joint.h"
#include "gerbang/trade/calibrate.h"

namespace gerbang::evaluate {

struct BaseYear {
  World world;  // the study's, the assumed capacities filled in; projects not applied
  trade::Economy economy;
  trade::CalibrationReport report;
  trade::CalibrationEnd fit;               // what calibrating a study alike starts from
  std::vector<double> dispersion;          // μ by freight class
  JointState state;                        // at which the base year holds
  roads::Assignment roads;                 // there
  std::shared_ptr<const Anderson> search;  // that found it; none where it was known
  double use_residual = 0.0;
  double road_gap = 0.0;
  std::size_t rounds = 0;
  bool is_converged = false;
  std::vector<TerminalId> assumed_terminals;  // capacity from the assumed use
  std::vector<ServiceId> assumed_services;
  std::vector<TerminalId> unused_terminals;  // no use in the base year and no capacity: they cause no delay
  std::vector<ServiceId> unused_services;
};

// Where the rounds of a calibration ended. All else of the base year follows without another round.
struct SettledBaseYear {
  JointState state;
  roads::Assignment roads;
  double use_residual = 0.0;
  std::size_t rounds = 0;
  bool is_converged = false;
};

struct CalibrationOptions {
  const BaseYear* start = nullptr;  // of a study alike; none: an empty network
  double use_tolerance = 1e-9;
  double road_gap = 1e-10;
  double accuracy = 0.0;   // of the economy's fit; 0: as far as it goes
  Cache* cache = nullptr;  // of SettledBaseYear; not owned; none: solved anew
  std::string hash;        // of the study and the engine, under which it is kept
  Observer observer;
};

// Throws InputError where the study cannot hold: a chain that costs nothing (its terminals are named), tables
// that no economy meets.
[[nodiscard]] BaseYear calibrate_base_year(const World& world, const CalibrationOptions& options = {});

}  // namespace gerbang::evaluate
