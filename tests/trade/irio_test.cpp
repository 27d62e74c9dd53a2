// Indonesia's interregional input–output table of 2016, 34 provinces × 17 sectors, as observed flows. Final
// demand has no destination there; the rules that give it one:
//   – final deliveries of a province's sector go where its intermediate deliveries go, in the same
//   proportions; – imported inputs and taxes are bought from the rest of the world, which spends what it
//   earns on final deliveries, the
//     same share of each; deficits of provinces are what is left.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <sstream>

#include "gerbang/trade/observed.h"
#include "gerbang/trade/solve.h"
#include "gerbang/trade/welfare.h"
#include "tests/trade/shared_table.h"

namespace gerbang::trade {
namespace {

constexpr std::size_t kProvinces = 34;
constexpr std::size_t kAbroad = kProvinces;
constexpr std::size_t kIrioRegions = kProvinces + 1;
constexpr std::size_t kIrioSectors = 17;
constexpr std::size_t kImports = kIrioSectors;  // a sector that only the rest of the world makes
constexpr double kBn = 1e3;                     // mn IDR

std::filesystem::path irio_folder() {
  return std::filesystem::path(GERBANG_SHARED_DATA_DIR) / "irio";
}

// Rows sell, columns buy; province-major, then sector. IDR bn.
struct Table {
  std::vector<std::string> province;  // code
  std::vector<double> output, value_added;
  Matrix intermediate;
};

Table read_table() {
  const test::SharedTable nodes(irio_folder() / "irio2016_17_nodes.csv");
  Table table;
  for (std::size_t p = 0; p < kProvinces; ++p)
    table.province.push_back(nodes.text(p * kIrioSectors, "prov_code"));
  table.output = nodes.numbers("output_mn_idr");
  table.value_added = nodes.numbers("value_added_mn_idr");
  for (double& value : table.output) value /= kBn;
  for (double& value : table.value_added) value /= kBn;
  std::string text = test::read_text(irio_folder() / "irio2016_17_Z_mn_idr.csv.gz");
  std::replace(text.begin(), text.end(), ',', ' ');
  std::istringstream numbers(text);
  table.intermediate = Matrix(table.output.size(), table.output.size());
  for (double& value : table.intermediate.values()) {
    numbers >> value;
    value /= kBn;
  }
  return table;
}

struct Sales {
  double intermediate = 0.0;
  std::vector<double> to_province = std::vector<double>(kProvinces, 0.0);
};

Sales sales_of(const Table& table, std::size_t seller) {
  Sales sales;
  for (std::size_t buyer = 0; buyer < table.output.size(); ++buyer) {
    sales.to_province[buyer / kIrioSectors] += table.intermediate(seller, buyer);
    sales.intermediate += table.intermediate(seller, buyer);
  }
  return sales;
}

ObservedEconomy observed_flows(const Table& table) {
  ObservedEconomy observed;
  observed.flow.assign(kIrioSectors + 1, Matrix(kIrioRegions, kIrioRegions));
  observed.input_share.assign(kIrioRegions, Matrix(kIrioSectors + 1, kIrioSectors + 1));
  observed.trade_elasticity.assign(kIrioSectors + 1, 5.0);
  observed.trade_elasticity[0] = 8.0;   // agriculture
  observed.trade_elasticity[1] = 15.0;  // mining
  observed.foreign = kAbroad;
  double imports = 0.0;
  double final_deliveries = 0.0;
  for (std::size_t node = 0; node < table.output.size(); ++node) {
    const std::size_t p = node / kIrioSectors;
    const std::size_t s = node % kIrioSectors;
    double inputs = 0.0;
    for (std::size_t seller = 0; seller < table.output.size(); ++seller) {
      observed.input_share[p](seller % kIrioSectors, s) +=
          table.intermediate(seller, node) / table.output[node];
      inputs += table.intermediate(seller, node);
    }
    const double imported = table.output[node] - inputs - table.value_added[node];
    observed.input_share[p](kImports, s) = imported / table.output[node];
    observed.flow[kImports](p, kAbroad) += imported;
    imports += imported;
    final_deliveries += table.output[node] - sales_of(table, node).intermediate;
  }
  for (std::size_t node = 0; node < table.output.size(); ++node) {
    const std::size_t s = node % kIrioSectors;
    const Sales sales = sales_of(table, node);
    const double final = table.output[node] - sales.intermediate;
    const double exported = final * imports / final_deliveries;
    observed.flow[s](kAbroad, node / kIrioSectors) = exported;
    for (std::size_t to = 0; to < kProvinces; ++to)
      observed.flow[s](to, node / kIrioSectors) =
          sales.to_province[to] * (1.0 + (final - exported) / sales.intermediate);
  }
  return observed;
}

bool is_between_sulawesi_and_kalimantan(const std::string& a, const std::string& b) {
  return (a[0] == '6' && b[0] == '7') || (a[0] == '7' && b[0] == '6');
}

TEST(Irio, OutputsValueAddedAndObservedFlowsAreReproduced) {
  if (!std::filesystem::exists(irio_folder()))
    GTEST_SKIP() << "the shared data is not here: " << irio_folder();
  const Table table = read_table();
  const ObservedEconomy observed = observed_flows(table);
  const AssembledEconomy assembled = economy_from_flows(observed);
  const Economy& economy = assembled.economy;
  EXPECT_EQ(assembled.negative_final_demand, 0.0);
  const Equilibrium base = solve(economy, {});
  EXPECT_LT(base.residual, 1e-12);
  for (std::size_t s = 0; s < kIrioSectors; ++s) {
    const Matrix modelled = flow(economy, {}, base, s);
    for (std::size_t p = 0; p < kProvinces; ++p) {
      const std::size_t node = p * kIrioSectors + s;
      EXPECT_NEAR(base.output(p, s) / table.output[node], 1.0, 1e-10);
      EXPECT_NEAR(economy.value_added_share(p, s) * base.output(p, s) / table.value_added[node], 1.0, 1e-10);
      for (std::size_t to = 0; to < kIrioRegions; ++to)
        EXPECT_NEAR(modelled(to, p), observed.flow[s](to, p), 1e-10 * table.output[node]);
    }
  }
}

TEST(Irio, CheaperGoodsBetweenSulawesiAndKalimantan) {
  if (!std::filesystem::exists(irio_folder()))
    GTEST_SKIP() << "the shared data is not here: " << irio_folder();
  const Table table = read_table();
  const Economy economy = economy_from_flows(observed_flows(table)).economy;
  Change change;
  change.iceberg.assign(kIrioSectors + 1, Matrix(kIrioRegions, kIrioRegions, 1.0));
  for (std::size_t s = 0; s < 3; ++s)  // agriculture, mining, manufacturing
    for (std::size_t n = 0; n < kProvinces; ++n)
      for (std::size_t i = 0; i < kProvinces; ++i)
        if (is_between_sulawesi_and_kalimantan(table.province[n], table.province[i]))
          change.iceberg[s](n, i) = 0.9;
  const Equilibrium base = solve(economy, {});
  const Equilibrium now = solve(economy, change);
  ASSERT_TRUE(now.is_converged);
  const Comparison comparison = compare(economy, base, now);
  double kalimantan = 0.0;
  double sulawesi = 0.0;
  double nation = 0.0;
  for (std::size_t p = 0; p < kProvinces; ++p) {
    if (table.province[p][0] == '6') kalimantan += comparison.ev[p];
    if (table.province[p][0] == '7') sulawesi += comparison.ev[p];
    nation += comparison.ev[p];
  }
  // The figures of docs/trade.md, IDR bn a year at 2016 prices.
  EXPECT_NEAR(kalimantan, 4434.9, 0.05);
  EXPECT_NEAR(sulawesi, 5880.2, 0.05);
  EXPECT_NEAR(nation, 9921.5, 0.05);
}

}  // namespace
}  // namespace gerbang::trade
