// What is worth improving, in words, as JSON and as tables.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>

#include "gerbang/report/columns.h"
#include "gerbang/report/page.h"
#include "gerbang/report/rank.h"
#include "gerbang/world/rows.h"

namespace gerbang::report {
namespace {

constexpr std::size_t kNamedGainers = 3;

struct ColumnName {
  std::string_view column;
  Text text;
};
constexpr ColumnName kColumnNames[] = {
    {"free_speed_kmh", {"waktu tempuh", "travel time"}},
    {"cost_factor", {"ongkos angkut", "haulage cost"}},
    {"toll_idr_per_vehicle", {"tarif tol", "toll"}},
    {"capacity_pcu_h", {"kapasitas", "capacity"}},
    {"handling_h", {"waktu bongkar muat", "handling time"}},
    {"handling_idr_per_tonne", {"ongkos bongkar muat", "handling fee"}},
    {"capacity_mt_per_year", {"kapasitas", "capacity"}},
    {"time_h", {"waktu pelayaran", "time under way"}},
    {"tariff_idr_per_tonne", {"tarif", "tariff"}},
    {"tariff_factor", {"semua tarifnya", "all its tariffs"}},
    {"departures_per_week", {"keberangkatan", "departures"}},
    {"capacity_t_per_departure", {"muatan per keberangkatan", "load per departure"}},
};
Text text_of_column(std::string_view column) {
  for (const ColumnName& name : kColumnNames)
    if (name.column == column) return name.text;
  return {column, column};
}

struct UnitName {
  std::string_view unit;
  Text text;
};
constexpr UnitName kUnitNames[] = {
    {"h", {"jam", "hour"}},
    {"0.01", {"0,01 faktor", "0.01 of the factor"}},
    {"IDR 1,000/vehicle", {"Rp1.000/kendaraan", "IDR 1,000/vehicle"}},
    {"IDR 1,000/t", {"Rp1.000/t", "IDR 1,000/t"}},
    {"100 pcu/h", {"100 smp/jam", "100 pcu/h"}},
    {"Mt/year", {"juta t/tahun", "Mt/year"}},
    {"departure/week", {"keberangkatan/minggu", "departure/week"}},
    {"100 t/departure", {"100 t/keberangkatan", "100 t/departure"}},
};
Text text_of_unit(std::string_view unit) {
  for (const UnitName& name : kUnitNames)
    if (name.unit == unit) return name.text;
  return {unit, unit};
}

std::string_view note_id(ProjectNote note) {
  switch (note) {
    case ProjectNote::kNotSeparable:
      return "not_separable";
    case ProjectNote::kExcluded:
      return "excluded";
    case ProjectNote::kNew:
      return "opens_or_closes_rows";
    case ProjectNote::kOtherCells:
      return "changes_other_cells";
    case ProjectNote::kNone:
      break;
  }
  return "";
}
Text note_text(ProjectNote note) {
  switch (note) {
    case ProjectNote::kNotSeparable:
      return {"tidak mengubah apa pun di sini: bekerja lewat tren, atau tanpa pengaruh",
              "changes nothing here: acts through a trend, or has no effect"};
    case ProjectNote::kExcluded:
      return {"tidak dapat ditambahkan: yang berlaku mengecualikannya",
              "cannot be added: what is in force excludes it"};
    case ProjectNote::kNew:
      return {"membuka atau menutup sesuatu: turunan tidak mengenal yang tidak ada",
              "opens or closes something: a gradient knows nothing of what does not exist"};
    case ProjectNote::kOtherCells:
      return {"mengubah nilai yang bukan tuas", "changes cells that are no levers"};
    case ProjectNote::kNone:
      break;
  }
  return {"", ""};
}

// Regions by what the improvement gives them, the most first.
std::vector<std::size_t> gainers(const Improvement& improvement) {
  std::vector<std::size_t> order(improvement.by_region.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return improvement.by_region[a] > improvement.by_region[b];
  });
  while (!order.empty() && !(improvement.by_region[order.back()] > 0.0)) order.pop_back();
  return order;
}

std::string who_gains(const Page& page, const World& world, const Improvement& improvement) {
  std::string text;
  const std::vector<std::size_t> order = gainers(improvement);
  for (std::size_t k = 0; k < std::min(order.size(), kNamedGainers); ++k)
    text +=
        page.say({"{}{} {}", "{}{} {}"}, k == 0 ? "\t" : ", ", page.name(world.regions[RegionId(order[k])]),
                 page.change(improvement.by_region[order[k]]));
  return text.empty() ? "\t–" : text;
}

void say_improvements(Page& page, const World& world, const Ranking& ranking, std::size_t most) {
  page.heading(page.say(
      {"YANG PALING BERHARGA DIPERBAIKI (miliar rupiah setahun)", "MOST WORTH IMPROVING (IDR bn a year)"}));
  std::vector<std::vector<std::string>> rows = {
      {"", page.say({"\ttuas", "\tlever"}), page.say({"lebih baik 1 %", "1 % better"}),
       page.say({"lebih baik", "better by one"}), page.say({"\tsatuan", "\tunit"}),
       page.say({"\tterbanyak untung dari 1 % itu", "\tgain most from that 1 %"})}};
  for (std::size_t k = 0; k < std::min(most, ranking.improvements.size()); ++k) {
    const Improvement& improvement = ranking.improvements[k];
    if (!(improvement.lever.per_percent > 0.0)) break;
    rows.push_back({page.whole(k + 1) + " " + name_of_lever(world, improvement.lever, page.language()),
                    "\t" + std::string(text_of_column(improvement.lever.column).in(page.language())),
                    page.change(improvement.lever.per_percent), page.change(improvement.lever.per_unit),
                    "\t" + std::string(text_of_unit(improvement.lever.unit).in(page.language())),
                    who_gains(page, world, improvement)});
  }
  page.table(rows);
}

void say_projects(Page& page, const World& world, const Ranking& ranking) {
  page.heading(page.say({"PROYEK: PERKIRAAN DARI TURUNAN DAN PERHITUNGAN TEPAT (miliar rupiah setahun)",
                         "PROJECTS: PREDICTED BY THE GRADIENT AND SOLVED EXACTLY (IDR bn a year)"}));
  std::vector<std::vector<std::string>> rows = {
      {"", page.say({"\tkini", "\tnow"}), page.say({"perkiraan", "predicted"}), page.say({"tepat", "exact"}),
       page.say({"selisih", "difference"}), "\t"}};
  const auto figure = [&](const std::optional<double>& value) { return value ? page.change(*value) : "–"; };
  for (const RankedProject& project : ranking.projects) {
    std::optional<double> difference;
    if (project.predicted && project.exact) difference = *project.exact - *project.predicted;
    const Project& row = world.projects[project.project];
    rows.push_back(
        {row.id + " " + page.name(row),
         project.is_in_force ? page.say({"\tberlaku", "\tin force"}) : page.say({"\tbelum", "\tnot yet"}),
         figure(project.predicted), figure(project.exact), figure(difference),
         "\t" + std::string(note_text(project.note).in(page.language()))});
  }
  page.table(rows);
  page.line(
      {" Nilai proyek yang berlaku: dengan dibanding tanpa. Yang belum: bila ditambahkan sekarang. Turunan "
       "berlaku untuk "
       "perubahan kecil; selisihnya menunjukkan seberapa tidak kecil proyek itu.",
       " Of projects in force: with against without. Of others: if they were added now. A gradient holds for "
       "small "
       "changes; the difference shows how far from small a project is."});
}

}  // namespace

