// The tables that no result depends on: tonnes that were counted, to compare with; stages that agreements go
// through.
#include <algorithm>

#include "gerbang/io/study_reading.h"

namespace gerbang::io {
namespace {

// The id of a row of a table that no other table refers to.
template <class Row>
std::string own_id(RowReader& row, const char* column, const std::vector<Row>& rows) {
  const std::string id = row.text(column);
  if (!id.empty() && !is_id(id))
    row.fault(column, said({"{} berisi '{}'", "{} is '{}'"}, column, shown(id)),
              {"hanya huruf, angka, '_', '-' dan '.'", "letters, digits, '_', '-' and '.' only"});
  if (std::any_of(rows.begin(), rows.end(), [&](const Row& other) { return other.id == id; }))
    row.fault(column, said({"{} '{}' ada dua kali", "{} '{}' is there twice"}, column, shown(id)),
              {"id lain", "another id"});
  return id;
}

}  // namespace

void read_observations(Reading& reading) {
  std::vector<Observation>& observations = reading.world.observations;
  for_each_row(reading, "observation", [&](RowReader& row, std::size_t) {
    Observation observation;
    observation.id = own_id(row, "observation_id", observations);
    observation.name = row.text("name");
    observation.name_en = row.text("name_en");
    const std::string table = row.word("table", {"terminal", "service"});
    if (table == "terminal") observation.terminal = row.reference("row", reading.terminals);
    if (table == "service") observation.service = row.reference("row", reading.services);
    observation.kt_per_year = row.number("kt_per_year", Range::kPositive, Need::kRequired).value_or(0.0);
    observation.provenance = row.provenance();
    if (observation.terminal || observation.service) observations.push_back(std::move(observation));
  });
}

void read_cooperation_stages(Reading& reading) {
  std::vector<CooperationStage>& stages = reading.world.cooperation_stages;
  for_each_row(reading, "cooperation_stage", [&](RowReader& row, std::size_t) {
    CooperationStage stage;
    stage.id = own_id(row, "stage_id", stages);
    stage.name = row.text("name");
    stage.name_en = row.text("name_en");
    stage.asks_council = row.flag("asks_council");
    stage.provenance = row.provenance();
    stages.push_back(std::move(stage));
  });
}

}  // namespace gerbang::io
