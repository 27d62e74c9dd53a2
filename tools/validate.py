"""Compares the example's base year with what was observed, and prints the table of docs/validation.md.

    python3 tools/validate.py SHARED_DATA STUDY RUN.json FLOWS.csv

RUN.json and FLOWS.csv are what `gerbang run STUDY --scenario base --year 2024 --json RUN.json --flows FLOWS.csv` writes.
Only held-out facts are judged, by the thresholds that docs/validation.md set before anything was fitted.
"""

import csv
import json
import math
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np

TONNES_PER_TEU = 15.0
TONNES_PER_TRUCK = 18.0
HELD_OUT = {"64", "65", "72", "73", "76"}
GROUP_OF = {"A": "A", "B": "B", "C": "C", "D": "DE", "E": "DE", "F": "F"}
# Provinces (codes of IRIO) behind each region of the study; what is not listed is one province by its name below.
PROVINCES = {
    "64": "balikpapan samarinda bontang kukar kutim berau ppu ikn paser kubar mahulu", "65": "tarakan kaltara_rest",
    "63": "banjarmasin kotabaru_tanbu kalsel_rest", "62": "kalteng", "61": "kalbar",
    "73": "makassar parepare barru pinrang sidrap maros_pangkep luwu_palopo sulsel_rest", "76": "mamuju sulbar_rest",
    "72": "palu donggala_sigi sulteng_rest", "71": "sulut", "75": "gorontalo", "74": "sultra",
    "35": "surabaya jatim_rest", "31": "jakarta", "32": "jabar", "36": "banten", "33+34": "jateng_diy", "51": "bali",
    "52": "ntb", "53": "ntt", "81": "maluku", "82": "malut", "91+94": "papua", "11+12+13": "sumbagut",
    "14+21": "riau_kepri", "15+16+17+18+19": "sumbagsel"}
TEU_PORTS = {"MNP+MAK": 743321, "PLR": 306380, "BIT": 280699, "PTL": 114000, "TRK": 93033, "BDJ": 530000,
             "SUB": 3120683, "JKT": 7600000}


