// The flows' side of calibration: priors, known flows, the rest of the world, the fit, and the freight money
// it earns.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"
#include "gerbang/trade/calibrator.h"
#include "gerbang/trade/check_calibration.h"
#include "gerbang/trade/fit.h"
#include "gerbang/trade/gravity.h"

namespace gerbang::trade {
namespace {

constexpr double kFitPart = 0.1;  // of what freight money may still be wrong: how far flows are fitted

}  // namespace

void Calibrator::set_sectors() {
  Matrix log_distance = in_.distance_km;
  for (double& distance : log_distance.values()) distance = std::log(distance);
  parallel_for(s_, [&](std::size_t s) {
    sectors_[s].kernel = gravity_kernel(in_, transport_, log_distance, s);
    sectors_[s].received = received_share(in_, transport_, s);
    if (in_.foreign)
      sectors_[s].kernel(*in_.foreign, *in_.foreign) = 0.0;  // what it sells itself is not fitted
  });
}

// Where the regions without a row of their own cannot make up what the nation exports, those with one export
// more than their row says.
std::vector<bool> Calibrator::sectors_whose_known_exports_are_a_part() {
  constexpr double kLargestShareOfOthers = 0.9;
  std::vector<bool> is_part(s_, false);
  for (std::size_t s = 0; s < s_; ++s) {
    std::vector<bool> is_known(n_, false);
    double left = sectors_[s].exports;
    for (const ForeignFlow& row : in_.foreign_flows) {
      if (row.sector != s || !row.region || row.direction != TradeDirection::kExport) continue;
      is_known[*row.region] = true;
      left -= row.value;
    }
    left = std::max(left, (1.0 - kLargestKnownShare) * sectors_[s].exports);
    double others = 0.0;
    for (std::size_t n = 0; n < n_; ++n)
      if (!is_known[n]) others += target_output_(n, s);
    is_part[s] = left > kLargestShareOfOthers * others;
    if (is_part[s])
      report_.notes.push_back(said({"ekspor {}: tersisa {:.0f} bagi wilayah yang menghasilkan {:.0f}; "
                                    "wilayah yang ekspornya diketahui mengekspor lebih banyak",
                                    "exports of {}: {:.0f} are left to regions that make {:.0f}; regions "
                                    "with known exports export more"},
                                   sector_name(in_, s), left, others));
  }
  return is_part;
}

// Observed flows, and known regional exports and imports, leave the fit: their kernel is zero.
void Calibrator::add_known_flows() {
  std::size_t unconnected = 0;
  const auto add = [&](std::size_t destination, std::size_t origin, std::size_t s, double value) {
    Sector& sector = sectors_[s];
    if (sector.known.values().empty()) sector.known = Matrix(n_, n_);
    const bool is_new = sector.known(destination, origin) == 0.0;
    if (is_new && sector.kernel(destination, origin) == 0.0) {
      ++unconnected;
      return;
    }
    sector.known(destination, origin) += value;
    sector.kernel(destination, origin) = 0.0;
  };
  for (const KnownFlow& flow : in_.known_flows) add(flow.destination, flow.origin, flow.sector, flow.value);
  const std::vector<bool> is_part = sectors_whose_known_exports_are_a_part();
  for (const ForeignFlow& row : in_.foreign_flows) {
    if (!row.region || !in_.foreign) continue;
    const bool may_be_more = row.direction == TradeDirection::kExport && is_part[row.sector];
    const std::size_t destination = row.direction == TradeDirection::kExport ? *in_.foreign : *row.region;
    const std::size_t origin = row.direction == TradeDirection::kExport ? *row.region : *in_.foreign;
    const double prior = sectors_[row.sector].kernel(destination, origin);
    add(destination, origin, row.sector, row.value / sectors_[row.sector].received(destination, origin));
    if (may_be_more) sectors_[row.sector].kernel(destination, origin) = prior;
  }
  if (unconnected > 0)
    report_.notes.push_back(
        said({"{} arus teramati tidak dipakai: tidak ada rantai yang menghubungkan wilayahnya",
              "{} observed flows left out: no chain connects their regions"},
             unconnected));
}

// The rest of the world makes what its uses, its exports and its freight ask for, with the nation's
// techniques and the nation's final demand, at `foreign_size` times the nation's value added:
//   Y = R (γ Y + h C − X) + IM + E,  b Y = V:  affine in C.
void Calibrator::set_foreign_economy() {
  if (!in_.foreign) return;
  const std::size_t f = *in_.foreign;
  std::vector<double> basket(s_, 0.0);
  const double all = sum(final_[0]) + sum(final_[1]) + sum(final_[2]);
  for (std::size_t u = 0; u < 3; ++u)
    for (std::size_t k = 0; k < s_; ++k) basket[k] += final_share_(u, k) * sum(final_[u]) / all;

  const auto outputs = [&](double scale_of_trade, double consumption) {
    std::vector<double> output(s_, 0.0);
    for (int term = 0; term < 400; ++term) {
      std::vector<double> next(s_);
      for (std::size_t k = 0; k < s_; ++k) {
        double bought =
            basket[k] * consumption - scale_of_trade * (sectors_[k].exports + margins_.on_exports[k]);
        for (std::size_t s = 0; s < s_; ++s) bought += input_share_[f](k, s) * output[s];
        next[k] = bought * sectors_[k].received(f, f) +
                  scale_of_trade * (sectors_[k].imports * report_.import_factor + freight_of(f, k));
      }
      if (next == output) break;
      output = next;
    }
    return output;
  };
  const auto value_added = [&](const std::vector<double>& output) {
    double total = 0.0;
    for (std::size_t s = 0; s < s_; ++s) total += value_added_share_(f, s) * output[s];
    return total;
  };
  double nation = 0.0;
  for (std::size_t n = 0; n < n_; ++n)
    for (std::size_t s = 0; s < s_; ++s)
      if (!is_foreign(n)) nation += value_added_share_(n, s) * output_(n, s);
  const std::vector<double> by_trade = outputs(1.0, 0.0);
  const std::vector<double> by_consumption = outputs(0.0, 1.0);
  const double consumption =
      (in_.foreign_size * nation - value_added(by_trade)) / value_added(by_consumption);
  for (std::size_t s = 0; s < s_; ++s) output_(f, s) = by_trade[s] + consumption * by_consumption[s];
  for (std::size_t k = 0; k < s_; ++k) {
    spending_(f, k) = basket[k] * consumption;
    for (std::size_t s = 0; s < s_; ++s) spending_(f, k) += input_share_[f](k, s) * output_(f, s);
    if (!(spending_(f, k) > sectors_[k].exports + margins_.on_exports[k]))
      throw InputError(Fault{"parameter.csv",
                             0,
                             0,
                             said({"luar negeri akan membeli {} lebih sedikit daripada ekspor nasional",
                                   "the rest of the world would buy less {} than the nation exports"},
                                  sector_name(in_, k)),
                             {"foreign_size yang lebih besar", "a larger foreign_size"}});
  }
}

void Calibrator::fit_sector(std::size_t s) {
  Sector& sector = sectors_[s];
  FitProblem problem{.kernel = sector.kernel, .received = sector.received};
  problem.is_factory_row.assign(n_, false);
  for (std::size_t n = 0; n < n_; ++n) {
    problem.spending.push_back(spending_(n, s));
    problem.sales.push_back(output_(n, s) - freight_of(n, s));
  }
  if (in_.foreign) {
    const std::size_t f = *in_.foreign;
    problem.is_factory_row[f] = true;
    problem.spending[f] = sector.exports;
    problem.sales[f] = sector.imports * report_.import_factor;
  }
  const Matrix known = take_known_flows(sector.known, problem);
  Fit fit = fit_flows(problem, sector.log_scale, kFitPart * options_.accuracy);
  sector.drift = fit.drift;
  sector.is_fitted = fit.is_converged;
  sector.flow = std::move(fit.flow);
  for (std::size_t k = 0; k < known.values().size(); ++k) sector.flow.values()[k] += known.values()[k];
  if (in_.foreign) {
    const std::size_t f = *in_.foreign;
    sector.flow(f, f) = spending_(f, s) - sector.exports - margins_.on_exports[s];
  }
}

FreightMargins Calibrator::book_margins() const {
  FreightMargins next{std::vector<double>(n_, 0.0), std::vector<double>(s_, 0.0),
                      std::vector<double>(s_, 0.0)};
  std::vector<Matrix> tonnes(transport_.classes.size(), Matrix(n_, n_));
  for (std::size_t s = 0; s < s_; ++s) {
    if (transport_.classes.empty() || !in_.freight_class[s]) continue;
    Matrix& shipped = tonnes[*in_.freight_class[s]];
    for (std::size_t n = 0; n < n_; ++n) {
      for (std::size_t i = 0; i < n_; ++i) {
        const double paid = sectors_[s].flow(n, i) * (1.0 - sectors_[s].received(n, i));
        if (paid == 0.0) continue;
        if (!is_foreign(n)) next.on_purchases[s] += paid;
        if (is_foreign(n) && !is_foreign(i)) next.on_exports[s] += paid;
        shipped(n, i) += sectors_[s].flow(n, i) * sectors_[s].received(n, i) / in_.value_per_tonne[s];
      }
    }
  }
  for (std::size_t m = 0; m < tonnes.size(); ++m)
    transport_.classes[m].earners->book(tonnes[m], transport_.classes[m].money, next.earned);
  return next;
}

// Largest change of freight money against the transport output that earns it, and of totals that must agree.
double Calibrator::disagreement(const FreightMargins& next) const {
  double largest = 0.0;
  for (std::size_t n = 0; n < n_ && in_.transport_sector; ++n)
    if (next.earned[n] > 0.0)
      largest = std::max(largest, std::abs(next.earned[n] - margins_.earned[n]) /
                                      std::max(output_(n, *in_.transport_sector), next.earned[n]));
  for (const Sector& sector : sectors_) largest = std::max(largest, std::abs(sector.drift));
  return largest;
}

void Calibrator::check_fits() const {
  std::vector<Fault> faults;
  for (std::size_t s = 0; s < s_; ++s)
    if (!sectors_[s].is_fitted)
      faults.push_back(
          {"value_added.csv",
           0,
           0,
           said({"tidak ada arus sektor {} yang memenuhi keluaran semua wilayah: di tempat pembuatannya "
                 "terlalu sedikit pembeli yang terhubung (atau arus yang diketahui tidak menyisakan ruang)",
                 "no flows of sector {} meet every region's output: where it is made, too few buyers are "
                 "connected (or known flows leave no room)"},
                sector_name(in_, s)),
           {"rantai kelas barangnya antara penjual dan pembeli",
            "chains of its freight class between sellers and buyers"}});
  if (!faults.empty()) throw InputError(std::move(faults));
}

}  // namespace gerbang::trade
