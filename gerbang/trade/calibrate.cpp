#include "gerbang/trade/calibrate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "gerbang/base/error.h"
#include "gerbang/base/parallel.h"
#include "gerbang/trade/balance.h"
#include "gerbang/trade/check_calibration.h"
#include "gerbang/trade/fit.h"
#include "gerbang/trade/gravity.h"
#include "gerbang/trade/observed.h"

namespace gerbang::trade {
namespace {

constexpr std::size_t kMaxRounds = 80;
constexpr double kAgreed =
    1e-13;  // change of freight money, relative to output, at which a round was the last
constexpr double kLargestShare =
    0.98;  // of an output that may be exported, or be freight money already paid for
constexpr double kLeastHouseholds = 0.2;  // of value added: what households spend at least

double sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// Alternates between the national balance, regional demand and the fit of flows until the freight money that
// flows earn is the freight money that outputs and supplies were computed with.
class Calibrator {
 public:
  Calibrator(const CalibrationInput& input, const Transport& transport);
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
  struct Margins {
    std::vector<double> earned;        // freight money by region
    std::vector<double> on_purchases;  // by sector: what domestic buyers pay above the factory gate
    std::vector<double> on_exports;
  };

  void set_outputs();
  void set_final_users();
  void set_sectors();
  void set_foreign_totals();
  std::vector<bool> sectors_whose_known_exports_are_a_part();
  void add_known_flows();
  void raise_transport_output();
  void balance_nation();
  void set_demand();
  void set_foreign_economy();
  void fit_sector(std::size_t s);
  [[nodiscard]] Margins book_margins() const;
  [[nodiscard]] double disagreement(const Margins& next) const;
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
  std::size_t n_;
  std::size_t s_;
  std::vector<Sector> sectors_;
  Margins margins_;
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

Calibrator::Calibrator(const CalibrationInput& input, const Transport& transport)
    : in_(input), transport_(transport), n_(input.regions), s_(input.sectors), sectors_(s_) {
  margins_ = {std::vector<double>(n_, 0.0), std::vector<double>(s_, 0.0), std::vector<double>(s_, 0.0)};
}

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
    report_.notes.push_back(fmt::format(
        "households' spending raised to {} % of value added, where government and investment leave less: {}",
        100.0 * kLeastHouseholds, fmt::join(raised, ", ")));
  if (in_.foreign) return;
  // Without a rest of the world the regions' final demand is their value added.
  const double demand = sum(final_[0]) + sum(final_[1]) + sum(final_[2]);
  const double income =
      std::accumulate(in_.value_added.values().begin(), in_.value_added.values().end(), 0.0);
  const double factor = (income - sum(final_[1]) - sum(final_[2])) / sum(final_[0]);
  for (double& value : final_[0]) value *= factor;
  if (std::abs(demand / income - 1.0) > 1e-9)
    report_.notes.push_back(fmt::format(
        "no rest of the world: households' spending × {:.4f}, so that final demand is value added", factor));
}

void Calibrator::set_sectors() {
  parallel_for(s_, [&](std::size_t s) {
    sectors_[s].kernel = gravity_kernel(in_, transport_, s);
    sectors_[s].received = received_share(in_, transport_, s);
    if (in_.foreign)
      sectors_[s].kernel(*in_.foreign, *in_.foreign) = 0.0;  // what it sells itself is not fitted
  });
  report_.freight_share_of_decay.resize(s_);
  for (std::size_t s = 0; s < s_; ++s)
    report_.freight_share_of_decay[s] = freight_share_of_decay(in_, transport_, s);
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
      report_.notes.push_back(fmt::format("exports of {} cut from {:.0f} to {:.0f}: the nation makes {:.0f}",
                                          sector_name(in_, s), sectors_[s].exports, kLargestShare * made,
                                          made));
      sectors_[s].exports = kLargestShare * made;
    }
  }
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
    double others = 0.0;
    for (std::size_t n = 0; n < n_; ++n)
      if (!is_known[n]) others += target_output_(n, s);
    is_part[s] = left > kLargestShareOfOthers * others;
    if (is_part[s])
      report_.notes.push_back(
          fmt::format("exports of {}: {:.0f} are left to regions that make {:.0f}; regions with known "
                      "exports export more",
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
        fmt::format("{} observed flows left out: no chain connects their regions", unconnected));
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

// Imports are scaled so that what the nation can buy is what its intermediate and final users spend; then one
// factor per sector makes uses meet supplies.
void Calibrator::balance_nation() {
  BalanceProblem problem;
  std::vector<double> supply(s_, 0.0);
  double wanted = 0.0;
  Matrix domestic = output_;
  for (std::size_t n = 0; n < n_; ++n) {
    problem.coefficient.push_back(&coefficients(n));
    for (std::size_t s = 0; s < s_; ++s) {
      if (is_foreign(n)) domestic(n, s) = 0.0;
      supply[s] += is_foreign(n) ? 0.0 : output_(n, s) - freight_of(n, s);
      wanted += domestic(n, s) * (1.0 - value_added_share_(n, s));
    }
  }
  problem.final = {sum(final_[0]), sum(final_[1]), sum(final_[2])};
  wanted += sum(problem.final);
  double imports = 0.0;
  for (std::size_t s = 0; s < s_; ++s) {
    supply[s] += margins_.on_purchases[s] - sectors_[s].exports;
    wanted -= supply[s];
    imports += sectors_[s].imports;
  }
  if (in_.foreign) {
    report_.import_factor = imports > 0.0 ? wanted / imports : 0.0;
    if (!(report_.import_factor > 0.0))
      throw InputError(
          Fault{"foreign_trade.csv", 0, 0,
                fmt::format("exports exceed what the nation earns and does not spend by {:.0f}", -wanted),
                "imports, higher final_demand_ratio, or lower exports"});
    for (std::size_t s = 0; s < s_; ++s) supply[s] += sectors_[s].imports * report_.import_factor;
  }
  for (std::size_t s = 0; s < s_; ++s)
    if (!(supply[s] > 0.0))
      throw InputError(
          Fault{"value_added.csv", 0, 0,
                fmt::format("sector {} has nothing to sell at home: nobody makes or imports it, or freight "
                            "money takes its whole output",
                            sector_name(in_, s)),
                "value added or imports of that sector"});
  problem.output = std::move(domestic);
  problem.final_share = in_.final_demand_share;
  problem.supply = std::move(supply);
  const Balance balance = balance_use(problem, log_factor_);
  if (!balance.is_converged)
    throw InputError(Fault{"input_output.csv", 0, 0,
                           "uses cannot be balanced with supplies: a sector that is made has no user",
                           "coefficients or final-demand shares for every sector"});

  input_share_.assign(n_, Matrix(s_, s_));
  final_share_ = Matrix(3, s_);
  report_.largest_coefficient_change = 0.0;
  for (std::size_t n = 0; n < n_; ++n) {
    for (std::size_t s = 0; s < s_; ++s) {
      std::vector<double> column(s_);
      for (std::size_t k = 0; k < s_; ++k) column[k] = coefficients(n)(k, s);
      const std::vector<double> scaled = scaled_column(column, balance.factor);
      for (std::size_t k = 0; k < s_; ++k) {
        input_share_[n](k, s) = scaled[k];
        report_.largest_coefficient_change =
            std::max(report_.largest_coefficient_change, std::abs(scaled[k] - column[k]));
      }
    }
  }
  for (std::size_t u = 0; u < 3; ++u) {
    const std::span<const double> shares = in_.final_demand_share.row(u);
    const std::vector<double> scaled = scaled_column({shares.begin(), shares.end()}, balance.factor);
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
      throw InputError(Fault{
          "parameter.csv", 0, 0,
          fmt::format("the rest of the world would buy less {} than the nation exports", sector_name(in_, k)),
          "a larger foreign_size"});
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
  Fit fit = fit_flows(problem, sector.log_scale);
  sector.drift = fit.drift;
  sector.is_fitted = fit.is_converged;
  sector.flow = std::move(fit.flow);
  for (std::size_t k = 0; k < known.values().size(); ++k) sector.flow.values()[k] += known.values()[k];
  if (in_.foreign) {
    const std::size_t f = *in_.foreign;
    sector.flow(f, f) = spending_(f, s) - sector.exports - margins_.on_exports[s];
  }
}

Calibrator::Margins Calibrator::book_margins() const {
  Margins next{std::vector<double>(n_, 0.0), std::vector<double>(s_, 0.0), std::vector<double>(s_, 0.0)};
  for (std::size_t s = 0; s < s_; ++s) {
    if (transport_.classes.empty() || !in_.freight_class[s]) continue;
    const ClassTransport& freight = transport_.classes[*in_.freight_class[s]];
    for (std::size_t n = 0; n < n_; ++n) {
      for (std::size_t i = 0; i < n_; ++i) {
        const double paid = sectors_[s].flow(n, i) * (1.0 - sectors_[s].received(n, i));
        if (paid == 0.0) continue;
        if (!is_foreign(n)) next.on_purchases[s] += paid;
        if (is_foreign(n) && !is_foreign(i)) next.on_exports[s] += paid;
        for (const Earning& earning : freight.earners.of(n * n_ + i))
          next.earned[earning.region] += earning.share * paid;
      }
    }
  }
  return next;
}

// Largest change of freight money against the transport output that earns it, and of totals that must agree.
double Calibrator::disagreement(const Margins& next) const {
  double largest = 0.0;
  for (std::size_t n = 0; n < n_ && in_.transport_sector; ++n)
    if (next.earned[n] > 0.0)
      largest = std::max(largest, std::abs(next.earned[n] - margins_.earned[n]) /
                                      std::max(output_(n, *in_.transport_sector), next.earned[n]));
  for (const Sector& sector : sectors_) largest = std::max(largest, std::abs(sector.drift));
  return largest;
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
  for (std::size_t s = 0; s < s_; ++s) report_.freight_bill += margins_.on_purchases[s] + margins_.on_exports[s];
  for (std::size_t s = 0; s < s_; ++s) {
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
    report_.own_share.push_back(all > 0.0 ? own / all : 0.0);
  }
  for (std::size_t n = 0; n < n_; ++n) {
    const double target = std::accumulate(in_.value_added.row(n).begin(), in_.value_added.row(n).end(), 0.0);
    if (!is_foreign(n) && target > 0.0)
      report_.income_error = std::max(report_.income_error, std::abs(economy.value_added[n] / target - 1.0));
  }
  if (std::abs(report_.import_factor - 1.0) > 1e-9)
    report_.notes.push_back(fmt::format(
        "imports × {:.4f}, so that the trade balance is the regions' deficits", report_.import_factor));
  for (const std::size_t n : report_.margins_exceed_output)
    report_.notes.push_back(fmt::format(
        "{} earns more freight money than its transport output of {:.0f}: raised to {:.0f}",
        region_name(in_, n), target_output_(n, *in_.transport_sector), output_(n, *in_.transport_sector)));
}

void Calibrator::check_fits() const {
  std::vector<Fault> faults;
  for (std::size_t s = 0; s < s_; ++s)
    if (!sectors_[s].is_fitted)
      faults.push_back(
          {"value_added.csv", 0, 0,
           fmt::format("no flows of sector {} meet every region's output: where it is made, too few buyers "
                       "are connected (or known flows leave no room)",
                       sector_name(in_, s)),
           "chains of its freight class between sellers and buyers"});
  if (!faults.empty()) throw InputError(std::move(faults));
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
    Margins next = book_margins();
    const double change = disagreement(next);
    margins_ = std::move(next);
    if (change < kAgreed || report_.rounds >= kMaxRounds) break;
  }
  Calibration calibration{assemble(), {}};
  fill_report(calibration.economy);
  calibration.report = std::move(report_);
  return calibration;
}

}  // namespace

Calibration calibrate(const CalibrationInput& input, const Transport& transport) {
  check_calibration(input, transport);
  return Calibrator(input, transport).run();
}

}  // namespace gerbang::trade
