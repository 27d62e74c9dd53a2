// The words that stand for enumerations in the study's tables, described once for reader, writer and results.
#pragma once

#include <span>
#include <string_view>

#include "gerbang/world/world.h"

namespace gerbang {

template <class Enum>
struct EnumName {
  Enum value;
  std::string_view name;
};

inline constexpr EnumName<Quality> kQualityNames[] = {
    {Quality::kOfficial, "official"}, {Quality::kDerived, "derived"}, {Quality::kAssumed, "assumed"}};
inline constexpr EnumName<ProjectStatus> kProjectStatusNames[] = {{ProjectStatus::kOperating, "operating"},
                                                                  {ProjectStatus::kCommitted, "committed"},
                                                                  {ProjectStatus::kProposed, "proposed"}};
inline constexpr EnumName<EditOperation> kEditOperationNames[] = {
    {EditOperation::kSet, "set"}, {EditOperation::kAdd, "add"}, {EditOperation::kMultiply, "multiply"}};
inline constexpr EnumName<TrendVariable> kTrendVariableNames[] = {
    {TrendVariable::kPopulation, "population"},
    {TrendVariable::kProductivity, "productivity"},
    {TrendVariable::kGovernment, "government"},
    {TrendVariable::kInvestment, "investment"}};
inline constexpr EnumName<FinalUser> kFinalUserNames[] = {{FinalUser::kHouseholds, "households"},
                                                          {FinalUser::kGovernment, "government"},
                                                          {FinalUser::kInvestment, "investment"}};
inline constexpr EnumName<TradeDirection> kTradeDirectionNames[] = {{TradeDirection::kExport, "export"},
                                                                    {TradeDirection::kImport, "import"}};

[[nodiscard]] constexpr std::span<const EnumName<Quality>> names_of(Quality) {
  return kQualityNames;
}
[[nodiscard]] constexpr std::span<const EnumName<ProjectStatus>> names_of(ProjectStatus) {
  return kProjectStatusNames;
}
[[nodiscard]] constexpr std::span<const EnumName<EditOperation>> names_of(EditOperation) {
  return kEditOperationNames;
}
[[nodiscard]] constexpr std::span<const EnumName<TrendVariable>> names_of(TrendVariable) {
  return kTrendVariableNames;
}
[[nodiscard]] constexpr std::span<const EnumName<FinalUser>> names_of(FinalUser) {
  return kFinalUserNames;
}
[[nodiscard]] constexpr std::span<const EnumName<TradeDirection>> names_of(TradeDirection) {
  return kTradeDirectionNames;
}

template <class Enum>
[[nodiscard]] constexpr std::string_view name_of(Enum value) {
  for (const auto& entry : names_of(value)) {
    if (entry.value == value) return entry.name;
  }
  return "";
}

}  // namespace gerbang
