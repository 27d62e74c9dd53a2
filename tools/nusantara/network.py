"""Roads: the shared links with capacity each way, tolls, background traffic, and the links that were missing."""

import re

from . import names, tables

# Background traffic as a share of capacity by facility; on Java half as much again. Assumed.
BACKGROUND = {"freeway": (0.15, 0.25, 0.45), "national": (0.2, 0.35, 0.55), "city": (0.35, 0.5, 0.7),
              "province": (0.1, 0.2, 0.4), "local": (0.1, 0.25, 0.45), "ferry": (0.3, 0.5, 0.7),
              "access": (0.1, 0.2, 0.4)}
JAVA_FACTOR = 1.4
JAVA = {"jakarta", "jabar", "banten", "jateng_diy", "jatim_rest", "surabaya"}
SUMATRA = {"sumbagut", "riau_kepri", "sumbagsel"}
BALI = {"bali", "ntb", "ntt"}
EAST = {"maluku", "malut", "papua"}
# Road cost against the class's IDR per tonne-km (450, paved trunk on Java; 1,000 on Kalimantan and Sulawesi).
COST_FACTOR = {"java": (1.0, 1.0, 1.3), "sumatra": (1.1, 1.4, 2.0), "bali": (1.2, 1.5, 2.2), "east": (1.8, 2.6, 4.0),
               "outer": (1.55, 2.2, 3.3)}
FREEWAY_FACTOR = 0.7   # of that outside Java: better surface; empty runs stay
FERRY_FACTOR = 0.4     # a truck that is carried burns nothing
DETOUR = {"national": 1.4, "freeway": 1.3, "ferry": 1.1, "access": 1.3}
FERRY_CAPACITY = 84 * 1.5  # Kariangau–Penajam: 2 berths x 3 ships/h x 14 vehicles, 1.5 pcu a vehicle
FERRY_TOLL = 400000        # Kariangau–Penajam, paid by a truck (prokal.co Aug 2024)
# Tolls of trucks with two or three axles (class II-III), IDR a vehicle: decrees of 2020 and 2021, 1.5 x class I.
BALSAM_TOLL = {("manggar", "karangjoang"): 21000, ("karangjoang", "samboja"): 42000,
               ("samboja", "muara_jawa"): 113000 * 30.975 / (30.975 + 17.3),
               ("muara_jawa", "palaran"): 113000 * 17.3 / (30.975 + 17.3), ("palaran", "mahkota2"): 12500}
JAVA_TOLL_IDR_PER_KM = (1200, 1650, 2200)  # class II-III, general knowledge
ACCESS_PROJECT = {("karangjoang", "kkt"): "P05", ("kkt", "tempadung"): "P06", ("tempadung", "pulau_balang"): "P07",
                  ("pulau_balang", "riko"): "P08", ("riko", "sp3_itci"): "P08"}

COLUMNS = ["link_id", "name", "name_en", "from_node_id", "to_node_id", "directed", "facility_type", "length_km",
           "free_speed_kmh", "capacity_pcu_h", "vdf_alpha", "background_pcu_h", "background_pcu_h_low",
           "background_pcu_h_high", "toll_idr_per_vehicle", "toll_idr_per_vehicle_low", "toll_idr_per_vehicle_high", "cost_factor",
           "cost_factor_low", "cost_factor_high", "earner_region_id", "project_id", "source", "quality", "note"]
NODE_COLUMNS = ["node_id", "name", "name_en", "node_type", "x_coord", "y_coord", "source", "quality", "note"]


# Notes that name a road, not a remark on it.
ROAD_NAME = re.compile(r"(via|by|section|sections|Balsam section|Soekarno-Hatta|old road|Trans-|eastern) ?.{0,36}")


# What a place is, beside its name.
PLACE_ONLY = re.compile(r"^(Kota|Kabupaten|Kab\.) | \(.*\)$| (ferry port|toll gate|toll junction|junction|port/station)( \(.*\))?$")


def plain_place(name):
    """'Kab. Kutai Kartanegara (Tenggarong)' is Tenggarong on the map."""
    inside = re.fullmatch(r"(?:Kab\.|Kabupaten) .*\((.+)\)", name)
    return inside[1] if inside else re.sub(PLACE_ONLY, "", name)


