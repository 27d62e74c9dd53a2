"""Makes the tables of examples/nusantara from the shared data.

    python3 tools/build_nusantara.py DATA [FOLDER]

DATA is the folder that holds nusantara/, irio/ and geo/; FOLDER is the study (default examples/nusantara beside this
tool). Only the standard library is needed. The outline and the sea routes are made
apart, by tools/make_outline.py and tools/make_sea_routes.py.
"""

import sys
from pathlib import Path

from nusantara import balance, economy, economy_rows, foreign, network, ports, regions, scenario, services, tables
from nusantara.irio import Irio


def write_economy(shared, folder):
    irio = Irio(shared)
    value, quality = economy.split_sectors(economy.regional_value_added(shared), shared)
    accounts = balance.Balance(irio, value, foreign.national("export"), foreign.national("import"))
    tables.write(folder, "region", regions.COLUMNS, regions.rows(shared, irio, value, accounts))
    rows = economy.value_added_rows(value, quality)
    tables.write(folder, "value_added", list(rows[0]), rows)
    for name, rows in (("sector", economy_rows.sectors()), ("freight_class", economy_rows.freight_classes()),
                       ("parameter", tables.assumptions("parameters")),
                       ("input_output", economy_rows.input_output(accounts)),
                       ("final_demand", economy_rows.final_demand(accounts)),
                       ("foreign_trade", foreign.rows(value, accounts))):
        tables.write(folder, name, list(rows[0]), rows)
    return value, accounts


def write_network(shared, folder):
    roads = network.Network(shared, regions.FOREIGN)
    harbours = ports.Ports(shared, roads, regions.FOREIGN)
    lines = services.Services(shared, harbours)
    tables.write(folder, "node", network.NODE_COLUMNS, roads.nodes)
    tables.write(folder, "link", network.COLUMNS, roads.links)
    tables.write(folder, "terminal", ports.COLUMNS, harbours.terminals)
    tables.write(folder, "service", services.COLUMNS, lines.services)
    tables.write(folder, "service_leg", services.LEG_COLUMNS, lines.legs)


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    shared = Path(sys.argv[1])
    folder = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).parents[1] / "examples/nusantara"
    folder.mkdir(parents=True, exist_ok=True)
    value, accounts = write_economy(shared, folder)
    write_network(shared, folder)
    scenario.projects(folder)
    scenario.trends(folder, value, accounts)
    known, _ = regions.load(shared)
    scenario.moves(folder, {r["region_id"]: float(known[r["region_id"]]["model_population"])
                            for r in tables.assumptions("regions")})
    (folder / "study.toml").write_text(scenario.STUDY, encoding="utf-8")


if __name__ == "__main__":
    main()
