#include "gerbang/evaluate/free_chains.h"

#include <fmt/format.h>

#include "gerbang/base/error.h"

namespace gerbang::evaluate {

void reject_free_chains(const World& world, const Network& network, const TransportCosts& costs,
                        const Message& when) {
  std::vector<Fault> faults;
  for (std::size_t m = 0; m < costs.transport.classes.size(); ++m) {
    const Matrix& cost = costs.transport.classes[m].cost;  // by destination, then origin
    for (std::size_t i = 0; i < network.regions; ++i)
      for (std::size_t n = 0; n < network.regions; ++n) {
        if (i == n || cost(n, i) > 0.0) continue;
        Matrix one(network.regions, network.regions);
        one(n, i) = 1.0;
        const chains::LegValues use = (*costs.chains)[m].use(one);
        std::string terminals;
        for (std::size_t k = 0; k < use.handling.size(); ++k)
          if (use.handling[k] > 0.1)
            terminals += " " + world.terminals[TerminalId(network.classes[m].terminals[k])].id;
        faults.push_back(
            {.file = "terminal.csv",
             .found =
                 said({"{}: {} dari '{}' ke '{}' akan berbiaya {:.3g} juta rupiah per ton, lewat terminal{}",
                       "{}: {} from '{}' to '{}' would cost {:.3g} mn IDR per tonne, by terminals{}"},
                      when, world.freight_classes[FreightClassId(m)].id, world.regions[RegionId(i)].id,
                      world.regions[RegionId(n)].id, cost(n, i), terminals),
             .expected = {
                 "biaya di atas nol: naikkan chain_dispersion, tarif terminal-terminal ini atau klasternya",
                 "costs above zero: raise chain_dispersion, the fees of these terminals or their clusters"}});
      }
  }
  if (!faults.empty()) throw InputError(std::move(faults));
}

}  // namespace gerbang::evaluate
