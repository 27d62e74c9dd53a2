"""Ship, ferry, rail and pipeline services: those with a source, and those that a rule adds between matching roles."""

import json

from . import names, tables

NM_KM = 1.852
DETOUR = 1.03          # allowance on computed sea distances
WITHOUT_MATRIX = 1.3   # sea way over great circle for ports outside the distance table
ABROAD = 1.15          # the same to the Singapore Strait; the ocean beyond is the same for all and left out
# IDR per tonne-km: (low, value, high), and knots, by kind of carriage.
CARRIAGE = {
    "container": ((150, 215, 290), 12.0, "215 IDR/t-km and 12 kn: cost parameters of the example"),
    "tol_laut": ((90, 110, 150), 12.0, "half the commercial container tariff (bisnis.com 2019), 12 kn"),
    "general": ((110, 180, 290), 10.0, "180 IDR/t-km and 10 kn assumed between barge and container"),
    "bulk": ((60, 110, 180), 7.0, "110 IDR/t-km: cost parameters of the example; barge 7 kn assumed"),
    "fuel": ((60, 110, 180), 11.0, "110 IDR/t-km as bulk; coastal tanker 11 kn assumed"),
    "foreign_container": ((120, 150, 215), 14.0, "150 IDR/t-km (low value of domestic lines), 14 kn assumed"),
    "foreign_bulk": ((40, 60, 110), 12.0, "60 IDR/t-km (low value of domestic barges), 12 kn assumed"),
    "rail": ((250, 350, 500), 20.0, "350 IDR/t-km assumed"),
    "pipeline": ((20, 50, 100), 1.0, "tariff assumed"),
}
# A large truck pays 7 mn IDR all-in on the strait (KAR–PAP). By truck of a call that was counted (V01: 22 medium, 2
# large, 12 tronton), its load and its fare against a large truck's (Sebawang–Tarakan 2025: golongan V, VI, VII).
RORO_LARGE_TRUCK_IDR = (5e6, 7e6, 10e6)
RORO_MIX = [(22, 6, 1797 / 2995), (2, 15, 1.0), (12, 20, 3972 / 2995)]
RORO_FARES_A_TONNE = sum(n * fare for n, _, fare in RORO_MIX) / sum(n * tonnes for n, tonnes, _ in RORO_MIX)
FIXED_NM = {("LLA", "BPN"): 18.9 / NM_KM, ("TNS", "GRK"): 56.7 / NM_KM}
TAIPA_HOURS = 18

HUBS = ["JKT", "SUB", "MNP", "KKT", "BIT"]
# Kariangau's feeders are those named for its transhipment window (translogtoday.com 2018).
KARIANGAU_FEEDERS = {"JKT", "SUB", "MNP", "BIT", "GTO", "PTL", "TRD", "BDJ", "PLR", "TTE"}
SOURCED_CONTAINER_CALLS = {"PAP"}  # all its container calls are known: no assumed ones
MAIN = {"JKT", "SUB", "MNP", "MAK", "BLW", "SRG", "PNK", "BDJ", "PLM", "KKT", "BIT"}
LOADING = {
    "coal": ["SGQ_bulk", "MJW", "TRD_bulk", "TMH_bulk", "SRI_bulk", "BTL_bulk", "KBU_bulk", "BDJ_bulk", "TSL", "SMQ_bulk",
             "PNK_bulk", "PLM_bulk"],
    "cement": ["BIR", "SUB_bulk", "SRG_bulk", "JKT_bulk", "BLW_bulk", "PLM_bulk", "KBU_bulk", "SOQ_bulk"],
    "bulk": ["PTL_bulk", "DGL_bulk", "TMH_bulk", "KDI_bulk", "BHD_bulk", "TTE_bulk", "SOQ_bulk",
             "DJJ_bulk", "AMP_bulk", "SUB_bulk", "JKT_bulk", "PLM_bulk", "DUM_bulk", "PNK_bulk"],
    "fuel": ["BPN_fuel", "BXT_fuel", "DUM_fuel", "JKT_fuel", "SRG_fuel", "SUB_fuel", "PLM_fuel", "SOQ_fuel",
             "BUW_fuel"],
}
LETTER = {"coal": "K", "cement": "Z", "bulk": "B", "fuel": "T"}  # of service ids
DEPARTURES = {"coal": 5, "cement": 3, "bulk": 5, "fuel": 4}         # a week, assumed
DEPARTURES_ABROAD = {"coal": 10, "cement": 2, "bulk": 5, "fuel": 7}  # the same
NEAREST = {"coal": 3, "cement": 2, "bulk": 3, "fuel": 2}
TRUNK = {"coal": (["SGQ_bulk", "MJW", "SRI_bulk", "BTL_bulk", "PLM_bulk"],
                  ["JKT_bulk", "SUB_bulk", "SRG_bulk", "BHD_bulk", "TTE_bulk", "AMQ_bulk", "KOE_bulk"]),
         "cement": (["BIR", "SUB_bulk", "JKT_bulk"], ["SUB_bulk", "JKT_bulk", "BLW_bulk"]),
         "bulk": (["SUB_bulk", "JKT_bulk", "DUM_bulk"], ["SUB_bulk", "JKT_bulk", "PTL_bulk", "SOQ_bulk", "BPN_bulk"]),
         "fuel": (["BPN_fuel", "JKT_fuel", "SUB_fuel"], ["JKT_fuel", "SUB_fuel", "DUM_fuel", "SOQ_fuel", "BUW_fuel"])}
