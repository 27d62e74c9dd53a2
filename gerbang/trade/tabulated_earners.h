// Who earns the money of one class, as a table: what of each pair's money every region earns. For whoever
// asks very often at one state of the transport, as an adjoint does, when whoever else knows it works it out
// anew each time.
#pragma once

#include "gerbang/trade/transport.h"

namespace gerbang::trade {

class TabulatedEarners : public Earners {
 public:
  // Of as many regions as the money has rows; the money of later calls must be this one.
  TabulatedEarners(const Earners& earners, const Matrix& money);

  void book(const Matrix& tonnes, const Matrix& money, std::span<double> earned) const override;
  [[nodiscard]] Matrix worth(const Matrix& money, std::span<const double> by_region) const override;

 private:
  Matrix earned_;  // region × pair, mn IDR per tonne
};

// The class with its earners in a table where that is small, else as it is.
[[nodiscard]] ClassTransport with_tabulated_earners(ClassTransport freight);

}  // namespace gerbang::trade
