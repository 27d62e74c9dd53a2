"""Projects, edits, trends, movers, and study.toml."""

import math

from . import tables

YEARS = [2024, 2029, 2034]
BASE_YEAR = 2024
POPULATION_GROWTH = 0.01       # a year, assumed
NATIONAL_GROWTH = (0.045, 0.05, 0.055)  # real GDP a year; 5.05 % in 2023, 5.03 % in 2024
WORLD_GROWTH = (0.025, 0.03, 0.035)     # real, a year, assumed
FUELS_BEFORE, FUELS_AFTER = 197, 339    # kbpd, refinery of Balikpapan
CRUDE_BEFORE, CRUDE_AFTER = 260, 360

IKN_COUNT = 147427
# People in IKN: (low, value, high); high is the government's projection.
IKN_PEOPLE = {2029: (190000, 230000, 1280000), 2034: (350000, 538333, 1450000)}
IKN_PEOPLE_SOURCE = {
    2029: "cautious path 230,000 (9,500 civil servants with families and induced workers); low: path of 2028, 190,000; "
          "high: master plan 1,280,000; less the count of 147,427",
    2034: "cautious path: between 230,000 (2029) and 600,000 (2035); low assumed; high: master plan 1,450,000; less the "
          "count of 147,427"}
# Public consumption that moves from Jakarta, IDR bn a year: civil servants x IDR bn each.
SERVANTS = {2029: (4100, 9500, 13810), 2034: (9500, 30000, 60000)}
COST_A_SERVANT = 0.36
SERVANTS_SOURCE = {
    2029: "9,500 civil servants (Perpres 79/2025; low 4,100 of 2028, high 13,810 of the housing) x 0.36 IDR bn "
          "(government consumption 1,700 IDR tn over 4.7 million civil servants, general knowledge)",
    2034: "30,000 civil servants (9,500-60,000) x 0.36 IDR bn; number assumed: none is planned beyond 2029"}
# State-financed building in IKN on top of the base year's, IDR bn a year.
BUILDING = {2029: (6260, 9760, 21180), 2034: (3000, 9760, 21180)}
BUILDING_SOURCE = {
    2029: "stage 2: 48,800 IDR bn over 5 years (fkp-ikn.id 2025); low: ceiling of 2026, high: stated need of 2026",
    2034: "stage 3 as stage 2: assumed"}
MOVERS = [("kaltim", 0.2920), ("sulsel", 0.2036), ("jatim", 0.1291)]
ORIGINS = {"kaltim": ["balikpapan", "samarinda", "bontang", "kukar", "kutim", "berau", "ppu", "paser", "kubar",
                      "mahulu"],
           "sulsel": ["makassar", "parepare", "barru", "pinrang", "sidrap", "maros_pangkep", "luwu_palopo",
                      "sulsel_rest"],
           "jatim": ["surabaya", "jatim_rest"]}
ESTATE_HA = {2029: (0, 100, 250), 2034: (100, 300, 700)}  # of the estate newly occupied, assumed
ESTATE_VALUE_ADDED_A_HA = 10.0  # IDR bn a year, assumed

TREND_COLUMNS = ["trend_id", "variable", "region_id", "sector_id", "year", "operation", "value", "value_low",
                 "value_high", "project_id", "source", "quality", "note"]


def projects(folder):
    rows = [{"project_id": r["project_id"], "name": r["name"], "name_en": r["name_en"], "status": r["status"],
             "year": r["year"], "cost_idr_bn": r["cost"], "cost_idr_bn_low": r["cost_low"],
             "cost_idr_bn_high": r["cost_high"], "land_ha": r["land_ha"], "region_id": r["region_id"],
             "needs": r["needs"], "excludes": "", "source": r["source"], "quality": r["quality"],
             "note": r["note"] + ("" if r["cost"] else "; cost unknown")}
            for r in tables.assumptions("projects")]
    tables.write(folder, "project", list(rows[0]), rows)
    owners = tables.assumptions("owners")
    tables.write(folder, "project_owner", ["project_id", "party", "party_en", "region_id", "cost_share", "source", "quality"], owners)
    edits = [{**{k: r[k] for k in ("project_id", "table", "row", "column", "operation", "value", "source", "quality")},
              "value_low": r["low"], "value_high": r["high"]} for r in tables.assumptions("edits")]
    tables.write(folder, "edit", ["project_id", "table", "row", "column", "operation", "value", "value_low",
                                  "value_high", "source", "quality"], edits)


