// How full the network of an outcome is: roads by direction, terminals, legs of services, and what each mode
// carries. Use is load over capacity; none where the capacity is not known. Tonnes in kt a year.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gerbang/evaluate/base_year.h"
#include "gerbang/evaluate/network.h"
#include "gerbang/evaluate/outcome.h"

namespace gerbang::report {

struct DirectionUse {
  double pcu_h = 0.0;             // all traffic
  double background_pcu_h = 0.0;  // the part that is not freight of the study
  double freight_kt = 0.0;
  double time_h = 0.0;
  double use = 0.0;
  std::vector<double> kt_by_class;
};
struct LinkUse {
  LinkId link;
  std::array<std::optional<DirectionUse>, 2> directions;  // from-to, to-from; none: one-way

  [[nodiscard]] double use() const;
  [[nodiscard]] double freight_kt() const;  // both directions
};

struct TerminalUse {
  TerminalId terminal;
  double kt = 0.0;  // loaded and unloaded
  std::optional<double> capacity_kt;
  std::optional<double> use;
};

struct LegUse {
  ServiceId service;
  std::size_t leg = 0;    // into Service::legs
  std::size_t index = 0;  // into Network::legs
  double kt = 0.0;
  std::optional<double> capacity_kt;
  std::optional<double> use;
};

// A mode and what it carries. "road" from door to door without a terminal, "within_region" inside domestic
// regions; else the mode of the services: a tonne that changes ship counts once for each.
struct ModeTonnes {
  std::string mode;
  double kt = 0.0;
};

// Of what is present, in the order of the study. network: of the outcome's world.
[[nodiscard]] std::vector<LinkUse> link_uses(const evaluate::Outcome& outcome,
                                             const evaluate::Network& network);
[[nodiscard]] std::vector<TerminalUse> terminal_uses(const evaluate::Outcome& outcome,
                                                     const evaluate::Network& network);
[[nodiscard]] std::vector<LegUse> leg_uses(const evaluate::Outcome& outcome,
                                           const evaluate::Network& network);
[[nodiscard]] std::vector<ModeTonnes> tonnes_by_mode(const evaluate::Outcome& outcome);

// Where a capacity is from: the quality of its row ("official", "derived", "assumed"), "base use" when the
// study has none and the base year's use was taken for the assumed share of it, "unknown".
[[nodiscard]] std::string_view capacity_basis(const evaluate::BaseYear& base_year, const World& world,
                                              const TerminalUse& use);
[[nodiscard]] std::string_view capacity_basis(const evaluate::BaseYear& base_year, const World& world,
                                              const LegUse& use);

}  // namespace gerbang::report