std::string name_of_lever(const World& world, const evaluate::Lever& lever, Language language) {
  const auto name = [&](const auto& thing) {
    return std::string(both_names(thing.name, thing.name_en).in(language));
  };
  for (const Link& link : world.links)
    if (lever.table == "link" && link.id == lever.row) return link.name.empty() ? link.id : name(link);
  for (const Terminal& terminal : world.terminals)
    if (lever.table == "terminal" && terminal.id == lever.row) return name(terminal);
  for (const Service& service : world.services) {
    if (lever.table == "service" && service.id == lever.row) return name(service);
    if (lever.table != "service_leg") continue;
    for (std::size_t leg = 0; leg < service.legs.size(); ++leg)
      if (row_id(service, leg) == lever.row)
        return name(world.terminals[service.legs[leg].from]) + " – " +
               name(world.terminals[service.legs[leg].to]) + " (" + name(service) + ")";
  }
  return lever.row;
}

std::string to_text(const World& world, const Ranking& ranking, std::size_t most, Language language) {
  Page page(language);
  const Scenario& scenario = world.scenarios[ranking.question.scenario];
  std::string whom = page.say({"seluruh wilayah", "all regions together"});
  if (!ranking.question.regions.empty()) {
    whom.clear();
    for (const RegionId id : ranking.question.regions)
      whom += (whom.empty() ? "" : ", ") + page.name(world.regions[id]);
  }
  page.line({"Skenario {} ({}), {}; nilai bagi {}.", "Scenario {} ({}), {}; worth to {}."}, scenario.id,
            page.name(scenario), ranking.question.year, whom);
  say_improvements(page, world, ranking, most);
  say_projects(page, world, ranking);
  page.blank();
  page.line({" Turunan pada keseimbangan bersama, dengan jawaban pasar, pilihan rantai dan rute, serta "
             "kepadatan: {} putaran, "
             "sisa terbesar {} (relatif){}.",
             " Gradient at the joint equilibrium, with the answers of markets, of chains and routes, and "
             "congestion: {} rounds, "
             "largest residual {} (relative){}."},
            page.whole(ranking.rounds), fmt::format("{:.0e}", ranking.residual),
            ranking.is_converged ? page.say({"; semua konvergen", "; all converged"})
                                 : page.say({"; TIDAK SEMUA KONVERGEN", "; NOT ALL CONVERGED"}));
  return page.text();
}

