"""Value added by region and the 21 sectors: IKN taken out of its parents, three broad sectors split by facts."""

from . import tables

TOTAL_SECTORS = ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "MN", "O", "P", "Q", "RSTU"]
PRICE_MN_IDR_PER_T = {"coal": 1.2, "fuel": 12.0, "lng": 9.0, "cement": 0.9}
VALUE_ADDED_SHARE_B = 0.675          # IRIO 2016
VALUE_ADDED_SHARE = {"C_fuels": 0.45, "C_cement": 0.45}
REFINERY_USE = 0.85                  # of crude distillation capacity, assumed
LNG_CARGO_T = 137700 * 0.45          # m3 a cargo x t/m3
CEMENT_DEMAND_MT = 65.6              # nation, 2023
A_OTHER_NATIONAL_SHARE = 0.36        # plantation crops and forestry in agriculture, general knowledge
LARGEST_PART = 0.95                  # of a parent sector's value added in a region that a part may take

# The part of its parents' economy that IKN takes: construction and government more than in proportion, mining less.
IKN_PART = {"ppu": 0.35, "kukar": 0.05}
IKN_TILT = {"F": 3.0, "O": 2.0, "B": 0.5}


def regional_value_added(shared):
    """{region: {sector of 17: IDR bn}} with IKN taken out of PPU and Kukar."""
    value = {}
    for row in tables.read(shared / "nusantara/sectors/grdp_by_sector_region_2024_est.csv"):
        value.setdefault(row["region_id"], {})[row["sector"]] = float(row["grdp_adhb_2024_idr_bn"])
    value["ikn"] = {sector: 0.0 for sector in TOTAL_SECTORS}
    for parent, part in IKN_PART.items():
        for sector, taken in _taken_by_ikn(value[parent], part).items():
            value["ikn"][sector] = round(value["ikn"][sector] + taken, 1)
            value[parent][sector] = round(value[parent][sector] - taken, 1)
    return value


def _taken_by_ikn(parent, part):
    weight = {s: v * IKN_TILT.get(s, 1.0) for s, v in parent.items()}
    factor = part * sum(parent.values()) / sum(weight.values())
    return {s: round(factor * weight[s], 1) for s in parent}


def split_sectors(value, shared):
    """{region: {sector of 21: IDR bn}}, each parent's total kept exactly, and {region: how good the source is}."""
    regions = {row["region_id"]: row for row in tables.assumptions("regions")}
    food = _agriculture(value, regions)
    coal = _coal(value, regions)
    fuels, cement = _fuels(value), _cement(value)
    quality = _source_quality(shared)
    result = {}
    for region, by_sector in value.items():
        parts = result[region] = {}
        parts.update(_parts(by_sector["A"], {"A_other": food[region]}, "A_food"))
        parts.update(_parts(by_sector["B"], {"B_coal": coal[region]}, "B_other"))
        parts.update(_parts(by_sector["C"], {"C_fuels": fuels.get(region, 0.0),
                                             "C_cement": cement.get(region, 0.0)}, "C_other"))
        for sector in TOTAL_SECTORS[3:]:
            parts[sector] = by_sector[sector]
    return result, quality


def _parts(total, parts, rest):
    rounded = {sector: round(v, 1) for sector, v in parts.items()}
    rounded[rest] = round(total - sum(rounded.values()), 1)
    return rounded


def _agriculture(value, regions):
    weights = {r: value[r]["A"] for r in value}
    shares = tables.scale_odds({r: float(regions[r]["a_other_share"]) for r in value}, weights,
                               A_OTHER_NATIONAL_SHARE * sum(weights.values()))
    return {r: shares[r] * weights[r] for r in value}


def _coal(value, regions):
    result = {r: 0.0 for r in value}
    for row in tables.assumptions("coal_provinces"):
        members = row["regions"].split()
        target = float(row["production_mt"]) * 1000 * PRICE_MN_IDR_PER_T["coal"] * VALUE_ADDED_SHARE_B
        weights = {r: value[r]["B"] for r in members}
        shares = tables.scale_odds({r: float(regions[r]["coal_share"]) for r in members}, weights, target,
                                   LARGEST_PART)
        result.update({r: shares[r] * weights[r] for r in members})
    return result


def _fuels(value):
    result = {}
    for row in tables.assumptions("fuel_plants"):
        if row["kind"] == "refinery":
            megatonnes = float(row["capacity"]) * 1e3 * 365 * 0.159 * 0.80 * REFINERY_USE / 1e6
            output = megatonnes * 1000 * PRICE_MN_IDR_PER_T["fuel"]
        else:
            output = float(row["capacity"]) * LNG_CARGO_T / 1e6 * 1000 * PRICE_MN_IDR_PER_T["lng"]
        region = row["region_id"]
        result[region] = result.get(region, 0.0) + output * VALUE_ADDED_SHARE["C_fuels"]
    return {r: min(v, LARGEST_PART * value[r]["C"]) for r, v in result.items()}


def _cement(value):
    plants = tables.assumptions("cement_plants")
    known = sum(float(p["output_mt"] or 0) for p in plants)
    rest = sum(float(p["capacity_mt"]) for p in plants if not p["output_mt"])
    result = {}
    for plant in plants:
        megatonnes = (float(plant["output_mt"]) if plant["output_mt"]
                      else (CEMENT_DEMAND_MT - known) * float(plant["capacity_mt"]) / rest)
        result[plant["region_id"]] = megatonnes * 1000 * PRICE_MN_IDR_PER_T["cement"] * VALUE_ADDED_SHARE["C_cement"]
    return {r: min(v, LARGEST_PART * value[r]["C"]) for r, v in result.items()}


def _source_quality(shared):
    """{region: official shares, or an estimate}"""
    return {row["region_id"]: row["quality"]
            for row in tables.read(shared / "nusantara/sectors/grdp_by_sector_region_2024_est.csv")}


SPLIT_RULE = {
    "A": f"agriculture split: assumed shares of plantation crops and forestry by region, odds scaled to "
         f"{A_OTHER_NATIONAL_SHARE:.0%} of the nation",
    "B": "mining split: coal is the province's production 2024 x 1.2 mn IDR/t x 0.675 value added, over regions by "
         "their mining; at most 95 % of a region's mining",
    "C": "manufacturing split: fuels by refinery capacity x 0.85 x 12 mn IDR/t and LNG cargoes x 9 mn IDR/t, cement "
         "by plant x 0.9 mn IDR/t, value added 0.45 of each",
}


def value_added_rows(value, quality):
    """Rows of value_added.csv."""
    rows = []
    published = "BPS GRDP 2024 by industry (naufalzhafran/indo-sim)"
    parents = {s["sector_id"]: s["parent"] for s in tables.assumptions("sectors")}
    for region, parts in value.items():
        is_official = quality.get(region, "").startswith("official")
        for sector, parent in parents.items():
            source = published
            if not is_official:
                source += "; kab/kota estimated by RAS from GRDP 2021 and news"
            row_quality = "official" if is_official else "derived"
            if region in ("ikn", "ppu", "kukar"):
                source += "; IKN takes 35 % of PPU and 5 % of Kukar, construction x3, government x2, mining x0.5"
                row_quality = "assumed"
            if parent in SPLIT_RULE:
                source += "; " + SPLIT_RULE[parent]
                row_quality = "assumed" if parent == "A" or row_quality == "assumed" else "derived"
            rows.append({"region_id": region, "sector_id": sector, "value_added_idr_bn": parts[sector],
                         "source": source, "quality": row_quality})
    return rows
