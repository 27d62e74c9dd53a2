// From the tables of a study to an Economy whose base year holds exactly: national supply and use are
// balanced by RAS, base shares are observed flows or a gravity prior, fitted bi-proportionally so that every
// region's output of every sector is met (docs/trade.md, "Calibration"). Freight money earned is netted out
// of the transport sector's output.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gerbang/base/matrix.h"
#include "gerbang/base/message.h"
#include "gerbang/trade/economy.h"
#include "gerbang/world/world.h"

namespace gerbang::trade {

// Exports or imports of a sector at the domestic price; without region the nation's total, known rows
// included.
struct ForeignFlow {
  TradeDirection direction = TradeDirection::kExport;
  std::optional<std::size_t> region;
  std::size_t sector = 0;
  double value = 0.0;
};
// An observed flow that overrides the prior, at the buyer's price.
struct KnownFlow {
  std::size_t origin = 0;
  std::size_t destination = 0;
  std::size_t sector = 0;
  double value = 0.0;
};

struct CalibrationInput {
  std::size_t regions = 0;
  std::size_t sectors = 0;
  std::optional<std::size_t> foreign = {};
  std::optional<std::size_t> transport_sector = {};
  std::vector<std::string> region_name = {};  // ids, for messages
  std::vector<std::string> sector_name = {};

  // By sector.
  std::vector<double> trade_elasticity = {};
  std::vector<double> distance_elasticity = {};  // ξ, decay with great-circle distance beyond freight cost
  std::vector<double> own_region_log = {};       // ln of the extra weight of the region's own supply
  std::vector<double> labour_share = {};         // λ_s
  std::vector<double> value_per_tonne = {};
  std::vector<std::optional<std::size_t>> freight_class = {};

  Matrix value_added = {};  // region × sector; the foreign row is derived
  std::vector<Matrix> input_coefficient =
      {};                          // one for the nation, or one by region: (input, using sector) of output
  Matrix final_demand_share = {};  // user (FinalUser) × sector
  std::vector<double> final_demand_ratio = {};  // by region: all local final demand over value added
  std::vector<double> government = {};          // by region
  std::vector<double> investment = {};          // by region
  std::vector<ForeignFlow> foreign_flows = {};
  std::vector<KnownFlow> known_flows = {};
  Matrix distance_km = {};     // destination × origin; the diagonal is the haul within the region
  double foreign_size = 20.0;  // the rest of the world's value added over the nation's
};

// The input that a study's tables give; distances are great circles between region nodes.
[[nodiscard]] CalibrationInput calibration_input(const World& world);

// What calibration had to change, and how well the prior fits.
struct CalibrationReport {
  std::size_t rounds = 0;                   // until freight margins, use and flows agreed
  double largest_coefficient_change = 0.0;  // |new − old| of a national input coefficient
  double output_error = 0.0;                // largest |sales − output| / output over regions and sectors
  double spending_error = 0.0;              // largest |purchases − use| / use over regions and sectors
  double income_error = 0.0;                // largest |value added − target| / target over regions
  double import_factor = 1.0;               // on imports, so that deficits and the trade balance agree
  std::vector<std::size_t>
      margins_exceed_output;  // regions that earn more freight money than their transport output
  std::vector<double>
      freight_share_of_decay;  // by sector: part of the fitted distance decay that freight explains
  // By sector: ∂ ln flow/∂ ln g = −θ g/(v + g), prices given, as a mean over pairs of different domestic
  // regions weighted by flow; 0 for what is not freight.
  std::vector<double> flow_elasticity;
  std::vector<double> own_share;  // by sector: domestic spending on the own region's supply
  double freight_bill = 0.0;      // IDR bn a year, without the rest of the world's own haul
  std::vector<Message> notes;     // adjustments, one sentence each, with the figures
};

// Freight money, IDR bn a year.
struct FreightMargins {
  std::vector<double> earned;        // by region
  std::vector<double> on_purchases;  // by sector: what domestic buyers pay above the factory gate
  std::vector<double> on_exports;
};

// Where the rounds of a calibration ended.
struct CalibrationEnd {
  FreightMargins margins;
  std::vector<double> log_factor;              // of the national balance
  std::vector<std::vector<double>> log_scale;  // of the fit, by sector
};

struct Calibration {
  Economy economy;
  CalibrationReport report;
  CalibrationEnd end;
};

struct CalibrateOptions {
  // How far freight money and flows may be from agreeing, relative to output; 0: as far as rounding lets them
  // agree.
  double accuracy = 0.0;
  // Of tables and transport alike: spares rounds. Not owned; none: from nothing.
  const CalibrationEnd* start = nullptr;
  bool is_reported = true;  // else the report holds only what was changed
};

// Throws InputError where no economy can meet the tables (an output nobody can buy, a region without income).
[[nodiscard]] Calibration calibrate(const CalibrationInput& input, const Transport& transport,
                                    const CalibrateOptions& options = {});

}  // namespace gerbang::trade