nlohmann::ordered_json to_json(const World& world, const Ranking& ranking, std::size_t most) {
  using Json = nlohmann::ordered_json;
  Json json;
  json["scenario"] = world.scenarios[ranking.question.scenario].id;
  json["year"] = ranking.question.year;
  json["for"] = Json::array();
  for (const RegionId id : ranking.question.regions) json["for"].push_back(world.regions[id].id);
  json["gradient"] = {
      {"residual", ranking.residual}, {"rounds", ranking.rounds}, {"is_converged", ranking.is_converged}};
  json["improvements"] = Json::array();
  for (std::size_t k = 0; k < std::min(most, ranking.improvements.size()); ++k) {
    const Improvement& improvement = ranking.improvements[k];
    const evaluate::Lever& lever = improvement.lever;
    Json gain = Json::array();
    for (const std::size_t r : gainers(improvement)) {
      if (gain.size() == 2 * kNamedGainers) break;
      gain.push_back({{"region_id", world.regions[RegionId(r)].id}, {"ev_idr_bn", improvement.by_region[r]}});
    }
    json["improvements"].push_back({{"table", lever.table},
                                    {"row", lever.row},
                                    {"column", lever.column},
                                    {"name", name_of_lever(world, lever, Language::kIndonesian)},
                                    {"name_en", name_of_lever(world, lever, Language::kEnglish)},
                                    {"value", lever.value},
                                    {"ev_per_percent_idr_bn", lever.per_percent},
                                    {"ev_per_unit_idr_bn", lever.per_unit},
                                    {"unit", lever.unit},
                                    {"gain_per_percent", gain}});
  }
  json["projects"] = Json::array();
  for (const RankedProject& project : ranking.projects) {
    Json row = {{"project_id", world.projects[project.project].id}, {"is_in_force", project.is_in_force}};
    row["predicted_idr_bn"] = project.predicted ? Json(*project.predicted) : Json();
    row["exact_idr_bn"] = project.exact ? Json(*project.exact) : Json();
    row["note"] = note_id(project.note);
    row["is_converged"] = project.is_converged;
    json["projects"].push_back(std::move(row));
  }
  return json;
}

