#include "gerbang/report/observed.h"

#include "gerbang/evaluate/network.h"

namespace gerbang::report {

std::vector<ComparedObservation> compare_observations(const World& world,
                                                      const evaluate::Outcome& base_year) {
  const evaluate::Network network = evaluate::build_network(*base_year.world);
  std::vector<ComparedObservation> compared;
  for (const Observation& observation : world.observations) {
    ComparedObservation& row = compared.emplace_back(ComparedObservation{.observation = &observation});
    if (observation.terminal) row.modelled_kt = base_year.loads.terminal[observation.terminal->value()];
    for (std::size_t leg = 0; leg < network.legs.size(); ++leg)
      if (observation.service && network.legs[leg].service == *observation.service)
        row.modelled_kt += base_year.loads.leg[leg];
  }
  return compared;
}

}  // namespace gerbang::report
