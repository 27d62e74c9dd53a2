#include "gerbang/trade/check_calibration.h"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "gerbang/base/error.h"

namespace gerbang::trade {
namespace {

class Checker {
 public:
  Checker(const CalibrationInput& input, const Transport& transport) : in_(input), transport_(transport) {}

  void check() {
    check_sizes();
    throw_if_any();  // the rest indexes by them
    check_sectors();
    check_regions();
    check_coefficients();
    check_final_demand();
    check_flows();
    check_transport();
    throw_if_any();
  }

 private:
  void fault(std::string file, Message found, Message expected) {
    faults_.push_back({std::move(file), 0, 0, std::move(found), std::move(expected)});
  }
  void throw_if_any() {
    if (!faults_.empty()) throw InputError(std::move(faults_));
  }
  [[nodiscard]] bool is_foreign(std::size_t n) const { return n == in_.foreign; }

  void check_sizes() {
    const std::size_t n = in_.regions;
    const std::size_t s = in_.sectors;
    bool is_right = n > 0 && s > 0;
    for (const auto* values : {&in_.trade_elasticity, &in_.distance_elasticity, &in_.own_region_log,
                               &in_.labour_share, &in_.value_per_tonne})
      is_right = is_right && values->size() == s;
    for (const auto* values : {&in_.final_demand_ratio, &in_.government, &in_.investment})
      is_right = is_right && values->size() == n;
    is_right = is_right && in_.freight_class.size() == s && in_.value_added.values().size() == n * s &&
               in_.final_demand_share.values().size() == 3 * s && in_.distance_km.values().size() == n * n &&
               (in_.input_coefficient.size() == 1 || in_.input_coefficient.size() == n);
    for (const Matrix& table : in_.input_coefficient) is_right = is_right && table.values().size() == s * s;
    for (const ClassTransport& freight : transport_.classes)
      is_right = is_right && freight.cost.values().size() == n * n &&
                 freight.money.values().size() == n * n && freight.earners != nullptr;
    if (!is_right)
      fault("calibration", {"tabel-tabel yang berbeda ukuran", "tables of different sizes"},
            said({"{} wilayah × {} sektor", "{} regions × {} sectors"}, n, s));
  }

  void check_sectors() {
    for (std::size_t s = 0; s < in_.sectors; ++s) {
      const std::string name = sector_name(in_, s);
      if (!(in_.trade_elasticity[s] > 0.0 && std::isfinite(in_.trade_elasticity[s])))
        fault("sector.csv",
              said({"elastisitas perdagangan {} adalah {}", "trade elasticity of {} is {}"}, name,
                   in_.trade_elasticity[s]),
              {"di atas 0", "above 0"});
      if (in_.freight_class[s] && !transport_.classes.empty()) {
        if (*in_.freight_class[s] >= transport_.classes.size())
          fault("sector.csv",
                said({"{} punya kelas barang tanpa angkutan", "{} has a freight class without transport"},
                     name),
                {"kelas barang yang ada", "a freight class that exists"});
        if (!(in_.value_per_tonne[s] > 0.0))
          fault("sector.csv",
                said({"{} diangkut sebagai barang dan bernilai {} per ton",
                      "{} travels as freight and is worth {} per tonne"},
                     name, in_.value_per_tonne[s]),
                {"nilai per ton di atas 0", "a value per tonne above 0"});
        if (!in_.transport_sector)
          fault("study.toml",
                {"angkutan barang tanpa sektor yang menerima uangnya",
                 "freight without a sector that earns its money"},
                verbatim("transport_sector"));
      }
    }
  }

  void check_regions() {
    double total = 0.0;
    for (std::size_t n = 0; n < in_.regions; ++n) {
      if (is_foreign(n)) continue;
      double value_added = 0.0;
      for (std::size_t s = 0; s < in_.sectors; ++s) {
        const double value = in_.value_added(n, s);
        if (!(value >= 0.0 && std::isfinite(value)))
          fault("value_added.csv",
                said({"nilai tambah {} di {} adalah {}", "value added of {} in {} is {}"},
                     sector_name(in_, s), region_name(in_, n), value),
                {"0 atau lebih", "0 or more"});
        value_added += value;
      }
      total += value_added;
      if (!(value_added > 0.0))
        fault("value_added.csv",
              said({"wilayah {} tidak punya nilai tambah", "region {} has no value added"},
                   region_name(in_, n)),
              {"ada, betapapun kecil", "some, however little"});
      for (const double value : {in_.final_demand_ratio[n], in_.government[n], in_.investment[n]})
        if (!(value >= 0.0 && std::isfinite(value)))
          fault("region.csv",
                said({"permintaan akhir {} punya {}", "final demand of {} has a {}"}, region_name(in_, n),
                     value),
                {"0 atau lebih", "0 or more"});
    }
    if (!(total > 0.0))
      fault("value_added.csv", {"sama sekali tanpa nilai tambah", "no value added at all"},
            {"sedikitnya satu wilayah dalam negeri", "at least one domestic region"});
    if (in_.foreign && !(in_.foreign_size > 0.0 && std::isfinite(in_.foreign_size)))
      fault("parameter.csv", said({"foreign_size adalah {}", "foreign_size is {}"}, in_.foreign_size),
            {"di atas 0", "above 0"});
  }

