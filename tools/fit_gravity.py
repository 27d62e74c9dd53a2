"""Fits the decay of trade with distance and the pull of the own region, by sector group.

Poisson pseudo-maximum likelihood with origin and destination effects (Santos Silva & Tenreyro 2006) on the IRIO 2016
inter-provincial intermediate flows:  flow_ij ~ exp(a_i + b_j - decay ln distance_ij + own [i = j]).
Provinces that validation holds out (docs/validation.md) take no part in the fit.

    python3 tools/fit_gravity.py SHARED_DATA [--costs FLOWS.csv]

With --costs (what `gerbang run --flows` writes) it also prints how much of the decay freight cost explains:
theta * d ln(1 + g/v) / d ln distance over the same kind of pairs; distance_elasticity is what is left, never below 0.
"""

import argparse
import csv
import math
from collections import defaultdict
from pathlib import Path

import numpy as np

HELD_OUT = {"64", "65", "72", "73", "76"}
MAX_INTRA_KM = 150.0
# The province codes of the statistics office, which IRIO uses, from those of the interior ministry.
PAPUA = {"91": "94", "93": "94", "94": "94", "95": "94", "92": "91", "96": "91"}


def province_of(row):
    code = row["province_code"]
    return PAPUA.get(code, code)


def distances(shared):
    """Great-circle km between the provinces' centres of population, within one half the radius of its area."""
    weight, lon, lat, area = (defaultdict(float) for _ in range(4))
    with open(shared / "nusantara" / "adm2_514.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            province, people = province_of(row), float(row["population"])
            weight[province] += people
            lon[province] += people * float(row["lon"])
            lat[province] += people * float(row["lat"])
            area[province] += float(row["area_km2"])
    provinces = sorted(weight)
    x = np.radians([lon[p] / weight[p] for p in provinces])
    y = np.radians([lat[p] / weight[p] for p in provinces])
    haversine = (
        np.sin((y[:, None] - y) / 2) ** 2 + np.cos(y[:, None]) * np.cos(y) * np.sin((x[:, None] - x) / 2) ** 2
    )
    km = 2 * 6371.0088 * np.arcsin(np.sqrt(haversine))
    np.fill_diagonal(km, [min(MAX_INTRA_KM, 0.5 * math.sqrt(area[p] / math.pi)) for p in provinces])
    return provinces, km


def flows_by_group(shared, provinces):
    index = {p: i for i, p in enumerate(provinces)}
    flows = defaultdict(lambda: np.zeros((len(provinces), len(provinces))))
    with open(shared / "irio" / "irio2016_interprovince_flows.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            group = row["selling_sector_group"]
            flows[group][index[row["from_prov"]], index[row["to_prov"]]] += float(row["intermediate_flow_mn_idr"])
    return flows


def fit(flow, km):
    """Decay and own-region term by Newton on the likelihood, origin and destination effects balanced out."""
    own = np.eye(len(km))
    beta = np.array([-1.0, 1.0])
    log_km = np.log(km)

    def balanced(beta):
        kernel = np.exp(beta[0] * log_km + beta[1] * own)
        a, b = np.ones(len(km)), np.ones(len(km))
        for _ in range(5000):
            a_new = flow.sum(1) / np.maximum(kernel @ b, 1e-300)
            b = flow.sum(0) / np.maximum(a_new @ kernel, 1e-300)
            if np.max(np.abs(a_new - a)) < 1e-12 * np.max(a_new):
                break
            a = a_new
        return a_new[:, None] * kernel * b

    def score(beta):
        error = flow - balanced(beta)
        return np.array([(error * log_km).sum(), (error * own).sum()])

    for _ in range(50):
        value = score(beta)
        jacobian = np.column_stack([(score(beta + step) - value) / 1e-5 for step in np.eye(2) * 1e-5])
        step = np.linalg.solve(jacobian, value)
        step *= min(1.0, 2.0 / np.max(np.abs(step)))
        beta = beta - step
        if np.max(np.abs(step)) < 1e-9:
            break
    return -beta[0], beta[1]


def freight_slopes(path):
    """By sector: theta times the slope of ln(1 + g/v) on ln distance, over pairs of different regions."""
    points = defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["origin"] == row["destination"] or not row.get("ln_kappa"):
                continue
            points[row["sector"]].append((math.log(float(row["distance_km"])), float(row["ln_kappa"]), float(row["theta"])))
    slopes = {}
    for sector, rows in points.items():
        x, y, theta = (np.array(column) for column in zip(*rows))
        slopes[sector] = theta[0] * np.polyfit(x, y, 1)[0]
    return slopes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--costs", type=Path)
    arguments = parser.parse_args()
    provinces, km = distances(arguments.shared)
    used = [i for i, p in enumerate(provinces) if p not in HELD_OUT]
    print("group,decay,own_region_log")
    for group, flow in sorted(flows_by_group(arguments.shared, provinces).items()):
        decay, own = fit(flow[np.ix_(used, used)], km[np.ix_(used, used)])
        print(f"{group},{decay:.3f},{own:.3f}")
    if arguments.costs:
        print("sector,decay explained by freight cost")
        for sector, slope in sorted(freight_slopes(arguments.costs).items()):
            print(f"{sector},{slope:.3f}")


if __name__ == "__main__":
    main()
