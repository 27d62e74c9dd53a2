// Earners by shares: of each pair's money, what part which region earns.
#pragma once

#include <vector>

#include "gerbang/trade/transport.h"

namespace gerbang::trade::test {

class Shares : public Earners {
 public:
  struct Share {
    std::size_t region = 0;
    double share = 0.0;
  };

  explicit Shares(std::size_t pairs) : of_pair(pairs) {}

  void book(const Matrix& tonnes, const Matrix& money, std::span<double> earned) const override {
    for (std::size_t pair = 0; pair < of_pair.size(); ++pair)
      for (const Share& part : of_pair[pair])
        earned[part.region] += part.share * money.values()[pair] * tonnes.values()[pair];
  }
  [[nodiscard]] Matrix worth(const Matrix& money, std::span<const double> by_region) const override {
    Matrix worth(money.rows(), money.columns());
    for (std::size_t pair = 0; pair < of_pair.size(); ++pair)
      for (const Share& part : of_pair[pair])
        worth.values()[pair] += part.share * money.values()[pair] * by_region[part.region];
    return worth;
  }

  std::vector<std::vector<Share>> of_pair;  // destination × origin
};

// Those of random_flows().
inline const Shares& shares_of(const ClassTransport& freight) {
  return dynamic_cast<const Shares&>(*freight.earners);
}

}  // namespace gerbang::trade::test
