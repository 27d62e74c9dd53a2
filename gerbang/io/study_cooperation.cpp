// The stages that agreements between regions go through.
#include <algorithm>

#include "gerbang/io/study_reading.h"

namespace gerbang::io {

void read_cooperation_stages(Reading& reading) {
  std::vector<CooperationStage>& stages = reading.world.cooperation_stages;
  for_each_row(reading, "cooperation_stage", [&](RowReader& row, std::size_t) {
    CooperationStage stage;
    stage.id = row.text("stage_id");
    if (!is_id(stage.id) && !stage.id.empty())
      row.fault("stage_id", fmt::format("stage_id is '{}'", shown(stage.id)),
                "letters, digits, '_', '-' and '.' only");
    const auto is_same = [&](const CooperationStage& other) { return other.id == stage.id; };
    if (std::any_of(stages.begin(), stages.end(), is_same))
      row.fault("stage_id", fmt::format("stage_id '{}' is there twice", shown(stage.id)), "another id");
    stage.name = row.text("name");
    stage.name_en = row.text("name_en");
    stage.asks_council = row.flag("asks_council");
    stage.provenance = row.provenance();
    stages.push_back(std::move(stage));
  });
}

}  // namespace gerbang::io
