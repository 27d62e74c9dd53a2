// Who gains: one outcome against a named reference of the same year. Equivalent variation per region, for
// those who stay and those who move; inequality before and after; a verdict with three classes. Exact, with
// the first-order value of cheaper transport beside it as a guard.
#pragma once

#include <string>
#include <vector>

#include "gerbang/evaluate/outcome.h"
#include "gerbang/trade/economy.h"
#include "gerbang/trade/welfare.h"

namespace gerbang::evaluate {

enum class Verdict : std::uint8_t { kGains, kLoses, kNoMaterialChange };

struct RegionGain {
  RegionId region;
  double ev_idr_bn = 0.0;   // a year, of those who live there in both
  double ev_percent = 0.0;  // of their income
  double ev_mn_idr_per_head = 0.0;
  double dilution_percent = 0.0;  // part of the percentage that a change of population alone makes
  Verdict verdict = Verdict::kNoMaterialChange;
};

struct Gains {
  std::string scenario;   // what is compared
  std::string reference;  // with what: a scenario of the same year
  int year = 0;
  std::vector<RegionGain> regions;  // domestic regions, in the order of the study
  RegionGain foreign;               // all foreign regions together
  std::vector<trade::MoverGain> movers;
  double ev_idr_bn = 0.0;  // domestic, stayers and movers
  double movers_ev_idr_bn = 0.0;
  double first_order_idr_bn = 0.0;  // Σ q° (g° − g) of domestic buyers: what the reference's tonnes save
  bool is_transport_only = false;   // no trend differs, so that the first-order value is comparable
  double share_of_regions_that_gain = 0.0;
  double share_of_people_that_gain = 0.0;
  double smallest_gain_percent = 0.0;
  double theil_before = 0.0, theil_after = 0.0;  // of real household income per head between regions
  double gini_before = 0.0, gini_after = 0.0;
};

[[nodiscard]] Gains gains(const trade::Economy& economy, const Outcome& reference, const Outcome& outcome);

}  // namespace gerbang::evaluate