class Network:
    """Nodes and links; ports join it through access links."""

    def __init__(self, shared, foreign):
        self.nodes, self.links, self.region_of, self.place, self.node_name = [], [], {}, {}, {}
        self._add_shared_nodes(shared)
        self._add_junctions()
        self.node(foreign["region_id"], "Selat Singapura", "region", foreign["lon"], foreign["lat"],
                  "stands for the rest of the world")
        self._add_shared_links(shared)
        self._add_extra_links()

    def link_name(self, pair, facility, note=""):
        """Its ends as a map names them; then what the road is called or runs by, where the note is no more than that.
        In both languages."""
        ends = [names.both(plain_place(self.node_name[end])) for end in pair]
        road = re.split("[,:]", note)[0]
        called = names.both(road) if ROAD_NAME.fullmatch(road) else ("", "")
        kinds = {"ferry": ("penyeberangan ", "ferry "), "freeway": ("tol ", "toll road "),
                 "access": ("jalan pelabuhan ", "port road ")}.get(facility, ("", ""))
        return tuple(f"{kind}{a} – {b}" + (f" ({road})" if road else "")
                     for kind, a, b, road in zip(kinds, *ends, called))

    def node(self, node_id, name, kind, lon, lat, source):
        self.node_name[node_id] = name
        self.nodes.append({"node_id": node_id, **names.cells(names.both(name)), "node_type": kind, "x_coord": lon, "y_coord": lat,
                           "source": source,
                           "quality": "assumed" if "unverified" in source or "stands for" in source else "official"})
        self.place[node_id] = (lon, lat)

    def _add_shared_nodes(self, shared):
        known = {row["node_id"]: row for row in tables.assumptions("junctions")}
        for row in tables.read(shared / "nusantara/nodes.csv"):
            is_region = row["kind"] == "region"
            self.node(row["id"], row["name"], row["kind"], float(row["lon"]), float(row["lat"]),
                      "coordinates: general knowledge, unverified (+-2-5 km)")
            self.region_of[row["id"]] = row["id"] if is_region else known[row["id"]]["region_id"]

    def _add_junctions(self):
        for row in tables.assumptions("junctions"):
            self.region_of[row["node_id"]] = row["region_id"]
            if row["lon"]:
                self.node(row["node_id"], row["name"], "junction", float(row["lon"]), float(row["lat"]),
                          "coordinates: general knowledge, unverified (+-2-5 km)")

    def _add_shared_links(self, shared):
        seen = {}
        for row in tables.read(shared / "nusantara/road_links.csv"):
            if row["class"].startswith("rail"):
                continue  # rail is a service between yards
            pair = (row["from"], row["to"])
            seen[pair] = seen.get(pair, 0) + 1
            is_ferry = row["class"] == "ferry"
            facility = {"toll": "freeway", "toll (access IKN)": "freeway"}.get(row["class"], row["class"])
            capacity = FERRY_CAPACITY if is_ferry else float(row["capacity_pcu_h"]) / 2
            project = ACCESS_PROJECT.get(pair, "") if facility == "freeway" else ""
            if pair in BALSAM_TOLL and facility == "freeway":
                project = "P04"
            link = {"link_id": "-".join(pair) + ("-toll" if facility == "freeway" else ""),
                    **names.cells(self.link_name(pair, facility, row["note"])), "note": row["note"],
                    "length_km": float(row["length_km"]),
                    "free_speed_kmh": float(row["truck_speed_kmh"]), "capacity_pcu_h": capacity,
                    "project_id": project, "quality": "assumed",
                    "source": "length: " + (row["source"].split(";")[0].strip() if "http" in row["source"]
                                            else "general knowledge, unverified")
                    + "; capacity: MKJI 1997 both ways, halved; speed and background assumed"}
            self._add(pair, facility, link, is_known_toll=pair in BALSAM_TOLL)

    def _add_extra_links(self):
        for row in tables.assumptions("extra_links"):
            pair = (row["from"], row["to"])
            length = (float(row["length_km"]) if row["length_km"] else
                      round(DETOUR[row["facility"]] * self.distance(*pair), 1))
            rule = ("length given" if row["length_km"]
                    else f"great circle x {DETOUR[row['facility']]}")
            link = {"link_id": row["link_id"], **names.cells(self.link_name(pair, row["facility"], row["note"])),
                    "length_km": length,
                    "free_speed_kmh": float(row["speed"]), "capacity_pcu_h": float(row["capacity_both"]) / 2,
                    "project_id": row["project_id"], "quality": "assumed", "note": row["note"],
                    "source": f"missing in the source tables: {rule}; capacity, speed and background assumed"}
            if row["toll"]:
                link["toll_idr_per_vehicle"] = float(row["toll"])
            self._add(pair, row["facility"], link)

    def access(self, port_node, to_node, note, length=None):
        """A port's road to the network: a connector that stands for all its accesses, so that it does not congest."""
        self.region_of[port_node] = self.region_of[to_node]
        rule = "great circle x 1.3, at least 1 km"
        if length is None:
            length = max(1.0, round(DETOUR["access"] * self.distance(port_node, to_node), 1))
        else:
            rule = note
        self._add((port_node, to_node), "access",
                  {"link_id": f"{port_node}-{to_node}", **names.cells(self.link_name((port_node, to_node), "access")),
                   "length_km": length,
                   "free_speed_kmh": 40.0, "capacity_pcu_h": 1500.0, "vdf_alpha": 0, "quality": "assumed", "note": note,
                   "source": f"access of a port: {rule}; speed assumed; a connector without congestion"})

    def distance(self, a, b):
        return tables.great_circle_km(self.place[a], self.place[b])

    def _add(self, pair, facility, link, is_known_toll=False):
        region = self.region_of[pair[0]]
        link.update(from_node_id=pair[0], to_node_id=pair[1], directed=0, facility_type=facility)
        low, middle, high = BACKGROUND[facility]
        factor = JAVA_FACTOR if region in JAVA else 1.0
        for suffix, share in (("_low", low), ("", middle), ("_high", high)):
            link["background_pcu_h" + suffix] = round(min(0.85, share * factor) * link["capacity_pcu_h"])
        self._set_toll(link, pair, facility, region, is_known_toll)
        self._set_cost_factor(link, facility, region)
        if link.get("toll_idr_per_vehicle"):
            link["earner_region_id"] = region
        self.links.append(link)

    def _set_toll(self, link, pair, facility, region, is_known_toll):
        if facility == "freeway" and is_known_toll:
            toll = round(BALSAM_TOLL[pair])
            link.update(toll_idr_per_vehicle=toll, toll_idr_per_vehicle_low=toll,
                        toll_idr_per_vehicle_high=round(toll * 4 / 3))
            link["source"] += ("; toll: class II-III of decrees PUPR 534/2020 and 1054/2021 (1.5 x class I where only "
                               "class I was read), high: class IV-V")
        elif facility == "freeway" and region in JAVA | SUMATRA:
            low, middle, high = (round(rate * link["length_km"], -2) for rate in JAVA_TOLL_IDR_PER_KM)
            link.update(toll_idr_per_vehicle=middle, toll_idr_per_vehicle_low=low, toll_idr_per_vehicle_high=high)
            link["source"] += "; toll: 1,650 IDR/km for class II-III, general knowledge, unverified"
        elif facility == "freeway":
            link.update(toll_idr_per_vehicle=0, toll_idr_per_vehicle_low=0,
                        toll_idr_per_vehicle_high=round(1935 * link["length_km"], -2), earner_region_id=region)
            link["source"] += "; no toll was charged in 2025, high: rate of the toll road Balikpapan-Samarinda"
        elif facility == "ferry":
            toll = link.get("toll_idr_per_vehicle", FERRY_TOLL)
            link.update(toll_idr_per_vehicle=toll, toll_idr_per_vehicle_low=round(0.7 * toll),
                        toll_idr_per_vehicle_high=round(1.5 * toll))
            if pair == ("kariangau_ferry", "penajam_ferry"):
                link["source"] += "; fare 400,000 for a truck (prokal.co Aug 2024); capacity by berths (kompas.com 2016)"

    @staticmethod
    def _set_cost_factor(link, facility, region):
        island = ("java" if region in JAVA else "sumatra" if region in SUMATRA else "bali" if region in BALI
                  else "east" if region in EAST else "outer")
        factor = 1.0
        if facility == "ferry":
            factor = FERRY_FACTOR
        elif facility == "freeway" and island != "java":
            factor = FREEWAY_FACTOR
        for suffix, value in zip(("_low", "", "_high"), COST_FACTOR[island]):
            link["cost_factor" + suffix] = round(value * factor, 3)