def trends(folder, value, balance):
    rows = _growth(value, balance) + _refinery() + _ikn() + _estate(value)
    tables.write(folder, "trend", TREND_COLUMNS, rows)


def _row(trend, variable, year, operation, triple, source, quality="assumed", region="", sector="", project=""):
    low, middle, high = sorted(round(x, 5) for x in triple)
    return {"trend_id": trend, "variable": variable, "region_id": region, "sector_id": sector, "year": year,
            "operation": operation, "value": middle, "value_low": low, "value_high": high, "source": source,
            "quality": quality, "project_id": project}


def _growth(value, balance):
    """Productivity such that output grows as stated: its effect on GDP is output over value added (Hulten)."""
    sectors = tables.assumptions("sectors")
    total = sum(balance.value_added.values())
    domar = sum(balance.output.values()) / total
    labour = sum(float(s["labour_share"]) * balance.value_added[s["sector_id"]] for s in sectors) / total
    rows = []
    for year in YEARS[1:]:
        years = year - BASE_YEAR
        rows.append(_row("growth", "population", year, "multiply",
                         [(1 + g) ** years for g in (0.008, POPULATION_GROWTH, 0.012)], "+1 % a year, assumed"))
        rows.append(_row("growth", "productivity", year, "multiply",
                         [math.exp(years * (math.log(1 + g) - labour * math.log(1 + POPULATION_GROWTH)) / domar)
                          for g in NATIONAL_GROWTH],
                         f"GDP +5 % a year (5.03 % in 2024): ln productivity = (ln 1.05 - {labour:.3f} ln 1.01) / "
                         f"{domar:.3f}, labour's share and output over value added of the nation", "derived"))
        rows.append(_row("growth", "productivity", year, "multiply",
                         [math.exp(years * math.log(1 + g) / domar) for g in WORLD_GROWTH],
                         "world output +3 % a year, assumed; national output over value added", region="row"))
    return rows


def _refinery():
    """First-order response of output to productivity is its power θ while demand and wages stay."""
    theta = {k: float(_sector("C_fuels")[k]) for k in ("theta_low", "trade_elasticity", "theta_high")}
    ratio = FUELS_AFTER / FUELS_BEFORE
    triple = [(CRUDE_AFTER / CRUDE_BEFORE) ** (1 / theta["trade_elasticity"]), ratio ** (1 / theta["trade_elasticity"]),
              ratio ** (1 / theta["theta_low"])]
    source = (f"RDMP (P01): fuels {FUELS_BEFORE} to {FUELS_AFTER} kbpd, productivity = ratio ^ (1 / trade elasticity); low: "
              f"crude capacity {CRUDE_BEFORE} to {CRUDE_AFTER}")
    return [_row("rdmp", "productivity", 2025, "multiply", [1, 1, 1], "not yet in force", "derived", "balikpapan",
                 "C_fuels", "P01"),
            _row("rdmp", "productivity", 2026, "multiply", triple, source, "derived", "balikpapan", "C_fuels", "P01")]


