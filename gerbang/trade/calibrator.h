// The work of calibrate(): alternates between the national balance, regional demand and the fit of flows
// until the freight money that flows earn is the freight money that outputs and supplies were computed with
// (docs/trade.md, "Calibration"). Internal to the room.
#pragma once

#include <numeric>
#include <vector>

#include "gerbang/trade/calibrate.h"

namespace gerbang::trade {

inline double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

class Calibrator {
 public:
  Calibrator(const CalibrationInput& input, const Transport& transport, const CalibrateOptions& options);
  Calibration run();

 private:
  struct Sector {
    Matrix kernel;
    Matrix received;
    Matrix known;          // flows at the buyer's price that are given; empty: none
    double exports = 0.0;  // at the factory gate
    double imports = 0.0;
    std::vector<double> log_scale;  // of the fit, for the next round
    Matrix flow;                    // at the buyer's price
    double drift = 0.0;
    bool is_fitted = false;
  };

  void set_outputs();
  void set_final_users();
  void set_sectors();
  void set_foreign_totals();
  std::vector<bool> sectors_whose_known_exports_are_a_part();
  void add_known_flows();
  void raise_transport_output();
  [[nodiscard]] double national_use() const;
  std::vector<double> national_supply();
  void balance_nation();
  void scale_shares(const std::vector<double>& factor);
  void set_demand();
  void set_foreign_economy();
  void fit_sector(std::size_t s);
  [[nodiscard]] FreightMargins book_margins() const;
  [[nodiscard]] double disagreement(const FreightMargins& next) const;
  Economy assemble();
  void fill_report(const Economy& economy);
  void check_fits() const;

  [[nodiscard]] bool is_foreign(std::size_t n) const { return n == in_.foreign; }
  [[nodiscard]] const Matrix& coefficients(std::size_t n) const {
    return in_.input_coefficient[in_.input_coefficient.size() == 1 ? 0 : n];
  }
  [[nodiscard]] double freight_of(std::size_t n, std::size_t s) const {
    return s == in_.transport_sector ? margins_.earned[n] : 0.0;
  }

  const CalibrationInput& in_;
  const Transport& transport_;
  CalibrateOptions options_;
  std::size_t n_;
  std::size_t s_;
  std::vector<Sector> sectors_;
  FreightMargins margins_;
  Matrix value_added_share_;
  Matrix target_output_;
  Matrix output_;
  std::vector<std::vector<double>> final_;  // user, region
  Matrix final_share_;                      // user × sector, balanced
  Matrix spending_;                         // X by region and sector
  std::vector<Matrix> input_share_;         // γ by region, balanced
  std::vector<double> log_factor_;
  CalibrationReport report_;
};

}  // namespace gerbang::trade
