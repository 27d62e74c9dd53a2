#include "gerbang/trade/observed.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "gerbang/base/error.h"
#include "gerbang/trade/wedges.h"

namespace gerbang::trade {
namespace {

constexpr double kRounding = 1e-11;  // a final demand below this share of spending is rounding

// What one sector's flows add up to: spending, output at the factory gate, freight money and duties.
struct Books {
  std::vector<Matrix> tonnes;  // kt a year by freight class, destination × origin
  std::vector<double> duty;
};

void book_sector(const Matrix& flow, std::size_t sector, Economy& economy, Books& books) {
  const std::size_t n_regions = economy.regions;
  const bool has_freight = is_freight(economy, sector);
  const bool has_duty = !economy.duty.empty() && !economy.duty[sector].values().empty();
  Matrix& share = economy.share[sector];
  share = Matrix(n_regions, n_regions);
  for (std::size_t n = 0; n < n_regions; ++n) {
    double spending = 0.0;
    for (std::size_t i = 0; i < n_regions; ++i) {
      const double value = flow(n, i);
      if (value == 0.0) continue;
      spending += value;
      double factory_value = value;
      if (has_duty) {
        factory_value /= 1.0 + economy.duty[sector](n, i);
        books.duty[n] += value - factory_value;
      }
      if (has_freight) {
        const Matrix& money = economy.transport.classes[*economy.freight_class[sector]].money;
        factory_value /= 1.0 + money(n, i) / economy.value_per_tonne[sector];
        books.tonnes[*economy.freight_class[sector]](n, i) += factory_value / economy.value_per_tonne[sector];
      }
      economy.output(i, sector) += factory_value;
    }
    economy.expenditure(n, sector) = spending;
    for (std::size_t i = 0; i < n_regions; ++i) share(n, i) = spending > 0.0 ? flow(n, i) / spending : 0.0;
    if (spending == 0.0) share(n, n) = 1.0;  // nobody buys there: what would be bought is the region's own
  }
}

// Households take what intermediates and public demand leave; their shares, income and the deficit follow.
double close_region(std::size_t n, double duty, Economy& economy) {
  double total = 0.0;
  double negative = 0.0;
  double tax = 0.0;
  for (std::size_t k = 0; k < economy.sectors; ++k) {
    double inputs = 0.0;
    for (std::size_t s = 0; s < economy.sectors; ++s)
      inputs += economy.input_share[n](k, s) * economy.output(n, s);
    const double left = economy.expenditure(n, k) - inputs - economy.public_demand(n, k);
    const bool is_rounding = std::abs(left) <= kRounding * economy.expenditure(n, k);
    economy.household_share(n, k) = is_rounding ? 0.0 : std::max(0.0, left);
    if (left < 0.0 && !is_rounding) negative -= left;
    total += left;
    tax += economy.public_demand(n, k);
  }
  double positive = 0.0;
  for (std::size_t k = 0; k < economy.sectors; ++k) positive += economy.household_share(n, k);
  for (std::size_t k = 0; k < economy.sectors; ++k)
    economy.household_share(n, k) = positive > 0.0 ? economy.household_share(n, k) / positive
                                                   : 1.0 / static_cast<double>(economy.sectors);
  economy.income[n] = total;
  economy.deficit[n] = total - economy.value_added[n] + tax - duty;
  return negative;
}

// A region that buys less than its inputs and public demand has no households to speak of.
void check_incomes(const Economy& economy) {
  std::vector<Fault> faults;
  for (std::size_t n = 0; n < economy.regions; ++n)
    if (!(economy.income[n] > 0.0))
      faults.push_back(
          {"flow.csv",
           0,
           0,
           said({"pembelian wilayah nomor {} menyisakan {:.6g} bagi rumah tangganya setelah masukan dan "
                 "belanja publik",
                 "what region number {} buys leaves its households {:.6g} after inputs and public demand"},
                n + 1, economy.income[n]),
           {"pembelian di atas masukan dan belanja publik", "purchases above inputs and public demand"}});
  if (!faults.empty()) throw InputError(std::move(faults));
}

void add_value_added(Economy& economy) {
  for (std::size_t n = 0; n < economy.regions; ++n) {
    for (std::size_t s = 0; s < economy.sectors; ++s) {
      double share = 1.0;
      for (std::size_t k = 0; k < economy.sectors; ++k) share -= economy.input_share[n](k, s);
      economy.value_added_share(n, s) = share;
      economy.value_added[n] += share * economy.output(n, s);
    }
  }
}

}  // namespace

AssembledEconomy economy_from_flows(ObservedEconomy observed) {
  AssembledEconomy assembled;
  Economy& economy = assembled.economy;
  const std::size_t n_regions = economy.regions = observed.input_share.size();
  const std::size_t n_sectors = economy.sectors = observed.flow.size();
  economy.foreign = observed.foreign;
  economy.transport_sector = observed.transport_sector;
  economy.trade_elasticity = std::move(observed.trade_elasticity);
  economy.value_per_tonne = std::move(observed.value_per_tonne);
  economy.freight_class = std::move(observed.freight_class);
  economy.value_per_tonne.resize(n_sectors, 1.0);
  economy.freight_class.resize(n_sectors);
  economy.input_share = std::move(observed.input_share);
  economy.duty = std::move(observed.duty);
  economy.transport = std::move(observed.transport);
  economy.labour_share = std::move(observed.labour_share);
  economy.labour_share.resize(n_regions, 1.0);
  economy.public_demand = std::move(observed.public_demand);
  if (economy.public_demand.values().empty()) economy.public_demand = Matrix(n_regions, n_sectors);
  economy.value_added_share = economy.household_share = economy.expenditure = economy.output =
      Matrix(n_regions, n_sectors);
  economy.value_added = economy.deficit = economy.income = std::vector<double>(n_regions, 0.0);
  economy.share.resize(n_sectors);

  const std::vector<ClassTransport>& classes = economy.transport.classes;
  Books books{std::vector<Matrix>(classes.size(), Matrix(n_regions, n_regions)),
              std::vector<double>(n_regions, 0.0)};
  for (std::size_t s = 0; s < n_sectors; ++s) book_sector(observed.flow[s], s, economy, books);
  std::vector<double> freight(n_regions, 0.0);
  for (std::size_t m = 0; m < classes.size(); ++m)
    classes[m].earners->book(books.tonnes[m], classes[m].money, freight);
  if (economy.transport_sector)
    for (std::size_t n = 0; n < n_regions; ++n) economy.output(n, *economy.transport_sector) += freight[n];
  add_value_added(economy);
  for (std::size_t n = 0; n < n_regions; ++n)
    assembled.negative_final_demand += close_region(n, books.duty[n], economy);
  check_incomes(economy);
  return assembled;
}

}  // namespace gerbang::trade
