#include "gerbang/world/apply.h"

#include <gtest/gtest.h>

#include "gerbang/base/error.h"
#include "gerbang/world/rows.h"

namespace gerbang {
namespace {

//  n0 ── l0 ── n1 ── l1 (project late) ── n2        t0 at n0, t1 at n1 (project early), service t0–t1
World small_world() {
  World world;
  world.base_year = 2024;
  world.regions.push_back({.id = "r0", .population = 100.0});
  world.sectors.push_back({.id = "s0"});
  world.freight_classes.push_back({.id = "m0"});
  for (const char* id : {"n0", "n1", "n2"}) world.nodes.push_back({.id = id});
  world.projects.push_back({.id = "running", .status = ProjectStatus::kOperating});
  world.projects.push_back({.id = "early", .status = ProjectStatus::kCommitted, .year = 2026});
  world.projects.push_back({.id = "late", .status = ProjectStatus::kProposed, .year = 2030});
  world.projects.push_back({.id = "any", .status = ProjectStatus::kProposed});
  world.links.push_back({.id = "l0", .from = NodeId(0), .to = NodeId(1), .capacity_pcu_h = 1000.0});
  world.links.push_back(
      {.id = "l1", .from = NodeId(1), .to = NodeId(2), .capacity_pcu_h = 500.0, .project = ProjectId(2)});
  world.terminals.push_back({.id = "t0", .node = NodeId(0), .capacity_mt_per_year = 2.0, .handling_h = 24.0});
  world.terminals.push_back({.id = "t1", .node = NodeId(1), .project = ProjectId(1)});
  world.services.push_back({.id = "ship",
                            .departures_per_week = 4.0,
                            .legs = {{.from = TerminalId(0), .to = TerminalId(1), .time_h = 20.0},
                                     {.from = TerminalId(1), .to = TerminalId(0), .time_h = 22.0}}});
  world.value_added.push_back({.value_added_idr_bn = 10.0});
  return world;
}

Edit edit(std::string table, std::string row, std::string column, EditOperation operation, double value) {
  return {.project = {},
          .table = std::move(table),
          .row = std::move(row),
          .column = std::move(column),
          .operation = operation,
          .value = value,
          .provenance = {}};
}

std::vector<std::string> ids(const World& world, const std::vector<ProjectId>& projects) {
  std::vector<std::string> names;
  for (const ProjectId id : projects) names.push_back(world.projects[id].id);
  return names;
}

using Names = std::vector<std::string>;
constexpr ProjectId kEarly(1);
constexpr ProjectId kLate(2);
constexpr ProjectId kAny(3);

TEST(Apply, PutsProjectsInForceByStatusDecisionAndYear) {
  const World world = small_world();
  EXPECT_EQ(ids(world, projects_in_force(world, {}, 2024)), Names{"running"});
  EXPECT_EQ(ids(world, projects_in_force(world, {}, 2026)), (Names{"running", "early"}));
  EXPECT_EQ(ids(world, projects_in_force(world, {}, 2040)), (Names{"running", "early"}));
  const std::vector decided = {kAny, kLate};
  EXPECT_EQ(ids(world, projects_in_force(world, decided, 2029)), (Names{"running", "early", "any"}));
  EXPECT_EQ(ids(world, projects_in_force(world, decided, 2030)), (Names{"running", "early", "late", "any"}));
}

TEST(Apply, WaitsForTheYearOfWhatIsDecidedEarly) {
  World world = small_world();
  world.projects[kEarly].year.reset();  // committed, but nobody knows for when
  EXPECT_EQ(ids(world, projects_in_force(world, {}, 2040)), Names{"running"});
  const std::vector decided = {kEarly};
  EXPECT_EQ(ids(world, projects_in_force(world, decided, 2024)), (Names{"running", "early"}));
}

TEST(Apply, RefusesAProjectWithoutItsNeeds) {
  World world = small_world();
  world.projects[kLate].needs = {kAny};
  const std::vector alone = {kLate};
  EXPECT_NO_THROW(static_cast<void>(projects_in_force(world, alone, 2029)));  // not yet in force
  EXPECT_THROW(static_cast<void>(projects_in_force(world, alone, 2030)), InputError);
  const std::vector both = {kLate, kAny};
  EXPECT_EQ(projects_in_force(world, both, 2030).size(), 4u);
}

TEST(Apply, RefusesProjectsThatExcludeEachOther) {
  World world = small_world();
  world.projects[kAny].excludes = {kEarly};
  const std::vector decided = {kAny};
  EXPECT_NO_THROW(static_cast<void>(projects_in_force(world, decided, 2025)));
  try {
    static_cast<void>(apply(world, decided, {}, 2026));
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.faults()[0].found.in(Language::kEnglish),
              "project any excludes early, which is in force too");
  }
}

TEST(Apply, FindsWhereNeedsRunInACircle) {
  World world = small_world();
  EXPECT_TRUE(find_circular_needs(world).empty());
  world.projects[kLate].needs = {kAny};
  world.projects[ProjectId(0)].needs = {kLate};  // leads into the circle, is no part of it
  EXPECT_TRUE(find_circular_needs(world).empty());
  world.projects[kAny].needs = {kEarly};
  world.projects[kEarly].needs = {kLate};
  EXPECT_EQ(ids(world, find_circular_needs(world)), (Names{"late", "any", "early"}));
  world.projects[kEarly].needs = {kEarly};
  EXPECT_EQ(ids(world, find_circular_needs(world)), Names{"early"});
}

TEST(Apply, MarksWhatIsNotThereYet) {
  const World world = small_world();
  const World base = apply(world, {}, {}, 2024);
  EXPECT_TRUE(base.links[LinkId(0)].is_present);
  EXPECT_FALSE(base.links[LinkId(1)].is_present);
  EXPECT_FALSE(base.terminals[TerminalId(1)].is_present);
  const std::vector decided = {kLate};
  const World later = apply(world, decided, {}, 2030);
  EXPECT_TRUE(later.links[LinkId(1)].is_present);
  EXPECT_TRUE(later.terminals[TerminalId(1)].is_present);
  EXPECT_EQ(later.links.size(), world.links.size());
}

TEST(Apply, LetsTrendRowsRunWithTheirProject) {
  World world = small_world();
  world.trends = {{.trend = "estate", .year = 2030, .value = 1.2, .project = kLate, .provenance = {}},
                  {.trend = "growth", .year = 2030, .value = 1.1, .provenance = {}}};
  const std::vector decided = {kLate};
  EXPECT_TRUE(apply(world, decided, {}, 2030).trends[0].is_present);
  EXPECT_FALSE(apply(world, decided, {}, 2029).trends[0].is_present);
  EXPECT_FALSE(apply(world, {}, {}, 2030).trends[0].is_present);
  EXPECT_TRUE(apply(world, {}, {}, 2030).trends[1].is_present);
  const std::vector off = {
      edit("trend", row_id(world, world.trends[0]), "is_present", EditOperation::kSet, 0.0)};
  EXPECT_FALSE(apply(world, decided, off, 2030).trends[0].is_present);
}

TEST(Apply, AppliesTheEditsOfProjectsInForceInOrder) {
  World world = small_world();
  world.edits = {edit("terminal", "t0", "capacity_mt_per_year", EditOperation::kAdd, 1.0),
                 edit("terminal", "t0", "capacity_mt_per_year", EditOperation::kMultiply, 2.0),
                 edit("service_leg", "ship/2", "time_h", EditOperation::kMultiply, 0.5)};
  world.edits[0].project = kEarly;
  world.edits[2].project = kLate;
  const auto capacity = [&](int year) {
    return apply(world, {}, {}, year).terminals[TerminalId(0)].capacity_mt_per_year;
  };
  EXPECT_EQ(capacity(2024), 4.0);  // edits without a project are always in force
  EXPECT_EQ(capacity(2026), 6.0);
  const std::vector decided = {kLate};
  EXPECT_EQ(apply(world, decided, {}, 2030).services[ServiceId(0)].legs[1].time_h, 11.0);
  EXPECT_EQ(apply(world, decided, {}, 2030).services[ServiceId(0)].legs[0].time_h, 20.0);
  EXPECT_EQ(world.terminals[TerminalId(0)].capacity_mt_per_year, 2.0);  // the world itself is as it was
}

TEST(Apply, AppliesExtraEditsLastAndClosesWhatTheySay) {
  World world = small_world();
  world.edits = {edit("service", "ship", "departures_per_week", EditOperation::kSet, 7.0)};
  const std::vector<Edit> extra = {edit("service", "ship", "departures_per_week", EditOperation::kAdd, 1.0),
                                   edit("link", "l0", "is_present", EditOperation::kSet, 0.0)};
  const World changed = apply(world, {}, extra, 2024);
  EXPECT_EQ(changed.services[ServiceId(0)].departures_per_week, 8.0);
  EXPECT_FALSE(changed.links[LinkId(0)].is_present);
}

// Every cell that a row and a column name can be set, whatever the table.
TEST(Apply, ReachesEveryNumericCell) {
  World world = small_world();
  world.input_output.push_back({});
  world.final_demand.push_back({});
  world.foreign_trade.push_back({});
  world.observed_flows.push_back({});
  world.edits.push_back(edit("link", "l0", "length_km", EditOperation::kSet, 1.0));
  world.trends.push_back({.trend = "growth", .year = 2030});
  world.moves.push_back({.trend = "growth"});
  world.payers.push_back({.trend = "growth"});
  world.projects[kLate].owners.push_back({.party = "A party / with a slash"});
  std::size_t cells = 0;
  for (const std::string& table : numeric_tables()) {
    const std::vector<std::string> rows = row_ids(world, table);
    EXPECT_FALSE(rows.empty()) << table;
    for (const std::string& row : rows) {
      for (const std::string& column : numeric_columns(table)) {
        World changed = world;
        EXPECT_NO_THROW(apply_edit(changed, edit(table, row, column, EditOperation::kSet, 0.5)))
            << table << row;
        EXPECT_NO_THROW(apply_edit(changed, edit(table, row, column, EditOperation::kMultiply, 2.0)));
        ++cells;
      }
    }
  }
  EXPECT_GT(cells, 70u);
}

TEST(Apply, SaysWhatIsWrongWithAnEdit) {
  const World world = small_world();
  const auto fault = [&](const Edit& wrong) {
    const auto found = find_fault(world, wrong);
    if (!found) return std::string();
    return std::string(found->cell) + ": " + found->found.in(Language::kEnglish) + "; " +
           found->expected.in(Language::kEnglish);
  };
  using enum EditOperation;
  EXPECT_EQ(fault(edit("link", "l0", "length_km", kSet, 5.0)), "");
  EXPECT_EQ(fault(edit("lnk", "l0", "length_km", kSet, 5.0)),
            "table: unknown table 'lnk'; did you mean 'link'?");
  EXPECT_EQ(fault(edit("link", "l7", "length_km", kSet, 5.0)),
            "row: unknown row 'l7' of table link; did you mean 'l0'?");
  EXPECT_EQ(fault(edit("link", "l0", "lenght_km", kSet, 5.0)),
            "column: unknown column 'lenght_km' of table link; did you mean 'length_km'?");
  EXPECT_EQ(fault(edit("link", "l0", "capacity_pcu_h", kAdd, -1000.0)),
            "value: capacity_pcu_h of l0 becomes 0; a number above 0");
  EXPECT_EQ(fault(edit("terminal", "t1", "capacity_mt_per_year", kMultiply, 2.0)),
            "operation: capacity_mt_per_year of t1 is blank, so that nothing can be multiplied; set it, or "
            "give it a "
            "value in its table");
  EXPECT_EQ(fault(edit("terminal", "t1", "capacity_mt_per_year", kSet, 2.0)), "");
  EXPECT_EQ(fault(edit("parameter", "delay_beta", "value", kMultiply, 2.0)), "");
  EXPECT_EQ(fault(edit("parameter", "delay_btea", "value", kMultiply, 2.0)),
            "row: unknown row 'delay_btea'; did you mean 'delay_beta'?");
  EXPECT_EQ(fault(edit("service", "ship", "is_present", kMultiply, 0.0)),
            "operation: is_present cannot take 'multiply'; set");
  EXPECT_EQ(fault(edit("service", "ship", "is_present", kSet, 2.0)),
            "value: is_present becomes 2; 0 (closed) or 1 (open)");
  EXPECT_EQ(fault(edit("service_leg", "ship/3", "time_h", kSet, 2.0)),
            "row: unknown row 'ship/3' of table service_leg; did you mean 'ship/1'?");
}

TEST(Apply, AddsTheProjectsAndTrendsOfPredecessors) {
  World world = small_world();
  world.scenarios.push_back({.id = "base", .trends = {"growth"}});
  world.scenarios.push_back(
      {.id = "one", .predecessor = ScenarioId(0), .projects = {kLate}, .trends = {"ikn"}});
  world.scenarios.push_back(
      {.id = "two", .predecessor = ScenarioId(1), .projects = {kEarly, kLate}, .trends = {"growth", "more"}});
  EXPECT_TRUE(decided_projects(world, ScenarioId(0)).empty());
  EXPECT_EQ(decided_projects(world, ScenarioId(2)), (std::vector{kEarly, kLate}));
  EXPECT_EQ(running_trends(world, ScenarioId(2)), (Names{"growth", "ikn", "more"}));
}

}  // namespace
}  // namespace gerbang
