#include "gerbang/trade/check_change.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <string>

#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"

namespace gerbang::trade {
namespace {

constexpr double kLargest = std::numeric_limits<double>::max();

// Counted without a branch: there may be as many values as pairs and sectors.
bool are_positive(std::span<const double> values) {
  std::size_t wrong = 0;
  for (const double value : values) wrong += static_cast<std::size_t>(!(value > 0.0 && value <= kLargest));
  return wrong == 0;
}

class Expectations {
 public:
  void expect(bool is_right, const Message& found, const Message& expected) {
    if (!is_right) faults_.push_back({"trade", 0, 0, found, expected});
  }
  void expect_size(std::size_t size, std::size_t wanted, const Message& what) {
    expect(size == 0 || size == wanted, said({"{} nilai {}", "{} values of {}"}, size, what),
           said({"{} atau tidak sama sekali", "{} or none"}, wanted));
  }
  void expect_positive(std::span<const double> values, const Message& what) {
    if (are_positive(values)) return;
    for (std::size_t k = 0; k < values.size(); ++k)
      if (!(values[k] > 0.0 && std::isfinite(values[k])))
        return expect(false, said({"{} nomor {} adalah {}", "{} number {} is {}"}, what, k, values[k]),
                      {"angka positif", "a positive number"});
  }
  void expect_not_negative(std::span<const double> values, const Message& what) {
    for (std::size_t k = 0; k < values.size(); ++k)
      if (!(values[k] >= 0.0 && std::isfinite(values[k])))
        return expect(false, said({"{} nomor {} adalah {}", "{} number {} is {}"}, what, k, values[k]),
                      {"0 atau lebih", "0 or more"});
  }
  void throw_if_any() {
    if (!faults_.empty()) throw InputError(std::move(faults_));
  }

