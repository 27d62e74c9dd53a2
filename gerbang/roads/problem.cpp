#include "gerbang/roads/problem.h"

#include <fmt/format.h>

#include <cmath>
#include <string>

#include "gerbang/base/error.h"

namespace gerbang::roads {
namespace {

constexpr std::size_t kMostFaults = 50;

class Check {
 public:
  void require(bool holds, const Message& found, const Message& expected) {
    if (!holds && faults_.size() < kMostFaults) {
      faults_.push_back({.file = "assign", .found = found, .expected = expected});
    }
  }
  void throw_if_any() {
    if (!faults_.empty()) throw InputError(std::move(faults_));
  }

 private:
  std::vector<Fault> faults_;
};

bool is_amount(double value) {
  return std::isfinite(value) && value >= 0.0;
}

void check_delay(const Arc& arc, const Message& name, Check& check) {
  if (arc.volume_delay == VolumeDelay::kConical) {
    check.require(std::isfinite(arc.alpha) && arc.alpha > 1.0,
                  said({"{}: alpha {}", "{}: alpha {}"}, name, arc.alpha),
                  {"fungsi kerucut memerlukan alpha di atas 1", "a conical delay needs alpha above 1"});
  } else {
    check.require(is_amount(arc.alpha) && is_amount(arc.beta),
                  said({"{}: alpha {}, beta {}", "{}: alpha {}, beta {}"}, name, arc.alpha, arc.beta),
                  {"keduanya nol atau lebih", "both zero or more"});
  }
  const bool is_constant = arc.free_time == 0.0 ||
                           (arc.volume_delay == VolumeDelay::kBpr && (arc.alpha == 0.0 || arc.beta == 0.0));
  check.require(is_constant || (std::isfinite(arc.capacity) && arc.capacity > 0.0),
                said({"{}: kapasitas {}", "{}: capacity {}"}, name, arc.capacity),
                {"waktu yang bergantung pada volume memerlukan kapasitas di atas nol",
                 "a time that depends on the volume needs a capacity above zero"});
}

void check_arcs(const Problem& problem, Check& check) {
  for (std::size_t a = 0; a < problem.arcs.size(); ++a) {
    const Arc& arc = problem.arcs[a];
    const bool is_inside = arc.from < problem.node_count && arc.to < problem.node_count;
    if (is_inside && is_amount(arc.free_time) && is_amount(arc.background) && arc.capacity > 0.0 &&
        std::isfinite(arc.capacity) && is_amount(arc.alpha) && is_amount(arc.beta) &&
        arc.volume_delay == VolumeDelay::kBpr) {
      continue;
    }
    const Message name = said({"busur {} ({} → {})", "arc {} ({} → {})"}, a, arc.from, arc.to);
    check.require(is_inside, name, said({"simpul 0 … {}", "nodes 0 … {}"}, problem.node_count - 1));
    check.require(is_amount(arc.free_time),
                  said({"{}: waktu bebas {}", "{}: free time {}"}, name, arc.free_time),
                  {"nol atau lebih", "zero or more"});
    check.require(is_amount(arc.background),
                  said({"{}: lalu lintas latar {}", "{}: background {}"}, name, arc.background),
                  {"nol atau lebih", "zero or more"});
    check_delay(arc, name, check);
  }
}

void check_classes(const Problem& problem, Check& check) {
  check.require(!problem.classes.empty(), {"tidak ada kelas kendaraan", "no vehicle class"},
                {"sedikitnya satu", "at least one"});
  for (std::size_t m = 0; m < problem.classes.size(); ++m) {
    const VehicleClass& vehicles = problem.classes[m];
    const auto fits = [&](std::size_t size) { return size == 0 || size == problem.arcs.size(); };
    const Message name = said({"kelas {}", "class {}"}, m);
    check.require(std::isfinite(vehicles.pcu) && vehicles.pcu > 0.0,
                  said({"{}: smp {}", "{}: pcu {}"}, name, vehicles.pcu), {"di atas nol", "above zero"});
    check.require(std::isfinite(vehicles.value_of_time) && vehicles.value_of_time > 0.0,
                  said({"{}: nilai waktu {}", "{}: value of time {}"}, name, vehicles.value_of_time),
                  {"di atas nol", "above zero"});
    check.require(fits(vehicles.fixed_cost.size()) && fits(vehicles.is_banned.size()),
                  name + Message{": biaya tetap atau larangan", ": fixed costs or bans"},
                  {"satu untuk tiap busur, atau tidak sama sekali", "one for each arc, or none at all"});
    for (std::size_t a = 0; a < vehicles.fixed_cost.size(); ++a) {
      if (is_amount(vehicles.fixed_cost[a])) continue;
      check.require(false,
                    said({"{}, busur {}: biaya tetap {}", "{}, arc {}: fixed cost {}"}, name, a,
                         vehicles.fixed_cost[a]),
                    {"nol atau lebih", "zero or more"});
    }
  }
}

void check_demand(const Problem& problem, Check& check) {
  for (std::size_t i = 0; i < problem.demand.size(); ++i) {
    const Demand& row = problem.demand[i];
    if (row.origin < problem.node_count && row.destination < problem.node_count &&
        row.vehicle_class < problem.classes.size() && is_amount(row.volume)) {
      continue;
    }
    check.require(false,
                  said({"baris permintaan {}: {} → {}, kelas {}, volume {}",
                        "demand row {}: {} → {}, class {}, volume {}"},
                       i, row.origin, row.destination, row.vehicle_class, row.volume),
                  {"simpul dan kelas yang dikenal, volume nol atau lebih",
                   "known nodes and class, a volume of zero or more"});
  }
}

}  // namespace

void validate(const Problem& problem) {
  Check check;
  check.require(problem.node_count < 0x7fffffffU, {"jumlah simpul", "the number of nodes"},
                {"di bawah 2³¹", "below 2³¹"});
  check_arcs(problem, check);
  check_classes(problem, check);
  check_demand(problem, check);
  check.throw_if_any();
}

void require(bool holds, const Message& found, const Message& expected) {
  if (!holds) refuse("assign", found, expected);
}

}  // namespace gerbang::roads