ABROAD_PORTS = {
    "container": ["JKT", "SUB", "SRG", "BLW", "DUM", "PLM", "PNK", "SMQ", "BDJ", "KKT", "BXT", "KBU", "BHD", "TTE",
                  "KDI", "PPO", "PNJ", "TRK", "DJJ", "SOQ", "BIT"],
    "coal": ["SGQ_bulk", "MJW", "TRD_bulk", "TMH_bulk", "SRI_bulk", "BTL_bulk", "KBU_bulk", "BDJ_bulk", "TSL", "SMQ_bulk",
             "PNK_bulk", "PLM_bulk", "BHD_bulk", "JKT_bulk"],
    "bulk": ["SOQ_bulk", "DJJ_bulk", "AMP_bulk", "SUB_bulk", "JKT_bulk", "SRG_bulk", "DUM_bulk", "PLM_bulk",
             "PNK_bulk", "BXT_bulk", "BHD_bulk", "TTE_bulk", "KDI_bulk", "PTL_bulk"],
    "cement": ["BIR", "SUB_bulk", "JKT_bulk", "BLW_bulk"],
    "fuel": ["BPN_fuel", "BXT_fuel", "DUM_fuel", "JKT_fuel", "SRG_fuel", "SUB_fuel", "PLM_fuel", "SOQ_fuel", "BHD_fuel",
             "BLW_fuel"],
}

ISLANDS = [{"balikpapan", "samarinda", "bontang", "kukar", "kutim", "berau", "ppu", "ikn", "paser", "kubar", "mahulu",
            "tarakan", "kaltara_rest", "banjarmasin", "kotabaru_tanbu", "kalsel_rest", "kalteng", "kalbar"},
           {"makassar", "parepare", "barru", "pinrang", "sidrap", "maros_pangkep", "luwu_palopo", "sulsel_rest",
            "mamuju", "sulbar_rest", "palu", "donggala_sigi", "sulteng_rest", "sulut", "gorontalo", "sultra"},
           {"surabaya", "jatim_rest", "jakarta", "jabar", "banten", "jateng_diy"},
           {"sumbagut", "riau_kepri", "sumbagsel"}]
TRUCKS_INSTEAD_NM = 200  # on one island no bulk line that is shorter is assumed: lorries take the load

COLUMNS = ["service_id", "name", "name_en", "mode", "carrier", "carrier_en", "freight_class_ids", "departures_per_week",
           "departures_per_week_low", "departures_per_week_high", "capacity_t_per_departure", "tariff_factor",
           "earner_region_id", "project_id", "source", "quality", "note"]
LEG_COLUMNS = ["service_id", "sequence", "from_terminal_id", "to_terminal_id", "distance_nm", "time_h",
               "tariff_idr_per_tonne", "tariff_idr_per_tonne_low", "tariff_idr_per_tonne_high", "source", "quality"]