std::vector<io::DescribedTable> rank_tables(const World& world, const Ranking& ranking) {
  const std::vector<io::Column> cell = {
      text_column("table", {"tabel studi", "table of the study"}), text_column("row", {"baris", "row"}),
      text_column("column", {"kolom", "column"}), text_column("name", {"nama", "name"}),
      text_column("name_en", {"nama Inggris", "English name"})};
  const auto with_cell = [&](std::vector<io::Column> more) {
    std::vector<io::Column> columns = cell;
    columns.insert(columns.end(), more.begin(), more.end());
    return columns;
  };
  const auto values_of = [&](const Improvement& improvement) {
    const evaluate::Lever& lever = improvement.lever;
    return std::vector<io::Value>{lever.table, lever.row, lever.column,
                                  name_of_lever(world, lever, Language::kIndonesian),
                                  name_of_lever(world, lever, Language::kEnglish)};
  };
  io::DescribedTable levers(
      {.name = "levers",
       .description = both_languages({"Nilai memperbaiki tiap tuas", "What improving every lever is worth"}),
       .columns = with_cell({real_column("value", "", {"nilai sel sekarang", "value of the cell now"}),
                             real_column("ev_per_percent_idr_bn", "IDR bn/year",
                                         {"nilai perbaikan 1 %", "worth of 1 % better"}),
                             real_column("ev_per_unit_idr_bn", "IDR bn/year per unit",
                                         {"nilai perbaikan satu satuan", "worth of one unit better"}),
                             text_column("unit", {"satuan itu", "that unit"})})});
  std::vector<io::Column> regions;
  for (const Region& region : world.regions)
    if (!region.is_foreign)
      regions.push_back(
          real_column(region.id, "IDR bn/year",
                      {"keuntungan wilayah ini dari perbaikan 1 %", "this region's gain from 1 % better"}));
  io::DescribedTable hangs_on(
      {.name = "hangs_on",
       .description = both_languages({"Keuntungan siapa bergantung pada apa", "Whose gain hangs on what"}),
       .columns = with_cell(regions)});
  for (const Improvement& improvement : ranking.improvements) {
    std::vector<io::Value> values = values_of(improvement);
    if (!improvement.by_region.empty()) {
      for (const RegionId id : world.regions.ids())
        if (!world.regions[id].is_foreign) values.emplace_back(improvement.by_region[id.value()]);
      hangs_on.add_row(values);
    }
    const evaluate::Lever& lever = improvement.lever;
    values.resize(cell.size());
    append_values(values, {lever.value, lever.per_percent, lever.per_unit, lever.unit});
    levers.add_row(values);
  }
  io::DescribedTable projects(
      {.name = "projects",
       .description =
           both_languages({"Proyek: perkiraan dan perhitungan tepat", "Projects: predicted and exact"}),
       .columns = {
           text_column("project_id", {"proyek", "project"}), text_column("name", {"nama", "name"}),
           text_column("name_en", {"nama Inggris", "English name"}),
           integer_column("is_in_force", "", {"1: berlaku", "1: in force"}),
           real_column("predicted_idr_bn", "IDR bn/year", {"perkiraan dari turunan", "by the gradient"}),
           real_column("exact_idr_bn", "IDR bn/year", {"perhitungan tepat", "solved exactly"}),
           text_column("note", {"catatan", "note"})}});
  for (const RankedProject& project : ranking.projects) {
    const Project& row = world.projects[project.project];
    const auto value = [](const std::optional<double>& figure) {
      return figure ? io::Value(*figure) : io::Value();
    };
    projects.add_row({row.id, row.name, english_name(row), std::int64_t{project.is_in_force},
                      value(project.predicted), value(project.exact), std::string(note_id(project.note))});
  }
  return {std::move(levers), std::move(hangs_on), std::move(projects)};
}

}  // namespace gerbang::report
