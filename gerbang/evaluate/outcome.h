// What a request is, and what comes out of it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gerbang/evaluate/joint.h"
#include "gerbang/evaluate/trends.h"
#include "gerbang/trade/solve.h"
#include "gerbang/world/world.h"

namespace gerbang::evaluate {

enum class Run : std::uint8_t {
  kLong,   // trade, prices and routes settle
  kShort,  // trade stays as in the parent, goods only find new ways
};

struct Request {
  ScenarioId scenario;
  int year = 0;
  trade::DeficitClosure closure = trade::DeficitClosure::kFixed;
  Run run = Run::kLong;
  std::vector<Edit> edits;  // on top of the scenario's projects
};

// How well it holds. Nothing is judged converged that these do not show.
struct Residuals {
  double road_gap = 0.0;     // relative gap of the road flows
  double use = 0.0;          // largest |terminal or service load in − out| over capacity
  double road_demand = 0.0;  // largest |road demand in − out|, over kRoadScale
  double market = 0.0;       // largest |excess labour demand| over value added
};

// What outcomes are solved to.
inline constexpr Residuals kTolerances{.road_gap = 1e-8, .use = 2e-7, .road_demand = 2e-7, .market = 1e-12};

// What one solve taught for the next: how residuals of the joint equilibrium and of its markets change. None:
// nothing is known.
struct Learned {
  std::shared_ptr<const Anderson> joint;
  std::shared_ptr<const Anderson> market;
};

struct Outcome {
  std::string hash;         // of the request, its parent's included
  std::string parent_hash;  // what it was warm-started from
  std::string scenario;     // id
  int year = 0;
  trade::DeficitClosure closure = trade::DeficitClosure::kFixed;
  Run run = Run::kLong;
  Residuals residuals;
  std::size_t rounds = 0;
  bool is_converged = false;

  JointState state;
  TrendEffects trends;
  double growth = 1.0;  // of public demand and deficits since the base year
  trade::Equilibrium equilibrium;

  // By freight class, destination × origin: generalised cost and money, mn IDR per tonne; expected hours door
  // to door.
  std::vector<Matrix> cost;
  std::vector<Matrix> money;
  std::vector<Matrix> hours;
  std::vector<Matrix> flow;        // by sector, destination × origin, IDR bn a year at the buyer's price
  Loads loads;                     // kt a year
  std::vector<double> arc_volume;  // pcu per hour, background included
  std::vector<double> arc_time_h;
  Matrix arc_class_volume;   // vehicles per hour, class × arc
  double unserved_kt = 0.0;  // shipped in the parent, not now, for want of a chain at a bearable price
  std::vector<trade::SectorPair> unserved;

  // Recomputed, never stored: the study as it stands under the request.
  std::shared_ptr<const World> world;
  // Never stored, and kept only where no outcome comes from a store (Detail::kGainsOnly): the next solve
  // would otherwise depend on what is in the store.
  Learned learned;
};

}  // namespace gerbang::evaluate
