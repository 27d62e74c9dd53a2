// The folder of a trade counterfactual: tables of flows, shares, elasticities, duties and shocks, without a
// network (docs/trade.md describes each). A one-sector gravity model needs flow.csv and cost_change.csv only.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "gerbang/base/matrix.h"

namespace gerbang::io {

// Regions and sectors in order of first appearance (region.csv and sector.csv first, where they exist).
struct TradeFolder {
  std::vector<std::string> regions;
  std::vector<std::string> sectors;

  std::vector<Matrix> flow;              // by sector: (destination, origin), what the seller receives
  std::vector<Matrix> input_share;       // by region: (input, using sector) of output
  std::vector<double> trade_elasticity;  // by sector; 5 where sector.csv says nothing
  std::vector<double> population;        // by region, persons; 0 where region.csv says nothing
  std::vector<double> labour_share;      // by region; 1 where region.csv says nothing
  std::optional<std::size_t> numeraire;  // the region whose wage is the numeraire

  // By sector, (destination, origin); empty where the folder has no such table.
  std::vector<Matrix> duty_base;  // 0.05: 5 percent
  std::vector<Matrix> duty_new;
  std::vector<Matrix> cost_factor;
  Matrix productivity;                    // region × sector, factor; empty: 1
  std::vector<double> population_factor;  // by region; empty: 1
};

// Throws InputError with every fault of every table.
[[nodiscard]] TradeFolder read_trade_folder(const std::filesystem::path& folder);

}  // namespace gerbang::io