def read(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def modelled_flows(path):
    """{sector group: {(province group, province group): IDR bn}}; food alone by sector too."""
    province = {region: code for code, regions in PROVINCES.items() for region in regions.split()}
    flows, by_sector = defaultdict(lambda: defaultdict(float)), defaultdict(lambda: defaultdict(float))
    for row in read(path):
        origin, destination = province.get(row["origin_region_id"]), province.get(row["destination_region_id"])
        if row["scenario"] != "base" or row["closure"] != "fixed" or not origin or not destination:
            continue
        value = float(row["value_idr_bn"])
        flows[GROUP_OF.get(row["sector_id"].split("_")[0], "services")][origin, destination] += value
        by_sector[row["sector_id"]][origin, destination] += value
    return flows, by_sector


def observed_flows(shared):
    group = {code: codes for codes in PROVINCES for code in codes.split("+")}
    flows = defaultdict(lambda: defaultdict(float))
    for row in read(shared / "irio" / "irio2016_interprovince_flows.csv"):
        value = float(row["intermediate_flow_mn_idr"]) / 1e3
        flows[row["selling_sector_group"]][group[row["from_prov"]], group[row["to_prov"]]] += value
    return flows


def ranks(values):
    order = np.argsort(values)
    result = np.empty(len(values))
    result[order] = np.arange(len(values))
    return result


def grade(value, good, fair, smaller_is_better=True):
    if not smaller_is_better:
        value, good, fair = -value, -good, -fair
    return "good" if value <= good else "fair" if value <= fair else "poor"


def compare_flows(modelled, observed):
    for group in sorted(observed):
        def pairs(keep):
            chosen = [p for p in observed[group]
                      if p[0] != p[1] and keep(p) and observed[group][p] > 1 and modelled[group].get(p, 0) > 1]
            x = np.log([observed[group][p] for p in chosen])
            y = np.log([modelled[group][p] for p in chosen])
            return x, y
        held = pairs(lambda p: p[0] in HELD_OUT or p[1] in HELD_OUT)
        used = pairs(lambda p: p[0] not in HELD_OUT and p[1] not in HELD_OUT)
        log, rank = np.corrcoef(*held)[0, 1], np.corrcoef(ranks(held[0]), ranks(held[1]))[0, 1]
        own = []
        for code in sorted(HELD_OUT):
            def share(flows):
                total = sum(v for (o, d), v in flows[group].items() if d == code)
                return 100 * flows[group].get((code, code), 0) / total if total else 0
            own.append(abs(share(modelled) - share(observed)))
        yield (f"IRIO flows, group {group} ({len(held[0])} held-out pairs)", "log correlation", f"{log:.3f}",
               grade(log, 0.85, 0.70, False) + f" (pairs used in the fit: {np.corrcoef(*used)[0, 1]:.3f})")
        yield "", "rank correlation", f"{rank:.3f}", grade(rank, 0.85, 0.70, False)
        yield "", "own share, mean difference", f"{np.mean(own):.1f} points", grade(np.mean(own), 10, 20)


def ratio_row(name, modelled, observed, unit, good, fair):
    ratio = max(modelled / observed, observed / modelled) if modelled > 0 else math.inf
    return name, f"{observed:,.0f} {unit}", f"{modelled:,.0f} {unit}", f"{grade(ratio, good, fair)} (factor {ratio:.2f})"


def main():
    shared, study, run, flows = (Path(argument) for argument in sys.argv[1:5])
    outcome = next(o for o in json.loads(run.read_text(encoding="utf-8"))["outcomes"]
                   if o["scenario"] == "base" and o["year"] == 2024 and o["closure"] == "fixed")
    terminal = {t["terminal_id"]: t["kt"] for t in outcome["terminals"]}
    service = defaultdict(float)
    for leg in outcome["services"]:
        service[leg["service_id"]] += leg["kt"]
    modelled, by_sector = modelled_flows(flows)
    rows = list(compare_flows(modelled, observed_flows(shared)))

    rows.append(ratio_row("trucks on the ferry Balikpapan–Parepare (S1, both ways)",
                          service["S1"] * 1e3 / TONNES_PER_TRUCK, 4615, "trucks", 1.5, 3))
    rows.append(ratio_row("containers at Kariangau", terminal["KKT"] * 1e3 / TONNES_PER_TEU, 200000, "TEU", 1.25, 2))
    rows.append(ratio_row("containers at Parepare", terminal["PAP"], 42 * 152 * 10 / 1e3, "kt", 1.5, 3))
    teu = [sum(terminal[t] for t in name.split("+")) * 1e3 / TONNES_PER_TEU for name in TEU_PORTS]
    correlation = np.corrcoef(ranks(np.array(teu)), ranks(np.array(list(TEU_PORTS.values()))))[0, 1]
    rows.append(("containers at eight ports: " + ", ".join(f"{n} {m / 1e3:,.0f}" for n, m in zip(TEU_PORTS, teu))
                 + " thousand TEU", "rank correlation", f"{correlation:.2f}", grade(correlation, 0.9, 0.7, False)))
    value = {row["sector_id"]: float(row["value_mn_idr_per_tonne"] or 0) for row in read(study / "sector.csv")}
    # What its refinery ships is its sales of the sector: every flow from Balikpapan, at the buyer's price.
    fuel = sum(float(row["value_idr_bn"]) for row in read(flows) if row["scenario"] == "base"
               and row["closure"] == "fixed" and row["origin_region_id"] == "balikpapan" and row["sector_id"] == "C_fuels")
    rows.append(ratio_row("Balikpapan's fuel output", fuel / value["C_fuels"], 9100, "kt", 1.25, 2))
    food = {o: v for (o, d), v in by_sector["A_food"].items() if d == "64" and o != "64"}
    share = 100 * food["73"] / sum(food.values())
    rows.append(("food from South Sulawesi in what East Kalimantan buys in other provinces", "45 %", f"{share:.0f} %",
                 grade(abs(share - 45), 10, 20)))
    kaltim = set(PROVINCES["64"].split())
    coal = sum(float(row["value_idr_bn"]) for row in read(flows) if row["scenario"] == "base" and row["closure"] == "fixed"
               and row["origin_region_id"] in kaltim and row["destination_region_id"] == "row" and row["sector_id"] == "B_coal")
    rows.append(ratio_row("coal from East Kalimantan abroad (at the buyer's price, upper bound)",
                          coal / value["B_coal"], 231000, "kt", 1.25, 2))

    print("| fact | observed or measure | modelled | grade |\n|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


if __name__ == "__main__":
    main()
