"""National 17 x 17 coefficients of total inputs (domestic and imported) from the inter-regional table of 2016."""

import gzip

from . import tables

SECTORS = 17


class Irio:
    """Sums over the 34 provinces, IDR bn of 2016."""

    def __init__(self, shared):
        nodes = tables.read(shared / "irio/irio2016_17_nodes.csv")
        self.sectors = [node["sector"] for node in nodes[:SECTORS]]
        self.provinces = [node["prov_code"] for node in nodes[::SECTORS]]
        self.output = self._sum(nodes, "output_mn_idr")
        self.value_added = self._sum(nodes, "value_added_mn_idr")
        self.final = self._sum(nodes, "final_demand_and_exports_mn_idr")
        self.imported = self._sum(nodes, "imported_inputs_and_taxes_mn_idr")
        self.final_of = {(n["prov_code"], n["sector"]): float(n["final_demand_and_exports_mn_idr"]) / 1e3
                         for n in nodes}
        self.value_added_of = {(n["prov_code"], n["sector"]): float(n["value_added_mn_idr"]) / 1e3 for n in nodes}
        self.domestic = [[0.0] * SECTORS for _ in range(SECTORS)]
        with gzip.open(shared / "irio/irio2016_17_Z_mn_idr.csv.gz", "rt") as file:
            for i, line in enumerate(file):
                row = self.domestic[i % SECTORS]
                for j, value in enumerate(line.split(",")):
                    row[j % SECTORS] += float(value) / 1e3

    @staticmethod
    def _sum(nodes, column):
        return [sum(float(node[column]) for node in nodes[s::SECTORS]) / 1e3 for s in range(SECTORS)]

    def value_added_share(self):
        return [v / y for v, y in zip(self.value_added, self.output)]

    def coefficients(self, imports):
        """Total inputs over output. The table gives imported inputs (with taxes on products) by using sector
        only; they are spread over products by the nation's imports (by sector of 17), used as the domestic
        product is used (RAS)."""
        scale = sum(self.imported) / sum(imports)
        spread = tables.ras([[v + 1e-6 for v in row] for row in self.domestic],
                            [m * scale for m in imports], self.imported, tolerance=1e-10)
        return [[(self.domestic[k][s] + spread[k][s]) / self.output[s] for s in range(SECTORS)]
                for k in range(SECTORS)]