def _ikn():
    rows = []
    for year in YEARS[1:]:
        rows.append(_row("ikn", "population", year, "add", [p - IKN_COUNT for p in IKN_PEOPLE[year]],
                         IKN_PEOPLE_SOURCE[year], region="ikn"))
    for year in YEARS[1:]:
        moved = [n * COST_A_SERVANT for n in SERVANTS[year]]
        rows.append(_row("ikn", "government", year, "add", moved, SERVANTS_SOURCE[year], region="ikn"))
        rows.append(_row("ikn", "government", year, "add", [-m for m in moved],
                         "moves from Jakarta: budget-neutral shift of the row of IKN", region="jakarta"))
    for year in YEARS[1:]:
        rows.append(_row("ikn", "investment", year, "add", BUILDING[year], BUILDING_SOURCE[year], region="ikn"))
    return rows


def _estate(value):
    theta = float(_sector("C_other")["trade_elasticity"])
    base = value["balikpapan"]["C_other"]
    return [_row("kik", "productivity", year, "multiply",
                 [(1 + ha * ESTATE_VALUE_ADDED_A_HA / base) ** (1 / theta) for ha in ESTATE_HA[year]],
                 f"industrial estate (P22): {ESTATE_HA[year][1]} ha newly occupied ({ESTATE_HA[year][0]}-{ESTATE_HA[year][2]}) "
                 f"x {ESTATE_VALUE_ADDED_A_HA:g} IDR bn value added a ha and year, assumed; productivity = ratio ^ (1 / trade "
                 "elasticity)", region="balikpapan", sector="C_other", project="P22") for year in YEARS[1:]]


def _sector(sector_id):
    return next(row for row in tables.assumptions("sectors") if row["sector_id"] == sector_id)


def moves(folder, people):
    """Where IKN's newcomers leave from: shares of those counted in 2025, within provinces by population."""
    rows = []
    named = {r for regions in ORIGINS.values() for r in regions} | {"ikn"}
    others = [r for r in people if r not in named]
    groups = [(ORIGINS[g], share, f"{share:.2%} of in-migrants (BPS count 2025)") for g, share in MOVERS]
    groups.append((others, 1 - sum(s for _, s in MOVERS), "37.53 % of in-migrants come from all other provinces"))
    for regions, share, source in groups:
        total = sum(people[r] for r in regions)
        for region in regions:
            rows.append({"trend_id": "ikn", "origin_region_id": region, "destination_region_id": "ikn",
                         "share": round(share * people[region] / total, 6), "quality": "derived",
                         "source": f"{source}; by population within"})
    rows[0]["share"] = round(rows[0]["share"] + 1 - sum(r["share"] for r in rows), 6)
    tables.write(folder, "move", ["trend_id", "origin_region_id", "destination_region_id", "share", "source", "quality"],
                 rows)


STUDY = '''# Balikpapan as the gateway of IKN: tables made by tools/build_nusantara.py; see README.md.
[study]
name = "nusantara"
title = "Balikpapan, gerbang logistik IKN, dan mitranya di seberang Selat Makassar"
title_en = "Balikpapan, logistics gateway of IKN, and its partners across the Makassar Strait"
currency = "IDR"
base_year = 2024
years = [2024, 2029, 2034]
transport_sector = "H"

[scenarios.base]
name = "Dasar: yang sudah beroperasi atau diputuskan, IKN seperti sekarang"
name_en = "Base: what operates or is committed, IKN as it is"
projects = []
trends = ["growth", "rdmp"]

[scenarios.ikn]
predecessor = "base"
name = "IKN tumbuh menurut rencana"
name_en = "IKN grows by the plan"
trends = ["ikn"]

[scenarios.gateway]
predecessor = "ikn"
name = "Balikpapan menjadi gerbang: perluasan Kariangau, kawasan industri"
name_en = "Balikpapan becomes the gateway: Kariangau expansions, industrial estate"
projects = ["P15", "P16", "P22"]

[scenarios.partners]
predecessor = "gateway"
name = "Bersama mitra: sambungan laut dengan Parepare dan Barru"
name_en = "With partners: joint sea links with Parepare and Barru"
projects = ["J01", "J02", "J03", "J04", "J05"]
'''
