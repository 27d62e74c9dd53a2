"""Ports as nodes with an access road, and their terminals by kind of quay."""

from . import names, tables

TONNES_PER_TEU = 15  # domestic, 12–18
# By kind of quay: handling IDR per tonne, and hours of handling and dwell when empty: (low, value, high).
HANDLING = {
    "container": ((60000, 85000, 120000), (24, 36, 60),
                  "handling 85,000 IDR/t and dwell of 2.0 days where a box is discharged (cost parameters of the example), "
                  "half of it where it is loaded: mean"),
    "general": ((50000, 70000, 100000), (24, 36, 60), "handling and dwell of break bulk assumed"),
    "roro": ((8000, 15000, 30000), (3, 6, 12), "trucks drive on: dues and waiting assumed"),
    "bulk": ((20000, 40000, 55000), (24, 36, 72),
             "handling 40,000 IDR/t: stone delivered to IKN 300-400,000 IDR/m3 less 175,000 fob Palu and the barge, halved; "
             "stay assumed"),
    "fuel": ((20000, 40000, 80000), (12, 24, 48), "handling and stay of liquid bulk assumed as dry bulk"),
    "coal": ((8000, 15000, 30000), (12, 24, 48), "own jetty with conveyor, about 1 USD/t: assumed"),
    "pipe": ((3000, 8000, 15000), (6, 12, 24), "pumping: assumed"),
    "foreign": ((150000, 300000, 600000), (120, 192, 480),
                "abroad: a port and an ocean leg of a week, 20 USD/t, assumed"),
    "foreign_bulk": ((60000, 120000, 200000), (120, 240, 480),
                     "abroad: a port and an ocean leg of ten days, 8 USD/t, assumed"),
}
ABROAD_CAPACITY_MT = 100000  # ports abroad are never short
ROAD_NODE = {"KKT": "kkt", "KAR": "kariangau_ferry", "GRK": "garongkong", "BTL": "batulicin", "TNS": "pangkep"}

COLUMNS = ["terminal_id", "name", "name_en", "node_id", "region_id", "cluster", "freight_class_ids", "capacity_mt_per_year",
           "capacity_mt_per_year_low", "capacity_mt_per_year_high", "handling_idr_per_tonne",
           "handling_idr_per_tonne_low", "handling_idr_per_tonne_high", "handling_h", "handling_h_low",
           "handling_h_high", "earner_region_id", "project_id", "source", "quality", "note"]


def node_of(port):
    """The node of a port of Indonesia."""
    return ROAD_NODE.get(port, f"port_{port.lower()}")


class Ports:
    """Adds the ports to the network and knows where each terminal lies."""

    def __init__(self, shared, network, foreign):
        self.terminals = []
        self.port_of, self.kind_of, self.classes_of, self.region_of_terminal = {}, {}, {}, {}
        self.place = {"ROW": (foreign["lon"], foreign["lat"])}
        self._node, self._region, self._name, self._cluster = {}, {}, {}, {}
        self._node["ROW"] = self._region["ROW"] = foreign["region_id"]
        self._name["ROW"], self._cluster["ROW"] = foreign["name"], "abroad"
        self._add_ports(shared, network)
        self._add_terminals()

    def node(self, port):
        return self._node[port]

    def short_name(self, port):
        """In both languages, without what stands in brackets."""
        return names.both(self._name[port].split(" (")[0])

    def _add_ports(self, shared, network):
        known = {row["id"]: row for row in tables.read(shared / "nusantara/ports.csv")}
        for row in tables.assumptions("ports"):
            port = row["port"]
            shared_row = known.pop(port, None)
            self._region[port] = shared_row["region_id"] if shared_row else row["region_id"]
            self._name[port] = shared_row["name"] if shared_row else row["name"]
            self._cluster[port] = row["cluster"]
            lon, lat = (float((shared_row or row)[c]) for c in ("lon", "lat"))
            self.place[port] = (lon, lat)
            node = self._node[port] = node_of(port)
            if port in ROAD_NODE:
                continue
            source = "coordinates: " + (shared_row["source"].split(";")[0].removeprefix("coord: ")
                                        if shared_row else "general knowledge, unverified")
            network.node(node, self._name[port], "port", lon, lat, source)
            network.access(node, row["access_to"], row["note"],
                           float(row["length_km"]) if row["length_km"] else None)
        if known:
            raise ValueError(f"ports without an access rule: {sorted(known)}")

    def _add_terminals(self):
        for row in tables.assumptions("terminals"):
            terminal, port = row["terminal_id"], row["port"]
            self.port_of[terminal], self.kind_of[terminal] = port, row["kind"]
            self.classes_of[terminal] = row["classes"].split()
            self.region_of_terminal[terminal] = self._region[port]
            self.terminals.append(self._terminal(row))

    def _terminal(self, row):
        money, hours, rule = HANDLING[row["kind"]]
        port, terminal = row["port"], row["terminal_id"]
        suffix = terminal.removeprefix(port).lstrip("_")
        called = names.both(self._name[port])
        if suffix:
            called = tuple(f"{name}, {quay}" for name, quay in zip(called, names.QUAY[suffix]))
        result = {"terminal_id": terminal, **names.cells(called),
                  "node_id": self._node[port], "region_id": self._region[port], "cluster": self._cluster[port],
                  "freight_class_ids": row["classes"], "earner_region_id": self._region[port],
                  "source": f"port: table of 47 ports; classes by its role; {rule}", "quality": "assumed",
                  "note": row["note"]}
        for name, triple in (("handling_idr_per_tonne", money), ("handling_h", hours)):
            for suffix, value in zip(("_low", "", "_high"), triple):
                result[name + suffix] = value
        if row["kind"].startswith("foreign"):
            result["capacity_mt_per_year"] = ABROAD_CAPACITY_MT
        if row["capacity_teu"]:
            for suffix, column in (("_low", "capacity_low"), ("", "capacity_teu"), ("_high", "capacity_high")):
                result["capacity_mt_per_year" + suffix] = int(row[column]) * TONNES_PER_TEU / 1e6
            result["source"] += f"; capacity in TEU x {TONNES_PER_TEU} t"
            result["quality"] = "derived"
        return result