class Services:
    def __init__(self, shared, ports):
        self.ports, self.services, self.legs, self._nm = ports, [], [], {}
        for row in tables.read(shared / "geo/sea_distance_matrix_nm.csv"):
            nm = float(row["distance_nm"])
            self._nm[row["from_port"], row["to_port"]] = self._nm[row["to_port"], row["from_port"]] = nm
        self.sea_links = [(row["from_port"], row["to_port"])
                          for row in tables.read(shared / "nusantara/sea_links.csv")]
        self.asdp_knots = self.distance("KAR", "PTL_roro") * DETOUR / TAIPA_HOURS
        self._sourced()
        self._container_feeders()
        self._general_cargo()
        for freight_class in LOADING:
            self._by_role(freight_class)
        self._abroad()

    def distance(self, a, b):
        """Nautical miles between two terminals."""
        pair = (self.ports.port_of[a], self.ports.port_of[b])
        for known in (pair, pair[::-1]):
            if known in FIXED_NM:
                return round(FIXED_NM[known], 1)
        if pair in self._nm:
            return self._nm[pair]
        km = tables.great_circle_km(self.ports.place[pair[0]], self.ports.place[pair[1]])
        return round(km / NM_KM * (ABROAD if "ROW" in pair else WITHOUT_MATRIX), 1)

    def add(self, service, calls, tariff, hours=None):
        """A service and its legs along the calls; hours: sailing time by leg, else by speed."""
        service.setdefault("tariff_factor", 1)
        self.services.append(service)
        for i, (a, b) in enumerate(zip(calls, calls[1:])):
            nm = self.distance(a, b)
            money, knots, rule = self._carriage(tariff, nm)
            time = hours[i] if hours else round(max(1.0, nm * DETOUR / knots), 1)
            self.legs.append({"service_id": service["service_id"], "sequence": i + 1, "from_terminal_id": a,
                              "to_terminal_id": b, "distance_nm": nm, "time_h": time,
                              "tariff_idr_per_tonne": money[1], "tariff_idr_per_tonne_low": money[0],
                              "tariff_idr_per_tonne_high": money[2], "quality": "derived",
                              "source": f"{self._distance_rule(a, b)}; {rule}"})

    def _carriage(self, tariff, nm):
        if tariff == "roro":
            strait = self.distance("KAR", "PAP_roro")
            money = tuple(round(fare * RORO_FARES_A_TONNE * nm / strait, -2) for fare in RORO_LARGE_TRUCK_IDR)
            return money, self.asdp_knots, ("7 mn IDR for a large truck Balikpapan-Parepare (5-10, assumed), by the trucks "
                                            "of a counted call and the fares of their classes, by distance; speed of the "
                                            "ferry to Taipa unless reported")
        rates, knots, rule = CARRIAGE[tariff]
        return tuple(round(rate * nm * NM_KM, -2) for rate in rates), knots, rule

    def _distance_rule(self, a, b):
        pair = (self.ports.port_of[a], self.ports.port_of[b])
        if pair in FIXED_NM or pair[::-1] in FIXED_NM:
            return "length as reported"
        if "ROW" in pair:
            return f"great circle to the Singapore Strait x {ABROAD}"
        return ("sea distance computed on Natural Earth land" if pair in self._nm
                else f"great circle x {WITHOUT_MATRIX}") + ", x 1.03 in time"

    def _sourced(self):
        for row in tables.assumptions("services"):
            calls = row["calls"].split()
            hours = [float(h) for h in row["hours"].split()]
            self.add({"service_id": row["service_id"], "name": row["name"], "name_en": row["name_en"],
                      "mode": row["mode"], "carrier": row["carrier"], "carrier_en": row["carrier_en"],
                      "freight_class_ids": row["classes"],
                      "earner_region_id": row["earner"],
                      "departures_per_week": float(row["departures"]), "departures_per_week_low": float(row["dep_low"]),
                      "departures_per_week_high": float(row["dep_high"]),
                      "capacity_t_per_departure": float(row["capacity_t"]) if row["capacity_t"] else "",
                      "project_id": row["project_id"], "source": row["source"], "quality": row["quality"]},
                     calls, row["tariff"],
                     None if not hours else hours if len(hours) > 1 else hours * (len(calls) - 1))

    def _line(self, prefix, a, b, classes, departures, tariff, rule):
        ends = [self.ports.short_name(self.ports.port_of[t]) for t in (a, b)]
        called = tuple(f"{start} - {end}, {goods}"
                       for start, end, goods in zip(*ends, names.SERVICE_CLASS[classes.split()[0]]))
        self.add({"service_id": f"{prefix}_{a}_{b}", **names.cells(called), "mode": "sea",
                  **names.cells(("perusahaan tidak disebut", "lines not named"), "carrier"), "freight_class_ids": classes, "departures_per_week": departures,
                  "earner_region_id": "row" if b.startswith("ROW") else "surabaya" if a == "SUB" else "jakarta",
                  "departures_per_week_low": departures / 2, "departures_per_week_high": departures * 2,
                  "quality": "assumed", "source": f"without a source: {rule}; frequency assumed"}, [a, b, a], tariff)

    def _takes(self, terminal, freight_class, kinds):
        return (terminal in self.ports.kind_of and self.ports.kind_of[terminal] in kinds
                and freight_class in self.ports.classes_of[terminal])

    def _joined(self, freight_class):
        """Pairs of terminals that a service joins for the class already."""
        takes = {s["service_id"] for s in self.services if freight_class in s["freight_class_ids"].split()}
        return {frozenset((leg["from_terminal_id"], leg["to_terminal_id"]))
                for leg in self.legs if leg["service_id"] in takes}

    def _container_feeders(self):
        known = self._joined("container")
        pairs = self.sea_links + [("SUB", "MAK"), ("JKT", "MAK"), ("MNP", "BHD"), ("SUB", "BHD")]
        for pair in pairs:
            a, b = pair if pair[0] in HUBS else pair[::-1]
            if a not in HUBS or not all(self._takes(t, "container", ("container", "general")) for t in (a, b)):
                continue
            if {a, b} & SOURCED_CONTAINER_CALLS or ("KKT" in pair and not set(pair) <= KARIANGAU_FEEDERS | {"KKT"}):
                continue
            departures = 7 if {a, b} <= MAIN else 1.5
            if frozenset((a, b)) in known and departures > 2:
                departures -= 1  # the sourced service is one of them
            self._line("C", a, b, "container food general", departures, "container",
                       "containers between a hub (Jakarta, Surabaya, Makassar, Kariangau, Bitung) and a port of the "
                       "sea distances")

    def _general_cargo(self):
        named_container = {"KKT", "MNP", "PLR"}
        pairs = [p for p in self.sea_links if not set(p) & named_container] + [("KDI", "BHD"), ("SUB", "MAK")]
        for a, b in pairs:
            if all(self._takes(t, "general", ("container", "general")) for t in (a, b)):
                self._line("G", a, b, "food general", 1, "general", "general cargo along the sea distances")

    def _is_worth_a_ship(self, a, b):
        regions = {self.ports.region_of_terminal[t] for t in (a, b)}
        is_one_island = any(regions <= island for island in ISLANDS)
        return (self.ports.port_of[a] != self.ports.port_of[b]
                and not (is_one_island and self.distance(a, b) < TRUCKS_INSTEAD_NM))

    def _by_role(self, freight_class):
        """Each port that takes the class is joined to its nearest loading ports, and the trunk lines are added."""
        loading = LOADING[freight_class]
        ports = [t for t, classes in self.ports.classes_of.items()
                 if freight_class in classes and self.ports.kind_of[t] in ("bulk", "coal", "fuel")
                 and t not in ("MLK", "TNS", "LLA") and not (freight_class == "bulk" and t == "BPN_fuel")]
        lines = {}
        for port in ports:
            others = [s for s in loading if self._is_worth_a_ship(s, port)]
            if freight_class == "coal" and port in loading:
                continue  # coal is not shipped to coal ports
            for source in sorted(others, key=lambda s: (self.distance(s, port), s))[:NEAREST[freight_class]]:
                lines.setdefault(frozenset((source, port)), (source, port))
        for source in TRUNK[freight_class][0]:
            for port in TRUNK[freight_class][1]:
                if self._is_worth_a_ship(source, port):
                    lines.setdefault(frozenset((source, port)), (source, port))
        known = self._joined(freight_class)
        tariff = "fuel" if freight_class == "fuel" else "bulk"
        for pair, (source, port) in lines.items():
            if pair not in known:
                self._line(LETTER[freight_class], source, port, freight_class, DEPARTURES[freight_class], tariff,
                           f"{freight_class} from loading ports to the takers nearest to them (not within 200 nm on one "
                           "island), and trunk lines")

    def _abroad(self):
        for freight_class, terminals in ABROAD_PORTS.items():
            for terminal in terminals:
                if freight_class == "container":
                    departures = 14 if terminal in ("JKT", "SUB") else 7 if terminal in ("SRG", "BLW") else 2
                    self._line("XC", terminal, "ROW", "container food general", departures, "foreign_container",
                               "gateways for goods of manufacturing (palm oil, steel and fertiliser too)")
                else:
                    self._line("X" + LETTER[freight_class], terminal,
                               "ROW_fuel" if freight_class == "fuel" else "ROW_bulk", freight_class,
                               DEPARTURES_ABROAD[freight_class], "foreign_bulk",
                               f"{freight_class} through the ports that export or import it")