  void check_coefficients() {
    for (const Matrix& table : in_.input_coefficient) {
      for (std::size_t s = 0; s < in_.sectors; ++s) {
        double inputs = 0.0;
        for (std::size_t k = 0; k < in_.sectors; ++k) {
          if (!(table(k, s) >= 0.0))
            fault("input_output.csv",
                  said({"koefisien {} dalam {} adalah {}", "coefficient of {} in {} is {}"},
                       sector_name(in_, k), sector_name(in_, s), table(k, s)),
                  {"0 atau lebih", "0 or more"});
          inputs += table(k, s);
        }
        if (!(inputs < 1.0))
          fault("input_output.csv",
                said({"masukan {} berjumlah {:.4f} dari keluarannya",
                      "inputs of {} add to {:.4f} of its output"},
                     sector_name(in_, s), inputs),
                {"kurang dari 1, agar tersisa nilai tambah", "less than 1, so that value added is left"});
      }
    }
  }

  void check_final_demand() {
    constexpr const char* kUsers[] = {"households", "government", "investment"};
    for (std::size_t u = 0; u < 3; ++u) {
      const std::span<const double> shares = in_.final_demand_share.row(u);
      const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
      for (const double share : shares)
        if (!(share >= 0.0))
          fault("final_demand.csv",
                said({"satu bagian {} adalah {}", "a share of {} is {}"}, kUsers[u], share),
                {"0 atau lebih", "0 or more"});
      if (!(std::abs(total - 1.0) <= 1e-6))
        fault("final_demand.csv",
              said({"bagian {} berjumlah {:.6f}", "shares of {} add to {:.6f}"}, kUsers[u], total),
              verbatim("1"));
    }
  }

  void check_flows() {
    for (const KnownFlow& flow : in_.known_flows)
      if (!(flow.value >= 0.0 && std::isfinite(flow.value)))
        fault(
            "observed_flow.csv",
            said({"satu arus {} adalah {}", "a flow of {} is {}"}, sector_name(in_, flow.sector), flow.value),
            {"0 atau lebih", "0 or more"});
    for (const ForeignFlow& flow : in_.foreign_flows)
      if (!(flow.value >= 0.0 && std::isfinite(flow.value)))
        fault("foreign_trade.csv",
              said({"perdagangan luar negeri {} adalah {}", "foreign trade in {} is {}"},
                   sector_name(in_, flow.sector), flow.value),
              {"0 atau lebih", "0 or more"});
    if (!in_.foreign && !in_.foreign_flows.empty())
      fault("region.csv",
            {"ekspor atau impor tanpa luar negeri", "exports or imports without a rest of the world"},
            {"wilayah dengan kind foreign", "a region of kind foreign"});
    for (std::size_t n = 0; n < in_.regions; ++n)
      for (std::size_t i = 0; i < in_.regions; ++i)
        if (!is_foreign(n) && !is_foreign(i) && !(in_.distance_km(n, i) > 0.0))
          return fault("node.csv",
                       said({"jarak dari {} ke {} adalah {} km", "distance from {} to {} is {} km"},
                            region_name(in_, i), region_name(in_, n), in_.distance_km(n, i)),
                       {"di atas 0", "above 0"});
  }

  void check_transport() {
    for (const ClassTransport& freight : transport_.classes) {
      for (std::size_t k = 0; k < freight.cost.values().size(); ++k)
        if (!(freight.cost.values()[k] >= 0.0) || !(freight.money.values()[k] >= 0.0))
          return fault("transport",
                       said({"biaya umum {} dengan uang {}", "a generalised cost of {} with money {}"},
                            freight.cost.values()[k], freight.money.values()[k]),
                       {"biaya 0 atau lebih; +tak hingga bila tidak terhubung",
                        "costs of 0 or more; +infinity where not connected"});
      if (in_.foreign && !std::isfinite(freight.cost(*in_.foreign, *in_.foreign)))
        return fault("transport",
                     {"luar negeri tidak terhubung dengan dirinya sendiri",
                      "the rest of the world is not connected with itself"},
                     {"angkutan di dalamnya, 0 bila tidak ada", "its own haul, 0 for none"});
    }
  }

  const CalibrationInput& in_;
  const Transport& transport_;
  std::vector<Fault> faults_;
};

}  // namespace

void check_calibration(const CalibrationInput& input, const Transport& transport) {
  Checker(input, transport).check();
}

std::string region_name(const CalibrationInput& input, std::size_t region) {
  return region < input.region_name.size() ? input.region_name[region] : fmt::format("#{}", region);
}

std::string sector_name(const CalibrationInput& input, std::size_t sector) {
  return sector < input.sector_name.size() ? input.sector_name[sector] : fmt::format("#{}", sector);
}

}  // namespace gerbang::trade
