#include "gerbang/trade/tabulated_earners.h"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "gerbang/trade/kernel.h"

namespace gerbang::trade {
namespace {

// Numbers of a table, 16 MB: some 125 regions.
constexpr std::size_t kMostShares = std::size_t{1} << 21;

}  // namespace

TabulatedEarners::TabulatedEarners(const Earners& earners, const Matrix& money)
    : earned_(money.rows(), money.values().size()) {
  for (std::size_t region = 0; region < earned_.rows(); ++region) {
    std::vector<double> only(earned_.rows(), 0.0);
    only[region] = 1.0;
    const Matrix worth = earners.worth(money, only);
    std::copy(worth.values().begin(), worth.values().end(), earned_.row(region).begin());
  }
}

void TabulatedEarners::book(const Matrix& tonnes, const Matrix& /*money*/, std::span<double> earned) const {
  for (std::size_t region = 0; region < earned_.rows(); ++region)
    earned[region] += dot(earned_.row(region).data(), tonnes.values().data(), earned_.columns());
}

Matrix TabulatedEarners::worth(const Matrix& money, std::span<const double> by_region) const {
  Matrix worth(money.rows(), money.columns());
  for (std::size_t region = 0; region < earned_.rows(); ++region)
    add_scaled(by_region[region], earned_.row(region).data(), worth.values().data(), earned_.columns());
  return worth;
}

ClassTransport with_tabulated_earners(ClassTransport freight) {
  if (freight.money.rows() * freight.money.values().size() <= kMostShares)
    freight.earners = std::make_shared<TabulatedEarners>(*freight.earners, freight.money);
  return freight;
}

}  // namespace gerbang::trade
