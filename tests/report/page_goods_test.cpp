#include "gerbang/report/page_goods.h"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/report/tiny_run.h"

namespace gerbang::report::test {
namespace {

double sum(const Matrix& matrix) {
  return std::accumulate(matrix.values().begin(), matrix.values().end(), 0.0);
}

// The outcome with roads, terminals and a ship.
class Goods : public ::testing::Test {
 protected:
  const evaluate::Outcome& outcome_ = *tiny_run().outcomes[index_of(tiny_run(), "ship", 2030)].outcome;
  evaluate::Network network_ = evaluate::build_network(*outcome_.world);
  GoodsFinder finder_{*tiny_run().base_year, outcome_, network_};
};

TEST_F(Goods, OfAllPairsAddUpToTheLoadOfATerminal) {
  for (const TerminalId terminal : outcome_.world->terminals.ids()) {
    const double load = outcome_.loads.terminal[terminal.value()];
    EXPECT_NEAR(sum(finder_.at_terminal(terminal)), load, 1e-5 * (1.0 + load));
  }
}

TEST_F(Goods, OfAllPairsAddUpToWhatBoardsAService) {
  double all = 0.0;
  for (const ServiceId service : outcome_.world->services.ids()) {
    const double boarded = outcome_.loads.service[service.value()];
    EXPECT_NEAR(sum(finder_.on_service(service)), boarded, 1e-5 * (1.0 + boarded));
    all += boarded;
  }
  EXPECT_GT(all, 0.0);
}

TEST_F(Goods, OfAllPairsAddUpToTheFreightOnARoad) {
  double all = 0.0;
  for (std::uint32_t arc = 0; arc < network_.arcs.size(); ++arc) {
    double freight = 0.0;
    for (std::size_t m = 0; m < network_.classes.size(); ++m)
      freight += outcome_.arc_class_volume(m, arc) / network_.classes[m].vehicles_per_kt;
    EXPECT_NEAR(sum(finder_.on_arcs({arc})), freight, 1e-4 * (1.0 + freight)) << arc;
    all += freight;
  }
  EXPECT_GT(all, 0.0);
}

}  // namespace
}  // namespace gerbang::report::test
