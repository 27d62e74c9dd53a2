"""The regions: people, area, local final demand, public demand by place."""

from . import tables
from .balance import GOVERNMENT_OF_GDP, INVESTMENT_OF_GDP

# Final sales of these sectors stay where they are made; with the population they tell where final demand is.
LOCAL_SECTORS = ["F", "G", "I", "L", "O", "P", "Q", "RSTU"]
POPULATION_WEIGHT = {"low": 0.0, "value": 0.3, "high": 0.5}
PAPUA_SINCE_2022 = {"91": "94", "92": "91", "93": "94", "94": "94", "95": "94", "96": "91"}  # 2024 in those of 2016
FOREIGN = {"region_id": "row", "name": "Luar negeri", "name_en": "Abroad", "lon": 104.1, "lat": 1.2}

DEMAND_RULE = ("final demand ratio: final deliveries of local sectors (F G I L O P Q RSTU) over value added by province "
               "in IRIO 2016 x value added 2024 (weight 0.7), population (weight 0.3), scaled to value added less "
               "exports plus imports")
PUBLIC_RULE = (f"government {GOVERNMENT_OF_GDP:.2%} of GDP by value added of O, investment {INVESTMENT_OF_GDP:.2%} by "
               "value added of F; national shares 2024: general knowledge, unverified")


def load(shared):
    """{region: shared row}, IKN taken out of PPU and Kukar in population, GRDP and area."""
    rows = {row["id"]: row for row in tables.read(shared / "nusantara/regions.csv")}
    area = {r: float(row["area_km2"]) for r, row in rows.items()}
    weights = {p: float(rows[p]["population"]) - float(rows[p]["model_population"]) for p in ("ppu", "kukar")}
    # Sepaku is 1,172 km2 (general knowledge, unverified); the rest of the 2,561 km2 was Kukar's.
    area["ppu"] -= 1172.36
    area["kukar"] -= area["ikn"] - 1172.36
    assert sum(weights.values()) == float(rows["ikn"]["model_population"])
    return rows, area


def provinces_of(shared):
    """{region: codes of 2016 of the provinces its members lie in}"""
    result = {"ikn": {"64"}}
    for member in tables.read(shared / "nusantara/region_members.csv"):
        code = member["kemendagri_code"][:2]
        result.setdefault(member["region_id"], set()).add(PAPUA_SINCE_2022.get(code, code))
    return result


def final_demand(shared, irio, value, balance):
    """{region: {low, value, high}}: local final demand, IDR bn."""
    rows, _ = load(shared)
    provinces = provinces_of(shared)
    people = {r: float(rows[r]["model_population"]) for r in value}
    local = {}
    for region, parts in value.items():
        local[region] = 0.0
        for s in LOCAL_SECTORS:
            final = sum(irio.final_of[p, s] for p in sorted(provinces[region]))
            made = sum(irio.value_added_of[p, s] for p in sorted(provinces[region]))
            local[region] += final / made * parts[s]
    total = sum(balance.final.values())
    all_local, all_people = sum(local.values()), sum(people.values())
    demand = {r: {name: total * ((1 - w) * local[r] / all_local + w * people[r] / all_people)
                  for name, w in POPULATION_WEIGHT.items()} for r in value}
    _households_of_ikn_as_in_ppu(demand, value, balance, people)
    scale = total / sum(d["value"] for d in demand.values())
    return {r: {name: d * scale for name, d in by_name.items()} for r, by_name in demand.items()}


def public_demand(value, balance):
    """{region: (government, investment)}, IDR bn."""
    return {r: (balance.final["government"] * parts["O"] / balance.value_added["O"],
                balance.final["investment"] * parts["F"] / balance.value_added["F"]) for r, parts in value.items()}


def _households_of_ikn_as_in_ppu(demand, value, balance, people):
    """IKN's building sites say little about what its people buy: per head they buy as those of PPU."""
    public = public_demand(value, balance)
    a_head = (demand["ppu"]["value"] - sum(public["ppu"])) / people["ppu"]
    demand["ikn"]["value"] = sum(public["ikn"]) + a_head * people["ikn"]
    demand["ikn"]["low"] = sum(public["ikn"]) + 0.7 * a_head * people["ikn"]
    demand["ikn"]["high"] = sum(public["ikn"]) + 1.3 * a_head * people["ikn"]


def rows(shared, irio, value, balance):
    """Rows of region.csv."""
    shared_rows, area = load(shared)
    demand = final_demand(shared, irio, value, balance)
    named = {row["region_id"]: row for row in tables.assumptions("regions")}
    order = [row["region_id"] for row in tables.assumptions("regions")]
    public_of = public_demand(value, balance)
    result = []
    for region in order:
        made = sum(value[region].values())
        ratio = {name: d / made for name, d in demand[region].items()}
        government, investment = public_of[region]
        public = (government + investment) / made
        low, high = sorted((ratio["low"], ratio["high"]))
        if ratio["value"] <= 1.05 * public:
            raise ValueError(f"{region}: no household demand is left")
        row = {"region_id": region, **{column: named[region][column] for column in ("name", "name_en", "group", "group_en")}, "node_id": region,
               "kind": "domestic", "population": int(shared_rows[region]["model_population"]),
               "area_km2": round(area[region], 2), "final_demand_ratio": round(ratio["value"], 5),
               "final_demand_ratio_low": round(max(low, 1.05 * public), 5),
               "final_demand_ratio_high": round(high, 5),
               "government_idr_bn": round(government, 1),
               "investment_idr_bn": round(investment, 1), "quality": "derived",
               "source": f"population: Dukcapil Dec 2024, area: BIG Dec 2024 (cahyadsn/wilayah); {DEMAND_RULE}; "
                         f"{PUBLIC_RULE}"}
        if region in ("ikn", "ppu", "kukar"):
            row["quality"] = "assumed"
            row["note"] = ("IKN's 147,427 people (BPS count Jul-Aug 2025) are taken from Sepaku (41,000 of PPU) and six "
                           "districts of Kukar (106,427): split assumed; area 2,561 km2, of it Sepaku 1,172; households of "
                           "IKN buy per head as those of PPU: assumed")
        result.append(row)
    result.append({"region_id": FOREIGN["region_id"], "name": FOREIGN["name"], "name_en": FOREIGN["name_en"],
                   "group": "Luar negeri", "group_en": "Rest of the world",
                   "node_id": FOREIGN["region_id"], "kind": "foreign", "population": 7900000000, "area_km2": 147000000,
                   "final_demand_ratio": 1, "final_demand_ratio_low": 1, "final_demand_ratio_high": 1,
                   "government_idr_bn": 0, "investment_idr_bn": 0, "quality": "assumed",
                   "source": "world less Indonesia, rounded: general knowledge, unverified",
                   "note": "its size is the parameter foreign_size; node in the Singapore Strait"})
    return result


COLUMNS = ["region_id", "name", "name_en", "group", "group_en", "node_id", "kind", "population", "area_km2", "intra_km",
           "final_demand_ratio", "final_demand_ratio_low", "final_demand_ratio_high", "government_idr_bn",
           "investment_idr_bn", "source", "quality", "note"]
