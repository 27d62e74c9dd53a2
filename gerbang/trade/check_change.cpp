#include "gerbang/trade/check_change.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>
#include <string>

#include "gerbang/base/error.h"

namespace gerbang::trade {
namespace {

class Checker {
 public:
  void expect(bool is_right, const std::string& found, const std::string& expected) {
    if (!is_right) faults_.push_back({"trade", 0, 0, found, expected});
  }
  void expect_size(std::size_t size, std::size_t wanted, const std::string& what) {
    expect(size == 0 || size == wanted, fmt::format("{} values of {}", size, what),
           fmt::format("{} or none", wanted));
  }
  void expect_positive(const std::vector<double>& values, const std::string& what) {
    for (std::size_t k = 0; k < values.size(); ++k)
      if (!(values[k] > 0.0 && std::isfinite(values[k])))
        return expect(false, fmt::format("{} number {} is {}", what, k, values[k]), "a positive number");
  }
  void expect_not_negative(const std::vector<double>& values, const std::string& what) {
    for (std::size_t k = 0; k < values.size(); ++k)
      if (!(values[k] >= 0.0 && std::isfinite(values[k])))
        return expect(false, fmt::format("{} number {} is {}", what, k, values[k]), "0 or more");
  }
  void throw_if_any() {
    if (!faults_.empty()) throw InputError(std::move(faults_));
  }

 private:
  std::vector<Fault> faults_;
};

// Money that nobody earns would leave the economy: shares add to 1 wherever money is paid.
void check_earners(const ClassTransport& freight, Checker& check) {
  for (std::size_t k = 0; k + 1 < freight.earners.begin.size(); ++k) {
    if (!std::isfinite(freight.cost.values()[k]) || freight.money.values()[k] == 0.0) continue;
    double shares = 0.0;
    for (const Earning& earning : freight.earners.of(k)) shares += earning.share;
    if (std::abs(shares - 1.0) > 1e-9)
      return check.expect(false, fmt::format("earners of pair {} whose shares add to {}", k, shares), "1");
  }
}

void check_transport(const Economy& economy, const Change& change, Checker& check) {
  if (change.transport == nullptr) return;
  const std::size_t n = economy.regions;
  const Transport& transport = *change.transport;
  check.expect(transport.classes.size() == economy.transport.classes.size(),
               fmt::format("transport of {} freight classes", transport.classes.size()),
               fmt::format("{}, as in the base year", economy.transport.classes.size()));
  for (const ClassTransport& freight : transport.classes) {
    check.expect(freight.cost.values().size() == n * n && freight.money.values().size() == n * n &&
                     freight.earners.begin.size() == n * n + 1,
                 "a freight class whose cost, money or earners do not cover every pair of regions",
                 fmt::format("{} × {}", n, n));
    for (const double cost : freight.cost.values())
      if (!(cost >= 0.0)) {
        check.expect(false, fmt::format("a generalised cost of {}", cost),
                     "0 or more; +infinity where not connected");
        break;
      }
    check.expect_not_negative(freight.money.values(), "freight money");
    if (freight.earners.begin.size() == n * n + 1) check_earners(freight, check);
  }
}

void check_pairs(const Economy& economy, const std::vector<Matrix>& by_sector, const std::string& what,
                 Checker& check) {
  check.expect_size(by_sector.size(), economy.sectors, what);
  for (const Matrix& matrix : by_sector)
    check.expect_size(matrix.values().size(), economy.regions * economy.regions, what);
}

void check_deficit(const Economy& economy, const Change& change, Checker& check) {
  check.expect_size(change.deficit.size(), economy.regions, "deficit");
  const double total = std::accumulate(change.deficit.begin(), change.deficit.end(), 0.0);
  const double scale = std::accumulate(economy.value_added.begin(), economy.value_added.end(), 0.0);
  check.expect(std::abs(total) <= 1e-9 * scale, fmt::format("deficits that add to {}", total), "0");
}

void check_people(const Economy& economy, const Change& change, Checker& check) {
  check.expect_size(change.population.size(), economy.regions, "population");
  check.expect_positive(change.population, "population");
  if (!change.mobility) return;
  check.expect(change.mobility->population.size() == economy.regions, "mobility without people",
               "persons of the base year by region");
  check.expect(change.mobility->taste_dispersion > 0.0 && change.mobility->congestion >= 0.0,
               "mobility with ε ≤ 0 or δ < 0", "ε > 0 and δ ≥ 0");
}

}  // namespace

void check_change(const Economy& economy, const Change& change) {
  const std::size_t cells = economy.regions * economy.sectors;
  Checker check;
  check_transport(economy, change, check);
  check_pairs(economy, change.iceberg, "iceberg factors", check);
  for (const Matrix& iceberg : change.iceberg) check.expect_positive(iceberg.values(), "iceberg factor");
  check_pairs(economy, change.duty, "duties", check);
  for (const Matrix& duty : change.duty)
    for (const double value : duty.values())
      if (!(value > -1.0 && std::isfinite(value))) {
        check.expect(false, fmt::format("a duty of {}", value), "more than −1 (−100 %)");
        break;
      }
  check_people(economy, change, check);
  check.expect_size(change.productivity.values().size(), cells, "productivity");
  check.expect_positive(change.productivity.values(), "productivity");
  check.expect_size(change.public_demand.values().size(), cells, "public demand");
  check.expect_not_negative(change.public_demand.values(), "public demand");
  check.expect_size(change.local_public_demand.values().size(), cells, "local public demand");
  check.expect_not_negative(change.local_public_demand.values(), "local public demand");
  check.expect_size(change.payer_share.size(), economy.regions, "payer shares");
  if (!change.payer_share.empty()) {
    const double paid = std::accumulate(change.payer_share.begin(), change.payer_share.end(), 0.0);
    check.expect(std::abs(paid - 1.0) <= 1e-9, fmt::format("payer shares that add to {}", paid), "1");
  }
  check_deficit(economy, change, check);
  check.throw_if_any();
}

}  // namespace gerbang::trade