 private:
  std::vector<Fault> faults_;
};

// Money that nobody earns would leave the economy: shares add to 1 wherever money is paid.
void check_earners(const ClassTransport& freight, Expectations& check) {
  const Matrix received =
      freight.earners->worth(freight.money, std::vector<double>(freight.cost.rows(), 1.0));
  for (std::size_t k = 0; k < received.values().size(); ++k) {
    const double money = freight.money.values()[k];
    if (!std::isfinite(freight.cost.values()[k]) || money == 0.0) continue;
    if (std::abs(received.values()[k] / money - 1.0) > 1e-9)
      return check.expect(false,
                          said({"penerima pasangan {} yang bagiannya berjumlah {}",
                                "earners of pair {} whose shares add to {}"},
                               k, received.values()[k] / money),
                          verbatim("1"));
  }
}

void check_transport(const Economy& economy, const Change& change, bool checks_earners, Expectations& check) {
  if (change.transport == nullptr) return;
  const std::size_t n = economy.regions;
  const Transport& transport = *change.transport;
  check.expect(
      transport.classes.size() == economy.transport.classes.size(),
      said({"angkutan {} kelas barang", "transport of {} freight classes"}, transport.classes.size()),
      said({"{}, seperti pada tahun dasar", "{}, as in the base year"}, economy.transport.classes.size()));
  for (const ClassTransport& freight : transport.classes) {
    check.expect(freight.cost.values().size() == n * n && freight.money.values().size() == n * n &&
                     freight.earners != nullptr,
                 {"kelas barang yang biaya, uang atau penerimanya tidak mencakup semua pasangan wilayah",
                  "a freight class whose cost, money or earners do not cover every pair of regions"},
                 said({"{} × {}", "{} × {}"}, n, n));
    for (const double cost : freight.cost.values())
      if (!(cost >= 0.0)) {
        check.expect(
            false, said({"biaya umum {}", "a generalised cost of {}"}, cost),
            {"0 atau lebih; +tak hingga bila tidak terhubung", "0 or more; +infinity where not connected"});
        break;
      }
    check.expect_not_negative(freight.money.values(), {"uang angkutan", "freight money"});
    if (checks_earners && freight.earners != nullptr && freight.money.values().size() == n * n &&
        freight.cost.values().size() == n * n)
      check_earners(freight, check);
  }
}

void check_pairs(const Economy& economy, const std::vector<Matrix>& by_sector, const Message& what,
                 Expectations& check) {
  check.expect_size(by_sector.size(), economy.sectors, what);
  for (const Matrix& matrix : by_sector)
    check.expect_size(matrix.values().size(), economy.regions * economy.regions, what);
}

void check_iceberg(const std::vector<Matrix>& by_sector, Expectations& check) {
  std::vector<std::uint8_t> is_right(by_sector.size());
  parallel_for(by_sector.size(),
               [&](std::size_t s) { is_right[s] = are_positive(by_sector[s].values()) ? 1 : 0; });
  for (std::size_t s = 0; s < by_sector.size(); ++s)
    if (is_right[s] == 0)
      check.expect_positive(by_sector[s].values(), {"faktor gunung es", "iceberg factor"});
}

void check_deficit(const Economy& economy, const Change& change, Expectations& check) {
  check.expect_size(change.deficit.size(), economy.regions, {"defisit", "deficit"});
  const double total = std::accumulate(change.deficit.begin(), change.deficit.end(), 0.0);
  const double scale = std::accumulate(economy.value_added.begin(), economy.value_added.end(), 0.0);
  check.expect(std::abs(total) <= 1e-9 * scale,
               said({"defisit yang berjumlah {}", "deficits that add to {}"}, total), verbatim("0"));
}

void check_people(const Economy& economy, const Change& change, Expectations& check) {
  check.expect_size(change.population.size(), economy.regions, {"penduduk", "population"});
  check.expect_positive(change.population, {"penduduk", "population"});
  if (!change.mobility) return;
  check.expect(change.mobility->population.size() == economy.regions,
               {"mobilitas tanpa penduduk", "mobility without people"},
               {"penduduk tahun dasar menurut wilayah", "persons of the base year by region"});
  check.expect(change.mobility->taste_dispersion > 0.0 && change.mobility->congestion >= 0.0,
               {"mobilitas dengan ε ≤ 0 atau δ < 0", "mobility with ε ≤ 0 or δ < 0"},
               {"ε > 0 dan δ ≥ 0", "ε > 0 and δ ≥ 0"});
}

}  // namespace

void check_change(const Economy& economy, const Change& change, bool checks_earners) {
  const std::size_t cells = economy.regions * economy.sectors;
  Expectations check;
  check_transport(economy, change, checks_earners, check);
  check_pairs(economy, change.iceberg, {"faktor gunung es", "iceberg factors"}, check);
  check_iceberg(change.iceberg, check);
  check_pairs(economy, change.duty, {"bea masuk", "duties"}, check);
  for (const Matrix& duty : change.duty)
    for (const double value : duty.values())
      if (!(value > -1.0 && std::isfinite(value))) {
        check.expect(false, said({"bea masuk {}", "a duty of {}"}, value),
                     {"lebih dari −1 (−100 %)", "more than −1 (−100 %)"});
        break;
      }
  check_people(economy, change, check);
  check.expect_size(change.productivity.values().size(), cells, {"produktivitas", "productivity"});
  check.expect_positive(change.productivity.values(), {"produktivitas", "productivity"});
  check.expect_size(change.public_demand.values().size(), cells, {"belanja publik", "public demand"});
  check.expect_not_negative(change.public_demand.values(), {"belanja publik", "public demand"});
  check.expect_size(change.local_public_demand.values().size(), cells,
                    {"belanja publik setempat", "local public demand"});
  check.expect_not_negative(change.local_public_demand.values(),
                            {"belanja publik setempat", "local public demand"});
  check.expect_size(change.payer_share.size(), economy.regions, {"bagian pembayar", "payer shares"});
  if (!change.payer_share.empty()) {
    const double paid = std::accumulate(change.payer_share.begin(), change.payer_share.end(), 0.0);
    check.expect(std::abs(paid - 1.0) <= 1e-9,
                 said({"bagian pembayar yang berjumlah {}", "payer shares that add to {}"}, paid),
                 verbatim("1"));
  }
  check_deficit(economy, change, check);
  check.throw_if_any();
}

}  // namespace gerbang::trade
