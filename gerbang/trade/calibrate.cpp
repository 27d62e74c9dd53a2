#include "gerbang/trade/calibrate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"
#include "gerbang/trade/calibrator.h"
#include "gerbang/trade/check_calibration.h"
#include "gerbang/trade/gravity.h"
#include "gerbang/trade/observed.h"

namespace gerbang::trade {
namespace {

constexpr std::size_t kMaxRounds = 80;
constexpr double kAgreed =
    1e-13;  // change of freight money, relative to output, at which a round was the last

}  // namespace

Calibrator::Calibrator(const CalibrationInput& input, const Transport& transport,
                       const CalibrateOptions& options)
    : in_(input),
      transport_(transport),
      options_(options),
      n_(input.regions),
      s_(input.sectors),
      sectors_(s_) {
  margins_ = {std::vector<double>(n_, 0.0), std::vector<double>(s_, 0.0), std::vector<double>(s_, 0.0)};
  if (options_.start == nullptr) return;
  margins_ = options_.start->margins;
  log_factor_ = options_.start->log_factor;
  for (std::size_t s = 0; s < s_; ++s) sectors_[s].log_scale = options_.start->log_scale[s];
}

Economy Calibrator::assemble() {
  ObservedEconomy observed;
  observed.input_share = input_share_;
  observed.trade_elasticity = in_.trade_elasticity;
  observed.value_per_tonne = in_.value_per_tonne;
  observed.freight_class = in_.freight_class;
  observed.transport = transport_;
  observed.foreign = in_.foreign;
  observed.transport_sector = in_.transport_sector;
  observed.public_demand = Matrix(n_, s_);
  for (std::size_t n = 0; n < n_; ++n)
    for (std::size_t k = 0; k < s_; ++k)
      observed.public_demand(n, k) = final_share_(1, k) * final_[1][n] + final_share_(2, k) * final_[2][n];
  for (Sector& sector : sectors_) observed.flow.push_back(sector.flow);
  for (std::size_t n = 0; n < n_; ++n) {
    double labour = 0.0;
    double all = 0.0;
    for (std::size_t s = 0; s < s_; ++s) {
      const double value_added = value_added_share_(n, s) * output_(n, s);
      labour += in_.labour_share[s] * value_added;
      all += value_added;
    }
    observed.labour_share.push_back(all > 0.0 ? labour / all : 1.0);
  }
  return economy_from_flows(std::move(observed)).economy;
}

void Calibrator::fill_report(const Economy& economy) {
  report_.freight_bill = 0.0;
  for (std::size_t s = 0; s < s_; ++s)
    report_.freight_bill += margins_.on_purchases[s] + margins_.on_exports[s];
  for (std::size_t s = 0; s < s_; ++s) {
    report_.freight_share_of_decay.push_back(freight_share_of_decay(in_, transport_, s));
    double own = 0.0;
    double all = 0.0;
    for (std::size_t n = 0; n < n_; ++n) {
      if (target_output_(n, s) > 0.0)
        report_.output_error =
            std::max(report_.output_error, std::abs(economy.output(n, s) / output_(n, s) - 1.0));
      if (spending_(n, s) > 0.0)
        report_.spending_error =
            std::max(report_.spending_error, std::abs(economy.expenditure(n, s) / spending_(n, s) - 1.0));
      if (is_foreign(n)) continue;
      own += sectors_[s].flow(n, n);
      all += economy.expenditure(n, s);
    }
    report_.flow_elasticity.push_back(flow_elasticity(in_, transport_, s, sectors_[s].flow));
    report_.own_share.push_back(all > 0.0 ? own / all : 0.0);
  }
  for (std::size_t n = 0; n < n_; ++n) {
    const double target = std::accumulate(in_.value_added.row(n).begin(), in_.value_added.row(n).end(), 0.0);
    if (!is_foreign(n) && target > 0.0)
      report_.income_error = std::max(report_.income_error, std::abs(economy.value_added[n] / target - 1.0));
  }
  if (std::abs(report_.import_factor - 1.0) > 1e-9)
    report_.notes.push_back(said({"impor × {:.4f}, agar neraca perdagangan sama dengan defisit wilayah",
                                  "imports × {:.4f}, so that the trade balance is the regions' deficits"},
                                 report_.import_factor));
  for (const std::size_t n : report_.margins_exceed_output)
    report_.notes.push_back(said(
        {"{} menerima uang angkutan lebih besar dari keluaran sektor angkutannya {:.0f}: dinaikkan menjadi "
         "{:.0f}",
         "{} earns more freight money than its transport output of {:.0f}: raised to {:.0f}"},
        region_name(in_, n), target_output_(n, *in_.transport_sector), output_(n, *in_.transport_sector)));
}

Calibration Calibrator::run() {
  set_outputs();
  set_final_users();
  set_sectors();
  set_foreign_totals();
  add_known_flows();
  while (true) {
    ++report_.rounds;
    raise_transport_output();
    balance_nation();
    set_demand();
    set_foreign_economy();
    parallel_for(s_, [&](std::size_t s) { fit_sector(s); });
    check_fits();
    FreightMargins next = book_margins();
    const double change = disagreement(next);
    margins_ = std::move(next);
    if (change < std::max(kAgreed, options_.accuracy) || report_.rounds >= kMaxRounds) break;
  }
  Calibration calibration{assemble(), {}, {margins_, log_factor_, {}}};
  if (options_.is_reported) fill_report(calibration.economy);
  calibration.report = std::move(report_);
  for (Sector& sector : sectors_) calibration.end.log_scale.push_back(std::move(sector.log_scale));
  return calibration;
}

Calibration calibrate(const CalibrationInput& input, const Transport& transport,
                      const CalibrateOptions& options) {
  check_calibration(input, transport);
  return Calibrator(input, transport, options).run();
}

}  // namespace gerbang::trade
