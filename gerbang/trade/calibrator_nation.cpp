// The nation's side of calibration: outputs, final users, foreign totals, and the balance of supply and use.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "gerbang/base/error.h"
#include "gerbang/trade/balance.h"
#include "gerbang/trade/calibrator.h"
#include "gerbang/trade/check_calibration.h"

namespace gerbang::trade {
namespace {

constexpr double kLargestShare =
    0.98;  // of an output that may be exported, or be freight money already paid for
constexpr double kLeastHouseholds = 0.2;  // of value added: what households spend at least

}  // namespace

void Calibrator::set_outputs() {
  value_added_share_ = target_output_ = Matrix(n_, s_);
  for (std::size_t n = 0; n < n_; ++n) {
    for (std::size_t s = 0; s < s_; ++s) {
      double share = 1.0;
      for (std::size_t k = 0; k < s_; ++k) share -= coefficients(n)(k, s);
      value_added_share_(n, s) = share;
      if (!is_foreign(n)) target_output_(n, s) = in_.value_added(n, s) / share;
    }
  }
  output_ = target_output_;
}

// Local final demand is a ratio of value added; what government and investment leave is the households'.
void Calibrator::set_final_users() {
  final_.assign(3, std::vector<double>(n_, 0.0));
  std::vector<std::string> raised;
  for (std::size_t n = 0; n < n_; ++n) {
    if (is_foreign(n)) continue;
    const double value_added =
        std::accumulate(in_.value_added.row(n).begin(), in_.value_added.row(n).end(), 0.0);
    const double households = in_.final_demand_ratio[n] * value_added - in_.government[n] - in_.investment[n];
    if (households < kLeastHouseholds * value_added) raised.push_back(region_name(in_, n));
    final_[0][n] = std::max(households, kLeastHouseholds * value_added);
    final_[1][n] = in_.government[n];
    final_[2][n] = in_.investment[n];
  }
  if (!raised.empty())
    report_.notes.push_back(said({"belanja rumah tangga dinaikkan menjadi {} % dari nilai tambah di tempat "
                                  "pemerintah dan investasi menyisakan kurang dari itu: {}",
                                  "households' spending raised to {} % of value added, where government and "
                                  "investment leave less: {}"},
                                 100.0 * kLeastHouseholds, fmt::join(raised, ", ")));
  if (in_.foreign) return;
  // Without a rest of the world the regions' final demand is their value added.
  const double demand = sum(final_[0]) + sum(final_[1]) + sum(final_[2]);
  const double income =
      std::accumulate(in_.value_added.values().begin(), in_.value_added.values().end(), 0.0);
  const double factor = (income - sum(final_[1]) - sum(final_[2])) / sum(final_[0]);
  for (double& value : final_[0]) value *= factor;
  if (std::abs(demand / income - 1.0) > 1e-9)
    report_.notes.push_back(said(
        {"tanpa luar negeri: belanja rumah tangga × {:.4f}, agar permintaan akhir sama dengan nilai tambah",
         "no rest of the world: households' spending × {:.4f}, so that final demand is value added"},
        factor));
}

// National exports and imports; a total below its known rows is their sum, and exports leave something to
// sell at home.
void Calibrator::set_foreign_totals() {
  std::vector<double> known[2] = {std::vector<double>(s_, 0.0), std::vector<double>(s_, 0.0)};
  for (const ForeignFlow& row : in_.foreign_flows) {
    const bool is_export = row.direction == TradeDirection::kExport;
    if (row.region)
      known[is_export][row.sector] += row.value;
    else
      (is_export ? sectors_[row.sector].exports : sectors_[row.sector].imports) += row.value;
  }
  for (std::size_t s = 0; s < s_; ++s) {
    sectors_[s].exports = std::max(sectors_[s].exports, known[1][s]);
    sectors_[s].imports = std::max(sectors_[s].imports, known[0][s]);
    double made = 0.0;
    for (std::size_t n = 0; n < n_; ++n) made += target_output_(n, s);
    if (sectors_[s].exports > kLargestShare * made) {
      report_.notes.push_back(said({"ekspor {} dikurangi dari {:.0f} menjadi {:.0f}: hasil nasional {:.0f}",
                                    "exports of {} cut from {:.0f} to {:.0f}: the nation makes {:.0f}"},
                                   sector_name(in_, s), sectors_[s].exports, kLargestShare * made, made));
      sectors_[s].exports = kLargestShare * made;
    }
  }
}

// A region whose terminals, services and roads earn more than its transport sector's output makes that much
// more.
void Calibrator::raise_transport_output() {
  if (!in_.transport_sector) return;
  report_.margins_exceed_output.clear();
  for (std::size_t n = 0; n < n_; ++n) {
    if (is_foreign(n)) continue;
    double& output = output_(n, *in_.transport_sector);
    output = target_output_(n, *in_.transport_sector);
    if (margins_.earned[n] <= kLargestShare * output) continue;
    output = margins_.earned[n] / kLargestShare;
    report_.margins_exceed_output.push_back(n);
  }
}

// What intermediate and final users of the nation spend in all.
double Calibrator::national_use() const {
  double use = sum(final_[0]) + sum(final_[1]) + sum(final_[2]);
  for (std::size_t n = 0; n < n_; ++n)
    for (std::size_t s = 0; s < s_ && !is_foreign(n); ++s)
      use += output_(n, s) * (1.0 - value_added_share_(n, s));
  return use;
}

// What the nation can buy of each sector; imports are scaled so that it is what its users spend.
std::vector<double> Calibrator::national_supply() {
  std::vector<double> supply(s_, 0.0);
  double missing = national_use();
  double imports = 0.0;
  for (std::size_t s = 0; s < s_; ++s) {
    for (std::size_t n = 0; n < n_; ++n)
      if (!is_foreign(n)) supply[s] += output_(n, s) - freight_of(n, s);
    supply[s] += margins_.on_purchases[s] - sectors_[s].exports;
    missing -= supply[s];
    imports += sectors_[s].imports;
  }
  if (in_.foreign) {
    report_.import_factor = imports > 0.0 ? missing / imports : 0.0;
    if (!(report_.import_factor > 0.0))
      throw InputError(
          Fault{"foreign_trade.csv",
                0,
                0,
                said({"ekspor melebihi penghasilan nasional yang tidak dibelanjakan sebesar {:.0f}",
                      "exports exceed what the nation earns and does not spend by {:.0f}"},
                     -missing),
                {"impor, final_demand_ratio yang lebih tinggi, atau ekspor yang lebih rendah",
                 "imports, higher final_demand_ratio, or lower exports"}});
    for (std::size_t s = 0; s < s_; ++s) supply[s] += sectors_[s].imports * report_.import_factor;
  }
  for (std::size_t s = 0; s < s_; ++s)
    if (!(supply[s] > 0.0))
      throw InputError(
          Fault{"value_added.csv",
                0,
                0,
                said({"sektor {} tidak punya apa pun untuk dijual di dalam negeri: tidak ada yang membuat "
                      "atau mengimpornya, atau biaya angkutan mengambil seluruh keluarannya",
                      "sector {} has nothing to sell at home: nobody makes or imports it, or freight money "
                      "takes its whole output"},
                     sector_name(in_, s)),
                {"nilai tambah atau impor sektor itu", "value added or imports of that sector"}});
  return supply;
}

// One factor per sector makes uses meet supplies.
void Calibrator::balance_nation() {
  BalanceProblem problem{.coefficient = {},
                         .output = output_,
                         .final_share = in_.final_demand_share,
                         .final = {sum(final_[0]), sum(final_[1]), sum(final_[2])},
                         .supply = national_supply()};
  for (std::size_t n = 0; n < n_; ++n) {
    problem.coefficient.push_back(&coefficients(n));
    for (std::size_t s = 0; s < s_ && is_foreign(n); ++s) problem.output(n, s) = 0.0;
  }
  const Balance balance = balance_use(problem, log_factor_);
  if (!balance.is_converged)
    throw InputError(Fault{"input_output.csv",
                           0,
                           0,
                           {"penggunaan tidak dapat diseimbangkan dengan penyediaan: ada sektor yang "
                            "dihasilkan tetapi tidak punya pemakai",
                            "uses cannot be balanced with supplies: a sector that is made has no user"},
                           {"koefisien atau bagian permintaan akhir untuk tiap sektor",
                            "coefficients or final-demand shares for every sector"}});
  scale_shares(balance.factor);
}

// Input coefficients and final-demand shares times the factors, every column keeping its sum.
void Calibrator::scale_shares(const std::vector<double>& factor) {
  input_share_.assign(n_, Matrix(s_, s_));
  report_.largest_coefficient_change = 0.0;
  for (std::size_t n = 0; n < n_; ++n) {
    for (std::size_t s = 0; s < s_; ++s) {
      std::vector<double> column(s_);
      for (std::size_t k = 0; k < s_; ++k) column[k] = coefficients(n)(k, s);
      const std::vector<double> scaled = scaled_column(column, factor);
      for (std::size_t k = 0; k < s_; ++k) {
        input_share_[n](k, s) = scaled[k];
        report_.largest_coefficient_change =
            std::max(report_.largest_coefficient_change, std::abs(scaled[k] - column[k]));
      }
    }
  }
  final_share_ = Matrix(3, s_);
  for (std::size_t u = 0; u < 3; ++u) {
    const std::span<const double> shares = in_.final_demand_share.row(u);
    const std::vector<double> scaled = scaled_column({shares.begin(), shares.end()}, factor);
    std::copy(scaled.begin(), scaled.end(), final_share_.row(u).begin());
  }
}

void Calibrator::set_demand() {
  spending_ = Matrix(n_, s_);
  for (std::size_t n = 0; n < n_; ++n) {
    if (is_foreign(n)) continue;
    for (std::size_t k = 0; k < s_; ++k) {
      for (std::size_t s = 0; s < s_; ++s) spending_(n, k) += input_share_[n](k, s) * output_(n, s);
      for (std::size_t u = 0; u < 3; ++u) spending_(n, k) += final_share_(u, k) * final_[u][n];
    }
  }
}

}  // namespace gerbang::trade
