// gerbang trade FOLDER: the tables, their faults, and what comes out.
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "apps/gerbang/trade_case.h"
#include "gerbang/base/error.h"
#include "gerbang/io/trade_folder.h"

namespace gerbang::app {
namespace {

using Files = std::map<std::string, std::string>;

// A folder of tables that lives as long as the test.
class Folder {
 public:
  explicit Folder(const Files& files)
      : path_(std::filesystem::temp_directory_path() /
              (std::string("gerbang_trade_") + testing::UnitTest::GetInstance()->current_test_info()->name() +
               "_" + std::to_string(counter_++))) {
    std::filesystem::create_directories(path_);
    for (const auto& [name, text] : files) std::ofstream(path_ / name) << text;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  static inline int counter_ = 0;
  std::filesystem::path path_;
};

std::string faults_of(const Files& files) {
  const Folder folder(files);
  try {
    (void)io::read_trade_folder(folder.path());
  } catch (const InputError& error) {
    return error.what();
  }
  return "no fault";
}

// Two equal regions whose own share is 1/(1 + 1.8^{-4}).
Files symmetric_files() {
  const double other = std::pow(1.8, -4.0);
  const std::string own = std::to_string(1e6 / (1.0 + other));
  const std::string traded = std::to_string(1e6 * other / (1.0 + other));
  return {{"flow.csv", "origin,destination,value\na,a," + own + "\nb,b," + own + "\na,b," + traded +
                           "\nb,a," + traded + "\n"},
          {"sector.csv", "sector,trade_elasticity\ngoods,4\n"},
          {"cost_change.csv", "origin,destination,factor\na,b,0.7777777777777778\nb,a,0.7777777777777778\n"}};
}

TEST(TradeFolder, OneSectorNeedsOnlyFlowsAndACostChange) {
  Files files = symmetric_files();
  const Folder folder(files);
  const TradeRun run = run_trade_case(io::read_trade_folder(folder.path()), {});
  ASSERT_TRUE(run.is_converged());
  for (const double welfare : run.comparison.welfare_hat)
    EXPECT_NEAR(std::log(welfare), 0.035091159950, 1e-9);
  files.erase("sector.csv");  // then θ = 5
  const Folder plain(files);
  EXPECT_EQ(io::read_trade_folder(plain.path()).trade_elasticity, std::vector<double>{5.0});
}

TEST(TradeFolder, PeopleMoveToWhereRealIncomeRises) {
  Files files = symmetric_files();
  files["region.csv"] = "region,population\na,1000\nb,1000\n";
  files["cost_change.csv"] = "origin,destination,factor\na,a,0.9\n";
  const Folder folder(files);
  const TradeRun run =
      run_trade_case(io::read_trade_folder(folder.path()), {.mobility = 2.0, .congestion = 0.5});
  ASSERT_TRUE(run.is_converged()) << run.now.residual;
  EXPECT_GT(run.now.population_hat[0], 1.01);
  EXPECT_NEAR(run.now.population_hat[0] + run.now.population_hat[1], 2.0, 1e-10);
  const auto attraction = [&](std::size_t n) {
    return std::pow(run.comparison.welfare_hat[n] * std::pow(run.now.population_hat[n], -0.5), 2.0);
  };
  EXPECT_NEAR(run.now.population_hat[0] / run.now.population_hat[1], attraction(0) / attraction(1), 1e-9);
}

TEST(TradeFolder, DutiesAndInputsAndShocksAreRead) {
  const Folder folder(
      Files{{"flow.csv",
             "origin,destination,sector,value\na,a,x,50\na,b,x,10\nb,b,x,40\nb,a,x,12\na,a,y,30\nb,b,y,30\n"},
            {"sector.csv", "sector,trade_elasticity\nx,6\ny,4\n"},
            {"input_output.csv", "input_sector,using_sector,share\nx,x,0.2\ny,x,0.3\nx,y,0.1\n"},
            {"value_added.csv", "region,sector,value\na,x,36\n"},
            {"tariff.csv", "origin,destination,sector,base_percent,new_percent\nb,a,x,10,0\n"},
            {"shock.csv", "variable,region,sector,factor\nproductivity,b,,1.05\npopulation,b,,1.1\n"}});
  const io::TradeFolder tables = io::read_trade_folder(folder.path());
  EXPECT_EQ(tables.regions, (std::vector<std::string>{"a", "b"}));
  EXPECT_NEAR(tables.input_share[0](0, 0), 0.16,
              1e-15);  // 1 − 36/60 of output, in the proportions 0.2 and 0.3
  EXPECT_NEAR(tables.input_share[1](1, 0), 0.3, 1e-15);
  const TradeRun run = run_trade_case(tables, {});
  ASSERT_TRUE(run.is_converged());
  EXPECT_NEAR(run.reference_flow(0)(0, 1), 12.0, 1e-9);
  EXPECT_GT(run.new_flow(0)(0, 1), 12.0);
  EXPECT_GT(run.comparison.welfare_hat[1], 1.0);
}

TEST(TradeFolder, SaysWhereATableIsWrongAndWhatWouldBeRight) {
  Files files = symmetric_files();
  const auto with = [&](const char* name, const std::string& text) {
    Files changed = files;
    changed[name] = text;
    return faults_of(changed);
  };
  EXPECT_EQ(with("flow.csv", "origin,destination,value\na,a,1\na,b,-3\nb,b,2\n"),
            "flow.csv:3:5: value is -3; at least 0 and at most 1e+15");
  EXPECT_NE(with("flow.csv", "origin,destination,value\na,a,\nb,b,2\na,b,1\n").find("flow.csv:2:5"),
            std::string::npos);
  EXPECT_NE(with("flow.csv", "origin,destination,value\na,a,1e300\nb,b,2\n").find("at most 1e+15"),
            std::string::npos);
  EXPECT_NE(with("flow.csv", "origin,destination,value\na,a,nan\nb,b,2\n").find("flow.csv:2:5"),
            std::string::npos);
  EXPECT_NE(with("flow.csv", "origin,destination,value\na,a,1\na,a,2\nb,b,1\n").find("repeats"),
            std::string::npos);
  EXPECT_NE(
      with("flow.csv", "origin,destination,value\na,b,1\n").find("flow.csv:2:3: region 'b' makes nothing"),
      std::string::npos);
  EXPECT_EQ(with("sector.csv", "sector,trade_elasticity\ngoods,0\n"),
            "sector.csv:2:7: trade_elasticity is 0; more than 0 and at most 1000");
  EXPECT_NE(with("sector.csv", "sector,trade_elasticity\ngoods,4\nships,4\n")
                .find("sector.csv:3:1: nobody makes sector 'ships'"),
            std::string::npos);
  EXPECT_NE(
      with("input_output.csv", "region,input_sector,using_sector,share\n,goods,goods,0.5\nb,goods,goods,1\n")
          .find("flow.csv:3:1: region 'b' makes nothing, or all it makes is inputs"),
      std::string::npos);
  EXPECT_NE(with("cost_change.csv", "origin,destination,factor\na,c,0.9\n").find("unknown region 'c'"),
            std::string::npos);
  EXPECT_NE(with("input_output.csv", "input_sector,using_sector,share\ngoods,goods,1.2\n").find("at most 1"),
            std::string::npos);
  EXPECT_NE(with("value_added.csv", "region,value\na,5e6\n").find("exceeds the output"), std::string::npos);
  EXPECT_NE(with("flows.csv", "a\n").find("did you mean 'flow.csv'"), std::string::npos);
  EXPECT_NE(
      with("shock.csv", "variable,region,factor\nproductivty,a,1.1\n").find("did you mean 'productivity'"),
      std::string::npos);
}

TEST(TradeFolder, SaysWhichRegionHasNoHouseholds) {
  const Files files = {
      {"flow.csv", "origin,destination,sector,value\na,a,x,50\nb,b,x,5\nb,a,x,45\na,b,x,1\n"},
      {"input_output.csv", "input_sector,using_sector,share\nx,x,0.4\n"}};
  EXPECT_EQ(faults_of(files),
            "flow.csv:3:1: what region 'b' buys leaves its households -14 after the inputs of its sectors; "
            "larger flows to it, or smaller shares of inputs");
}

TEST(TradeFolder, ARowThatNamesASectorPrevailsOverOneForAllInAnyOrder) {
  Files files = symmetric_files();
  files["cost_change.csv"] = "origin,destination,sector,factor\na,b,goods,0.5\na,b,,0.9\n";
  const Folder folder(files);
  EXPECT_EQ(io::read_trade_folder(folder.path()).cost_factor[0](1, 0), 0.5);
}

TEST(TradeFolder, RangesOfTwelveOrdersOfMagnitudeConvergeOrEndWithAMessage) {
  Files files = symmetric_files();
  files["flow.csv"] = "origin,destination,value\na,a,1e12\nb,b,1\na,b,0.5\nb,a,0.4\n";
  for (const char* factor : {"1e-6", "0.001", "0.5", "1000", "1e12"}) {
    files["cost_change.csv"] = std::string("origin,destination,factor\na,b,") + factor + "\n";
    const Folder folder(files);
    const TradeRun run = run_trade_case(io::read_trade_folder(folder.path()), {});
    EXPECT_TRUE(run.is_converged() || run.now.obstacle.has_value()) << factor;
    for (const double welfare : run.comparison.welfare_hat) EXPECT_FALSE(std::isnan(welfare)) << factor;
  }
}

}  // namespace
}  // namespace gerbang::app
