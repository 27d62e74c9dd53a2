// The numeric columns of the study's tables, described once: name (with its unit), member, what values are
// valid. The reader fills them, edits change them, draws vary them, the writer writes them.
#pragma once

#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <variant>

#include "gerbang/base/text.h"
#include "gerbang/world/world.h"

namespace gerbang {

enum class Range { kAny, kNonNegative, kPositive, kShare };  // kShare: 0 … 1

// What a number in the range is, for whoever got it wrong.
[[nodiscard]] constexpr Text range_text(Range range) {
  switch (range) {
    case Range::kAny:
      return {"angka yang berhingga", "a finite number"};
    case Range::kNonNegative:
      return {"angka sedikitnya 0", "a number of at least 0"};
    case Range::kPositive:
      return {"angka di atas 0", "a number above 0"};
    case Range::kShare:
      return {"bagian dari 0 sampai 1", "a share from 0 to 1"};
  }
  return {};
}

template <class Row>
struct Field {
  std::string_view column;
  std::variant<double Row::*, std::optional<double> Row::*> member;
  Range range = Range::kAny;
  bool is_required =
      true;  // false: the column may be missing or the cell blank, the member keeps its default

  // The cell's value; none where an optional cell is blank.
  [[nodiscard]] std::optional<double> get(const Row& row) const {
    if (const auto* plain = std::get_if<double Row::*>(&member)) return row.**plain;
    return row.*std::get<std::optional<double> Row::*>(member);
  }
  void set(Row& row, double value) const {
    if (const auto* plain = std::get_if<double Row::*>(&member)) {
      row.** plain = value;
    } else {
      row.*std::get<std::optional<double> Row::*>(member) = value;
    }
  }
};

[[nodiscard]] constexpr bool is_within(Range range, double value) {
  switch (range) {
    case Range::kAny:
      return true;
    case Range::kNonNegative:
      return value >= 0.0;
    case Range::kPositive:
      return value > 0.0;
    case Range::kShare:
      return value >= 0.0 && value <= 1.0;
  }
  return false;
}

inline constexpr Field<Region> kRegionFields[] = {
    {"population", &Region::population, Range::kNonNegative},
    {"area_km2", &Region::area_km2, Range::kNonNegative},
    {"intra_km", &Region::intra_km, Range::kNonNegative, false},
    {"final_demand_ratio", &Region::final_demand_ratio, Range::kPositive},
    {"government_idr_bn", &Region::government_idr_bn, Range::kNonNegative},
    {"investment_idr_bn", &Region::investment_idr_bn, Range::kNonNegative},
};
inline constexpr Field<Sector> kSectorFields[] = {
    {"value_mn_idr_per_tonne", &Sector::value_mn_idr_per_tonne, Range::kNonNegative, false},
    {"trade_elasticity", &Sector::trade_elasticity, Range::kPositive},
    {"distance_elasticity", &Sector::distance_elasticity, Range::kNonNegative},
    {"own_region_log", &Sector::own_region_log, Range::kAny},
    {"labour_share", &Sector::labour_share, Range::kShare},
};
inline constexpr Field<FreightClass> kFreightClassFields[] = {
    {"payload_t", &FreightClass::payload_t, Range::kPositive},
    {"empty_share", &FreightClass::empty_share, Range::kNonNegative},
    {"pcu_per_vehicle", &FreightClass::pcu_per_vehicle, Range::kPositive},
    {"value_mn_idr_per_tonne", &FreightClass::value_mn_idr_per_tonne, Range::kPositive},
    {"time_value_percent_per_day", &FreightClass::time_value_percent_per_day, Range::kPositive},
    {"road_idr_per_tonne_km", &FreightClass::road_idr_per_tonne_km, Range::kNonNegative},
    {"not_served_mn_idr_per_tonne", &FreightClass::not_served_mn_idr_per_tonne, Range::kPositive},
};
inline constexpr Field<Node> kNodeFields[] = {
    {"x_coord", &Node::lon},
    {"y_coord", &Node::lat},
};
inline constexpr Field<Link> kLinkFields[] = {
    {"length_km", &Link::length_km, Range::kPositive},
    {"free_speed_kmh", &Link::free_speed_kmh, Range::kPositive},
    {"capacity_pcu_h", &Link::capacity_pcu_h, Range::kPositive},
    {"vdf_alpha", &Link::vdf_alpha, Range::kNonNegative, false},
    {"vdf_beta", &Link::vdf_beta, Range::kNonNegative, false},
    {"background_pcu_h", &Link::background_pcu_h, Range::kNonNegative, false},
    {"toll_idr_per_vehicle", &Link::toll_idr_per_vehicle, Range::kNonNegative, false},
    {"cost_factor", &Link::cost_factor, Range::kPositive, false},
};
inline constexpr Field<Terminal> kTerminalFields[] = {
    {"capacity_mt_per_year", &Terminal::capacity_mt_per_year, Range::kPositive, false},
    {"handling_idr_per_tonne", &Terminal::handling_idr_per_tonne, Range::kNonNegative},
    {"handling_h", &Terminal::handling_h, Range::kNonNegative},
};
inline constexpr Field<Service> kServiceFields[] = {
    {"departures_per_week", &Service::departures_per_week, Range::kNonNegative},
    {"capacity_t_per_departure", &Service::capacity_t_per_departure, Range::kPositive, false},
    {"tariff_factor", &Service::tariff_factor, Range::kPositive, false},
};
inline constexpr Field<ServiceLeg> kServiceLegFields[] = {
    {"distance_nm", &ServiceLeg::distance_nm, Range::kNonNegative},
    {"time_h", &ServiceLeg::time_h, Range::kPositive},
    {"tariff_idr_per_tonne", &ServiceLeg::tariff_idr_per_tonne, Range::kNonNegative},
};
inline constexpr Field<Project> kProjectFields[] = {
    {"cost_idr_bn", &Project::cost_idr_bn, Range::kNonNegative, false},
    {"land_ha", &Project::land_ha, Range::kNonNegative, false},
};
inline constexpr Field<ProjectOwner> kProjectOwnerFields[] = {
    {"cost_share", &ProjectOwner::cost_share, Range::kShare},
};
inline constexpr Field<ValueAdded> kValueAddedFields[] = {
    {"value_added_idr_bn", &ValueAdded::value_added_idr_bn, Range::kNonNegative},
};
inline constexpr Field<InputCoefficient> kInputCoefficientFields[] = {
    {"coefficient", &InputCoefficient::coefficient, Range::kShare},
};
inline constexpr Field<FinalDemandShare> kFinalDemandShareFields[] = {
    {"share", &FinalDemandShare::share, Range::kShare},
};
inline constexpr Field<ForeignTrade> kForeignTradeFields[] = {
    {"value_idr_bn", &ForeignTrade::value_idr_bn, Range::kNonNegative},
};
inline constexpr Field<ObservedFlow> kObservedFlowFields[] = {
    {"value_idr_bn", &ObservedFlow::value_idr_bn, Range::kNonNegative},
};
inline constexpr Field<Edit> kEditFields[] = {
    {"value", &Edit::value},
};
inline constexpr Field<TrendPoint> kTrendPointFields[] = {
    {"value", &TrendPoint::value},
};
inline constexpr Field<Move> kMoveFields[] = {
    {"share", &Move::share, Range::kShare},
};
inline constexpr Field<Payer> kPayerFields[] = {
    {"share", &Payer::share, Range::kShare},
};
inline constexpr Field<Parameters> kParameterFields[] = {
    {"chain_dispersion", &Parameters::chain_dispersion, Range::kPositive},
    {"road_operating_h_per_year", &Parameters::road_operating_h_per_year, Range::kPositive},
    {"assumed_use", &Parameters::assumed_use, Range::kPositive},
    {"delay_alpha", &Parameters::delay_alpha, Range::kNonNegative},
    {"delay_beta", &Parameters::delay_beta, Range::kNonNegative},
    {"intra_region_km_cap", &Parameters::intra_region_km_cap, Range::kPositive},
    {"material_change_percent", &Parameters::material_change_percent, Range::kNonNegative},
    {"foreign_size", &Parameters::foreign_size, Range::kPositive},
    {"project_discount_percent", &Parameters::project_discount_percent, Range::kNonNegative},
    {"project_life_years", &Parameters::project_life_years, Range::kPositive},
};

// The fields of a row's table; of the pointer only the type matters.
[[nodiscard]] constexpr std::span<const Field<Region>> fields_of(const Region*) {
  return kRegionFields;
}
[[nodiscard]] constexpr std::span<const Field<Sector>> fields_of(const Sector*) {
  return kSectorFields;
}
[[nodiscard]] constexpr std::span<const Field<FreightClass>> fields_of(const FreightClass*) {
  return kFreightClassFields;
}
[[nodiscard]] constexpr std::span<const Field<Node>> fields_of(const Node*) {
  return kNodeFields;
}
[[nodiscard]] constexpr std::span<const Field<Link>> fields_of(const Link*) {
  return kLinkFields;
}
[[nodiscard]] constexpr std::span<const Field<Terminal>> fields_of(const Terminal*) {
  return kTerminalFields;
}
[[nodiscard]] constexpr std::span<const Field<Service>> fields_of(const Service*) {
  return kServiceFields;
}
[[nodiscard]] constexpr std::span<const Field<ServiceLeg>> fields_of(const ServiceLeg*) {
  return kServiceLegFields;
}
[[nodiscard]] constexpr std::span<const Field<Project>> fields_of(const Project*) {
  return kProjectFields;
}
[[nodiscard]] constexpr std::span<const Field<ProjectOwner>> fields_of(const ProjectOwner*) {
  return kProjectOwnerFields;
}
[[nodiscard]] constexpr std::span<const Field<ValueAdded>> fields_of(const ValueAdded*) {
  return kValueAddedFields;
}
[[nodiscard]] constexpr std::span<const Field<InputCoefficient>> fields_of(const InputCoefficient*) {
  return kInputCoefficientFields;
}
[[nodiscard]] constexpr std::span<const Field<FinalDemandShare>> fields_of(const FinalDemandShare*) {
  return kFinalDemandShareFields;
}
[[nodiscard]] constexpr std::span<const Field<ForeignTrade>> fields_of(const ForeignTrade*) {
  return kForeignTradeFields;
}
[[nodiscard]] constexpr std::span<const Field<ObservedFlow>> fields_of(const ObservedFlow*) {
  return kObservedFlowFields;
}
[[nodiscard]] constexpr std::span<const Field<Edit>> fields_of(const Edit*) {
  return kEditFields;
}
[[nodiscard]] constexpr std::span<const Field<TrendPoint>> fields_of(const TrendPoint*) {
  return kTrendPointFields;
}
[[nodiscard]] constexpr std::span<const Field<Move>> fields_of(const Move*) {
  return kMoveFields;
}
[[nodiscard]] constexpr std::span<const Field<Payer>> fields_of(const Payer*) {
  return kPayerFields;
}
[[nodiscard]] constexpr std::span<const Field<Parameters>> fields_of(const Parameters*) {
  return kParameterFields;
}

}  // namespace gerbang
