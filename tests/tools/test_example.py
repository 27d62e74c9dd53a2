"""What must hold of the committed tables by themselves: totals, shares, provenance."""

import json
import sys
import unittest
from collections import defaultdict
from pathlib import Path

repository = Path(sys.argv.pop(1))
sys.path.insert(0, str(repository / "tools"))
from nusantara import tables  # noqa: E402

EXAMPLE = repository / "examples/nusantara"


def rows(name):
    return tables.read(EXAMPLE / f"{name}.csv")


class Example(unittest.TestCase):
    def test_the_regions_hold_the_registered_population_and_the_published_product(self):
        domestic = [r for r in rows("region") if r["kind"] == "domestic"]
        self.assertEqual(len(domestic), 49)
        self.assertEqual(sum(int(r["population"]) for r in domestic), 284973643)
        total = sum(float(r["value_added_idr_bn"]) for r in rows("value_added"))
        self.assertAlmostEqual(total / 1e3, 22020.55, delta=0.05)

    def test_every_row_says_where_it_comes_from(self):
        for path in sorted(EXAMPLE.glob("*.csv")):
            for number, row in enumerate(tables.read(path), 2):
                with self.subTest(table=path.name, line=number):
                    self.assertIn(row["quality"], ("official", "derived", "assumed"))
                    self.assertTrue(row["source"].strip())

    def test_every_leg_that_is_sailed_has_a_way_from_port_to_port(self):
        place = {r["node_id"]: (float(r["x_coord"]), float(r["y_coord"])) for r in rows("node")}
        node = {r["terminal_id"]: r["node_id"] for r in rows("terminal")}
        sailed = {r["service_id"] for r in rows("service") if r["mode"] in ("sea", "ferry")}
        ways = {}
        for feature in json.loads((EXAMPLE / "sea_route.geojson").read_text())["features"]:
            ends = tuple(feature["properties"][f"{side}_node_id"] for side in ("from", "to"))
            line = feature["geometry"]["coordinates"]
            ways[frozenset(ends)] = line
            for end, point in zip(ends, (line[0], line[-1])):
                apart = max(abs(a - b) for a, b in zip(place[end], point))
                self.assertLess(apart, 0.2, ends)  # degrees: some ways end on the roads before a port
        for leg in rows("service_leg"):
            if leg["service_id"] in sailed:
                self.assertIn(frozenset(node[leg[f"{side}_terminal_id"]] for side in ("from", "to")), ways)

    def test_ranges_hold_their_value(self):
        for path in sorted(EXAMPLE.glob("*.csv")):
            table = tables.read(path)
            for column in (c.removesuffix("_low") for c in table[0] if c.endswith("_low")):
                for row in table:
                    if row[f"{column}_low"]:
                        self.assertLessEqual(float(row[f"{column}_low"]), float(row[column]), (path.name, row))
                        self.assertGreaterEqual(float(row[f"{column}_high"]), float(row[column]), (path.name, row))

    def test_no_sector_exports_more_than_it_makes(self):
        share = defaultdict(float)
        for row in rows("input_output"):
            share[row["using_sector_id"]] += float(row["coefficient"])
        made, made_in = defaultdict(float), {}
        for row in rows("value_added"):
            output = float(row["value_added_idr_bn"]) / (1 - share[row["sector_id"]])
            made[row["sector_id"]] += output
            made_in[row["region_id"], row["sector_id"]] = output
        for row in rows("foreign_trade"):
            if row["direction"] == "export":
                limit = made_in[row["region_id"], row["sector_id"]] if row["region_id"] else made[row["sector_id"]]
                self.assertLess(float(row["value_idr_bn"]), limit, row)

    def test_supply_and_use_balance_for_the_nation(self):
        share, use = defaultdict(float), {}
        for row in rows("input_output"):
            share[row["using_sector_id"]] += float(row["coefficient"])
            use[row["input_sector_id"], row["using_sector_id"]] = float(row["coefficient"])
        value_added = defaultdict(float)
        by_region = defaultdict(float)
        for row in rows("value_added"):
            value_added[row["sector_id"]] += float(row["value_added_idr_bn"])
            by_region[row["region_id"]] += float(row["value_added_idr_bn"])
        output = {s: v / (1 - share[s]) for s, v in value_added.items()}
        regions = [r for r in rows("region") if r["kind"] == "domestic"]
        final = {u: sum(float(r[f"{u}_idr_bn"]) for r in regions) for u in ("government", "investment")}
        final["households"] = sum(float(r["final_demand_ratio"]) * by_region[r["region_id"]] for r in regions)
        final["households"] -= final["government"] + final["investment"]
        demand = defaultdict(float)
        for row in rows("final_demand"):
            demand[row["sector_id"]] += float(row["share"]) * final[row["user"]]
        for row in rows("foreign_trade"):
            if not row["region_id"]:
                sign = 1 if row["direction"] == "export" else -1
                demand[row["sector_id"]] += sign * float(row["value_idr_bn"])
        for sector, made in output.items():
            used = demand[sector] + sum(use.get((sector, s), 0.0) * y for s, y in output.items())
            self.assertAlmostEqual(used / made, 1.0, delta=1e-3, msg=sector)


unittest.main()
